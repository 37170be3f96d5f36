"""Can anything typed into a cell become a formula, a key, a line or a tag of a file?"""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from tests.bank.payees import OWNER_IN_EUROPE, PARTNERS, chosen, named, payout, written
from tracker.bank.words import one_line, purpose
from tracker.money import decimal_text
from tracker.payout_facts import Payout
from tracker.programme import Partner, Programme

RUSSIAN = "р/с 40817810700000000001 БИК 040000746"
HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "\t=1+1",
    " =1+1",
    "Иван\r\nСумма=9999999.00\r\nПолучательСчет=1",
    "Иван\u2028КонецДокумента\u0085КонецФайла",
    "Иван\x00Петров",
    'Иван "Ваня"; Петров, "',
    "<Nm>&amp;]]>",
    "Иван\u202eвонавИ",
    "Я" * 300,
]


def columns(content: bytes, encoding: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))


def documents(content: bytes) -> list[dict[str, str]]:
    """Read 1C's file as a bank does: lines, keys, sections; no key twice in a section."""
    head, *found = content.decode("cp1251").split("СекцияДокумент=Платежное поручение\r\n")
    assert head.startswith("1CClientBankExchange\r\nВерсияФормата=1.03\r\n")
    made = []
    for section in found:
        body, _, rest = section.partition("\r\nКонецДокумента\r\n")
        assert rest in {"", "КонецФайла\r\n"}
        pairs = [line.partition("=")[::2] for line in body.split("\r\n")]
        assert len(dict(pairs)) == len(pairs)
        made.append(dict(pairs))
    return made


