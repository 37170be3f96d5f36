"""The table that goes with a statement: every line, plain numbers, nothing that runs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.letter_values import account, line, maria, sale, statement
from tests.test_safe_cells import RUNS
from tracker.letters import render, voice_of
from tracker.model import BaseRule
from tracker.statement_file import attached, file_name
from tracker.statements import Statement, Uncounted


def rows(one: Statement) -> list[list[str]]:
    """The rows as a spreadsheet in the partner's language reads them."""
    content = attached(one, voice_of(one, one.language, 0)).content.decode("utf-8-sig")
    between = ";" if one.language == "ru" else ","
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=between))


def test_every_row_of_a_month_is_there() -> None:
    held = sale("1101", 350000, "15%", 52500, payable_on=date(2026, 11, 3))
    back = line("clawback", "1031", -22500, ordered_on=date(2026, 9, 24), base=250000,
                base_rule=BaseRule.GOODS, rate="15%", because="order_refunded")  # fmt: skip
    paid = line("payout", "po_1", -125000, because="payout_paid reference=77")
    one = statement(account("RUB", 125000, held, back, payouts=(paid,)), language="en")

    assert rows(one) == [
        ["Date", "Kind", "Order", "Ordered on", "Base", "Rate", "Sum", "Currency", "Payable on", "Why"],
        ["", "Opening balance", "", "", "", "", "1250.00", "RUB", "", ""],
        ["2026-10-05", "Commission", "1101", "", "3500.00", "15%", "525.00", "RUB", "2026-11-03", ""],
        ["2026-10-05", "Clawback", "1031", "2026-09-24", "2500.00", "15%", "-225.00", "RUB", "", "The customer was refunded."],
        ["2026-10-05", "Payout", "po_1", "", "", "", "-1250.00", "RUB", "", "Reference 77."],
        ["", "Closing balance", "", "", "", "", "300.00", "RUB", "", ""],
    ]  # fmt: skip


def test_each_currency_opens_and_closes_in_its_own_coins() -> None:
    one = statement(account("JPY", 500, line("bonus", "9", 7)), account("KWD", -1))

    for language, kwd in (("ru", "-0,001"), ("en", "-0.001")):
        assert [row[6:8] for row in rows(replace(one, language=language))[1:]] == [
            ["500", "JPY"], ["7", "JPY"], ["507", "JPY"], [kwd, "KWD"], [kwd, "KWD"],
        ]  # fmt: skip


def test_in_russian_sums_have_commas_and_cells_semicolons_to_the_byte() -> None:
    held = sale("1101", 8080, "12.5%", 1010, because="lead_no_deal")
    one = statement(account("RUB", 125000, held))

    assert attached(one, voice_of(one, "ru", 0)).content.decode("utf-8-sig") == (
        "Дата;Что это;Заказ;Дата заказа;Основа;Ставка;Сумма;Валюта;К выплате с;Почему\r\n"
        ";Баланс на начало;;;;;1250,00;RUB;;\r\n"
        "2026-10-05;Вознаграждение;1101;;80,80;12,5%;10,10;RUB;;Лид не стал сделкой.\r\n"
        ";Баланс на конец;;;;;1260,10;RUB;;\r\n"
    )


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_table_adds_up_to_the_closing_that_the_letter_says(language: str) -> None:
    one = replace(maria(), language=language)
    sums = [Decimal(row[6].replace(",", ".")) for row in rows(one) if row[6][-1:].isdigit()]

    # 1250.00 + 600.00 - 225.00 + 525.00 - 1250.00
    assert sum(sums[:-1]) == sums[-1] == Decimal("900.00")
    said = {"en": "Closing balance: RUB 900.00", "ru": "Баланс на конец месяца: 900,00 ₽"}
    assert said[language] in render(one, language).text.replace("\u00a0", " ")


def test_an_account_with_nothing_in_it_is_in_no_table_beside_one_with_something() -> None:
    empty, full = account("RUB", 0), account("USD", 0, line("bonus", "9", 7))

    assert {row[7] for row in rows(statement(empty, full))[1:]} == {"USD"}
    assert {row[7] for row in rows(statement(empty))[1:]} == {"RUB"}


def test_what_was_not_counted_stands_last_without_a_sum() -> None:
    missed = Uncounted(
        source="s", order_id="9", ordered_on=date(2026, 10, 2), reason="order_cancelled"
    )

    last = rows(statement(account("RUB", 0), uncounted=(missed,)))[-1]
    assert last == ["", "Не учтено", "9", "2026-10-02", "", "", "", "", "", "Заказ отменён."]


@pytest.mark.parametrize("typed", RUNS)
def test_nothing_typed_runs_and_a_sum_below_zero_stays_a_number(typed: str) -> None:
    because = "adjustment reason=" + typed.replace(" ", "%20").replace("\n", "%0A")
    one = statement(account("RUB", 0, line("adjustment", typed, -100, rate=typed, because=because)))

    _, _, row, _ = rows(one)
    assert row[6] == "-1,00"
    assert not any(
        cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for cell in (row[2], row[5], row[9])
    )


def test_two_thousand_lines_are_all_in_the_file_and_add_up() -> None:
    lines = [sale(str(n), 400000, "15%", n + 1) for n in range(2000)]
    found = rows(statement(account("USD", -5, *lines), language="en"))

    sums = [Decimal(row[6]) for row in found[1:]]
    assert len(found) == 2003
    assert sums[0] + sum(sums[1:-1]) == sums[-1] == Decimal("20009.95")


def test_it_begins_with_the_mark_that_excel_looks_for() -> None:
    content = attached(maria(), voice_of(maria(), "ru", 0)).content

    assert content.startswith(b"\xef\xbb\xbf\xd0\x94")
    assert content.count(b"\n") == content.count(b"\r\n") == 8


@pytest.mark.parametrize(
    ("partner", "revision", "name"),
    [
        ("maria", 1, "statement-2026-10-maria.csv"),
        ("Мария", 2, "statement-2026-10-Мария-2.csv"),
        ("../../etc/passwd", 1, "statement-2026-10-etc_passwd.csv"),
        ("...", 1, "statement-2026-10-_.csv"),
        ("x" * 200, 1, f"statement-2026-10-{'x' * 60}.csv"),
        ("a\r\nBcc: b", 1, "statement-2026-10-a_Bcc_b.csv"),
    ],
)
def test_a_file_is_named_by_month_and_partner(partner: str, revision: int, name: str) -> None:
    assert file_name(replace(maria(), partner_id=partner, revision=revision)) == name
