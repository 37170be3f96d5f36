"""What does a bank's file say of our payouts, however the bank wrote it?"""

from __future__ import annotations

from datetime import date

import pytest

from tracker.bank_rows import read_rows
from tracker.bank_statement import Answer, answer
from tracker.payout_facts import BankLine, Fate, Payout

IVAN = "po_abcdefghijklmnop"
MARIA = "po_234567qrstuvwxyz"
TODAY = date(2026, 10, 25)


def payout(payout_id: str = IVAN, minor: int = 123456, currency: str = "RUB") -> Payout:
    return Payout(
        payout_id=payout_id, partner_id="ivan", currency=currency, minor=minor,
        lines=("cm_1",), proposed_on=date(2026, 10, 15),
    )  # fmt: skip


def asked(content: str | bytes, *payouts: Payout) -> Answer:
    raw = content if isinstance(content, bytes) else content.encode()
    return answer(read_rows(raw), payouts or (payout(), payout(MARIA, 500000)), "bank.csv", TODAY)


def paid(content: str | bytes, *payouts: Payout) -> list[tuple[str, str, str]]:
    """Id, day and the bank's number of each payout that the file marks."""
    found = asked(content, *payouts)
    assert found.problems == ()
    return [(s.payout.payout_id, str(s.bank.paid_on), s.bank.reference) for s in found.fresh]


def refused(content: str, *payouts: Payout) -> list[tuple[str, str]]:
    """Code and line of every problem, where nothing is marked."""
    found = asked(content, *payouts)
    assert found.fresh == ()
    return [(one.code, dict(one.params)["line"]) for one in found.problems]


