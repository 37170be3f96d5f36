"""Where do codes go to be printed or mailed? Into a CSV file, and a page of cards to cut out."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.code_cards import Card, qr_text, table
from tracker.out_path import refuse_file
from tracker.problems import Stop
from tracker.programme import Programme
from tracker.running import Workplace
from tracker.stores.remembered import write_whole
from tracker.wording import formatter


@dataclass(frozen=True, slots=True)
class Files:
    """Which files were asked for. `url` is what QR codes hold, with {CODE} in it."""

    csv: Path | None = None
    qr: Path | None = None
    url: str = ""

    @property
    def paths(self) -> list[Path]:
        """The files that were named."""
        return [path for path in (self.csv, self.qr) if path is not None]

    def refuse(self, place: Workplace) -> None:
        """Raise Stop for what could not be written, before anything is made."""
        for path in self.paths:
            refuse_file(place, path)
        qr_text("A", self.url)

    def write(self, cards: Sequence[Card], programme: Programme) -> list[Path]:
        """Write the files; say which. Raises Stop `codes_file_failed`."""
        language = programme.language
        if self.csv is not None:
            _put(self.csv, csv_bytes(cards, language))
        if self.qr is not None:
            from tracker.qr_sheet import page

            _put(self.qr, page(cards, programme.program_name, language).encode())
        return self.paths


def csv_bytes(cards: Sequence[Card], language: str) -> bytes:
    """The cards as CSV (RFC 4180) in UTF-8 with the mark that Excel looks for.

    Semicolons part the cells where decimals have a comma, as in a statement's file.
    """
    out = io.StringIO()
    between = ";" if formatter(language).point == "," else ","
    csv.writer(out, delimiter=between, lineterminator="\r\n").writerows(table(cards, language))
    return out.getvalue().encode("utf-8-sig")


def _put(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as refusal:
        raise Stop("codes_file_failed", path=path, why=refusal.strerror or "") from None
