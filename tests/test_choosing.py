"""Which terms are fixed when a partner is first credited with an order?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.restricted import asker, bought, programme
from tracker.asked import Asker
from tracker.choosing import Credit, choose
from tracker.code_book import CodeBook, code_book
from tracker.exchange_rates import missing_rate, rate_on
from tracker.levels import in_a_circle, parent_of
from tracker.policy import ApproveOn, BonusFrom, LevelOf
from tracker.precedence import PRECEDENCE, printed
from tracker.programme import Code, Partner, PartnerStatus, Programme
from tracker.rates import Rate, read_rate
from tracker.rulebook import Buyer, FxRate, Rule, Tier
from tracker.sentences import REASONS
from tracker.terms import Beside, ItemRate, Sharer, Terms

TEA = Code(code="TEA", partner_id="ivan")
IVAN = Partner(partner_id="ivan")
GOLD = Tier(tier_id="gold", start=5, rate=Rate(percent=Decimal(30)))


def book(*partners: Partner, codes: tuple[Code, ...] = (TEA,), **rest: Any) -> CodeBook:
    own = {one.partner_id: one for one in partners or (IVAN,)}
    return replace(code_book(codes, (), own), **rest)


def terms(
    known: CodeBook,
    chosen: Programme | None = None,
    asked: Asker | None = None,
    **credit: Any,
) -> Terms:
    """The terms of an order of 19 October 2026 by Anna; by default ivan's by the code TEA."""
    ours = chosen or programme()
    asked = asked or asker(ours, ())
    fields: dict[str, Any] = {"source": "generic", "partner_id": "ivan", "evidence": "code", "code": TEA}  # fmt: skip
    return choose(Credit(facts=asked.facts, **fields | credit), known, ours, asked)


def rated(found: Terms) -> tuple[str, str]:
    return str(found.rate), found.beside.source


# fmt: off
@pytest.mark.parametrize(
    ("rule", "code", "partner", "rate", "source"),
    [
        ("20%", "15%", "12%", "20%", "rule 10"),
        ("",    "15%", "12%", "15%", "code"),
        ("",    "",    "12%", "12%", "partner"),
        ("",    "",    "",    "10%", "programme"),
        ("0%",  "15%", "12%", "0%",  "rule 10"),
        ("10 RUB/item", "", "12%", "10.00 RUB/item", "rule 10"),
    ],
)
def test_the_rate_is_the_first_of_the_precedence(
    rule: str, code: str, partner: str, rate: str, source: str
) -> None:
    rules = (Rule(priority=10, rate=read_rate(rule)),) if rule else ()
    row = replace(TEA, rate=read_rate(code) if code else None)
    ivan = replace(IVAN, rate=read_rate(partner) if partner else None)

    assert rated(terms(book(ivan, codes=(row,), rules=rules), code=row)) == (rate, source)
# fmt: on


def test_a_variant_has_its_own_rate_or_its_main_code_s() -> None:
    main = replace(TEA, rate=read_rate("15%"))
    variant = Code(code="TEA-TG", partner_id="ivan", variant_of="tea")
    cheap = replace(variant, rate=read_rate("3%"))
    known = book(codes=(main, variant))

    assert rated(terms(known, code=variant)) == ("15%", "code")
    assert rated(terms(known, code=cheap)) == ("3%", "code")


def test_a_tier_stands_instead_of_a_usual_rate_and_of_no_other() -> None:
    rules = (Rule(priority=10, partner_id="ivan", rate=read_rate("20%")),)
    own = replace(IVAN, rate=read_rate("12%"))

    assert terms(book(tiers=(GOLD,))).beside.ladder is not None
    assert terms(book(own, tiers=(GOLD,))).beside.ladder is not None
    assert terms(book(tiers=(GOLD,), rules=rules)).beside.ladder is None
    coded = replace(TEA, rate=read_rate("15%"))
    assert terms(book(tiers=(GOLD,)), code=coded).beside.ladder is None


def test_the_precedence_is_printed_as_it_runs() -> None:
    english, russian = printed("en"), printed("ru")

    assert [place.source.value for place in PRECEDENCE] == ["rule", "code", "partner", "programme"]
    assert english.startswith("1. the rule in **Rules** with the smallest priority")
    assert "4. `rate` in **Settings**." in english
    assert russian.startswith("1. правило с листа **Правила** с наименьшим приоритетом")
    assert {f"rate_by_{place.source}" for place in PRECEDENCE} <= REASONS.keys()


