"""Is a payment that was not made, came in, or was made twice ever taken for one that was?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.test_bank_statement import IVAN, MARIA, TODAY, asked, paid, payout, refused
from tracker.bank_rows import read_rows
from tracker.bank_statement import answer
from tracker.payout_facts import BankLine, Fate

WISE = (
    'ID,Status,Direction,"Created on","Finished on","Source fee amount","Source fee currency",'
    '"Source name","Source amount (after fees)","Source currency","Target name",'
    '"Target amount (after fees)","Target currency",Reference\n'
    "TRANSFER-1,{status},{way},2026-10-16 10:11:12,2026-10-16 10:12:00,1.00,USD,Shop,{source},"
    f"{{unit}},Ivan,1234.56,RUB,{IVAN}\n"
)
PAYPAL = (
    '"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net",'
    '"Transaction ID","Custom Number"\n'
    '"10/16/2026","10:00","PDT","Ivan","Mass Payment","{}","RUB","-1234.56","-1.00","-1235.56",'
    f'"9AB","{IVAN}"\n'
)
STATE = f"Операция;Дата операции;Статус;Стоимость;Комментарий\n1;16.10.2026;{{}};-1234,56;{IVAN}\n"


def test_of_a_transfer_in_two_currencies_the_one_that_arrived_counts() -> None:
    content = WISE.format(status="COMPLETED", way="OUT", source="13.70", unit="USD")

    assert paid(content) == [(IVAN, "2026-10-16", "TRANSFER-1")]


@pytest.mark.parametrize(
    ("status", "way", "code"),
    [
        ("CANCELLED", "OUT", "bank_undone"), ("INCOMING_PAYMENT_WAITING", "OUT", "bank_undone"),
        ("PROCESSING", "OUT", "bank_undone"), ("REFUNDED", "OUT", "bank_came_back"),
        ("COMPLETED", "IN", "bank_came_back"),
    ],
)  # fmt: skip
def test_a_transfer_that_did_not_arrive_is_not_paid(status: str, way: str, code: str) -> None:
    content = WISE.format(status=status, way=way, source="1234.56", unit="RUB")

    assert refused(content) == [(code, "2")]


def test_a_sum_in_the_currency_of_the_account_has_that_currency() -> None:
    content = f"Дата;Сумма в валюте счета;Валюта счета;Цель\n16.10.2026;1234,56;{{}};{IVAN}\n"

    assert paid(content.format("RUB")) == [(IVAN, "2026-10-16", "")]
    assert refused(content.format("Доллар США (840)")) == [("bank_currency", "2")]


def test_gross_is_a_sum_and_the_fee_is_none() -> None:
    assert paid(PAYPAL.format("Completed")) == [(IVAN, "2026-10-16", "9AB")]
    assert refused(PAYPAL.format("Completed"), payout(minor=100)) == [("bank_amount", "2")]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("Pending", "bank_undone"), ("Unclaimed", "bank_undone"), ("Denied", "bank_undone"),
        ("Held", "bank_undone"), ("Canceled", "bank_undone"), ("Returned", "bank_came_back"),
    ],
)  # fmt: skip
def test_a_payment_that_did_not_end_is_not_paid(state: str, code: str) -> None:
    assert refused(PAYPAL.format(state)) == [(code, "2")]


@pytest.mark.parametrize(
    "state",
    ["Отклонено", "В обработке", "Не исполнено", "Отменён", "Ожидает", "Принят банком",
     "Создан", "Ошибка", "Частично исполнен", "Черновик", "Аннулировано", "На исполнении",
     "Не прошло", "Reverted", "Accepted", "what no bank has said yet"],
)  # fmt: skip
def test_a_state_that_is_no_end_is_named(state: str) -> None:
    assert refused(STATE.format(state)) == [("bank_undone", "2")]


@pytest.mark.parametrize(
    "state",
    ["Обработано", "Обработан банком", "Исполнено (без ошибок)", "Проведено", "Исполнена",
     "Processed", "COMPLETED", "Executed", ""],
)  # fmt: skip
def test_a_state_that_is_the_end_is_paid(state: str) -> None:
    assert paid(STATE.format(state)) == [(IVAN, "2026-10-16", "")]


def test_the_states_of_others_are_not_those_of_the_payment() -> None:
    content = (
        "Дата;Сумма;Статус составителя;Address Status;Назначение\n"
        f"16.10.2026;1234,56;налоговый агент;Non-Confirmed;{IVAN}\n"
    )

    assert paid(content) == [(IVAN, "2026-10-16", "")]


@pytest.mark.parametrize("state", ["CANCELLED", "Pending", "Отклонено", "В обработке"])
def test_a_state_counts_where_no_heading_tells_of_it(state: str) -> None:
    assert refused(f"16.10.2026;{state};1234,56;{IVAN}\n") == [("bank_undone", "1")]
    assert refused(f"Дата;Сумма;Прочее;Цель\n16.10.2026;1234,56;{state};{IVAN}\n") == [
        ("bank_undone", "2")
    ]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Тип операции", "Зачисление средств"), ("Тип", "Входящий платёж"),
        ("Направление", "Входящий"), ("D/C", "C"), ("Indicator", "C"), ("Indicator", "CRDT"),
        ("Приход/Расход", "Приход"), ("Debit/Credit", "C"), ("Transaction type", "Deposit"),
        ("Вид операции", "Поступление от покупателя"), ("Direction", "IN"),
    ],
)  # fmt: skip
def test_money_that_came_in_is_no_payment(heading: str, cell: str) -> None:
    content = f"Дата;Сумма;{heading};Назначение\n16.10.2026;1234,56;{cell};{IVAN}\n"

    assert refused(content) == [("bank_came_back", "2")]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Тип операции", "Списание средств"), ("Тип", "Исходящий платёж"), ("D/C", "D"),
     ("Indicator", "DBIT"), ("Type", "SEPA Credit Transfer"), ("Direction", "OUT")],
)  # fmt: skip
def test_money_that_left_is_one(heading: str, cell: str) -> None:
    content = f"Дата;Сумма;{heading};Назначение\n16.10.2026;1234,56;{cell};{IVAN}\n"

    assert paid(content) == [(IVAN, "2026-10-16", "")]


@pytest.mark.parametrize(
    "cell",
    ["1234.56 USD", "1234,56 €", "EUR 1234.56", "$1234.56", "1234.56 USDT", "-USD1234.56",
     "1234,56 долл.", "(1234.56 GBP)"],
)  # fmt: skip
def test_a_unit_in_the_cell_of_the_sum_that_is_another_currency_pays_nothing(cell: str) -> None:
    assert refused(f"Дата;Сумма;Назначение\n16.10.2026;{cell};{IVAN}\n") == [("bank_currency", "2")]


@pytest.mark.parametrize(
    "cell", ["доллар", "$", "USDT", "840", "XYZ", "Доллар США", "Доллар (840)"]
)
def test_a_currency_that_is_another_or_not_understood_pays_nothing(cell: str) -> None:
    content = f"Дата;Сумма;Валюта;Назначение\n16.10.2026;1234,56;{cell};{IVAN}\n"

    assert refused(content) == [("bank_currency", "2")]


@pytest.mark.parametrize(
    "cell", ["RUB", "руб.", "₽", "643", "810", "Российский рубль", "Рубль (643)", ""]
)
def test_the_currency_of_the_payout_is_known_by_all_its_names(cell: str) -> None:
    content = f"Дата;Сумма;Валюта;Назначение\n16.10.2026;1234,56;{cell};{IVAN}\n"

    assert paid(content) == [(IVAN, "2026-10-16", "")]


@pytest.mark.parametrize(
    ("cell", "minor", "currency", "code"),
    [
        ("600,000", 60000, "RUB", "bank_amount"), ("600.000", 60000, "RUB", "bank_amount"),
        ("600,000", 60000000, "RUB", ""), ("600,000", 600000, "KWD", ""),
        ("600,000", 600000000, "KWD", "bank_amount"), ("0,600", 60000, "RUB", "bank_amount"),
        ("600,000", 600, "JPY", "bank_amount"), ("600.00", 60000, "RUB", ""),
    ],
)  # fmt: skip
def test_three_digits_behind_the_mark_are_decimals_only_where_a_currency_has_three(
    cell: str, minor: int, currency: str, code: str
) -> None:
    one = payout(minor=minor, currency=currency)
    found = asked(f"Date;Amount;Description\n2026-10-16;{cell};{IVAN}\n", one)

    assert [p.code for p in found.problems] == ([code] if code else [])
    assert len(found.fresh) == (0 if code else 1)


@pytest.mark.parametrize("words", ["с. Просторное", "за возвращённых клиентов", "без отказников"])
def test_words_are_told_by_their_borders(words: str) -> None:
    content = f"Дата;Сумма;Назначение\n16.10.2026;1234,56;{words} {IVAN}\n"

    assert paid(content) == [(IVAN, "2026-10-16", "")]


def test_our_own_purpose_is_taken_out_before_words_are_looked_for() -> None:
    purpose = "Reward, refunds set off"
    rows = read_rows(
        f"Date;Amount;Description\n2026-10-16;1234.56;REWARD,  refunds set off {IVAN}\n"
        f"2026-10-16;5000.00;Reward, refunds set off {MARIA} returned\n".encode()
    )
    found = answer(rows, [payout(), payout(MARIA, 500000)], "bank.csv", TODAY, purpose)

    assert [one.payout.payout_id for one in found.fresh] == [IVAN]
    assert [one.code for one in found.problems] == ["bank_came_back"]


TWO = f"Date;Amount;No;Description\n2026-10-16;-1234.56;77;{IVAN}\n2026-10-16;-1234.56;78;{IVAN}\n"


@pytest.mark.parametrize(
    ("fate", "bank", "counts"),
    [
        (Fate.OPEN, None, ("fresh", "77")), (Fate.PAID, None, ("known", "77")),
        (Fate.PAID, "77", ("known", "77")), (Fate.PAID, "78", ("known", "78")),
    ],
)  # fmt: skip
def test_two_payments_of_one_payout_are_named_whoever_said_it_first(
    fate: Fate, bank: str | None, counts: tuple[str, str]
) -> None:
    line = BankLine(paid_on=date(2026, 10, 16), reference=bank) if bank else None
    found = asked(TWO, replace(payout(), fate=fate, bank=line))
    told = [("fresh", one.bank.reference) for one in found.fresh]
    told += [("known", one.bank.reference) for one in found.known]
    [problem] = found.problems
    said = dict(problem.params)

    assert told == [counts]
    assert (problem.code, {said["line"], said["other"]}) == ("bank_twice", {"2", "3"})


def test_two_equal_rows_without_numbers_are_two_payments() -> None:
    found = asked(TWO.replace("77", "").replace("78", ""))

    assert len(found.fresh) == 1
    assert [one.code for one in found.problems] == ["bank_twice"]
