"""Which programme is every world about? Two partners, five codes, and mail that leaves at once."""

from __future__ import annotations

from tests.sim.desk import Desk
from tracker.layout import Tab

SETTINGS = {
    "mail": "live", "mail_from": "Shop <shop@example.net>", "language": "en", "hold_days": "2",
    "min_payout": "1", "owner_digest": "off", "mail_pause": "0",
}  # fmt: skip
PARTNERS = (
    {"partner_id": "ivan", "email": "ivan@example.com", "payout_details": "card"},
    {"partner_id": "maria", "email": "maria@example.com", "payout_details": "card", "rate": "15%"},
)
CODES = {
    "IVAN01": ("ivan", ""),
    "MARIA01": ("maria", ""),
    "IVAN20": ("ivan", "20%"),
    "FIXED": ("maria", "5.55 RUB"),
    "WANDER": ("ivan", ""),
}
"""Whose each code is, and the rate that stands beside it; ivan has 10 %."""


def type_programme(desk: Desk) -> None:
    """Type it into a book that was just laid out."""
    desk.edit_all(Tab.SETTINGS, "value", SETTINGS)
    desk.type(Tab.PARTNERS, *PARTNERS)
    codes = (
        {"code": c, "partner_id": who, "rate": rate or None} for c, (who, rate) in CODES.items()
    )
    desk.type(Tab.CODES, *codes)


CAPS = ("120", "33.33", "0.01")
"""What an order may earn at most where the owner has set that, in roubles."""


def cap_orders(desk: Desk, cap: str) -> None:
    """Set it before the first order: with that its terms are fixed."""
    desk.edit(Tab.SETTINGS, "cap_order", "value", cap)
