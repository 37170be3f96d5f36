"""What do the terms say, and which version are they? Generated from the rules that run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from tests.world import World
from tracker.book.reading import read_book
from tracker.choices import CashOrders, SelfPurchase, TwoCodes
from tracker.known import Known
from tracker.layout import Tab
from tracker.mailing import send
from tracker.model import BaseRule
from tracker.money import Money
from tracker.policy import (
    ApproveOn,
    BonusFrom,
    Conflict,
    LeadPays,
    LevelOf,
    Mode,
    PayFor,
    Policy,
    Span,
)
from tracker.programme import Code, CodeKind, CodeStatus, Partner, Programme
from tracker.rates import Rate
from tracker.rulebook import Buyer, Counts, Period, Rule, Tier, TierMode
from tracker.rules_text import Versions, terms_page, unreadable
from tracker.running import look
from tracker.sentences.terms_codes import WORDS
from tracker.sentences.terms_page import TERMS, TITLES
from tracker.stores.memory import MemoryStore
from tracker.terms_printed import as_html, as_markdown, as_text

KEPT = Path(__file__).parent / "terms"
TEN, FIFTEEN = Rate(percent=Decimal(10)), Rate(percent=Decimal(15))
SUM = Rate(fixed=Money(50_000, "RUB"))


def known(policy: Policy | None = None, **other: Any) -> Known:
    """A programme with ivan (IVAN01) and maria (15%, group bloggers)."""
    names = set(Programme.__dataclass_fields__)
    own = {name: other.pop(name) for name in list(other) if name in names}
    values: dict[str, Any] = {
        "programme": Programme(policy=policy or Policy(), **own),
        "partners": {
            "ivan": Partner(partner_id="ivan"),
            "maria": Partner(partner_id="maria", rate=FIFTEEN, group="bloggers"),
        },
        "codes": (Code(code="IVAN01", partner_id="ivan"),),
    }
    return Known(**(values | other))


def text(book: Known, language: str = "en", partner: str = "") -> str:
    return as_text(terms_page(book, partner), "Tea Shop", language, partner)


def version(book: Known, partner: str = "") -> str:
    return Versions(book).of(partner)


CLICKS = Policy(attribution=Mode.CODE_OR_CLICK)
BONUS = Policy(cross_bonus=Decimal(20))
LEVEL = Policy(level2=TEN)
POLICIES = [
    *((Policy(), "attribution", mode) for mode in Mode if mode is not Mode.CODE),
    *((CLICKS, "conflict", rule) for rule in Conflict if rule is not Conflict.CODE),
    (CLICKS, "window_days", 7),
    (CLICKS, "window_days", 0),
    (Policy(), "block_if_earlier_paid_touch", True),
    (Policy(), "code_binds", 90),
    (Policy(), "code_binds", -1),
    (Policy(code_binds=90), "conflict", Conflict.SPLIT),
    (CLICKS, "link_binds", 90),
    (CLICKS, "link_binds", -1),
    (Policy(), "lead_protect_days", 0),
    (Policy(), "lead_protect_days", 60),
    (Policy(), "lead_rate", SUM),
    (Policy(lead_rate=SUM), "lead_pays_on", LeadPays.REGISTRATION),
    (Policy(), "direct_group", "sales"),
    (Policy(), "cross_bonus", Decimal("12.5")),
    (BONUS, "cross_bonus_from", BonusFrom.PARTNER_SHARE),
    (Policy(), "pay_for", PayFor(Span.ORDERS, 1)),
    (Policy(), "pay_for", PayFor(Span.ORDERS, 3)),
    (Policy(), "pay_for", PayFor(Span.MONTHS, 12)),
    *((Policy(), name, 70_000) for name in ("cap_order", "cap_customer", "cap_month", "budget_month")),
    (Policy(), "level2", TEN),
    (LEVEL, "level2", SUM),
    (LEVEL, "level2_of", LevelOf.ORDER),
    (Policy(), "approve_on", {"": ApproveOn.PLACED}),
    (Policy(), "approve_on", {"": ApproveOn.DELIVERED}),
    (Policy(), "approve_on", {"woocommerce": ApproveOn.DELIVERED}),
]  # fmt: skip


@pytest.mark.parametrize(("before", "key", "value"), POLICIES, ids=lambda value: str(value)[:30])
def test_a_rule_that_differs_changes_the_text_in_both_languages_and_the_version(
    before: Policy, key: str, value: object
) -> None:
    one, other = known(before), known(replace(before, **{key: value}))  # type: ignore[arg-type]

    assert version(one) != version(other)
    for language in ("en", "ru"):
        assert text(one, language) != text(other, language)
        assert "_" not in text(other, language)  # a clause without words would show its code


def test_every_rule_of_the_policy_is_tried_above() -> None:
    assert {key for _, key, _ in POLICIES} == set(Policy.__dataclass_fields__) - {"code_pattern"}


PROGRAMMES = [
    ("rate", FIFTEEN), ("rate", SUM), ("rate", replace(SUM, per_item=True)), ("base", BaseRule.PAID),
    ("hold_days", 0), ("hold_days", 30), ("min_payout", {"RUB": 5}), ("min_payout", {"RUB": 100_000, "EUR": 100}),
    ("payout_day", 1), ("payout_day", 31), ("two_codes", TwoCodes.FIRST), ("two_codes", TwoCodes.LAST),
    ("self_purchase", SelfPurchase.BLOCK), ("self_purchase", SelfPurchase.ALLOW),
    ("cash_orders", CashOrders.WAIT), ("time_zone", "Asia/Tokyo"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), PROGRAMMES)
def test_a_setting_of_money_changes_the_text_and_the_version(key: str, value: object) -> None:
    one, other = known(), known(**{key: value})  # type: ignore[arg-type]

    assert (text(one), version(one)) != (text(other), version(other))
    assert version(one) != version(other)


QUIET = {
    "mail_from": "shop@example.com",
    "welcome": "Hello",
    "quiet_days": 3,
    "owner_email": "a@example.com",
}


@pytest.mark.parametrize("key", QUIET)
def test_a_setting_that_is_no_term_changes_nothing(key: str) -> None:
    assert text(known(**{key: QUIET[key]})) == text(known())  # type: ignore[arg-type]


def test_names_and_notes_do_not_change_the_version_and_wording_is_not_in_it() -> None:
    renamed = known(
        partners={"ivan": Partner(partner_id="ivan", name="Ivan", email="i@example.com")}
    )

    assert version(renamed) == version(known(partners={"ivan": Partner(partner_id="ivan")}))
    assert version(known(program_name="Coffee")) == version(known())
    # Worked out once from the codes and values alone: a new sentence must not move it.
    assert version(known()) == "R-B413B"


def test_what_is_off_is_not_mentioned() -> None:
    page = text(known())

    for word in (
        "window",
        "advertisement",
        "bind",
        "manager",
        "brought",
        "at most",
        "Special",
        "tier",
    ):
        assert word not in page


# One partner's own.


def test_a_partners_own_rate_is_three_more_signs_and_nobody_elses_business() -> None:
    book = known()
    raised = replace(
        book, partners=dict(book.partners) | {"maria": Partner(partner_id="maria", rate=SUM)}
    )

    assert re.fullmatch(r"R-[0-9A-F]{5}", version(book, "ivan"))
    assert re.fullmatch(version(book) + "/[0-9A-F]{3}", version(book, "maria"))
    assert version(raised, "maria") != version(book, "maria")
    assert version(raised, "ivan") == version(book, "ivan") == version(book)
    assert "You earn 15% of an order." in text(book, partner="maria")


CODES: list[tuple[str, object, str]] = [
    ("status", CodeStatus.PAUSED, "paused, does not count now"),
    ("valid_from", date(2026, 10, 1), "from October 1, 2026"),
    ("valid_to", date(2026, 10, 31), "until October 31, 2026"),
    ("rate", SUM, "RUB 500.00 for each order"),
    ("max_uses", 100, "100 paid orders in all"),
    ("new_customers_only", True, "only new customers"),
    ("max_uses_per_customer", 1, "1 order of one customer"),
    ("min_order", 300_000, "goods for RUB 3,000.00 or more"),
    ("max_order", 900_000, "goods for RUB 9,000.00 or less"),
    ("regions", ("Tver",), "only orders from Tver"),
    ("products_in", ("TEA-1", "tea"), "only for TEA-1, tea"),
    ("products_out", ("cups",), "not for cups"),
    ("weekdays", frozenset({5, 6}), "only on Saturday, Sunday"),
    ("hours", ((600, 1080),), "only at 10:00–18:00"),
    ("except_dates", ((date(2026, 12, 31), date(2026, 12, 31)),), "not on December 31, 2026"),
    ("channels", ("app",), "only orders of the channels app"),
    ("stacks", False, "not together with another promo code"),
    ("pay_for", PayFor(Span.MONTHS, 12), "12 months from a customer's first order"),
    ("kind", CodeKind.PERSONAL, "only for the customer who used it first"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "value", "says"), CODES, ids=[case[0] for case in CODES])
def test_a_restriction_of_a_code_is_in_its_partners_terms_and_in_no_others(
    column: str, value: object, says: str
) -> None:
    plain = Code(code="IVAN01", partner_id="ivan")
    one, other = known(), known(codes=(replace(plain, **{column: value}),))  # type: ignore[arg-type]

    assert f"- IVAN01: {says}\n" in text(other, partner="ivan").replace("\u00a0", " ")
    assert version(one, "ivan") == version(one)
    assert version(other, "ivan") != version(other) == version(one)
    assert version(other, "maria") == version(one, "maria")


def test_the_common_page_names_only_the_kinds_of_restrictions() -> None:
    codes = (Code(code="SECRET7", partner_id="ivan", max_uses=5, hours=((0, 60),)),)
    page = text(known(codes=codes))

    assert "restrictions of its own (hours, how often it can be used)" in page
    assert "SECRET7" not in page


def test_a_series_of_five_hundred_codes_is_one_line() -> None:
    series = tuple(Code(code=f"S-{n}", partner_id="ivan", kind=CodeKind.SERIAL) for n in range(500))

    assert (
        text(known(codes=series), partner="ivan").count("Promo codes of a series: one order each")
        == 1
    )


# Rules and tiers.

RULES = (
    Rule(priority=20, category="tea", rate=Rate(percent=Decimal(12)), customer=Buyer.NEW),
    Rule(priority=30, region="Tver"),
    Rule(priority=10, partner_id="maria", rate=Rate(percent=Decimal(20))),
    Rule(priority=25, group="bloggers", rate=SUM, valid_from=date(2026, 10, 1)),
    Rule(priority=15, code="ivan01", rate=replace(SUM, per_item=True)),
)


def items(page: str) -> list[str]:
    return re.findall(r"^  \d+\. (.*)$", page.replace("\u00a0", " "), re.MULTILINE)


def test_rules_stand_in_order_of_priority_and_each_partner_sees_what_can_fit_him() -> None:
    book = known(rules=RULES)
    tea, tver = "Category “tea”, new customers: 12%", "Orders from Tver: not counted"
    bloggers = "Partners of the group “bloggers”, from October 1, 2026: RUB 500.00"

    assert items(text(book)) == [tea, bloggers, tver]
    assert items(text(book, partner="maria")) == ["Any order: 20%", tea, bloggers, tver]
    assert items(text(book, partner="ivan")) == [
        "Promo code ivan01: RUB 500.00 per item",
        tea,
        tver,
    ]


def test_only_the_order_of_priorities_counts_not_their_numbers() -> None:
    spread = tuple(replace(rule, priority=rule.priority * 7) for rule in RULES)
    turned = tuple(replace(rule, priority=-rule.priority) for rule in RULES)

    assert version(known(rules=spread), "maria") == version(known(rules=RULES), "maria")
    assert version(known(rules=turned)) != version(known(rules=RULES))


def test_where_an_own_rule_stands_among_the_common_ones_is_part_of_the_terms() -> None:
    later = tuple(replace(rule, priority=22) if rule.partner_id else rule for rule in RULES)

    assert version(known(rules=later)) == version(known(rules=RULES))
    assert version(known(rules=later), "maria") != version(known(rules=RULES), "maria")


TIERS = (
    Tier(tier_id="B", start=10, rate=FIFTEEN),
    Tier(tier_id="A", start=5, rate=Rate(percent=Decimal(12))),
    Tier(
        tier_id="C",
        counts=Counts.SALES,
        start=10_000_000,
        rate=FIFTEEN,
        currency="RUB",
        period=Period.QUARTER,
        mode=TierMode.MARGINAL,
    ),
    Tier(tier_id="D", start=20, bonus=500_000, currency="RUB", period=Period.YEAR),
    Tier(tier_id="E", start=8, rate=FIFTEEN, mode=TierMode.FROM_FIRST),
)


def test_tiers_are_told_by_kind_and_threshold() -> None:
    assert items(text(known(tiers=TIERS))) == [
        "From order 8 in a month on: 15%, back to the first order of the period, as one adjustment",
        "From order 5 in a month on: 12%",
        "From order 10 in a month on: 15%",
        "20 orders in a year: a bonus of RUB 5,000.00, once",
        "Sales of RUB 100,000.00 in a quarter: 15% for the part above",
    ]
    assert version(known(tiers=TIERS[::-1])) == version(known(tiers=TIERS))
    assert version(known(tiers=TIERS[1:])) != version(known(tiers=TIERS))


# The page itself.


def everything() -> Known:
    policy = Policy(
        attribution=Mode.CODE_OR_CLICK, conflict=Conflict.SPLIT, code_binds=90, link_binds=-1,
        block_if_earlier_paid_touch=True, direct_group="sales", cross_bonus=Decimal(20),
        pay_for=PayFor(Span.MONTHS, 12), cap_order=100_000, budget_month=9_000_000, level2=TEN,
        approve_on={"": ApproveOn.DELIVERED, "tilda": ApproveOn.PAID}, lead_rate=SUM,
        lead_pays_on=LeadPays.REGISTRATION,
    )  # fmt: skip
    codes = tuple(
        replace(Code(code=f"C{n}", partner_id="ivan"), **{column: value})  # type: ignore[arg-type]
        for n, (column, value, _) in enumerate(CODES)
    )
    return known(policy, rules=RULES, tiers=TIERS, codes=codes)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("partner", ["", "ivan"])
def test_a_page_is_the_one_that_is_kept(language: str, partner: str) -> None:
    path = KEPT / f"{partner or 'all'}.{language}.txt"
    made = text(everything(), language, partner).replace("\u00a0", " ")
    if os.environ.get("WRITE_TERMS"):
        path.write_text(made, "utf-8")

    assert made == path.read_text("utf-8")
    assert "{" not in made
    assert f" {version(everything(), partner)}\n" in made


def words() -> Iterator[tuple[str, tuple[str, str]]]:
    for catalogue in (TERMS, TITLES, WORDS):
        yield from catalogue.items()


def names(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", sentence))


def test_both_languages_mention_the_same_values_and_russian_is_russian() -> None:
    for code, (english, russian) in words():
        assert names(english) == names(russian), code
        assert not re.search("[а-яё]", english), code
        letters = re.sub(r"\{[^}]*\}", "", russian)
        assert not re.search("[A-Za-z]{3}", letters), code


def test_markup_that_was_typed_is_text_on_a_page() -> None:
    codes = (Code(code="<b>_X_</b>", partner_id="ivan", max_uses=1),)
    page = terms_page(known(codes=codes), "ivan")

    assert "&lt;b&gt;_X_&lt;/b&gt;: " in as_html(page, "Tea <i>", "en", "ivan")
    assert "<title>Tea &lt;i&gt;: terms for ivan</title>" in as_html(page, "Tea <i>", "en", "ivan")
    assert r"\<b\>\_X\_\</b\>: " in as_markdown(page, "Tea", "en", "ivan")


def test_the_three_forms_of_a_page_say_the_same() -> None:
    page = terms_page(everything())
    plain = as_text(page, "Tea", "en")
    marked = re.sub(r"\\(.)", r"\1", as_markdown(page, "Tea", "en"))
    seen = re.sub(r"<[^>]+>", "\n", as_html(page, "Tea", "en").split("<body>")[1])

    said = [re.sub(r"^\W*(\d+\. )?", "", line) for line in plain.splitlines() if line]
    assert len(said) > 40
    for line in said:
        assert line in marked
        assert line in seen.replace("&#x27;", "'")


def test_while_a_setting_cannot_be_read_nothing_is_said_of_the_terms() -> None:
    broken = known(unreadable=frozenset({"cap_month", "welcome", "min_payout_EUR"}))

    assert unreadable(broken) == ["cap_month", "min_payout_EUR"]
    assert unreadable(replace(known(), unreadable={"Rules": frozenset({"7"})})) == ["Rules"]
    assert version(broken) == version(broken, "maria") == ""


def test_a_book_typed_in_russian_has_the_version_of_the_same_book_in_english() -> None:
    found = []
    for language, click in (("en", "code_or_click"), ("ru", "промокод или клик")):
        store = MemoryStore()
        store.lay_out(language)
        for row in store.book.sheets[Tab.SETTINGS].rows:
            row[1] = {"attribution": click, "language": "en"}.get(str(row[0]), row[1])
        found.append(version(read_book(store.read(tuple(Tab)), b"secret")))

    assert found[0] == found[1] != version(known())


def test_a_statement_cites_the_version_of_its_partners_terms() -> None:
    world = World()
    world.deliver("1042")
    world.sync()
    before = world.statement("ivan", "2026-10").terms
    world.edit(Tab.SETTINGS, "rate", "value", "12%")

    after = [world.statement(who, "2026-10").terms for who in ("ivan", "maria")]
    assert before != after[0]
    assert after[1].startswith(f"{after[0]}/")
    assert [len(one) for one in (before, *after)] == [7, 7, 11]


def test_a_frozen_letter_keeps_the_version_it_was_written_with(tmp_path: Path) -> None:
    world = World(mail="live", mail_from="Shop <shop@example.com>", mail_pause="0")
    world.place = replace(world.place, smtp_url=f"folder:{tmp_path}")
    world.deliver("1042")
    world.sync()
    world.move(days=20)
    kept = []
    for rate in ("12%", "20%"):
        with world.store.writing(1):
            send(world.place, "2026-10")
        (name,) = {row.statement_id for row in look(world.place).known.statements}
        letter = world.place.outbox.letter(name)
        assert letter is not None
        kept.append(letter.content)
        world.edit(Tab.SETTINGS, "rate", "value", rate)

    words = message_from_bytes(kept[0], policy=SMTP).get_body(("plain",))
    assert words is not None
    assert "Statement 2026-10/ivan/1. Terms R-B413B." in words.get_content()
    assert kept[0] == kept[1]
    assert world.statement("ivan", "2026-10").terms != "R-B413B"
