"""How do later orders see an order? Its Journal line, as `tracker.history` takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial

from tracker.asked import Asker
from tracker.commissions import figures
from tracker.history import History, Placed
from tracker.lines import JournalLine
from tracker.model import Role, State
from tracker.orders import read_facts
from tracker.programme import Programme, normal_code
from tracker.questions import Json
from tracker.sentences import split_reason
from tracker.terms import USUAL_APPROVE
from tracker.terms import read as read_beside


@dataclass(slots=True)
class Placings:
    """Orders as later ones see them: each line is read once, whoever asks."""

    programme: Programme
    _found: dict[str, Placed] = field(default_factory=dict)

    def of(self, line: JournalLine) -> Placed:
        """What later orders may ask of a line's order."""
        found = self._found.get(line.line_id)
        if found is None:
            found = self._found[line.line_id] = placed(line, self.programme)
        return found

    def add_to(self, history: History, line: JournalLine, made: Made | None) -> None:
        """Show a line's order to those placed after it; `made` is what it was just made from.

        Nothing of it is worked out, nor kept, before anybody asks.
        """
        if made is None or not history.asked:
            history.add_read(partial(self.of, line))
        else:
            one = self._found[line.line_id] = decided(line, *made)
            history.add(one)


Made = tuple[Asker, Mapping[str, Json]]
"""Who was asked for a line, and what stands in it beside the facts."""

_NEVER_COUNTS = frozenset({State.WAITING, State.CANCELLED, State.REFUNDED})


def own_time(line: JournalLine) -> tuple[str, str, str]:
    """The place of an order among all: when it was placed, then by source and number."""
    at = datetime.fromisoformat(line.ordered_at).astimezone(UTC)
    return at.isoformat(), line.source, line.order_id


def placed(line: JournalLine, programme: Programme) -> Placed:
    """Say of an order what later ones may ask, as its line tells it."""
    at = datetime.fromisoformat(line.ordered_at).astimezone(UTC)
    customer, day = frozenset(line.customer.split()), programme.local_date(at)
    return _placed(line, at, day, customer, counts=counts(line), earned=_earned(line))


def decided(line: JournalLine, asker: Asker, said: Mapping[str, Json]) -> Placed:
    """The same of a line just made, from what it was made from: to read it back costs time."""
    at = asker.facts.ordered_at.astimezone(UTC)
    earned = said.get("earned")
    return _placed(
        line,
        at,
        asker.day,
        asker.keys,
        counts=_counts_now(line, asker, said),
        earned=_by_order(line) if earned is None else _rows(earned),
    )


def _placed(
    line: JournalLine,
    at: datetime,
    day: date,
    customer: frozenset[str],
    *,
    counts: bool,
    earned: tuple[tuple[str, int, str], ...],
) -> Placed:
    why, values = split_reason(line.reason)
    code = dict(values).get("code", "") if line.partner_id else ""
    return Placed(
        at,
        day,
        customer,
        why != "test_order" and counts,
        line.partner_id,
        normal_code(code) if code else "",
        line.evidence,
        line.base or 0,
        line.currency,
        earned,
    )


def _counts_now(line: JournalLine, asker: Asker, said: Mapping[str, Json]) -> bool:
    if line.state in _NEVER_COUNTS:
        return False
    approve = said["terms"].get("approve", USUAL_APPROVE) if "terms" in said else USUAL_APPROVE
    if line.owed and line.state == State.PAID and approve == USUAL_APPROVE:
        return True  # it owes something, so it earns
    delivered = bool(asker.facts.get("delivered"))
    return approved(State(line.state), approve, delivered) and not asker.sums.wholly_refunded


def counts(line: JournalLine) -> bool:
    """Whether an order earns as far as its state goes: a use of a code, a sale of a tier."""
    if line.state in _NEVER_COUNTS:
        return False
    if line.owed and line.state == State.PAID and '"approve"' not in line.facts:
        return True  # it owes something, so it earns
    plain = '"lone"' not in line.facts and (
        '"refunds":[]' in line.facts or '"refunds"' not in line.facts
    )
    if plain and '"approve"' not in line.facts:
        return line.state == State.PAID
    said = line.parsed()
    facts = read_facts(said)
    approve = read_beside(said.get("terms", {})).approve
    return approved(State(line.state), approve, bool(facts.get("delivered"))) and not (
        figures(facts).wholly_refunded
    )


def approved(state: State, approve: str, delivered: bool) -> bool:  # noqa: FBT001
    """Whether an order's state is one from which on it earns (field.md D3)."""
    if approve == "placed":
        return state in {State.PENDING, State.PAID}
    return state is State.PAID and (delivered or approve != "delivered")


def _earned(line: JournalLine) -> tuple[tuple[str, int, str], ...]:
    """What partners earn by the order, before any exchange into their own currency."""
    found = line.parsed().get("earned") if '"earned"' in line.facts else None
    return _by_order(line) if found is None else _rows(found)


def _rows(earned: Json) -> tuple[tuple[str, int, str], ...]:
    return tuple([(who, minor, unit) for who, minor, unit in earned])


def _by_order(line: JournalLine) -> tuple[tuple[str, int, str], ...]:
    return tuple([(o.partner_id, o.minor, o.currency) for o in line.owed if o.role == Role.ORDER])
