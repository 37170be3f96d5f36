"""What stands in Runs? One row for each run that changed something or made a file."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from decimal import Decimal

from tracker.stores import Record
from tracker.sync import Plan


def run_record(made: Plan, what: str) -> Record:
    """The row of Runs for a run that changed something."""
    counts = made.counts
    noted = made.noted_at.isoformat()
    return {
        "run_id": _run_id(noted, what, *(line.line_id for line in made.journal)),
        "at": noted,
        "what": what,
        "seen": Decimal(counts.seen),
        "attributed": Decimal(counts.attributed),
        "unattributed": Decimal(counts.unattributed),
        "waiting": Decimal(counts.waiting),
        "quarantined": Decimal(counts.quarantined),
        "written": Decimal(counts.written),
        "note": f"put back={made.restored}" if made.restored else None,
    }


def file_record(what: str, at: datetime, note: str) -> Record:
    """The row of Runs for a file that was written or read: what it held stands in the note."""
    return {
        "run_id": _run_id(at.isoformat(), what, note),
        "at": at.isoformat(),
        "what": what,
        "note": note,
    }


def _run_id(*parts: str) -> str:
    digest = hashlib.sha256("\n".join(parts).encode()).digest()
    return f"rn_{base64.b32encode(digest).decode('ascii')[:12].lower()}"