def runs(cell: str) -> bool:
    """Whether a spreadsheet would take the cell for a formula."""
    return (
        cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        and not cell[1:].isdigit()
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_one_cell_of_the_registry_and_one_value_of_1c(name: str) -> None:
    partners, one = named(name, RUSSIAN), (payout("a", "ivan", 100, "RUB"),)
    if not chosen("1c", one, partners).transfers:
        assert len(name) == 300 or "＝" in name
        return
    (document,) = documents(written("1c", one, partners=partners))
    if chosen("registry", one, partners).transfers:
        table = columns(written("registry", one, partners=partners), "cp1251", ";")
        assert [len(row) for row in table] == [8, 8, 8]
        assert not any(runs(cell) for row in table for cell in row)
        assert table[1][1] == one_line(name)
    else:
        assert runs(one_line(name))

    assert document["Получатель"] == one_line(name)
    assert (document["Сумма"], document["ПолучательСчет"]) == ("1.00", "40817810700000000001")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_one_cell_of_wise_and_one_text_of_sepa(name: str) -> None:
    partners, one = (
        named(f"{name} Ivan", "DE11123456780000000012"),
        (payout("a", "ivan", 100, "EUR"),),
    )
    if chosen("wise", one, partners).transfers:
        table = columns(written("wise", one, partners=partners), "utf-8", ",")
        assert [len(row) for row in table] == [9, 9]
        assert not any(runs(cell) for cell in table[1])
    if chosen("sepa", one, partners).transfers:
        root = ET.fromstring(written("sepa", one, partners=partners, owner=OWNER_IN_EUROPE))
        assert sum(element.tag.endswith("}CdtTrfTxInf") for element in root.iter()) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_the_csv_runs_whatever_is_typed_anywhere(text: str) -> None:
    partner = Partner(
        partner_id=text, name=text, payout_method=text, payout_details=text, tax_id=text
    )
    one = payout("a", text, 100, "RUB")
    heading, row = columns(written("csv", (one,), partners={text: partner}), "utf-8-sig", ",")

    assert len(row) == len(heading) == 10
    assert not any(runs(cell) for cell in row)
    assert row[4] == "1.00"


@pytest.mark.parametrize("words", HOSTILE)
def test_the_purpose_is_one_line_that_ends_with_the_payout_s_id(words: str) -> None:
    made = purpose(words, "po_aaaaaaaaaaaaaaaa", 140)

    assert made.endswith(" po_aaaaaaaaaaaaaaaa")
    assert len(made) <= 140
    assert made.isprintable()


def test_a_note_of_paypal_does_not_run_either() -> None:
    owner = Programme(payment_purpose="=1+1")
    ((_, _, _, _, note, wallet),) = columns(
        written("paypal", (payout("f", "yuki", 700, "JPY"),), owner=owner), "utf-8", ","
    )

    assert (note, wallet) == ("'=1+1 po_ffffffffffffffff", "PAYPAL")


@pytest.mark.parametrize(
    ("unit", "minor", "amount"),
    [
        ("RUB", 1, "0.01"),
        ("RUB", 150050, "1500.50"),
        ("JPY", 7, "7"),
        ("KWD", 1, "0.001"),
        ("KWD", 1234567, "1234.567"),
        ("EUR", 999999999999999, "9999999999999.99"),
    ],
)
def test_a_sum_has_exactly_the_decimals_of_its_currency(unit: str, minor: int, amount: str) -> None:
    one = (payout("d", "anna", minor, unit),)

    assert columns(written("csv", one), "utf-8-sig", ",")[1][4] == amount
    assert columns(written("wise-email", one), "utf-8", ",")[1][5] == amount


MANY = tuple(payout(sign, "ivan", 10**at + at, "RUB") for at, sign in enumerate("abcdefg"))
MANY_EUROS = tuple(payout(sign, "anna", 10**at + at, "EUR") for at, sign in enumerate("abcdefg"))


def total(payouts: tuple[Payout, ...]) -> Decimal:
    return Decimal(decimal_text(sum(one.minor for one in payouts), payouts[0].currency))


def test_the_totals_of_a_registry_are_the_sum_of_its_rows() -> None:
    _, *rows, last = columns(written("registry", MANY), "cp1251", ";")
    sums = [Decimal(row[6].replace(",", ".")) for row in rows]

    assert (last[0], last[1], last[6]) == ("Итого", "7", "11111,32")
    assert sum(sums) == Decimal("11111.32") == total(MANY)


def test_the_orders_of_1c_add_up_to_what_is_paid_and_no_number_stands_twice() -> None:
    found = documents(written("1c", MANY))

    assert sum(Decimal(one["Сумма"]) for one in found) == total(MANY)
    assert len({one["Номер"] for one in found}) == len(MANY)
    assert all(one["НазначениеПлатежа"].count("po_") == 1 for one in found)


def test_the_control_sum_of_sepa_is_the_sum_of_its_transfers() -> None:
    root = ET.fromstring(written("sepa", MANY_EUROS, owner=OWNER_IN_EUROPE))
    texts = {name: [e.text for e in root.iter() if e.tag.endswith(f"}}{name}")] for name in (
        "CtrlSum", "NbOfTxs", "InstdAmt")}  # fmt: skip

    assert texts["CtrlSum"] == ["11111.32", "11111.32"]
    assert texts["NbOfTxs"] == ["7", "7"]
    assert sum(Decimal(one or "0") for one in texts["InstdAmt"]) == Decimal("11111.32")


def test_sepa_files_hold_to_their_schema_when_read_by_the_validator_itself() -> None:
    from sepaxml.validation import ValidationError, try_valid_xml

    good = written("sepa", MANY_EUROS, owner=OWNER_IN_EUROPE)

    try_valid_xml(good, "pain.001.001.09")
    with pytest.raises(ValidationError):
        try_valid_xml(good.replace(b"<PmtMtd>TRF", b"<PmtMtd>CASH"), "pain.001.001.09")


def test_a_name_in_another_script_is_never_rewritten_for_a_bank() -> None:
    one = (payout("a", "ivan", 100, "EUR"),)
    found = chosen("sepa", one, named("Иван", "DE11123456780000000012"))

    assert found.transfers == ()
    assert dict(found.problems[0].params)["sign"] == "И"
    assert PARTNERS["anna"].name == "Anna Müller"
