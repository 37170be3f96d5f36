"""Which rule of the tab Rules decides about an order?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.restricted import asker, bought, programme
from tracker.asked import Asker
from tracker.code_book import CodeBook, code_book
from tracker.programme import Code, Partner
from tracker.rates import Rate
from tracker.rule_match import Claim, Matched, claim, denied, narrowed, still_fits
from tracker.rule_match import matched as matched_narrowed
from tracker.rulebook import Buyer, Rule
from tracker.terms import ItemRate

BY_CODE = Claim(
    partner_id="ivan",
    group="Bloggers",
    names=frozenset({"tea"}),
    campaign="spring",
    evidence="code",
)
TWO_LINES = [["A1", "tea", "1", "600"], ["B1", "cups", "2", "200"]]


def rate(percent: int) -> Rate:
    return Rate(percent=Decimal(percent))


def rules_of(*rules: dict[str, Any]) -> tuple[Rule, ...]:
    """Rules with priorities 10, 20 … in the order given; without a rate they say not counted."""
    return tuple(Rule(priority=10 * n, **fields) for n, fields in enumerate(rules, 1))


def matched(about: Claim, rules: tuple[Rule, ...], asked: Asker) -> Matched:
    """What rules say of a claim, whichever of them are about it."""
    return matched_narrowed(about, narrowed(rules, about), asked)


def fits(rule: Rule, about: Claim, asked: Asker) -> bool | None:
    """Whether one rule fits."""
    found = narrowed([rule], about)
    return still_fits(found[0], about, asked) if found else False


def order(*before: Any, **facts: Any) -> Asker:
    return asker(programme(), before, **facts)


def refused(rules: tuple[Rule, ...], evidence: str = "code", **facts: Any) -> tuple[str, str]:
    """The reason and the rule for which an order of ivan with TEA is not counted."""
    code = Code(code="TEA", partner_id="ivan")
    partners = {"ivan": Partner(partner_id="ivan", group="bloggers")}
    book = replace(code_book([code], (), partners), rules=rules)
    asked = order(**facts)
    found = denied("ivan", "bloggers", code, "", evidence, book, programme(), asked)
    return ("", "") if found is None else (found[0], dict(found[1]).get("rule", ""))


def found_by(rules: tuple[Rule, ...], *before: Any, **facts: Any) -> tuple[str, str]:
    """The rate and its source."""
    found = matched(BY_CODE, rules, order(*before, **facts))
    return ("" if found.rate is None else str(found.rate)), found.source


# fmt: off
@pytest.mark.parametrize(
    ("fields", "fit"),
    [
        ({},                                    True),
        ({"partner_id": "ivan"},                True),
        ({"partner_id": "maria"},               False),
        ({"group": " bloggers "},               True),
        ({"group": "shops"},                    False),
        ({"code": "TEA "},                      True),
        ({"code": "COFFEE"},                    False),
        ({"campaign": "Spring"},                True),
        ({"campaign": "autumn"},                False),
        ({"evidence": "code"},                  True),
        ({"evidence": "click"},                 False),
        ({"valid_from": date(2026, 10, 19)},    True),
        ({"valid_from": date(2026, 10, 20)},    False),
        ({"valid_to": date(2026, 10, 19)},      True),
        ({"valid_to": date(2026, 10, 18)},      False),
        ({"region": "Москва"},                  True),
        ({"region": "Россия"},                  True),
        ({"region": "Казань"},                  False),
        ({"channel": "APP"},                    True),
        ({"channel": "site"},                   False),
        ({"customer": Buyer.NEW},               True),
        ({"customer": Buyer.RETURNING},         False),
        ({"region": "Москва", "channel": "site"}, False),
    ],
)
def test_a_rule_fits_when_every_cell_of_it_does(fields: dict[str, Any], *, fit: bool) -> None:
    asked = order(city="г. Москва", country="RU", channel="app")

    assert fits(Rule(priority=1, **fields), BY_CODE, asked) is fit
# fmt: on


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"region": "Москва"}, {"city": None}),
        ({"channel": "app"}, {"channel": None}),
        ({"customer": Buyer.NEW}, {"customer_e": None}),
    ],
)
def test_what_the_shop_does_not_say_is_unknown(
    fields: dict[str, Any], missing: dict[str, Any]
) -> None:
    assert fits(Rule(priority=1, **fields), BY_CODE, order(**missing)) is None


def test_the_day_is_that_of_the_programme_s_zone() -> None:
    rule = Rule(priority=1, valid_from=date(2026, 10, 20))

    assert fits(rule, BY_CODE, order(ordered_at="2026-10-19T20:59:59Z")) is False
    assert fits(rule, BY_CODE, order(ordered_at="2026-10-19T21:00:00Z")) is True


def test_the_smallest_priority_that_fits_decides() -> None:
    rules = rules_of(
        {"partner_id": "maria", "rate": rate(30)}, {"rate": rate(20)}, {"rate": rate(5)}
    )

    assert found_by(rules) == ("20%", "rule 20")


def test_an_unknown_fact_fits_no_rate() -> None:
    rules = rules_of({"region": "Москва", "rate": rate(20)}, {"rate": rate(5)})

    assert found_by(rules) == ("5%", "rule 20")


def test_a_customer_is_returning_once_an_earlier_order_counts() -> None:
    rules = rules_of(
        {"customer": Buyer.NEW, "rate": rate(20)}, {"customer": Buyer.RETURNING, "rate": rate(5)}
    )

    assert found_by(rules) == ("20%", "rule 10")
    assert found_by(rules, bought("2026-10-01")) == ("5%", "rule 20")
    assert found_by(rules, bought("2026-10-01", counts=False)) == ("20%", "rule 10")


def test_nothing_is_asked_for_a_rule_that_cannot_fit_anyway() -> None:
    asked = order()
    matched(BY_CODE, rules_of({"partner_id": "maria", "customer": Buyer.NEW}), asked)

    assert asked.written() == {}


def test_only_what_a_rule_needs_is_asked() -> None:
    asked = order(city="Москва")
    matched(BY_CODE, rules_of({"region": "Москва", "rate": rate(20)}), asked)

    assert asked.written()["whose"] == [(("own", "city", "country"), ["Москва", None])]


def test_rules_about_goods_are_gathered_up_to_the_first_about_the_order() -> None:
    rules = rules_of(
        {"sku": "a1", "rate": rate(20)},
        {"category": "Cups"},
        {"category": "spoons", "rate": rate(1)},
        {"rate": rate(7)},
        {"sku": "B1", "rate": rate(50)},
    )
    found = matched(BY_CODE, rules, order(items=TWO_LINES))

    assert (str(found.rate), found.source) == ("7%", "rule 40")
    assert found.items == (
        ItemRate("a1", "", "20%", "rule 10"),
        ItemRate("", "Cups", "", "rule 20"),
    )


def test_of_two_rules_about_one_line_the_first_takes_it() -> None:
    rules = rules_of({"category": "tea", "rate": rate(3)}, {"sku": "A1", "rate": rate(30)})

    found = matched(BY_CODE, rules, order(items=TWO_LINES))
    assert found.items == (ItemRate("", "tea", "3%", "rule 10"),)


def test_without_lines_a_rule_about_goods_fits_nothing() -> None:
    rules = rules_of({"sku": "A1", "rate": rate(20)}, {"rate": rate(5)})

    assert matched(BY_CODE, rules, order()).items == ()
    assert found_by(rules) == ("5%", "rule 20")


def test_not_counted_after_a_rate_for_goods_takes_out_the_rest() -> None:
    rules = rules_of({"sku": "A1", "rate": rate(20)}, {})

    assert refused(rules, items=TWO_LINES) == ("", "")
    assert matched(BY_CODE, rules, order(items=TWO_LINES)).items == (
        ItemRate("A1", "", "20%", "rule 10"),
        ItemRate("", "", "", "rule 20"),
    )


# fmt: off
@pytest.mark.parametrize(
    ("rules", "facts", "reason"),
    [
        (rules_of({}),                                       {},  ("rule_not_counted", "10")),
        (rules_of({"partner_id": "maria"}),                  {},  ("", "")),
        (rules_of({"rate": rate(5)}, {}),                    {},  ("", "")),
        (rules_of({"partner_id": "maria", "rate": rate(5)}, {}), {}, ("rule_not_counted", "20")),
        (rules_of({"region": "Казань"}),      {"city": "Казань"}, ("rule_not_counted", "10")),
        (rules_of({"region": "Казань"}),      {"city": "Москва"}, ("", "")),
        (rules_of({"region": "Казань"}),                     {},  ("rule_unknown", "10")),
        (rules_of({"region": "Казань", "rate": rate(5)}, {}), {}, ("rule_not_counted", "20")),
        (rules_of({"channel": "app"}),                       {},  ("rule_unknown", "10")),
        (rules_of({"customer": Buyer.NEW}), {"customer_e": None}, ("rule_unknown", "10")),
        (rules_of({"customer": Buyer.RETURNING}),            {},  ("", "")),
        (rules_of({"sku": "A1"}),            {"items": TWO_LINES}, ("", "")),
        (rules_of({"sku": "A1"}, {"category": "cups"}), {"items": TWO_LINES},
                                                                  ("rule_not_counted", "10")),
        (rules_of({"sku": "A1"}, {"category": "cups", "rate": rate(5)}), {"items": TWO_LINES},
                                                                  ("", "")),
        (rules_of({"sku": "A1"}),                            {},  ("rule_unknown", "10")),
        (rules_of({"category": "tea"}), {"items": [["A1", "", "1", "9"]]}, ("rule_unknown", "10")),
        (rules_of({"category": "tea"}), {"items": [["A1", "", "1", "9"]], "city": None},
                                                                  ("rule_unknown", "10")),
        (rules_of({"sku": "C9"}),            {"items": TWO_LINES}, ("", "")),
    ],
)
def test_not_counted_refuses_what_fits_and_asks_a_person_what_may(
    rules: tuple[Rule, ...], facts: dict[str, Any], reason: tuple[str, str]
) -> None:
    assert refused(rules, **facts) == reason
# fmt: on


def test_not_counted_may_be_about_one_evidence() -> None:
    rules = rules_of({"evidence": "click"})

    assert refused(rules, evidence="click") == ("rule_not_counted", "10")
    assert refused(rules, evidence="code") == ("", "")


def test_without_such_rules_nothing_is_asked() -> None:
    asked = order()
    book = replace(code_book([], (), {}), rules=rules_of({"region": "Казань", "rate": rate(5)}))

    assert denied("ivan", "", None, "", "code", book, programme(), asked) is None
    assert asked.written() == {}


def test_where_the_owner_s_word_counts_an_order_not_counted_is_passed_over() -> None:
    whole = matched(BY_CODE, rules_of({}, {"rate": rate(5)}), order())
    lines = matched(BY_CODE, rules_of({"sku": "A1"}, {"sku": "B1"}), order(items=TWO_LINES))

    assert (str(whole.rate), lines.items) == ("5%", ())


def test_a_variant_falls_under_the_rules_of_its_main_code() -> None:
    main = Code(code="TEA", partner_id="ivan", campaign="spring")
    variant = Code(code="TEA-TG", partner_id="ivan", variant_of="tea")
    book: CodeBook = code_book([main, variant], (), {})
    about = claim("ivan", "", variant, "", "code", book)

    assert about.names == {"tea", "tea-tg"}
    assert about.campaign == "spring"
    assert claim("ivan", "", main, "", "code", book).names == {"tea"}


def test_the_owner_s_word_for_an_order_with_a_code_stands_as_the_code() -> None:
    book = code_book([], (), {})
    code = Code(code="TEA", partner_id="ivan")

    assert claim("ivan", "", code, "", "decision", book).evidence == "code"
    assert claim("ivan", "", None, "", "decision", book).evidence == "decision"


def test_a_channel_is_where_the_link_stood_or_the_order_s_own() -> None:
    rule = Rule(priority=1, channel="YouTube")
    by_link = Claim(partner_id="ivan", evidence="click", channel="youtube")

    assert fits(rule, by_link, order(channel=None)) is True
    assert fits(rule, replace(by_link, channel=""), order(channel="YOUTUBE")) is True
    assert fits(rule, replace(by_link, channel="Telegram"), order(channel="site")) is False
