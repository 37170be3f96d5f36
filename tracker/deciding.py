"""What does the Journal say next of an order? Facts, whose it is, the terms, and what it owes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tracker.attribution import (
    Attribution,
    Candidate,
    CodeBook,
    Unattributed,
    attribute,
    decided_again,
)
from tracker.cases import Case, Ruling, Whose
from tracker.lines import JournalLine
from tracker.model import State
from tracker.noting import journal_line
from tracker.orders import Facts, read_facts
from tracker.problems import Problem, params
from tracker.programme import Decision, Programme, Verdict, normal_code
from tracker.sentences import join_reason


def decide(
    case: Case, book: CodeBook, programme: Programme, noted_at: datetime
) -> tuple[JournalLine | None, list[Problem]]:
    """Return the order's next Journal line, or None when there is nothing new to say."""
    facts, latest = case.facts, case.latest
    before = {} if latest is None else latest.parsed()
    ruling, problems = _ruling(case, before, book)
    if not facts.known:
        whose = Whose(partner_id="", why="waiting", params=(), candidates="", evidence="")
    else:
        same = latest is not None and ruling == _remembered(before)
        kept = _keep(latest, before, facts, noted_at) if same else None
        whose, refusal = (kept, []) if kept else _whose(case, ruling, book, programme)
        problems += refusal
        if refusal:
            ruling = _remembered(before)
            whose = _as_before(latest, facts) or whose
    line = journal_line(case, whose, ruling, book, programme, noted_at)
    if latest is not None and line.substance() == latest.substance():
        known = read_facts(before)
        if known.substance() == facts.substance() and _remembered(before) == ruling:
            return None, problems
    return line, problems


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
        return old, [_about(row, "decision_partner_unknown", partner=row.partner_id)]
    return (row.verdict.value, row.partner_id), []


def _about(row: Decision, code: str, **values: object) -> Problem:
    about = f"{row.source}/{row.order_id}"
    said = params(about=about, **values)
    return Problem(tab="Decisions", cell=row.cell, code=code, params=said, key=about)


def _keep(
    latest: JournalLine | None, before: Mapping[str, Any], facts: Facts, now: datetime
) -> Whose | None:
    """Keep the answer of the latest line, unless something attribution looks at has changed."""
    if latest is None or latest.state == State.WAITING:
        return None
    if read_facts(before).touches() != facts.touches():
        return None
    why = latest.reason.split(" ")[0]
    if not latest.partner_id and decided_again(why, facts.ordered_at, now):
        return None
    return _as_before(latest, facts)


def _as_before(latest: JournalLine | None, facts: Facts) -> Whose | None:
    if latest is None or latest.state == State.WAITING or not facts.known:
        return None
    return Whose(
        partner_id=latest.partner_id,
        why=latest.reason,
        params=(),
        candidates=latest.candidates,
        evidence=latest.evidence,
    )


def _whose(
    case: Case, ruling: Ruling | None, book: CodeBook, programme: Programme
) -> tuple[Whose, list[Problem]]:
    """Attribute anew, and let the owner's decision overrule the answer."""
    found = attribute(case.facts, book, programme)
    whose = _answer(found)
    if ruling is None:
        return whose, []
    verdict, named = ruling
    if verdict == Verdict.REFUSE:
        return replace(
            whose, partner_id="", why="decision_refuse", params=(), evidence="decision"
        ), []
    if verdict == Verdict.ASSIGN:
        return _given(whose, named, "decision_assign", found.candidates, book), []
    partners = list(dict.fromkeys(c.partner_id for c in found.candidates if c.partner_id))
    chosen = whose.partner_id or named or (partners[0] if len(partners) == 1 else "")
    if chosen not in book.partners:
        row = case.decision
        return whose, [] if row is None else [_about(row, "decision_pay_unclear")]
    return _given(whose, chosen, "decision_pay", found.candidates, book), []


def _given(
    whose: Whose, partner_id: str, why: str, candidates: Sequence[Candidate], book: CodeBook
) -> Whose:
    """Give the order to a partner: by his code's terms if he is a candidate, else his own."""
    code = whose.code if whose.code is not None and whose.partner_id == partner_id else None
    for candidate in candidates:
        if candidate.partner_id == partner_id and code is None:
            rows = book.codes.get(normal_code(candidate.code), ())
            code = next((row for row in rows if row.partner_id == partner_id), None)
    said = params(partner=partner_id, **({} if code is None else {"code": code.code}))
    return replace(
        whose, partner_id=partner_id, why=why, params=said, evidence="decision", code=code
    )


def _answer(found: Attribution | Unattributed) -> Whose:
    rows = [[c.code, c.partner_id, join_reason(c.why, c.params)] for c in found.candidates]
    candidates = json.dumps(rows, ensure_ascii=False, separators=(",", ":")) if rows else ""
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
    )
