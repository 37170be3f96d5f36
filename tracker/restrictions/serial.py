"""Was a serial code used already? (field.md B17: one use each)."""

from __future__ import annotations

from tracker.problems import params
from tracker.programme import CodeKind
from tracker.restrictions.using import Refusal, Use


def serial(use: Use) -> Refusal | None:
    """Refuse the second order of one serial number; its variants are numbers of their own."""
    if use.row.kind is not CodeKind.SERIAL or use.asker.room((use.name,), 1):
        return None
    return "code_serial_used", params()
