"""The index: what a log says as tables, as it stands and as it stood at any size."""

import math
import os
import re
import shutil
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import embargo_monitor as em
from embargo_monitor import testing
from embargo_monitor.encoding import encode, key_of
from embargo_monitor.errors import EncodingError, NotALogError, NotStoredError
from embargo_monitor.log.storage import Storage
from embargo_monitor.logged import silent
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    LinkRelation,
    Resumption,
    Withdrawal,
)
from embargo_monitor.model.relevances import RelevanceRecord
from embargo_monitor.model.reports import Report
from embargo_monitor.model.standing import standing
from embargo_monitor.query.index import catch_up, index_path
from embargo_monitor.query.rows import (
    row_of_assessment,
    row_of_link,
    rows_of_relevance,
    rows_of_report,
)
from embargo_monitor.query.tables import TABLES
from tests.query.conftest import report_of

ORIGIN = "example.org/log"
START = datetime(2026, 1, 1, tzinfo=UTC)
STANDING = [one for one in TABLES if one.names[-1] == "superseded_at"]
AS_OF = "entry < :at AND (superseded_at IS NULL OR superseded_at >= :at)"


def asked(path, statement, **values):
    with closing(sqlite3.connect(path)) as tables:
        tables.row_factory = sqlite3.Row
        return [dict(row) for row in tables.execute(statement, values)]


def written(path, records):
    """Write records into a log as they are: nobody checks what they refer to."""
    made = Storage.create(path, ORIGIN, "2026-01-01T00:00:00Z")
    with made as storage, storage.writing() as writer:
        for at, one in enumerate(records):
            data = encode(one, recorded=START + timedelta(minutes=at), by="ana")
            writer.append(key_of(one.kind, one.id), data)
    return path


def built(path, progress=silent):
    with Storage.open(path) as storage, storage.reading() as reader:
        catch_up(index_path(path), reader, storage.origin, progress)
    return index_path(path)


def built_up_to(path, size):
    """Build the index as it was when the log had so many entries."""

    class Shorter:
        def __init__(self, reader):
            self.size, self.hashes, self.entry = size, reader.hashes, reader.entry
            self.entries = lambda first: (
                one for one in reader.entries(first) if one.position < size
            )

    with Storage.open(path) as storage, storage.reading() as reader:
        catch_up(index_path(path), Shorter(reader), storage.origin)
    return index_path(path)


def everything(path):
    with closing(sqlite3.connect(path)) as tables:
        return {
            one.name: tables.execute(f"SELECT * FROM {one.name}").fetchall()
            for one in TABLES
        }


# --- what stands in the rows --------------------------------------------------------


@pytest.fixture(scope="module")
def article(tmp_path_factory):
    """The index of a log that holds the article alone."""
    path = tmp_path_factory.mktemp("article") / "monitor.db"
    with em.EventLog.create(path, clock=lambda: START) as log:
        log.append(em.seed_report())
        return log.tables()


def test_each_figure_of_the_article_is_a_row_with_who_says_it(article):
    found = asked(
        article,
        "SELECT amount, low, high, bound, unit, value_of, chain, stance, event"
        " FROM claims WHERE kind = 'value_is' AND value_of = 'price' ORDER BY low",
    )
    shared = {"unit": "USD", "value_of": "price", "stance": "asserts"}
    shared["event"] = "seed-article#deal"
    assert found == [
        {
            "amount": "about 3 billion USD",
            "low": 3e9,
            "high": 3e9,
            "bound": "about",
            "chain": "a Libyan military source > CNN > unknown publisher",
            **shared,
        },
        {
            "amount": "more than 4 billion USD",
            "low": 4e9,
            "high": None,
            "bound": "more than",
            "chain": "Pakistani sources > Reuters > unknown publisher",
            **shared,
        },
    ]


