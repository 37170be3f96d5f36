"""What does a Russian bank's registry hold? One row a payout, to an account or by phone (SBP).

Banks publish no one format; this is what their upload pages ask for: windows-1251, semicolons,
sums with a comma, a row of totals at the end. The columns are matched by hand once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.bank.methods import Method
from tracker.bank.transfers import (
    Format,
    Refusal,
    Transfer,
    needs_account,
    needs_name,
    needs_phone,
    needs_tax_number,
)
from tracker.bank.words import not_in_cp1251, purpose
from tracker.bank.written import csv_lines
from tracker.money import decimal_text
from tracker.problems import params
from tracker.safe_cells import safe

PURPOSE_MAX = 210
"""Signs of a purpose in a Russian payment order (Bank of Russia, 762-P)."""
NAME_MAX = 160
"""Signs of a payee's name in one (762-P)."""


def needs_plain_texts(transfer: Transfer) -> Refusal | None:
    """No name and no bank that a spreadsheet would run: with an apostrophe it is another name."""
    for text in (transfer.name, transfer.to.bank):
        if safe(text) != text:
            return Refusal("payout_formula_name", params(shown=text[:20]))
    return None


def in_windows_letters(transfer: Transfer) -> Refusal | None:
    """A name and a bank that windows-1251 can write: another letter would be another name."""
    sign = not_in_cp1251(transfer.name) or not_in_cp1251(transfer.to.bank)
    return Refusal("payout_signs", params(sign=sign, letters="windows-1251")) if sign else None


REGISTRY = Format(
    name="registry",
    file_name="payouts-registry.csv",
    methods=frozenset({Method.BANK}),
    currencies=frozenset({"RUB"}),
    checks=(
        needs_account,
        needs_tax_number,
        needs_name(NAME_MAX),
        needs_plain_texts,
        in_windows_letters,
    ),
)
SBP = Format(
    name="sbp",
    file_name="payouts-sbp.csv",
    methods=frozenset({Method.SBP}),
    currencies=frozenset({"RUB"}),
    checks=(needs_phone, needs_name(NAME_MAX), needs_plain_texts, in_windows_letters),
)
_COLUMNS = ("№", "Получатель", "ИНН", "Счёт", "БИК", "Банк", "Сумма", "Назначение платежа")
_SBP_COLUMNS = ("№", "Получатель", "Телефон", "Банк", "Сумма", "Назначение платежа")


def registry(transfers: Sequence[Transfer], words: str) -> str:
    """Write the registry of payments to accounts; `words` say what they are for."""
    rows = [
        (
            str(number),
            one.name,
            one.inn,
            one.to.account,
            one.to.bic,
            one.to.bank,
            _comma(one.payout.minor),
            safe(purpose(words, one.payout.payout_id, PURPOSE_MAX)),
        )
        for number, one in enumerate(transfers, 1)
    ]
    return _written(_COLUMNS, rows, transfers)


def sbp_registry(transfers: Sequence[Transfer], words: str) -> str:
    """Write the registry of payments by phone."""
    rows = [
        (
            str(number),
            one.name,
            one.to.phone,
            one.to.bank,
            _comma(one.payout.minor),
            safe(purpose(words, one.payout.payout_id, PURPOSE_MAX)),
        )
        for number, one in enumerate(transfers, 1)
    ]
    return _written(_SBP_COLUMNS, rows, transfers)


def _written(
    columns: Sequence[str], rows: Iterable[Sequence[str]], transfers: Sequence[Transfer]
) -> str:
    total = sum(one.payout.minor for one in transfers)
    blank = [""] * (len(columns) - 4)
    totals = ["Итого", str(len(transfers)), *blank, _comma(total), ""]
    return csv_lines([columns, *rows, totals], ";")


def _comma(kopecks: int) -> str:
    # A spreadsheet that speaks Russian reads `1200.00` as a text, or as a date.
    return decimal_text(kopecks, "RUB").replace(".", ",")
