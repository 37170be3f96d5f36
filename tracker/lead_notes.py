"""What does each lead earn? Rows of Leads as Journal lines.

A lead is noted when it is first seen, with the rules in force that day: later settings leave it
alone, and its row is never made twice. From the day it first earns, its rate is fixed, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tracker.commissions import Owed, share
from tracker.known import Known
from tracker.lead_owner import partner_active
from tracker.lead_protection import DEAD, protected
from tracker.lead_terms import LeadTerms, terms_in_force, terms_of, written_terms
from tracker.ledger import Order
from tracker.lines import JournalLine, Key
from tracker.money import decimal_text
from tracker.owing.cross_bonus import cross_bonus
from tracker.own_lines import LEAD, explained, first_day, new_lines, own_line, partner_unknown
from tracker.policy import LeadPays
from tracker.problems import Problem, params
from tracker.programme import Lead, Partner, Programme
from tracker.rates import Rate, written_rate
from tracker.shops import DIALECTS

NOTED, OPEN, DUPLICATE, REGISTERED, DEAL = "noted", "open", "duplicate", "registered", "deal"

_TOLD = frozenset({"lead_taken", "lead_repeated", "lead_partner_away"})
"""Why a lead earns nothing, worth a line of its own before anybody was credited."""
_REPEATED = {LeadPays.REGISTRATION: "lead_repeated", LeadPays.DEAL: ""}


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What becomes of a lead: its state, and the sentence that says why."""

    state: str
    why: str
    values: Mapping[str, object]

    @property
    def earns(self) -> bool:
        return self.state in {REGISTERED, DEAL}


def lead_lines(
    known: Known, orders: Mapping[Key, Order], noted_at: datetime
) -> tuple[list[JournalLine], list[Problem]]:
    """Journal lines for every lead that says something new, and what a person must mend."""
    found = lead_terms(known.leads, orders, known.programme)
    held = protected(known.leads, lambda lead: found[lead.lead_id].protect, known.programme)
    lines: list[JournalLine] = []
    problems = [*_of_nobody(known)]
    for lead in known.leads:
        order = orders.get((LEAD, lead.lead_id))
        if order is None and terms_in_force(known.programme) is None:
            continue  # Settings has the problem; terms are not guessed
        terms = found[lead.lead_id]
        line, more = _Noting(lead, known, order, terms, held.get(lead.lead_id), noted_at).made()
        lines += new_lines(line, orders)
        problems += more
    return lines, problems


def lead_terms(
    leads: Iterable[Lead], orders: Mapping[Key, Order], programme: Programme
) -> dict[str, LeadTerms]:
    """The rules that hold for each lead, by its id: those noted with it, else those in force."""
    now = terms_in_force(programme) or LeadTerms()
    terms = {}
    for lead in leads:
        order = orders.get((LEAD, lead.lead_id))
        terms[lead.lead_id] = now if order is None else terms_of(order)
    return terms


def _of_nobody(known: Known) -> Iterator[Problem]:
    """Leads that name a code, a link or a number of nobody: one problem for each such name."""
    by_sign: dict[str, list[Lead]] = {}
    for lead in known.leads:
        if not lead.partner_id and lead.status not in DEAD and (lead.code or lead.number):
            by_sign.setdefault(lead.code or lead.number, []).append(lead)
    for sign, leads in by_sign.items():
        said = params(sign=sign[:60], count=len(leads))
        first = leads[0]
        yield Problem(
            tab="Leads", cell=_cell(first), code="lead_of_nobody", params=said, key=first.lead_id
        )


def _cell(lead: Lead) -> str:
    """Where a problem of a lead is told: the run that appends a row does not know its place yet.

    So the next run would move the problem, had it one; a posted lead is found by its id.
    """
    dialect = lead.lead_id.partition("/")[0].partition(":")[0]
    return "" if dialect in DIALECTS else lead.cell


