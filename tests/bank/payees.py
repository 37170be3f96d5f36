"""Who is paid in the tests of files for the bank? Invented people, numbers whose digits hold.

The tax region 00 and the banks 040000746, ABCD and 1234 5678 do not exist.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tracker.bank.transfers import Chosen, Format, choose
from tracker.bank_files import FORMATS, content_of, format_named
from tracker.choices import TaxStatus
from tracker.payout_facts import Payout
from tracker.programme import Partner, Programme

GOLDEN = Path(__file__).parent / "golden"

DAY = date(2026, 11, 16)
"""When the files of the tests are handed over."""

OWNER = Programme(
    payer_name="ООО «Лавка»",
    payer_details="р/с 40702810800000000003, АО «Тест Банк», БИК 040000746, "
    "к/с 30101810300000000746, ИНН/КПП 0012345673/001201001",
    payment_purpose="Вознаграждение по партнёрской программе, НДС не облагается",
)
OWNER_IN_EUROPE = replace(
    OWNER, payer_name="Lavka OÜ", payer_details="IBAN EE97 0000 0000 0000 0001"
)

PARTNERS = {
    one.partner_id: one
    for one in (
        Partner(
            partner_id="ivan",
            name="Иванов Иван Иванович",
            payout_method="банк",
            payout_details="р/с 40817810700000000001 в ПАО «Пример Банк», БИК 040000746, "
            "к/с 30101810300000000746, ИНН 001234567887",
            tax_status=TaxStatus.SELF_EMPLOYED,
            tax_id="001234567887",
            cell="A2",
        ),
        Partner(
            partner_id="rom",
            name='ООО "Ромашка"',
            payout_details="ИНН/КПП 0012345673/001201001, р/с 40702810800000000003, БИК 040000746",
            tax_status=TaxStatus.COMPANY_RU,
            cell="A3",
        ),
        Partner(
            partner_id="anna",
            name="Anna Müller",
            payout_details="IBAN DE11 1234 5678 0000 0000 12, BIC ABCDDEFF, anna@example.com",
            cell="A4",
        ),
        Partner(
            partner_id="jan",
            name="Jan & Zoon B.V.",
            payout_method="SEPA / Wise",
            payout_details="NL75 ABCD 0000 0000 01",
            tax_status=TaxStatus.COMPANY,
            cell="A5",
        ),
        Partner(
            partner_id="maria",
            name="Мария Петрова",
            payout_method="СБП",
            payout_details="+7 (900) 000-00-01, Т-Банк",
            cell="A6",
        ),
        Partner(
            partner_id="yuki",
            name="Yuki",
            payout_details="PayPal: yuki@example.com",
            cell="A7",
        ),
    )
}


def payout(sign: str, partner_id: str, minor: int, currency: str, day: int = 15) -> Payout:
    """A payout whose id is sixteen times one sign, proposed on a day of November 2026."""
    return Payout(
        payout_id=f"po_{sign * 16}",
        partner_id=partner_id,
        currency=currency,
        minor=minor,
        lines=(),
        proposed_on=date(2026, 11, day),
    )


RUSSIANS = (payout("a", "ivan", 120000, "RUB"), payout("b", "rom", 300050, "RUB", 16))
EUROPEANS = (payout("c", "anna", 1005, "EUR"), payout("d", "jan", 200000, "EUR", 16))
BY_PHONE = (payout("e", "maria", 5, "RUB"),)
ONLINE = (payout("f", "yuki", 700, "JPY"), payout("g", "yuki", 12000, "JPY"))
EVERYBODY = (*RUSSIANS, *EUROPEANS, *BY_PHONE, *ONLINE)


def form_of(name: str) -> Format:
    """The format of that name."""
    return format_named(name)[0]


def chosen(
    name: str, payouts: tuple[Payout, ...], partners: dict[str, Partner] | None = None
) -> Chosen:
    """What of these goes into a file of that format."""
    return choose(form_of(name), payouts, PARTNERS if partners is None else partners)


def written(
    name: str,
    payouts: tuple[Payout, ...],
    *,
    partners: dict[str, Partner] | None = None,
    owner: Programme = OWNER,
    day: date = DAY,
) -> bytes:
    """The file as it would be written on that day."""
    known = PARTNERS if partners is None else partners
    return content_of(form_of(name), chosen(name, payouts, known), owner, known, day)


def named(name: str, details: str, **cells: str) -> dict[str, Partner]:
    """One partner, ivan, of that name and with those requisites."""
    return {
        "ivan": Partner(
            partner_id="ivan",
            name=name,
            payout_details=details,
            cell="A2",
            tax_id=cells.get("tax_id", ""),
        )
    }


BANK_FORMATS = tuple(one for one in FORMATS if one not in {"csv", "xlsx"})