def test_a_plain_programme_notes_only_where_the_rate_stands() -> None:
    assert terms(book()).beside == Beside(source="programme")


def test_the_hold_is_counted_from_the_day_of_the_order() -> None:
    assert terms(book()).payable_on == date(2026, 11, 2)
    assert terms(book(replace(IVAN, hold_days=0))).payable_on == date(2026, 10, 19)


def test_approval_is_that_of_the_order_s_source() -> None:
    chosen = programme(approve_on={"": ApproveOn.PAID, "generic": ApproveOn.DELIVERED})

    assert terms(book(), chosen).beside.approve == "delivered"
    assert terms(book(), chosen, source="tilda").beside.approve == "paid"


def test_what_a_code_is_for_is_its_main_code_s_where_it_says_nothing() -> None:
    main = replace(TEA, products_in=("tea",), products_out=("A1",))
    variant = Code(code="TEA-TG", partner_id="ivan", variant_of="TEA")
    known = book(codes=(main, variant))

    for row in (main, variant):
        found = terms(known, code=row).beside
        assert (found.only, found.without) == (("tea",), ("A1",))
    assert terms(known, code=None, evidence="click").beside.only == ()


def test_rates_of_goods_are_fixed_beside_the_order_s() -> None:
    rules = (Rule(priority=5, sku="A1", rate=read_rate("20%")), Rule(priority=6, category="cups"))
    asked = asker(programme(), (), items=[["A1", "tea", "1", "600"], ["B1", "cups", "2", "200"]])
    found = terms(book(rules=rules), asked=asked)

    assert rated(found) == ("10%", "programme")
    assert found.beside.items == (
        ItemRate("A1", "", "20%", "rule 5"),
        ItemRate("", "cups", "", "rule 6"),
    )


def test_limits_are_fixed_in_the_programme_s_currency() -> None:
    found = terms(book(), programme(cap_order=150000, budget_month=5000000)).beside

    assert (found.cap_order, found.cap_month, found.budget_month) == (150000, None, 5000000)
    assert found.cap_currency == "RUB"


def test_a_manager_s_bonus_is_fixed_where_there_is_one() -> None:
    chosen = programme(cross_bonus=Decimal(20), cross_bonus_from=BonusFrom.PARTNER_SHARE)

    assert terms(book(), chosen, helper="olga").beside.helper == ("olga", "20%", "partner_share")
    assert terms(book(), chosen).beside.helper is None
    assert terms(book(), helper="olga").beside.helper is None


def test_who_shares_an_order_has_his_own_rate() -> None:
    maria = Partner(partner_id="maria", rate=read_rate("15%"))
    rules = (Rule(priority=10, partner_id="maria", customer=Buyer.NEW, rate=read_rate("9%")),)

    assert terms(book(IVAN, maria), sharers=("maria",)).beside.sharers == (
        Sharer("maria", "15%", "partner"),
    )
    assert terms(book(IVAN, maria, rules=rules), sharers=("maria",)).beside.sharers == (
        Sharer("maria", "9%", "rule 10"),
    )


# Levels.

LEVELS = programme(level2=read_rate("5%"), level2_of=LevelOf.ORDER)
CHILD = replace(IVAN, parent_id="maria")


def test_the_partner_who_brought_him_earns_too() -> None:
    known = book(CHILD, Partner(partner_id="maria"))

    assert terms(known, LEVELS).beside.level == ("maria", "5%", "order")
    assert terms(known).beside.level is None


@pytest.mark.parametrize("status", [PartnerStatus.PAUSED, PartnerStatus.LEFT])
def test_a_parent_who_is_not_active_earns_nothing(status: PartnerStatus) -> None:
    known = book(CHILD, Partner(partner_id="maria", status=status))

    assert terms(known, LEVELS).beside.level is None


