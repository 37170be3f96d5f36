"""What is promised of speed and memory, by which figures is it judged, and how is that told?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor

from benchmarks import receiver, rules, spreadsheet, workbook
from benchmarks.results import Part

NOT_YET = "not measured yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One row: what a part's figures must come to.

    Attributes:
        part: whose figures; what, ours, beside: words with figures in braces.
        over: the figure is `of` divided by this one; empty for `of` itself.
        shown: how figure and aim are written.
        aim: None where nothing was promised. `most`: the figure may be no more than it; else it
            may be no less.
    """

    part: str
    what: str
    ours: str
    beside: str = "—"
    of: str
    over: str = ""
    shown: str
    aim: float | None
    most: bool = False

    def row(self, parts: Mapping[str, Part]) -> str:
        """Write the row."""
        figures = parts[self.part].figures if self.part in parts else {}
        try:
            words = [one.format_map(figures) for one in (self.what, self.ours, self.beside)]
            figure = figures[self.of] / (figures[self.over] if self.over else 1)
        except KeyError:
            words = [self.what.partition(":")[0], "—", "—"]
            return f"| {' | '.join(words)} | — | {self._aim()} | {NOT_YET} |"
        cells = [*words, self.shown.format(figure), self._aim(), self.verdict(figure)]
        return f"| {' | '.join(cells)} |"

    def _aim(self) -> str:
        if self.aim is None:
            return "—"
        return f"at {'most' if self.most else 'least'} {self.shown.format(self.aim)}"

    def verdict(self, figure: float) -> str:
        """Say whether the aim is reached, and how far off it is where not."""
        if self.aim is None:
            return "nothing was promised"
        if self.most:
            off, reached = f"{_short(figure / self.aim)} times it", figure <= self.aim
        else:
            off, reached = f"{_short(100 * figure / self.aim)}% of it", figure >= self.aim
        return "reached" if reached else f"**not reached**: {off}"


def _short(number: float) -> str:
    """Two digits of a small number, the whole of a larger one; never rounded up to the aim."""
    return f"{floor(number)}" if number >= 10 else f"{number:.2g}"


def _rate(orders: str) -> str:
    return f"{{{orders}:,.0f}} orders/s"


