"""What does 1C's client-bank exchange file hold? One payment order a payout, version 1.03.

https://v8.1c.ru/tekhnologii/obmen-dannymi-i-integratsiya/standarty-i-formaty/ names the keys.
A line is a key, `=` and a value, in windows-1251; nothing is quoted, so a value is one line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

from tracker.bank.methods import Method
from tracker.bank.payer import Payer
from tracker.bank.registry import NAME_MAX, PURPOSE_MAX, in_windows_letters
from tracker.bank.requisites import Requisites
from tracker.bank.transfers import Format, Transfer, needs_account, needs_name, needs_tax_number
from tracker.bank.words import one_line, purpose

ONE_C = Format(
    name="1c",
    file_name="payouts-1c.txt",
    methods=frozenset({Method.BANK}),
    currencies=frozenset({"RUB"}),
    checks=(needs_account, needs_tax_number, needs_name(NAME_MAX), in_windows_letters),
)
_NUMBERS_MAX = 999_999
"""A payment order's number has at most six digits (762-P)."""
_ORDER = "Платежное поручение"
_OURS = "Affiliate tracker"


def one_c(transfers: Sequence[Transfer], payer: Payer, day: date) -> str:
    """Write the file. Its one date is the `day` it is handed over: banks refuse old orders."""
    lines = ["1CClientBankExchange"]
    lines += [f"{key}={one_line(value)}" for key, value in _header(payer, day)]
    taken: set[int] = set()
    for transfer in transfers:
        lines.append(f"СекцияДокумент={_ORDER}")
        number = order_number(transfer.payout.payout_id, taken)
        taken.add(number)
        fields = _document(transfer, payer, number, day)
        lines += [f"{key}={one_line(value)}" for key, value in fields]
        lines.append("КонецДокумента")
    lines.append("КонецФайла")
    return "\r\n".join([*lines, ""])


def _header(payer: Payer, day: date) -> Iterator[tuple[str, str]]:
    yield "ВерсияФормата", "1.03"
    yield "Кодировка", "Windows"
    yield "Отправитель", _OURS
    yield "Получатель", ""
    yield "ДатаСоздания", _day(day)
    yield "ВремяСоздания", "00:00:00"
    yield "ДатаНачала", _day(day)
    yield "ДатаКонца", _day(day)
    yield "РасчСчет", payer.account.account
    yield "Документ", _ORDER


def _document(
    transfer: Transfer, payer: Payer, number: int, day: date
) -> Iterator[tuple[str, str]]:
    yield "Номер", str(number)
    yield "Дата", _day(day)
    yield "Сумма", transfer.amount
    yield from _side("Плательщик", payer.name, payer.account, payer.account.inn)
    yield from _side("Получатель", transfer.name, transfer.to, transfer.inn)
    yield "ВидОплаты", "01"
    yield "Очередность", "5"
    payout_id = transfer.payout.payout_id
    yield "НазначениеПлатежа", purpose(payer.purpose, payout_id, PURPOSE_MAX)


def _side(who: str, name: str, account: Requisites, inn: str) -> Iterator[tuple[str, str]]:
    """Who pays, or is paid; a key whose value nobody gave is left out."""
    said = (
        ("Счет", account.account),
        ("", name),
        ("ИНН", inn),
        ("КПП", account.kpp),
        ("1", name),
        ("РасчСчет", account.account),
        ("Банк1", account.bank),
        ("БИК", account.bic),
        ("Корсчет", account.corr_account),
    )
    yield from ((f"{who}{key}", value) for key, value in said if value)


def order_number(payout_id: str, taken: set[int]) -> int:
    """Number an order by its payout: a file read twice brings the same orders, not new ones.

    Of two that meet, the later takes the next free number. None ends in 000, which stands for no
    number where banks tell orders apart by three digits.
    """
    digest = hashlib.sha256(payout_id.encode("utf-8")).digest()
    number = int.from_bytes(digest[:8]) % _NUMBERS_MAX + 1
    while number in taken or number % 1000 == 0:
        number = number % _NUMBERS_MAX + 1
    return number


def _day(day: date) -> str:
    return day.strftime("%d.%m.%Y")
