"""Which rows and columns has a trial? The same for the terminal, CSV and workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.comparing import Compared, Comparison, Moved
from tracker.money import Money, decimal_text
from tracker.own_story import goal_said
from tracker.sentences import say
from tracker.sentences.plurals import Counted
from tracker.sentences.trying import MOVED_HEADINGS, TRY_HEADINGS, TRY_SAID

Value = str | int | date | Money
"""A cell: text, a count, a day, or a sum."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: its title, its headings, and its rows; the last `totals` of them add up."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    totals: int = 0


def comparison_grid(found: Comparison, language: str) -> Grid:
    """Partner by partner and currency, and a total of each currency below."""
    total = say(TRY_SAID, "total", (), language)
    rows = [_compared(row, row.partner_id) for row in found.partners]
    rows += [_compared(row, total) for row in found.totals]
    return Grid(
        title=say(TRY_SAID, "comparison", (), language),
        headings=_headings(TRY_HEADINGS, language),
        rows=tuple(rows),
        totals=len(found.totals),
    )


def _headings(words: Mapping[str, tuple[str, str]], language: str) -> tuple[str, ...]:
    return tuple(say(dict(words), key, (), language) for key in words)


def _compared(row: Compared, name: str) -> tuple[Value, ...]:
    sums = (row.booked, row.now, row.tried, row.difference)
    money = (Money(minor, row.currency) for minor in sums)
    return name, row.currency, row.orders_now, row.orders_tried, *money


def moved_grid(found: Comparison, language: str) -> Grid:
    """Every order that is decided otherwise, a row for each currency it pays in."""
    rows = tuple(row for one in found.moved for row in _moved(one, language))
    title = say(TRY_SAID, "orders", (), language)
    return Grid(title=title, headings=_headings(MOVED_HEADINGS, language), rows=rows)


def _moved(one: Moved, language: str) -> Iterator[tuple[Value, ...]]:
    for currency, now, tried in one.sums or ((one.now.currency, 0, 0),):
        yield (
            goal_said(one.key[1], language) if one.kind == "goal" else "/".join(one.key),
            one.day,
            say(TRY_SAID, f"kind_{one.kind}", (), language),
            one.now.partner_id,
            one.tried.partner_id,
            currency,
            *(Money(minor, currency) for minor in (now, tried, tried - now)),
            one.now.decision,
            one.tried.decision,
        )


def told(
    found: Comparison, changes: Sequence[str], span: str, language: str, top: int
) -> Iterator[str]:
    """What the terminal shows: the comparison, and what moves most: `top` orders, and goals.

    `span` names the orders that are compared, empty for all.
    """

    def words(code: str, **values: object) -> str:
        return TRY_SAID[code][language == "ru"].format_map(values)

    yield words("tried", changes=", ".join(changes))
    yield words("orders_of" if span else "orders_all", span=span, count=found.orders)
    yield from _columns(comparison_grid(found, language))
    frozen = [Money(one.now - one.booked, one.currency) for one in found.totals]
    if sums := ", ".join(str(one) for one in frozen if one.minor):
        yield words("frozen", sum=sums)
    if not found.moved:
        yield words("same")
    goals = [one for one in found.moved if one.kind == "goal"]
    shown = [one for one in found.moved if one.kind not in {"goal", "sum"}]
    for heading, ones in (("moved", shown), ("goals", goals)):
        if ones:
            yield words(heading, count=Counted(len(ones)))
        for one in ones[:top]:
            yield from _told(one, language)
        if len(ones) > top:
            yield words("moved_more", count=len(ones) - top)


def _told(one: Moved, language: str) -> Iterator[str]:
    """An order or a goal: whose it is and its sum, now and as tried, and how that came about."""
    nobody = say(TRY_SAID, "nobody", (), language)
    sums = "; ".join(f"{Money(now, unit)} → {Money(new, unit)}" for unit, now, new in one.sums)
    if one.kind == "goal":
        said = one.now.partner_id or one.tried.partner_id
        name = goal_said(one.key[1], language)
    else:
        said = f"{one.now.partner_id or nobody} → {one.tried.partner_id or nobody}"
        name = f"{'/'.join(one.key)} {one.day}"
    yield f"{name}: {said}{f', {sums}' if sums else ''}"
    why = one.tried.decision or say(TRY_SAID, "goal_not_tried", (), language)
    yield f"    {why}"


def _columns(grid: Grid) -> Iterator[str]:
    """A table in columns: names to the left, numbers to the right."""
    rows = [grid.headings, *([_cell(value) for value in row] for row in grid.rows)]
    widths = [max(len(row[index]) for row in rows) for index in range(len(grid.headings))]
    for row in rows:
        left = [text.ljust(width) for text, width in zip(row[:2], widths[:2], strict=True)]
        right = [text.rjust(width) for text, width in zip(row[2:], widths[2:], strict=True)]
        yield "  ".join([*left, *right]).rstrip()


def _cell(value: Value) -> str:
    return decimal_text(value.minor, value.currency) if isinstance(value, Money) else str(value)
