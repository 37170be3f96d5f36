"""What is due at a given moment, by the book and the programme's zone?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.test_payouts import line
from tracker.choices import Mail
from tracker.due import Job, Task, Tried, check_day, due, payout_day
from tracker.known import Known, SealedStatement
from tracker.lines import CommissionLine
from tracker.payout_facts import Fate, Payout
from tracker.payouts import propose_on
from tracker.periods import at_local, payout_date
from tracker.programme import HistoryLine, Partner, PartnerStatus, Programme
from tracker.statement_months import months_to_send, partners_told, statements_at, unsealed_months
from tracker.sync import Books

IVAN = Partner(partner_id="ivan", email="ivan@example.com", payout_details="card")
LIVE = Programme(zone=ZoneInfo("Europe/Moscow"), mail=Mail.LIVE)


def in_zone(name: str) -> Programme:
    return replace(LIVE, time_zone=name, zone=ZoneInfo(name))


def at(text: str) -> datetime:
    """An instant typed with its offset."""
    return datetime.fromisoformat(text)


def sealed(*months: str, state: str = "sent", partner: str = "ivan") -> list[SealedStatement]:
    return [
        SealedStatement(
            statement_id=f"st_{partner}_{month}",
            partner_id=partner,
            month=month,
            revision=1,
            opening=0,
            closing=0,
            currency="RUB",
            lines=0,
            digest="",
            message_id="",
            state=state,
            at=at("2026-11-01T09:00:00+03:00"),
        )
        for month in months
    ]


def noted(partner: str, when: str) -> HistoryLine:
    return HistoryLine(code="", partner_id=partner, status="active", since=None, noted_at=at(when))


def book(
    statements: Sequence[SealedStatement] = (),
    *,
    programme: Programme = LIVE,
    partners: Sequence[Partner] = (IVAN,),
    since: str = "2026-01-01T00:00:00+03:00",
) -> Known:
    """A book whose partners are known since then."""
    return Known(
        programme=programme,
        partners={one.partner_id: one for one in partners},
        history=tuple(noted(one.partner_id, since) for one in partners),
        statements=tuple(statements),
    )


def jobs(
    known: Known,
    now: str,
    lines: Sequence[CommissionLine] = (),
    doubtful: Collection[str] = (),
    previewed: Collection[str] = (),
) -> list[Job]:
    """What is due beside the check, which is done."""
    moment = at(now)
    books = Books(orders={}, lines=tuple(lines), aside={})
    done = check_day(known.programme, moment).isoformat()
    return due(known, books, moment, doubtful=doubtful, checked_on=done, previewed=previewed)


def months(known: Known, now: str, doubtful: Collection[str] = ()) -> tuple[str, ...]:
    """Whose statements are due."""
    found = [job for job in jobs(known, now, doubtful=doubtful) if job.task is Task.STATEMENTS]
    return found[0].months if found else ()


# Times of day.


@pytest.mark.parametrize(
    ("zone", "day", "clock", "instant"),
    [
        ("Europe/Moscow", "2026-11-01", "09:00", "2026-11-01T06:00:00+00:00"),
        ("UTC", "2026-11-01", "09:00", "2026-11-01T09:00:00+00:00"),
        # Skipped from 02:00 to 03:00: half an hour later than it would have been shown.
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30:00+00:00"),
        # Twice, at +02:00 and at +01:00: the first.
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00+00:00"),
        ("Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00:00+00:00"),
        # Midnight itself was skipped.
        ("America/Asuncion", "2023-10-01", "00:00", "2023-10-01T04:00:00+00:00"),
    ],
)
def test_a_time_of_day_is_one_instant_of_every_day(
    zone: str, day: str, clock: str, instant: str
) -> None:
    found = at_local(date.fromisoformat(day), time.fromisoformat(clock), ZoneInfo(zone))

    assert found.isoformat() == instant


@given(
    st.sampled_from(["Europe/Berlin", "America/Havana", "Pacific/Apia", "Australia/Lord_Howe"]),
    st.dates(date(2000, 1, 2), date(2030, 12, 30)),
    st.times().map(lambda one: one.replace(second=0, microsecond=0)),
)
def test_the_same_time_of_the_next_day_is_always_later(zone: str, day: date, clock: time) -> None:
    assume((zone, day) != ("Pacific/Apia", date(2011, 12, 29)))  # the 30th was left out there
    one, two = (at_local(d, clock, ZoneInfo(zone)) for d in (day, day + timedelta(days=1)))

    assert timedelta(0) < two - one < timedelta(days=2)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-10-20T07:59:59+03:00", "2026-10-19"),
        ("2026-10-20T08:00:00+03:00", "2026-10-20"),
        ("2026-10-20T23:59:59+03:00", "2026-10-20"),
        ("2026-10-20T21:00:00+00:00", "2026-10-20"),  # midnight in Moscow, before 08:00
    ],
)
def test_a_check_is_due_once_a_local_day_from_its_time_on(now: str, day: str) -> None:
    known, books = book(), Books(orders={}, lines=(), aside={})
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()

    assert check_day(LIVE, at(now)).isoformat() == day
    assert Task.CHECK in {job.task for job in due(known, books, at(now), checked_on=before)}
    assert Task.CHECK not in {job.task for job in due(known, books, at(now), checked_on=day)}


def test_a_check_noted_by_a_clock_that_was_ahead_does_not_keep_the_next_ones_off() -> None:
    books, now = Books(orders={}, lines=(), aside={}), at("2026-10-20T12:00:00+03:00")

    found = due(book(programme=replace(LIVE, mail=Mail.OFF)), books, now, checked_on="2031-05-06")

    assert [(job.task, job.day) for job in found] == [(Task.CHECK, date(2026, 10, 20))]


# Statements.


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        ("2026-11-01T08:59:59+03:00", ()),
        ("2026-11-01T09:00:00+03:00", ("2026-10",)),
        ("2026-11-01T05:59:59+00:00", ()),
        ("2026-11-30T23:59:59+03:00", ("2026-10",)),
        ("2026-12-01T08:59:59+03:00", ("2026-10",)),
        ("2026-12-01T09:00:00+03:00", ("2026-10", "2026-11")),
        ("2027-01-20T12:00:00+03:00", ("2026-10", "2026-11", "2026-12")),
    ],
)
def test_every_finished_month_after_the_last_sealed_one_is_due_in_order(
    now: str, wanted: tuple[str, ...]
) -> None:
    assert months(book(sealed("2026-08", "2026-09")), now) == wanted


def test_a_book_that_never_sealed_a_month_begins_with_the_last_finished_one() -> None:
    assert months(book(), "2026-12-05T12:00:00+03:00") == ("2026-11",)
    assert months(book(), "2026-12-01T08:59:00+03:00") == ()
    assert months(book(), "2026-12-01T09:00:00+03:00") == ("2026-11",)


def test_a_partner_who_is_known_only_since_then_is_told_nothing_of_the_months_before() -> None:
    october = noted("olga", "2026-10-07T12:00:00+03:00")
    olga = Partner(partner_id="olga", email="olga@example.com")
    known = book(sealed("2026-08"), partners=(IVAN,))
    known = replace(
        known,
        partners={**known.partners, "olga": olga},
        history=(*known.history, october),
    )

    def told(month: str) -> list[str]:
        found = partners_told(known, (), month, at("2026-12-05T12:00:00+03:00"))
        return [one.partner_id for one in found]

    assert [told(month) for month in ("2026-09", "2026-10", "2026-11")] == [
        ["ivan"],
        ["ivan", "olga"],
        ["ivan", "olga"],
    ]


def test_a_partner_who_left_is_told_while_he_has_lines_booked_by_then() -> None:
    left = replace(IVAN, status=PartnerStatus.LEFT)
    known = book(partners=(left,))
    lines = [line(1, 10000)]  # booked on October 10
    now = at("2026-12-05T12:00:00+03:00")

    assert partners_told(known, lines, "2026-10", now) == [left]
    assert partners_told(known, lines, "2026-09", now) == []


@pytest.mark.parametrize(
    ("zone", "month", "instant"),
    [
        ("Asia/Tokyo", "2026-12", "2027-01-01T00:00:00+00:00"),
        ("America/New_York", "2026-02", "2026-03-01T14:00:00+00:00"),
        ("Pacific/Kiritimati", "2026-10", "2026-10-31T19:00:00+00:00"),
    ],
)
def test_statements_come_due_on_the_first_of_the_next_month_in_the_programme_s_zone(
    zone: str, month: str, instant: str
) -> None:
    assert statements_at(month, in_zone(zone)).astimezone(UTC).isoformat() == instant


def test_statements_never_come_due_before_their_month_is_over() -> None:
    midnight = replace(in_zone("America/Asuncion"), statement_time=time(0))

    # October 1, 2023 began at 01:00, since midnight was skipped.
    assert statements_at("2023-09", midnight) == at("2023-10-01T04:00:00+00:00")


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (sealed("2026-10"), ()),
        (sealed("2026-10", state="unknown"), ()),
        (sealed("2026-10", state="claimed"), ("2026-10",)),
        (sealed("2026-08", state="claimed") + sealed("2026-09", "2026-10"), ("2026-08",)),
        (sealed("2026-10", partner="maria"), ("2026-10",)),  # ivan got an address since
        (sealed("2026-09", partner="maria") + sealed("2026-10"), ()),
    ],
)
def test_a_sealed_month_is_due_while_a_letter_of_it_has_not_left(
    rows: list[SealedStatement], wanted: tuple[str, ...]
) -> None:
    assert months(book(rows), "2026-11-20T12:00:00+03:00") == wanted


def test_a_partner_with_a_ledger_problem_or_without_an_address_makes_nothing_due() -> None:
    nobody = book(partners=(replace(IVAN, email=""),))

    assert months(book(), "2026-11-20T12:00:00+03:00", doubtful={"ivan"}) == ()
    assert months(nobody, "2026-11-20T12:00:00+03:00") == ()


def test_with_mail_off_nothing_is_due_and_previews_only_while_there_are_none() -> None:
    now = "2026-11-20T12:00:00+03:00"
    off, preview = (book(programme=replace(LIVE, mail=mail)) for mail in (Mail.OFF, Mail.PREVIEW))

    assert jobs(off, now) == []
    assert [(job.task, job.months) for job in jobs(preview, now)] == [(Task.PREVIEWS, ("2026-10",))]
    assert jobs(preview, now, previewed={"2026-09", "2026-10"}) == []


def test_months_since_the_last_sealed_one_have_no_gap() -> None:
    assert unsealed_months(sealed("2026-11"), "2027-02") == ("2026-12", "2027-01", "2027-02")
    assert unsealed_months(sealed("2026-11"), "2026-11") == ()
    assert unsealed_months((), "2026-11") == ("2026-11",)


def test_no_month_after_the_last_finished_one_is_sent_though_the_clock_was_set_back() -> None:
    assert months_to_send(sealed("2026-11"), "2026-10") == ()
    assert months_to_send(sealed("2026-09", state="claimed") + sealed("2026-11"), "2026-10") == (
        "2026-09",
    )


# Payouts.


def payout(day: str, fate: Fate = Fate.PAID, lines: tuple[str, ...] = ("x",)) -> Payout:
    return Payout(
        payout_id=f"po_{day}",
        partner_id="ivan",
        currency="RUB",
        minor=1,
        lines=lines,
        proposed_on=date.fromisoformat(day),
        fate=fate,
    )


@pytest.mark.parametrize(
    ("payout_on", "now", "day"),
    [
        (15, "2026-11-15T09:59:59+03:00", "2026-10-15"),
        (15, "2026-11-15T10:00:00+03:00", "2026-11-15"),
        (15, "2026-12-14T12:00:00+03:00", "2026-11-15"),
        (31, "2026-11-30T10:00:00+03:00", "2026-11-30"),
        (31, "2026-11-30T09:00:00+03:00", "2026-10-31"),
        (31, "2027-02-28T10:00:00+03:00", "2027-02-28"),
        (31, "2028-02-29T10:00:00+03:00", "2028-02-29"),
        (1, "2027-01-01T07:00:00+00:00", "2027-01-01"),
        (1, "2027-01-01T06:59:00+00:00", "2026-12-01"),
    ],
)
def test_the_payout_day_is_the_latest_whose_time_has_come(
    payout_on: int, now: str, day: str
) -> None:
    assert payout_day(replace(LIVE, payout_day=payout_on), at(now)).isoformat() == day


def test_a_cron_of_its_own_only_asks_for_the_day() -> None:
    assert payout_day(LIVE, at("2026-11-15T00:00:00+03:00"), timed=False) == date(2026, 11, 15)
    assert payout_day(LIVE, at("2026-11-14T23:59:59+03:00"), timed=False) == date(2026, 10, 15)


@given(st.integers(1, 31), st.integers(0, 5_000_000))
def test_between_a_payout_day_and_now_there_is_no_other(payout_on: int, minutes: int) -> None:
    programme = replace(LIVE, payout_day=payout_on)
    now = at("2020-01-01T00:00:00+00:00") + timedelta(minutes=minutes)
    found = payout_day(programme, now)
    after = payout_date(f"{found:%Y-%m}", programme)

    assert at_local(found, programme.payout_time, programme.zone) <= now
    assert now < at_local(after, programme.payout_time, programme.zone)


def test_three_weeks_late_it_is_proposed_what_was_payable_on_the_day() -> None:
    lines = [
        line(1, 500000, payable=date(2026, 11, 15)),
        line(2, 300000, payable=date(2026, 11, 16)),  # payable a day later
    ]
    found = propose_on(date(2026, 11, 15), lines, (), {"ivan": IVAN}, LIVE)

    assert [(one.minor, one.proposed_on) for one in found.payouts] == [(500000, date(2026, 11, 15))]
    (job,) = jobs(book(sealed("2026-10", "2026-11")), "2026-12-06T12:00:00+03:00", lines)
    assert (job.task, job.day) == (Task.PAYOUTS, date(2026, 11, 15))


def test_what_was_taken_back_since_the_payout_day_is_not_proposed() -> None:
    lines = [line(1, 500000), line(2, -100000)]

    (found,) = propose_on(date(2026, 11, 15), lines, (), {"ivan": IVAN}, LIVE).payouts

    assert found.minor == 400000


@pytest.mark.parametrize(
    ("earlier", "count"),
    [
        ([], 1),
        ([payout("2026-10-15")], 1),
        ([payout("2026-11-15")], 0),
        ([payout("2026-11-20")], 0),  # typed by hand since
        ([payout("2026-11-15", Fate.FREED)], 0),  # the owner voided it: next month, or by hand
        ([replace(payout("2026-11-15"), currency="EUR")], 1),
        ([payout("2026-10-15", Fate.UNKNOWN)], 0),
    ],
)
def test_an_account_has_one_payout_a_payout_day(earlier: list[Payout], count: int) -> None:
    day, lines = date(2026, 11, 15), [line(1, 500000)]

    assert len(propose_on(day, lines, earlier, {"ivan": IVAN}, LIVE).payouts) == count


def test_a_partner_with_a_ledger_problem_is_proposed_when_it_is_mended() -> None:
    known, now, lines = book(sealed("2026-10")), "2026-11-20T12:00:00+03:00", [line(1, 500000)]

    assert jobs(known, now, lines, doubtful={"ivan"}) == []
    assert [job.task for job in jobs(known, now, lines)] == [Task.PAYOUTS]


# Trying again.


def test_what_was_tried_in_vain_is_tried_every_hour_for_a_day_and_then_once_a_day() -> None:
    tried, tries, now = Tried(), [], at("2026-11-01T09:00:00+03:00")
    for minutes in range(0, 4 * 24 * 60, 5):
        moment = now + timedelta(minutes=minutes)
        if tried.is_time("ivan", moment):
            tried = tried.again("ivan", moment)
            tries.append(minutes)

    assert tries[:3] == [0, 60, 120]
    assert tries[-4:] == [1380, 1440, 2880, 4320]


def test_something_new_is_tried_at_once_also_when_the_clock_was_set_back() -> None:
    now = at("2026-11-01T09:00:00+03:00")
    tried = Tried().again("ivan@old", now)

    assert not tried.is_time("ivan@old", now + timedelta(minutes=59))
    assert tried.is_time("ivan@new", now + timedelta(minutes=5))
    assert tried.is_time("ivan@old", now - timedelta(minutes=5))


def test_a_corrected_address_is_another_thing_to_try() -> None:
    (one,) = jobs(book(), "2026-11-20T12:00:00+03:00")
    mended = book(partners=(replace(IVAN, email="ivan@example.org"),))
    (two,) = jobs(mended, "2026-11-20T12:00:00+03:00")

    assert one.months == two.months
    assert one.key != two.key
