"""How do protections, rules, names, charts, bands and filters come and go?

Learned from:
- the requests, their fields and which of them answer with what they made; an id that exists
  already is an error [disc];
- the answer to addProtectedRange: the asker may edit and is among the editors, sheetId 0 is left
  out [cassette test_add_protected_range_normal]; setBasicFilter answers {} [cassette
  test_basic_filters]; hiddenValues are compared with what a cell shows, the first row of the range
  is its heading [disc, FilterCriteria, BasicFilter]; a later edit does not filter anew [doc];
- "No protected range with id" [issues]; the other sentences [inferred];
- a chart anchored outside the grid: "GridCoordinate.rowIndex[9] is after last row in grid[6]"
  [issues].
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tests.google import masks, places
from tests.google.cells import box, corner, fields_of
from tests.google.change import Change, stored
from tests.google.errors import Json, Unsupported, invalid
from tests.google.formulas import Calculator
from tests.google.grid import Sheet
from tests.google.render import number_format, shown
from tests.google.tabs import tab_of

_ADDED = {
    "protectedRange": ("protectedRanges", "protectedRangeId"),
    "chart": ("charts", "chartId"),
    "bandedRange": ("bandedRanges", "bandedRangeId"),
}


def _keep(change: Change, sheet: Sheet, name: str, thing: Json) -> Json:
    """Add an object with an id, a new one unless it was given. Raises Refused if it is used."""
    kind, key = _ADDED[name]
    taken = [int(one[key]) for tab in change.book.sheets for one in tab.these(kind)]
    number = int(thing.get(key) or change.book.fresh_id(taken))
    if number in taken:
        raise invalid(f"The {key} {number} already exists.")
    kept = thing | {key: number}
    sheet.these(kind).append(kept)
    return {name: stored(kept)}


def protect(change: Change, request: Json) -> Json:
    thing = stored(request.get("protectedRange") or {})
    sheet = change.grid(thing.get("range") or {})
    if thing.get("warningOnly"):
        thing.pop("editors", None)
    else:
        users = [*thing.get("editors", {}).get("users", ()), change.who]
        thing["editors"] = {"users": sorted(set(users))}
    thing.pop("requestingUserCanEdit", None)
    thing.setdefault("range", {"sheetId": sheet.sheet_id})
    reply = _keep(change, sheet, "protectedRange", thing)
    return {"protectedRange": reply["protectedRange"] | {"requestingUserCanEdit": True}}


def _protected(change: Change, number: object) -> tuple[list[Json], int]:
    for sheet in change.book.sheets:
        these = sheet.these("protectedRanges")
        for place, one in enumerate(these):
            if one["protectedRangeId"] == number:
                return these, place
    raise invalid(f"No protected range with id: {number}")


def update_protection(change: Change, request: Json) -> Json:
    given = stored(request.get("protectedRange") or {})
    tree = fields_of(request, "ProtectedRange")
    these, place = _protected(change, given.get("protectedRangeId"))
    _refuse_stranger(change, these[place])
    new = masks.assign(these[place], given, tree)
    these[place] = new | {"protectedRangeId": these[place]["protectedRangeId"]}
    return {}


def unprotect(change: Change, request: Json) -> Json:
    these, place = _protected(change, request.get("protectedRangeId"))
    _refuse_stranger(change, these[place])
    del these[place]
    return {}


def _refuse_stranger(change: Change, protected: Json) -> None:
    if not change.may_edit(protected):
        raise invalid("You do not have permission to edit this protected range.")


def add_rule(change: Change, request: Json) -> Json:
    rule = stored(request.get("rule") or {})
    if not rule.get("ranges"):
        raise invalid("At least one range must be specified.")
    sheet = next(iter([box(change, one)[0] for one in rule["ranges"]]))
    rules = sheet.these("conditionalFormats")
    rules.insert(int(request.get("index") or 0), rule)
    return {}


def delete_rule(change: Change, request: Json) -> Json:
    rules = tab_of(change, request).these("conditionalFormats")
    index = int(request.get("index") or 0)
    if index >= len(rules):
        raise invalid(f"No conditional format on sheet at index: {index}")
    return {"rule": rules.pop(index)}


def add_name(change: Change, request: Json) -> Json:
    named = stored(request.get("namedRange") or {})
    box(change, named.get("range") or {})
    book = change.book
    number = str(named.get("namedRangeId") or book.fresh_id(map(_number, book.named)))
    if any(number == one["namedRangeId"] or named.get("name") == one["name"] for one in book.named):
        raise invalid(f"A named range {named.get('name')} already exists.")
    book.named.append(named | {"namedRangeId": number})
    return {"namedRange": book.named[-1]}


def _number(named: Json) -> int:
    text = str(named["namedRangeId"])
    return int(text) if text.isdigit() else 0


def delete_name(change: Change, request: Json) -> Json:
    number = request.get("namedRangeId")
    if not _drop(change.book.named, "namedRangeId", number):
        raise invalid(f"No named range with id: {number}")
    return {}


def _drop(these: list[Json], key: str, number: Any) -> bool:
    left = [one for one in these if one[key] != number]
    found = len(left) < len(these)
    these[:] = left
    return found


def add_chart(change: Change, request: Json) -> Json:
    chart = stored(request.get("chart") or {})
    if not chart.get("spec"):
        raise invalid("Chart spec must be specified.")
    anchor = chart.get("position", {}).get("overlayPosition", {}).get("anchorCell")
    if anchor is None:
        raise invalid("This fake puts charts over cells only: give an anchorCell.")
    for one in _sources(chart["spec"]):
        box(change, one)
    return _keep(change, corner(change, anchor)[0], "chart", chart)


def _sources(spec: Any) -> Iterable[Json]:
    if isinstance(spec, dict):
        yield from spec.get("sources", ())
        for one in spec.values():
            yield from _sources(one)
    elif isinstance(spec, list):
        for one in spec:
            yield from _sources(one)


def delete_object(change: Change, request: Json) -> Json:
    number = request.get("objectId")
    if not any(_drop(sheet.these("charts"), "chartId", number) for sheet in change.book.sheets):
        raise invalid(f"No embedded object with id: {number}")
    return {}


def add_banding(change: Change, request: Json) -> Json:
    banded = stored(request.get("bandedRange") or {})
    sheet, _ = box(change, banded.get("range") or {})
    if not banded.get("rowProperties") and not banded.get("columnProperties"):
        raise invalid("At least one of rowProperties or columnProperties must be specified.")
    return _keep(change, sheet, "bandedRange", banded)


def delete_banding(change: Change, request: Json) -> Json:
    number = request.get("bandedRangeId")
    sheets = change.book.sheets
    if not any(_drop(sheet.these("bandedRanges"), "bandedRangeId", number) for sheet in sheets):
        raise invalid(f"No banded range with id: {number}")
    return {}


def set_filter(change: Change, request: Json) -> Json:
    given = stored(request.get("filter") or {})
    sheet, (top, _, bottom, _) = box(change, given.get("range") or {})
    _unfilter(sheet)
    sheet.basic_filter = given | {"range": given["range"] | {"sheetId": sheet.sheet_id}}
    calculator, here = Calculator(change.book), places.place(change.book.locale)
    for column, hidden in _hidden_values(given):
        for row in range(top + 1, bottom):
            value = calculator.effective(sheet.value(row, column), sheet)
            if shown(value, number_format(sheet.look(row, column)), here) in hidden:
                sheet.row_dims[row] = replace(sheet.row_dims[row], hidden_by_filter=True)
    return {}


def _hidden_values(given: Json) -> Iterable[tuple[int, set[str]]]:
    criteria = {int(column): one for column, one in given.get("criteria", {}).items()}
    for spec in given.get("filterSpecs", ()):
        criteria[int(spec.get("columnIndex") or 0)] = spec.get("filterCriteria", {})
    for column, one in criteria.items():
        if one.get("condition"):
            raise Unsupported("a filter by condition")
        yield column, set(one.get("hiddenValues", ()))


def _unfilter(sheet: Sheet) -> None:
    sheet.basic_filter = None
    sheet.row_dims = [replace(dim, hidden_by_filter=False) for dim in sheet.row_dims]


def clear_filter(change: Change, request: Json) -> Json:
    _unfilter(tab_of(change, request))
    return {}