def test_days_stand_as_they_were_told_and_as_first_and_last_day(article):
    [found] = asked(
        article,
        "SELECT happened, happened_low, happened_high, happened_by FROM claims"
        " WHERE id = 'seed-article#deal-cnn.stage'",
    )
    assert found == {
        "happened": "[2025-12-13..2025-12-23]",
        "happened_low": "2025-12-13",
        "happened_high": "2025-12-23",
        "happened_by": "after@1",
    }


def test_what_is_merely_named_is_told_apart_from_goods(article):
    found = asked(
        article,
        "SELECT items.name FROM items JOIN claims ON claims.id = items.claim"
        " WHERE claims.kind = 'goods_are'",
    )
    assert {one["name"] for one in found} == {"arms, not described"}


def test_names_in_any_script_lead_to_the_claims_that_name_their_bearer(article):
    found = asked(
        article,
        "SELECT DISTINCT claims.role, claims.event FROM names"
        " JOIN named ON named.actor = names.whose"
        " JOIN claims ON claims.id = named.claim"
        " WHERE names.name = 'lna' AND claims.kind = 'party_is'"
        " AND claims.event = 'seed-article#deal'",
    )
    assert found == [{"role": "recipient", "event": "seed-article#deal"}]


def test_the_place_of_a_quote_leads_to_its_words(article):
    [found] = asked(
        article,
        "SELECT exhibit, quote_start, quote_end FROM claims"
        " WHERE id = 'seed-article#deal-cnn.stage'",
    )
    [exhibit] = em.seed_report().exhibits.values()
    text = exhibit.data.decode()
    words = text[found["quote_start"] : found["quote_end"]]
    assert words.startswith("عن توصل “الجيش الوطني الليبي”")
    assert words.endswith("شراء أسلحة من باكستان")


@given(testing.reports())
@settings(max_examples=40)
def test_cells_are_of_the_type_that_their_column_says(report):
    kinds = {"TEXT": str, "INTEGER": int, "REAL": float}
    columns = {
        (table.name, one.name): kinds[one.type]
        for table in TABLES
        for one in table.columns
    }
    for table, cells in rows_of_report(report, "2026-01-01T00:00:00Z"):
        for name, cell in cells.items():
            if name.endswith("likeness"):
                assert type(cell) is str
            elif cell is not None:
                assert type(cell) is columns[table, name]


@given(testing.amounts())
def test_the_ends_of_a_figure_are_rounded_outwards_and_no_further_than_they_must(
    amount,
):
    report = report_of("r", {"value": "1 USD"}).report
    told = evolve(report.claims[0], amount=evolve(amount, unit="USD"))
    rows = dict(rows_of_report(evolve(report, claims=(told,)), "2026-01-01T00:00:00Z"))
    low, high = rows["claims"].get("low"), rows["claims"].get("high")
    assert (low is None, high is None) == (amount.low is None, amount.high is None)
    if low is not None:
        nearer = math.nextafter(low, math.inf)
        assert Decimal(low) <= amount.low < Decimal(nearer)
    if high is not None:
        nearer = math.nextafter(high, -math.inf)
        assert Decimal(nearer) < amount.high <= Decimal(high)


def test_every_table_and_column_says_what_it_is():
    assert all(one.text for one in TABLES)
    assert all(column.text for one in TABLES for column in one.columns)
    assert len({one.name for one in TABLES}) == len(TABLES)


def test_the_page_tells_of_every_table_and_column():
    page = (Path(__file__).parents[2] / "docs" / "sql.md").read_text("utf-8")
    told = {}
    for part in page.split("\n### ")[1:]:
        name, _, text = part.partition("\n")
        rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+?) \|", text, re.MULTILINE)
        told[name] = (text.split("\n\n")[0].strip(), rows)
    assert told == {
        one.name: (
            f"A row is {one.text}.",
            [(each.name, each.type, each.text) for each in one.columns],
        )
        for one in TABLES
    }


# --- as it stood, and as it stands --------------------------------------------------

