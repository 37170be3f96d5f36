"""Which programme is every world about? Two partners, five codes, and mail that leaves at once."""

from __future__ import annotations

from decimal import Decimal

from tests.sim.desk import Desk
from tracker.cells import Cell
from tracker.layout import Tab, known_columns

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


SAYING_MORE = ("cap_order", "payment_purpose", "approve_on")
"""Rows that a world may fill in, or whose first value is not what holds without them."""


def leave_out_the_usual(desk: Desk) -> None:
    """Delete the rows of Settings that say what holds without them: a fifth of each reading."""
    sheet = desk.ground.get(Tab.SETTINGS)
    at = known_columns(Tab.SETTINGS, sheet.headings)["setting"]
    sheet.rows[:] = [row for row in sheet.rows if row[at] in {*SETTINGS, *SAYING_MORE}]
    desk.ground.put(Tab.SETTINGS, sheet)


CAPS = ("120", "33.33", "0.01")
"""What an order may earn at most where the owner has set that, in roubles."""


def cap_orders(desk: Desk, cap: str) -> None:
    """Set it before the first order: with that its terms are fixed."""
    desk.edit(Tab.SETTINGS, "cap_order", "value", cap)


TIERS = ((2, "25%"), (2, "9.99 RUB"), (2, "0.5%"), (3, "50%"))
"""From which order of a partner on the owner has set another rate, and which."""


def add_a_tier(desk: Desk, start: int, rate: str) -> None:
    """Set it before the first order: with that its terms are fixed."""
    row: dict[str, Cell] = {"tier_id": "gold", "from": Decimal(start), "rate": rate}
    desk.type(Tab.TIERS, {**row, "period": "ever"})
