"""What must a store of tabs be able to do? Rows of cells in, rows of cells out, and a generation.

A store knows tabs, headings and cells; it does not know what a partner is. `commit` lands whole
or not at all, and only if nobody else has committed since the read it builds on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:  # the protocol is needed before it is known that there is anything to read
    from tracker.cells import Cell
    from tracker.layout import Tab
    from tracker.problems import Params

Record: TypeAlias = "Mapping[str, Cell]"
"""One row by column key (`partner_id`), whatever the headings' language and order."""


@dataclass(frozen=True, slots=True)
class Generation:
    """Which commit was read: a number that grows by one, and a nonce that a restored copy lacks."""

    number: int
    nonce: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it stands: its number in the sheet (the heading is 1) and its cells."""

    number: int
    cells: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A tab as read: the heading row as typed, and every row below it that is not blank."""

    tab: Tab
    title: str
    headings: Sequence[Cell]
    rows: Sequence[SheetRow]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was read in one go: the generation, the tabs, and the hidden tab's keys and values."""

    generation: Generation
    tables: Mapping[Tab, Table]
    state: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """A cell of a report that leads to another cell when clicked; shows `text`."""

    text: str
    tab: Tab
    cell: str


@dataclass(frozen=True, slots=True)
class Erase:
    """What to erase in a tab of the owner's or of the inbox, found by value and never by place.

    Every cell of the column whose whole text is `value` gets `by`, or becomes blank where that is
    empty. Case counts; a formula is left alone. Only an explicit command of the owner's asks so.
    """

    tab: Tab
    column: str
    value: str = field(repr=False)
    by: str = ""

    def __post_init__(self) -> None:
        from tracker.layout import LAYOUT, Owner

        spec = LAYOUT[self.tab]
        if spec.owner not in {Owner.OWNER, Owner.INBOX} or not self.value:
            raise ValueError(f"nothing is erased in the tab {self.tab}")
        spec.column(self.column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """What one run wants to write, all of it or nothing.

    Attributes:
        base: the generation it was planned on.
        appends: rows to add below the last row of a tab, oldest first.
        reports: report tabs to rewrite whole; the caller leaves out those that did not change.
            In the copy of a book also its Settings, while they are those of a new book.
        state: keys of the hidden tab to set.
        erasures: what to erase, in this order.
    """

    base: Generation
    appends: Mapping[Tab, Sequence[Record]] = field(default_factory=dict)
    reports: Mapping[Tab, Sequence[Mapping[str, Cell | Link]]] = field(default_factory=dict)
    state: Mapping[str, str] = field(default_factory=dict)
    erasures: Sequence[Erase] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to append or change (state alone is no reason to commit)."""
        return not any(self.appends.values()) and not self.reports and not self.erasures


class Outcome(StrEnum):
    """How a commit ended; no write is ever retried blindly."""

    DONE = "done"
    CONFLICT = "conflict"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class Traffic:
    """What went over the network so far: calls, and bytes of the bodies up and down."""

    calls: int = 0
    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What a store tells the doctor of itself, beside what stands in its tabs.

    Attributes:
        name: what its owner calls it: a file's path, or a spreadsheet's title.
        account: the e-mail of the service account that works in it; empty without one.
        locale, zone: those of the spreadsheet (`ru_RU`, `Europe/Moscow`); empty without them.
        cells, cells_max: its size, blank cells counted where they count; 0 is no limit.
        findings: what wants a person: the codes and parameters of sentences in
            `tracker.sentences.doctor`.
    """

    name: str
    account: str = ""
    locale: str = ""
    zone: str = ""
    cells: int = 0
    cells_max: int = 0
    findings: Sequence[tuple[str, Params]] = ()


@runtime_checkable
class Remarking(Protocol):
    """A store that may have something to tell of how its commits went.

    Attributes:
        remarks: codes and parameters of sentences in `tracker.sentences.doctor`, each once.
    """

    remarks: list[tuple[str, Params]]


class Store(Protocol):
    """A book of tabs.

    Attributes:
        state_dir: the folder of everything that is kept beside the book.
        rows_max: how many appended rows one commit may hold; None without a limit. Whoever has
            more to write splits it so that each part makes sense alone.
        generation: that of the last read or commit made through this object; None before any.
        traffic: what this object sent and received over the network.
        unsettled: whether a commit was sent from here whose end nobody saw (a killed run, a lost
            answer). Whoever plans next then believes no note of how far the log was read.
    """

    @property
    def unsettled(self) -> bool:
        """Whether a commit was sent from here whose end nobody saw."""
        ...

    def settle(self) -> None:
        """Note that the book has been planned anew from the beginning, and nothing is open."""
        ...

    @property
    def state_dir(self) -> Path:
        """The folder of everything that is kept beside the book."""
        ...

    @property
    def rows_max(self) -> int | None:
        """How many appended rows one commit may hold."""
        ...

    @property
    def generation(self) -> Generation | None:
        """That of the last read or commit made through this object."""
        ...

    @property
    def traffic(self) -> Traffic:
        """What this object sent and received over the network."""
        ...

    def read(self, tabs: Iterable[Tab], *, whole: bool = True) -> Snapshot:
        """Read the tabs asked for, by title in either language.

        Without `whole` a store far away may give ledger rows as it knows them from its own last
        commit, as long as nobody has committed since and a whole read was made today.

        Raises Stop (`book_missing`, `tab_missing`, `book_unreadable`) with what to do about it.
        """
        ...

    def glance(self) -> str:
        """Give a digest of all that `read` of all tabs, not whole, and `behind` would tell.

        Such a read, when it comes next, gives what was seen here. Empty where no digest can be
        given. Raises Stop as `read`.
        """
        ...

    def commit(self, commit: Commit) -> Outcome:
        """Write all of it if the generation is still `commit.base`, else nothing.

        Raises Stop (`book_open`, `heading_missing`, `disk_full` ...) before anything is written.
        """
        ...

    def lay_out(self, language: str) -> Sequence[str]:
        """Add the tabs and headings that are missing, and touch nothing else; say what was added.

        `language` (`en`, `ru`) is that of headings, notes and drop-downs of a new book.
        """
        ...

    def writing(self, wait_seconds: float) -> AbstractContextManager[bool]:
        """Hold the right to write; False when another run kept it for `wait_seconds`."""
        ...

    def behind(self) -> bool:
        """Whether the book is older than the last commit made from here: a copy was put back.

        Judged by the last read of this object where there was one.
        """
        ...

    def accept(self) -> None:
        """Go on with the book as it is, though it is behind."""
        ...

    def vitals(self) -> Vitals:
        """Tell what a doctor asks about the store itself. Raises Stop as `read`."""
        ...
