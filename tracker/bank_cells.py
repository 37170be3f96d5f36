"""What does a cell of a bank's file mean? A day, a sum, a currency, the id of a payout.

Banks write in every way there is. A cell is read without a guess, or as everything it may mean
where the sum is known already and only has to be found in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from tracker.cells import NotUnderstood, read_currency, read_date
from tracker.money import exponent

_ID = re.compile(r"(?<![a-z0-9_])p\s?o\s?_\s?((?:[a-z2-7]\s{0,9}){16})(?![a-z0-9_])")
"""An id of ours, broken by blanks or line ends wherever a bank folds a long purpose."""
_LOOSE_ID = re.compile(r"(?<![a-z0-9_])po[\s./:?'+-]{0,2}((?:[a-z2-7]\s{0,9}){16})(?![a-z0-9_])")
"""The same where the bank put another sign for `_`, which SWIFT's alphabet does not have."""

_CLOCK = re.compile(r"[ T]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:Z|[+-][0-9:]+)?$")
_COMPACT = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})")
_SHORT = re.compile(r"([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{2})")
_TWO = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-](20[0-9]{2}|[0-9]{2})")
_NAMED = re.compile(
    r"([0-9]{1,2})[ -]([A-Za-zА-Яа-я]{3})[A-Za-zА-Яа-я]*\.?[ -,]+(20[0-9]{2})(?: г\.?)?"
)
_NAMED_US = re.compile(r"([A-Za-z]{3})[a-z]* ([0-9]{1,2}), (20[0-9]{2})")
_MONTHS = {
    name: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
    )
    for number, name in enumerate(names.split(), 1)
}

_NUMERIC = {"643": "RUB", "810": "RUB", "RUR": "RUB", "840": "USD", "978": "EUR", "826": "GBP",
            "156": "CNY", "398": "KZT", "933": "BYN", "051": "AMD", "417": "KGS", "860": "UZS",
            "944": "AZN", "981": "GEL", "949": "TRY", "784": "AED"}  # fmt: skip
"""Codes of ISO 4217 that banks print instead of letters; 810 and RUR are the rouble of old."""

_WORDS = {"РУБЛЬ": "RUB", "РУБЛИ": "RUB", "РУБЛЕЙ": "RUB", "РОССИЙСКИЙ РУБЛЬ": "RUB",
          "РОССИЙСКИЕ РУБЛИ": "RUB", "Р": "RUB", "RUSSIAN RUBLE": "RUB", "ДОЛЛАР США": "USD",
          "ДОЛЛАРЫ США": "USD", "US DOLLAR": "USD", "US$": "USD", "ЕВРО": "EUR",
          "EURO": "EUR"}  # fmt: skip
"""Words for one currency only: `доллар` and `$` mean several, and are asked about."""

_CODED = re.compile(r"\(([A-Z]{3}|[0-9]{3})\)$")
"""`Российский рубль (643)`: the code says which."""

_BLANKS = re.compile(r"[\s'’`]+")
_UNIT_BEFORE = re.compile(r"^([-+(]*)([^\d.,+()=%\"*/:;#№-]{1,12})\.?(?=[-+(0-9])")
_UNIT_BEHIND = re.compile(r"(?<=[0-9)-])([^\d.,+()=%\"*/:;#№-]{1,12})\.?([-)]*)$")
_WHOLE = re.compile(r"[0-9]{1,15}")
_MARKED = re.compile(r"([0-9]{1,15})[.,]([0-9]{1,8})")
_GROUPS = re.compile(
    r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+(?:\.[0-9]{1,8})?|(?:\.[0-9]{3})+(?:,[0-9]{1,8})?)"
)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
SUM_LENGTH_MAX = 40
DAY_LENGTH_MAX = 100


def payout_ids(text: str, known: Collection[str]) -> list[str]:
    """Every payout id in the text, each once, as we write it, in any case and however broken.

    One whose `_` became another sign counts only when it is known: it might be a word.
    """
    lowered = text.lower()
    found = [f"po_{_joined(one[1])}" for one in _ID.finditer(lowered)]
    loose = (f"po_{_joined(one[1])}" for one in _LOOSE_ID.finditer(lowered))
    return list(dict.fromkeys([*found, *(one for one in loose if one in known)]))


def _joined(text: str) -> str:
    return "".join(text.split())


def day_first(cells: Iterable[str]) -> bool | None:
    """Whether `10/07/2026` is July 10 in this column; None while no cell of it tells."""
    for cell in cells:
        found = _TWO.match(cell.strip())
        if found is not None and (int(found[1]) > 12) != (int(found[2]) > 12):
            return int(found[1]) > 12
    return None


