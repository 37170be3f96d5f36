"""How is a command killed before each of its effects in turn, and what must then be as it was?

The walk ends when the command survives, so it needs no number of effects that a change of the
program would make wrong.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineWorkbook

from tests.cli_book import CliBook
from tests.kills.nursery import Ended, Nursery
from tracker.layout import Tab

EFFECTS_MAX = 400


def undisturbed(nursery: Nursery, begun: CliBook, folder: Path, *argv: str) -> Ended:
    """Run the command to its end in a copy of the book, `whole` in that folder."""
    ended = nursery.run(CliBook(folder / "whole", begun).folder, *argv, now=begun.now)
    assert ended.code == 0, ended.err
    return ended


def walked(
    nursery: Nursery, begun: CliBook, folder: Path, *argv: str, only: Sequence[int] = ()
) -> Iterator[tuple[CliBook, str]]:
    """Kill the command before each of its effects; the book then, and what it was about to do.

    Each time it works in a copy of the book, which the caller may use up. `only` has the numbers
    of the effects to die at, where not all are the test's business.
    """
    for number in only or range(1, EFFECTS_MAX):
        book = CliBook(folder / str(number), begun)
        ended = killed(nursery, book, number, *argv)
        if not ended.killed:
            assert not only, f"it ended before its effect {number}"
            return
        yield book, ended.effects[-1]
    assert only, "it never ended"


def places(ended: Ended, *beginnings: str) -> list[int]:
    """The numbers of those effects of a run that begin so."""
    return [n for n, says in enumerate(ended.effects, start=1) if says.startswith(beginnings)]


def killed(nursery: Nursery, book: CliBook, die_at: int, *argv: str) -> Ended:
    """Run a command that dies before its n-th effect, if it has as many."""
    ended = nursery.run(book.folder, *argv, now=book.now, die_at=die_at)
    assert ended.killed == (len(ended.effects) == die_at), ended
    return ended


def opens(book: CliBook) -> None:
    """The workbook is whole, and another library opens it."""
    with zipfile.ZipFile(book.path) as parts:
        assert parts.testzip() is None
    with CalamineWorkbook.from_path(book.path) as found:
        assert "Commissions" in found.sheet_names


def sums(book: CliBook) -> dict[str, str]:
    """What the owner's own SUM over Commissions shows of each partner."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in book.rows(Tab.COMMISSIONS):
        found[row["partner_id"]] += Decimal(str(row["amount"]))
    return {partner: f"{found[partner]:.2f}" for partner in sorted(found)}


def nothing_doubled(book: CliBook) -> None:
    """Every line of the ledgers stands once."""
    for tab, key in ((Tab.JOURNAL, "line_id"), (Tab.COMMISSIONS, "line_id"), (Tab.RUNS, "run_id")):
        ids = [row[key] for row in book.rows(tab)]
        assert len(ids) == len(set(ids)), tab


def files(folder: Path) -> set[str]:
    """Every file below, by a name without what is drawn by lot.

    SQLite's own helpers are left out, and the cache, which may be deleted at any time.
    """
    found = (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    return {
        re.sub(r"\.[0-9a-f]{8}\.tmp$", ".tmp", name)
        for name in found
        if not name.endswith(("-wal", "-shm")) and not re.match(r"\.tracker/cache/[^.]", name)
    }


def goes_on(nursery: Nursery, book: CliBook, *argv: str, quiet: int = 1) -> Ended:
    """The next run does what is left, and after `quiet` more no run touches the book."""
    first = nursery.run(book.folder, *argv, now=book.now)
    assert first.code == 0, first.err
    for _ in range(quiet):
        before = book.fingerprint()
        again = nursery.run(book.folder, *argv, now=book.now)
        assert again.code == 0, again.err
    assert book.fingerprint() == before
    return first
