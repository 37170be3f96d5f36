"""What is a page of terms made of? Sections of clauses: codes with parameters, no words yet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracker.money import decimal_text
from tracker.problems import Params
from tracker.rates import Rate

Row = list[object]


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing the terms say.

    The name of a parameter tells what it holds: `rate`, `sum`, `day`, `days` and `count` are
    written as the reader's language writes them, a name that ends in `_word` is the code of a
    word, and all else is text as typed.

    Attributes:
        code: names the sentence, and is a part of the version: it never changes with wording.
        params: what the sentence mentions.
        parts: what stands for `{parts}` in the sentence, one after the other.
        items: what is listed below it.
        term: part of the terms; False for what only explains them.
        place: how many common rules come before one of the partner's own.
    """

    code: str
    params: Params = ()
    parts: tuple[Clause, ...] = ()
    items: tuple[Clause, ...] = ()
    term: bool = True
    place: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """Clauses under one title; one without clauses is not printed."""

    code: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The terms of the programme, or of one partner; `version` as letters cite it."""

    version: str
    sections: tuple[Section, ...]
    partner_id: str = ""


def said(**values: object) -> Params:
    """Make the parameters of a clause, in a fixed order, as text."""
    return tuple(sorted((name, _text(value)) for name, value in values.items()))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def money(minor: int, currency: str) -> str:
    """Write minor units as a parameter `sum` or `rate` holds them: `500.00 RUB`."""
    return f"{decimal_text(minor, currency)} {currency}"


def kind_of(rate: Rate) -> str:
    """How a rate is said: a percent of something, a sum for each item, or a sum fixed."""
    if rate.fixed is None:
        return "percent"
    return "item" if rate.per_item else "fixed"


def rows_of(sections: Iterable[Section]) -> list[Row]:
    """Everything of the terms that counts for their version, in order, wording left out."""
    return [row for section in sections for clause in section.clauses for row in _rows(clause)]


def _rows(clause: Clause) -> list[Row]:
    own: Row = [clause.code, *([name, value] for name, value in clause.params)]
    own += [row for part in clause.parts for row in _rows(part)]
    if clause.place:
        own.append(clause.place)
    below = [row for item in clause.items for row in _rows(item)]
    return [own, *below] if clause.term else below


def fingerprint(rows: list[Row], signs: int) -> str:
    """The first signs of the sha256 of rows, as letters and digits."""
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:signs].upper()
