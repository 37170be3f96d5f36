"""Do others add our ledger up to the same sums, to the last coin?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli_book import CliBook
from tests.oracles import beans, hledger_check
from tracker.double_entry import beancount, hledger, partner_account
from tracker.layout import Tab
from tracker.lines import CommissionLine
from tracker.metrics import balances
from tracker.money import as_decimal
from tracker.payout_facts import Fate, Payout
from tracker.programme import Programme

MOSCOW = Programme(program_name='Shop "Tea"', zone=ZoneInfo("Europe/Moscow"))
NUMBERS = count(1)
WRITERS = [beancount, hledger]
Writer = Callable[[Iterable[CommissionLine], Iterable[Payout], Programme], str]


def line(
    at: str, minor: int, currency: str = "RUB", *, of: str = "ivan", role: str = "order",
    about: str = "1", because: str = "10%",
) -> CommissionLine:  # fmt: skip
    return CommissionLine(
        booked_at=datetime.fromisoformat(at).replace(tzinfo=UTC), partner_id=of, kind="",
        currency=currency, source="generic", order_id=about, rate="10%", base=None,
        payable_on=None, because=because, role=role, n=1, before=0, after=minor, fact="jn_1",
        line_id=f"cm_{next(NUMBERS)}",
    )  # fmt: skip


def payout(payout_id: str, fate: Fate, paid_on: date | None = None) -> Payout:
    return Payout(
        payout_id=payout_id, partner_id="ivan", currency="RUB", minor=7000, lines=(), fate=fate,
        proposed_on=date(2026, 11, 15), paid_on=paid_on,
    )  # fmt: skip


def checked(write: Writer, lines: Sequence[CommissionLine]) -> list[str]:
    """What the language's own program finds wrong."""
    text = write(lines, [], MOSCOW)
    return (beans(text) if write is beancount else hledger_check(text))[0]


LEDGER = [
    line("2026-10-20T12:00", 10000, because="Code IVAN01: 10% of 1000.00 RUB"),
    line("2026-10-31T21:30", -3000, because='Refund of "tea"'),  # 00:30 on November 1 in Moscow
    line("2026-11-16T09:00", -7000, role="payout", about="po_1"),
]
WRITTEN = """option "title" "Shop \\"Tea\\""
option "inferred_tolerance_default" "*:0"
option "tolerance_multiplier" "0"
2026-10-20 commodity RUB
  precision: 2
2026-11-16 open Assets:Bank:RUB
2026-11-01 open Expenses:Commission:Clawback
2026-10-20 open Expenses:Commission:Sale
2026-10-20 open Liabilities:Partners:P-ivan
2026-10-20 * "ivan" "sale generic/1" #sale
  line_id: "a"
  order: "generic/1"
  because: "Code IVAN01: 10% of 1000.00 RUB"
  Expenses:Commission:Sale  100.00 RUB
  Liabilities:Partners:P-ivan  -100.00 RUB
2026-11-01 * "ivan" "clawback generic/1" #clawback
  line_id: "b"
  order: "generic/1"
  because: "Refund of \\"tea\\""
  Expenses:Commission:Clawback  -30.00 RUB
  Liabilities:Partners:P-ivan  30.00 RUB
2026-11-16 * "ivan" "payout generic/po_1" #payout
  line_id: "c"
  order: "generic/po_1"
  because: "10%"
  paid_on: 2026-11-15
  Assets:Bank:RUB  -70.00 RUB
  Liabilities:Partners:P-ivan  70.00 RUB
2026-11-01 balance Liabilities:Partners:P-ivan  -100.00 ~ 0 RUB
2026-11-17 balance Liabilities:Partners:P-ivan  0.00 ~ 0 RUB
; open: po_2 ivan 70.00 RUB, proposed 2026-11-15
"""
JOURNAL = """; Shop "Tea"
decimal-mark .
commodity 1000.00 RUB
account Assets:Bank:RUB
account Expenses:Commission:Clawback
account Expenses:Commission:Sale
account Liabilities:Partners:P-ivan
2026-10-20 * (a) ivan | sale generic/1
  ; line_id: a, order: generic/1
  ; because: Code IVAN01： 10% of 1000.00 RUB
  Expenses:Commission:Sale  100.00 RUB
  Liabilities:Partners:P-ivan  -100.00 RUB
2026-10-31 * balances
  Liabilities:Partners:P-ivan  0.00 RUB = -100.00 RUB
2026-11-01 * (b) ivan | clawback generic/1
  ; line_id: b, order: generic/1
  ; because: Refund of "tea"
  Expenses:Commission:Clawback  -30.00 RUB
  Liabilities:Partners:P-ivan  30.00 RUB
2026-11-16 * (c) ivan | payout generic/po_1
  ; line_id: c, order: generic/po_1
  ; because: 10%
  ; paid_on: 2026-11-15
  Assets:Bank:RUB  -70.00 RUB
  Liabilities:Partners:P-ivan  70.00 RUB
2026-11-16 * balances
  Liabilities:Partners:P-ivan  0.00 RUB = 0.00 RUB
; open: po_2 ivan 70.00 RUB, proposed 2026-11-15
"""


