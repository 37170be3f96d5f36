"""What do developer metadata remember, and how are they found again?

Learned from:
- a chosen metadataId that is in use makes the request fail, key and visibility are required, an
  id must be positive, a dimensionRange must be one row or column, locationType is read-only
  [disc, DeveloperMetadata; doc, metadata guide]; the sentences for all that [inferred];
- the answers to create, update and delete, with locationType; what 404 says for an id that is
  gone [doc, metadata guide];
- 30,000 characters of keys and values for the spreadsheet and again for each sheet [doc]; its
  sentence [inferred];
- a lookup matches all fields that it names; a range or a1Range selects what lies in it [disc,
  DataFilter, DeveloperMetadataLookup];
- deleting what is not there is no error [inferred].
"""

from __future__ import annotations

from tests.google import a1, masks
from tests.google.cells import fields_of
from tests.google.change import Change, stored
from tests.google.errors import Json, Refused, invalid
from tests.google.grid import Book
from tests.google.tabs import sheet_of

CHARACTERS_MAX = 30_000
_SIMPLE = ("metadataId", "metadataKey", "metadataValue", "visibility")


def create(change: Change, request: Json) -> Json:
    given = stored(request.get("developerMetadata") or {})
    book = change.book
    if not given.get("metadataKey"):
        raise invalid("Developer metadata must have a metadataKey.")
    if given.get("visibility") not in {"DOCUMENT", "PROJECT"}:
        raise invalid("Developer metadata must have a visibility.")
    taken = {entry["metadataId"] for entry in book.metadata}
    number = int(given.get("metadataId", book.fresh_id(taken)))
    if not 0 < number < 2**31:
        raise invalid("metadataId must be positive.")
    if number in taken:
        raise invalid(f"Developer metadata with ID {number} already exists.")
    entry = {"metadataId": number, "metadataKey": given["metadataKey"]}
    if given.get("metadataValue"):
        entry["metadataValue"] = given["metadataValue"]
    entry |= {
        "location": _location(change, given.get("location") or {}),
        "visibility": given["visibility"],
    }
    book.metadata.append(entry)
    _refuse_too_much(book)
    return {"developerMetadata": entry}


def _location(change: Change, given: Json) -> Json:
    place = {key: one for key, one in given.items() if key != "locationType"}
    if place == {"spreadsheet": True}:
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if set(place) == {"sheetId"}:
        sheet = change.grid(place)
        return {"locationType": "SHEET", "sheetId": sheet.sheet_id}
    if set(place) != {"dimensionRange"}:
        raise invalid("Developer metadata must have exactly one location.")
    span = place["dimensionRange"]
    sheet = change.grid(span)
    start, end = int(span.get("startIndex") or 0), int(span.get("endIndex") or 0)
    rows = span.get("dimension") == "ROWS"
    if end != start + 1 or end > (sheet.row_count if rows else sheet.column_count):
        raise invalid("dimensionRange must represent a single row or column.")
    kept = {"dimension": span["dimension"], "startIndex": start, "endIndex": end}
    if sheet.sheet_id:
        kept = {"sheetId": sheet.sheet_id} | kept
    return {"locationType": "ROW" if rows else "COLUMN", "dimensionRange": kept}


def _refuse_too_much(book: Book) -> None:
    sizes: dict[int | None, int] = {}
    for entry in book.metadata:
        size = len(entry["metadataKey"]) + len(entry.get("metadataValue", ""))
        sizes[sheet_of(entry)] = sizes.get(sheet_of(entry), 0) + size
    if max(sizes.values(), default=0) > CHARACTERS_MAX:
        raise invalid("Developer metadata storage limits were reached: 30000 characters.")


