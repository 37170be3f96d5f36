"""How are words of the ledgers said inside a sentence: rates for each piece, bases, the rest?"""

from __future__ import annotations

from tracker.problems import Params

PER_ITEM = "/item"
REST = "*"

_BASES: dict[str, tuple[str, str]] = {
    "goods": ("goods", "товары"),
    "before_discount": ("goods before the discount", "товары до скидки"),
    "with_shipping": ("goods with postage", "товары с доставкой"),
    "paid": ("all that was paid", "вся оплата"),
}
_EACH = (" per item", " за штуку")
_THE_REST = ("The rest", "Остальное")


def rate_said(rate: str, language: str) -> str:
    """A rate as people say it: `10.00 RUB per item`, `10.00 RUB за штуку`; others as they are."""
    return rate.replace(PER_ITEM, _EACH[language == "ru"])


def worded(values: Params, language: str) -> Params:
    """The parameters of a sentence, with words of the ledgers put into the language."""
    place = language == "ru"
    return tuple([(n, _worded(n, value, place) if n in _WORDED else value) for n, value in values])


_WORDED = frozenset({"rule", "what", "rate"})


def _worded(name: str, value: str, place: int) -> str:
    if name == "rule":
        return _BASES[value][place] if value in _BASES else value
    if name == "what" and value == REST:
        return _THE_REST[place]
    return value.replace(PER_ITEM, _EACH[place]) if name == "rate" else value
