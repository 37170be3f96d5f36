"""What does a run cost that finds nothing to do? Cron starts one every few minutes, all day."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import openpyxl

from benchmarks.google_book import plain_lines
from benchmarks.made_orders import make
from benchmarks.results import Figures, Tell
from benchmarks.watched import Used, used_by
from tests.cli_book import columns, sheet_of
from tracker.layout import Tab

RUNS = 5
ROOT = Path(__file__).parent.parent
BOOK, LOG, CODES = "partners.xlsx", "orders.jsonl", "codes.csv"
SYNC, BARE = "**ours**: `python -m tracker sync`", "`python -c pass`"
READ, LOAD = "calamine reads the book", "openpyxl loads the book"

PEAK = "next(int(l.split()[1]) / 1024 for l in open('/proc/self/status') if 'VmHWM' in l)"
"""The most memory a process held at once, MB. What the system tells its parent may be the parent's
own, which is there until the child is another program."""

PROBE = f"""
import json, sys, time
before = []
def note(event, values):
    if event == "open" and str(values[0]).endswith("partners.xlsx") and not before:
        before.append(time.process_time())
sys.addaudithook(note)
from tracker.cli import run
sys.stdout = sys.stderr = open("/dev/null", "w")
code = run(sys.argv[1:])
ours = sum(1 for name in sys.modules if name.partition(".")[0] == "tracker")
peak = {PEAK}
print(json.dumps([code, peak, (before or [0])[0], len(sys.modules), ours]), file=sys.__stdout__)
"""
CALAMINE = (
    "import sys, python_calamine as c; b = c.CalamineWorkbook.from_path(sys.argv[1]); "
    "[b.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in b.sheet_names]"
)
OPENPYXL = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"

ABOUT = """\
# What a run costs that finds nothing to do

A workbook with {rows:,} ledger rows (Journal and Commissions together), {size:.1f} MB, {partners}
partners and {codes} codes, as `python -m tracker sync` left it. Every run is a process of its own,
start of the process included, with byte code already compiled.

- *wall s* is by the clock on the wall, *CPU s* user and system of the process.
- *before* is the CPU, in milliseconds, that is spent before the first byte of the workbook is read;
  a dash where it is never opened.
- *modules* are all that were imported, and in brackets those of the program.
- *with nothing kept* has `.tracker/cache` deleted: the whole book is read, folded and decided.

