"""Does a year come out right, however badly the program was woken?

Orders arrive all year, kept by the receiver, while wakes come late, twice, overlapping, killed or
not at all for weeks, with a clock that jumps and a mail server that is away. Real runs, a real mail
server on loopback, and a clock that is moved by hand.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.clockwork import Clockwork
from tests.jobs.post import receivers
from tests.test_smtp import Running, mail_server
from tracker.cells import shown
from tracker.due import check_day
from tracker.layout import Tab
from tracker.programme import Programme
from tracker.waking import Waking

MOSCOW = ZoneInfo("Europe/Moscow")
BEGIN = datetime(2026, 1, 5, 12, tzinfo=UTC)
END = datetime(2027, 1, 5, 12, tzinfo=UTC)
SEEDS = range(18)
JUMPS_UNTIL = datetime(2026, 10, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with mail_server() as running:
        yield running


@dataclass(frozen=True)
class Arrival:
    """One delivery of the year."""

    at: datetime
    order_id: str
    code: str
    total: int
    refunded: int = 0


def arrivals() -> list[Arrival]:
    """The year's 24 orders and 8 refunds, the same for every way of being woken."""
    lots = random.Random(2026)
    found = []
    for number in range(24):
        at = BEGIN + timedelta(days=number * 15, minutes=lots.randrange(15 * 24 * 60))
        total = lots.randrange(100, 90000)
        order = Arrival(at, str(number), lots.choice(["IVAN01", "MARIA01"]), total)
        found.append(order)
        if number % 3 == 0:
            back = at + timedelta(days=lots.randrange(1, 60))
            found.append(replace(order, at=back, refunded=lots.randrange(1, total + 1)))
    return sorted((one for one in found if one.at < END), key=lambda one: one.at)


@dataclass
class Year:
    """A world on its way through the year; `landed` is how many deliveries have arrived."""

    world: Clockwork
    lots: random.Random
    real: datetime = BEGIN
    landed: int = 0
    refused: list[str] = field(default_factory=list)

    def arrive(self) -> None:
        """Land what the shop sent up to now: the receiver lives also while nothing is woken."""
        due = [one for one in ARRIVALS[self.landed :] if one.at <= self.real]
        for one in due:
            self.world.land(
                {
                    "order_id": one.order_id, "codes": [one.code], "currency": "RUB",
                    "ordered_at": _of(one.order_id).at.isoformat(), "total": str(one.total),
                    "refunded": str(one.refunded), "updated_at": one.at.isoformat(),
                },
                received_at=one.at,
            )  # fmt: skip
        self.landed += len(due)

    def wake(self, real: datetime) -> None:
        """Wake once in order, with the right clock."""
        self.real = self.world.now = real
        self.arrive()
        self._checked()
        self.world.wake()

    def _checked(self) -> None:
        """Note the day's check as made: it decides nothing here, and takes half of a year's time."""
        today = check_day(Programme(zone=MOSCOW), self.real)
        self.world.place.diary.note(checked_on=today.isoformat())

    def wake_badly(self) -> None:
        """Wake in one of the ways that go wrong."""
        self.arrive()
        self.world.now = self.real
        self._checked()
        way = self.lots.choice(["well", "well", "twice", "killed", "overlapped", "away", "jumped"])
        if way == "killed":
            self._killed()
        elif way == "overlapped":
            self._overlapped()
        elif way == "away":
            self._away()
        elif way == "jumped" and self.real < JUMPS_UNTIL:
            self._jumped()
        else:
            self.world.wake()
            if way == "twice":
                self.world.wake()

    def _killed(self) -> None:
        def killed(_seconds: float) -> None:
            raise KeyboardInterrupt

        place = self.world.place
        try:
            with self.world.store.writing(1):
                Waking(place, lambda _: None, sleep=killed).run()
        except KeyboardInterrupt:
            place.outbox.settle()  # as the next run would

    def _overlapped(self) -> None:
        def second(_seconds: float) -> None:
            with self.world.again().store.writing(0) as mine:
                assert not mine

        with self.world.store.writing(1):
            Waking(self.world.place, lambda _: None, sleep=second).run()

    def _away(self) -> None:
        home = self.world.place
        self.world.place = replace(home, smtp_url="smtp://127.0.0.1:1")
        self.world.wake()
        self.world.place = home

    def _jumped(self) -> None:
        """A clock that is wrong for one wake: by what a sync bears, or by more."""
        days = self.lots.choice([-400, -3, 0.9, 20, 1000])
        self.world.now = self.real + timedelta(days=days)
        before = self.world.store.book.generation
        self.world.told.clear()
        self.world.wake()
        assert self.world.stops() or abs(days) < 400
        if self.world.stops():
            assert self.world.store.book.generation == before
            self.refused += [code for _, code in self.world.stops()]


ARRIVALS = arrivals()


def _of(order_id: str) -> Arrival:
    return next(one for one in ARRIVALS if one.order_id == order_id)


def begun(server: Running, seed: int) -> Year:
    """A programme on its first day; nobody is paid less for a minimum."""
    server.mailbox.letters.clear()
    world = Clockwork(BEGIN, port=server.port, min_payout="0")
    year = Year(world, random.Random(seed))
    year.wake(BEGIN)
    return year


