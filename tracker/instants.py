"""Is it a moment as most programs write one? Read at once; every other form is for the readers."""

from __future__ import annotations

from datetime import datetime

# Every third sign from the fourth on: all that stands between the numbers.
_BETWEEN = {
    19: frozenset({"--T::", "-- ::"}),
    20: frozenset({"--T::Z", "-- ::Z"}),
    25: frozenset({"--T::+:", "--T::-:", "-- ::+:", "-- ::-:"}),
}
_YEARS = range(1971, 9000)


def plain_instant(text: str) -> datetime | None:
    """Read `2025-10-07T12:30:00`, with `Z`, `+03:00` or nothing behind it, a space for the `T`.

    None for any other text, which may well be a moment. What the standard library takes and RFC
    3339 does not (midnight as 24:00, an offset of 60 minutes) is left to others, as are years
    near the ends of the calendar.
    """
    if text[4::3] not in _BETWEEN.get(len(text), ()):
        return None
    if text[11:13] >= "24" or text[23:24] >= "6":
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.year in _YEARS else None