WHY = {"reason": "so it is", "by": "ana"}
KINDS = ("adds", "replaces", "withdraws", "withdrawal", "assessment", "link", "answer")
GRADE = CredibilityGrade(Credibility.DOUBTFUL, by="ana", on="2026-01-02")


def claim(id, millions):
    [found] = report_of("r", {"value": f"{millions} million USD"}).report.claims
    return evolve(found, id=id)


def answer(id, event, relevant):
    return RelevanceRecord(
        id,
        event=event,
        log_size=1,
        library="0.1.0",
        register_edition="an edition",
        register_digest="0" * 64,
        left_open=("un-libya-2011",) if relevant else (),
        by_list=() if relevant else ("un-taliban-2002",),
        by="ana",
    )


@st.composite
def histories(draw):
    """Records that fit one another or do not, in any order."""
    rows = [{"value": "1 million USD"}, {"value": "2 million USD"}]
    records = [report_of(name, *rows).report for name in ("r0", "r1")]
    steps = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 9))))
    for at, (what, which) in enumerate(steps[:12]):
        name = f"r{which % 2}"
        local = f"c{which % 3}.value"
        if what == "withdrawal":
            target = records[which % len(records)]
            gone = {"entry": target.id, "entry_kind": target.kind}
            one = Withdrawal(f"n{at}", **gone, **WHY)
        elif what == "assessment":
            one = Assessment(
                f"n{at}", claim=f"{name}#{local}", credibility=GRADE, reason="so it is"
            )
        elif what == "link":
            ends = {"first": "r0#deal", "second": "r1#deal"}
            same = {"relation": LinkRelation.SAME, "linked": Linked.EVENT}
            one = Link(f"n{at}", **ends, **same, **WHY)
        elif what == "answer":
            one = answer(f"n{at}", f"{name}#deal", which > 4)
        else:
            part = local if what == "withdraws" else claim(local, which + 1)
            one = Correction(f"n{at}", report=name, **{what: (part,)}, **WHY)
        records.append(one)
    return draw(st.permutations(records)) if draw(st.booleans()) else records


def rows_standing(records, recorded):
    """Return the rows of what records say as they stand, by table."""
    stands = standing(records)
    found = {one.name: [] for one in STANDING}
    answers = {}
    for one in records:
        left = (one.kind, one.id) not in stands.withdrawals
        if isinstance(one, RelevanceRecord) and left:
            answers[one.event] = one
    several = [
        *(rows_of_report(one, recorded[one.id]) for one in stands.reports.values()),
        *(row_of_link(one) for one in stands.links),
        *(row_of_assessment(one) for of in stands.assessments.values() for one in of),
        *(rows_of_relevance(one) for one in answers.values()),
    ]
    for table, cells in (row for rows in several for row in rows):
        found[table].append(cells)
    return found


def comparable(rows, table):
    names = [one for one in table.names[:-2] if not one.endswith("likeness")]
    return sorted({repr([row.get(name) for name in names]) for row in rows})


@given(records=histories(), steps=st.lists(st.integers(1, 14), max_size=3))
@settings(max_examples=60, deadline=None)
def test_at_any_size_the_rows_are_those_of_what_stood_then(
    tmp_path_factory, records, steps
):
    path = written(tmp_path_factory.mktemp("log") / "monitor.db", records)
    for size in sorted({*steps, len(records)}):
        built_up_to(path, min(size, len(records)))
    kept_up = everything(index_path(path))
    recorded = {
        one.id: f"{START + timedelta(minutes=at):%Y-%m-%dT%H:%M:%SZ}"
        for at, one in enumerate(records)
        if isinstance(one, Report)
    }
    for size in range(len(records) + 1):
        expected = rows_standing(records[:size], recorded)
        for table in STANDING:
            query = f"SELECT * FROM {table.name} WHERE {AS_OF}"
            found = asked(index_path(path), query, at=size)
            assert comparable(found, table) == comparable(expected[table.name], table)
    index_path(path).unlink()
    built(path)
    assert everything(index_path(path)) == kept_up