@dataclass(frozen=True, slots=True)
class _Noting:
    """One lead, and everything its line is made from. `holder`: whose registration holds."""

    lead: Lead
    known: Known
    order: Order | None
    terms: LeadTerms
    holder: Lead | None
    noted_at: datetime

    def made(self) -> tuple[JournalLine | None, list[Problem]]:
        """The lead's next line; None where what is booked has to stand."""
        lead, known = self.lead, self.known
        partner = known.partners.get(lead.partner_id)
        if partner is None:
            unknown = partner_unknown("Leads", _cell(lead), lead.lead_id, lead.partner_id)
            named = [unknown] if lead.partner_id or self._credited else []
            return (None if self._credited else self._noted()), named
        verdict = self._verdict()
        if not (verdict.earns or self._credited):
            return self._noted(verdict), self._held_problem()
        rate = self._rate(partner)
        if rate is None:
            return None if self._credited else self._noted(), []
        if verdict.state == REGISTERED and rate.fixed is None:
            said = params(rate=rate, lead=lead.lead_id)
            wrong = Problem(
                tab="Leads",
                cell=_cell(lead),
                code="lead_rate_percent",
                params=said,
                key=lead.lead_id,
            )
            return None if self._credited else self._noted(), [wrong]
        line, problems = self._credit(verdict, rate)
        return line, [*problems, *self._held_problem()]

    @property
    def _credited(self) -> bool:
        """Whether a partner was ever credited with it."""
        return self.order is not None and any(line.partner_id for line in self.order.lines)

    def _verdict(self) -> _Verdict:
        """The first rule that decides."""
        lead, holder = self.lead, self.holder
        if lead.status in DEAD:
            return _Verdict(OPEN, f"lead_{lead.status}", {})
        if holder is not None and holder.received_at is not None:
            own = holder.partner_id == lead.partner_id
            why = _REPEATED[self.terms.pays_on] if own else "lead_taken"
            if why:
                on = self.known.programme.local_date(holder.received_at)
                return _Verdict(DUPLICATE, why, {"day": on})
        if self.terms.pays_on is LeadPays.DEAL:
            deal = {"deal": f"{decimal_text(lead.minor, lead.currency)} {lead.currency}"}
            return _Verdict(DEAL, "lead_deal", deal) if lead.is_deal else _NO_DEAL
        if not partner_active(self.known, lead.partner_id, lead.received_at or self.noted_at):
            return _Verdict(OPEN, "lead_partner_away", {"partner": lead.partner_id})
        return _Verdict(REGISTERED, "lead_registered", {})

    def _rate(self, partner: Partner) -> Rate | None:
        """The rate the partner was first credited at, else that in force; None if unreadable."""
        first = None if self.order is None else self.order.crediting(partner.partner_id)
        if first is not None:
            return written_rate(first.rate)
        programme = self.known.programme
        chosen = programme.policy.lead_rate or partner.rate
        if chosen is None and "rate" in programme.unreadable:
            return None  # Settings has the problem; terms are not guessed
        return chosen or programme.rate

    def _noted(self, verdict: _Verdict | None = None) -> JournalLine:
        """A line that credits nobody: the lead is known, and what it earns is yet to be seen."""
        lead, language = self.lead, self.known.programme.language
        line = own_line(LEAD, lead.lead_id, "", 0, lead.currency, self.noted_at)
        line = replace(line, state=NOTED, facts=written_terms(self.terms, lead))
        if verdict is not None and verdict.why in _TOLD:
            line = explained(line, verdict.why, language, **verdict.values)
            return replace(line, state=DUPLICATE if verdict.state == DUPLICATE else NOTED)
        if lead.sign:
            said = {"sign": lead.sign, "partner": lead.partner_id}
            return explained(line, "lead_by_sign", language, **said)
        return explained(line, "lead_noted", language)

    def _credit(self, verdict: _Verdict, rate: Rate) -> tuple[JournalLine, list[Problem]]:
        """A line that credits the lead's partner, and the manager who helped."""
        lead, programme = self.lead, self.known.programme
        base = lead.minor if verdict.state == DEAL else 0
        minor, currency = 0, lead.currency
        if verdict.earns and rate.fixed is not None:
            minor, currency = rate.fixed.minor, rate.fixed.currency
        elif verdict.earns and rate.percent is not None:
            minor = share(base, rate.percent)
        minor, bonus, problems = self._with_bonus(minor, currency)
        on = first_day(self.order, programme, self.noted_at)
        line = own_line(LEAD, lead.lead_id, lead.partner_id, minor, currency, self.noted_at)
        line = explained(line, verdict.why, programme.language, rate=rate, **verdict.values)
        line = replace(
            line,
            currency=lead.currency,
            state=verdict.state,
            base=base,
            total=base,
            rate=str(rate),
            payable_on=on,
            ordered_at=on.isoformat(),
            owed=(*line.owed, *bonus),
            facts=written_terms(self.terms, lead),
        )
        return line, problems

    def _with_bonus(self, minor: int, currency: str) -> tuple[int, tuple[Owed, ...], list[Problem]]:
        """What is left of the commission, and the cross-bonus of the manager who helped (F18)."""
        lead, terms = self.lead, self.terms
        if not (lead.helper and terms.bonus and minor):
            return minor, (), []
        if lead.helper not in self.known.partners:
            return minor, (), [partner_unknown("Leads", _cell(lead), lead.lead_id, lead.helper)]
        helper = (lead.helper, str(Rate(percent=terms.bonus)), terms.bonus_from.value)
        account = (lead.partner_id, currency)
        left, owed, _ = cross_bonus({account: minor}, helper)
        return left.get(account, 0), owed, []

    def _held_problem(self) -> list[Problem]:
        """Tell the owner which row stands in the way of one that somebody works on."""
        lead, holder = self.lead, self.holder
        if holder is None or holder.partner_id == lead.partner_id or lead.status in DEAD:
            return []
        day: Any = holder.received_at
        said = params(
            lead=lead.lead_id, other=holder.lead_id, day=self.known.programme.local_date(day)
        )
        return [
            Problem(
                tab="Leads", cell=_cell(lead), code="lead_protected", params=said, key=lead.lead_id
            )
        ]


_NO_DEAL = _Verdict(OPEN, "lead_no_deal", {})
