"""What is inside the zip of a workbook, and is it safe to unpack?

Every refusal is ValueError; the caller says it to the owner.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

# Safe here: parts with a DTD are refused before, so there are no entities to expand.
from xml.etree import ElementTree as ET

from tracker.stores.xlsx_look import OddCells, check_size, local, odd_cells
from tracker.stores.xlsx_zip import unpacked

ENTRIES_MAX = 200
INFLATED_BYTES_MAX = 100 * 2**20
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Parts:
    """The unpacked parts of a workbook, looked at before any other program unpacks them."""

    def __init__(self, content: bytes) -> None:
        """Open the zip. Raises ValueError for what is no workbook or dangerous to read."""
        try:
            self._content = memoryview(content)
            self._zip = zipfile.ZipFile(BytesIO(content))
            self._inspect()
            self._sheets = self._find_sheets()
        except (zipfile.BadZipFile, KeyError, ET.ParseError, NotImplementedError) as error:
            raise ValueError(str(error)) from error
        except (RuntimeError, EOFError, zlib.error) as error:
            raise ValueError(str(error)) from error

    def look_at(self, title: str, *, odd: bool) -> OddCells:
        """Refuse a sheet as `check_size` does; find its formulas and errors where asked to.

        It is unpacked once for both. Raises ValueError, KeyError.
        """
        xml = self._zip.read(self._sheets[title])
        check_size(title, xml)
        return odd_cells(xml) if odd else {}

    def check_size(self, title: str) -> None:
        """Refuse a sheet whose one far cell would make a reader reserve gigabytes."""
        check_size(title, self._zip.read(self._sheets[title]))

    def _inspect(self) -> None:
        """Unpack all of it once, no further than the zip's own list says: that may lie."""
        entries = self._zip.infolist()
        if len(entries) > ENTRIES_MAX:
            raise ValueError(f"{len(entries)} parts")
        left = INFLATED_BYTES_MAX
        if sum(entry.file_size for entry in entries) > left:
            raise ValueError("too large")
        for entry in entries:
            self._inspect_entry(entry)

    def _inspect_entry(self, entry: zipfile.ZipInfo) -> None:
        is_xml = not entry.filename.startswith("xl/media/")
        tail = b""
        for chunk in unpacked(self._content, entry):
            if tail == b"" and is_xml and chunk[:2] in {b"\xff\xfe", b"\xfe\xff"}:
                raise ValueError(f"{entry.filename} is not in UTF-8")
            # The one sign is found much faster than the words that follow it.
            if is_xml and (b"!" in chunk or b"!" in tail) and _DTD.search(tail + chunk):
                raise ValueError(f"{entry.filename} has a DTD")
            tail = (tail + chunk[-16:])[-16:]

    def _find_sheets(self) -> dict[str, str]:
        """Map titles to the names of their parts, by way of the relations."""
        # Safe here: _inspect has refused any part with a DTD.
        relations = ET.fromstring(self._zip.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
        targets = {one.get("Id"): one.get("Target", "") for one in relations}
        book = ET.fromstring(self._zip.read("xl/workbook.xml"))  # noqa: S314
        found = {}
        for sheet in (one for one in book.iter() if local(one.tag) == "sheet"):
            relation = next((v for k, v in sheet.attrib.items() if local(k) == "id"), None)
            target = targets.get(relation, "")
            name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            found[sheet.get("name", "")] = name
        return found