def read_day(text: str, *, slashed: bool | None = None) -> date:
    """Read a day as banks write it; `slashed` is what `day_first` told of the column.

    Raises NotUnderstood for what is no day, and for one that may be either of two.
    """
    try:
        return _day(text, slashed=slashed)
    except ValueError:  # NotUnderstood is one too
        raise NotUnderstood("date_unreadable", text) from None


def _day(text: str, *, slashed: bool | None) -> date:
    # In a long cell the clock at its end would be looked for from every sign.
    if len(text) > DAY_LENGTH_MAX:
        raise ValueError("too long for a day")
    bare = _CLOCK.sub("", text.strip())
    if found := _COMPACT.fullmatch(bare):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _SHORT.fullmatch(bare):
        return date(2000 + int(found[3]), int(found[2]), int(found[1]))
    if found := _NAMED.fullmatch(bare):
        return date(int(found[3]), _MONTHS.get(found[2].lower(), 0), int(found[1]))
    if found := _NAMED_US.fullmatch(bare):
        return date(int(found[3]), _MONTHS.get(found[1].lower(), 0), int(found[2]))
    if found := _TWO.fullmatch(bare):
        return _two_ways(found, slashed=slashed)
    return read_date(bare)


def _two_ways(found: re.Match[str], *, slashed: bool | None) -> date:
    first, second = int(found[1]), int(found[2])
    tells = day_first([found[0]])
    order = slashed if tells is None else tells
    if order is None and first != second:
        raise ValueError("either of two days")
    day, month = (first, second) if order else (second, first)
    return date(int(found[3]) % 100 + 2000, month, day)


def sums(text: str) -> frozenset[Decimal]:
    """Everything a sum may mean: `1,234` is 1234 and 1.234; nothing for what is no sum.

    Brackets and a minus before or behind are a sum below zero. A unit that stands with it is
    dropped: see `unit_of`.
    """
    bare = _bare(text)[0]
    below = bare.startswith(("-", "(")) or bare.endswith("-")
    bare = bare.strip("+-()")
    found: set[Decimal] = set()
    if _WHOLE.fullmatch(bare):
        found.add(Decimal(bare))
    elif marked := _MARKED.fullmatch(bare):
        found.add(Decimal(f"{marked[1]}.{marked[2]}"))
    if _GROUPS.fullmatch(bare):
        mark = "." if bare.rfind(".") > bare.rfind(",") else ","
        both = "." in bare and "," in bare
        whole, _, part = bare.rpartition(mark) if both else (bare, "", "0")
        found.add(Decimal(f"{re.sub('[.,]', '', whole)}.{part}"))
    return frozenset(-one if below else one for one in found)


def sums_in(text: str, currency: str) -> frozenset[Decimal]:
    """What a sum means in a currency: `1,234` is 1.234 KWD, and 1234 in roubles or yen.

    Banks print the decimals that a currency has (ISO 4217), so three digits behind its only mark
    are decimals where it has three, and a thousand everywhere else.
    """
    found = sums(text)
    if _THOUSANDS.fullmatch(_bare(text)[0].strip("+-()")) is None:
        return found
    decimals = exponent(currency) == 3
    return frozenset({min(found, key=abs) if decimals else max(found, key=abs)})


def unit_of(text: str) -> str:
    """The unit beside a sum: a currency's code, as it stands when unknown, empty without one."""
    units = {currency_of(one) or one for one in _bare(text)[1]}
    return " / ".join(sorted(units))


def _bare(text: str) -> tuple[str, list[str]]:
    """A sum without blanks and units, and the units that stood before and behind it."""
    if len(text) > SUM_LENGTH_MAX:
        return "", []
    bare = _BLANKS.sub("", text.replace("−", "-").replace("–", "-"))
    before, behind = _UNIT_BEFORE.search(bare), _UNIT_BEHIND.search(bare)
    units = [before[2]] if before else []
    units += [behind[1]] if behind else []
    return _UNIT_BEHIND.sub(r"\2", _UNIT_BEFORE.sub(r"\1", bare)), units


def currency_of(text: str) -> str:
    """The currency a cell names, by letters, sign, number or word; empty when it names none."""
    coded = _CODED.search(text)
    bare = (coded[1] if coded else text).strip().upper().rstrip(".")
    found = _NUMERIC.get(bare) or _WORDS.get(bare)
    if found:
        return found
    try:
        return read_currency(bare)
    except NotUnderstood:
        return ""
