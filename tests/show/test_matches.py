"""What matched, as a table."""

import embargo_monitor as em
from embargo_monitor.query import matching
from embargo_monitor.query.filters import Filters
from embargo_monitor.show.matches import csv_lines


def test_reports_are_rows_as_well():
    told = em.told_in(em.seed_report().report)
    heads, row = csv_lines(
        matching.ordered(matching.each_report(told, Filters(disputed=True)))
    )
    assert heads == "id,certainty,kind,title,stance,because"
    title = "صفقة أسلحة بمليارات الدولارات بين ليبيا وباكستان"
    assert row.startswith(f"seed-article,yes,report,{title},,")
