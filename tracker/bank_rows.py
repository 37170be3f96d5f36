"""Which rows of a bank's file are there, and which of their cells is the day, and which the sum?

A CSV of any bank is understood by the words of its headings, in Russian or English, and without
them by what its cells look like; 1C's client-bank exchange by its keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from tracker.bank_cells import currency_of, day_first, sums, unit_of
from tracker.bank_columns import Columns, columns
from tracker.bank_lines import NotAStatement, cells_of, decoded
from tracker.bank_words import plainly_in, side_in, speaks_in, undone_state

_HEADING_ROWS_MAX = 60
_SNIFFED_LINES = 200
_SEPARATORS = ";\t|,"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sum as the bank writes it, and the currency it stands in.

    `currency` is empty where it is not told, and what the bank wrote where that is none we know.
    """

    text: str
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankRow:
    """One row, or one document of 1C.

    Attributes:
        line: where it begins in the file, from 1.
        text: all of it, to look for ids; cells: each of it, to look for words.
        day, number: the cells of the day and of the bank's own number.
        sums: the cells that may be the sum that left the account.
        came_in: whether the money came in; undone: whether the bank has not carried it out.
        slashed: whether `10/07/2026` is July 10 here, where the column tells.
    """

    line: int
    text: str
    cells: tuple[str, ...] = ()
    day: str = ""
    number: str = ""
    sums: tuple[Told, ...] = ()
    came_in: bool = False
    undone: bool = False
    slashed: bool | None = None


def read_rows(content: bytes) -> list[BankRow]:
    """Read a bank's file. Raises NotAStatement with a code of `tracker.sentences.bank`."""
    text = decoded(content)
    if text.lstrip().startswith("1CClientBankExchange"):
        return list(_documents(text))
    lines = [f"{line}\n" for line in text.split("\n")]
    separator = _separator(lines[:_SNIFFED_LINES])
    found = [(line, cells) for line, cells in cells_of(lines, separator) if any(cells)]
    for at, (_, cells) in enumerate(found[:_HEADING_ROWS_MAX]):
        if "payout_id" in cells:
            raise NotAStatement("bank_file_own")
        known = columns(cells)
        if known is not None:
            return _by_headings(known, found[at + 1 :])
    return _by_looks(found)


def _separator(lines: Sequence[str]) -> str:
    """The separator that cuts most lines into the same number of cells, then into most cells."""

    def regular(separator: str) -> tuple[bool, int, int]:
        try:
            rows = [cells for _, cells in cells_of(lines, separator) if any(cells)]
        except NotAStatement:
            return False, 0, 0
        counts = [len(row) for row in rows if len(row) > 1]
        usual = max(sorted(set(counts)), key=counts.count, default=0)
        return any(columns(row) for row in rows), counts.count(usual), usual

    return max(_SEPARATORS, key=regular)


def _by_headings(known: Columns, rows: Sequence[tuple[int, list[str]]]) -> list[BankRow]:
    slashed = day_first(_first(cells, known.days) for _, cells in rows)
    # One column for both ways tells them by the sign, if it has any; two columns do not.
    places = () if known.out else known.sums
    signed = any(_below(_at(cells, n)) for _, cells in rows for n in places)
    return [_by_heading(known, line, cells, slashed=slashed, signed=signed) for line, cells in rows]


def _by_heading(
    known: Columns, line: int, cells: Sequence[str], *, slashed: bool | None, signed: bool
) -> BankRow:
    out = [n for n in known.out if _worth(_at(cells, n))]
    into = any(_worth(_at(cells, n)) for n in known.into)
    places = out or ([] if into else [n for n in known.sums if _at(cells, n)])
    above = bool(places) and not out and signed and not any(_below(_at(cells, n)) for n in places)
    below = bool(out) or any(_below(_at(cells, n)) for n in places)
    return BankRow(
        line=line,
        text=" | ".join(cells),
        cells=tuple(cells),
        day=_first(cells, known.days),
        number=_number(cells, known.numbers),
        sums=tuple(_told(known, cells, n) for n in places),
        came_in=(not out and into) or above or _says_in(known, cells, below=below),
        undone=any(undone_state(_at(cells, n)) for n in known.states),
        slashed=slashed,
    )


def _says_in(known: Columns, cells: Sequence[str], *, below: bool) -> bool:
    """Whether words say that money came in; more than one word does not speak against a minus."""
    sides = [_at(cells, n) for n in known.sides]
    return plainly_in(cells) or any(map(side_in, sides)) or (not below and speaks_in(sides))


def _told(known: Columns, cells: Sequence[str], place: int) -> Told:
    """A sum with the currency of the nearest column of currencies, better behind than before."""
    near = sorted(known.currencies, key=lambda n: (abs(n - place), -n))
    cell = next(filter(None, (_at(cells, n) for n in near)), "")
    named = known.named.get(place, "")
    return _with_units(_at(cells, place), currency_of(cell) or cell or named)


