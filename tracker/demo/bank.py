"""What does the bank of the demo say it paid? A statement as banks hand it out, for the import."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from tracker.money import decimal_text
from tracker.payout_facts import Payout

_HEADINGS = (
    ("Date", "Document", "Paid out", "Paid in", "Payee", "Purpose"),
    ("Дата", "Номер", "Списание", "Зачисление", "Получатель", "Назначение платежа"),
)
_OTHER = (
    ("99", "18400.00", "", "Leaf and Steam LLC", "Invoice 88, tea"),
    ("99", "18400.00", "", "ООО «Лист и пар»", "Счёт 88, чай"),
)
"""A payment that is no payout: what the shop buys its tea for."""


def statement(
    payouts: Iterable[tuple[int, Payout]], day: date, purpose: str, language: str
) -> bytes:
    """Write what left the account on a day: payouts by the bank's number, and a bill.

    In Russian as banks there do: windows-1251, semicolons, a comma in sums, the day first.
    """
    ru = language == "ru"
    rows: list[Sequence[str]] = [_OTHER[ru]]
    rows += [
        (str(number), decimal_text(one.minor, one.currency), "", one.name,
         f"{purpose} {one.payout_id}")
        for number, one in payouts
    ]  # fmt: skip
    dated = f"{day:%d.%m.%Y}" if ru else day.isoformat()
    text = io.StringIO()
    table = csv.writer(text, delimiter=";" if ru else ",", lineterminator="\r\n")
    table.writerow(_HEADINGS[ru])
    for number, sum_out, *rest in rows:
        table.writerow((dated, number, sum_out.replace(".", ",") if ru else sum_out, *rest))
    return text.getvalue().encode("cp1251" if ru else "utf-8")
