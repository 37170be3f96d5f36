"""Which of the owner's decisions about orders can be followed, and which are named as problems?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tracker.known import Known
from tracker.ledger import Ledger
from tracker.lines import Key
from tracker.problems import Problem, params
from tracker.programme import Decision

Rulings = Mapping[Key, Sequence[Decision]]
"""The rows of Decisions by the order they are about."""


def verdict(row: Decision) -> tuple[str, str]:
    """What a row decides: the word and the partner."""
    return row.verdict.value, row.partner_id


def agreed(rows: Sequence[Decision]) -> Decision | None:
    """The decision of rows about one order; None where there is none, or they disagree."""
    return rows[0] if len({verdict(row) for row in rows}) == 1 else None


def unfollowed(
    known: Known, rulings: Rulings, ledger: Ledger, arrived: Collection[Key]
) -> list[Problem]:
    """Name the decisions that do nothing, and those once followed whose row is gone."""
    return [
        *_disputed(rulings),
        *_of_unknown_orders(rulings, ledger, arrived),
        *_gone(known, rulings, ledger),
    ]


def _disputed(rulings: Rulings) -> list[Problem]:
    """Two rows that disagree about one order do nothing."""
    return [
        _problem("decisions_disagree", key, row)
        for key, rows in rulings.items()
        if rows and agreed(rows) is None
        for row in rows
    ]


def _of_unknown_orders(rulings: Rulings, ledger: Ledger, arrived: Collection[Key]) -> list[Problem]:
    return [
        _problem("decision_no_order", key, row)
        for key, rows in rulings.items()
        if key not in ledger.orders and key not in arrived and key not in ledger.aside
        for row in rows
    ]


def _problem(code: str, key: Key, row: Decision) -> Problem:
    about = "/".join(key)
    said = params(about=about)
    return Problem(tab="Decisions", cell=row.cell, code=code, params=said, key=about)


def _gone(known: Known, rulings: Rulings, ledger: Ledger) -> list[Problem]:
    """A decision that was followed stands though its row is gone; the owner may not know that."""
    found: list[Problem] = []
    broken = known.broken("Decisions")
    for key, order in ledger.orders.items():
        if key in rulings or '"ruling"' not in order.latest.facts:
            continue
        about = "/".join(key)
        if about not in broken and order.latest.parsed().get("ruling"):
            said = params(about=about)
            found.append(Problem(tab="Decisions", cell="", code="decision_gone", params=said))
    return found
