"""By what are scratch tabs and their developer metadata known as ours, and how do they go?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.stores.google_sheets.fence import Request
from tracker.stores.google_sheets.wire import Json

PROBE_KEY = "tracker.probe"
"""The developer metadata of all that probes make."""

TITLE = "tracker's scratch tab (may be deleted), черновик (можно удалить)"
"""How the titles of scratch tabs begin; the apostrophe, the blanks and the letters are a test."""


@dataclass(frozen=True, slots=True)
class Scratch:
    """One scratch tab: its id and its title of the moment."""

    sheet_id: int
    title: str

    @property
    def quoted(self) -> str:
        """The title as it stands before the `!` of a range."""
        return "'" + self.title.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Left:
    """What of ours is in the spreadsheet: scratch tabs, and marks elsewhere by their ids."""

    tabs: tuple[Scratch, ...]
    marks: tuple[int, ...]

    @property
    def requests(self) -> list[Request]:
        """Take it away. The marks of a tab go with it."""
        tabs = [{"deleteSheet": {"sheetId": tab.sheet_id}} for tab in self.tabs]
        return tabs + [drop(number) for number in self.marks]


def mark(number: int, location: Mapping[str, object], value: str = "") -> Request:
    """Make developer metadata of ours, under an id of our choice."""
    metadata = {
        "metadataId": number,
        "metadataKey": PROBE_KEY,
        "metadataValue": value or "scratch",
        "location": dict(location),
        "visibility": "DOCUMENT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def drop(number: int) -> Request:
    """Take developer metadata of ours away by its id, as the fence does."""
    lookup = {"metadataId": number, "metadataKey": PROBE_KEY}
    return {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}


def added(tab: Scratch, grid: Mapping[str, int]) -> list[Request]:
    """Make a scratch tab with its mark."""
    properties = {"sheetId": tab.sheet_id, "title": tab.title, "gridProperties": dict(grid)}
    metadata = mark(tab.sheet_id, {"sheetId": tab.sheet_id})
    return [{"addSheet": {"properties": properties}}, metadata]


def marks_of(message: Json) -> list[int]:
    """The ids of our developer metadata in a message of the API that has any."""
    return [
        int(one.get("metadataId", 0))
        for one in message.get("developerMetadata", ())
        if one.get("metadataKey") == PROBE_KEY
    ]
