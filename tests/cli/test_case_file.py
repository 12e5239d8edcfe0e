"""`event --markdown`: the case file, written once, whole, and as of then."""

import pytest


@pytest.fixture
def article(run):
    run.article()
    return run


def test_a_case_file_is_written_and_printed_as_the_same_text(article, tmp_path):
    ran = article("event", "seed-article#deal", "--markdown", "deal.md")
    assert (ran.code, ran.out) == (0, "Wrote deal.md\n")
    text = (tmp_path / "deal.md").read_text("utf-8")
    assert text.startswith("# Pakistan to the LNA: an arms deal\n\nCase file of `seed-")
    assert article("event", "seed-article#deal", "--markdown", "-").out == text


def test_no_file_is_overwritten_and_none_is_left_half_written(article, tmp_path):
    (tmp_path / "deal.md").write_text("mine")
    ran = article("event", "seed-article#deal", "--markdown", "deal.md")
    assert ran.code == 1
    assert "a file that is not there yet: none is overwritten" in ran.err
    assert (tmp_path / "deal.md").read_text() == "mine"
    assert article("event", "seed-article#none", "--markdown", "none.md").code == 1
    assert not (tmp_path / "none.md").exists()


def test_it_is_as_of_then_on_both_clocks(article):
    event = ("event", "seed-article#deal")
    article("init", "--log", "other.db")
    later = article(*event, "--markdown", "-", "--log", "other.db").out
    assert "said with its first 2 entries" in later
    then = article(*event, "--markdown", "-", "--log", "other.db", "--at", "1").out
    assert "said with its first 1 entry" in then
    days = {"2025-12-22": 1, "2025-12-23": 0}
    for day, code in days.items():
        ran = article(*event, "--markdown", "-", "--published-until", day)
        assert ran.code == code
    assert "of documents published until 2025-12-23, or perhaps until then." in ran.out
    assert article(*event, "--markdown", "-", "--at", "0").code == 1


def test_an_event_is_shown_as_of_then_too(article):
    assert article("event", "seed-article#deal", "--at", "1").code == 0
    ran = article("event", "seed-article#deal", "--at", "0")
    assert ran.err == "embargo-monitor: unknown report 'seed-article'\n"


def test_an_event_without_its_report_is_refused_with_what_it_may_be(article):
    ran = article("event", "deal", "--markdown", "-")
    assert ran.err == "embargo-monitor: unknown event 'deal'; near: seed-article#deal\n"


@pytest.mark.parametrize(
    "options",
    [
        ("--json", "--markdown", "-"),
        ("--handling", "limited"),
        ("--register", "."),
    ],
)
def test_options_that_do_not_go_together_are_refused(article, options):
    ran = article("event", "seed-article#deal", *options)
    assert ran.code == 2
    assert "--markdown" in ran.err


def test_a_register_of_ones_own_is_asked(article, own_register):
    asked = ("event", "seed-article#deal", "--markdown", "-")
    folder = own_register("UN arms embargo on Libya", "Our reading of it")
    own = article(*asked, "--register", folder).out
    assert "### Our reading of it (un-libya-2011): YES\n" in own
    # The citation names the register that was asked.
    cited = [text.partition("## Citation")[2] for text in (own, article(*asked).out)]
    assert cited[0] != cited[1]
