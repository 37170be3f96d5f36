"""What does the owner of the demo type? Partners, codes and settings, as a person types them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from tracker.demo.orders import DINA, ZONE
from tracker.layout import Tab

Typed = dict[str, object]
Rows = Sequence[tuple[Tab, Typed]]

# Made up so that the check digits hold; neither this bank nor the tax region 00 exists.
_BIC = "040000746"
_ACCOUNTS = {
    "anna": "40817810700000000001",
    "boris": "40802810400000000002",
    "dina": "40817810900000000005",
}
_INN = {"anna": "001234560190", "boris": "001234560264", "dina": "001234560585"}


def settings(language: str) -> dict[str, str]:
    """Values of Settings that the shop changes."""
    ru = language == "ru"
    account = _account("40702810800000000003", language)
    corr, inn = "30101810300000000746", "0012345673/001201001"
    return {
        "program_name": "Чай и чашки: партнёрам" if ru else "Tea and Cups partners",
        "attribution": "code_or_click",
        "mail": "live",
        "mail_from": f"{'Чай и чашки' if ru else 'Tea and Cups'} <partners@example.com>",
        "owner_email": "owner@example.com",
        "welcome": "По пятницам в шесть мы завариваем новинки: приходите пробовать, чай с нас."
        if ru
        else "On Fridays at six we brew what is new: come and taste, the tea is on us.",
        "payer_name": "ООО «Чай и чашки»" if ru else "Tea and Cups LLC",
        "payer_details": f"{account}, к/с {corr}, ИНН/КПП {inn}"
        if ru
        else f"{account}, corr. account {corr}, INN/KPP {inn}",
    }


def _account(number: str, language: str) -> str:
    """Requisites in the words a partner would use."""
    if language == "ru":
        return f"р/с {number} в АО «Тест Банк», БИК {_BIC}"
    return f"account {number} at Test Bank, BIC {_BIC}"


def opening(language: str) -> Rows:
    """The rows typed on the first day: five partners, six codes, a minimum for euros."""

    def code(name: str, partner_id: str, **cells: object) -> tuple[Tab, Typed]:
        return Tab.CODES, {"code": name, "partner_id": partner_id} | cells

    return [
        (Tab.SETTINGS, {"setting": "min_payout_EUR", "value": "20"}),
        *((Tab.PARTNERS, row) for row in _partners(language)),
        code("ANNA10", "anna"),
        code("ЧАЙ", "boris"),
        code("VERA10", "vera"),
        code("GLEB7", "gleb", rate="7%"),
        code("DINA", "dina"),
        code("AUTUMN", "anna", valid_to=date(2026, 9, 30)),
        code("AUTUMN", "vera", valid_from=date(2026, 10, 1)),
    ]


def _partners(language: str) -> list[Typed]:
    """Who is paid to an account, by phone, and who has not said where to."""
    ru = language == "ru"

    def partner(partner_id: str, name: str, number: int, **cells: object) -> Typed:
        row: Typed = {
            "partner_id": partner_id,
            "name": name,
            "email": f"{partner_id}@example.com",
            "phone": f"+7 900 000-00-{number:02d}",
            "joined_on": date(2026, 8, 25),
        }
        return row | cells

    by_phone: Typed = {
        "payout_method": "СБП" if ru else "SBP",
        "payout_details": f"+7 900 000-00-03, {'Тест Банк' if ru else 'Test Bank'}",
        "tax_status": "физлицо" if ru else "person",
        "notify": "не писать" if ru else "none",
    }
    anna, boris, dina = (_by_bank(one, language) for one in ("anna", "boris", "dina"))
    other, weekly = ("en", "раз в неделю") if ru else ("ru", "weekly")
    return [
        partner("anna", "Анна Чаева" if ru else "Anna Chaeva", 1, **anna),
        partner("boris", "Борис Зернов" if ru else "Boris Zernov", 2, rate="15%", **boris),
        partner("vera", "Вера Йогина" if ru else "Vera Yogina", 3, language=other, **by_phone),
        partner("gleb", "Глеб Тихонов" if ru else "Gleb Tikhonov", 4, notify=weekly),
        partner(
            "dina", "Дина Светлова" if ru else "Dina Svetlova", 5,
            rate="500 RUB", email=DINA, **dina,
        ),
    ]  # fmt: skip


def _by_bank(partner_id: str, language: str) -> Typed:
    """Requisites of a partner who is paid to an account, and his tax status."""
    ru = language == "ru"
    sole_trader = ("sole_trader", "ИП")[ru]
    self_employed = ("self_employed", "самозанятый")[ru]
    return {
        "payout_method": "на счёт" if ru else "bank transfer",
        "payout_details": _account(_ACCOUNTS[partner_id], language),
        "tax_status": sole_trader if partner_id == "boris" else self_employed,
        "tax_id": _INN[partner_id],
    }


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


LEVEL = {"level2": {"value": "5%"}}
"""The setting by which Vera, who brought Gleb, earns a share of his commissions from then on."""


def paused(language: str) -> str:
    """The status of a partner who takes a break."""
    return "на паузе" if language == "ru" else "paused"


DOCUMENTS = {"anna": "20k7c1b0t4", "boris": "15"}
"""Numbers of the papers that partners sent for October's payouts; Dina's has not come."""


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of the demo's year, by the shop's clock."""
    return datetime.combine(date(2026, month, day), time(hour, minute), ZONE)
