"""What does a cell hold, and what did the person mean by it?

A store gives cells as they are stored; the functions here read them without guessing. Numbers
come as Decimal (the store turns a binary number into the shortest decimal that means it).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache

from tracker.money import (
    BOOKED_MINOR_MAX,
    CURRENCIES,
    SIGNS,
    Money,
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


RATE_LENGTH_MAX = 100
"""What is longer is no rate, and looking for one in 50,000 signs would take minutes."""

RATES_KEPT = 1_000
"""Rates that are read and written once: every order names its own several times."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of the base (`percent`, 15 means 15 %) or a whole sum an order (`fixed`).

    `per_item`: the sum is owed for each piece of goods, not once for the order (field.md C2).
    """

    percent: Decimal | None = None
    fixed: Money | None = None
    per_item: bool = False

    def __str__(self) -> str:
        if self.fixed is not None:
            return f"{self.fixed}{_PER_ITEM if self.per_item else ''}"
        return _percent_text(self.percent or Decimal(0))


@lru_cache(maxsize=RATES_KEPT)
def _percent_text(percent: Decimal) -> str:
    return f"{plain(percent)}%"


_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,12})?)\s*%")
_PER_ITEM = "/item"
_EACH = re.compile(
    r"(.+?)\s*(?:/\s*|\bper\s+|\bза\s+)(?:items?|pieces?|pcs?\.?|шт\.?|штуку|товар|единицу)",
    re.IGNORECASE,
)
_SUM = re.compile(r"(.+?)\s*([A-Za-z]{3}|[^\W\d]+\.?|[₽€£₸₴₾֏])")
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
    if isinstance(cell, Formula | CellError):
        return cell.text
    if isinstance(cell, Decimal):
        return plain(cell)
    return "" if cell is None else str(cell)


def read_text(cell: Cell) -> str:
    """Read text: outer spaces dropped; a number as its digits; a date or formula is refused."""
    _refuse_formula(cell)
    if isinstance(cell, str):
        return clean(cell).strip()
    if isinstance(cell, Decimal):
        return plain(cell)
    if cell is None:
        return ""
    raise NotUnderstood("cell_not_text", shown(cell))


def read_amount(cell: Cell) -> Decimal:
    """Read a sum in major units. Raises NotUnderstood where it would take a guess."""
    _refuse_formula(cell)
    if isinstance(cell, Decimal):
        return cell
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


def read_rate(cell: Cell) -> Rate:
    """Read a rate: `15%`, `15 %`, `500 RUB`, `10 RUB/item`, or what a percent cell holds (0.15).

    A bare number above 1 might be a percent or a sum, so it is refused (design.md section 2).
    """
    _refuse_formula(cell)
    if isinstance(cell, Decimal):
        return _fraction(cell)
    if not isinstance(cell, str):
        raise NotUnderstood("rate_unreadable", shown(cell))
    text = cell.strip()
    if len(text) > RATE_LENGTH_MAX:
        raise NotUnderstood("rate_unreadable", text)
    percent = _PERCENT.fullmatch(text)
    if percent:
        return _percent(Decimal(percent[1].replace(",", ".")), text)
    try:
        bare = read_typed(text) if not any(map(str.isalpha, text)) else None
    except NotAnAmount:
        bare = None
    if bare is not None and not any(sign in text for sign in SIGNS):
        return _fraction(bare)
    each = _EACH.fullmatch(text)
    return replace(_sum(each[1], text), per_item=True) if each else _sum(text, text)


@lru_cache(maxsize=RATES_KEPT)
def written_rate(text: str) -> Rate:
    """Read a rate as `str` writes it (`12.5%`, `5.000 KWD/item`): exact where typing is a guess.

    Raises ValueError or ArithmeticError for anything else.
    """
    if text.endswith("%"):
        return Rate(percent=Decimal(text.removesuffix("%")))
    amount, currency = text.removesuffix(_PER_ITEM).split(" ")
    minor = from_decimal(Decimal(amount), currency)
    return Rate(fixed=Money(minor, currency), per_item=text.endswith(_PER_ITEM))


def _fraction(number: Decimal) -> Rate:
    if number == 0 or 0 < number <= 1:
        return _percent(number * 100, plain(number))
    raise NotUnderstood("rate_bare_number", plain(number))


def _percent(number: Decimal, text: str) -> Rate:
    if not 0 <= number <= 100:
        raise NotUnderstood("rate_out_of_range", text)
    return Rate(percent=number.normalize() if number else Decimal(0))


def _sum(typed: str, text: str) -> Rate:
    found = _SUM.fullmatch(typed)
    if not found:
        raise NotUnderstood("rate_unreadable", text)
    try:
        currency = read_currency(found[2])
        minor = from_decimal(read_typed(found[1]), currency)
    except (NotUnderstood, NotAnAmount):
        raise NotUnderstood("rate_unreadable", text) from None
    if minor < 0:
        raise NotUnderstood("rate_out_of_range", text)
    if minor >= BOOKED_MINOR_MAX:
        raise NotUnderstood("amount_too_big", text)
    return Rate(fixed=Money(minor, currency))


def read_date(cell: Cell) -> date:
    """Read a day: a date cell, `2025-10-07` or `07.10.2025`."""
    _refuse_formula(cell)
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
    _refuse_formula(cell)
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
    _refuse_formula(cell)
    number: Decimal | None = cell if isinstance(cell, Decimal) else None
    if isinstance(cell, str) and re.fullmatch(r"[0-9]{1,9}", cell.strip()):
        number = Decimal(cell.strip())
    if number is None or number != int(number) or not low <= number <= high:
        raise NotUnderstood("number_unreadable", shown(cell), (low, high))
    return int(number)


def _refuse_formula(cell: Cell) -> None:
    if isinstance(cell, Formula):
        raise NotUnderstood("cell_formula", cell.text)
    if isinstance(cell, CellError):
        raise NotUnderstood("cell_error", cell.text)
