"""What must every engine give? The same file of commissions, and its checksum."""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

Commission = tuple[str, str, int]
"""(order_id, partner_id, minor units)"""


def folder() -> Path:
    """The folder named on the command line."""
    return Path(sys.argv[1])


def give(engine: str, found: Iterable[Commission]) -> None:
    """Write the commissions by order, and print how many there are and their checksum."""
    print(kept(folder() / f"commissions-{engine}.csv", found))


def kept(path: Path, found: Iterable[Commission]) -> str:
    """Write the commissions by order; tell how many there are and their checksum."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(sorted(found))
    content = path.read_bytes()
    rows, digest = content.count(b"\n"), hashlib.sha256(content).hexdigest()[:16]
    return f"{rows} rows, sha256 {digest}"
