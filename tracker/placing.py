"""How do later orders see an order? Its Journal line, as `tracker.history` takes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from tracker.commissions import figures
from tracker.history import Placed
from tracker.lines import JournalLine
from tracker.model import Role, State
from tracker.orders import read_facts
from tracker.programme import Programme, normal_code
from tracker.sentences import split_reason
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


_NEVER_COUNTS = frozenset({State.WAITING, State.CANCELLED, State.REFUNDED})


def own_time(line: JournalLine) -> tuple[str, str, str]:
    """The place of an order among all: when it was placed, then by source and number."""
    at = datetime.fromisoformat(line.ordered_at).astimezone(UTC)
    return at.isoformat(), line.source, line.order_id


def placed(line: JournalLine, programme: Programme) -> Placed:
    """Say of an order what later ones may ask."""
    at = datetime.fromisoformat(line.ordered_at).astimezone(UTC)
    why, values = split_reason(line.reason)
    code = dict(values).get("code", "") if line.partner_id else ""
    return Placed(
        at=at,
        day=programme.local_date(at),
        customer=frozenset(line.customer.split()),
        counts=why != "test_order" and counts(line),
        partner_id=line.partner_id,
        code=normal_code(code) if code else "",
        evidence=line.evidence,
        sales=line.base or 0,
        currency=line.currency,
        earned=_earned(line),
    )


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
    if '"earned"' in line.facts:
        return tuple((who, minor, unit) for who, minor, unit in line.parsed().get("earned", ()))
    return tuple((o.partner_id, o.minor, o.currency) for o in line.owed if o.role == Role.ORDER)
