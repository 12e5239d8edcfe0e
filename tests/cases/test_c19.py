"""C19: the LÉ Aisling: three sales of one hull, two currencies, one breach alleged."""

import re
from decimal import Decimal
from itertools import combinations, product

import pytest

import embargo_monitor as em
from embargo_monitor.model.actors import ActorKind
from embargo_monitor.model.claims import EmbargoIs
from embargo_monitor.model.goods import Condition
from embargo_monitor.model.names import NameKind
from embargo_monitor.model.refs import RefKind
from embargo_monitor.model.stages import Stage
from embargo_monitor.model.stances import Stance
from embargo_monitor.model.vocabulary import MentionRole, Position, Role, ValueOf

SALES = ("first", "second", "third")
PRICES = (
    (110_000, 122_000),
    (525_000, 473_000),
    (1_500_000, 1_300_000, 1_350_000),
)
"""What is told of each sale, in euro and in dollars."""

SUMS = {
    Decimal(sum(figures))
    for size in (2, 3)
    for sales in combinations(PRICES, size)
    for figures in product(*sales)
}
SCALES = {"": 1, "thousand": 1_000, "million": 1_000_000}


def breaches(case):
    """Return the claims that somebody breached an embargo."""
    return [
        told
        for told in case.told()
        if isinstance(told.claim, EmbargoIs)
        and told.claim.position is Position.BREACHES
    ]


def breaches_by_ireland(case):
    """Return where Ireland, or the sale by Ireland, is said to breach an embargo."""
    found = [
        told.id
        for told in breaches(case)
        if "IE" in told.claim.by or told.claim.about.id == "first"
    ]
    found += [
        str(one)
        for one in case.objects(kind="embargo_is", position="breaches")
        if "IE" in one.get("by", ()) or one["about"] == "event:first"
    ]
    text = " ".join(case.text.split())
    found += re.findall(r"breaches(?: \(\w+\))?, by [^()]*?Ireland", text)
    return found + re.findall(r"Ireland[^.:;()#]*(?:violat|breach)\w*", text)


def sums_of_the_sales(case):
    """Return the figures, logged or printed, that add up prices of several sales."""
    found = [
        str(one)
        for one in case.objects()
        if {Decimal(one[end]) for end in ("low", "high") if _is_number(one, end)} & SUMS
    ]
    figures = r"([\d,.]*\d)(?: (thousand|million))? (?:EUR|USD)"
    for number, scale in re.findall(figures, case.text):
        if Decimal(number.replace(",", "")) * SCALES[scale] in SUMS:
            found.append(f"{number} {scale}")
    kinds = {event.kind.value for one in case.reports.values() for event in one.events}
    return found + sorted(kinds - {"transfer"})


def asking_prices_told_as_sales(case):
    """Return where the asking price is a price, or its event more than an offer."""
    found = [
        told.id
        for told in em.values(case.told())
        if told.claim.amount.low == Decimal(685_000)
        and told.claim.of is not ValueOf.ASKING_PRICE
    ]
    found += [
        told.id
        for told in em.stages(case.told("advert"))
        if told.claim.stage is not Stage.OFFERED
    ]
    return found + re.findall(r"(?<!asking )price:? +685,000", case.text)


def _is_number(one, end):
    return re.fullmatch(r"[\d.]+", str(one.get(end, ""))) is not None


def goods_of_another_hull(case):
    """Return the goods that are not told as the one hull."""
    hull = {f"c19-{page}#aisling" for page in "abcde"}
    ends = {"c19-a#aisling"}
    ends |= {
        one.first
        for one in case.records
        if one.kind == "link"
        and one.second == "c19-a#aisling"
        and one.relation.value == "same"
    }
    return sorted(hull - ends) + [
        told.id
        for told in em.goods(case.told())
        # The register's row names no ship.
        if told.report.id != "c19-f"
        and f"{told.report.id}#{told.claim.item.individual}" not in ends
    ]


