"""When was it? The ways in which shops and scripts write a moment."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from tracker.instants import plain_instant

_ISO_DAY = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
_DOTTED_DAY = r"(?P<day>[0-9]{1,2})\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})"
_CLOCK = (
    r"(?:(?:[Tt]|,? +)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r" ?(?P<zone>[Zz]|UTC|GMT|(?P<sign>[+-])(?P<ahead>[0-9]{2}):?(?P<past>[0-9]{2})?)?)?"
)
_FORMS = (re.compile(_ISO_DAY + _CLOCK), re.compile(_DOTTED_DAY + _CLOCK))
_TEXT_MAX = 60
# Far from the ends of the calendar, so that a change of zone cannot fall off it.
_YEARS = range(1971, 9000)


def read_time(text: str, zone: tzinfo) -> datetime | None:
    """Read RFC 3339, `2025-10-07 12:30:00`, `07.10.2025 12:30` or a day alone (its first moment).

    A text without offset is in `zone`; an hour that the clocks skip is read as if they had not.
    None when it is no moment, or one that the calendar has not.
    """
    plain = plain_instant(text)
    if plain is not None:
        return plain if plain.tzinfo else plain.replace(tzinfo=zone)
    bare = text.strip()
    if len(bare) > _TEXT_MAX:
        return None
    return _read_form(bare, zone)


def _read_form(bare: str, zone: tzinfo) -> datetime | None:
    """Read any form there is; `plain_instant` reads the commonest of them alike, and sooner."""
    found = next((match for form in _FORMS if (match := form.fullmatch(bare))), None)
    if found is None or int(found["year"]) not in _YEARS:
        return None
    try:
        return datetime(
            int(found["year"]),
            int(found["month"]),
            int(found["day"]),
            int(found["hour"] or 0),
            int(found["minute"] or 0),
            int(found["second"] or 0),
            int((found["fraction"] or "0").ljust(6, "0")[:6]),
            tzinfo=_offset(found) or zone,
        )
    except ValueError:
        return None


def _offset(found: re.Match[str]) -> tzinfo | None:
    if not found["zone"]:
        return None
    if not found["sign"]:
        return UTC
    minutes = int(found["past"] or 0)
    if minutes > 59:
        raise ValueError("an hour has 60 minutes")
    ahead = timedelta(hours=int(found["ahead"]), minutes=minutes)
    return timezone(-ahead if found["sign"] == "-" else ahead)
