"""Does the spreadsheet suit the programme? Its time zone, locale and size against Settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.problems import Params, params
from tracker.programme import Programme

CELLS_ADVICE_PERCENT = 50
CELLS_PERSON_PERCENT = 80

ADVICE = frozenset({"google_zone", "google_locale", "xlsx_big", "xlsx_no_backup", "xlsx_open"})
"""Findings that are told, and that nothing goes wrong without."""


@dataclass(frozen=True, slots=True)
class Unfit:
    """One finding about the store: its sentence in `tracker.sentences.doctor`, and its weight."""

    code: str
    params: Params
    wants_a_person: bool


def unfit_zone(zone: str, programme: Programme, now: datetime, *, log_in_tab: bool) -> list[Unfit]:
    """Compare the spreadsheet's time zone with the programme's: by their clocks, not their names.

    Days are read as calendar days and times carry their offset, so no sum depends on it, except
    where orders come through the tab Webhook log: its times may have no offset.
    """
    if not zone or _same_clock(zone, programme.time_zone, now):
        return []
    said = params(zone=zone, programme=programme.time_zone)
    return [Unfit("google_zone_log" if log_in_tab else "google_zone", said, log_in_tab)]


def _same_clock(zone: str, other: str, now: datetime) -> bool:
    """Whether two zones show the same time in every month of the year around now."""
    try:
        one, two = ZoneInfo(zone), ZoneInfo(other)
    except (ValueError, OSError, KeyError):  # a name that this machine's zones do not have
        return zone == other
    days = (now.astimezone(UTC) + timedelta(days=30 * month) for month in range(-6, 7))
    return all(day.astimezone(one).utcoffset() == day.astimezone(two).utcoffset() for day in days)


def unfit_locale(locale: str, programme: Programme) -> list[Unfit]:
    """Compare the spreadsheet's locale (`ru_RU`) with the programme's language.

    It wants a person only where a comma typed by a Russian is taken for a thousands mark: 1,234
    then becomes 1234 before anybody sees it. The other way round the spreadsheet makes dates of
    sums, and those are found cell by cell.
    """
    spoken = locale.partition("_")[0].casefold()
    if not locale or spoken == programme.language:
        return []
    said = params(locale=locale, language=programme.language)
    return [Unfit("google_locale", said, programme.language == "ru" and spoken == "en")]


def unfit_size(title: str, cells: int, cells_max: int) -> list[Unfit]:
    """Compare the number of cells with the limit: told from a half on, a person from 80 %."""
    if not cells_max or cells * 100 < cells_max * CELLS_ADVICE_PERCENT:
        return []
    said = params(title=title, cells=cells, limit=cells_max)
    return [Unfit("google_cells", said, cells * 100 >= cells_max * CELLS_PERSON_PERCENT)]


def weighed(findings: Iterable[tuple[str, Params]]) -> list[Unfit]:
    """Give what a store found of itself its weight."""
    return [Unfit(code, said, code not in ADVICE) for code, said in findings]
