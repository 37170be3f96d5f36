"""For how long does the first registration of a customer hold, and against whom?"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.lead_protection import protected, registered_before
from tracker.programme import Lead, Programme

MOSCOW = ZoneInfo("Europe/Moscow")
PROGRAMME = Programme(zone=MOSCOW)


def lead(name: str, partner: str, at: str, *keys: str, status: str = "new") -> Lead:
    moment = datetime.fromisoformat(at).replace(tzinfo=MOSCOW)
    return Lead(
        lead_id=name, partner_id=partner, minor=0, currency="RUB", is_deal=status == "deal",
        status=status, received_at=moment, customer=frozenset(keys),
    )  # fmt: skip


def held(*leads: Lead, days: int = 30) -> dict[str, str]:
    """Which lead holds against which."""
    found = protected(leads, lambda _lead: days, PROGRAMME)
    return {name: holder.lead_id for name, holder in found.items()}


FIRST = lead("a", "ivan", "2026-10-01 23:59", "p:1")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-10-01 23:59", {"b": "a"}),
        ("2026-10-31 23:59", {"b": "a"}),  # the 30th day after, its last minute
        ("2026-11-01 00:00", {}),
        ("2026-10-01 23:58", {"a": "b"}),
    ],
)
def test_the_first_registration_holds_until_the_end_of_its_last_day(
    at: str, expected: dict[str, str]
) -> None:
    assert held(FIRST, lead("b", "maria", at, "p:1")) == expected


def test_without_days_nothing_holds() -> None:
    assert held(FIRST, lead("b", "maria", "2026-10-02 10:00", "p:1"), days=0) == {}


def test_any_agreeing_key_is_the_same_customer() -> None:
    assert held(FIRST, lead("b", "maria", "2026-10-02 10:00", "p:1", "e:1")) == {"b": "a"}
    assert held(FIRST, lead("b", "maria", "2026-10-02 10:00", "p:2", "e:1")) == {}


def test_what_a_later_lead_adds_to_the_customer_belongs_to_the_first() -> None:
    second = lead("b", "maria", "2026-10-02 10:00", "p:1", "e:1")
    third = lead("c", "oleg", "2026-10-03 10:00", "e:1")

    assert held(FIRST, second, third) == {"b": "a", "c": "a"}


@pytest.mark.parametrize("status", ["refused", "duplicate", "expired"])
def test_a_lead_that_came_to_nothing_does_not_hold(status: str) -> None:
    gone = lead("a", "ivan", "2026-10-01 10:00", "p:1", status=status)

    assert held(gone, lead("b", "maria", "2026-10-02 10:00", "p:1")) == {}


@pytest.mark.parametrize("status", ["new", "in_work", "deal"])
def test_a_lead_that_is_alive_holds(status: str) -> None:
    alive = lead("a", "ivan", "2026-10-01 10:00", "p:1", status=status)

    assert held(alive, lead("b", "maria", "2026-10-02 10:00", "p:1")) == {"b": "a"}


def test_a_lead_of_nobody_and_one_without_contact_hold_nothing() -> None:
    nobody, blank = lead("a", "", "2026-10-01 10:00", "p:1"), lead("b", "ivan", "2026-10-01 10:00")

    assert held(nobody, blank, lead("c", "maria", "2026-10-02 10:00", "p:1")) == {}


def test_a_second_lead_of_one_partner_does_not_make_the_first_hold_longer() -> None:
    again = lead("b", "ivan", "2026-10-20 10:00", "p:1")
    later = lead("c", "maria", "2026-11-05 10:00", "p:1")

    assert held(FIRST, again, later) == {"b": "a"}


def test_the_answer_does_not_depend_on_the_order_of_the_rows() -> None:
    rows = [
        FIRST,
        lead("b", "maria", "2026-10-02 10:00", "p:1"),
        lead("c", "oleg", "2026-12-01 10:00", "p:1"),
    ]

    assert held(*rows) == held(*rows[::-1]) == {"b": "a"}


def test_a_new_lead_is_asked_of_before_it_is_written() -> None:
    new = lead("", "maria", "2026-10-02 10:00", "p:1")
    found = registered_before(new, [FIRST], lambda _lead: 30, PROGRAMME)

    assert found == FIRST
    assert registered_before(new, [FIRST], lambda _lead: 0, PROGRAMME) is None


def test_what_stands_in_the_book_came_before_a_new_lead_though_its_clock_ran_ahead() -> None:
    ahead = lead("a", "ivan", "2026-10-02 10:05", "p:1", "e:1")
    new = lead("", "maria", "2026-10-02 10:00", "p:1", "e:1")
    days = {"a": 30}

    assert registered_before(new, [ahead], lambda one: days[one.lead_id], PROGRAMME) == ahead
