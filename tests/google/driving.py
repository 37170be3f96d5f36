"""How do tests of the fake drive it? Through the real gspread, as any script would."""

from __future__ import annotations

from typing import Any

import gspread
import pytest

BASE = "https://sheets.googleapis.com/v4/spreadsheets"
WHOLE = {"spreadsheet": True}


def batch(client: gspread.Client, *requests: dict[str, Any], **more: Any) -> Any:
    return client.http_client.batch_update("book", {"requests": list(requests), **more})


def get(client: gspread.Client, path: str = "", **params: Any) -> Any:
    return client.http_client.request("get", f"{BASE}/book{path}", params=params).json()


def post(client: gspread.Client, path: str, body: dict[str, Any]) -> Any:
    return client.http_client.request("post", f"{BASE}/book{path}", json=body).json()


def fence(number: int, **place: Any) -> dict[str, Any]:
    entry = {"metadataId": number, "metadataKey": "k", "visibility": "DOCUMENT"}
    return {"createDeveloperMetadata": {"developerMetadata": entry | {"location": place or WHOLE}}}


def span(start: int, end: int, dimension: str = "ROWS") -> dict[str, Any]:
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def insert(start: int, end: int, **more: Any) -> dict[str, Any]:
    return {"insertDimension": {"range": span(start, end), **more}}


def write(row: int, *values: dict[str, Any]) -> dict[str, Any]:
    rows = [{"values": [{"userEnteredValue": value} for value in values]}]
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}


def text_of(refusal: pytest.ExceptionInfo[gspread.exceptions.APIError]) -> str:
    return str(refusal.value.error["message"])
