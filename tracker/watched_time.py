"""How long does an answer hold that was worked out from the time now?

A Moment is a time that notes what is asked of it. From "is it later than that?" and "which day is
it?" follows a span of times in which each answer is the same, and so is all that was made of them.
Of whatever else is asked it notes that no such span is known: too many questions here cost a run
its short cut, and none its right answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

_LEAST = timedelta(microseconds=1)
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Span:
    """The clock's times, from `since` on and before `until`, with the same answers; all aware.

    `now` is the time that was asked of, in UTC. `lost` says that it cannot be told until when.
    """

    now: datetime
    since: datetime
    until: datetime
    lost: bool = False

    def keep(self, away: timedelta) -> None:
        """Keep to this side of a time so far from now at which an answer changes.

        That time itself belongs to the later side.
        """
        if away > timedelta(0):
            self.until = min(self.until, self.now + away)
        else:
            self.since = max(self.since, self.now + away)

    def keep_both(self, away: timedelta) -> None:
        """Keep to this side of a time at which an answer changes, or to that time alone."""
        self.keep(away)
        self.keep(away + _LEAST)


def watched(now: datetime, most: timedelta) -> tuple[Moment, Span]:
    """Give a time that is watched, and its span: at most so far to either side. `now` is aware."""
    at = now.astimezone(UTC)
    span = Span(at, at - most, at + most)
    return _moment(at, span), span


class Moment(datetime):
    """A time at a fixed distance from the clock's, which tells its span what is asked of it."""

    span: Span

    @property
    def plain(self) -> datetime:
        """The same time, of which nothing is noted."""
        return datetime.combine(datetime.date(self), datetime.timetz(self))

    def _sign(self, other: object) -> int:
        """Tell whether it is before the other time (-1), the same (0) or after it (1)."""
        if not isinstance(other, datetime) or other.tzinfo is None:
            raise TypeError("a moment is compared with aware times alone")
        mine, theirs = self.plain, plain(other)
        if not (isinstance(other, Moment) and other.span is self.span):
            if theirs.tzinfo is mine.tzinfo is not UTC:
                self._keep_to_day()  # the library compares clocks on the wall then
            self.span.keep_both(theirs.astimezone(UTC) - mine.astimezone(UTC))
        return (mine > theirs) - (mine < theirs)

    def __lt__(self, other: date) -> bool:
        return self._sign(other) < 0

    def __le__(self, other: date) -> bool:
        return self._sign(other) <= 0

    def __gt__(self, other: date) -> bool:
        return self._sign(other) > 0

    def __ge__(self, other: date) -> bool:
        return self._sign(other) >= 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, datetime) and other.tzinfo is not None and self._sign(other) == 0

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        self.span.lost = True
        return hash(self.plain)

    def __add__(self, other: timedelta) -> Moment:
        return self._at_a_distance(self.plain + other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Any:  # noqa: ANN401 - as the library's, for both kinds
        if isinstance(other, datetime):
            self._sign(other)
            return _elapsed(self.plain - plain(other), self.span)
        return self._at_a_distance(self.plain - other)

    def __rsub__(self, other: datetime) -> timedelta:
        self.span.lost = True
        return other - self.plain

    def astimezone(self, tz: tzinfo | None = None) -> Moment:
        """Give the same time by another zone's clock, watched too."""
        return _moment(self.plain.astimezone(tz), self.span)

    def replace(self, *parts: Any, **more: Any) -> Moment:  # noqa: ANN401 - as the library's
        """Give another time; whole seconds are left as they are, and of others nothing is known."""
        before, after = self.plain, self.plain.replace(*parts, **more)
        self.span.lost |= after != before or set(more) != {"microsecond"}
        return self if after == before else _moment(after, self.span)

    def date(self) -> date:
        """Give the day, which holds until midnight of its own zone."""
        self._keep_to_day()
        return datetime.date(self)

    def isoformat(self, *how: Any, **more: Any) -> str:  # noqa: ANN401 - as the library's
        """Write it down: a text that may be hashed and stored, and is watched otherwise."""
        text = Stamp(self.plain.isoformat(*how, **more))
        text.span = self.span
        return text

    def _at_a_distance(self, at: datetime) -> Moment:
        found = _moment(at, self.span)
        if self.tzinfo is not UTC:
            # Clocks on the wall were added to: the distance is that many hours on usual days.
            self._keep_to_day()
            found._keep_to_day()  # noqa: SLF001 - one of ours
        return found

    def _keep_to_day(self) -> None:
        """Keep to its day; of a day on which clocks are changed no span is known."""
        mine, day = self.plain, datetime.date(self)
        start, end = (datetime.combine(one, time(0), self.tzinfo) for one in (day, day + _DAY))
        offsets = {one.utcoffset() for one in (start, mine, end)}
        if len(offsets) > 1:
            self.span.lost = True
            return
        for edge in (start, end):
            self.span.keep(edge.astimezone(UTC) - mine.astimezone(UTC))


class Elapsed(timedelta):
    """How much later a moment is than some time: it grows as the clock goes on."""

    span: Span

    @property
    def plain(self) -> timedelta:
        """The same length, of which nothing is noted."""
        return timedelta.__pos__(self)

    def _sign(self, other: timedelta) -> int:
        self.span.lost |= isinstance(other, Elapsed)
        mine = self.plain
        self.span.keep_both(other - mine)
        return (mine > other) - (mine < other)

    def __lt__(self, other: timedelta) -> bool:
        return self._sign(other) < 0

    def __le__(self, other: timedelta) -> bool:
        return self._sign(other) <= 0

    def __gt__(self, other: timedelta) -> bool:
        return self._sign(other) > 0

    def __ge__(self, other: timedelta) -> bool:
        return self._sign(other) >= 0


class Stamp(str):
    """When something was noted, as text: a line that is thrown away may have been hashed with it.

    To compare it or to take it apart is to ask for the time.
    """

    __slots__ = ("span",)
    span: Span

    @property
    def plain(self) -> str:
        """The same text, of which nothing is noted."""
        return str.__str__(self)


def _moment(at: datetime, span: Span) -> Moment:
    found = Moment.combine(at.date(), at.timetz())
    found.span = span
    return found


def _elapsed(length: timedelta, span: Span) -> Elapsed:
    found = Elapsed(length.days, length.seconds, length.microseconds)
    found.span = span
    return found


def plain(at: datetime) -> datetime:
    """Give a time of which nothing is noted, whatever it was."""
    return at.plain if isinstance(at, Moment) else at


# Everything else that can be asked.

UNWATCHED = frozenset(dir(object)) - {
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"),
    *("__hash__", "__str__", "__repr__", "__format__", "__reduce__", "__reduce_ex__"),
} | frozenset(
    "__getnewargs__ combine fromisocalendar fromisoformat fromordinal fromtimestamp max maketrans "
    "min now resolution strptime today tzinfo utcfromtimestamp utcnow".split()
)
"""Names that tell nothing of the clock: how an object is made, and its zone."""


def _watch_the_rest(kind: type, names: Collection[str]) -> None:
    for name in set(names) - UNWATCHED - set(vars(kind)):
        noted = _method(name) if callable(getattr(kind, name)) else property(_getter(name))
        setattr(kind, name, noted)


def _method(name: str) -> Callable[..., object]:
    def ask(self: Moment | Elapsed | Stamp, *values: object, **more: object) -> object:
        self.span.lost = True
        found: object = getattr(self.plain, name)(*values, **more)
        return found

    return ask


def _getter(name: str) -> Callable[[Any], object]:
    def ask(self: Moment | Elapsed | Stamp) -> object:
        self.span.lost = True
        found: object = getattr(self.plain, name)
        return found

    return ask


_watch_the_rest(Moment, dir(datetime))
_watch_the_rest(Elapsed, dir(timedelta))
_watch_the_rest(Stamp, dir(str))
