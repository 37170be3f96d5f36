"""What does one sync on Google Sheets cost? Ours beside a naive script and a careful one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.google_book import Google, Stage
from benchmarks.results import Figures, Tell
from benchmarks.watched import run
from tests.google.wiring import served
from tracker.stores.google_sheets.store import ROWS_MAX

CALL_SECONDS = 0.3
ORDERS = (1, 100, 2_000)
LEDGERS = {1_000: 3, 100_000: 1}
"""Lines of a ledger, and how often each case is run on it."""

OURS, CAREFUL, NAIVE = "google_ours", "google_careful", "google_naive"
WHO = {OURS: "**ours**", CAREFUL: "careful", NAIVE: "naive"}

FIRST, IDLE = "none, the first sync of the day", "none"
PLAIN = 100
"""With more new orders the naive script is worked out; the aims are about this many."""

HEADING = (
    "| new orders | who | calls | kB up | kB down | s waiting | s CPU | s in all | by the clock "
    "| peak MB | times ours |"
)
ABOUT = f"""\
# One sync on Google Sheets

The real gspread and google-auth over loopback to a stand-in for the Sheets API, every run in a
process of its own, from its start. **ours**: the store, the inbox and the core, as cron starts
them. *naive*: `open_by_key`, `worksheet()` and `get_all_records` for Partners, Codes and
Commissions, one `append_row` an order, `update` for Balances. *careful*: `open_by_key`, one
`values_batch_get` of these three tabs, one `values_append`, one `values_update`. The scripts book
one row an order and nothing else; ours also keeps the order and why it was decided so (the
Journal), so that an order is two lines. All three book the same sums, to the kopeck. A ledger's
lines are those of Journal and Commissions together; there are 100 partners and 500 codes.

- *calls* are API calls. One more for the token is made by everybody and counted in the seconds.
- *kB* are the bodies as they are, 1,000 bytes each, before anybody packs them.
- *s waiting* is {CALL_SECONDS} s for each call and for the token, nothing else.
- *s CPU* is user and system of that process alone; what the stand-in takes is not in it.
- *s in all* is the sum of both. *by the clock* was really waited for, less what the stand-in took;
  a dash where it was not waited for.
- ≈ was not run: worked out from the runs with 1 and {PLAIN} orders, one call for each order more.
- Google allows 60 writes a minute, so that the naive script takes longer than is told here.

Medians of {LEDGERS[1_000]} runs on the small ledger; one run of each on the large one.
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """One sync: API calls, bytes of bodies, seconds of CPU, MB at most, seconds by the clock.

    `run` is False for a cost that was worked out.
    """

    calls: float
    up: float
    down: float
    cpu: float
    peak_mb: float
    clock: float | None = None
    run: bool = True

    @property
    def waiting(self) -> float:
        """Seconds that the network takes, the token's call included."""
        return (self.calls + 1) * CALL_SECONDS

    @property
    def seconds(self) -> float:
        """Waiting and working."""
        return self.waiting + self.cpu

    @property
    def moved(self) -> float:
        """Bytes both ways."""
        return self.up + self.down


Costs = Mapping[tuple[str, str], Cost]
"""By what was new and by whose sync it was."""


class Bench:
    """One spreadsheet, and what its syncs cost."""

    def __init__(self, google: Google, base_url: str, stage: Stage) -> None:
        self._google = google
        self._base_url = base_url
        self._stage = stage
        self.lines = stage.lines

    def first(self, call_seconds: float = CALL_SECONDS) -> Cost:
        """Sync for the first time of the day, with nothing new; later runs begin after the next.

        That one knows the ledgers from the cache, and keeps what it finds for those after it.
        """
        cost = self._once(OURS, call_seconds)
        self._once(OURS, 0)
        self._stage.keep()
        return cost

    def sync(self, who: str, orders: int, call_seconds: float = CALL_SECONDS) -> Cost:
        """Sync with so many new orders. Raises SystemExit when they are not all booked."""
        self._stage.back(orders)
        cost = self._once(who, call_seconds)
        if len(self._stage.booked()) != orders:
            raise SystemExit(f"{who} booked {len(self._stage.booked())} of {orders} orders")
        return cost

    def booked(self) -> list[object]:
        """What the last sync wrote: order, partner, sum."""
        return list(self._stage.booked())

    def _once(self, who: str, call_seconds: float) -> Cost:
        google = self._google
        google.reset_calls()
        google.busy_seconds, google.latency_seconds = 0, call_seconds
        used = run(who, str(self._stage.folder), self._base_url)
        return Cost(
            calls=len(google.calls),
            up=sum(call.up for call in google.calls),
            down=sum(call.down for call in google.calls),
            cpu=used.cpu_seconds,
            peak_mb=float(used.said),
            clock=used.wall_seconds - google.busy_seconds if call_seconds else None,
        )


@contextmanager
def bench(lines: int, more: int) -> Iterator[Bench]:
    """Build a ledger of so many lines; `more` is the most new orders that will be asked for."""
    google = Google()
    with TemporaryDirectory() as name, served(google) as base_url:
        yield Bench(google, base_url, Stage(google, Path(name), lines, more))