Medians of {runs} runs, by turns, so that noise hits all of them.
"""


@dataclass(frozen=True, slots=True)
class Idle:
    """The medians of one kind of run; `before` in milliseconds of CPU, 0 where never."""

    wall: float
    cpu: float
    peak_mb: float
    before: float = 0
    modules: int = 0
    ours: int = 0


class Stage:
    """A folder with a workbook at rest.

    Attributes:
        rows: how many ledger rows it has; partners, codes: what else is in it.
    """

    def __init__(self, folder: Path, rows: int) -> None:
        """Build it, and sync it until there is nothing left to do."""
        self.folder = folder / "shop"
        self.folder.mkdir()
        kept = {name: text for name, text in os.environ.items() if not name.startswith("TRACKER_")}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        self.env = kept | {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "pyc")}
        orders = rows // 2
        make(folder, orders * 8 // 5 + 100)
        lines = list(plain_lines(folder / LOG))[:orders]
        (self.folder / LOG).write_text("".join(lines), encoding="utf-8")
        self.tracker("init", "--lang", "en")
        self.partners, self.codes = self._type(folder / CODES)
        with (self.folder / ".env").open("a", encoding="utf-8") as file:
            file.write(f"TRACKER_ORDER_LOG=file:{LOG}\n")
        for _ in range(3):
            self.tracker("sync")
        self.rows = 2 * len(lines)

    def _type(self, codes: Path) -> tuple[int, int]:
        with codes.open(encoding="utf-8", newline="") as file:
            rows = [row | {"rate": f"{row['rate']}%"} for row in csv.DictReader(file)]
        partners = sorted({row["partner_id"] for row in rows})
        book = openpyxl.load_workbook(self.folder / BOOK)
        _type_in(book, Tab.CODES, rows)
        _type_in(book, Tab.PARTNERS, [{"partner_id": one} for one in partners])
        book.save(self.folder / BOOK)
        return len(partners), len(rows)

    def tracker(self, *words: str) -> Used:
        """Run a command of the program."""
        return self.python("-m", "tracker", *words)

    def python(self, *words: str) -> Used:
        """Run Python in the folder."""
        return used_by([sys.executable, *words], self.folder, self.env)

    def forget(self) -> None:
        """Delete what may be deleted at any time."""
        shutil.rmtree(self.folder / ".tracker" / "cache", ignore_errors=True)

    def probed(self, used: Used, *words: str) -> Idle:
        """Run a command once more, to be told what it imports and when it reads the book."""
        code, peak, before, modules, ours = json.loads(self.python("-c", PROBE, *words).said)
        if code:
            raise SystemExit(f"{' '.join(words)} ended with {code}")
        return Idle(used.wall_seconds, used.cpu_seconds, peak, before * 1000, modules, ours)

    def bare(self, code: str) -> Idle:
        """Run a line of Python, and once more to be told how much memory it held."""
        used = self.python("-c", code, BOOK)
        peak = float(self.python("-c", f"{code}\nprint({PEAK})", BOOK).said)
        return Idle(used.wall_seconds, used.cpu_seconds, peak)

    @property
    def order(self) -> str:
        """The id of the first order."""
        with (self.folder / LOG).open(encoding="utf-8") as file:
            return str(json.loads(file.readline())["body"]["order_id"])


def _type_in(book: openpyxl.Workbook, tab: Tab, rows: Sequence[Mapping[str, str]]) -> None:
    """Fill a tab that is empty yet."""
    sheet = sheet_of(book, tab)
    places = columns(sheet)
    for number, row in enumerate(rows, 2):
        for key, text in row.items():
            sheet.cell(number, places[key]).value = text


def kinds(stage: Stage) -> dict[str, Callable[[], Idle]]:
    """Every kind of run, by what it is called in the table."""
    job = str(ROOT / "jobs" / "sync_orders.py")

    def ours(*words: str) -> Idle:
        return stage.probed(stage.tracker(*words), *words)

    def anew() -> Idle:
        stage.forget()
        used = stage.tracker("sync")
        stage.forget()
        return stage.probed(used, "sync")

    return {
        SYNC: lambda: ours("sync"),
        "**ours**: `jobs/sync_orders.py`": lambda: stage.probed(stage.python(job), "sync"),
        "ours, with nothing kept": anew,
        "ours: `why` of one order": lambda: ours("why", stage.order),
        "ours: `status`": lambda: ours("status"),
        "ours: `--help`": lambda: ours("--help"),
        BARE: lambda: stage.bare("pass"),
        READ: lambda: stage.bare(CALAMINE),
        LOAD: lambda: stage.bare(OPENPYXL),
    }


def measured(stage: Stage, runs: int = RUNS) -> dict[str, Idle]:
    """Run every kind so many times, by turns; the medians."""
    work = kinds(stage)
    found: dict[str, list[Idle]] = {name: [] for name in work}
    for _ in range(runs):
        for name, one in work.items():
            found[name].append(one())
    return {name: _median(some) for name, some in found.items()}


def _median(some: list[Idle]) -> Idle:
    return Idle(
        wall=median(one.wall for one in some),
        cpu=median(one.cpu for one in some),
        peak_mb=median(one.peak_mb for one in some),
        before=median(one.before for one in some),
        modules=some[0].modules,
        ours=some[0].ours,
    )


def table(found: dict[str, Idle]) -> list[str]:
    """The rows of the page."""
    lines = [
        "| how | wall s | CPU s | before | modules | peak MB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, one in found.items():
        before = f"{one.before:.0f}" if one.before else "—"
        modules = f"{one.modules} ({one.ours})" if one.modules else "—"
        lines.append(
            f"| {name} | {one.wall:.2f} | {one.cpu:.2f} | {before} | {modules} "
            f"| {one.peak_mb:.0f} |"
        )
    return lines


def section(tell: Tell, rows: int = 10_000, runs: int = RUNS) -> Figures:
    """Build the workbook and measure; the figures are of the idle sync and of reading the book."""
    with TemporaryDirectory() as name:
        stage = Stage(Path(name), rows)
        size = (stage.folder / BOOK).stat().st_size / 1_000_000
        said = {"partners": stage.partners, "codes": stage.codes, "runs": runs, "size": size}
        tell(ABOUT.format(rows=stage.rows, **said).splitlines())
        found = measured(stage, runs)
        tell(["", *table(found)])
    return figures_of(stage.rows, found)


def figures_of(rows: int, found: Mapping[str, Idle]) -> Figures:
    """Seconds by the clock, and milliseconds of CPU."""
    ours = found[SYNC]
    return {
        "rows": rows,
        "wall_s": ours.wall,
        "before_ms": ours.before,
        "python_ms": found[BARE].cpu * 1000,
        "calamine_s": found[READ].wall,
        "openpyxl_s": found[LOAD].wall,
    }
