"""Does a whole sync leave the owner's charts alone, and say when it could not?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli_book import CliBook
from tests.stores.owner_books import Parts, change, changed, part_of, raw, relations, unpacked

SPARKLINE = (
    b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    b'uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups/></ext></extLst>'
)


@pytest.fixture
def book(tmp_path: Path) -> CliBook:
    return CliBook(tmp_path)


def draw(parts: Parts) -> None:
    """Give the Journal sparklines of the owner's and the book a part that nobody knows."""
    name = part_of(parts, "Journal")
    parts[name] = parts[name].replace(b"</worksheet>", SPARKLINE + b"</worksheet>")
    parts["xl/customData/item1.data"] = b"anybody's"
    parts["xl/customData/_rels/item1.data.rels"] = relations()


def test_a_sync_keeps_what_openpyxl_would_drop(book: CliBook) -> None:
    change(book.path, draw)
    before = raw(book.path)
    book.deliver("1")

    said = book.run("sync")

    assert (said.code, "written whole" in said.err) == (0, False)
    parts = unpacked(book.path)
    assert parts[part_of(parts, "Journal")].endswith(SPARKLINE + b"</worksheet>")
    written = changed(before, raw(book.path)) - {"xl/styles.xml"}
    assert {name.rpartition("/")[0] for name in written} == {"xl/worksheets"}
    assert {"xl/charts/chart3.xml", "xl/customData/item1.data"} <= before.keys() - written
    assert book.balances() == {"ivan": "100.00"}


def test_a_sync_says_when_it_wrote_the_book_whole(book: CliBook) -> None:
    def spoil(parts: Parts) -> None:
        name = part_of(parts, "Runs")
        parts[name] = parts[name].replace(b"<sheetData>", b"<sheetData><!-- mine -->")

    change(book.path, spoil)
    book.deliver("1")

    said = book.run("sync")

    assert said.code == 0
    assert "was written whole this time, because between the rows of “Runs”" in said.err
    assert "written whole" not in book.run("sync").err
