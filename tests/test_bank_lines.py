"""Is a bank's file read whole, whatever its quotes, its length and its bytes?"""

from __future__ import annotations

import pytest

from tests.test_bank_statement import HEAD, IVAN, MARIA, ONE_C, asked, paid
from tracker.bank_lines import NotAStatement
from tracker.bank_rows import read_rows


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 a workbook", "bank_file_kind"),
        (b"%PDF-1.7", "bank_file_kind"),
        (b"<?xml version='1.0'?><Document/>", "bank_file_kind"),
        (b"payout_id,proposed_on,amount\n" + IVAN.encode() + b",2026-10-16,1234.56\n",
         "bank_file_own"),
        (b"Date;Amount;Description\n1;2;" + b"x" * 1_000_000 + b"\n", "bank_file_torn"),
    ],
)  # fmt: skip
def test_what_is_no_bank_statement_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(NotAStatement) as refusal:
        read_rows(content)

    assert refusal.value.code == code


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\0" * 1000, b"\xff" * 1000, b"\n" * 10_000, b'"' * 9_999, b";" * 100_000,
        bytes(range(256)) * 20, b'{"id":"1","at":"2026-10-16","total":"5.00"}\n' * 9,
    ],
)  # fmt: skip
def test_a_file_without_a_day_and_a_sum_is_refused_whole(content: bytes) -> None:
    with pytest.raises(NotAStatement) as refusal:
        read_rows(content)

    assert refusal.value.code == "bank_file_nothing"


@pytest.mark.parametrize(
    "content",
    [
        b"Date;Amount;Description\n" + b"po_a " * 20_000, b"1CClientBankExchange\n" + b"=\n" * 999,
        "Дата;Сумма;Назначение\n16.10.2026;1;po_\0\x85\u2028".encode(),
        b"Date;Amount;Description\n" + b'2026-10-16;"5;tea\n' * 3000,
    ],
)  # fmt: skip
def test_a_hostile_file_marks_nothing_and_hangs_nobody(content: bytes) -> None:
    found = asked(content)

    assert (found.fresh, found.problems) == ((), ())


def test_nuls_and_too_many_columns_hide_no_payout() -> None:
    row = f"16.10.2026;1234,56;RUB;\0{IVAN[:9]}\0{IVAN[9:]}" + ";x" * 100_000

    assert paid(f"{HEAD}{row}\n") == [(IVAN, "2026-10-16", "")]


OPEN_QUOTE = f"""Дата;Сумма;Назначение;Номер
16.10.2026;5,00;"Ромашка ООО чай;1
16.10.2026;1234,56;Вознаграждение {IVAN};2
16.10.2026;5000,00;"ООО ""Пик"" {MARIA}";3
"""


def test_a_quote_that_nobody_closes_swallows_no_payment() -> None:
    assert paid(OPEN_QUOTE) == [(IVAN, "2026-10-16", "2"), (MARIA, "2026-10-16", "3")]
    assert asked(OPEN_QUOTE).rows == 3


def test_a_file_for_1c_may_begin_with_a_blank_line() -> None:
    content = "\r\n" + ONE_C.format(taken="ДатаСписано=16.10.2026").replace("\n", "\r\n")

    assert paid(content.encode("cp1251")) == [(IVAN, "2026-10-16", "41")]
