"""What did the owner type into Tiers? Rates and bonuses from a volume on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import combinations

from tracker.book.rows import BadCell, Reading, Row
from tracker.book.rule_rows import in_group
from tracker.ladders import is_step, kind, rank
from tracker.layout import Tab
from tracker.problems import Problem, params
from tracker.programme import Partner, Programme
from tracker.rulebook import Counts, Period, Tier, TierMode
from tracker.stores import Table
from tracker.words import plain_word

ORDERS_MAX = 1_000_000


def read_tiers(
    table: Table, reading: Reading, programme: Programme, partners: Mapping[str, Partner]
) -> tuple[Tier, ...]:
    """Read Tiers, by id. Rows that contradict each other are problems, and are left out."""
    # A partner whose row cannot be read is named there.
    named = partners.keys() | reading.unreadable.get(Tab.PARTNERS.value, set())
    found: dict[str, Tier] = {}
    for key, row in reading.keyed(table, "tier_id"):
        tier = reading.understood(row, key, lambda row: _tier(row, programme, named))
        if tier is None:
            continue
        found[key] = tier
        unread = reading.unreadable.get(Tab.PARTNERS.value)
        if tier.group and not in_group(tier.group, partners) and not unread:
            reading.bad(row, "group", "tier_group_unknown", key, tier.group)
    for tier, other in combinations(found.values(), 2):
        if _same_threshold(tier, other) and _together(tier, other):
            _noted(reading, other, "tier_twice", shown=tier.tier_id)  # once, at the later row
            for one in (tier, other):
                reading.lost(Tab.TIERS, one.tier_id)
    twice = reading.unreadable.get(Tab.TIERS.value, set())
    tiers = tuple(tier for key, tier in found.items() if key not in twice)
    _mixed(tiers, reading)
    return tiers


def _noted(reading: Reading, tier: Tier, code: str, **values: object) -> None:
    said = params(key=tier.tier_id, **values)
    tab = Tab.TIERS.value
    problem = Problem(tab=tab, cell=tier.cell, code=code, params=said, key=tier.tier_id)
    if problem not in reading.problems:
        reading.problems.append(problem)


def _tier(row: Row, programme: Programme, named: Collection[str]) -> Tier:
    currency, counts = _currency(row, programme), Counts(row.choice("counts", Counts.ORDERS))
    partner_id = row.text("partner_id")
    if partner_id and partner_id not in named:
        raise BadCell("partner_id", "tier_partner_unknown", partner_id)
    if not row.has("from"):
        raise BadCell("from", "tier_start_missing", "")
    if row.has("rate") == row.has("bonus"):
        raise BadCell("rate", "tier_rate_or_bonus", row.text("rate"))
    begin, end = row.day("valid_from"), row.day("valid_to")
    if begin is not None and end is not None and end < begin:
        raise BadCell("valid_to", "dates_backwards", end.isoformat())
    mode, rate = TierMode(row.choice("mode", TierMode.FROM_NOW)), row.rate("rate")
    summed = rate is not None and rate.fixed is not None
    if summed and mode is TierMode.MARGINAL and counts is Counts.SALES:
        raise BadCell("rate", "tier_sum_marginal", str(rate))
    return Tier(
        tier_id=row.text("tier_id"),
        partner_id=partner_id,
        group=row.text("group"),
        counts=counts,
        start=_start(row, counts, currency),
        rate=rate,
        bonus=_not_below(row, "bonus", currency) if row.has("bonus") else None,
        currency=currency,
        period=Period(row.choice("period", Period.MONTH)),
        mode=mode,
        valid_from=begin,
        valid_to=end,
        cell=row.at("tier_id"),
    )


def _currency(row: Row, programme: Programme) -> str:
    """The row's currency, else the programme's; while that cannot be read it is not guessed."""
    if not row.has("currency") and "currency" in programme.unreadable:
        raise BadCell("currency", "currency_unknown", "")
    return row.currency("currency", programme.currency)


def _start(row: Row, counts: Counts, currency: str) -> int:
    if counts is Counts.SALES:
        return _not_below(row, "from", currency)
    return row.whole("from", 0, ORDERS_MAX) or 0


def _not_below(row: Row, column: str, currency: str) -> int:
    minor = row.booked(column, currency)
    if minor < 0:
        raise BadCell(column, "amount_below_zero", row.text(column))
    return minor


def _same_threshold(one: Tier, other: Tier) -> bool:
    """Whether two rows say from the same point on what the same partners earn."""
    return _threshold(one) == _threshold(other)


def _threshold(tier: Tier) -> tuple[object, ...]:
    goal = tier.bonus is not None
    counts, period, mode, currency = kind(tier)
    scope = tier.partner_id, plain_word(tier.group)
    return *scope, counts, period, currency, goal, "" if goal else mode, tier.start


def _together(one: Tier, other: Tier) -> bool:
    """Whether two rows are valid on one day."""
    begin = max(one.valid_from or date.min, other.valid_from or date.min)
    return begin <= min(one.valid_to or date.max, other.valid_to or date.max)


def _mixed(tiers: Iterable[Tier], reading: Reading) -> None:
    """Say where rows for the same partners cannot be steps of one ladder, and which count."""
    for one, other in combinations([tier for tier in tiers if is_step(tier)], 2):
        same = (one.partner_id, plain_word(one.group)) == (
            other.partner_id,
            plain_word(other.group),
        )
        both_sales = one.counts is other.counts is Counts.SALES
        if not same or kind(one) == kind(other) or not _together(one, other):
            continue
        if both_sales and one.currency != other.currency:
            continue  # each is for orders in its own currency
        used, rest = sorted((one, other), key=lambda tier: rank(kind(tier)))
        _noted(reading, rest, "tiers_mixed", shown=used.tier_id, used=used.tier_id)
