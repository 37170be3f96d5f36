"""Is every instant in exactly one month, in every time zone there is? (I18, reliability.md P8)

The zones are those of the pinned package tzdata, whatever the system brings; names of one zone
that have the same rules are asked once.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from tracker.periods import begin_of, end_of, first_day, month_of, next_month
from tracker.programme import Programme

TICK = timedelta(seconds=1)
MONTHS = [f"{year}-{month:02}" for year in range(2000, 2031) for month in range(1, 13)]


@cache
def same_rules() -> dict[bytes, list[str]]:
    """The names of zones by their rules: some are links to others."""
    package = files("tzdata")
    found: dict[bytes, list[str]] = {}
    for name in sorted(package.joinpath("zones").read_text().split()):
        rules = package.joinpath("zoneinfo", *name.split("/")).read_bytes()
        found.setdefault(rules, []).append(name)
    return found


@cache
def zones() -> dict[str, Programme]:
    """A programme in every zone, by its first name."""
    found: dict[str, Programme] = {}
    for rules, (name, *_) in same_rules().items():
        zone = ZoneInfo.from_file(BytesIO(rules), key=name)
        found[name] = Programme(time_zone=name, zone=zone)
    return found


@cache
def begins(name: str) -> list[datetime]:
    """When each of the 372 months begins there, and last when the month after them does."""
    programme = zones()[name]
    return [begin_of(month, programme) for month in [*MONTHS, "2031-01"]]


@cache
def midnights(*, skipped: bool) -> frozenset[str]:
    """Months whose first midnight does not exist there, or happens twice; of every name."""
    found: set[str] = set()
    for names, programme in zip(same_rules().values(), zones().values(), strict=True):
        for month in MONTHS:
            at = datetime.fromisoformat(f"{month}-01").replace(tzinfo=programme.zone)
            early, late = at.utcoffset(), at.replace(fold=1).utcoffset()
            assert early is not None
            assert late is not None
            if early != late and (early < late) is skipped:
                found |= {f"{name} {month}" for name in names}
    return frozenset(found)


def test_every_month_of_every_zone_begins_where_the_one_before_ends() -> None:
    assert len(zones()) > 300
    for name, programme in zones().items():
        ends = [end_of(month, programme) for month in MONTHS]

        assert ends == begins(name)[1:], name
        assert all(begin < end for begin, end in zip(begins(name), ends, strict=False)), name


def test_a_month_begins_with_the_first_instant_of_its_first_day() -> None:
    for name, programme in zones().items():
        for month, begin in zip(MONTHS, begins(name), strict=False):
            first = first_day(month)

            assert programme.local_date(begin) == first, (name, month)
            assert programme.local_date(begin - TICK) < first, (name, month)
            # Nor two hours before: a clock that goes back goes back by less.
            assert programme.local_date(begin - 7200 * TICK) < first, (name, month)


def test_an_instant_is_in_exactly_one_month_of_its_zone() -> None:
    chance = random.Random(18)
    span = (datetime(2031, 1, 1, tzinfo=UTC) - datetime(2000, 1, 2, tzinfo=UTC)) // TICK
    names = [chance.choice(list(zones())) for _ in range(400)]
    for name in names:
        borders, programme = begins(name), zones()[name]
        for _ in range(250):
            at = datetime(2000, 1, 2, tzinfo=UTC) + chance.randrange(span - 86_400) * TICK
            place = bisect_right(borders, at) - 1
            month = month_of(programme.local_date(at))

            assert borders[place] <= at < borders[place + 1]
            assert MONTHS[place] == month or in_the_hour_that_comes_back(at, name, place, month)


def in_the_hour_that_comes_back(at: datetime, name: str, place: int, month: str) -> bool:
    """The clock stood at the last of a month again, after it had struck the first."""
    return next_month(month) == MONTHS[place] and at - begins(name)[place] < timedelta(hours=2)


def test_32_months_have_no_first_midnight() -> None:
    found = midnights(skipped=True)

    assert len(found) == 32
    assert {
        *("America/Asuncion 2017-10", "America/Asuncion 2023-10", "Africa/Cairo 2014-08"),
        *("Egypt 2014-08", "America/Havana 2012-04", "Cuba 2012-04", "Asia/Karachi 2008-06"),
    } <= found


def test_the_first_midnight_of_10_months_strikes_twice() -> None:
    """They were 12 in tzdata 2025b: in 2026 Cuba stays on summer time."""
    assert midnights(skipped=False) == {
        *("America/Havana 2015-11", "America/Havana 2020-11", "Cuba 2015-11", "Cuba 2020-11"),
        *("America/Goose_Bay 2009-11", "America/St_Johns 2009-11", "Canada/Newfoundland 2009-11"),
        *("America/Managua 2006-10", "Asia/Gaza 2004-10", "Asia/Hebron 2004-10"),
    }


# Local midnight, or what stands in its place, worked out by hand from the rules of each zone.
# fmt: off
@pytest.mark.parametrize(
    ("name", "month", "begin"),
    [
        ("Europe/Moscow",     "2026-11", "2026-10-31T21:00:00Z"),
        ("Asia/Kathmandu",    "2026-11", "2026-10-31T18:15:00Z"),
        ("Pacific/Kiritimati", "2026-11", "2026-10-31T10:00:00Z"),
        ("America/Asuncion",  "2017-10", "2017-10-01T04:00:00Z"),  # 00:00 is 01:00
        ("America/Asuncion",  "2023-10", "2023-10-01T04:00:00Z"),
        ("Africa/Cairo",      "2014-08", "2014-07-31T22:00:00Z"),
        ("America/Havana",    "2015-11", "2015-11-01T04:00:00Z"),  # 01:00 is 00:00 again
        ("America/Havana",    "2020-11", "2020-11-01T04:00:00Z"),
        ("America/Havana",    "2026-11", "2026-11-01T04:00:00Z"),
        ("America/St_Johns",  "2009-11", "2009-11-01T02:30:00Z"),  # 00:01 is 23:01 again
    ],
)
def test_a_month_begins_at(name: str, month: str, begin: str) -> None:
    programme = zones().get(name) or Programme(time_zone=name, zone=ZoneInfo(name))

    assert begin_of(month, programme) == datetime.fromisoformat(begin)
# fmt: on


def test_the_hour_that_comes_back_stays_in_the_month_that_has_begun() -> None:
    programme = zones()["America/St_Johns"]
    again = datetime(2009, 11, 1, 2, 31, tzinfo=UTC)  # 23:01 of October 31, for the second time

    assert programme.local_date(again) == date(2009, 10, 31)
    assert end_of("2009-10", programme) <= again < end_of("2009-11", programme)