@pytest.mark.parametrize(("write", "wanted"), [(beancount, WRITTEN), (hledger, JOURNAL)])
def test_a_ledger_is_written_as_worked_out_by_hand(write: Writer, wanted: str) -> None:
    payouts = [payout("po_2", Fate.OPEN), payout("po_1", Fate.PAID, date(2026, 11, 15))]
    written = write(reversed(LEDGER), payouts, MOSCOW)
    for one, name in zip(LEDGER, "abc", strict=True):
        written = written.replace(one.line_id, name)

    assert written == wanted
    assert (beans(written) if write is beancount else hledger_check(written))[0] == []


@pytest.mark.parametrize("write", WRITERS)
def test_no_line_is_a_legal_ledger_too(write: Writer) -> None:
    assert checked(write, []) == []


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    ("right", "wrong", "times"),
    [
        ("P-ivan  -100.00 RUB", "P-ivan  -100.01 RUB", 1),  # a posting alone
        ("100.00 RUB\n", "100.01 RUB\n", 2),  # both sides: only the balances notice
        ("P-ivan  70.00 RUB", "P-ivan  69.99 RUB", 1),
    ],
)
def test_a_coin_too_much_anywhere_is_found(
    write: Writer, right: str, wrong: str, times: int
) -> None:
    text = write(LEDGER, [], MOSCOW)
    assert text.count(right) >= times
    errors = (beans if write is beancount else hledger_check)(text.replace(right, wrong, times))[0]

    assert errors != []


def test_every_kind_has_an_account_of_its_own() -> None:
    roles = {"order": 5, "bonus": 1, "level": 2, "adjustment": -3, "lead": 4, "payout": -6}
    lines = [line("2026-10-20", minor, role=role) for role, minor in roles.items()]
    lines += [line("2026-10-21", -5), line("2026-10-21", -4, role="lead")]
    lines += [line("2026-10-22", 6, role="payout")]
    errors, sums = beans(beancount(lines, [], MOSCOW))

    assert errors == []
    assert sums == {
        ("Expenses:Commission:Sale", "RUB"): Decimal("0.05"),
        ("Expenses:Commission:Bonus", "RUB"): Decimal("0.01"),
        ("Expenses:Commission:Level", "RUB"): Decimal("0.02"),
        ("Expenses:Commission:Adjustment", "RUB"): Decimal("-0.03"),
        ("Expenses:Commission:Lead", "RUB"): Decimal("0.04"),
        ("Expenses:Commission:Clawback", "RUB"): Decimal("-0.09"),
    }  # the payout came back, and nothing is owed


