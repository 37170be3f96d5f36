"""Does a wake do what is due, once, however late it comes and whatever fails beside it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.clockwork import Clockwork
from tests.google.world import GoogleWorld
from tests.jobs.post import receivers
from tests.test_smtp import Running
from tracker.diary import Diary
from tracker.due import Task
from tracker.layout import Tab
from tracker.waking import Waking

IVAN, MARIA = "ivan@example.com", "maria@example.com"


def begun(server: Running, **settings: str) -> Clockwork:
    """A programme woken on October 20 with one order: 2000.00 for ivan, payable on November 2."""
    world = Clockwork(port=server.port)
    for key, value in settings.items():
        world.edit(Tab.SETTINGS, key, "value", value)
    world.deliver("1", total="20000")
    world.wake()
    world.told.clear()
    return world


# In its time.


def test_the_first_wake_syncs_and_checks_and_the_next_only_syncs(server: Running) -> None:
    world = Clockwork(port=server.port)
    world.deliver("1")

    assert (world.wake(), world.tasks()) == (True, [Task.CHECK])
    assert world.balance() == "100.00"
    world.move(minutes=5)
    assert (world.wake(), world.tasks()) == (True, [])


def test_statements_leave_at_their_time_and_not_before(server: Running) -> None:
    world = begun(server)

    world.wake("2026-11-01T08:59:00+03:00")
    early = receivers(server.mailbox.letters)
    world.wake("2026-11-01T09:00:00+03:00")
    world.wake("2026-11-01T09:05:00+03:00")

    assert (early, receivers(server.mailbox.letters)) == ([], [IVAN, MARIA])
    assert world.statements() == [("2026-10", "0", "2000")]


def test_payouts_are_proposed_on_their_day_and_once(server: Running) -> None:
    world = begun(server)

    for at in ("2026-11-15T09:59:00+03:00", "2026-11-15T10:00:00+03:00",
               "2026-11-15T10:05:00+03:00", "2026-12-10T12:00:00+03:00"):  # fmt: skip
        world.wake(at)

    assert world.payouts() == [("2026-11-15", "2000")]


def test_a_payout_three_weeks_late_is_that_of_its_day(server: Running) -> None:
    world = begun(server)
    world.deliver("2", total="10000", ordered_at="2026-10-20T11:00:00Z")
    world.wake("2026-10-30T12:00:00+03:00")
    # Booked in October, payable on November 3 and 13; this one is payable on the 14th and later.
    world.deliver("3", total="50000", ordered_at="2026-11-02T11:00:00Z")
    world.wake("2026-11-03T12:00:00+03:00")

    world.wake("2026-12-06T12:00:00+03:00")

    assert world.payouts() == [("2026-11-15", "3000")]


def test_a_partner_whose_ledger_was_mended_is_proposed_then_and_nobody_twice(
    server: Running,
) -> None:
    world = begun(server)
    world.deliver("2", total="20000", codes=["MARIA01"])
    world.wake("2026-10-30T12:00:00+03:00")
    row = next(r for r in world.rows(Tab.COMMISSIONS) if r["partner_id"] == "maria")
    world.edit(Tab.COMMISSIONS, str(row["line_id"]), "amount", "9000")
    world.wake("2026-11-15T10:00:00+03:00")
    assert (world.payouts("ivan"), world.payouts("maria")) == ([("2026-11-15", "2000")], [])

    world.edit(Tab.COMMISSIONS, str(row["line_id"]), "amount", "3000")
    world.wake("2026-11-20T10:00:00+03:00")

    assert world.payouts("maria") == [("2026-11-15", "3000")]
    assert world.payouts("ivan") == [("2026-11-15", "2000")]


@pytest.mark.parametrize(
    ("day", "nights"),
    [
        # 02:30 comes twice in Berlin: at 00:30 and 01:30 UTC.
        (
            "25",
            ["2026-10-25T00:00Z", "2026-10-25T00:30Z", "2026-10-25T01:30Z", "2026-10-25T02:00Z"],
        ),
        # 02:30 does not come at all: from 01:00 UTC it is 03:00.
        (
            "29",
            ["2026-03-29T00:45Z", "2026-03-29T01:00Z", "2026-03-29T01:30Z", "2026-03-29T03:00Z"],
        ),
    ],
)
def test_a_night_with_two_half_past_twos_or_none_proposes_once(
    server: Running, day: str, nights: list[str]
) -> None:
    began = datetime.fromisoformat(nights[0]).replace(day=1).replace(month=int(nights[0][5:7]) - 1)
    world = Clockwork(began, port=server.port, time_zone="Europe/Berlin", hold_days="0",
                      payout_day=day, payout_time="2:30", mail="off")  # fmt: skip
    world.deliver("1", total="20000", ordered_at=began.isoformat())
    world.wake()
    counts = []
    for night in nights:
        world.wake(night)
        counts.append(len(world.payouts()))

    assert counts[0] == 0
    assert counts[-1] == 1
    assert world.payouts()[0][0] == nights[0][:10]


# Late.


def test_three_dead_months_are_caught_up_in_order_with_a_letter_each(server: Running) -> None:
    world = begun(server)
    world.wake("2026-11-01T09:00:00+03:00")
    world.deliver("2", total="5000", ordered_at="2026-11-10T11:00:00Z")
    world.wake("2026-11-10T15:00:00+03:00")
    # The shop went on while nothing ran: all of it is booked when the program wakes again.
    world.deliver("3", total="7000", ordered_at="2026-12-20T11:00:00Z")

    world.wake("2027-02-03T12:00:00+03:00")

    assert world.statements() == [
        ("2026-10", "0", "2000"),
        ("2026-11", "2000", "2500"),
        ("2026-12", "2500", "2500"),
        ("2027-01", "2500", "2500"),
    ]
    assert receivers(server.mailbox.letters) == [IVAN, MARIA] * 4
    assert world.balance() == "3200.00"


def test_who_joined_meanwhile_is_told_nothing_of_the_dead_months(server: Running) -> None:
    world = begun(server)
    world.wake("2026-11-01T09:00:00+03:00")
    world.type(Tab.PARTNERS, partner_id="olga", email="olga@example.com")
    server.mailbox.letters.clear()

    world.wake("2027-02-03T12:00:00+03:00")
    world.wake("2027-03-01T09:00:00+03:00")

    assert receivers(server.mailbox.letters) == [*[IVAN, MARIA] * 4, "olga@example.com"]
    assert world.statements("olga") == [("2027-02", "0", "0")]


def test_a_lost_diary_doubles_nothing(server: Running) -> None:
    world = begun(server)
    world.wake("2026-11-16T12:00:00+03:00")
    before = (world.rows(Tab.STATEMENTS), world.rows(Tab.PAYOUTS))
    world.tasks()
    world.place = replace(world.place, diary=Diary(None))

    world.wake("2026-11-16T12:05:00+03:00")

    assert world.tasks() == [Task.CHECK]
    assert (world.rows(Tab.STATEMENTS), world.rows(Tab.PAYOUTS)) == before
    assert len(server.mailbox.letters) == 2


# What fails.


def test_a_refused_letter_is_tried_again_every_hour_and_a_mended_address_at_once(
    server: Running,
) -> None:
    world = begun(server)
    world.edit(Tab.PARTNERS, "ivan", "email", "gone@example.com")
    world.now = datetime(2026, 11, 1, 6, tzinfo=UTC)
    for _ in range(24):  # two hours, from 09:00 on in Moscow
        world.wake()
        world.move(minutes=5)
    (letter,) = [one for one in world.place.outbox.letters("2026-10") if one.partner_id == "ivan"]

    # At 09:00; at 09:05, since without maria's letter it is another thing to try; at 10:05.
    assert (letter.attempts, receivers(server.mailbox.letters)) == (3, [MARIA])
    world.edit(Tab.PARTNERS, "ivan", "email", "ivan@example.org")
    world.wake()
    assert receivers(server.mailbox.letters) == [MARIA, "ivan@example.org"]


def test_what_cannot_be_mailed_keeps_nobody_from_being_paid_or_checked(server: Running) -> None:
    world = begun(server, mail_from="")

    good = world.wake("2026-11-15T10:00:00+03:00")

    assert (good, world.stops()) == (False, [(Task.STATEMENTS, "mail_from_missing")])
    assert world.tasks() == [Task.STATEMENTS, Task.PAYOUTS, Task.CHECK]
    assert [what for what, _, _ in world.place.diary.failures()] == ["statements"]


def test_a_failure_is_forgotten_when_the_work_is_done(server: Running) -> None:
    world = begun(server, mail_from="")
    world.wake("2026-11-02T10:00:00+03:00")
    world.edit(Tab.SETTINGS, "mail_from", "value", "Shop <shop@example.com>")

    held = world.wake("2026-11-02T10:05:00+03:00")
    still = world.place.diary.failures()
    good = world.wake("2026-11-02T11:00:00+03:00")

    assert (held, len(still), good, world.place.diary.failures()) == (True, 1, True, [])
    assert len(server.mailbox.letters) == 2


def test_a_server_that_is_away_is_a_failure_and_the_letters_leave_later(server: Running) -> None:
    world = begun(server)
    away = replace(world.place, smtp_url="smtp://127.0.0.1:1")
    world.place, home = away, world.place

    assert not world.wake("2026-11-01T09:00:00+03:00")
    world.place = home
    assert world.wake("2026-11-01T10:00:00+03:00")

    assert receivers(server.mailbox.letters) == [IVAN, MARIA]


def test_without_a_sync_nothing_is_mailed_or_proposed_but_the_book_is_checked(
    server: Running, tmp_path: Path
) -> None:
    world = begun(server)
    world.place = replace(world.place, order_log=f"file:{tmp_path / 'gone.jsonl'}")

    good = world.wake("2026-11-15T10:00:00+03:00")

    assert (good, world.stops()) == (False, [(Task.SYNC, "log_missing")])
    assert world.tasks() == [Task.SYNC, Task.CHECK]
    assert (server.mailbox.letters, world.payouts()) == ([], [])


@pytest.mark.parametrize(
    ("at", "code"),
    [("2028-01-01T12:00:00+03:00", "clock_ahead"), ("2026-10-18T12:00:00+03:00", "clock_behind")],
)
def test_a_clock_that_jumped_stops_everything_and_writes_nothing(
    server: Running, at: str, code: str
) -> None:
    world = begun(server)
    before = world.store.book.generation

    good = world.wake(at)

    assert (good, world.stops(), world.tasks()) == (False, [(Task.SYNC, code)], [Task.SYNC])
    assert (world.store.book.generation, server.mailbox.letters) == (before, [])


def test_a_wake_killed_between_two_letters_is_finished_by_the_next(server: Running) -> None:
    world = begun(server)
    world.now = datetime(2026, 11, 1, 6, tzinfo=UTC)

    def killed(_seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), world.store.writing(1):
        Waking(world.place, world.told.append, sleep=killed).run()
    world.move(minutes=5)
    world.wake()

    assert receivers(server.mailbox.letters) == [IVAN, MARIA]
    assert world.statements("maria") == [("2026-10", "0", "0")]


def test_a_second_wake_finds_the_lock_and_the_letters_leave_once(server: Running) -> None:
    world = begun(server)
    world.now = datetime(2026, 11, 1, 6, tzinfo=UTC)
    got = []

    def overlapped(_seconds: float) -> None:
        with world.again().store.writing(0) as mine:
            got.append(mine)

    with world.store.writing(1):
        Waking(world.place, world.told.append, sleep=overlapped).run()

    assert (got, receivers(server.mailbox.letters)) == ([False], [IVAN, MARIA])


# Previews.


def test_previews_of_a_month_are_written_once(tmp_path: Path) -> None:
    world = Clockwork(folder=tmp_path, mail="preview")
    world.deliver("1")
    world.wake()

    world.wake("2026-11-01T09:00:00+03:00")
    first = world.tasks()
    world.wake("2026-11-01T09:05:00+03:00")

    assert (first, world.tasks()) == ([Task.CHECK, Task.PREVIEWS, Task.CHECK], [])
    assert sorted(path.name for path in (tmp_path / "previews").glob("*.eml")) == [
        "2026-10-ivan.eml",
        "2026-10-maria.eml",
    ]
    assert world.statements() == []


# The owner.


def test_the_owner_hears_once_of_a_program_that_slept(server: Running) -> None:
    world = begun(server, owner_email="owner@example.com", quiet_days="0", mail="live")

    world.wake("2026-10-25T12:00:00+03:00")
    world.wake("2026-10-25T12:05:00+03:00")

    assert receivers(server.mailbox.letters) == ["owner@example.com"]


def test_a_wake_killed_before_it_told_the_owner_leaves_that_to_the_next(server: Running) -> None:
    world = begun(server, owner_email="owner@example.com", quiet_days="0")
    world.now = datetime(2026, 10, 25, 9, tzinfo=UTC)

    def killed(_outcome: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), world.store.writing(1):
        Waking(world.place, killed).run()  # it has synced, and dies at telling so
    world.move(minutes=5)
    world.wake()

    assert receivers(server.mailbox.letters) == ["owner@example.com"]


def test_the_owner_hears_of_a_log_that_cannot_be_read_for_days(
    server: Running, tmp_path: Path
) -> None:
    world = begun(server, owner_email="owner@example.com", quiet_days="0")
    world.place = replace(world.place, order_log=f"file:{tmp_path / 'gone.jsonl'}")

    for day in (21, 22, 23):
        world.wake(f"2026-10-{day}T18:00:00+03:00")

    assert receivers(server.mailbox.letters) == ["owner@example.com"]


def test_a_letter_that_cannot_leave_fails_the_wake_until_it_left(server: Running) -> None:
    world = begun(server, owner_email="gone@example.com", quiet_days="0")
    world.now = datetime(2026, 10, 25, 9, tzinfo=UTC)

    assert [world.wake(), world.fate_of_letters()] == [False, "mail_recipient_refused"]
    world.move(minutes=30)  # not tried, so not failed anew; and not forgotten either
    assert [world.wake(), world.fate_of_letters()] == [True, "mail_recipient_refused"]
    world.edit(Tab.SETTINGS, "owner_email", "value", "owner@example.com")
    assert [world.wake(), world.fate_of_letters()] == [True, ""]
    assert receivers(server.mailbox.letters) == ["owner@example.com"]


def test_a_letter_that_nobody_wants_any_more_has_not_failed(server: Running) -> None:
    world = begun(server, owner_email="gone@example.com", quiet_days="0")
    world.wake("2026-10-25T12:00:00+03:00")
    world.edit(Tab.SETTINGS, "owner_email", "value", " ")

    assert [world.wake(), world.fate_of_letters()] == [True, ""]


def test_a_letter_without_a_mail_server_to_ask_fails_the_wake(server: Running) -> None:
    world = begun(server, owner_email="owner@example.com", quiet_days="0")
    world.place = replace(world.place, smtp_url="")

    assert world.wake("2026-10-25T12:00:00+03:00") is False
    assert world.fate_of_letters() == "smtp_missing"


# What it costs.


def test_a_wake_with_nothing_due_costs_what_an_idle_sync_costs(tmp_path: Path) -> None:
    world = GoogleWorld.begun(tmp_path)
    with world.reachable():
        world.place = replace(world.place, state_dir=tmp_path)
        Waking(world.place, lambda _: None).run()
        before = world.store.traffic.calls
        world.sync()
        idle = world.store.traffic.calls - before

        Waking(world.place, lambda _: None).run()

        assert (idle, world.store.traffic.calls - before) == (2, 4)
