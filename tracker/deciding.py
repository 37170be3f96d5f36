"""What does the Journal say next of an order? Facts, whose it is, the terms, and what it owes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from tracker.asked import Asker, Group
from tracker.attribution import (
    Attribution,
    Candidate,
    Unattributed,
    attribute,
    decided_again,
    recent,
)
from tracker.cases import Case, Ruling, Whose
from tracker.code_book import CodeBook
from tracker.compact import compact
from tracker.history import History
from tracker.lines import JournalLine
from tracker.model import State
from tracker.noting import CELL_CHARACTERS_MAX, Deciding, Noted, journal_line
from tracker.orders import Facts, capped_facts, read_facts, write_facts
from tracker.placing import Made
from tracker.problems import Problem, params
from tracker.programme import Programme, Verdict, normal_code
from tracker.questions import each
from tracker.terms import read as read_beside
from tracker.touches import Evidence, last_touches, marks, read_touches, unseen
from tracker.wanting import UNREADABLE, exchange_missing
from tracker.whose.answers import waits_for_rows


class Told(NamedTuple):
    """What there is to say of an order: its next Journal line and what that was made from."""

    line: JournalLine | None
    problems: list[Problem]
    made: Made | None = None


def decide(
    case: Case, book: CodeBook, programme: Programme, noted_at: datetime, history: History
) -> Told:
    """Return the order's next Journal line, or none when there is nothing new to say.

    `history` holds the orders placed before this one.
    """
    told = _decided(case, book, programme, noted_at, history)
    too_long = 0 if told.line is None else len(told.line.facts) - CELL_CHARACTERS_MAX
    if too_long > 0:
        room = max(0, len(write_facts(case.facts)) - too_long)
        smaller = replace(case, facts=capped_facts(case.facts, room))
        told = _decided(smaller, book, programme, noted_at, history)
    return told


def _decided(
    case: Case, book: CodeBook, programme: Programme, noted_at: datetime, history: History
) -> Told:
    facts, latest = case.facts, case.latest
    before = {} if latest is None else latest.parsed()
    ruling, problems = _ruling(case, before, book)
    asker = Asker(facts, programme, history)
    touches = read_touches(before.get("touches", ()))
    taken = len(book.evidence.still(touches)) < len(touches)
    case = _with_touches(case, before, book.evidence)
    if not facts.known:
        whose = Whose(partner_id="", why="waiting", params=(), candidates="", evidence="")
    else:
        same = latest is not None and ruling == _remembered(before)
        kept = _keep(case, before, asker, noted_at, taken=taken) if same else None
        whose, refusal = (kept, []) if kept else _whose(case, ruling, book, programme, asker)
        problems += refusal
        if refusal or (same and _for_an_unreadable_row(whose, case, before)):
            kept = _as_before(latest, before, facts)
            ruling = _remembered(before) if kept or not refusal else None
            whose = kept or whose
        if kept:
            case = _as_noted(case, before)
            asker.drop(*Group)
            asker.take_over(Group.WHOSE, before.get("asked", {}))
    noted = journal_line(Deciding(case, whose, ruling, book, programme, noted_at, asker))
    if latest is not None and _says_nothing_new(noted, latest, before, facts, ruling):
        return Told(None, problems)
    return Told(noted.line, problems, (asker, noted.said))


def _says_nothing_new(
    noted: Noted,
    latest: JournalLine,
    before: Mapping[str, Any],
    facts: Facts,
    ruling: Ruling | None,
) -> bool:
    """Whether a line would repeat the latest: the same answer, from the same facts.

    What was asked for the sum alone may have changed, as long as the sum is the same.
    """
    if noted.line.substance() != latest.substance() or _remembered(before) != ruling:
        return False
    said = noted.line.parsed()
    if any(said.get(name) != before.get(name) for name in ("terms", "touches", "earned")):
        return False
    old, new = before.get("asked", {}), said.get("asked", {})
    groups = (Group.WHOSE.value, Group.TERMS.value)
    if any(dict(each(old.get(name, ()))) != dict(each(new.get(name, ()))) for name in groups):
        return False
    same: bool = read_facts(before).substance() == facts.substance()
    return same


def _remembered(said: Mapping[str, Any]) -> Ruling | None:
    found = said.get("ruling")
    return (str(found[0]), str(found[1])) if found else None


def _ruling(
    case: Case, before: Mapping[str, Any], book: CodeBook
) -> tuple[Ruling | None, list[Problem]]:
    """The owner's decision that counts: the row's, or the one remembered when it is gone."""
    old, row = _remembered(before), case.decision
    if row is None:
        return old, []
    if row.verdict is Verdict.ASSIGN and row.partner_id not in book.partners:
        return old, [_about(case, "decision_partner_unknown", partner=row.partner_id)]
    return (row.verdict.value, row.partner_id), []


def _about(case: Case, code: str, **values: object) -> Problem:
    about, row = "/".join(case.key), case.decision
    said = params(about=about, **values)
    cell = "" if row is None else row.cell
    return Problem(tab="Decisions", cell=cell, code=code, params=said, key=about)


def _keep(
    case: Case, before: Mapping[str, Any], asker: Asker, now: datetime, *, taken: bool
) -> Whose | None:
    """Keep the answer of the latest line, unless something attribution looks at has changed.

    `taken`: a lead it looked at turned out to be another partner's customer.
    """
    latest, facts = case.latest, case.facts
    if latest is None or latest.state == State.WAITING:
        return None
    if read_facts(before).touches() != facts.touches():
        return None
    if not asker.still(Group.WHOSE, before.get("asked", {})):
        return None
    grown = unseen(case.seen, read_touches(before.get("touches", ())))
    if (taken or (grown and "touches" in before)) and recent(latest.ordered_at, now):
        return None
    said = latest.reason, latest.candidates
    if not latest.partner_id and decided_again(*said, facts.ordered_at, now):
        return None
    return _as_before(latest, before, facts)


def _with_touches(case: Case, before: Mapping[str, Any], evidence: Evidence) -> Case:
    """Add the touches noted before, while the order still names the same customer and link."""
    facts = case.facts
    if not facts.known or not (case.seen or "touches" in before):
        return case
    noted = evidence.still(read_touches(before.get("touches", ())))
    if noted and not marks(read_facts(before)) <= marks(facts):
        noted = ()
    if _wants_to_know(case):  # whose a touch is counts as the owner has it now
        union = (*case.seen, *unseen(noted, case.seen))
    else:
        union = (*noted, *unseen(case.seen, noted))
    touches = {touch for touch in union if touch.at <= facts.ordered_at}
    found = last_touches(touches)
    looked = case.looked or "touches" in before
    return replace(case, seen=found, capped=len(found) < len(touches), looked=looked)


def _wants_to_know(case: Case) -> bool:
    """Whether the order was refused for want of knowledge that the owner may have added since."""
    latest = case.latest
    return latest is not None and waits_for_rows(latest.reason, latest.candidates)


def _as_noted(case: Case, before: Mapping[str, Any]) -> Case:
    """The touches an answer that stands was given by; none where none were asked for then."""
    noted = read_touches(before.get("touches", ()))
    capped = bool(before.get("touches_capped"))
    return replace(case, seen=noted, capped=capped, looked="touches" in before)


_UNREADABLE = UNREADABLE | {"settings_unreadable", "code_unreadable", "partner_unreadable"}


def _for_an_unreadable_row(whose: Whose, case: Case, before: Mapping[str, Any]) -> bool:
    """Whether a partner would lose an order only because a row cannot be read just now.

    What other orders did is looked at again once the row is mended.
    """
    latest = case.latest
    if whose.why not in _UNREADABLE or latest is None or not latest.partner_id:
        return False
    return read_facts(before).touches() == case.facts.touches()


def _as_before(latest: JournalLine | None, before: Mapping[str, Any], facts: Facts) -> Whose | None:
    if latest is None or latest.state == State.WAITING or not facts.known:
        return None
    beside = read_beside(before.get("terms", {}))
    return Whose(
        sharers=tuple(one.partner_id for one in beside.sharers),
        helper=beside.helper[0] if beside.helper else "",
        partner_id=latest.partner_id,
        why=latest.reason,
        params=(),
        candidates=latest.candidates,
        evidence=latest.evidence,
        channel=before.get("link_channel", ""),
    )


def _whose(
    case: Case, ruling: Ruling | None, book: CodeBook, programme: Programme, asker: Asker
) -> tuple[Whose, list[Problem]]:
    """Attribute anew, and let the owner's decision overrule the answer."""
    found = attribute(case.facts, book, programme, asker, case.seen)
    whose = _answer(found)
    if ruling is None:
        return whose, []
    verdict, named = ruling
    if verdict == Verdict.REFUSE:
        nobody = replace(whose, partner_id="", sharers=(), helper="")
        return replace(nobody, why="decision_refuse", params=(), evidence="decision"), []
    chosen, unclear = named, "decision_partner_unknown"
    if verdict == Verdict.PAY:
        named_by = [c for c in found.candidates if c.partner_id]
        codes = [c for c in named_by if c.kind == "code"]
        partners = list(dict.fromkeys(c.partner_id for c in codes or named_by))
        chosen = whose.partner_id or named or (partners[0] if len(partners) == 1 else "")
        unclear = "decision_pay_unclear"
    if chosen not in book.partners:  # he may have been there when the decision was followed
        return whose, [_about(case, unclear, partner=named)]
    given = _given(whose, chosen, f"decision_{verdict}", found.candidates, book)
    return _rated(given, book, programme, asker), []