def rows_made_to_fit(case):
    """Return where the register's row says what only the pages say, or they its."""
    found = [
        told.id
        for told in em.parties(case.told("row"), Role.SUPPLIER)
        if told.actor(told.claim.actor).name != "Netherlands"
    ]
    found += [
        told.id
        for sale in SALES
        for told in em.parties(case.told(sale), Role.SUPPLIER)
        if told.actor(told.claim.actor).name == "Netherlands"
    ]
    found += [
        f"{told.id} {told.claim.when.date}"
        for told in em.stages(case.told("row"))
        if str(told.claim.when.date)
        != {Stage.AGREED: "2017", Stage.DELIVERED: "2018"}.get(told.claim.stage)
    ]
    loose = {("c19-f#row", f"c19-a#{sale}") for sale in SALES[1:]}
    return found + sorted(map(str, loose - links_of(case, "unsure")))


def links_of(case, relation):
    """Return the links of events with that relation, as pairs."""
    return {
        (one.first, one.second)
        for one in case.records
        if one.kind == "link"
        and one.relation.value == relation
        and one.linked.value == "event"
    }


# Three sales of one hull


def test_three_sales_are_three_events_joined_by_resale(case):
    assert links_of(case("c19"), "resells") == {
        ("c19-a#second", "c19-a#first"),
        ("c19-a#third", "c19-a#second"),
    }
    text = " ".join(case("c19").text.split())
    assert "c19-a#third resells c19-a#second" in text


def test_each_buyer_is_the_next_seller(case):
    sides = []
    for sale in SALES:
        told = case("c19").told(sale, "c19-a")
        [seller] = em.parties(told, Role.SUPPLIER)
        [buyer] = em.parties(told, Role.RECIPIENT)
        sides.append((seller.claim.actor, buyer.claim.actor))
    assert sides == [("IE", "dutch"), ("dutch", "uae"), ("uae", "libyan")]
    [user] = em.parties(case("c19").told("third", "c19-a"), Role.END_USER)
    assert user.claim.actor == "lna"


def test_one_hull_goes_through_all_three_sales(case):
    for sale in SALES:
        [goods] = em.goods(case("c19").told(sale, "c19-a"))
        assert goods.claim.item.individual == "aisling"
        assert str(goods.claim.quantity) == "1 item"
    assert goods_of_another_hull(case("c19")) == []
    assert len(em.goods(case("c19").told())) == 15
    hulls = {
        (one.first, one.second)
        for one in case("c19").records
        if one.kind == "link" and one.id.startswith("c19-hull-")
    }
    assert hulls == {(f"c19-{x}#aisling", "c19-a#aisling") for x in "bcde"}


@pytest.mark.parametrize("page", "abcde")
def test_control_goods_that_are_not_told_as_the_hull_are_found(spoilt, page):
    def change(form):
        for row in form["claims"]:
            if "goods" in row:
                del row["goods"]["individual"]

    wrong = spoilt("c19", f"{page}.report.json", change)
    found = goods_of_another_hull(wrong)
    told = [one.id for one in em.goods(wrong.told(report=f"c19-{page}"))]
    assert found == told
    assert len(found) >= 2


def test_control_another_hull_that_no_link_joins_is_found(spoilt):
    def change(form):
        form["actors"]["other"] = dict(form["actors"]["aisling"])
        [row] = [row for row in form["claims"] if row["id"] == "auction"]
        row["goods"]["individual"] = "other"

    found = goods_of_another_hull(spoilt("c19", "d.report.json", change))
    assert found == ["c19-d#auction.goods"]


def test_a_ship_keeps_its_names_and_how_they_come_about(case):
    [ship] = [one for one in case("c19").reports["c19-c"].actors if one.id == "aisling"]
    assert [(name.text, name.kind) for name in ship.names] == [
        ("LÉ Aisling", NameKind.OWN),
        ("Al-Karama", NameKind.TRANSLITERATED),
        ("Dignity", NameKind.TRANSLATED),
    ]


def test_a_ship_is_told_as_disarmed_and_what_came_later_as_unknown(case):
    [sold] = em.goods(case("c19").told("first", "c19-c"))
    assert sold.claim.item.condition is Condition.DISARMED
    [armed] = em.mentions(case("c19").told("arrival", "c19-c"))
    assert armed.claim.stance is Stance.DOES_NOT_KNOW
    assert armed not in em.counted(case("c19").told("arrival"))


def test_false_papers_of_the_ship_are_no_goods(case):
    [yacht] = [
        told
        for told in em.mentions(case("c19").told("third"))
        if told.claim.as_ is MentionRole.DECLARED_COVER
    ]
    assert str(yacht.claim.items[0]) == "pleasure yacht"
    names = {str(told.claim.item) for told in em.goods(case("c19").told())}
    assert names == {"offshore patrol vessel"}