def test_withdrawals_in_a_circle_end_nothing(tmp_path):
    gone = {"entry_kind": "withdrawal"}
    circle = [
        Withdrawal("w1", entry="w2", **gone, **WHY),
        Withdrawal("w2", entry="w1", **gone, **WHY),
    ]
    path = written(tmp_path / "monitor.db", [SMALL[0], *circle])
    assert titles(built(path)) == ["Page r0"]


def test_that_a_log_goes_on_under_another_key_ends_nothing(tmp_path):
    again = Resumption(
        "again",
        seen_size=1,
        seen_root="0" * 64,
        old_key="example.org/log+00000000+AAAA",
        new_key="example.org/log+00000001+AAAB",
        **WHY,
    )
    path = written(tmp_path / "monitor.db", [SMALL[0], again])
    assert titles(built(path)) == ["Page r0"]
    kinds = asked(index_path(path), "SELECT kind FROM entries ORDER BY entry")
    assert [one["kind"] for one in kinds] == ["report", "resumption"]


# --- the file -----------------------------------------------------------------------

SMALL = [report_of(f"r{at}", {"value": f"{at + 1} USD"}).report for at in range(5)]


def titles(path):
    found = asked(path, "SELECT title FROM reports ORDER BY entry")
    return [one["title"] for one in found]


def test_what_is_new_in_the_log_is_added_and_told(tmp_path):
    path, told = written(tmp_path / "monitor.db", SMALL), []
    built_up_to(path, 2)
    assert titles(index_path(path)) == ["Page r0", "Page r1"]
    built(path, lambda done, total: told.append((done, total)))
    assert titles(index_path(path)) == [f"Page r{at}" for at in range(5)]
    assert told == [(5, 5)]
    built(path, lambda done, total: told.append((done, total)))
    assert told == [(5, 5)]


def test_a_deleted_index_is_built_anew_whatever_sqlite_left_beside_it(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL)
    before = everything(built(path))
    index_path(path).unlink()
    (tmp_path / "monitor.db-index-wal").write_bytes(b"left over")
    assert everything(built(path)) == before


@pytest.mark.parametrize("other", [SMALL[:3], [*SMALL[1:], SMALL[0]], SMALL[::-1]])
def test_the_index_of_another_history_is_thrown_away(tmp_path, other):
    (tmp_path / "other").mkdir()
    path = written(tmp_path / "monitor.db", SMALL)
    foreign = written(tmp_path / "other" / "monitor.db", [*other, *SMALL[3:4]][:5])
    shutil.copy(built(foreign), index_path(path))
    assert titles(built(path)) == [f"Page r{at}" for at in range(5)]


def test_the_index_of_a_log_that_was_rolled_back_and_went_on_is_thrown_away(tmp_path):
    (tmp_path / "other").mkdir()
    long = written(tmp_path / "other" / "monitor.db", SMALL)
    path = written(tmp_path / "monitor.db", [*SMALL[:2], SMALL[4]])
    shutil.copy(built(long), index_path(path))
    assert titles(built(path)) == ["Page r0", "Page r1", "Page r4"]


def test_an_index_that_is_further_than_what_was_read_of_the_log_stays(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL)
    built(path)
    built_up_to(path, 3)
    assert titles(index_path(path)) == [f"Page r{at}" for at in range(5)]


def test_several_may_build_it_at_once(tmp_path):
    several = [evolve(SMALL[0], id=f"s{at}") for at in range(1_200)]
    path = written(tmp_path / "monitor.db", several)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: built(path), range(4)))
    at_once = everything(index_path(path))
    index_path(path).unlink()
    assert everything(built(path)) == at_once
    assert len(at_once["reports"]) == 1_200