RUSSIAN = """Выписка по счёту;;;;
Период: 01.10.2026 - 25.10.2026;;;;
Дата;Номер;Списание;Зачисление;Назначение платежа
15.10.2026;7;;250 000,00;Оплата по договору
16.10.2026;41;1 234,56;;"Вознаграждение партнёра PO_ABCDEFGH
IJKLMNOP, НДС не облагается"
17.10.2026;42;5 000,00;;Вознаграждение po_234567qrstuvwxyz
Итого;;6 234,56;250 000,00;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_russian_statement_is_read_in_every_encoding(encoding: str, separator: str) -> None:
    content = RUSSIAN.replace(";", separator).encode(encoding)

    assert paid(content) == [(IVAN, "2026-10-16", "41"), (MARIA, "2026-10-17", "42")]
    assert (asked(content).rows, asked(content).others) == (4, 2)


def test_an_english_statement_tells_the_ways_by_the_sign() -> None:
    content = (
        "Date,Amount,Currency,Description,Reference\n"
        '2026-10-16,"-1,234.56",RUB,Partner po_abcdefghijklmnop,TX-9\n'
        "2026-10-16,5000.00,RUB,Partner po_234567qrstuvwxyz,TX-10\n"
    )
    found = asked(content)

    assert [(s.payout.payout_id, s.bank.reference) for s in found.fresh] == [(IVAN, "TX-9")]
    assert [(p.code, dict(p.params)["line"]) for p in found.problems] == [("bank_came_back", "3")]


def test_without_headings_cells_are_known_by_their_looks() -> None:
    content = (
        "40802810000000000001;16.10.2026;41;1234,56;RUR;на карту po_abcdefghijklmnop\n"
        "40802810000000000001;17.10.2026;42;100,00;RUR;аренда\n"
    )

    assert paid(content) == [(IVAN, "2026-10-16", "")]


ONE_C = """1CClientBankExchange
ВерсияФормата=1.03
Кодировка=Windows
СекцияДокумент=Платежное поручение
Номер=41
Дата=15.10.2026
Сумма=1234.56
ПлательщикСчет=40802810000000000001
{taken}
НазначениеПлатежа=Вознаграждение партнёра po_abcdef
НазначениеПлатежа1=Вознаграждение партнёра po_abcdefghijklmnop
КонецДокумента
КонецФайла
"""


@pytest.mark.parametrize("encoding", ["cp1251", "utf-8"])
def test_a_file_for_1c_is_read_by_its_keys(encoding: str) -> None:
    content = ONE_C.format(taken="ДатаСписано=16.10.2026").encode(encoding)

    assert paid(content) == [(IVAN, "2026-10-16", "41")]


def test_a_file_for_1c_in_the_alphabet_of_dos_is_read() -> None:
    content = ONE_C.replace("=Windows", "=DOS").format(taken="ДатаСписано=16.10.2026")

    assert paid(content.encode("cp866")) == [(IVAN, "2026-10-16", "41")]


@pytest.mark.parametrize(
    ("taken", "code"),
    [("", "bank_undone"), ("ДатаСписано=", "bank_undone"),
     ("ДатаПоступило=16.10.2026", "bank_came_back")],
)  # fmt: skip
def test_an_order_that_1c_only_made_is_not_paid(taken: str, code: str) -> None:
    assert refused(ONE_C.format(taken=taken)) == [(code, "4")]


HEAD = "Дата;Сумма;Валюта;Назначение\n"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("16.10.2026;1234,55;RUB;po_abcdefghijklmnop", "bank_amount"),
        ("16.10.2026;;RUB;po_abcdefghijklmnop", "bank_amount"),
        ("16.10.2026;много;RUB;po_abcdefghijklmnop", "bank_amount"),
        ("16.10.2026;1234,56;KZT;po_abcdefghijklmnop", "bank_currency"),
        ("16.10.2026;1234,56;398;po_abcdefghijklmnop", "bank_currency"),
        ("31.02.2026;1234,56;RUB;po_abcdefghijklmnop", "bank_date"),
        ("вчера;1234,56;RUB;po_abcdefghijklmnop", "bank_date"),
        ("10/11/2026;1234,56;RUB;po_abcdefghijklmnop", "bank_date"),
        ("13.10.2026;1234,56;RUB;po_abcdefghijklmnop", "bank_day_odd"),
        ("27.10.2026;1234,56;RUB;po_abcdefghijklmnop", "bank_day_odd"),
        ("16.10.2026;1234,56;RUB;po_abcdefghijklmnoq", "bank_unknown_id"),
        ("16.10.2026;6234,56;RUB;po_abcdefghijklmnop, po_234567qrstuvwxyz", "bank_several"),
        ("16.10.2026;1234,56;RUB;Возврат: счёт закрыт, po_abcdefghijklmnop", "bank_came_back"),
    ],
)
def test_a_row_that_differs_is_named_with_its_line_and_marks_nothing(row: str, code: str) -> None:
    assert refused(f"{HEAD}{row}\n") == [(code, "2")]


def test_a_payment_that_the_bank_has_not_carried_out_is_named() -> None:
    content = f"Дата;Сумма;Статус;Назначение\n16.10.2026;1234,56;В обработке;{IVAN}\n"

    assert refused(content) == [("bank_undone", "2")]


def test_two_rows_of_one_payout_are_named_the_second_time() -> None:
    found = asked(f"{HEAD}16.10.2026;1234,56;RUB;{IVAN}\n17.10.2026;1234,56;RUB;{IVAN}\n")

    assert [str(one.bank.paid_on) for one in found.fresh] == ["2026-10-16"]
    assert [(p.code, dict(p.params)["other"]) for p in found.problems] == [("bank_twice", "2")]


@pytest.mark.parametrize(
    ("before", "came_of_it"),
    [
        ({"fate": Fate.PAID}, "known"),
        ({"fate": Fate.PAID, "bank": BankLine(paid_on=date(2026, 10, 16))}, "known"),
        ({"fate": Fate.PAID, "bank": BankLine(paid_on=date(2026, 10, 15))}, "bank_paid_again"),
        ({"fate": Fate.FREED}, "bank_freed"),
        ({"fate": Fate.UNKNOWN}, "fresh"),
    ],
)
def test_what_the_owner_or_a_bank_said_before_is_weighed(
    before: dict[str, Fate | BankLine], came_of_it: str
) -> None:
    fate, bank = before["fate"], before.get("bank")
    assert isinstance(fate, Fate)
    assert bank is None or isinstance(bank, BankLine)
    one = Payout(
        payout_id=IVAN, partner_id="ivan", currency="RUB", minor=123456, lines=("cm_1",),
        proposed_on=date(2026, 10, 15), fate=fate, bank=bank,
    )  # fmt: skip
    found = asked(f"{HEAD}16.10.2026;1234,56;RUB;{IVAN}\n", one)

    said = [*("fresh" for _ in found.fresh), *("known" for _ in found.known)]
    assert said + [problem.code for problem in found.problems] == [came_of_it]


@pytest.mark.parametrize(
    ("typed", "minor", "currency"),
    [
        ("1 234,56", 123456, "RUB"), ("1 234,56 ₽", 123456, "RUB"), ("-1234.56", 123456, "RUB"),
        ("−1 234,56", 123456, "RUB"), ("1'234.56", 123456, "EUR"), ("1.234,56", 123456, "EUR"),
        ("(1,234.56)", 123456, "USD"), ("1234.56-", 123456, "USD"), ("USD 1,234.56", 123456, "USD"),
        ("12,345", 12345, "JPY"), ("12345", 12345, "JPY"), ("1,234", 1234, "KWD"),
        ("1.234 KWD", 1234, "KWD"), ("5000", 500000, "RUB"), ("1,234,567.89", 123456789, "USD"),
    ],
)  # fmt: skip
def test_sums_are_found_however_banks_write_them(typed: str, minor: int, currency: str) -> None:
    content = f"Date;Amount;Description\n2026-10-16;{typed};{IVAN}\n"

    assert paid(content, payout(minor=minor, currency=currency)) == [(IVAN, "2026-10-16", "")]


@pytest.mark.parametrize(
    "typed", ["123,456", "12.3456", "1 234,56,7", "1e5", "١٢٣٤", "1234,560000001", "0x4D2", "5678"]
)
def test_another_sum_is_never_taken_for_the_payouts(typed: str) -> None:
    assert refused(f"Date;Amount;Description\n2026-10-16;{typed};{IVAN}\n") == [
        ("bank_amount", "2")
    ]


@pytest.mark.parametrize(
    "day",
    ["16.10.2026", "16.10.26", "2026-10-16", "2026-10-16T23:59:59Z", "16/10/2026", "10/16/2026",
     "16-10-2026", "20261016", "16 окт 2026", "16 октября 2026 г.", "16 Oct 2026", "Oct 16, 2026",
     "16.10.2026 12:30:05"],
)  # fmt: skip
def test_days_are_read_however_banks_write_them(day: str) -> None:
    content = f'Date;Amount;Description\n"{day}";1234.56;{IVAN}\n'

    assert paid(content) == [(IVAN, "2026-10-16", "")]


def test_a_day_that_may_be_either_is_told_by_its_column() -> None:
    rows = f"Date;Amount;Description\n12/10/2026;5.00;tea\n21/10/2026;6.00;tea\n11/10/2026;1;{IVAN}"

    assert refused(rows, payout(minor=100)) == [("bank_day_odd", "4")]  # October 11, not November


@pytest.mark.parametrize(
    "written",
    ["po_abcdefghijklmnop", "PO_ABCDEFGHIJKLMNOP", "po_abcd efgh ijkl mnop", "p o_abcdefghijklmnop",
     "po_abcdefgh  ijklmnop payment", "№po_abcdefghijklmnop.", "po-abcdefghijklmnop",
     "po abcdefghijklmnop", '=HYPERLINK("po_abcdefghijklmnop")', "po_abcdefghijklmnopНДС"],
)  # fmt: skip
def test_an_id_is_found_however_a_bank_broke_it(written: str) -> None:
    quoted = written.replace('"', '""')
    content = f'Date;Amount;Description\n2026-10-16;1234.56;"{quoted}"\n'

    assert paid(content) == [(IVAN, "2026-10-16", "")]


@pytest.mark.parametrize(
    "written", ["po_abcdefghijklmno", "po_abcdefghijklmnop1", "xpo_abcdefghijklmnop",
                "po_abcdefghijklmno1", "po abcdefghijklmnoz", "repo abcdefghijklmnop"],
)  # fmt: skip
def test_what_is_no_id_is_nobodys(written: str) -> None:
    found = asked(f"Date;Amount;Description\n2026-10-16;1234.56;{written}\n")

    assert (found.fresh, found.problems, found.others) == ((), (), 1)


def test_of_two_sums_each_has_the_currency_beside_it() -> None:
    content = (
        "Finished on,Status,Direction,Source amount,Source currency,Target amount,Target currency,"
        "Reference\n"
        f"2026-10-16 10:00:00,COMPLETED,OUT,13.70,EUR,1234.56,RUB,{IVAN}\n"
        f"2026-10-16 10:00:00,COMPLETED,OUT,5000.00,EUR,456789.00,RUB,{MARIA}\n"
    )
    found = asked(content)

    assert [one.payout.payout_id for one in found.fresh] == [IVAN]
    assert [(p.code, dict(p.params)["shown"]) for p in found.problems] == [
        ("bank_amount", "456789.00")
    ]
