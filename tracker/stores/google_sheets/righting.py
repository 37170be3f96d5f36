"""Rows landed beside their columns: how does the spreadsheet come right again?

They are taken out in a batch of its own, so that they are planned and written anew.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from tracker.stores import Generation, Outcome
from tracker.stores.google_sheets.appending import Batch, Placed
from tracker.stores.google_sheets.fence import following
from tracker.stores.google_sheets.looking import Reader
from tracker.stores.google_sheets.putting_back import put_back
from tracker.stores.google_sheets.seen import Seen
from tracker.stores.google_sheets.undo import moved, rows_to_take_out, undo_batch
from tracker.stores.google_sheets.wire import Lost, Wire
from tracker.stores.remembered import Memory

UNDO_TRIES_MAX = 3


def put_right(
    wire: Wire, reader: Reader, memory: Memory, batch: Batch, wrong: Sequence[Placed], before: Seen
) -> Outcome:
    """Take out what landed beside its columns; a conflict then, as if nothing had been written.

    `wrong` is what of the batch stands beside its columns, `before` what was seen before it.
    Raises Stop `google_columns_moved` when it stays there.
    """
    appended = [one for one in batch.placed if one.start is not None]
    reports = [one for one in wrong if one.start is None]
    for _ in range(UNDO_TRIES_MAX):
        seen, _ = reader.look([], whole=True)
        grids = reader.whole(one.sheet for one in (*appended, *reports))
        if grids is None or seen.generation.number < batch.generation.number:
            raise moved(wrong[0])
        numbers = rows_to_take_out(appended, grids)
        after, now = following(seen.generation), int(time.time())
        undo = undo_batch(seen, after, now, numbers, before.state)
        for one in reports:
            stood, stands = before.rewritable[one.tab], grids[one.sheet.sheet_id]
            put_back(undo, one, stood, stands, seen.standing.sheet(one.tab))
        answer = wire.write(undo.body(), "spreadsheetId")
        if isinstance(answer, dict):
            memory.remember(undo.generation)
            return Outcome.CONFLICT
        if isinstance(answer, Lost) and _stands(reader, undo.generation):
            return Outcome.CONFLICT
    raise moved(wrong[0])


def _stands(reader: Reader, generation: Generation) -> bool:
    """Whether a commit whose answer was lost has landed."""
    fences = reader.standing().fences
    return any((f.number, f.nonce) == (generation.number, generation.nonce) for f in fences)