def update(change: Change, request: Json) -> Json:
    tree = fields_of(request, "DeveloperMetadata")
    given = stored(request.get("developerMetadata") or {})
    filters = request.get("dataFilters") or []
    if not filters:
        raise invalid("At least one data filter must be specified.")
    changed = []
    for place, entry in enumerate(change.book.metadata):
        if not any(matches(change.book, entry, one) for one in filters):
            continue
        new = masks.assign(entry, given, tree)
        if masks.wants(tree, "location"):
            new["location"] = _location(change, given.get("location") or {})
        change.book.metadata[place] = new | {"metadataId": entry["metadataId"]}
        changed.append(change.book.metadata[place])
    _refuse_too_much(change.book)
    return {"developerMetadata": changed} if changed else {}


def delete(change: Change, request: Json) -> Json:
    book, data_filter = change.book, request.get("dataFilter") or {}
    gone = [entry for entry in book.metadata if matches(book, entry, data_filter)]
    book.metadata = [entry for entry in book.metadata if entry not in gone]
    return {"deletedDeveloperMetadata": gone} if gone else {}


def get(book: Book, number: str) -> Json:
    """Find metadata by id. Raises Refused 404."""
    for entry in book.metadata:
        if str(entry["metadataId"]) == number:
            return entry
    raise Refused(404, "NOT_FOUND", f"No developer metadata with ID {number}")


def search(book: Book, body: Json) -> Json:
    filters = body.get("dataFilters") or []
    matched = []
    for entry in book.metadata:
        by = [one for one in filters if matches(book, entry, one)]
        if by:
            matched.append({"developerMetadata": entry, "dataFilters": by})
    return {"matchedDeveloperMetadata": matched} if matched else {}


def matches(book: Book, entry: Json, data_filter: Json) -> bool:
    """Whether a DataFilter selects this metadata. Raises Refused for a range that is none."""
    lookup = data_filter.get("developerMetadataLookup")
    if lookup is not None:
        return _looked_up(entry, lookup)
    if data_filter.get("gridRange") is not None:
        return _inside(entry, a1.of_grid_range(book, data_filter["gridRange"]))
    if data_filter.get("a1Range") is not None:
        return _inside(entry, a1.find(book, data_filter["a1Range"]))
    raise invalid("A data filter must select something.")


def _looked_up(entry: Json, lookup: Json) -> bool:
    if any(key in lookup and lookup[key] != entry.get(key) for key in _SIMPLE):
        return False
    if (
        lookup.get("locationType", entry["location"]["locationType"])
        != entry["location"]["locationType"]
    ):
        return False
    place = lookup.get("metadataLocation")
    if place is None:
        return True
    exact = {key: one for key, one in entry["location"].items() if key != "locationType"}
    if lookup.get("locationMatchingStrategy") == "EXACT_LOCATION" or "spreadsheet" in place:
        return bool(place == exact)
    return sheet_of(entry) is not None and sheet_of(entry) == sheet_of({"location": place})


def _inside(entry: Json, area: a1.Area) -> bool:
    if sheet_of(entry) != area.sheet.sheet_id:
        return False
    span = entry["location"].get("dimensionRange")
    if span is None:
        return True
    first, end = (area.top, area.bottom) if span["dimension"] == "ROWS" else (area.left, area.right)
    return bool(first <= span["startIndex"] < end)


def areas(book: Book, data_filter: Json) -> list[a1.Area]:
    """Find the cells that a DataFilter selects. Raises Refused."""
    if data_filter.get("a1Range") is not None:
        return [a1.find(book, data_filter["a1Range"])]
    if data_filter.get("gridRange") is not None:
        return [a1.of_grid_range(book, data_filter["gridRange"])]
    found = []
    for entry in book.metadata:
        number = sheet_of(entry)
        if number is None or not matches(book, entry, data_filter):
            continue
        span = entry["location"].get("dimensionRange")
        limits: Json = {"sheetId": number}
        if span is not None:
            name = "Row" if span["dimension"] == "ROWS" else "Column"
            limits |= {f"start{name}Index": span["startIndex"], f"end{name}Index": span["endIndex"]}
        found.append(a1.of_grid_range(book, limits))
    return found
