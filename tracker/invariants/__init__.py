"""Which promises of the ledger show in one look at the book? I1 to I19 and I23, by id.

Left to the test suite, because one look at a book at rest cannot show them: I3 (any order,
repetition or batching gives the same sums), I20 (reading writes nothing), I21 (no contacts in the
money tabs) and I22 (every store gives the same export).
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.invariants.accounts import balances_add_up, conservation, payouts_sound
from tracker.invariants.answers import answers_noted
from tracker.invariants.examined import Examined, Fault, examined
from tracker.invariants.lines import convergence, currency_wall, idempotence, identity
from tracker.invariants.months import (
    continuity,
    generations,
    letters_claimed,
    months_partition,
    sealed_digests,
)
from tracker.invariants.orders import (
    explanation,
    frozen_terms,
    nothing_vanishes,
    one_attribution,
    reversal_bound,
    unambiguous_code,
)

__all__ = ["GROUPS", "INVARIANTS", "Examined", "Fault", "examine", "examined"]

INVARIANTS: tuple[tuple[str, Callable[[Examined], Fault | None]], ...] = (
    ("I1", identity),
    ("I2", convergence),
    ("I4", idempotence),
    ("I5", one_attribution),
    ("I6", frozen_terms),
    ("I7", reversal_bound),
    ("I8", balances_add_up),
    ("I9", currency_wall),
    ("I10", conservation),
    ("I11", payouts_sound),
    ("I12", continuity),
    ("I13", sealed_digests),
    ("I14", letters_claimed),
    ("I15", explanation),
    ("I16", nothing_vanishes),
    ("I17", unambiguous_code),
    ("I18", months_partition),
    ("I19", generations),
    ("I23", answers_noted),
)

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("lines", ("I1", "I9")),
    ("owed", ("I2", "I4", "I7")),
    ("orders", ("I5", "I16", "I17")),
    ("terms", ("I6", "I15", "I23")),
    ("accounts", ("I8", "I10")),
    ("payouts", ("I11",)),
    ("statements", ("I12", "I13", "I14")),
    ("time", ("I18", "I19")),
)
"""What the doctor's sheet names, each with the invariants it rests on."""


def examine(book: Examined) -> dict[str, Fault | None]:
    """Ask every invariant; its first counter-example, or None where it holds."""
    return {name: holds(book) for name, holds in INVARIANTS}
