"""How is a value erased where rows may move meanwhile? Google itself looks for it, in one column.

`findReplace` is part of the fenced batch: no row is remembered, so an owner who sorts the tab at
the same moment loses nothing. It matches whole cells, with their case, and skips formulas.
"""

from __future__ import annotations

from tracker.layout import columns_of
from tracker.stores import Erase
from tracker.stores.google_sheets.fence import Request
from tracker.stores.google_sheets.seen import Seen


def erase_request(one: Erase, seen: Seen) -> tuple[Request, str]:
    """The request that erases one value, and the title of its tab.

    Raises Stop `tab_missing`, `heading_missing`, `heading_doubled`.
    """
    sheet = seen.standing.sheet(one.tab)
    column = columns_of(one.tab, seen.headings[one.tab], sheet.title)[one.column]
    area = {
        "sheetId": sheet.sheet_id,
        "startRowIndex": 1,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }
    found = {"find": one.value, "replacement": one.by, "matchCase": True, "matchEntireCell": True}
    return {"findReplace": {**found, "range": area}}, sheet.title
