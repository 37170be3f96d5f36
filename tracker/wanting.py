"""What must the owner still type or mend before an order can be paid right?

A row of Rules, Tiers or Fx that cannot be read might be the one that decides, and money by a
wrong rate stays in the book for good. So nobody is newly credited by what may be wrong: such
orders are refused for want of knowledge, and decided again once the row is mended.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.asked import Asker
from tracker.code_book import CodeBook
from tracker.exchange_rates import missing_rate, other_currency
from tracker.problems import Params, params
from tracker.programme import Code, Partner, Programme
from tracker.rates import Rate

UNREADABLE = frozenset(
    {"rules_unreadable", "tiers_unreadable", "fx_unreadable", "parent_unreadable"}
)
"""A row cannot be read just now; who has the order keeps it meanwhile."""

RATES_WANT = UNREADABLE | {"fx_missing", "rule_unknown", "sum_too_big"}
"""Reasons of this kind: the owner may mend it next day, so they are decided again."""

_TABS = (("Rules", "rules_unreadable"), ("Tiers", "tiers_unreadable"))


def wanting(
    partner_id: str, code: Code | None, book: CodeBook, programme: Programme, asker: Asker
) -> tuple[str, Params] | None:
    """Say what is missing before a partner's order can be paid; None where nothing is."""
    for tab, why in _TABS:
        if tab in book.broken:
            return why, ()
    partner = book.partners.get(partner_id)
    if partner is None:
        return None
    parent = partner.parent_id
    if programme.policy.level2 is not None and parent in book.unreadable_partners:
        return "parent_unreadable", params(parent=parent)
    return exchange_missing(partner, code, book, programme, asker)


def exchange_missing(
    partner: Partner, code: Code | None, book: CodeBook, programme: Programme, asker: Asker
) -> tuple[str, Params] | None:
    """Say when the partner's currency needs a rate that Fx does not have, or has not for sure."""
    if not partner.currency:
        return None
    currency = asker.fact("currency") or ""
    own = other_currency(partner, currency)
    if not own or not any(_exchanged(r, currency) for r in _rates(partner, code, book, programme)):
        return None
    if "Fx" in book.broken:
        return "fx_unreadable", ()
    day = asker.placed_on()
    if missing_rate(partner, currency, day, book.fx):
        return "fx_missing", params(base=currency, quote=own, day=day)
    return None


def _exchanged(rate: Rate, currency: str) -> bool:
    """Whether a rate comes to a sum in the order's currency; others are owed in their own."""
    return rate.fixed is None or rate.fixed.currency == currency


def _rates(
    partner: Partner, code: Code | None, book: CodeBook, programme: Programme
) -> Iterator[Rate]:
    """Every rate that might be the partner's for some order."""
    usual = partner.rate or programme.rate
    yield usual if code is None or code.rate is None else code.rate
    yield from (rule.rate for rule in book.rules if rule.rate is not None)
    yield from (tier.rate for tier in book.tiers if tier.rate is not None)
