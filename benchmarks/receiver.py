"""How many deliveries does the receiver keep a second? Ours beside a bare app and a naive one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.receiver_servers import CHECKED, EACH, GROUP, OURS, Held, Server, start
from benchmarks.results import Figures, Tell

RUNS = 3
SECONDS = 1.5
CONNECTIONS = (1, 16, 64)
SLOWER_MS = 5
WHO = {
    OURS: "**ours**: `python -m tracker serve`",
    GROUP: "bare ASGI, the same storage",
    CHECKED: "bare ASGI, the same storage and checks",
    EACH: "bare ASGI, a commit per request",
}
RATIO_MIN, TIMES_MIN, P99_MS_MAX = 2 / 3, 10, 100

ABOUT = f"""\
# How many deliveries are kept a second

Orders in the shape of WooCommerce, 2 kB each and no two alike, signed, posted over loopback on
kept connections, each of which posts anew as soon as it is answered. Every server is a process of
its own under the same uvicorn with the same settings, and answers 2xx once the delivery is
committed to SQLite (WAL, synchronous FULL) in a folder of the same disk. After every run each
delivery that was answered must be in the inbox once, byte for byte, or there is no table.

- *ours* is the program as it is: limits, checks of the body, a line of log for each commit.
- *bare ASGI, the same storage* checks the signature and hands the body to the receiver's own
  writer, which makes one commit for all that wait; nothing else.
- *bare ASGI, the same storage and checks* also has the body read as strictly as the receiver does
  (fields told twice, depth, NaN, halves of characters), so that it tells what of the difference
  is asked for and what is made by the server around it. Left out on the slowed disk.
- *bare ASGI, a commit per request* checks the signature alone and commits each, as a script would.
- *p50* and *p99* are from the first byte sent to the last byte of the answer.
- *CPU µs* is user and system of the server for each delivery, all threads.
- *load* is how much of one core the poster took; it is a process of its own.

