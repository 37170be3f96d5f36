"""Do two years add up, to the coin and by another program's arithmetic, whatever happened?"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.oracles import Sums, beans, hledger_check
from tests.two_years import MONTHS, Life, lived
from tracker.double_entry import beancount, hledger, partner_account
from tracker.metrics import balances
from tracker.money import as_decimal
from tracker.programme import Programme
from tracker.statements import Account

SEEDS = range(50)


def told(life: Life) -> dict[tuple[str, str], list[Account]]:
    """The accounts of all statements, oldest first, by partner and currency."""
    found: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for said in life.statements:
        for account in said.accounts:
            found[said.partner_id, account.currency].append(account)
    return found


def ours(life: Life) -> Sums:
    """What every partner is owed, by account, as a debt of the programme; zeros left out."""
    books = life.made.books
    return {
        (partner_account(one.partner_id), one.currency): as_decimal(-one.balance, one.currency)
        for one in balances(books.lines, books.payouts(), date(2026, 11, 10))
        if one.balance
    }


def partners_of(sums: Sums) -> Sums:
    return {key: one for key, one in sums.items() if key[0].startswith("Liabilities:Partners:")}


@pytest.mark.parametrize("seed", SEEDS)
def test_two_years_add_up_and_another_program_agrees(seed: int) -> None:
    life = lived(seed)
    lines, payouts = life.made.books.lines, life.made.books.payouts()
    counted: Counter[str] = Counter()
    for accounts in told(life).values():
        assert accounts[0].opening == 0
        assert all(one.closing == two.opening for one, two in pairwise(accounts))
        for one in accounts:
            booked = (*one.lines, *one.payouts)
            assert one.opening + sum(line.minor for line in booked) == one.closing
            counted.update(line.line_id for line in booked)

    # Every line stands in one statement; all but those that were booked after the last month.
    end = life.statements[-1].as_of
    before = {one.line_id for one in lines if life.programme.local_date(one.booked_at) < end}
    assert counted == Counter(before)
    errors, sums = beans(beancount(lines, payouts, life.programme))
    assert errors == []
    assert partners_of(sums) == ours(life)
    for unit in ("RUB", "JPY", "KWD"):
        assert sum(one for (_, currency), one in sums.items() if currency == unit) == 0


@pytest.mark.parametrize("seed", [3, 33])
def test_hledgers_arithmetic_agrees_too(seed: int) -> None:
    life = lived(seed)
    books = life.made.books
    errors, sums = hledger_check(hledger(books.lines, books.payouts(), life.programme))

    assert (errors, partners_of(sums)) == ([], ours(life))


def test_the_lots_bring_every_kind_of_trouble() -> None:
    lives = [lived(seed) for seed in range(3)]
    lines = [line for life in lives for line in life.made.books.lines]
    kinds = Counter(line.kind for line in lines)
    fates = Counter(one.fate.value for life in lives for one in life.made.books.payouts())
    months = [len({one.month for one in life.statements}) for life in lives]

    assert kinds.keys() == {"sale", "clawback", "adjustment", "lead", "payout", "payout_return"}
    assert fates.keys() >= {"paid", "freed"}
    assert {line.currency for line in lines} == {"RUB", "JPY", "KWD"}
    assert months == [MONTHS] * 3
    assert any(one.opening < 0 for life in lives for said in life.statements
               for one in said.accounts)  # fmt: skip


def test_three_months_written_out() -> None:
    life = Life(Programme(zone=ZoneInfo("Europe/Moscow"), min_payout={}))
    life.deliver("A", at("10-05"), 100000)  # 1000.00 at 10%: 100.00
    life.deliver("B", at("10-05"), 10000, currency="JPY")
    life.sync(at("10-05"))
    life.sync(at("11-01T00:10"))
    life.seal("2026-10", at("11-01T00:10"))
    life.deliver("A", at("11-01T00:30"), 100000, refunded=30000)  # still October in UTC
    life.sync(at("11-01T00:30"))
    life.propose(at("11-15"))
    for payout_id in life.cells:
        life.mark(payout_id, date(2026, 11, 16))
    life.sync(at("11-16"))
    life.sync(at("12-01"))
    life.seal("2026-11", at("12-01"))
    life.deliver("A", at("12-02"), 100000, refunded=100000)
    life.deliver("C", at("12-03"), 50000, ordered_at=at("11-20"))  # arrives late
    yen = next(one for one in life.made.books.payouts() if one.currency == "JPY")
    life.mark(yen.payout_id, date(2026, 11, 16), "returned")
    life.sync(at("12-03"))
    life.seal("2026-12", at("12-03").replace(year=2027, month=1))

    accounts = told(life)
    assert figures(accounts["ivan", "RUB"]) == [
        (0, [10000], [], 10000),
        (10000, [-3000], [-7000], 0),
        (0, [-7000, 5000], [], -2000),
    ]
    assert figures(accounts["ivan", "JPY"]) == [
        (0, [1000], [], 1000),
        (1000, [], [-1000], 0),
        (0, [], [1000], 1000),
    ]
    books = life.made.books
    errors, sums = beans(beancount(books.lines, books.payouts(), life.programme))
    assert errors == []
    assert {key: str(one) for key, one in sums.items()} == {
        ("Liabilities:Partners:P-ivan", "RUB"): "20.00",
        ("Liabilities:Partners:P-ivan", "JPY"): "-1000",
        ("Expenses:Commission:Sale", "RUB"): "150.00",
        ("Expenses:Commission:Sale", "JPY"): "1000",
        ("Expenses:Commission:Clawback", "RUB"): "-100.00",
        ("Assets:Bank:RUB", "RUB"): "-70.00",
    }


def at(text: str) -> datetime:
    """A time of 2026 in Moscow; noon without one."""
    return datetime.fromisoformat(f"2026-{text}{'' if 'T' in text else 'T12:00'}:00+03:00")


def figures(accounts: list[Account]) -> list[tuple[int, list[int], list[int], int]]:
    """Opening, lines, payouts and closing of each month."""
    return [
        (one.opening, [x.minor for x in one.lines], [x.minor for x in one.payouts], one.closing)
        for one in accounts
    ]
