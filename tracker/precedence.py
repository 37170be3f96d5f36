"""Where does a rate come from when several are typed? The order of precedence, as data.

README prints it, the reason of every order names the place, and `tracker.choosing` follows it:
one table, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.problems import Params, params
from tracker.rates import Rate


class Source(StrEnum):
    """Where a rate was typed; `rule 10` and `tier gold` name the row too."""

    RULE = "rule"
    CODE = "code"
    PARTNER = "partner"
    PROGRAMME = "programme"
    TIER = "tier"


@dataclass(frozen=True, slots=True)
class Place:
    """One step of the precedence, as README prints it in (English, Russian)."""

    source: Source
    words: tuple[str, str]


PRECEDENCE: tuple[Place, ...] = (
    Place(
        Source.RULE,
        (
            "the rule in **Rules** with the smallest priority that fits the order",
            "правило с листа **Правила** с наименьшим приоритетом, которое подходит заказу",
        ),
    ),
    Place(
        Source.CODE,
        (
            "the `rate` of the code in **Codes** (of a variant: its own, else its main code's)",
            "`ставка` промокода на листе **Промокоды** (у варианта — своя, иначе основного кода)",
        ),
    ),
    Place(
        Source.PARTNER,
        (
            "the `rate` of the partner in **Partners**",
            "`ставка` партнёра на листе **Партнёры**",
        ),
    ),
    Place(
        Source.PROGRAMME,
        (
            "`rate` in **Settings**",
            "`rate` на листе **Настройки**",
        ),
    ),
)
"""The first place that names a rate decides (field.md C5)."""

TIERS_REPLACE = frozenset({Source.PARTNER, Source.PROGRAMME})
"""A tier stands instead of a usual rate, never of one for a special case."""

_SOURCES = frozenset(Source)

_BESIDE = (
    """\
A tier of **Tiers** that the partner has reached replaces a rate of the third or fourth place, not
that of a rule or code. A rule about a product or category decides about those lines alone; the
rest of the order goes on down this list.
""",
    """\
Ступень с листа **Ступени**, до которой партнёр дошёл, заменяет ставку с третьего и четвёртого
места, но не ставку правила или промокода. Правило о товаре или категории решает только об этих
строках заказа; остальные идут дальше по этому списку.
""",
)


def first(found: Mapping[Source, Rate | None]) -> tuple[Source, Rate]:
    """The rate that holds and where it stands. Raises KeyError when no place names one."""
    for place in PRECEDENCE:
        rate = found.get(place.source)
        if rate is not None:
            return place.source, rate
    raise KeyError("no rate")


def printed(language: str) -> str:
    """Print the precedence as Markdown, in English or Russian."""
    at = 1 if language == "ru" else 0
    lines = [f"{n}. {place.words[at]}" for n, place in enumerate(PRECEDENCE, 1)]
    return "\n".join([*(f"{line};" for line in lines[:-1]), f"{lines[-1]}.", "", _BESIDE[at]])


def source_said(source: str) -> tuple[str, Params] | None:
    """The sentence that names where a rate stands, of `Beside.source`; None for an old line."""
    kind, _, named = source.partition(" ")
    if kind not in _SOURCES:
        return None
    return f"rate_by_{kind}", params(named=named)
