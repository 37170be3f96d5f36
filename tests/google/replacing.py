"""How does findReplace find and replace? Only as we ask: whole cells of a range, with their case.

Learned from: the fields and their meanings, cells with formulas skipped unless `includeFormulas`,
the counts of the answer, none where nothing was found [disc]; "There are additional requests that
mimic user actions" [doc, Updating Spreadsheets], so what is compared is what a person sees, and the
replacement is understood as typed [inferred]; the rest is the fake's own limit.
"""

from __future__ import annotations

from tests.google.cells import box
from tests.google.change import Change
from tests.google.entered import entered
from tests.google.errors import Json, Unsupported, invalid
from tests.google.grid import Formula
from tests.google.places import place
from tests.google.render import number_format, shown

_ASKED = {"find", "replacement", "matchCase", "matchEntireCell", "range"}


def replace(change: Change, request: Json) -> Json:
    if request.keys() != _ASKED or not (request["matchCase"] and request["matchEntireCell"]):
        raise Unsupported("findReplace other than of whole cells of a range, with their case")
    if not request["find"]:
        raise invalid("Find string cannot be empty.")
    sheet, (top, left, bottom, right) = box(change, request["range"])
    here, rows = place(change.book.locale), 0
    for row in range(top, bottom):
        for column in range(left, right):
            value, look = sheet.value(row, column), sheet.look(row, column)
            if value is None or isinstance(value, Formula):
                continue
            if shown(value, number_format(look), here) == request["find"]:
                change.guard(sheet, row, column, row + 1, column + 1)
                form = look.format if look else None
                new, _ = entered(request["replacement"], change.book.locale, form, change.today)
                sheet.put(row, column, [new])
                rows += 1
    counts = {"valuesChanged": rows, "rowsChanged": rows, "occurrencesChanged": rows}
    return {**counts, "sheetsChanged": 1} if rows else {}
