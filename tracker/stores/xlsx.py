"""Where do the rows live for somebody without an account? In one .xlsx file of the owner's."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.problems import Params, Stop, params
from tracker.stores import Commit, Generation, Outcome, Snapshot, Traffic, Vitals
from tracker.stores.locks import held
from tracker.stores.remembered import Memory
from tracker.stores.xlsx_file import BookFile, Fingerprint

if TYPE_CHECKING:  # an idle sync looks at the bytes and understands none of them
    from tracker.layout import Tab

COMMIT_WAIT_SECONDS = 30
LAY_OUT_TRIES_MAX = 3
LEFT_OVER_DAYS = 2
BIG_MEGABYTES = 25
"""A book of 20,000 ledger lines has about 5; more is pictures, and each run writes them anew."""


class XlsxStore:
    """A workbook. Rows go in whole or not at all, and never over another's save.

    Attributes:
        path: the file; a link is followed, so that the link stays one.
        state_dir: locks, backups and the last generation seen; `.tracker` beside the book.
        today: tells the day, for the name of the daily backup.
    """

    rows_max: int | None = None
    unsettled = False

    def __init__(
        self, path: Path, state_dir: Path | None = None, *, today: Callable[[], date]
    ) -> None:
        self.path = path.resolve()
        self._state_dir = state_dir or self.path.parent / ".tracker"
        self._today = today
        self._file = BookFile(self.path, self._state_dir)
        self._memory = Memory(self._state_dir / f"{self.path.name}.generation.json")
        self._seen: tuple[Generation, Fingerprint] | None = None
        self._glanced: tuple[bytes, Fingerprint] | None = None
        self.generation: Generation | None = None
        self.traffic = Traffic()
        self.remarks: list[tuple[str, Params]] = []

    @property
    def state_dir(self) -> Path:
        """The folder of everything that is kept beside the book."""
        return self._state_dir

    def read(self, tabs: Iterable[Tab], *, whole: bool = True) -> Snapshot:  # noqa: ARG002
        """Read the tabs asked for. Raises Stop with what to do about it."""
        from tracker.stores.xlsx_read import OpenBook

        content, fingerprint = self._glanced or self._file.load()
        self._glanced = None
        book = OpenBook(content, self.path)
        generation, state = book.state()
        tables = {tab: book.table(tab) for tab in tabs}
        self._seen = (generation, fingerprint)
        self.generation = generation
        return Snapshot(generation, tables, dict(state))

    def glance(self) -> str:
        """Give a digest of the file's bytes, and of the last commit that was seen from here."""
        self._glanced = content, fingerprint = self._file.load()
        seen = (str(self.path), len(content), fingerprint.sha256, self._memory.recall())
        return sha256(repr(seen).encode("utf-8", "surrogatepass")).hexdigest()

    def commit(self, commit: Commit) -> Outcome:
        """Write all of it if the book is still the one that this store read as `commit.base`.

        Raises Stop (`book_open`, `book_busy`, `heading_missing`, `disk_full` ...), nothing written.
        """
        with self._committing():
            content, fingerprint = self._file.load()
            if self._seen != (commit.base, fingerprint):
                return Outcome.CONFLICT
            generation = Generation(commit.base.number + 1, secrets.token_hex(8))
            kept = self._without_erased(content, commit)
            new = self._with(kept, commit, generation)
            self._file.back_up(content, self._today())
            if not self._file.replace(new, fingerprint):
                return Outcome.CONFLICT
            self._memory.remember(generation)
            self.generation = generation
            return Outcome.DONE

    def lay_out(self, language: str) -> Sequence[str]:
        """Make the book, or add what it lacks; say what was added. Raises Stop as `commit`."""
        from tracker.stores.xlsx_lay_out import check_asked

        check_asked(language)
        for _ in range(LAY_OUT_TRIES_MAX):
            with self._committing():
                said = self._laid_out(language)
            if said is not None:
                return said
        raise Stop("book_busy", path=self.path)

    def _laid_out(self, language: str) -> Sequence[str] | None:
        """Lay out once; None when another program saved the book meanwhile."""
        from tracker.stores.xlsx_lay_out import completed, new_book

        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            content, said, generation = new_book(self.path, language)
            if not self._file.replace(content, None):
                return None
            # A book was known here and is gone: this one is behind it, and that must be noticed.
            if self._memory.recall() is None:
                self._memory.remember(generation)
            return said
        from tracker.stores.xlsx_read import OpenBook

        old, fingerprint = self._file.load()
        OpenBook(old, self.path)
        was_behind = self._is_behind(old)
        content, said, generation = completed(old, self.path, language)
        if said:
            self._file.back_up(old, self._today())
            if not self._file.replace(content, fingerprint):
                return None
            if not was_behind:
                self._memory.remember(generation)
        return said

    @contextmanager
    def writing(self, wait_seconds: float) -> Iterator[bool]:
        """Hold the right to write; False when another run kept it for `wait_seconds`."""
        with held(self._state_dir / f"{self.path.name}.run.lock", wait_seconds) as got:
            yield got

    def behind(self) -> bool:
        """Whether the book is older than the last one this machine committed: a restored copy."""
        content, _ = self._file.load()
        return self._is_behind(content)

    def settle(self) -> None:
        """Nothing is ever open: a commit here has ended when it returns."""

    def accept(self) -> None:
        """Go on with the book as it is, and forget the newer one that was seen."""
        self._memory.forget()

    def vitals(self) -> Vitals:
        """Tell the file's name, who has it open, its size and its copies. Raises Stop as `read`."""
        content, _ = self._file.load()
        found: list[tuple[str, Params]] = []
        opened = self._file.open_elsewhere()
        if opened is not None:
            who, mark = opened
            days = self._file.days_since(mark, self._today())
            code = "xlsx_open" if days < LEFT_OVER_DAYS else "xlsx_left_over"
            found.append((code, params(who=who, mark=mark, days=days)))
        megabytes = len(content) // 1_000_000
        if megabytes >= BIG_MEGABYTES:
            found.append(("xlsx_big", params(megabytes=megabytes)))
        if not self._file.copies():
            found.append(("xlsx_no_backup", params(folder=self._file.backups)))
        return Vitals(name=str(self.path), findings=found)

    def _with(self, content: bytes, commit: Commit, generation: Generation) -> bytes:
        """Write the commit into the XML of the tabs it changes, or else by openpyxl, and say so."""
        from tracker.stores.xlsx_splice import spliced
        from tracker.stores.xlsx_unfit import Unfit

        try:
            return spliced(content, commit, generation)
        except Unfit as unfit:
            from tracker.stores.xlsx_write import append

            remark = f"unfit_{unfit.why}", params(where=unfit.where, name=self.path.name)
            if remark not in self.remarks:
                self.remarks.append(remark)
            return append(content, self.path, commit, generation)

    def _without_erased(self, content: bytes, commit: Commit) -> bytes:
        if not commit.erasures:
            return content
        from tracker.stores.xlsx_erase import erased

        return erased(content, self.path, commit.erasures)

    def _is_behind(self, content: bytes) -> bool:
        from tracker.stores.xlsx_read import OpenBook

        try:
            generation, _ = OpenBook(content, self.path).state()
        except Stop as stop:
            if stop.code != "hidden_tab_missing":
                raise
            # Without its hidden tab a book counts from nothing, so any that was seen is newer.
            generation = Generation(0, "")
        return self._memory.is_ahead_of(generation)

    @contextmanager
    def _committing(self) -> Iterator[None]:
        lock = self._state_dir / f"{self.path.name}.lock"
        with held(lock, COMMIT_WAIT_SECONDS) as got:
            if not got:
                raise Stop("book_busy", path=self.path)
            self._file.refuse_if_open()
            yield