def test_a_flag_is_told_of_the_ship_and_makes_no_party(case):
    assert case("c19").objects(kind="party_is", actor="PA") == []
    [flag] = {
        (one["about"], one["actor"])
        for one in case("c19").objects(kind="actor_is", relation="flag")
    }
    assert flag == ("actor:aisling", "PA")


# Prices


def test_prices_keep_the_currency_in_which_they_were_stated(case):
    stated = {
        (told.claim.about.id, str(told.claim.amount))
        for told in em.values(case("c19").told())
        if not told.refs(RefKind.CONVERTS) and told.claim.of is ValueOf.PRICE
    }
    assert stated == {
        ("first", "110,000 EUR"),
        ("second", "525,000 USD"),
        ("third", "1.5 million USD"),
    }


def test_conversions_hang_on_what_they_convert(case):
    converted = {
        (told.id, str(told.claim.amount), *told.refs(RefKind.CONVERTS))
        for told in em.values(case("c19").told())
        if told.refs(RefKind.CONVERTS)
    }
    assert converted == {
        ("c19-a#auction-price.value", "122,000 USD", "c19-b#auction-price.value"),
        ("c19-b#resale-euro.value", "473,000 EUR", "c19-b#resale.value"),
        ("c19-b#sold-on-euro.value", "about 1.3 million EUR", "c19-b#sold-on.value"),
    }
    for report in case("c19").reports:
        for sale in ("second", "third"):
            told = case("c19").told(sale, report)
            assert em.disputed(told) is em.Truth.NO


def test_an_asking_price_is_no_transaction(case):
    asked = em.values(case("c19").told("advert"))
    assert {(str(one.claim.amount), one.claim.of.value) for one in asked} == {
        ("685,000 EUR", "asking price")
    }
    assert em.parties(case("c19").told("advert"), Role.RECIPIENT) == ()
    assert asking_prices_told_as_sales(case("c19")) == []
    assert ("c19-c#advert", "c19-a#second") in links_of(case("c19"), "unsure")


def test_control_an_asking_price_told_as_a_price_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "advertised"]
        row["of"], row["stage"] = "price", "agreed"

    found = asking_prices_told_as_sales(spoilt("c19", "c.report.json", change))
    assert {"c19-c#advertised.value", "c19-c#advertised.stage"} <= set(found)
    assert len(found) >= 4


# Days


def test_the_day_of_the_auction_and_the_month_told_elsewhere_are_a_dispute(case):
    told = em.stages(case("c19").told("first"))
    dates = {one.report.id: str(one.claim.when.date) for one in told if one.claim.when}
    assert dates == {"c19-a": "2017-03", "c19-c": "2017-05", "c19-d": "2017-03-23"}
    [dispute] = em.disputes(told)
    assert (dispute.slot, dispute.certainty) == ("date of agreed", em.Truth.YES)


def test_a_refusal_to_comment_is_shown_and_counts_for_nothing(case):
    [told] = [
        one
        for one in case("c19").told("arrival")
        if one.claim.stance is Stance.DECLINES_TO_COMMENT
    ]
    assert told.refs(RefKind.ANSWERS) == {"c19-c#arrived.stage"}
    assert told.source(told.voice.speakers[0].source).unnamed
    assert told not in em.counted(case("c19").told("arrival"))


def test_a_buyer_named_by_papers_is_a_person_whom_somebody_let_in(case):
    for report in ("c19-c", "c19-e"):
        [kamp] = [one for one in case("c19").reports[report].actors if one.id == "kamp"]
        assert (kamp.kind, kamp.public) == (ActorKind.PERSON, True)


def test_an_arrival_dated_by_a_video_is_told_as_inferred(case):
    [arrived] = em.stages(case("c19").told("arrival", "c19-e"))
    assert arrived.claim.stage is Stage.DELIVERED
    assert str(arrived.claim.when.date) == "2018-05-17~"
    assert arrived.voice.speakers[0].source == "lna"
    text = " ".join(case("c19").text.split())
    assert "delivered, 2018-05-17 (approximate) (inferred)" in text


# Breach


