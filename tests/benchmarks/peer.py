"""The outside program beside ours: pymerkle, in a process of its own.

Run by `proofs.py` under an interpreter that has pymerkle, which is GPL; nothing else
imports it. A line of JSON comes in for each thing to do, one goes out.
"""

import json
import sys
import time


def main(path):
    """Answer until there is nothing more to do."""
    from pymerkle import SqliteTree, verify_inclusion  # noqa: PLC0415

    bases, root, proofs = [], b"", []
    for line in sys.stdin:
        what, *given = json.loads(line)
        if what == "append":
            count, size = given
            from_to = range(count)
            tree = SqliteTree(path)
            tree.append_entries([body(number, size) for number in from_to])
            tree.con.close()
            answer = count
        elif what == "root":
            tree = SqliteTree(path)
            root = tree.get_root()
            answer = root.hex()
        elif what == "first":
            [index] = given
            tree = SqliteTree(path)
            started = time.perf_counter()
            tree.prove_inclusion(index + 1)
            answer = time.perf_counter() - started
            tree.con.close()
        elif what == "proofs":
            [indices] = given
            tree = SqliteTree(path)
            root = tree.get_root()
            bases = [tree.get_leaf(index + 1) for index in indices]
            proofs = [tree.prove_inclusion(index + 1) for index in indices]
            answer = len(proofs)
        else:
            started = time.perf_counter()
            for base, proof in zip(bases, proofs, strict=True):
                verify_inclusion(base, root, proof)
            answer = time.perf_counter() - started
        print(json.dumps(answer), flush=True)


def body(number, size):
    """An entry as ours has it."""
    return (b"%d " % number * size)[:size]


if __name__ == "__main__":
    main(sys.argv[1])
