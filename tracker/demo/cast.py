"""What does the owner of the demo type? Partners, codes and settings, as a person types them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from tracker.demo.orders import DINA, ZONE
from tracker.layout import Tab

Typed = dict[str, object]
Rows = Sequence[tuple[Tab, Typed]]


def settings(language: str) -> dict[str, str]:
    """Values of Settings that the shop changes."""
    ru = language == "ru"
    return {
        "program_name": "Чай и чашки: партнёрам" if ru else "Tea and Cups partners",
        "mail": "live",
        "mail_from": f"{'Чай и чашки' if ru else 'Tea and Cups'} <partners@example.com>",
    }


def opening(language: str) -> Rows:
    """The rows typed on the first day: five partners, six codes, a minimum for euros."""
    ru = language == "ru"
    other = "en" if ru else "ru"
    card = "перевод на карту" if ru else "card"
    joined = date(2026, 8, 25)

    def partner(partner_id: str, name: str, number: int, **cells: object) -> tuple[Tab, Typed]:
        row: Typed = {
            "partner_id": partner_id,
            "name": name,
            "email": f"{partner_id}@example.com",
            "phone": f"+7 900 000-00-{number:02d}",
            "payout_method": card,
            "payout_details": f"0000 0000 0000 {number:04d}",
            "joined_on": joined,
        }
        return Tab.PARTNERS, row | cells

    def code(name: str, partner_id: str, **cells: object) -> tuple[Tab, Typed]:
        return Tab.CODES, {"code": name, "partner_id": partner_id} | cells

    return [
        (Tab.SETTINGS, {"setting": "min_payout_EUR", "value": "20"}),
        partner("anna", "Анна Чаева" if ru else "Anna Chaeva", 1),
        partner("boris", "Борис, кофейня" if ru else "Boris the barista", 2, rate="15%"),
        partner("vera", "Вера Йогина" if ru else "Vera Yogina", 3, language=other),
        partner("gleb", "Глеб Тихонов" if ru else "Gleb Tikhonov", 4, payout_details=None),
        partner("dina", "Дина Светлова" if ru else "Dina Svetlova", 5, rate="500 RUB", email=DINA),
        code("ANNA10", "anna"),
        code("ЧАЙ", "boris"),
        code("VERA10", "vera"),
        code("GLEB7", "gleb", rate="7%"),
        code("DINA", "dina"),
        code("AUTUMN", "anna", valid_to=date(2026, 9, 30)),
        code("AUTUMN", "vera", valid_from=date(2026, 10, 1)),
    ]


def forgotten_code(language: str) -> Rows:
    """The code that was given out a day before it was typed."""
    note = (
        "раздали 17-го, вписали 18-го" if language == "ru" else "given out on 17th, typed on 18th"
    )
    return [(Tab.CODES, {"code": "TEATIME", "partner_id": "boris", "note": note})]


def thanks(language: str) -> Rows:
    """A sum that no order explains."""
    reason = "фото для витрины" if language == "ru" else "photos for the shop window"
    row: Typed = {
        "adjustment_id": "A1",
        "partner_id": "vera",
        "amount": 300,
        "reason": reason,
        "date": date(2026, 10, 5),
    }
    return [(Tab.ADJUSTMENTS, row)]


def slip() -> Rows:
    """A rate without its sign: 15 percent, or 15 roubles? The program does not guess."""
    return [(Tab.CODES, {"code": "DINA-GIFT", "partner_id": "dina", "rate": "15"})]


def paused(language: str) -> str:
    """The status of a partner who takes a break."""
    return "на паузе" if language == "ru" else "paused"


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the demo's year, by the shop's clock."""
    return datetime.combine(date(2026, month, day), time(hour, minute), ZONE)
