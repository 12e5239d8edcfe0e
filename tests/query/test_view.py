"""What a log said as of then, on two clocks."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

import embargo_monitor as em
from embargo_monitor.errors import InvalidValueError, VerificationError
from embargo_monitor.log.storage import Storage
from embargo_monitor.model.grades import Credibility, CredibilityGrade
from embargo_monitor.model.records import (
    Assessment,
    Correction,
    Link,
    Linked,
    LinkRelation,
    Withdrawal,
)
from embargo_monitor.model.truth import Truth
from embargo_monitor.query.viewing import as_instant
from tests.query.conftest import report_of

AGREED = {"stage": "agreed"}


def values(view):
    return [str(one.claim.amount) for one in em.values(view.told())]


def withdraw(id, of, kind="report"):
    return Withdrawal(id, entry=of, entry_kind=kind, reason="twice", by="ana")


@pytest.fixture
def later(log):
    """A report, corrected, withdrawn, and brought back: five entries."""
    log.append(report_of("r", {"value": "4 million USD"}))
    claim = report_of("r", {"value": "5 million USD"}).report.claims[0]
    log.append(Correction("c", report="r", reason="so", by="ana", replaces=(claim,)))
    log.append(withdraw("w", "r"))
    log.append(withdraw("ww", "w", "withdrawal"))
    return log


def test_later_records_have_no_effect_on_a_view_of_before(later):
    said = [values(later.view(at=size)) for size in range(5)]
    four, five = ["4 million USD"], ["5 million USD"]
    assert said == [[], four, five, [], five]


def test_a_view_is_that_of_the_log_when_it_was_so_large(log):
    roots = [log.root]
    for size in range(4):
        log.append(report_of(f"r{size}", AGREED))
        roots.append(log.root)
    assert [log.view(at=size).root for size in range(5)] == roots
    logged = log.view(at=2).logged
    assert {id_: one.index for id_, one in logged.items()} == {"r0": 0, "r1": 1}


def test_a_view_of_an_empty_log_has_no_instant(log):
    view = log.view()
    assert (view.size, view.recorded, view.reports()) == (0, None, ())


def test_an_instant_takes_in_what_was_recorded_then(log):
    log.append(report_of("a", AGREED))
    log.append(report_of("b", AGREED))
    first, second = [one.entry.envelope.recorded for one in log.entries()]
    assert first < second
    for at, size in (
        (first - timedelta(seconds=1), 0),
        (first, 1),
        (second - timedelta(seconds=1), 1),
        (second, 2),
        (datetime.max.replace(tzinfo=UTC), 2),
    ):
        assert log.view(at=at).size == size
    east = first.astimezone(timezone(timedelta(hours=5)))
    assert log.view(at=east).recorded == first


NAIVE = datetime(2026, 1, 1)  # noqa: DTZ001 (an instant without its zone is refused)


@pytest.mark.parametrize("at", [-1, 2, 1.0, True, NAIVE])
def test_what_is_no_point_of_the_log_is_refused(log, at):
    log.append(report_of("a", AGREED))
    with pytest.raises(InvalidValueError, match="at must be"):
        log.view(at=at)


def test_a_checkpoint_is_a_point_of_its_own_log_alone(log, tmp_path):
    log.append(report_of("a", AGREED))
    kept = log.checkpoint()
    log.append(report_of("b", AGREED))
    assert log.view(at=kept).size == 1
    with em.EventLog.create(tmp_path / "other.db", origin="example.org/other") as other:
        other.append(report_of("a", AGREED))
        with pytest.raises(VerificationError, match=r"of the log example\.org/log"):
            other.view(at=kept)


def test_a_checkpoint_of_another_history_is_refused(
    log, tmp_path, tmp_path_factory, monkeypatch
):
    log.append(report_of("a", AGREED))
    kept = log.checkpoint()
    monkeypatch.setenv("EMBARGO_MONITOR_CONFIG", str(tmp_path_factory.mktemp("c")))
    monkeypatch.setenv("EMBARGO_MONITOR_STATE", str(tmp_path_factory.mktemp("s")))
    path = tmp_path / "fork.db"
    with em.EventLog.create(path, origin="example.org/log") as fork:
        fork.append(report_of("b", AGREED))
        with pytest.raises(VerificationError, match="is not what the checkpoint"):
            fork.view(at=kept)


@pytest.mark.parametrize(
    ("published", "known"),
    [
        ("2011-02-28", "YES"),
        ("2011-03-01", "YES"),
        ("2011-03-02", None),
        ("2011-03", "MAYBE"),
        ("2011-02", "YES"),
        ("2011-04", None),
        (None, "MAYBE"),
    ],
)
def test_what_was_published_later_is_left_out(log, published, known):
    log.append(report_of("a", AGREED, published=published))
    view = log.view(published_until="2011-03-01")
    if known is None:
        assert view.reports() == ()
        with pytest.raises(InvalidValueError, match="one that counts"):
            view.known("a")
    else:
        assert view.known("a") is Truth[known]


def test_without_the_second_clock_every_report_was_known(log):
    log.append(report_of("a", AGREED, published=None))
    assert log.view().known("a") is Truth.YES


@pytest.mark.parametrize(
    "until", ["2011-03", date(2011, 3, 31), em.ImpreciseDate("2011-02/2011-03")]
)
def test_of_an_imprecise_day_the_latest_counts(log, until):
    assert log.view(published_until=until).published_until == date(2011, 3, 31)


@pytest.mark.parametrize("until", ["2011-03/..", "march", 5])
def test_a_second_clock_without_a_last_day_is_refused(log, until):
    with pytest.raises(InvalidValueError):
        log.view(published_until=until)


def test_judgements_of_later_days_and_links_to_later_pages_are_left_out(log):
    log.append(report_of("a", AGREED, published="2011-03-01"))
    log.append(report_of("b", AGREED, published="2011-03-05"))
    for on in ("2011-03-02", "2011-03-04"):
        grade = CredibilityGrade(Credibility.DOUBTFUL, by="ana", on=on)
        told = {"claim": "a#c0.stage", "credibility": grade, "reason": "so"}
        log.append(Assessment(f"judged-{on}", **told))
    ends = {"first": "a#deal", "second": "b#deal", "linked": Linked.EVENT}
    log.append(Link("l", relation=LinkRelation.SAME, reason="so", by="ana", **ends))
    early, late = (
        log.view(published_until=day) for day in ("2011-03-03", "2011-03-05")
    )
    [judged] = early.standing.assessments["a#c0.stage"]
    assert judged.id == "judged-2011-03-02"
    assert len(late.standing.assessments["a#c0.stage"]) == 2
    assert (len(early.standing.links), len(late.standing.links)) == (0, 1)


def ids(matches):
    return [(one.id, one.certainty.name) for one in matches]


def test_a_view_is_asked_with_filters(log):
    log.append(report_of("a", AGREED, published="2011-03-01"))
    log.append(report_of("b", {"stage": "signed"}, published="2011-03"))
    view = log.view(at=2, published_until="2011-03-02")
    least = {"stage_at_least": "agreed", "sort": "id"}
    assert ids(view.events(**least)) == [("a#deal", "YES"), ("b#deal", "MAYBE")]
    assert ids(view.claims(stage="signed")) == [("b#c0.stage", "MAYBE")]
    assert ids(view.reports(source="The Paper", limit=1)) == [("a", "YES")]
    assert ids(log.view(at=1).reports()) == [("a", "YES")]
    [why] = view.claims(stage="signed")[0].because[1:]
    assert str(why) == (
        "published_until: MAYBE (nobody says that it was published by 2011-03-02)"
    )


def test_what_was_recorded_by_a_day_is_found(log):
    log.append(report_of("a", AGREED))
    assert ids(log.view().claims(recorded="2026-01-01")) == [("a#c0.stage", "YES")]
    assert log.view().claims(recorded="2026-01-02") == ()


def test_a_filter_that_is_none_is_refused(log):
    with pytest.raises(TypeError, match="suplier"):
        log.view().events(suplier="Libya")


def test_entries_for_a_newer_version_are_counted(log):
    log.append(report_of("a", AGREED))
    newer = (
        b'{"body":{},"by":"ana","id":"s","kind":"sighting","kv":1,'
        b'"recorded":"9999-01-01T00:00:00Z","v":1}'
    )
    with Storage.open(log.path) as storage, storage.writing() as writer:
        writer.append("sighting/s", newer)
    view = log.view()
    assert (view.size, len(view.records), view.needs_newer) == (2, 1, 1)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-11-26T10:00:00Z", datetime(2026, 11, 26, 10, tzinfo=UTC)),
        ("2026-11-26", datetime(2026, 11, 26, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_with_its_zone_and_a_day_to_its_end(text, instant):
    assert as_instant(text) == instant


@pytest.mark.parametrize("text", ["2026-11-26T10:00:00", "yesterday", "2026-13-01", ""])
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(InvalidValueError, match="with its zone"):
        as_instant(text)