def test_it_is_for_the_eyes_of_the_logs_owner_alone(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL)
    before = os.umask(0)
    try:
        built(path)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(one.stat().st_mode) for one in tmp_path.glob("*-index*")}
    assert modes == {0o600}


def test_what_is_no_index_is_refused_and_stays_as_it_is(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL)
    for data in (b"my notes, which nobody may lose", b"x" * 5_000):
        index_path(path).write_bytes(data)
        with pytest.raises(NotALogError, match=r"monitor\.db-index"):
            built(path)
        assert index_path(path).read_bytes() == data


def test_a_database_of_somebody_else_is_refused_and_stays_as_it_is(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL)
    with closing(sqlite3.connect(index_path(path))) as theirs:
        theirs.execute("CREATE TABLE mine (words TEXT)")
        theirs.commit()
    before = index_path(path).read_bytes()
    with pytest.raises(NotALogError, match="it is no index of a log"):
        built(path)
    assert index_path(path).read_bytes() == before


def test_an_index_that_another_version_made_is_thrown_away(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL)
    with closing(sqlite3.connect(built(path))) as tables:
        tables.execute("UPDATE built SET maker = 'embargo_monitor 0.0.1, layout 0'")
        tables.execute("UPDATE reports SET title = 'as it was laid out then'")
        tables.commit()
    assert titles(built(path)) == [f"Page r{at}" for at in range(5)]


def test_an_index_that_says_nothing_of_itself_is_thrown_away(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL)
    with closing(sqlite3.connect(built(path))) as tables:
        tables.execute("DELETE FROM built")
        tables.execute("UPDATE reports SET title = 'anything'")
        tables.commit()
    assert titles(built(path)) == [f"Page r{at}" for at in range(5)]


def test_an_index_that_cannot_be_written_on_says_why(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL)
    with closing(sqlite3.connect(built_up_to(path, 2))) as tables:
        tables.execute("DROP TABLE later")
    with pytest.raises(
        NotStoredError, match=r"monitor\.db-index: no such table: later"
    ):
        built(path)


def test_a_damaged_index_is_told_and_can_be_deleted(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL)
    data = bytearray(built(path).read_bytes())
    data[2_000:] = b"\xff" * len(data[2_000:])
    index_path(path).write_bytes(data)
    with pytest.raises(NotALogError, match="delete this index: it is damaged"):
        built(path)
    index_path(path).unlink()
    assert titles(built(path)) == [f"Page r{at}" for at in range(5)]


def test_where_no_index_can_be_written_all_entries_are_read_instead(log):
    log.append(report_of("r", {"value": "1 USD"}))
    index_path(log.path).mkdir()
    view = log.view()
    assert view.finding is None
    assert [one.id for one in view.claims(value="1 USD")] == ["r#c0.value"]
    assert view.needs_newer == 0


def test_where_no_file_can_be_made_the_error_says_which(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL)
    index_path(path).mkdir()
    with pytest.raises(NotStoredError, match=r"monitor\.db-index"):
        built(path)


def test_an_entry_that_only_a_newer_version_reads_is_entered_as_such(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL[:1])
    with Storage.open(path) as storage, storage.writing() as writer:
        data = encode(SMALL[1], recorded=START, by="ana")
        newer = data.replace(b'"kv":1', b'"kv":9')
        assert newer != data
        writer.append("a newer key", newer)
    found = asked(built(path), "SELECT entry, kind, id, is_read FROM entries")
    assert [one["is_read"] for one in found] == [1, 0]
    assert found[1]["kind"] == "report"


def test_an_entry_that_fails_leaves_the_index_where_it_was(tmp_path):
    path = written(tmp_path / "monitor.db", SMALL[:1])
    built(path)
    with Storage.open(path) as storage, storage.writing() as writer:
        writer.append("torn", b"{")
    with pytest.raises(EncodingError):
        built(path)
    assert titles(index_path(path)) == ["Page r0"]
