"""Does every dialect read what its golden files hold? A body beside what it means."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tests.shops.conftest import FORM, JSON, Reader
from tracker.model import Read, Unreadable
from tracker.shops import DIALECTS

HERE = Path(__file__).parent
STAMP = {"source", "delivery_id", "received_at", "sha256"}
BODIES = sorted(path for path in HERE.glob("*/*") if path.suffix in {".json", ".form"})


def shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return " | ".join(shown(part) for part in value) or "(none)"
    if is_dataclass(value):
        parts = (f"{one.name}={shown(getattr(value, one.name))}" for one in fields(value))
        return f"({' '.join(parts)})"
    return str(value)


def described(found: Read) -> str:
    """Write a read as its golden file does: its kind, then every field that says something."""
    said: list[tuple[str, object]]
    if isinstance(found, Unreadable):
        said = [("code", found.code), *found.params]
    else:
        names = [one.name for one in fields(found) if one.name not in STAMP]
        said = [(name, getattr(found, name)) for name in names]
    lines = [f"{name}: {shown(value)}" for name, value in said if value is not None]
    return "\n".join([type(found).__name__, *lines]) + "\n"


@pytest.mark.parametrize("path", BODIES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_body_means_what_its_golden_file_says(path: Path, reads: Reader) -> None:
    body = path.read_text("utf-8")
    content_type = JSON if path.suffix == ".json" else FORM

    found = reads(path.parent.name, body, content_type)

    assert "\n".join(map(described, found)) == path.with_suffix(".expected.txt").read_text("utf-8")


def test_there_are_golden_files_of_every_dialect() -> None:
    assert {path.parent.name for path in BODIES} == set(DIALECTS)