def test_nobody_earns_by_a_circle() -> None:
    maria, anna = Partner(partner_id="maria", parent_id="ivan"), Partner(partner_id="anna", parent_id="ivan")  # fmt: skip
    known = book(CHILD, maria, anna)
    at = asker(LEVELS, ()).facts.ordered_at

    assert in_a_circle(known.partners) == {"ivan", "maria"}
    assert parent_of(CHILD, known, at) == parent_of(maria, known, at) == ""
    assert parent_of(anna, known, at) == "ivan"
    assert in_a_circle({"ivan": replace(IVAN, parent_id="ivan")}) == {"ivan"}
    assert in_a_circle({"ivan": CHILD}) == frozenset()


# Rates of exchange.


def fx(on: str, base: str, quote: str, rate: str) -> FxRate:
    return FxRate(on=date.fromisoformat(on), base=base, quote=quote, rate=Decimal(rate))


DAY = date(2026, 10, 19)


def test_the_latest_rate_not_after_the_day_holds() -> None:
    rows = [
        fx("2026-10-20", "RUB", "EUR", "0.03"),
        fx("2026-10-01", "RUB", "EUR", "0.01"),
        fx("2026-10-19", "RUB", "EUR", "0.02"),
    ]

    assert [str(found.rate) for found in (rate_on(rows, "RUB", "EUR", DAY),) if found] == ["0.02"]
    assert rate_on(rows, "RUB", "EUR", date(2026, 9, 30)) is None


def test_a_pair_typed_the_other_way_round_is_turned_over() -> None:
    turned = rate_on([fx("2026-10-01", "EUR", "RUB", "96")], "RUB", "EUR", DAY)

    assert turned is not None
    assert str(turned.rate) == "0.0104166666667"


@pytest.mark.parametrize(
    ("turned", "straight", "rate"),
    [
        ("2026-10-02", "2026-10-01", "0.0104166666667"),  # the later row, whichever way it is typed
        ("2026-10-01", "2026-10-01", "0.01"),  # of one day the pair as the order needs it
        ("2026-10-01", "2026-10-02", "0.01"),
    ],
)
def test_the_later_of_both_directions_of_a_pair_holds(
    turned: str, straight: str, rate: str
) -> None:
    rows = [fx(turned, "EUR", "RUB", "96"), fx(straight, "RUB", "EUR", "0.01")]
    found = rate_on(rows, "RUB", "EUR", DAY)

    assert (None if found is None else str(found.rate)) == rate


def test_a_rate_is_missing_only_for_who_is_paid_otherwise() -> None:
    rows = [fx("2026-10-01", "RUB", "EUR", "0.01")]
    in_euro = replace(IVAN, currency="EUR")

    assert missing_rate(in_euro, "RUB", DAY, rows) is False
    assert missing_rate(in_euro, "RUB", date(2026, 9, 30), rows) is True
    assert missing_rate(in_euro, "EUR", DAY, []) is False
    assert missing_rate(IVAN, "RUB", DAY, []) is False


def test_the_rate_of_exchange_is_fixed_with_its_day() -> None:
    known = book(replace(IVAN, currency="EUR"), fx=(fx("2026-10-01", "RUB", "EUR", "0.0101"),))
    found = terms(known).beside

    assert (found.pay_currency, found.fx_rate, found.fx_on) == ("EUR", "0.0101", "2026-10-01")
    at_home = terms(known, asked=asker(programme(), (), currency="EUR")).beside
    assert (at_home.pay_currency, at_home.fx_rate) == ("", "")


# What is asked, and what an edit may not touch.


def test_a_plain_programme_asks_nothing() -> None:
    asked = asker(programme(), ())
    terms(book(), asked=asked)

    assert asked.written() == {}


def test_new_and_returning_by_code_and_link_are_four_rates() -> None:
    rates = {
        ("code", Buyer.NEW): "3.11%",
        ("code", Buyer.RETURNING): "1.71%",
        ("click", Buyer.NEW): "6.84%",
        ("click", Buyer.RETURNING): "5.35%",
    }
    rules = tuple(
        Rule(priority=n, evidence=evidence, customer=buyer, rate=read_rate(rate))
        for n, ((evidence, buyer), rate) in enumerate(rates.items(), 1)
    )

    for (evidence, buyer), rate in rates.items():
        before = (bought("2026-10-01"),) if buyer is Buyer.RETURNING else ()
        asked = asker(programme(), before)
        code = TEA if evidence == "code" else None
        found = terms(book(rules=rules), asked=asked, evidence=evidence, code=code)
        assert str(found.rate) == rate
