"""What does the programme say where a shop is silent?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from tracker.shops.payload import NotReadable


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What a shop leaves unsaid, named by the programme.

    Attributes:
        zone: of times that name no offset.
        currency: of orders that name none; empty while the setting cannot be read.
        booked: the currency of orders that the Journal knows, by (source, order_id). An order
            keeps it whatever the setting says today; those in `currency` need not be here.

    """

    zone: tzinfo
    currency: str = ""
    booked: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def currency_of(self, source: str, order_id: str) -> str:
        """Name the currency of an order whose shop does not; raises NotReadable without any."""
        found = self.booked.get((source, order_id), self.currency)
        if not found:
            raise NotReadable("delivery_currency_unsaid")
        return found
