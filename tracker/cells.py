"""What does a cell hold, and what did the person mean by it?

A store gives cells as they are stored; the functions here read them without guessing. Numbers
come as Decimal (the store turns a binary number into the shortest decimal that means it).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from tracker.money import (
    CURRENCIES,
    SIGNS,
    NotAnAmount,
    from_decimal,
    read_typed,
    sign_of,
)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula where a value may belong: its text, without what it last came to."""

    text: str


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that shows an error such as #REF!."""

    text: str


Cell = str | Decimal | bool | date | datetime | Formula | CellError | None
"""None is an empty cell. A datetime is naive: sheets have no zones. Text keeps its spaces."""


class NotUnderstood(ValueError):
    """A cell cannot be read without guessing; `code` names the problem's sentence.

    `limits` are the least and the greatest number that fit there, where the sentence names them.
    """

    def __init__(self, code: str, shown: str, limits: tuple[int, int] | None = None) -> None:
        super().__init__(f"{code}: {shown[:60]}")
        self.code = code
        self.shown = shown[:60]
        self.limits = limits


_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{2}:\d{2}.*)?", re.ASCII)
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2}(?:\.[0-9]{1,6})?))?")
_DAY_SECONDS = 86_400
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
# A workbook is XML, which knows all of Unicode but these two.
_NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}


def plain(number: Decimal) -> str:
    """Write a number without exponent and trailing zeros: `15`, `12.5`."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def clean(text: str) -> str:
    """Drop what no store keeps (control signs, lone surrogates, U+FFFE), so a cell reads back."""
    if text.isprintable():  # has none of these: the common case, and told without a loop
        return text
    joined = text.replace("\r\n", "\n").replace("\r", "\n").translate(_NOT_IN_XML)
    return "".join(
        sign for sign in joined if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )


def blank(cell: Cell) -> bool:
    """Whether nothing was typed."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def shown(cell: Cell) -> str:
    """Show a cell as a person would name it in a sentence."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Formula | CellError):
        return cell.text
    if isinstance(cell, Decimal):
        return plain(cell)
    return "" if cell is None else str(cell)


def read_text(cell: Cell) -> str:
    """Read text: outer spaces dropped; a number as its digits; a date or formula is refused."""
    if isinstance(cell, str):  # most cells, so they are asked first
        return clean(cell).strip()
    if cell is None:
        return ""
    refuse_formula(cell)
    if isinstance(cell, Decimal):
        return plain(cell)
    raise NotUnderstood("cell_not_text", shown(cell))


def read_amount(cell: Cell) -> Decimal:
    """Read a sum in major units. Raises NotUnderstood where it would take a guess."""
    if isinstance(cell, Decimal):
        return cell
    refuse_formula(cell)
    if not isinstance(cell, str):
        raise NotUnderstood("amount_unreadable", shown(cell))
    try:
        return read_typed(cell)
    except NotAnAmount as refusal:
        raise NotUnderstood(refusal.code, refusal.text) from None


def read_minor(cell: Cell, currency: str) -> int:
    """Read a sum as minor units of the currency; too many decimals are refused, not rounded."""
    try:
        minor = from_decimal(read_amount(cell), currency)
    except NotAnAmount as refusal:
        raise NotUnderstood(refusal.code, refusal.text) from None
    sign = sign_of(cell) if isinstance(cell, str) else None
    if sign not in {None, currency}:
        raise NotUnderstood("amount_other_currency", shown(cell))
    return minor


def read_currency(cell: Cell) -> str:
    """Read a currency's ISO 4217 code, or its sign where the sign means one currency only."""
    text = read_text(cell)
    known = SIGNS.get(text.casefold(), text.upper())
    if known not in CURRENCIES:
        raise NotUnderstood("currency_unknown", text)
    return known


def read_date(cell: Cell) -> date:
    """Read a day: a date cell, `2025-10-07` or `07.10.2025`."""
    refuse_formula(cell)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, str):
        text = cell.strip()
        iso, dotted = _ISO_DATE.fullmatch(text), _DOTTED_DATE.fullmatch(text)
        try:
            if iso:
                return date(int(iso[1]), int(iso[2]), int(iso[3]))
            if dotted:
                return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        except ValueError:
            pass
    raise NotUnderstood("date_unreadable", shown(cell))


def read_time(cell: Cell) -> time:
    """Read a time of day: `9:00`, `09:00`, `9.30`, or a part of a day as a time cell holds it.

    Excel's time cells come as text with seconds (`09:00:00`), Google's as a number (0.375); a
    bare `9` might be an hour or a slip, so it is refused.
    """
    refuse_formula(cell)
    seconds: Decimal | None = None
    if isinstance(cell, Decimal):
        seconds = cell * _DAY_SECONDS if 0 <= cell < 1 else None
    elif isinstance(cell, str) and (found := _TIME.fullmatch(cell.strip())):
        hours, minutes, rest = int(found[1]), int(found[2]), Decimal(found[3] or 0)
        seconds = hours * 3600 + minutes * 60 + rest if minutes < 60 and rest < 60 else None
    # A part of a day is never exact: 20:00 may be stored as 19:59:59.991.
    whole = None if seconds is None else int(seconds + Decimal("0.5"))
    if whole is None or whole >= _DAY_SECONDS:
        raise NotUnderstood("time_unreadable", shown(cell))
    return time(whole // 3600, whole // 60 % 60, whole % 60)


def read_whole(cell: Cell, low: int, high: int) -> int:
    """Read a whole number between `low` and `high`, both included."""
    refuse_formula(cell)
    number: Decimal | None = cell if isinstance(cell, Decimal) else None
    if isinstance(cell, str) and re.fullmatch(r"[0-9]{1,9}", cell.strip()):
        number = Decimal(cell.strip())
    if number is None or number != int(number) or not low <= number <= high:
        raise NotUnderstood("number_unreadable", shown(cell), (low, high))
    return int(number)


def refuse_formula(cell: Cell) -> None:
    """Raise NotUnderstood for a formula, which has no value of its own, and for an error."""
    if isinstance(cell, Formula):
        raise NotUnderstood("cell_formula", cell.text)
    if isinstance(cell, CellError):
        raise NotUnderstood("cell_error", cell.text)
