"""What is a question about an order, how is it written, and which answers decide alike?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

Json = Any
"""What json gives: text, whole number, bool, None, or a list of these."""


Argument = str | int | tuple[str, ...] | tuple[int, ...]
Question = tuple[Argument, ...]
"""The name of a question and its arguments."""


OWN = "own"
"""The question after the order's own facts: names, and a value each, in one row."""


WORKED_OUT = frozenset({"goods", "items", "day", "customer_known"})
"""What is asked of the order itself and is no field of its facts."""

WHOLE_ORDERS = -1
"""What `volume` is asked of where thresholds are numbers of orders."""


def _place(question: Sequence[Json], answer: Json) -> Json:
    """Where a volume stands among the thresholds it was asked for."""
    *_, starts, of = question
    orders, sales = answer
    if of == WHOLE_ORDERS:
        return sum(1 for start in starts if start <= orders + 1)
    crossed = any(sales < start < sales + of for start in starts)
    return [sales] if crossed else sum(1 for start in starts if start <= sales)


def _left(question: Sequence[Json], answer: Json) -> Json:
    """What is left of a sum below a limit, after what was earned before."""
    *_, limit, minor = question
    return min(minor, max(0, limit - answer))


DECIDES: Mapping[str, Callable[[Sequence[Json], Json], Json]] = {
    "volume": _place,
    "earned_in_month": _left,
    "earned_by_customer": _left,
}
"""What of an answer decides, where not all of it does: else one refund early in the year would
have every later order decided again, at every sync."""


def mark_of(question: Sequence[Json]) -> Question:
    """A question as it is known again: what json reads as a list is a tuple here."""
    return tuple(tuple(one) if isinstance(one, list) else one for one in question)


def each(rows: Iterable[Sequence[Json]]) -> Iterator[tuple[Question, Json]]:
    """Every question of a group with its answer, those after the order's own facts one by one."""
    for question, answer in rows:
        if question[0] != OWN:
            yield mark_of(question), answer
            continue
        for name, value in zip(question[1:], answer, strict=True):
            yield ((name,) if name in WORKED_OUT else ("fact", name)), value
