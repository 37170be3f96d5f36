"""Is every file for the bank, byte by byte, the one that was worked out by hand?"""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from tests.bank.payees import (
    BY_PHONE,
    EUROPEANS,
    GOLDEN,
    ONLINE,
    OWNER,
    OWNER_IN_EUROPE,
    RUSSIANS,
    written,
)
from tracker.payout_facts import Payout
from tracker.programme import Programme

CASES = {
    "registry.csv": ("registry", RUSSIANS, OWNER),
    "sbp.csv": ("sbp", BY_PHONE, OWNER),
    "1c.txt": ("1c", RUSSIANS, OWNER),
    "sepa.xml": ("sepa", EUROPEANS, OWNER_IN_EUROPE),
    "paypal.csv": ("paypal", ONLINE, OWNER),
    "wise.csv": ("wise", EUROPEANS, OWNER),
    "wise-email.csv": ("wise-email", EUROPEANS, OWNER),
    "csv.csv": ("csv", (RUSSIANS[0], ONLINE[0]), OWNER),
}


@pytest.mark.parametrize(("name", "case"), CASES.items(), ids=CASES)
def test_a_file_is_the_one_worked_out_by_hand(
    name: str, case: tuple[str, tuple[Payout, ...], Programme]
) -> None:
    form, payouts, owner = case

    assert written(form, payouts, owner=owner) == (GOLDEN / name).read_bytes()


@pytest.mark.parametrize("case", [*CASES.values(), ("xlsx", RUSSIANS, OWNER)], ids=lambda c: c[0])
def test_the_same_payouts_give_the_same_bytes_whenever_they_are_exported(
    case: tuple[str, tuple[Payout, ...], Programme],
) -> None:
    form, payouts, owner = case
    made = []
    for day in ("2026-11-16T09:00:00Z", "2027-03-02T23:59:58Z"):
        with time_machine.travel(day):
            made.append(written(form, payouts, owner=owner))

    assert made[0] == made[1]


def test_the_day_of_the_hand_over_dates_1c_s_orders_and_sepa_s_and_no_number_changes() -> None:
    spring = date(2027, 3, 2)
    orders = written("1c", RUSSIANS, day=spring).decode("cp1251")
    sepa = written("sepa", EUROPEANS, owner=OWNER_IN_EUROPE, day=spring).decode()

    assert (orders.count("Дата=02.03.2027\r\n"), orders.count("2026")) == (2, 0)
    assert "ДатаСоздания=02.03.2027\r\nВремяСоздания=00:00:00\r\nДатаНачала=02.03.2027" in orders
    assert sepa.replace("2027-03-02", "2026-11-16").encode() == (GOLDEN / "sepa.xml").read_bytes()
    numbers = (GOLDEN / "1c.txt").read_bytes().decode("cp1251").split("Номер=")
    assert [part[:6] for part in orders.split("Номер=")[1:]] == [part[:6] for part in numbers[1:]]
