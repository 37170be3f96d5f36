"""Which method of the API is called, and with what? Verb, path, parameters and body, taken apart.

Learned from: methods, paths, parameters, which messages they take and give, and that a mask overrides
includeGridData and responseIncludeGridData [disc]; other methods of the API raise Unsupported [the
fake's own limit].
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.google import a1, batch, errors, masks, metadata, reading, schema, values
from tests.google.change import Change
from tests.google.errors import Json

_PATH = re.compile(r"/v4/spreadsheets/([^/:]+)((?:/|:).*)?")

Query = Mapping[str, Sequence[str]]


def is_write(method: str, path: str) -> bool:
    reads = (":batchGetByDataFilter", ":getByDataFilter", ":search")
    return method != "GET" and not path.endswith(reads)


@dataclass(frozen=True, slots=True)
class Request:
    """One call, taken apart."""

    method: str
    path: str
    query: Query
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_write(self) -> bool:
        return is_write(self.method, self.path)

    @property
    def spreadsheet_id(self) -> str:
        found = _PATH.fullmatch(self.path)
        return found[1] if found else ""

    @property
    def options(self) -> Json:
        return {key: one[0] for key, one in self.query.items()}

    def message(self, kind: str) -> Json:
        """Parse the body and check it against a message. Raises Refused."""
        try:
            message = json.loads(self.body or b"{}")
        except ValueError:
            raise errors.invalid("Invalid JSON payload received.") from None
        schema.check(message, kind)
        return dict(message)

    def perform(self, change: Change) -> Json:
        """Find the method by verb and path and run it. Raises Refused or Unsupported."""
        found = _PATH.fullmatch(self.path)
        rest = (found[2] or "") if found else ""
        if self.method == "GET":
            return self._read(change, rest)
        kind, told = self._write(change, rest)
        return self._masked(kind, told)

    def _read(self, change: Change, rest: str) -> Json:
        if not rest:
            ranges = self.query.get("ranges")
            return _spreadsheet(
                change,
                self.options.get("fields"),
                list(ranges) if ranges else None,
                grid_data=self.options.get("includeGridData") == "true",
            )
        if rest == "/values:batchGet":
            texts = list(self.query.get("ranges", ()))
            told = values.batch_get(change, texts, self.options)
            return self._masked("BatchGetValuesResponse", told)
        name, _, what = rest.removeprefix("/").partition("/")
        if name == "values":
            return self._masked("ValueRange", values.get(change, what, self.options))
        if name == "developerMetadata":
            return self._masked("DeveloperMetadata", metadata.get(change.book, what))
        raise errors.Unsupported(self.path)

    def _write(self, change: Change, rest: str) -> tuple[str, Json]:
        """Give the kind of the answer, and the answer."""
        if rest == ":batchUpdate":
            return "BatchUpdateSpreadsheetResponse", self._batch(change)
        if rest == "/values:batchGetByDataFilter":
            body = self.message("BatchGetValuesByDataFilterRequest")
            told = values.batch_get_by_filter(change, body)
            return "BatchGetValuesByDataFilterResponse", told
        if rest == ":getByDataFilter":
            return "*", self._by_filter(change)
        if rest == "/developerMetadata:search":
            body = self.message("SearchDeveloperMetadataRequest")
            return "SearchDeveloperMetadataResponse", metadata.search(change.book, body)
        if rest == "/values:batchUpdate":
            told = values.batch_update(change, self.message("BatchUpdateValuesRequest"))
            return "BatchUpdateValuesResponse", told
        if rest.startswith("/values/"):
            return self._one_range(change, rest.removeprefix("/values/"))
        raise errors.Unsupported(self.path)

    def _one_range(self, change: Change, what: str) -> tuple[str, Json]:
        if self.method == "PUT":
            body = self.message("ValueRange")
            return "UpdateValuesResponse", values.update(change, what, body, self.options)
        text, _, verb = what.rpartition(":")
        if verb == "append":
            body = self.message("ValueRange")
            return "AppendValuesResponse", values.append(change, text, body, self.options)
        if verb == "clear":
            return "ClearValuesResponse", values.clear(change, text)
        raise errors.Unsupported(self.path)

    def _batch(self, change: Change) -> Json:
        body = self.message("BatchUpdateSpreadsheetRequest")
        told: Json = {"spreadsheetId": change.book.spreadsheet_id}
        told["replies"] = batch.run(change, body.get("requests") or [])
        if body.get("includeSpreadsheetInResponse"):
            fields = self.options.get("fields")
            kind = "BatchUpdateSpreadsheetResponse"
            tree = masks.parse(fields, kind) if fields else None
            asked = body.get("responseRanges")
            told["updatedSpreadsheet"] = reading.spreadsheet(
                change,
                None if tree is None else masks.below(tree, "updatedSpreadsheet"),
                _areas(change, asked) if asked else None,
                grid_data=bool(body.get("responseIncludeGridData")),
            )
        return told

    def _by_filter(self, change: Change) -> Json:
        body = self.message("GetSpreadsheetByDataFilterRequest")
        areas = [
            area
            for one in body.get("dataFilters") or []
            for area in metadata.areas(change.book, one)
        ]
        fields = self.options.get("fields")
        tree = masks.parse(fields, "Spreadsheet") if fields else None
        return reading.spreadsheet(change, tree, areas, grid_data=bool(body.get("includeGridData")))

    def _masked(self, kind: str, told: Json) -> Json:
        fields = self.options.get("fields")
        if not fields or kind == "*":
            return told
        return dict(masks.prune(told, masks.parse(fields, kind)))


def _areas(change: Change, texts: list[str]) -> list[a1.Area]:
    return [a1.find(change.book, text) for text in texts]


def _spreadsheet(
    change: Change, fields: str | None, ranges: list[str] | None, *, grid_data: bool
) -> Json:
    tree = masks.parse(fields, "Spreadsheet") if fields else None
    areas = _areas(change, ranges) if ranges else None
    return reading.spreadsheet(change, tree, areas, grid_data=grid_data)
