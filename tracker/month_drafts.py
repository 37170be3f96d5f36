"""What does each partner's statement of a month say, and who is left out? Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.drafting import Booked, draft
from tracker.layout import Tab
from tracker.ledger import Order
from tracker.lines import CommissionLine, JournalLine
from tracker.owners_money import OWN_SOURCES
from tracker.periods import end_of
from tracker.problems import Problem, params
from tracker.programme import Partner
from tracker.revising import as_told
from tracker.rules_text import Versions
from tracker.running import Rest
from tracker.statement_months import chosen_month, partners_told
from tracker.statements import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """A month's statements, and who is left out and why."""

    month: str
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]


def drafts(rest: Rest, month: str | None) -> Drafts:
    """Work out a month's statements of every partner who had lines or was known and active.

    A partner with a ledger problem is skipped, by name. Raises Stop for what is no month.
    """
    chosen = chosen_month(month, rest.known.programme, rest.now)
    known = rest.known
    doubtful = {problem.partner_id for problem in rest.problems} - {""}
    booked = booked_lines(rest)
    refused = [order.latest for order in _shop_orders(rest)]
    revised = {
        one.partner_id for one in known.statements if one.month == chosen and one.revision > 1
    }
    versions = Versions(known)
    found: list[Statement] = []
    problems: list[Problem] = []
    for partner in partners_told(known, rest.plan.books.lines, chosen, rest.now):
        if partner.partner_id in doubtful:
            problems.append(about("partner_skipped", partner, chosen))
            continue
        again = refused
        if partner.partner_id in revised:
            again = lines_then(rest, partner.partner_id, chosen)
        said = draft(partner, chosen, booked, again, known.statements, known.programme, rest.now)
        found.append(replace(said, terms=versions.of(partner.partner_id)))
        if not partner.email:
            problems.append(about("letter_without_address", partner, chosen))
    return Drafts(month=chosen, statements=tuple(found), problems=tuple(problems))


def about(code: str, partner: Partner, month: str, **values: object) -> Problem:
    """Make a problem of a partner's row that concerns the statement of a month."""
    said = params(partner=partner.partner_id, month=month, **values)
    return Problem(
        tab=Tab.PARTNERS.value, cell=partner.cell, code=code, params=said, key=partner.partner_id
    )


def _shop_orders(rest: Rest) -> list[Order]:
    """The orders of shops: all but what the owner typed."""
    return [order for key, order in rest.plan.books.orders.items() if key[0] not in OWN_SOURCES]


def lines_then(rest: Rest, partner_id: str, month: str) -> list[JournalLine]:
    """What the Journal says of each order for a letter of that month that is corrected."""
    end = end_of(month, rest.known.programme)
    return [as_told(order.lines, partner_id, end) for order in _shop_orders(rest)]


def booked_lines(rest: Rest) -> list[Booked]:
    """Every line with the Journal line it is a step of."""
    books = rest.plan.books
    facts = {line.line_id: line for order in books.orders.values() for line in order.lines}
    return [Booked(step=step, fact=facts.get(step.fact) or _lost(step)) for step in books.lines]


def _lost(step: CommissionLine) -> JournalLine:
    """What is left to say of a line whose Journal line was damaged and folded again."""
    return JournalLine(
        noted_at=step.booked_at,
        source=step.source,
        order_id=step.order_id,
        n=step.n,
        state="paid",
        partner_id=step.partner_id,
        reason="order_changed",
    )
