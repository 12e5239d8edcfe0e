"""What a newcomer sees: the README's first command, line by line."""

import re
from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "data" / "golden"


def _still(text):
    """Replace what is drawn or timed: origin and instant, and so leaf and root."""
    text = re.sub(r"embargo-monitor\.invalid/[a-z2-7]{16}", "ORIGIN", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "INSTANT", text)
    text = re.sub(r"(?m)^(Signed .*, root )[0-9a-f]{64}$", r"\1ROOT", text)
    text = re.sub(r"(?m)^( +)[0-9a-f]{64}$", r"\1DIGEST", text)
    return re.sub(r"(?m)^  leaf( +)[0-9a-f]{64}$", r"  leaf\1LEAF", text)


def test_init_and_show_print_the_golden_transcript(run):
    printed = run("init").out + run("show", "0").out
    assert _still(printed) == (GOLDEN / "first-command.txt").read_text("utf-8")


def test_the_second_entry_is_the_golden_record_of_relevance(run):
    run("init")
    printed = run("show", "1").out
    assert _still(printed) == (GOLDEN / "relevance-entry.txt").read_text("utf-8")


def test_the_transcript_says_the_deal_in_short_to_who_reads_no_arabic(run):
    run("init")
    printed = " ".join(run("show", "0").out.split())
    assert (
        "Libyan National Army <- Pakistan: arms, not described, as agreed: agreed"
        in printed
    )
    assert (
        "DISPUTED, price as agreed: about 3 billion USD (a Libyan military source >"
        " CNN > unknown publisher) against more than 4 billion USD (Pakistani sources >"
        " Reuters > unknown publisher)"
    ) in printed
    assert "independent origins: 2" in printed
    assert (
        "embargo un-libya-2011: in force (Reuters? > unknown publisher asserts it; by"
        " whom is unclear)"
    ) in printed
    assert "INFERRED by the logger: this copy prints no date" in printed
    assert "NOT goods, only named (adversary's: India): Rafale, Su-30" in printed


def test_every_line_with_arabic_keeps_it_between_isolates(run):
    run("init")
    for line in run("show", "0").out.splitlines():
        outside = re.sub("\u2068[^\u2069]*\u2069", "", line)
        assert not re.search("[\u0590-\u08ff]", outside), line
        assert line.count("\u2068") == line.count("\u2069")


def test_no_line_is_wider_than_the_page(run):
    run("init")
    lines = run("show", "0").out.splitlines()
    assert (
        max(len(line.replace("\u2068", "").replace("\u2069", "")) for line in lines)
        <= 90
    )
