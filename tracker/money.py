"""How much? Sums in integer minor units, and the one place that rounds.

Exponents follow ISO 4217. A float or half a kopeck cannot be represented here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

NO_MINOR_UNIT = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split()
)
THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
FOUR_DECIMALS = frozenset("CLF UYW".split())
TWO_DECIMALS = frozenset(
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD "
    "CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD "
    "MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP "
    "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
    "TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG".split()
)
CURRENCIES = NO_MINOR_UNIT | TWO_DECIMALS | THREE_DECIMALS | FOUR_DECIMALS
_PLACES = (
    dict.fromkeys(NO_MINOR_UNIT, 0)
    | dict.fromkeys(THREE_DECIMALS, 3)
    | dict.fromkeys(FOUR_DECIMALS, 4)
)

# A sum of ours has at most 15 digits of minor units (I9), so no "1e999999" can hang a run.
_MINOR_MAX = 10**15
BOOKED_MINOR_MAX = 10**13
"""No line books so much: a cell keeps 15 digits, and an account sums up many lines."""

SIGNS = {
    "₽": "RUB",
    "руб": "RUB",
    "руб.": "RUB",
    "р.": "RUB",
    "€": "EUR",
    "£": "GBP",
    "₸": "KZT",
    "₴": "UAH",
    "₾": "GEL",
    "֏": "AMD",
}
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([ \u00a0\u202f\u2009][0-9]{3}){1,4}([.,][0-9]{1,8})?")
_PLAIN = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,8})?")
# Its digits, at most 15, are below _MINOR_MAX.
_COINS_LENGTH_MAX = 15
# No plus sign: "+79000000001" is a phone in the wrong field, not a total.
_MACHINE = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,8})?")


class NotAnAmount(ValueError):
    """The text is no sum that can be read without guessing; `code` names the reason's sentence."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text[:40]}")
        self.code = code
        self.text = text[:40]


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """A sum in one currency: `minor` counts its smallest units (kopecks, cents, yen)."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} are never summed")
        return Money(self.minor + other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __str__(self) -> str:
        return f"{decimal_text(self.minor, self.currency)} {self.currency}"


def exponent(currency: str) -> int:
    """How many decimals the currency has (ISO 4217): 2 for RUB, 0 for JPY, 3 for KWD."""
    return _PLACES.get(currency, 2)


def decimal_text(minor: int, currency: str) -> str:
    """Write minor units as a decimal string: 150050 RUB is `1500.50`, 7 JPY is `7`."""
    places = exponent(currency)
    if places == 0:
        return str(minor)
    whole, part = divmod(abs(minor), 10**places)
    return f"{'-' if minor < 0 else ''}{whole}.{part:0{places}d}"


def as_decimal(minor: int, currency: str) -> Decimal:
    """Give minor units as an exact Decimal of major units, for a number cell."""
    return Decimal(decimal_text(minor, currency))


def from_decimal(amount: Decimal, currency: str) -> int:
    """Turn major units into minor ones, exactly.

    Raises NotAnAmount when there are more decimals than the currency has, or it is out of range.
    """
    if not amount.is_finite() or abs(amount.adjusted()) > 15:
        if amount == 0 and amount.is_finite():
            return 0
        raise NotAnAmount("amount_unreadable", str(amount))
    shifted = amount.scaleb(exponent(currency))
    minor = int(shifted)
    if minor != shifted:
        raise NotAnAmount("amount_too_fine", str(amount))
    if abs(minor) >= _MINOR_MAX:
        raise NotAnAmount("amount_unreadable", str(amount))
    return minor


def rounded(amount: Decimal, currency: str) -> int:
    """Turn major units into minor ones, half up, where the finer part has to go."""
    numerator, denominator = amount.scaleb(exponent(currency)).as_integer_ratio()
    return half_up(numerator, denominator)


def half_up(numerator: int, denominator: int) -> int:
    """Divide, and round a half away from zero: the only rounding in the program."""
    size, rest = divmod(abs(numerator), denominator)
    size += 2 * rest >= denominator
    return -size if numerator < 0 else size


def sign_of(text: str) -> str | None:
    """Tell the currency whose sign ends the text (`500 ₽` is RUB); None when none does."""
    bare = text.strip().casefold()
    return next((SIGNS[sign] for sign in SIGNS if bare.endswith(sign)), None)


def read_typed(text: str) -> Decimal:
    """Read a sum as a person types it: `1 234,50`, `1234.50`, `0,91`, `1 234,50 ₽`.

    Raises NotAnAmount for both marks (`1.990,50`), for a thousand that could be a decimal
    (`1,234`) and for anything else that would need a guess.
    """
    bare = text.strip()
    for sign in SIGNS:
        if bare.casefold().endswith(sign):
            bare = bare[: -len(sign)].strip()
            break
    if "." in bare and "," in bare:
        raise NotAnAmount("amount_both_marks", text)
    if not (_PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare)):
        raise NotAnAmount("amount_unreadable", text)
    grouped = _GROUPED.fullmatch(bare) is not None
    bare = bare.translate(_SPACES).replace(",", ".")
    whole, _, part = bare.partition(".")
    size = whole.lstrip("+-")
    if len(part) == 3 and not grouped and size != "0" and len(size) <= 3:
        raise NotAnAmount("amount_ambiguous", text)
    return Decimal(bare)


def read_coins(text: str, currency: str) -> int | None:
    """Read a sum with just the currency's own decimals (`69.84` EUR) as minor units, at least 0.

    None for any other text; `read_machine` and `from_decimal` give the same sum for this one.
    """
    places = _PLACES.get(currency, 2)
    whole, point, part = text.partition(".")
    if len(text) > _COINS_LENGTH_MAX or len(part) != places or (point and not places):
        return None
    digits = whole + part
    return int(digits) if whole and digits.isdigit() and digits.isascii() else None


def read_machine(text: str) -> Decimal:
    """Read a sum as a program writes it: ASCII digits, a dot, no exponent (`69.8400`, `-5.00`).

    Raises NotAnAmount otherwise.
    """
    bare = text.strip()
    if not _MACHINE.fullmatch(bare):
        raise NotAnAmount("amount_unreadable", text)
    return Decimal(bare)
