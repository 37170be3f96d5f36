"""In which currencies may a line owe a partner? The order's, those of its sums, and his own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.lines import JournalLine


def currencies(line: JournalLine, partner_id: str) -> set[str]:
    """The currencies that a line's own cells allow.

    A percent is owed in what the order was sold in, a sum in its own; where the partner is paid
    in another currency, what was sold in is exchanged. A tier back to the first pays for orders
    of any currency: there the sums themselves tell (I15).
    """
    said = line.parsed() if line.facts.startswith("{") else {}
    if line.source == "tier":
        return {one.currency for one in line.owed}
    terms: Mapping[str, Any] = said.get("terms", {})
    rates = [*line.rate.split(", "), *_rates(terms)]
    own = {rate.removesuffix("/item").rpartition(" ")[2] for rate in rates if " " in rate}
    if not line.rate or any(rate.endswith("%") for rate in rates):
        own.add(line.currency)
    quote = terms.get("pay_currency", "")
    if quote and partner_id == line.partner_id:
        own = (own - {line.currency}) | {quote}
    return own


def _rates(terms: Mapping[str, Any]) -> Iterator[str]:
    """Every rate that stands in the terms of a line."""
    for _, _, rate, *_ in terms.get("items", ()):
        yield rate
    for _, rate, *_ in terms.get("sharers", ()):
        yield rate
    ladder = terms.get("ladder")
    for _, rate, *_ in ladder[4] if ladder else ():
        yield rate
    for name in ("level", "helper"):
        if terms.get(name):
            yield terms[name][1]
