"""What must a person decide? Codes that contradict each other, and orders that wait."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.attribution import REVIEW, recent
from tracker.known import Known
from tracker.ledger import Order
from tracker.lines import JournalLine, Key, waits_for_cash
from tracker.owners_money import OWN_SOURCES
from tracker.problems import Problem, params
from tracker.programme import Code, normal_code, skeleton
from tracker.sentences import join_reason, split_reason
from tracker.whose.answers import NOBODYS


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One thing to decide: `about` is what a row of Decisions names.

    `minor` is what is at stake, in minor units of `currency`: the order's base. `orders` counts
    the orders that carry a code nobody is paid for; 0 where `about` is one order, or the reason
    counts them itself.
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
    """Orders that wait for the owner, codes and links of nobody, then rates of exchange."""
    found: list[ReviewItem] = []
    strange: dict[tuple[str, str], list[Key]] = defaultdict(list)
    unrated: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key, order in sorted(orders.items()):
        latest = order.latest
        if key[0] in OWN_SOURCES:
            continue
        why, values = split_reason(latest.reason)
        if why in REVIEW:
            found.append(_order_item(key, latest, latest.reason, f"remedy_{why}"))
        elif latest.partner_id and waits_for_cash(latest):
            found.append(_order_item(key, latest, "cash_waits", "remedy_cash_waits"))
        elif why in NOBODYS:
            name, sign = _sign(why, dict(values))
            strange[name, normal_code(sign)].append(key)
        elif why == "fx_missing":
            said = dict(values)
            unrated[said.get("base", ""), said.get("quote", "")].append(key)
    found += [_code_item(keys, orders) for _, keys in sorted(strange.items())]
    return found + [_pair_item(*pair, keys, orders) for pair, keys in sorted(unrated.items())]


def _order_item(key: Key, latest: JournalLine, reason: str, remedy: str) -> ReviewItem:
    """One order that waits for the owner."""
    return ReviewItem(
        about="/".join(key),
        ordered_at=latest.ordered_at,
        partner_id=latest.partner_id,
        minor=latest.base,
        currency=latest.currency,
        reason=reason,
        remedy=remedy,
    )


def _pair_item(base: str, quote: str, keys: list[Key], orders: Mapping[Key, Order]) -> ReviewItem:
    """A pair of currencies without a rate, and the day from which one is needed."""
    lines = [orders[key].latest for key in keys]
    days = [dict(split_reason(line.reason)[1]).get("day", "") for line in lines]
    said = params(base=base, quote=quote, day=min(days))
    return ReviewItem(
        about=f"{base}→{quote}",
        ordered_at=max(line.ordered_at for line in lines),
        partner_id="",
        minor=sum(line.base or 0 for line in lines),
        currency=base,
        reason=join_reason("fx_pair_missing", (*said, *params(count=len(keys)))),
        remedy=join_reason("remedy_fx_missing", said),
    )


def _sign(why: str, values: Mapping[str, str]) -> tuple[str, str]:
    """What the owner has to add or mend: a code, a link's mark, or the partner of a touch."""
    if why.startswith(("link_partner", "bound_partner")):
        return "partner", values.get("partner", "")
    name = "ref" if why in {"link_unknown", "link_of_two"} else "code"
    return name, values.get(name, "")


def _code_item(keys: list[Key], orders: Mapping[Key, Order]) -> ReviewItem:
    """A code or link nobody is paid for, with how many orders, so the owner can bind it once."""
    lines = [orders[key].latest for key in keys]
    currencies = {line.currency for line in lines}
    one = currencies.pop() if len(currencies) == 1 else ""
    latest = max(lines, key=lambda line: line.ordered_at)
    why, values = split_reason(latest.reason)
    return ReviewItem(
        about=_sign(why, dict(values))[1],
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
        if 'capped":true' not in order.latest.facts:
            continue
        about, said = "/".join(key), order.latest.parsed()
        found += [
            Problem(tab="Journal", cell="", code=code, params=params(about=about), key=about)
            for name, code in _CAPPED.items()
            if said.get(name)
        ]
    return found


def goods_problems(known: Known, orders: Mapping[Key, Order]) -> list[Problem]:
    """Rules whose one SKU or category has a comma in it, which no order's lines have.

    A shop may spell one so; else the owner meant several, and the rule fits nothing.
    """
    listed = [
        (rule, column, text)
        for rule in known.rules
        for column, text in (("sku", rule.sku), ("category", rule.category))
        if {",", ";"} & set(text)
    ]
    if not listed:
        return []
    sold = [order.latest.facts.casefold() for order in orders.values()]
    return [
        Problem(
            tab="Rules",
            cell=rule.cell,
            code="rule_goods_list",
            params=params(key=rule.priority, column=column, shown=text[:60]),
            key=str(rule.priority),
        )
        for rule, column, text in listed
        if not any(json.dumps(text, ensure_ascii=False).casefold() in facts for facts in sold)
    ]


def helper_problems(known: Known, orders: Mapping[Key, Order], now: datetime) -> list[Problem]:
    """Managers whom shops name for recent orders, and who have no row in Partners."""
    if not known.programme.policy.cross_bonus:
        return []
    named: dict[str, int] = defaultdict(int)
    for order in orders.values():
        latest = order.latest
        if _HELPER in latest.facts and latest.partner_id and recent(latest.ordered_at, now):
            named[str(latest.parsed().get("f", {}).get("helper") or "")] += 1
    here = known.partners.keys() | known.broken("Partners") | {""}
    return [
        Problem(
            tab="Partners", cell="", code="helper_unknown", params=params(helper=who, count=count)
        )
        for who, count in sorted(named.items())
        if who not in here
    ]


_HELPER = '"helper":"'

_CAPPED = {"capped": "facts_capped", "touches_capped": "touches_capped"}


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
