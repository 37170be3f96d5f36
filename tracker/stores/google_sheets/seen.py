"""What does a commit build on? The spreadsheet as this store last read it or left it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tracker.cells import Cell
from tracker.layout import Tab
from tracker.stores import Generation
from tracker.stores.google_sheets.reading import Grid
from tracker.stores.google_sheets.standing import Fence, SheetInfo, Standing


@dataclass(slots=True)
class Seen:
    """One read, and what our own commits have changed of it since.

    Attributes:
        mirror: the generation as the hidden tab has it; a restored version differs there.
        headings, last: of each tab that was read, the heading row and its last row's number.
        rewritable: what stood in those of them that a commit may write over.
    """

    standing: Standing
    generation: Generation
    mirror: Generation | None
    state: dict[str, str]
    headings: dict[Tab, Sequence[Cell]] = field(default_factory=dict)
    last: dict[Tab, int] = field(default_factory=dict)
    rewritable: dict[Tab, Grid] = field(default_factory=dict)

    @property
    def torn(self) -> bool:
        """Whether the tabs are of an older commit than the fence: a version was put back."""
        return self.mirror != self.generation

    def grow(self, sheet_id: int, rows: int) -> None:
        """Count rows that were inserted."""
        self.standing = replace(
            self.standing,
            sheets=tuple(_grown(sheet, sheet_id, rows) for sheet in self.standing.sheets),
            tabs={tab: _grown(s, sheet_id, rows) for tab, s in self.standing.tabs.items()},
            hidden=self.standing.hidden and _grown(self.standing.hidden, sheet_id, rows),
        )

    def move_on(self, generation: Generation, made: int, dropped: frozenset[int]) -> None:
        """Be at a commit of ours."""
        kept = tuple(f for f in self.standing.fences if f.number not in dropped)
        fence = Fence(generation.number, generation.nonce, made)
        self.standing = replace(self.standing, fences=(*kept, fence))
        self.generation = self.mirror = generation


def _grown(sheet: SheetInfo, sheet_id: int, rows: int) -> SheetInfo:
    return replace(sheet, rows=sheet.rows + rows) if sheet.sheet_id == sheet_id else sheet