def ended(year: Year) -> Clockwork:
    """After the year two more payout days pass in peace."""
    for at in (END, END.replace(month=2, day=3), END.replace(month=2, day=20),
               END.replace(month=2, day=22), END.replace(month=3, day=20)):  # fmt: skip
        year.wake(at)
    assert year.landed == len(ARRIVALS)
    return year.world


def lived_badly(server: Running, seed: int) -> Year:
    """A year of wakes at bad moments, and outages of up to 40 days."""
    year = begun(server, seed)
    while year.real < END - timedelta(days=45):
        asleep = year.lots.random() < 0.25
        gap = timedelta(days=year.lots.uniform(1, 40)) if asleep else (
            timedelta(hours=year.lots.choice([0.1, 5, 72, 120, 240])))  # fmt: skip
        year.real += gap
        year.wake_badly()
    return year


def amounts(world: Clockwork, partner: str) -> tuple[Decimal, Decimal]:
    """What a partner earned by the ledger, and what was proposed to be paid."""
    earned, proposed = (
        sum(
            (Decimal(shown(row["amount"])) for row in world.rows(tab)
             if row["partner_id"] == partner),
            Decimal(0),
        )
        for tab in (Tab.COMMISSIONS, Tab.PAYOUTS)
    )  # fmt: skip
    return earned, proposed


@pytest.fixture(scope="module")
def daily(server: Running) -> dict[str, Decimal]:
    """What each partner earns when the program is woken an hour after every delivery."""
    year = begun(server, 0)
    for one in ARRIVALS:
        year.wake(one.at + timedelta(hours=1))
    world = ended(year)
    return {who: amounts(world, who)[0] for who in ("ivan", "maria")}


MONTHS = [*(f"2026-{month:02}" for month in range(1, 13)), "2027-01", "2027-02"]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_comes_out_right_however_badly_it_was_woken(
    server: Running, seed: int, daily: dict[str, Decimal]
) -> None:
    world = ended(lived_badly(server, seed))

    for who in ("ivan", "maria"):
        statements = world.statements(who)
        # Who slept through the first month has it in the second statement; then none is left out.
        assert [month for month, _, _ in statements] in (MONTHS, MONTHS[1:])
        assert all(one[2] == two[1] for one, two in pairwise(statements))
        assert statements[0][1] == "0"
        assert Decimal(statements[-1][2]) == daily[who]
        assert amounts(world, who) == (daily[who], daily[who])
        days = [day for day, _ in world.payouts(who)]
        assert days == sorted(set(days))
        assert all(day.endswith("-15") for day in days)
    assert letters(server) == sealed_letters(world)


def letters(server: Running) -> list[str]:
    """The Message-ID of every letter that arrived."""
    found = [re.search(rb"Message-ID: (<.*>)", one.original_content or b"")
             for one in server.mailbox.letters]  # fmt: skip
    return sorted(one[1].decode() for one in found if one)


def sealed_letters(world: Clockwork) -> list[str]:
    """The Message-ID of every statement that the book says was sent."""
    rows = world.rows(Tab.STATEMENTS)
    assert {shown(row["state"]) for row in rows} == {"claimed", "sent"}
    return sorted(shown(row["message_id"]) for row in rows if row["state"] == "sent")


def test_a_year_written_out(server: Running) -> None:
    server.mailbox.letters.clear()
    world = Clockwork(BEGIN, port=server.port)
    world.wake()
    for at, order_id, total in [
        ("2026-01-20T10:00:00+00:00", "1", "30000"),  # 3000.00, payable on February 3
        ("2026-02-10T10:00:00+00:00", "2", "5000"),  # 500.00: below the minimum of 1000.00
        ("2026-02-15T07:00:00+00:00", "", ""),  # 10:00 in Moscow
        ("2026-03-28T10:00:00+00:00", "3", "8000"),  # 800.00, payable on April 11
        ("2026-04-20T10:00:00+00:00", "4", "40000"),  # nobody is awake until July 16
        ("2026-06-30T10:00:00+00:00", "5", "10000"),
    ]:
        world.now = datetime.fromisoformat(at)
        if order_id:
            world.deliver(order_id, total=total, ordered_at=at)
        if order_id < "4":
            world.wake()
            world.wake()
    for at in (
        "2026-07-16T09:00:00+03:00",  # wakes again: April to June, and July's payout day
        "2026-08-01T08:59:00+03:00",
        "2026-08-01T09:00:00+03:00",
        "2026-08-15T09:59:00+03:00",
        "2026-08-15T10:00:00+03:00",
        "2026-08-15T10:05:00+03:00",
        "2027-01-03T12:00:00+03:00",  # asleep once more
    ):
        world.wake(at)

    assert world.statements() == [
        ("2026-01", "0", "3000"),
        ("2026-02", "3000", "3500"),
        ("2026-03", "3500", "4300"),
        ("2026-04", "4300", "4300"),
        ("2026-05", "4300", "4300"),
        ("2026-06", "4300", "4300"),
        ("2026-07", "4300", "9300"),
        *((f"2026-{month:02}", "9300", "9300") for month in range(8, 13)),
    ]
    assert world.payouts() == [
        ("2026-02-15", "3000"),
        ("2026-07-15", "1300"),
        ("2026-08-15", "5000"),
    ]
    assert receivers(server.mailbox.letters) == ["ivan@example.com", "maria@example.com"] * 12
    assert world.balance() == "9300.00"
