"""Which rates did the owner type for special cases, and which of exchange? Rules and Fx."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.book.rows import BadCell, Reading, Row, rows_of
from tracker.cells import NotUnderstood, read_amount
from tracker.layout import Tab
from tracker.programme import Partner, normal_code
from tracker.rates import Rate
from tracker.rulebook import Buyer, FxRate, Rule
from tracker.stores import Table
from tracker.words import plain_word

PRIORITY_MAX = 999_999
FX_MIN, FX_MAX = Decimal("0.000000001"), Decimal(1_000_000_000)
"""No pair of currencies is further apart; beyond it is a slip."""
_NOT_COUNTED = frozenset(
    plain_word(words)
    for words in (
        "not counted",
        "do not count",
        "does not count",
        "не считается",
        "не считать",
        "не засчитывается",
        "не засчитывать",
    )
)
_ONE_WORD = ("partner_id", "group", "code", "campaign", "region", "channel")
_FRACTION = re.compile(r"0[.,][0-9]{1,15}")


def read_rules(
    table: Table, reading: Reading, partners: Mapping[str, Partner], codes: Collection[str]
) -> tuple[Rule, ...]:
    """Read Rules, by priority; `codes` in normal form.

    Of two rows with one priority none counts. A rule that names a partner, group or code nobody
    knows is a problem, and fits no order. A row that cannot be read keeps everybody from being
    newly credited (`tracker.wanting`): it might be the one that decides.
    """
    found: dict[int, list[tuple[Row, Rule]]] = defaultdict(list)
    for key, row in reading.keyed(table, "priority", once=False):
        rule = reading.understood(row, key, _rule)
        if rule is not None:
            found[rule.priority].append((row, rule))
            _name_strangers(row, rule, reading, partners, codes)
    for pairs in found.values():
        for row, rule in pairs if len(pairs) > 1 else ():
            reading.bad(row, "priority", "id_twice", str(rule.priority), str(rule.priority))
            reading.lost(Tab.RULES, str(rule.priority))
    _nameless(table, "priority", reading)
    return tuple(found[number][0][1] for number in sorted(found) if len(found[number]) == 1)


def _nameless(table: Table, column: str, reading: Reading) -> None:
    """Remember a row that says something and has no key: it is not read."""
    for row in rows_of(table):
        said = (one for one in row.columns if one not in {column, "note", "check"})
        if not row.has(column) and any(row.has(one) for one in said):
            reading.lost(row.tab, "")


def _rule(row: Row) -> Rule:
    begin, end = row.day("valid_from"), row.day("valid_to")
    if begin is not None and end is not None and end < begin:
        raise BadCell("valid_to", "dates_backwards", end.isoformat())
    for column in _ONE_WORD:
        if {",", ";"} & set(row.text(column)):
            raise BadCell(column, "rule_names_several", row.text(column))
    priority = row.whole("priority", 0, PRIORITY_MAX)
    return Rule(
        priority=0 if priority is None else priority,
        partner_id=row.text("partner_id"),
        group=row.text("group"),
        campaign=row.text("campaign"),
        code=row.text("code"),
        sku=row.text("sku"),
        category=row.text("category"),
        region=row.text("region"),
        channel=row.text("channel"),
        evidence=row.choice("evidence", ""),
        customer=Buyer(row.choice("customer", Buyer.ANY)),
        rate=_rate(row),
        valid_from=begin,
        valid_to=end,
        cell=row.at("priority"),
    )


def _rate(row: Row) -> Rate | None:
    """The rule's rate; None for the words "not counted"."""
    if not row.has("rate"):
        raise BadCell("rate", "rule_without_rate", "")
    cell = row.cell("rate")
    if isinstance(cell, str) and plain_word(cell).rstrip(".") in _NOT_COUNTED:
        return None
    return row.rate("rate")


def _name_strangers(
    row: Row, rule: Rule, reading: Reading, partners: Mapping[str, Partner], codes: Collection[str]
) -> None:
    """Name the partner, group or code of a rule that no row knows; such a rule fits nothing."""
    key = str(rule.priority)
    broken = reading.unreadable.get(Tab.PARTNERS.value, set())
    if rule.partner_id and rule.partner_id not in partners and rule.partner_id not in broken:
        reading.bad(row, "partner_id", "rule_partner_unknown", key, rule.partner_id)
    lost = {normal_code(code) for code in reading.unreadable.get(Tab.CODES.value, set())}
    name = normal_code(rule.code)
    if name and name not in codes and name not in lost:
        reading.bad(row, "code", "rule_code_unknown", key, rule.code)
    if rule.group and not in_group(rule.group, partners) and not broken:
        reading.bad(row, "group", "rule_group_unknown", key, rule.group)


def in_group(group: str, partners: Mapping[str, Partner]) -> bool:
    """Whether any partner is of a group."""
    return any(plain_word(one.group) == plain_word(group) for one in partners.values())


@dataclass(frozen=True, slots=True)
class _FxRow:
    """A row of Fx with its rate and the key its problems are found by."""

    row: Row
    key: str
    rate: FxRate


def read_fx(table: Table, reading: Reading) -> tuple[FxRate, ...]:
    """Read Fx. Of rows of one day and pair that differ none counts, and each is a problem."""
    found: dict[tuple[date, str, str], list[_FxRow]] = defaultdict(list)
    for row in rows_of(table):
        key = _day_key(row)
        rate = reading.understood(row, key, _fx)
        if rate is not None:
            found[rate.on, rate.base, rate.quote].append(_FxRow(row, key, rate))
    kept: list[FxRate] = []
    for rows in found.values():
        if len({one.rate.rate for one in rows}) == 1:
            kept.append(rows[0].rate)
            continue
        for one in rows:
            reading.bad(one.row, "rate", "fx_disagree", one.key, one.rate.on.isoformat())
            reading.lost(Tab.FX, one.key)
    return tuple(kept)


def _day_key(row: Row) -> str:
    """A row's day as its `check` formula spells it, 20261007; what was typed where it is none."""
    try:
        day = row.day("date")
    except BadCell as bad:
        return bad.shown
    return "" if day is None else f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _fx(row: Row) -> FxRate:
    day = row.day("date")
    if day is None:
        raise BadCell("date", "fx_without_date", "")
    for column in ("from", "to"):
        if not row.has(column):
            raise BadCell(column, "fx_without_currency", "")
    base, quote = row.currency("from", ""), row.currency("to", "")
    if base == quote:
        raise BadCell("to", "fx_one_currency", quote)
    return FxRate(on=day, base=base, quote=quote, rate=_number(row), cell=row.at("date"))


def _number(row: Row) -> Decimal:
    """The rate exactly as typed: a fraction may have more digits than a sum of money."""
    cell = row.cell("rate")
    if isinstance(cell, str) and _FRACTION.fullmatch(cell.strip()):
        number = Decimal(cell.strip().replace(",", "."))
    else:
        try:
            number = read_amount(cell)
        except NotUnderstood as refusal:
            raise BadCell("rate", "fx_rate_unreadable", refusal.shown) from None
    if not number.is_finite() or number <= 0:
        raise BadCell("rate", "fx_rate_unreadable", str(number))
    if not FX_MIN <= number <= FX_MAX:
        raise BadCell("rate", "fx_rate_far", str(number))
    return number
