"""Which spreadsheet is meant? Its id, or the address that the browser shows."""

from __future__ import annotations

import re

from tracker.problems import Stop

_ID = re.compile(r"[A-Za-z0-9_-]{10,200}")
_IN_ADDRESS = re.compile(r"/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{10,200})(?:[/?#]|$)")


def spreadsheet_id(place: str) -> str:
    """Give the id in what was typed after `gsheets:`. Raises Stop `google_address`."""
    text = place.strip()
    found = _IN_ADDRESS.search(text)
    if found:
        return found[1]
    if _ID.fullmatch(text):
        return text
    raise Stop("google_address", place=text[:80])


def link_to(sheet_id: str) -> str:
    """The address at which a browser opens the spreadsheet."""
    return f"https://docs.google.com/spreadsheets/d/{sheet_id}/edit"