def test_only_the_last_sale_is_called_a_breach(case):
    told = breaches(case("c19"))
    assert {one.report.id for one in told} == {"c19-a", "c19-b", "c19-d"}
    for one in told:
        assert one.claim.about.id == "third"
        assert [one.actor(id_).country for id_ in one.claim.by] == ["AE"]


def test_a_breach_is_the_panels_claim_whoever_retells_it(case):
    told = breaches(case("c19"))
    assert {one.voice.speakers[0].source for one in told} == {"panel"}
    assert {one.source("panel").mandate.value for one in told} == {"panel"}
    found = em.origins(told)
    assert (found.at_least, found.at_most) == (1, 1)


def test_ireland_is_nowhere_said_to_have_breached_the_embargo(case):
    assert breaches_by_ireland(case("c19")) == []


def test_control_a_breach_laid_to_ireland_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "breach"]
        row["by"] = "IE"

    found = breaches_by_ireland(spoilt("c19", "d.report.json", change))
    assert "c19-d#breach.embargo" in found
    assert len(found) >= 4


def test_control_a_breach_told_of_the_first_sale_is_found(spoilt):
    def change(form):
        [row] = [row for row in form["claims"] if row["id"] == "breach"]
        row["about"] = "first"

    found = breaches_by_ireland(spoilt("c19", "a.report.json", change))
    assert "c19-a#breach.embargo" in found


# SIPRI's row


def test_a_register_row_can_be_linked_though_supplier_and_year_differ(case):
    row = case("c19").told("row")
    [supplier] = em.parties(row, Role.SUPPLIER)
    [recipient] = em.parties(row, Role.RECIPIENT)
    assert supplier.claim.actor == "NL"
    assert recipient.actor(recipient.claim.actor).name == "HoR (Libya)*"
    assert [
        (one.claim.stage.value, str(one.claim.when.date)) for one in em.stages(row)
    ] == [("agreed", "2017"), ("delivered", "2018")]
    assert rows_made_to_fit(case("c19")) == []


def test_control_a_row_made_to_fit_the_pages_is_found(spoilt):
    def change(form):
        form["actors"]["IE"] = {}
        [ordered] = [row for row in form["claims"] if row["id"] == "ordered"]
        ordered |= {"supplier": "IE", "when": "2017-03"}

    assert rows_made_to_fit(spoilt("c19", "f.report.json", change)) == [
        "c19-f#ordered.supplier",
        "c19-f#ordered.stage 2017-03",
    ]


def test_control_a_seller_taken_over_from_the_row_is_found(spoilt):
    def change(form):
        form["actors"]["NL"] = {}
        [resale] = [row for row in form["claims"] if row["id"] == "resale"]
        resale["supplier"] = "NL"

    found = rows_made_to_fit(spoilt("c19", "b.report.json", change))
    assert found == ["c19-b#resale.supplier"]


def test_a_link_to_a_register_row_changes_no_claim_of_either_side(case):
    sellers = {
        told.actor(told.claim.actor).name
        for told in em.parties(case("c19").told("third"), Role.SUPPLIER)
    }
    assert sellers == {"a UAE company", "a company in the United Arab Emirates"}
    text = " ".join(case("c19").text.split())
    assert "HoR (Libya)* <- Netherlands" in text
    assert "c19-f#row unsure c19-a#third" in text
    assert not any(
        one.claim.actor == "IE"
        for one in em.parties(case("c19").told("row"), Role.SUPPLIER)
    )


# No total


def test_nothing_adds_up_the_prices_of_the_three_sales(case):
    assert sums_of_the_sales(case("c19")) == []


def test_control_a_sum_of_the_three_sales_is_found(spoilt):
    def change(form):
        form["claims"].append(
            {
                "id": "total",
                "voice": "mee",
                "about": "third",
                "value": "2,147,000 USD",
                "of": "price",
                "at": "agreed",
            }
        )

    found = sums_of_the_sales(spoilt("c19", "a.report.json", change))
    assert "2,147,000 " in found
    assert len(found) >= 4


def test_control_an_event_that_is_a_sum_is_found(spoilt):
    def change(form):
        form["events"]["total"] = {"kind": "sum", "title": "All sales of the ship"}

    assert sums_of_the_sales(spoilt("c19", "a.report.json", change)) == ["sum"]