def _rated(given: Whose, book: CodeBook, programme: Programme, asker: Asker) -> Whose:
    """What the owner gave; where his partner is paid in a currency without a rate, it waits."""
    partner = book.partners[given.partner_id]
    missing = exchange_missing(partner, given.code, book, programme, asker)
    if missing is None:
        return given
    why, said = missing
    nobody = replace(given, partner_id="", why=why, evidence="", code=None, helper="")
    return replace(nobody, params=(*params(partner=partner.partner_id), *said))


def _given(
    whose: Whose, partner_id: str, why: str, candidates: Sequence[Candidate], book: CodeBook
) -> Whose:
    """Give the order to a partner: by his code's terms if he is a candidate, else his own."""
    code = whose.code if whose.code is not None and whose.partner_id == partner_id else None
    for candidate in candidates:
        mine = candidate.kind == "code" and candidate.partner_id == partner_id
        if mine and code is None:
            rows = book.codes.get(normal_code(candidate.code), ())
            code = next((row for row in rows if row.partner_id == partner_id), None)
    said = params(partner=partner_id, **({} if code is None else {"code": code.code}))
    return replace(
        whose,
        partner_id=partner_id,
        why=why,
        params=said,
        evidence="decision",
        code=code,
        sharers=(),
        helper="" if whose.helper == partner_id else whose.helper,
    )


def _answer(found: Attribution | Unattributed) -> Whose:
    rows = [candidate.row() for candidate in found.candidates]
    candidates = compact(rows) if rows else ""
    if isinstance(found, Unattributed):
        return Whose(
            partner_id="", why=found.why, params=found.params, candidates=candidates, evidence=""
        )
    return Whose(
        partner_id=found.partner_id,
        why=found.why,
        params=found.params,
        candidates=candidates,
        evidence=found.evidence,
        code=found.code,
        channel=found.channel,
        sharers=found.sharers,
        helper=found.helper,
    )
