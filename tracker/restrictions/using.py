"""What does a restriction look at? One use of a code: its row, and the order it came with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.asked import Asker
from tracker.problems import Params
from tracker.programme import Code, Programme, normal_code

Refusal = tuple[str, Params]
"""The code of a reason, and its parameters beside code and partner."""


@dataclass(frozen=True, slots=True)
class Use:
    """A code on an order.

    Attributes:
        row: the code's row, as its owner had it when the order was placed.
        typed: every code on the order, as typed.
        partner_id: whose code it is.
        family: the code, the code it is a variant of, and all variants of that; normal forms.
        asker: what may be asked of the order and of earlier ones.
    """

    row: Code
    typed: Sequence[str]
    partner_id: str
    family: tuple[str, ...]
    programme: Programme
    asker: Asker

    @property
    def name(self) -> str:
        """The code in the form codes are compared in."""
        return normal_code(self.row.code)


Restriction = Callable[[Use], Refusal | None]
"""One restriction: why the order does not count, None where it does."""

UNKNOWN = frozenset(
    "region_unknown channel_unknown items_unknown customer_unknown order_currency_other".split()
)
"""Reasons that are no refusal: the shop does not say what a restriction asks, a person decides."""
