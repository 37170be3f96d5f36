"""What must hold after a sync that went badly and one quiet run? The same book, nobody's cell lost.

`prepared` is a programme just before a sync that writes to every ledger and report at once:
new orders, a refund, a code that changes hands, an adjustment, an order that a person must decide
about, and a code of nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.google.fake import OWNER, FakeGoogle
from tests.google.grid import Book, Sheet
from tests.google.world import SHEET, GoogleWorld
from tracker.exporting import canonical
from tracker.layout import LAYOUT, Owner, Tab, find_tab, known_columns
from tracker.running import Rest

ROWS = 60
"""Rows of each tab: of the thousand that wait with formulas some are enough, and are faster."""

NOTE = "asked by phone"


def prepared(folder: Path) -> GoogleWorld:
    """A programme that has run once, and what waits for its next run."""
    world = GoogleWorld.begun(folder)
    cut(world)
    world.type(Tab.PARTNERS, partner_id="ivan", email="ivan@example.com", payout_details="card")
    world.type(Tab.PARTNERS, partner_id="maria", rate="15%", payout_details="card")
    for code, partner in (("IVAN01", "ivan"), ("MARIA01", "maria"), ("WANDER", "ivan")):
        world.type(Tab.CODES, code=code, partner_id=partner)
    world.owner.insert_column("Journal", before="codes", heading="mine")
    world.owner.insert_column("Balances", before="currency", heading="mine")
    world.owner.insert_column("Codes", before="status", heading="mine")
    world.deliver("A1")
    world.deliver("A2", codes=["MARIA01"], total="2000")
    with world.reachable():
        world.sync()
        world.owner.set_cell("Journal", 2, "mine", NOTE)
        world.owner.set_cell("Balances", 3, "mine", NOTE)
        world.owner.set_cell("Codes", 3, "mine", NOTE)
        _news(world)
        world.google.reset_calls()
    return world


def cut(world: GoogleWorld) -> None:
    """Delete blank rows at the end of every tab."""
    spans = [
        {"sheetId": sheet.sheet_id, "dimension": "ROWS", "startIndex": ROWS}
        for sheet in world.owner.book.sheets
        if sheet.row_count > ROWS
    ]
    world.google.apply(SHEET, [{"deleteDimension": {"range": span}} for span in spans], OWNER)


def _news(world: GoogleWorld) -> None:
    world.deliver("B1", id="b1")
    world.deliver("B2", codes=["MARIA01"], total="200.10")
    world.deliver("B3", codes=["WANDER"])
    world.deliver("B4", codes=["IVAN01", "MARIA01"])
    world.deliver("A1", codes=None, refunded="300")
    world.edit(Tab.CODES, "WANDER", "partner_id", "maria")
    world.type(Tab.CODES, code="LOST", partner_id="nobody")
    world.type(
        Tab.ADJUSTMENTS, adjustment_id="adj-1", partner_id="ivan", amount=50, currency="RUB",
        reason="for the photos", date="2026-10-20",
    )  # fmt: skip


def told(rest: Rest) -> dict[str, Any]:
    """The canonical export; of problems only their codes, since rows and tabs may have moved."""
    said: dict[str, Any] = json.loads(canonical(rest))
    return said | {"problems": sorted(one.code for one in set(rest.problems))}


def nothing_doubled(world: GoogleWorld) -> None:
    """Every line of the ledgers stands once."""
    for tab in (Tab.JOURNAL, Tab.COMMISSIONS):
        ids = [row["line_id"] for row in world.owner.rows(tab.value)]
        assert len(ids) == len(set(ids)), tab
    runs = [row["run_id"] for row in world.owner.rows("Runs")]
    assert len(runs) == len(set(runs))


def plain_sum_is_right(world: GoogleWorld, said: dict[str, Any]) -> None:
    """What the owner's own SUM shows is what all partners have together."""
    shown = Decimal(str(world.owner.plain_sum("Commissions", "amount")))
    assert shown == sum(Decimal(one["balance"]) for one in said["balances"])


def one_fence_a_commit(google: FakeGoogle) -> None:
    """Fences follow one another, each once, and the hidden tab repeats the last."""
    book = google.books[SHEET]
    fences = [one for one in book.metadata if one["metadataKey"] == "tracker.generation"]
    numbers = sorted(one["metadataId"] for one in fences)
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    hidden = book.titled("_tracker")
    assert hidden is not None
    state = {row[0]: row[1] for row in hidden.rows if row}
    last = max(fences, key=lambda one: int(one["metadataId"]))
    number, nonce, _ = str(last["metadataValue"]).split(" ")
    assert (state["generation"], state["nonce"]) == (number, nonce)
    assert number == str(last["metadataId"])


def nothing_sent_blindly(google: FakeGoogle) -> None:
    """No body is sent a second time, except after Google said that it was too much."""
    bodies: list[Any] = []
    for call in google.calls:
        if call.is_write:
            assert call.sent not in bodies, "a write was repeated"
            bodies += [call.sent] if call.status != 429 else []


def owners_things(book: Book) -> dict[object, object]:
    """Everything in the spreadsheet that is not the program's: cells, looks, sizes, titles."""
    found: dict[object, object] = {"file": (book.title, book.locale, book.zone, book.share)}
    for sheet in book.sheets:
        tab = tab_of(book, sheet)
        if sheet.title != "_tracker":
            found[sheet.sheet_id] = list(_things(sheet, tab))
    return found


def _things(sheet: Sheet, tab: Tab | None) -> Iterator[object]:
    yield sheet.title
    yield sheet.basic_filter
    yield list(sheet.column_dims)
    if tab is None or LAYOUT[tab].owner in {Owner.OWNER, Owner.INBOX}:
        yield [
            list(sheet.rows),
            list(sheet.looks),
            list(sheet.row_dims),
            [one for one in sheet.objects.items() if one[1]],
        ]
        return
    ours = known_columns(tab, _headings(sheet))
    key = ours.get("line_id")
    for number, row in enumerate(sheet.rows):
        for place, value in enumerate(row):
            if place not in ours.values() and value is not None:
                # Rows of a ledger move when it is sorted; what stands beside a line stays there.
                beside = number if key is None or not number else row[key : key + 1]
                yield (beside, place, value)


def tab_of(book: Book, sheet: Sheet) -> Tab | None:
    """Which of our tabs it is, by its mark, else by its title."""
    marks = [
        one["metadataValue"]
        for one in book.metadata
        if one["metadataKey"] == "tracker.tab"
        and one["location"].get("sheetId", 0) == sheet.sheet_id
    ]
    return next((tab for tab in Tab if tab.value in marks), find_tab(sheet.title))


def _headings(sheet: Sheet) -> list[object]:
    return list(sheet.rows[0]) if sheet.rows else []
