"""Which column of a bank's CSV is the day, and which the sum? Told by the words of the headings.

Russian and English, as banks write them; a balance, a fee or the number of an account is no sum.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.bank_cells import currency_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where is what: places of columns; `sums` with the currency that the heading itself names."""

    days: tuple[int, ...]
    out: tuple[int, ...]
    into: tuple[int, ...]
    sums: tuple[int, ...]
    currencies: tuple[int, ...]
    numbers: tuple[int, ...]
    states: tuple[int, ...]
    sides: tuple[int, ...]
    named: dict[int, str] = field(default_factory=dict)


_DAYS = (
    "дата списан|дата провод|дата исполн|booking date|completed|finished|posted",
    "дата операц|transaction date|value date|дата плат",
    r"дата|\bdate\b|created on|bookgdt",
)
_NUMBERS = (
    "номер докум|номер плат|№ ?док|n ?док|document|transaction id|transfer id|trnid",
    r"номер|№|number|\bno\b|reference|\bid\b",
)
_OUT = "списан|дебет|расход|debit|withdraw|paid out|money out|исходящ"
_INTO = "зачислен|поступлен|кредит|приход|credit|deposit|paid in|money in|входящ"
_SUMS = r"сумма|amount|\bsum\b|\bamt\b|оборот|стоимость|\bgross\b|\bnet\b"
_NEVER_SUMS = (
    r"остат|баланс|balance|комисс|\bfees?\b|ндс|\bvat\b|\btax|курс|\brate\b|сч[её]т|account|инн|бик"
    r"|наимен|name"
)
_SET_ASIDE = re.compile(
    r"\b(?:after|before|without|excl\w*|без|до|после|за вычетом) +\w+|в валюте сч[её]та"
)
"""`Amount (after fees)` is a sum: what it is counted without is not what it is."""
_NEVER_CURRENCIES = r"курс|\brate\b|комисс|\bfees?\b"
_STATES_OF_OTHERS = "составител|плательщик|получател|контрагент|address|payer|payee|account|сч[её]т"
_NEVER_NUMBERS = "сч[её]т|account|инн|tax|бик|bic|карт|card|п/п|тел|phone|payment reference|назнач"
_SIDE = (
    r"^(?:тип|вид|направлени|признак|знак)|^(?:direction|sign|type|indicator)$"
    r"|\b(?:transaction|operation|payment|movement|entry) type\b|\bindicator\b|cdtdbtind"
    r"|\b(?:d/c|c/d|dr/cr|cr/dr|dc|debit/credit|credit/debit)\b"
    r"|дт/кт|кт/дт|\bд/к\b|\bк/д\b|\bд/р\b|приход ?/ ?расход|расход ?/ ?приход"
)
_SIGNED_CURRENCY = re.compile(r"\b([A-Z]{3})\b|(руб|₽|€|£|₸)")


def columns(headings: Sequence[str]) -> Columns | None:
    """Tell the columns by the words of their headings; None for a row that is no heading."""
    names = [heading.casefold() for heading in headings]
    days = _ranked(names, _DAYS)
    sides = [n for n, name in enumerate(names) if re.search(_SIDE, name)]
    free = [n for n in range(len(names)) if n not in {*days, *sides}]
    money = [n for n in free if not re.search(_NEVER_SUMS, _SET_ASIDE.sub(" ", names[n]))]
    both = [n for n in money if re.search(_OUT, names[n]) and re.search(_INTO, names[n])]
    out = [n for n in money if re.search(_OUT, names[n]) and n not in both]
    into = [n for n in money if re.search(_INTO, names[n]) and n not in both]
    plain = [n for n in money if re.search(_SUMS, names[n]) and n not in {*out, *into}]
    if not days or not (out or plain):
        return None
    # What left in one currency and arrived in another: a payout is what arrived.
    plain = [n for n in plain if "target amount" in names[n]] or plain
    plausible = ["" if re.search(_NEVER_NUMBERS, name) else name for name in names]
    return Columns(
        days=tuple(days),
        out=tuple(out),
        into=tuple(into),
        sums=tuple(plain),
        currencies=tuple(n for n in free if _tells_currency(names[n])),
        numbers=tuple(n for n in _ranked(plausible, _NUMBERS) if n in free),
        states=tuple(n for n in free if _tells_state(names[n])),
        sides=(*sides, *both),
        named={n: _named_currency(headings[n]) for n in (*out, *plain)},
    )


def _tells_currency(name: str) -> bool:
    told = re.search("валют|currency|ccy", name)
    return told is not None and not re.search(f"{_SUMS}|{_NEVER_CURRENCIES}", name)


def _tells_state(name: str) -> bool:
    told = re.search("статус|состояни|status|^state$", name)
    return told is not None and not re.search(_STATES_OF_OTHERS, name)


def _ranked(names: Sequence[str], words: Sequence[str]) -> list[int]:
    """The columns that have one of the words, those with better words first."""
    return list(
        dict.fromkeys(n for one in words for n, name in enumerate(names) if re.search(one, name))
    )


def _named_currency(heading: str) -> str:
    found = (currency_of(one[0]) for one in _SIGNED_CURRENCY.finditer(heading))
    return next(filter(None, found), "")