PROMISES = (
    Promise(
        part="deciding",
        what="Orders decided, from the log to a CSV file: {orders:,.0f}",
        ours=_rate("ours"),
        beside=f"a plain script, {_rate('script')}",
        of="ours",
        shown="{:,.0f}/s",
        aim=150_000,
    ),
    Promise(
        part="deciding",
        what="The same: memory",
        ours="{ours_mb:.0f} MB",
        of="ours_mb",
        shown="{:.0f} MB",
        aim=100,
        most=True,
    ),
    Promise(
        part="deciding",
        what="The same, against pandas",
        ours=_rate("ours"),
        beside=f"pandas, {_rate('with_pandas')}",
        of="ours",
        over="with_pandas",
        shown="{:.2f} of its rate",
        aim=1,
    ),
    Promise(
        part="deciding",
        what="The floor: JSON, keyed customers, the lines of both ledgers, nothing decided",
        ours=_rate("floor"),
        beside=f"a plain script, {_rate('script')}",
        of="floor",
        shown="{:,.0f}/s",
        aim=None,
    ),
    Promise(
        part="rules",
        what="Every rule on, two restrictions a code",
        ours="{some:,.0f} orders a CPU second",
        beside="the same core without rules, {plain:,.0f}",
        of="some",
        over="plain",
        shown="{:.2f} of the rate",
        aim=rules.LEAST_SHARE,
    ),
    Promise(
        part="rules",
        what="Every rule on, every restriction on every code",
        ours="{all:,.0f} orders a CPU second",
        beside="the same core without rules, {plain:,.0f}",
        of="all",
        over="plain",
        shown="{:.2f} of the rate",
        aim=rules.LEAST_SHARE,
    ),
    Promise(
        part="spreadsheet",
        what="Rules that formulas can count too: {orders:,.0f} orders",
        ours="{ours_cpu_s:,.1f} CPU s, {ours_s:,.1f} by the clock",
        beside="LibreOffice recomputes, {office_cpu_s:,.1f} CPU s, {office_s:,.1f} by the clock",
        of="office_cpu_s",
        over="ours_cpu_s",
        shown="{:.3g} times as fast",
        aim=spreadsheet.LEAST_TIMES,
    ),
    Promise(
        part="google",
        what="API calls of a sync on Google Sheets: {some:,.0f} new orders",
        ours="{some_calls:.0f}",
        beside="a careful script {careful_calls:.0f}, a naive one {naive_calls:.0f}",
        of="some_calls",
        shown="{:.0f}",
        aim=3,
        most=True,
    ),
    Promise(
        part="google",
        what="The same: {many:,.0f} new orders",
        ours="{many_calls:.0f}",
        of="many_calls",
        shown="{:.0f}",
        aim=3,
        most=True,
    ),
    Promise(
        part="google",
        what="The same: nothing new",
        ours="{idle_calls:.0f}",
        of="idle_calls",
        shown="{:.0f}",
        aim=2,
        most=True,
    ),
    Promise(
        part="google",
        what="Bytes of a sync of {some:,.0f} orders: a ledger of {large:,.0f} lines",
        ours="{large_kb:.0f} kB",
        beside="ours with {small:,.0f} lines, {small_kb:.0f} kB",
        of="large_kb",
        over="small_kb",
        shown="{:.2f} times as many",
        aim=1.1,
        most=True,
    ),
    Promise(
        part="google",
        what="Time of a sync of {some:,.0f} orders, 0.3 s a call: a ledger of {small:,.0f} lines",
        ours="{ours_s:.1f} s",
        beside="a naive script {naive_s:.1f} s, a careful one {careful_s:.1f} s",
        of="naive_s",
        over="ours_s",
        shown="{:.0f} times as fast",
        aim=40,
    ),
    Promise(
        part="workbook",
        what="{added:,.0f} lines added to a workbook: {lines:,.0f} lines there",
        ours="{append_s:.2f} CPU s; {wall_s:.2f} s with the start of Python",
        beside="openpyxl {openpyxl_append_s:.0f} CPU s",
        of="append_s",
        shown="{:.2f} CPU s",
        aim=1,
        most=True,
    ),
    Promise(
        part="workbook",
        what="The same: memory",
        ours="{mb:.0f} MB",
        beside="openpyxl {openpyxl_mb:.0f} MB",
        of="mb",
        shown="{:.0f} MB",
        aim=100,
        most=True,
    ),
    Promise(
        part="workbook",
        what="The same, start of Python included, against openpyxl",
        ours="{cpu_s:.2f} CPU s",
        beside="openpyxl {openpyxl_cpu_s:.0f} CPU s",
        of="openpyxl_cpu_s",
        over="cpu_s",
        shown="{:.0f} times as fast",
        aim=workbook.LEAST_TIMES,
    ),
    Promise(
        part="idle",
        what="A sync that finds nothing to do, from its start: {rows:,.0f} ledger rows",
        ours="{wall_s:.2f} s",
        beside="calamine reads the book in {calamine_s:.2f} s, openpyxl in {openpyxl_s:.2f} s",
        of="wall_s",
        shown="{:.2f} s",
        aim=1,
        most=True,
    ),
    Promise(
        part="idle",
        what="The same: CPU before the book is read",
        ours="{before_ms:.0f} ms",
        beside="bare Python in all {python_ms:.0f} ms",
        of="before_ms",
        shown="{:.0f} ms",
        aim=150,
        most=True,
    ),
    Promise(
        part="receiver",
        what="Deliveries kept a second: {connections:.0f} connections",
        ours="{ours:,.0f}/s",
        beside="bare ASGI, the same storage {bare:,.0f}/s, the same checks too {checked:,.0f}/s",
        of="ours",
        over="bare",
        shown="{:.2f} of the bare rate",
        aim=receiver.RATIO_MIN,
    ),
    Promise(
        part="receiver",
        what="The same: 99 of 100 answers within",
        ours="{p99_ms:.0f} ms",
        of="p99_ms",
        shown="{:.0f} ms",
        aim=100,
        most=True,
    ),
    Promise(
        part="receiver",
        what="The same on a disk with {slower_ms:.0f} ms more for every commit",
        ours="{slow:,.0f}/s",
        beside="a commit per request, {slow_each:,.0f}/s",
        of="slow",
        over="slow_each",
        shown="{:.0f} times as many",
        aim=receiver.TIMES_MIN,
    ),
    Promise(
        part="letters",
        what="Statements rendered and frozen, Russian in roubles",
        ours="{ours:.0f} letters/s",
        beside="Babel called per cell, {babel:.0f} letters/s",
        of="ours",
        over="babel",
        shown="{:.2f} times as fast",
        aim=None,
    ),
)
