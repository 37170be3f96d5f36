"""Where did the rates of an order come from? Said in every reason (field.md C5)."""

from __future__ import annotations

from collections.abc import Collection

from tracker.owing.words import Said
from tracker.precedence import Source, source_said
from tracker.problems import params
from tracker.terms import Terms


def sources(fixed: Terms, rates: Collection[str]) -> tuple[Said, ...]:
    """Name the place of the order's own rate, where it was applied, and the rules about goods.

    `rates` are those that were applied: a tier that stands instead names itself.
    """
    found: list[Said] = []
    own = source_said(fixed.beside.source)
    if own is not None and str(fixed.rate) in rates:
        found.append(own)
    for item in fixed.beside.items:
        rule = item.source.removeprefix(f"{Source.RULE} ")
        if item.rate in rates and (item.sku or item.category):
            what = item.sku or item.category
            found.append(("rate_of_goods", params(what=what, named=rule)))
    return tuple(found)