def costs(lines: int, runs: int) -> Costs:
    """Measure everything on one ledger. Raises SystemExit when the three book different sums."""
    found: dict[tuple[str, str], Cost] = {}
    with bench(lines, max(ORDERS)) as made:
        found[FIRST, OURS] = made.first()
        found[IDLE, OURS] = _middle([made.sync(OURS, 0) for _ in range(runs)])
        for orders in ORDERS:
            booked = []
            for who in WHO:
                if who == NAIVE and orders > PLAIN:
                    few, many = found["1", NAIVE], found[f"{PLAIN:,}", NAIVE]
                    found[f"{orders:,}", who] = further(few, many, orders)
                    continue
                waited = CALL_SECONDS if who != NAIVE or orders == 1 else 0
                every = [made.sync(who, orders, waited) for _ in range(runs)]
                found[f"{orders:,}", who] = _middle(every)
                booked.append(made.booked())
            if any(one != booked[0] for one in booked):
                raise SystemExit(f"different sums are booked for {orders} orders")
    return found


def further(few: Cost, many: Cost, orders: int) -> Cost:
    """Work out a cost from those of 1 and of PLAIN orders: each order more costs the same."""

    def line(first: float, second: float) -> float:
        return first + max(0.0, second - first) * (orders - 1) / (PLAIN - 1)

    return Cost(
        calls=line(few.calls, many.calls),
        up=line(few.up, many.up),
        down=line(few.down, many.down),
        cpu=line(few.cpu, many.cpu),
        peak_mb=many.peak_mb,
        run=False,
    )


def _middle(costs: list[Cost]) -> Cost:
    clocks = [cost.clock for cost in costs if cost.clock is not None]
    return Cost(
        calls=median(cost.calls for cost in costs),
        up=median(cost.up for cost in costs),
        down=median(cost.down for cost in costs),
        cpu=median(cost.cpu for cost in costs),
        peak_mb=median(cost.peak_mb for cost in costs),
        clock=median(clocks) if clocks else None,
    )


def table(lines: int, found: Costs) -> list[str]:
    """The rows of one ledger, each with how much longer it takes than ours."""
    rows = [
        f"## A ledger of {lines:,} lines",
        "",
        HEADING,
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for (news, who), cost in found.items():
        ratio = cost.seconds / found[news, OURS].seconds
        clock = "—" if cost.clock is None else f"{cost.clock:.1f}"
        about = "" if cost.run else "≈ "
        rows.append(
            f"| {news} | {WHO[who]} | {about}{cost.calls:,.0f} | {_kb(cost.up)} "
            f"| {_kb(cost.down)} | {cost.waiting:,.1f} | {cost.cpu:,.1f} | {cost.seconds:,.1f} "
            f"| {clock} | {cost.peak_mb:.0f} | {ratio:.1f} |"
        )
    return rows


def _kb(size: float) -> str:
    return f"{size / 1000:,.1f}"


def summary(found: Mapping[int, Costs]) -> list[str]:
    """Say in words what the aims ask: calls, bytes, and the time beside the naive script."""
    small, large = (found[lines] for lines in (min(found), max(found)))
    news, most = f"{PLAIN:,}", f"{max(ORDERS):,}"
    first, last = small[news, OURS].moved, large[news, OURS].moved
    naive, ours = small[news, NAIVE], small[news, OURS]
    parts = small[most, OURS].calls - 2
    return f"""\
- Bytes of ours with {news} new orders, both ways: {_kb(first)} kB beside {min(found):,} lines,
  {_kb(last)} kB beside {max(found):,}: {last / first:.2f} times as many.
- {most} new orders are {2 * max(ORDERS):,} lines and a row of Runs: two reads and {parts:.0f}
  writes of at most {ROWS_MAX:,} rows, each complete in itself.
- The naive script with {news} orders beside {min(found):,} lines: {naive.calls / ours.calls:.0f}
  times the calls, {naive.seconds / ours.seconds:.0f} times the time.""".splitlines()


def section(tell: Tell) -> Figures:
    """Measure on every ledger; the figures are those of the smallest and the largest."""
    tell(ABOUT.splitlines())
    found: dict[int, Costs] = {}
    for lines, runs in LEDGERS.items():
        found[lines] = costs(lines, runs)
        tell(["", *table(lines, found[lines])])
    tell(["", *summary(found)])
    return figures_of(found)


def figures_of(found: Mapping[int, Costs]) -> Figures:
    """Calls, bytes both ways and seconds, most of them with PLAIN new orders."""
    small, large = (found[lines] for lines in (min(found), max(found)))
    news, most = f"{PLAIN:,}", f"{max(ORDERS):,}"
    return {
        "some": PLAIN,
        "some_calls": small[news, OURS].calls,
        "careful_calls": small[news, CAREFUL].calls,
        "naive_calls": small[news, NAIVE].calls,
        "many": max(ORDERS),
        "many_calls": small[most, OURS].calls,
        "idle_calls": small[IDLE, OURS].calls,
        "small": min(found),
        "large": max(found),
        "small_kb": small[news, OURS].moved / 1000,
        "large_kb": large[news, OURS].moved / 1000,
        "ours_s": small[news, OURS].seconds,
        "careful_s": small[news, CAREFUL].seconds,
        "naive_s": small[news, NAIVE].seconds,
    }
