"""The tables of docs/regimes.md are those of the data; run, this writes them."""

import re
from pathlib import Path

from embargo_monitor.regimes import Register

PAGE = Path(__file__).parent.parent.parent / "docs" / "regimes.md"
REGISTER = Register.bundled()


def _listed(values):
    return ", ".join(getattr(one, "value", str(one)) for one in values) or "–"


def _categories(measure):
    covers = [f"{one}" for one in measure.covers_categories]
    excludes = [f"not {one}" for one in measure.excludes_categories]
    return ", ".join([*covers, *excludes]).replace("unroca:", "") or "–"


def coding():
    yield "| The register's words | covers | if military | may cover | UN Register |"
    yield "|---|---|---|---|---|"
    rows = {}
    for regime in REGISTER:
        for phase in regime.phases:
            for measure in phase.measures:
                goods = [
                    [
                        one
                        for one in natures
                        if one.value not in ("service", "personnel")
                    ]
                    for natures in (
                        measure.covers,
                        measure.covers_if_military,
                        measure.may_cover,
                    )
                ]
                cells = [*map(_listed, goods), _categories(measure)]
                rows.setdefault(tuple(cells), set()).add(measure.arms)
    for cells, words in sorted(rows.items(), key=lambda row: (-len(row[1]), row[0])):
        told = "<br>".join(sorted(words))
        yield f"| {told} | {' | '.join(cells)} |"


def regimes():
    yield "| Regime | Title | From | To | Binding | Mark |"
    yield "|---|---|---|---|---|---|"
    for one in REGISTER:
        link = f"[{one.id}](../embargo_monitor/regimes/register/{one.id}.toml)"
        last = one.last or f"({one.status.value})"
        binding = ", ".join(kind.value for kind in one.bindings)
        yield (
            f"| {link} | {one.title} | {one.first} | {last} | {binding}"
            f" | {one.mark.value} |"
        )


def written(page):
    for name, table in (("coding", coding), ("regimes", regimes)):
        text = "\n".join(table())
        page = re.sub(
            f"(<!-- {name} -->\n).*?(<!-- end -->)",
            lambda found, text=text: f"{found[1]}{text}\n{found[2]}",
            page,
            count=1,
            flags=re.DOTALL,
        )
    return page


def test_the_tables_of_the_page_are_those_of_the_data():
    page = PAGE.read_text("utf-8")
    assert page == written(page)
    assert page.count("regimes/register/") >= 100


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
