"""What would a doctor ask about the spreadsheet itself? Size, locale, zone, what bars us."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.layout import LAYOUT, Kind, Owner, Tab, address, known_columns, letter
from tracker.problems import Params, params
from tracker.stores import Table, Vitals
from tracker.stores.google_sheets.looking import Reader
from tracker.stores.google_sheets.refusals import stop_for
from tracker.stores.google_sheets.standing import Standing
from tracker.stores.google_sheets.wire import Refused, Wire

CELLS_MAX = 10_000_000
"""Google's limit for one spreadsheet; blank cells count (sheets.md 1.4)."""

_PROTECTIONS = "sheets(properties(sheetId),protectedRanges(warningOnly,requestingUserCanEdit))"
_FORMATS = (
    "sheets(properties(title),"
    "data(startRow,startColumn,rowData.values.effectiveFormat.numberFormat.type))"
)
_HARMLESS = {"requests": [{"deleteNamedRange": {"namedRangeId": "tracker.none.such"}}]}
"""A batch that can change nothing: who may write is told that there is no such range."""

_DAYS = frozenset({"DATE", "TIME", "DATE_TIME"})

Finding = tuple[str, Params]


def vitals_of(wire: Wire, reader: Reader) -> Vitals:
    """Ask for everything that a sync does not need to know. Raises Stop when Google refuses."""
    seen, tables = reader.look(_with_amounts(), whole=True)
    standing = seen.standing
    found = [*_hard_protections(wire, reader, standing), *_days_for_sums(wire, reader, tables)]
    answer = wire.write(_HARMLESS, "spreadsheetId")
    if isinstance(answer, Refused) and answer.code == 403:
        found.append(("google_cannot_write", params(email=wire.account.email)))
    if not standing.fences:
        found.append(("google_copy", params(title=standing.title)))
    return Vitals(
        name=standing.title,
        account=wire.account.email,
        locale=standing.locale,
        zone=standing.zone,
        cells=standing.cells,
        cells_max=CELLS_MAX,
        findings=tuple(found),
    )


def _with_amounts() -> list[Tab]:
    """The tabs in which the owner types sums."""
    people = {Owner.OWNER, Owner.INBOX}
    return [
        tab
        for tab, spec in LAYOUT.items()
        if spec.owner in people and any(c.kind is Kind.AMOUNT for c in spec.columns)
    ]


def _hard_protections(wire: Wire, reader: Reader, standing: Standing) -> Iterator[Finding]:
    """Protections that would refuse a whole commit: those that the account may not edit."""
    titles = {sheet.sheet_id: sheet.title for sheet in standing.sheets if sheet.tab is not None}
    for sheet in _asked(wire, reader, _PROTECTIONS, ()):
        title = titles.get(int(sheet.get("properties", {}).get("sheetId", 0)))
        barred = any(
            not one.get("warningOnly") and not one.get("requestingUserCanEdit")
            for one in sheet.get("protectedRanges", ())
        )
        if barred and title is not None:
            yield "google_hard_protection", params(tab=title)


def _days_for_sums(wire: Wire, reader: Reader, tables: Mapping[Tab, Table]) -> Iterator[Finding]:
    """Cells for sums in which the sheet took what was typed (`1.10`) for a day."""
    ranges = []
    for tab, table in tables.items():
        columns = known_columns(tab, table.headings)
        for column in LAYOUT[tab].columns:
            if column.kind is Kind.AMOUNT and column.key in columns and table.rows:
                name = letter(columns[column.key])
                quoted = "'" + table.title.replace("'", "''") + "'"
                ranges.append(f"{quoted}!{name}2:{name}{table.rows[-1].number}")
    if not ranges:
        return
    for sheet in _asked(wire, reader, _FORMATS, tuple(ranges)):
        title = str(sheet.get("properties", {}).get("title", ""))
        for data in sheet.get("data", ()):
            yield from (
                ("google_amount_is_date", params(tab=title, cell=cell)) for cell in _days(data)
            )


def _days(data: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of the cells of one range that are formatted as days."""
    for row, values in enumerate(data.get("rowData", ()), int(data.get("startRow", 0)) + 1):
        for column, cell in enumerate(values.get("values", ()), int(data.get("startColumn", 0))):
            kind = cell.get("effectiveFormat", {}).get("numberFormat", {}).get("type", "")
            if kind in _DAYS:
                yield address(column, row)


def _asked(
    wire: Wire, reader: Reader, fields: str, ranges: tuple[str, ...]
) -> list[Mapping[str, Any]]:
    answer = wire.read(fields=fields, ranges=ranges)
    if isinstance(answer, Refused):
        raise stop_for(answer, email=wire.account.email, where=reader.where)
    found: list[Mapping[str, Any]] = answer.get("sheets", [])
    return found