@pytest.mark.parametrize(
    ("partner_id", "account"),
    [
        ("ivan", "P-ivan"), ("Ivan", "P-Ivan"), ("иван", "P-иван"), ("007", "P-007"),
        ("shop-7", "P-shop-2d-7"), ("shop2d7", "P-shop2d7"), ("a b", "P-a-20-b"), ("", "P-"),
        ("a:b;c", "P-a-3a-b-3b-c"), ("Ёж", "P-Ёж"), ("ñ", "P--f1-"), ("💩", "P--1f4a9-"),
    ],
)  # fmt: skip
def test_a_partner_has_one_legal_account(partner_id: str, account: str) -> None:
    assert partner_account(partner_id) == f"Liabilities:Partners:{account}"


TEXTS = st.text(max_size=20)


@settings(max_examples=60)
@given(ids=st.lists(TEXTS, min_size=1, max_size=8, unique=True), about=TEXTS, because=TEXTS)
def test_whatever_is_typed_is_legal_and_no_two_partners_share_an_account(
    ids: list[str], about: str, because: str
) -> None:
    lines = [line("2026-10-20", 100, of=one, about=about, because=because) for one in ids]

    for errors, sums in (
        beans(beancount(lines, [], MOSCOW)), hledger_check(hledger(lines, [], MOSCOW)),
    ):  # fmt: skip
        assert errors == []
        owed = {account: one for (account, _), one in sums.items() if "Partners" in account}
        assert owed == {partner_account(one): Decimal("-1.00") for one in ids}


HISTORIES = st.lists(
    st.tuples(
        st.integers(0, 800),
        st.sampled_from(["RUB", "JPY", "KWD"]),
        st.sampled_from(["ivan", "мария", "shop-7"]),
        st.sampled_from(["order", "bonus", "adjustment", "lead", "payout"]),
        st.integers(-(10**14), 10**14).filter(bool),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(history=HISTORIES)
def test_our_balances_are_theirs_in_every_currency(
    history: list[tuple[int, str, str, str, int]],
) -> None:
    begin = datetime(2025, 1, 1)  # noqa: DTZ001 - `line` makes it UTC
    lines = [
        line((begin + timedelta(days=days)).isoformat(), minor, currency, of=of, role=role)
        for days, currency, of, role, minor in history
    ]
    ours = {
        (partner_account(one.partner_id), one.currency): as_decimal(-one.balance, one.currency)
        for one in balances(lines, [], date(2027, 3, 1))
        if one.balance
    }

    for errors, sums in (
        beans(beancount(lines, [], MOSCOW)), hledger_check(hledger(lines, [], MOSCOW)),
    ):  # fmt: skip
        assert errors == []
        assert {key: one for key, one in sums.items() if "Partners" in key[0]} == ours
        assert {sum(one for key, one in sums.items() if key[1] == unit) for unit in
                ("RUB", "JPY", "KWD")} == {0}  # fmt: skip


def test_sums_have_their_currencys_decimals() -> None:
    lines = [line("2026-10-20", 5, "JPY"), line("2026-10-20", 5, "KWD")]
    text, journal = beancount(lines, [], MOSCOW), hledger(lines, [], MOSCOW)

    assert "Expenses:Commission:Sale  5 JPY\n" in text
    assert "Expenses:Commission:Sale  0.005 KWD\n" in text
    assert "commodity JPY\n  precision: 0\n" in text
    assert "commodity 1000. JPY\n" in journal
    assert "commodity 1000.000 KWD\n" in journal


def test_a_book_is_exported_as_double_entry(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.deliver("2", codes=["MARIA01"], currency="JPY")
    book.type(Tab.ADJUSTMENTS, {"adjustment_id": "a1", "partner_id": "ivan", "amount": -5})
    book.sync()
    said = book.run("export", "--format", "beancount", "-")
    written = book.run("export", "--format", "hledger", "book.journal")
    errors, sums = beans(said.out)

    assert (said.code, said.err, written.code, errors) == (0, "", 0, [])
    assert sums == hledger_check((tmp_path / "book.journal").read_text("utf-8"))[1]
    assert sums["Liabilities:Partners:P-ivan", "RUB"] == Decimal("-95.00")
    assert sums["Liabilities:Partners:P-maria", "JPY"] == Decimal(-150)