Medians of {RUNS} runs of {SECONDS:g} s each, the servers by turns, so that noise hits all of them.
Ratios are those of requests a second.
"""
HEADING = (
    "| connections | server | requests/s | p50 ms | p99 ms | CPU µs | load | against bare "
    "| against a commit each |\n"
    "|---:|---|---:|---:|---:|---:|---:|---:|---:|"
)


@dataclass(frozen=True, slots=True)
class Rate:
    """One server at one number of connections: medians of the runs, or one of them."""

    per_second: float
    p50_ms: float
    p99_ms: float
    cpu_us: float
    load_cpu: float


Rates = Mapping[tuple[int, str], Rate]
"""By the number of connections and the server."""


def measured(server: Server, connections: int, seconds: float) -> Rate:
    """Measure one server once."""
    before = server.cpu_seconds()
    window = server.load(connections, seconds)
    used = server.cpu_seconds() - before
    return Rate(
        per_second=window.counted / window.seconds,
        p50_ms=window.p50_ms,
        p99_ms=window.p99_ms,
        cpu_us=used * 1e6 / window.answered,
        load_cpu=window.load_cpu,
    )


def measure(
    who: Sequence[str], slower_ms: int, runs: int = RUNS, seconds: float = SECONDS
) -> tuple[Rates, Mapping[str, Held]]:
    """Measure servers by turns on one disk, in each run with empty inboxes.

    Raises SystemExit when an answered delivery is lost, or when the slower disk was not slower.
    """
    rates: dict[tuple[int, str], list[Rate]] = defaultdict(list)
    held: dict[str, list[Held]] = defaultdict(list)
    for _ in range(runs):
        with TemporaryDirectory() as name, ExitStack() as ending:
            servers = {}
            for one in who:
                servers[one] = start(one, Path(name) / one, slower_ms)
                ending.callback(servers[one].end)
            for server in servers.values():
                server.wait_until_ready()
            for lines in CONNECTIONS:
                for one, server in servers.items():
                    rates[lines, one].append(measured(server, lines, seconds))
            for one, server in servers.items():
                held[one].append(server.stop())
    found = {key: _middle(every) for key, every in rates.items()}
    for (lines, one), rate in found.items():
        if rate.per_second * slower_ms > 1000 and (lines == 1 or one == EACH):
            raise SystemExit(f"{one} commits faster than the slowed disk can")
    return found, {one: _most(every) for one, every in held.items()}


def _middle(every: Sequence[Rate]) -> Rate:
    return Rate(
        per_second=median(rate.per_second for rate in every),
        p50_ms=median(rate.p50_ms for rate in every),
        p99_ms=median(rate.p99_ms for rate in every),
        cpu_us=median(rate.cpu_us for rate in every),
        load_cpu=median(rate.load_cpu for rate in every),
    )


def _most(every: Sequence[Held]) -> Held:
    return Held(max(one.peak_mb for one in every), median(one.bytes_each for one in every))


def table(found: Rates) -> list[str]:
    """The rows of one disk, each with its ratios to the two baselines."""
    lines = HEADING.splitlines()
    for (connections, who), rate in found.items():
        bare, each = (found[connections, base].per_second for base in (GROUP, EACH))
        lines.append(
            f"| {connections} | {WHO[who]} | {rate.per_second:,.0f} | {rate.p50_ms:.1f} "
            f"| {rate.p99_ms:.1f} | {rate.cpu_us:,.0f} | {rate.load_cpu:.0%} "
            f"| {rate.per_second / bare:.2f} | {rate.per_second / each:.2f} |"
        )
    return lines


def kept_table(held: Mapping[str, Held]) -> list[str]:
    """What each server held: memory at most, bytes of the inbox."""
    return [
        "| server | peak MB | bytes of the inbox a delivery |",
        "|---|---:|---:|",
        *(
            f"| {WHO[who]} | {one.peak_mb:.0f} | {one.bytes_each:,.0f} |"
            for who, one in held.items()
        ),
    ]


def summary(usual: Rates, slow: Rates) -> list[str]:
    """Say what came of the aims, at the most connections."""
    most = max(connections for connections, _ in usual)
    ours = usual[most, OURS]
    times = slow[most, OURS].per_second / slow[most, EACH].per_second
    part, fair = (ours.per_second / usual[most, one].per_second for one in (GROUP, CHECKED))
    return f"""\
- {most} connections: {part:.2f} of the bare app (aim: {RATIO_MIN:.2f})
  and {fair:.2f} of the one that checks as much; p99 {ours.p99_ms:.0f} ms (aim: under {P99_MS_MAX}).
- {most} connections on the slowed disk: {times:.0f} times a commit per request (aim: {TIMES_MIN});
  p99 {slow[most, OURS].p99_ms:.0f} ms.""".splitlines()


def section(tell: Tell) -> Figures:
    """Measure on both disks; the figures are those of the most connections."""
    tell(ABOUT.splitlines())
    usual, held = measure(tuple(WHO), 0)
    tell(["", "## This disk", "", *table(usual), "", *kept_table(held)])
    slow, _ = measure((OURS, GROUP, EACH), SLOWER_MS)
    tell(["", f"## The same disk with {SLOWER_MS} ms more for every commit", "", *table(slow)])
    tell(["", *summary(usual, slow)])
    return figures_of(usual, slow)


def figures_of(usual: Rates, slow: Rates) -> Figures:
    """Requests a second at the most connections, by server, and on the slowed disk."""
    most = max(connections for connections, _ in usual)
    return {
        "connections": most,
        "ours": usual[most, OURS].per_second,
        "bare": usual[most, GROUP].per_second,
        "checked": usual[most, CHECKED].per_second,
        "p99_ms": usual[most, OURS].p99_ms,
        "slower_ms": SLOWER_MS,
        "slow": slow[most, OURS].per_second,
        "slow_each": slow[most, EACH].per_second,
    }
