"""Which terms hold for a partner's order? Everything that is fixed when he is first credited.

Where the rate comes from is the table of `tracker.precedence`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from tracker.asked import Asker
from tracker.cells import plain
from tracker.code_book import CodeBook
from tracker.exchange_rates import other_currency, rate_on
from tracker.ladders import ladder_for
from tracker.levels import parent_of
from tracker.orders import Facts
from tracker.precedence import TIERS_REPLACE, Source, first
from tracker.programme import Code, Partner, Programme
from tracker.rates import Rate
from tracker.rule_match import Matched, claims, main_code, matched
from tracker.terms import Beside, Ladder, Sharer, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A partner who is credited with an order.

    Attributes:
        source: the order's source; evidence: code, click, call, lead, bound or decision.
        code: the row of Codes by which it is his, None for none.
        channel: of the link or click.
        sharers: other partners who share it; helper: the manager who helped, empty for none.
    """

    source: str
    facts: Facts
    partner_id: str
    evidence: str
    code: Code | None = None
    channel: str = ""
    sharers: tuple[str, ...] = ()
    helper: str = ""


@dataclass(frozen=True, slots=True)
class _Rated:
    """A partner's rate, where it stands, and what the rules say of single lines."""

    rate: Rate
    source: str
    kind: Source
    said: Matched


def choose(credit: Credit, book: CodeBook, programme: Programme, asker: Asker) -> Terms:
    """Fix the terms as in force now, for the day the order was placed."""
    partner = book.partners.get(credit.partner_id)
    found = _rated(credit, book, programme, asker)
    hold = programme.hold_days
    if partner is not None and partner.hold_days is not None:
        hold = partner.hold_days
    standing = _standing(credit.source, credit.code, book, programme)
    beside = Beside(
        source=found.source,
        items=found.said.items,
        ladder=_ladder(found, credit, book, asker),
        level=_level(credit, partner, book, programme, asker),
        helper=_helper(credit, programme),
        sharers=tuple(_sharer(who, credit, book, programme, asker) for who in credit.sharers),
        **standing,
        **_exchange(partner, book, asker),
    )
    return Terms(
        rate=found.rate,
        base_rule=programme.base,
        payable_on=asker.day + timedelta(days=hold),
        beside=beside,
    )


def _rated(credit: Credit, book: CodeBook, programme: Programme, asker: Asker) -> _Rated:
    """Find the rate by the order of precedence, and name where it stands."""
    partner = book.partners.get(credit.partner_id)
    said = _ruled(credit, "" if partner is None else partner.group, book, asker)
    kind, rate = first(
        {
            Source.RULE: said.rate,
            Source.CODE: _code_rate(credit.code, book),
            Source.PARTNER: None if partner is None else partner.rate,
            Source.PROGRAMME: programme.rate,
        }
    )
    return _Rated(rate, said.source if kind is Source.RULE else kind.value, kind, said)


def _ruled(credit: Credit, group: str, book: CodeBook, asker: Asker) -> Matched:
    if not book.rules:
        return _NO_RULE
    about, rules = claims(
        credit.partner_id, group, credit.code, credit.channel, credit.evidence, book
    )
    return matched(about, rules, asker) if rules else _NO_RULE


_NO_RULE = Matched(None, "", ())


def _code_rate(code: Code | None, book: CodeBook) -> Rate | None:
    return None if code is None else code.rate or main_code(code, book).rate


def _sharer(
    partner_id: str, credit: Credit, book: CodeBook, programme: Programme, asker: Asker
) -> Sharer:
    """Another partner's own rate: who shares an order has a link, never its code."""
    own = replace(credit, partner_id=partner_id, evidence="click", code=None, channel="")
    found = _rated(own, book, programme, asker)
    return Sharer(partner_id, str(found.rate), found.source)


def _ladder(found: _Rated, credit: Credit, book: CodeBook, asker: Asker) -> Ladder | None:
    """The tiers that stand instead of a usual rate."""
    partner = book.partners.get(credit.partner_id)
    if not book.tiers or found.kind not in TIERS_REPLACE or partner is None:
        return None
    return ladder_for(book.tiers, partner, asker.placed_on(), asker.fact("currency") or "")


def _products(code: Code | None, book: CodeBook) -> dict[str, Any]:
    """What the code, or the one it is a variant of, is for and not for."""
    if code is None:
        return {}
    main = main_code(code, book)
    only, without = code.products_in or main.products_in, code.products_out or main.products_out
    return {"only": only, "without": without}


def _standing(
    source: str, code: Code | None, book: CodeBook, programme: Programme
) -> Mapping[str, Any]:
    """What is the same for every order of a source by a code."""
    about_code = () if code is None else (code.code, code.partner_id, code.variant_of)
    goods = () if code is None else (code.products_in, code.products_out)
    key = ("terms", source, *about_code, *goods)
    made_for, found = book.memo.get(key, (None, {}))
    if made_for is not programme:
        found = {
            "approve": programme.policy.approval(source).value,
            **_caps(programme),
            **_products(code, book),
        }
        book.memo[key] = programme, found
    said: Mapping[str, Any] = found
    return said


def _caps(programme: Programme) -> Mapping[str, Any]:
    """The limits that are set, in minor units, and their currency."""
    policy = programme.policy
    caps = {
        "cap_order": policy.cap_order,
        "cap_customer": policy.cap_customer,
        "cap_month": policy.cap_month,
        "budget_month": policy.budget_month,
    }
    found: dict[str, Any] = {name: cap for name, cap in caps.items() if cap is not None}
    return {**found, "cap_currency": programme.currency} if found else found


def _level(
    credit: Credit, partner: Partner | None, book: CodeBook, programme: Programme, asker: Asker
) -> tuple[str, str, str] | None:
    policy = programme.policy
    if policy.level2 is None or partner is None or not partner.parent_id:
        return None
    asker.placed_on()  # a parent who left that day: a corrected day is looked at anew
    parent = parent_of(partner, book, credit.facts.ordered_at)
    return (parent, str(policy.level2), policy.level2_of.value) if parent else None


def _helper(credit: Credit, programme: Programme) -> tuple[str, str, str] | None:
    policy = programme.policy
    if not credit.helper or not policy.cross_bonus:
        return None
    percent = str(Rate(percent=policy.cross_bonus))
    return credit.helper, percent, policy.cross_bonus_from.value


def _exchange(partner: Partner | None, book: CodeBook, asker: Asker) -> dict[str, Any]:
    """The partner's currency and the rate of exchange of the order's day, where they differ.

    Without a rate nobody is credited (`tracker.wanting`), by the owner's word neither.
    """
    if partner is None or not partner.currency:
        return {}
    currency = asker.fact("currency") or ""
    own = other_currency(partner, currency)
    found = rate_on(book.fx, currency, own, asker.placed_on()) if own else None
    if found is None:
        return {}
    rate = plain(found.rate)
    return {"pay_currency": own, "fx_rate": rate, "fx_on": found.on.isoformat()}
