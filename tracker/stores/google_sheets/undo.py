"""A column was moved while rows were on their way: how are they taken out again?

By what they hold, never by a remembered place: the tabs are read anew, the rows that are equal to
what was written are found, and one fenced batch takes exactly these away. Between that reading
and that batch nobody can be stopped from sorting; both follow each other at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.layout import address
from tracker.problems import Stop
from tracker.stores import Generation
from tracker.stores.google_sheets.appending import Batch, Placed, begun, put_state
from tracker.stores.google_sheets.cache import RawRow
from tracker.stores.google_sheets.grid import Raw, raw_of
from tracker.stores.google_sheets.reading import Grid
from tracker.stores.google_sheets.seen import Seen


def rows_to_take_out(placed: Sequence[Placed], grids: Mapping[int, Grid]) -> dict[int, list[int]]:
    """Find the written rows: their numbers, by sheet id.

    Raises Stop `google_columns_moved` with the place where they were put when one of them is not
    found: somebody is moving things still.
    """
    found: dict[int, list[int]] = {}
    for one in placed:
        if one.start is None:
            continue
        rows = grids[one.sheet.sheet_id].rows
        found[one.sheet.sheet_id] = _numbers(one, rows)
    return found


def undo_batch(
    seen: Seen, generation: Generation, now: int, numbers: Mapping[int, Sequence[int]],
    state: Mapping[str, str],
) -> Batch:  # fmt: skip
    """Take rows out, from the last one up, and put the state back as it was before them."""
    batch = begun(seen, generation, now)
    for sheet_id, rows in numbers.items():
        for first, after in _runs(rows):
            area = {"sheetId": sheet_id, "dimension": "ROWS"}
            ends = {"startIndex": first - 1, "endIndex": after - 1}
            batch.add({"deleteDimension": {"range": area | ends}}, "")
    put_state(batch, seen, generation, state)
    return batch


def _numbers(one: Placed, rows: Sequence[RawRow]) -> list[int]:
    # What formulas of the owner's put into his own columns, or ours into `check`, is not compared.
    ours = sorted(place for key, place in one.columns.items() if key != "check")
    places: dict[tuple[Raw, ...], list[int]] = {}
    for number, values in rows:
        places.setdefault(_shape(values, ours), []).append(number)
    found: list[int] = []
    for cells in one.rows:
        standing = places.get(_shape([raw_of(cell) for cell in cells], ours))
        if not standing:
            raise moved(one)
        # Of equal rows the last one is ours: rows are added at the end.
        found.append(standing.pop())
    return sorted(found)


def moved(one: Placed) -> Stop:
    """Say where rows stand that could not be put right."""
    first, last = (one.start or 0) + 1, (one.start or 0) + len(one.rows)
    place = f"{address(0, first)}:{address(one.key_place, last)}"
    return Stop("google_columns_moved", tab=one.sheet.title, cells=place)


def _shape(values: Sequence[Raw], ours: Sequence[int]) -> tuple[Raw, ...]:
    """What a row holds where we wrote; an empty text is a blank cell."""
    return tuple(
        values[place] if place < len(values) and values[place] != "" else None for place in ours
    )


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring rows together, the lowest first: those above keep their numbers."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][1] == number:
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
    return runs[::-1]