def _with_units(text: str, said: str) -> Told:
    """A sum, its own unit and the one told elsewhere; both are shown where they differ."""
    told = dict.fromkeys(filter(None, (unit_of(text), said)))
    return Told(text=text, currency=" / ".join(told))


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _first(cells: Sequence[str], places: Sequence[int]) -> str:
    return next(filter(None, (_at(cells, n) for n in places)), "")


def _number(cells: Sequence[str], places: Sequence[int]) -> str:
    """The bank's own number: not our id, which may stand in a column `reference`."""
    found = (_at(cells, n) for n in places)
    return next((one for one in found if one and "po_" not in one.casefold()), "")


def _below(text: str) -> bool:
    return any(one < 0 for one in sums(text))


def _worth(text: str) -> bool:
    return any(sums(text))


_MONEY_LOOK = re.compile(r"[0-9][.,][0-9]{2,3}\)?-?$|^[-−(][0-9 ]+")


_DAY_LOOK = re.compile(
    r"(?:[0-9]{1,2}[./-][0-9]{1,2}[./-](?:20)?[0-9]{2}|20[0-9]{2}-?[0-9]{2}-?[0-9]{2})"
    r"(?:[ T].{0,20})?"
)


def _by_looks(rows: Sequence[tuple[int, list[str]]]) -> list[BankRow]:
    """Rows without headings: a day looks like one, a sum has decimals or a sign.

    Raises NotAStatement when no row of them all has both.
    """
    looks = [(line, cells, *_look(cells)) for line, cells in rows]
    if not any(day and money for _, _, day, money in looks):
        raise NotAStatement("bank_file_nothing")
    slashed = day_first(day for _, _, day, _ in looks)
    signed = any(_below(cell) for _, _, _, money in looks for cell in money)
    return [_by_look(*look, slashed=slashed, signed=signed) for look in looks]


def _by_look(
    line: int,
    cells: list[str],
    day: str,
    money: list[str],
    *,
    slashed: bool | None,
    signed: bool,
) -> BankRow:
    units = (currency_of(cell) or _sign(cell) for cell in cells if len(cell) <= 4)
    said = next(filter(None, units), "")
    below = any(_below(cell) for cell in money)
    return BankRow(
        line=line,
        text=" | ".join(cells),
        cells=tuple(cells),
        day=day,
        sums=tuple(_with_units(cell, said) for cell in money),
        came_in=(signed and not below) or plainly_in(cells) or (not below and speaks_in(cells)),
        slashed=slashed,
    )


def _sign(cell: str) -> str:
    """A sign of money that means several currencies, as `$`."""
    return cell if any(category(one) == "Sc" for one in cell) and not sums(cell) else ""


def _look(cells: Sequence[str]) -> tuple[str, list[str]]:
    """The first day of a row, and what may be its sum."""
    days = [cell for cell in cells if _DAY_LOOK.fullmatch(cell)]
    read = [cell for cell in cells if cell not in days and sums(cell) and _known_unit(cell)]
    money = [cell for cell in read if _MONEY_LOOK.search(cell)] or read
    return (days[0] if days else ""), money


def _known_unit(cell: str) -> bool:
    unit = unit_of(cell)
    return not unit or bool(currency_of(unit)) or _MONEY_LOOK.search(cell) is not None


def _documents(text: str) -> Iterator[BankRow]:
    """The documents of a 1C client-bank exchange: keys before `=`, from section to end.

    Money has left where ДатаСписано is filled; a file that goes to the bank has it nowhere.
    """
    keys: dict[str, str] = {}
    begins = 0
    for number, line in enumerate(text.split("\n"), 1):
        key, _, value = line.strip().partition("=")
        if key == "СекцияДокумент":
            keys, begins = {}, number
        elif key == "КонецДокумента" and begins:
            yield _document(begins, keys)
            begins = 0
        elif begins:
            keys[key] = value.strip()


def _document(line: int, keys: dict[str, str]) -> BankRow:
    gone, came = keys.get("ДатаСписано", ""), keys.get("ДатаПоступило", "")
    account = keys.get("ПлательщикРасчСчет") or keys.get("ПлательщикСчет", "")
    # The currency stands in the 6th to 8th digit of an account (Bank of Russia, 809-P).
    said = currency_of(account[5:8]) if len(account) == 20 else ""
    return BankRow(
        line=line,
        text="\n".join(value for key, value in keys.items() if key.startswith("Назначение")),
        day=gone,
        number=keys.get("Номер", ""),
        sums=(Told(text=keys.get("Сумма", ""), currency=said),),
        came_in=bool(came) and not gone,
        undone=not came and not gone,
    )
