"""Which file was a payout handed over in last? The note that the outbox keeps of each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

LISTS = frozenset({"csv", "xlsx"})
"""Formats that people read; no bank pays by one alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A payout that was handed over before: into which file for a bank last, and when, aware."""

    payout_id: str
    file: str
    at: datetime


def note(form: str, file: str, at: datetime, before: str = "") -> str:
    """Write the note of a payout that goes into a file now; `before` is the note it had.

    The latest file for a bank counts, and a list never hides it. The first file stays in the note.
    """
    kept = _read(before)
    said = {"form": form, "file": file, "at": at.isoformat()}
    latest = kept if form in LISTS and kept and kept["form"] not in LISTS else said
    return json.dumps({**latest, "first": kept.get("first", file)}, ensure_ascii=False)


def handed(payout_id: str, text: str, noted_at: datetime) -> Handed | None:
    """Read a note; None when the payout stood only in lists so far.

    Notes of older versions are the bare name of a file, which may have been for a bank.
    """
    kept = _read(text)
    if kept["form"] in LISTS:
        return None
    at = datetime.fromisoformat(kept["at"]) if kept.get("at") else noted_at
    return Handed(payout_id=payout_id, file=kept["file"], at=at)


def _read(text: str) -> dict[str, str]:
    if not text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if isinstance(found, dict) and {"form", "file", "at"} <= found.keys():
        return {str(key): str(value) for key, value in found.items()}
    return {"form": "", "file": text, "at": "", "first": text}
