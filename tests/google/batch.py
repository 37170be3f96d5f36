"""How does spreadsheets.batchUpdate work through its requests? In order, all of them or none.

Learned from: order, one reply a request and {} where there is nothing to say, all or nothing
[disc, spreadsheets.batchUpdate]; {"spreadsheetId", "replies": [{}]} [cassette
test_add_del_worksheet]; "Invalid requests[0].addSheet: ..." [issues]; an empty request, no requests
at all: 400 [inferred sentences]; only the kinds of the table are understood, any other kind that
Google knows raises Unsupported [the fake's own limit].
"""

from __future__ import annotations

from collections.abc import Callable

from tests.google import cells, dimensions, metadata, objects, pasting, replacing, tabs
from tests.google.change import Change
from tests.google.errors import Json, Refused, invalid
from tests.google.reading import lean

Handler = Callable[[Change, Json], Json]

HANDLERS: dict[str, Handler] = {
    "addBanding": objects.add_banding,
    "addChart": objects.add_chart,
    "addConditionalFormatRule": objects.add_rule,
    "addNamedRange": objects.add_name,
    "addProtectedRange": objects.protect,
    "addSheet": tabs.add_sheet,
    "appendCells": cells.append,
    "appendDimension": dimensions.append,
    "clearBasicFilter": objects.clear_filter,
    "copyPaste": pasting.paste,
    "createDeveloperMetadata": metadata.create,
    "deleteBanding": objects.delete_banding,
    "deleteConditionalFormatRule": objects.delete_rule,
    "deleteDeveloperMetadata": metadata.delete,
    "deleteDimension": dimensions.delete,
    "deleteEmbeddedObject": objects.delete_object,
    "deleteNamedRange": objects.delete_name,
    "deleteProtectedRange": objects.unprotect,
    "deleteSheet": tabs.delete_sheet,
    "findReplace": replacing.replace,
    "insertDimension": dimensions.insert,
    "mergeCells": cells.merge,
    "moveDimension": dimensions.move,
    "repeatCell": cells.repeat,
    "setBasicFilter": objects.set_filter,
    "setDataValidation": cells.validate,
    "sortRange": cells.sort,
    "updateCells": cells.update,
    "updateDeveloperMetadata": metadata.update,
    "updateDimensionProperties": dimensions.properties,
    "updateProtectedRange": objects.update_protection,
    "updateSheetProperties": tabs.update_sheet,
    "updateSpreadsheetProperties": tabs.update_book,
}

_REPLYING = frozenset(
    "addBanding addChart addNamedRange addProtectedRange addSheet createDeveloperMetadata "
    "deleteConditionalFormatRule deleteDeveloperMetadata findReplace "
    "updateDeveloperMetadata".split()
)


def run(change: Change, requests: list[Json]) -> list[Json]:
    """Apply requests to the draft and give their replies. Raises Refused at the first bad one."""
    if not requests:
        raise invalid("Must specify at least one request.")
    return [_one(change, request, number) for number, request in enumerate(requests)]


def _one(change: Change, request: Json, number: int) -> Json:
    given = [(kind, body) for kind, body in request.items() if body is not None]
    if not given:
        raise invalid(f"Invalid requests[{number}]: No request set.")
    kind, body = given[0]
    try:
        reply = HANDLERS[kind](change, body)
    except Refused as refusal:
        if refusal.code == "INVALID_ARGUMENT" and not refusal.details:
            raise invalid(f"Invalid requests[{number}].{kind}: {refusal.message}") from refusal
        raise
    return {kind: lean(reply)} if kind in _REPLYING else {}
