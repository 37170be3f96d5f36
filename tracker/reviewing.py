"""What must a person decide? Codes that contradict each other, and orders that wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.attribution import REVIEW
from tracker.known import Known
from tracker.ledger import Order
from tracker.lines import Key, waits_for_cash
from tracker.owners_money import OWN_SOURCES
from tracker.problems import Problem, params
from tracker.programme import Code, normal_code, skeleton
from tracker.sentences import split_reason

UNKNOWN_CODE = frozenset(
    {
        "code_unknown",
        "code_unknown_look_alike",
        "code_unbound",
        "partner_missing",
        "partner_unreadable",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing to decide: `about` is what a row of Decisions names.

    `minor` is what is at stake, in minor units of `currency`: the order's base. `orders` counts
    the orders that carry a code nobody is paid for; 0 where `about` is one order.
    """

    about: str
    ordered_at: str
    partner_id: str
    minor: int | None
    currency: str
    reason: str
    remedy: str
    orders: int = 0


def review(orders: Mapping[Key, Order]) -> list[ReviewItem]:
    """Orders that wait for the owner, then codes on orders that belong to nobody."""
    found: list[ReviewItem] = []
    strange: dict[str, list[Key]] = defaultdict(list)
    for key, order in sorted(orders.items()):
        latest = order.latest
        if key[0] in OWN_SOURCES:
            continue
        why, values = split_reason(latest.reason)
        if why in REVIEW:
            found.append(
                ReviewItem(
                    about="/".join(key),
                    ordered_at=latest.ordered_at,
                    partner_id=latest.partner_id,
                    minor=latest.base,
                    currency=latest.currency,
                    reason=latest.reason,
                    remedy=f"remedy_{why}",
                )
            )
        elif latest.partner_id and waits_for_cash(latest):
            found.append(
                ReviewItem(
                    about="/".join(key),
                    ordered_at=latest.ordered_at,
                    partner_id=latest.partner_id,
                    minor=latest.base,
                    currency=latest.currency,
                    reason="cash_waits",
                    remedy="remedy_cash_waits",
                )
            )
        elif why in UNKNOWN_CODE:
            strange[normal_code(dict(values).get("code", ""))].append(key)
    return found + [_code_item(keys, orders) for _, keys in sorted(strange.items())]


def _code_item(keys: list[Key], orders: Mapping[Key, Order]) -> ReviewItem:
    """A code nobody is paid for: how many orders carry it, so the owner can bind it once."""
    lines = [orders[key].latest for key in keys]
    currencies = {line.currency for line in lines}
    one = currencies.pop() if len(currencies) == 1 else ""
    latest = max(lines, key=lambda line: line.ordered_at)
    why, values = split_reason(latest.reason)
    return ReviewItem(
        about=dict(values).get("code", ""),
        ordered_at=latest.ordered_at,
        partner_id="",
        minor=sum(line.base or 0 for line in lines) if one else None,
        currency=one,
        reason=latest.reason,
        remedy=f"remedy_{why}",
        orders=len(keys),
    )


def code_problems(known: Known) -> list[Problem]:
    """Rows of Codes that contradict each other, or name a partner nobody knows."""
    rows: dict[str, list[Code]] = defaultdict(list)
    for code in known.codes:
        rows[normal_code(code.code)].append(code)
    # A partner whose row cannot be read is named there, and is not to be added once more.
    named = known.partners.keys() | known.broken("Partners")
    found: list[Problem] = []
    for same in rows.values():
        for row in same:
            if row.partner_id and row.partner_id not in named:
                found.append(_problem(row, "code_partner_unknown", partner=row.partner_id))
            rival = next((o for o in same if _clash(row, o)), None)
            if rival is not None:
                found.append(_problem(row, "code_two_owners", other=rival.partner_id))
    return found + _look_alikes(rows)


def capped_problems(orders: Mapping[Key, Order]) -> list[Problem]:
    """Orders whose facts did not fit into a cell."""
    found: list[Problem] = []
    for key, order in orders.items():
        if '"capped":true' in order.latest.facts and order.latest.parsed().get("capped"):
            about = "/".join(key)
            said = params(about=about)
            found.append(
                Problem(tab="Journal", cell="", code="facts_capped", params=said, key=about)
            )
    return found


def _clash(one: Code, other: Code) -> bool:
    """Whether two rows give a code to two partners at one instant (I17)."""
    if one.partner_id == other.partner_id:
        return False
    latest_begin = max(one.valid_from or date.min, other.valid_from or date.min)
    earliest_end = min(one.valid_to or date.max, other.valid_to or date.max)
    return latest_begin <= earliest_end


def _problem(row: Code, code: str, **values: object) -> Problem:
    said = params(code=row.code, **values)
    return Problem(tab="Codes", cell=row.cell, code=code, params=said, key=row.code)


def _look_alikes(rows: Mapping[str, Iterable[Code]]) -> list[Problem]:
    """Codes that differ only in Cyrillic and Latin letters of one look: reported, never merged."""
    twins: dict[str, list[Code]] = defaultdict(list)
    for same in rows.values():
        first = next(iter(same))
        twins[skeleton(first.code)].append(first)
    return [
        _problem(row, "code_look_alike", other=next(t.code for t in group if t is not row))
        for group in twins.values()
        if len(group) > 1
        for row in group
    ]
