"""Has every order one owner, lasting terms and an explanation, and was none lost on the way?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.invariants.examined import OWN, Account, Examined, Fault, Step, folded_again, money
from tracker.invariants.own_money import goal_owes, lead_owes
from tracker.invariants.reckoned import Accounts, Unasked, asked_of, earns, worked_out
from tracker.lines import JournalLine, Key
from tracker.problems import Params, params
from tracker.programme import Code, normal_code
from tracker.sentences import split_reason


def one_attribution(book: Examined) -> Fault | None:
    """I5: an order earns its partner, and those whom its own terms name: nobody else.

    These are the sharers of a split order, the manager who helped and the partner's parent, each
    in his own role and at the rate that stands there. That Commissions holds what the lines owe,
    and nothing for anybody else, is I2.
    """
    for key, chain in book.chains.items():
        if key[0] in OWN:
            continue
        for line in chain:
            allowed = _named(line)
            for one in line.owed:
                rate = allowed.get((one.partner_id, one.role))
                if rate is None or (rate and one.rate != rate):
                    others = sorted({o.partner_id for o in line.owed if o.role == one.role})
                    return _about(book, line, "two_earn", partners=", ".join(others))
    return None


def _named(line: JournalLine) -> dict[tuple[str, str], str]:
    """Who may earn by a line, in which role, and at which rate where its terms say so."""
    if not line.partner_id:
        return {}
    terms = line.parsed().get("terms", {}) if '"terms"' in line.facts else {}
    found = {(line.partner_id, "order"): ""}
    for who, rate, *_ in terms.get("sharers", ()):
        found[who, "order"] = rate
    for role, name in (("bonus", "helper"), ("level", "level")):
        if terms.get(name):
            who, rate, _ = terms[name]
            found[who, role] = rate
    return found


def frozen_terms(book: Examined) -> Fault | None:
    """I6: terms of an order's partner and ground never change, nor the day of payment.

    The ground is the code or the link's mark, and the kind of evidence. They change only where an
    answer that they rest on has changed, or where others share the order now or no longer do.
    """
    for key, chain in book.chains.items():
        if key[0] in OWN:
            continue
        fixed: dict[tuple[str, ...], _Fixed] = {}
        days: dict[str, date | None] = {}
        for line in chain:
            if not line.partner_id:
                continue
            now = _Fixed.of(line)
            first = fixed.get(ground := (line.partner_id, *_ground(line)), now)
            day = days.setdefault(line.partner_id, line.payable_on)
            may = (first.answers, first.others) != (now.answers, now.others)
            if day != line.payable_on or (not may and first.terms != now.terms):
                plain = first.terms[:2] != now.terms[:2] or day != line.payable_on
                shown = [" ".join(one.terms[: 2 if plain else 3]) for one in (first, now)]
                was, is_now = f"{shown[0]} {day}", f"{shown[1]} {line.payable_on}"
                return _about(book, line, "terms_changed", was=was, now=is_now)
            fixed[ground] = now
    return None


@dataclass(frozen=True, slots=True)
class _Fixed:
    """What is fixed of an order: its terms, what they rest on, and who else is part of it."""

    terms: tuple[str, ...]
    answers: str
    others: str

    @classmethod
    def of(cls, line: JournalLine) -> _Fixed:
        """Read a line's terms; a plain programme's are a rate and a base."""
        if '"terms"' not in line.facts and '"asked"' not in line.facts:
            return cls((line.rate, line.base_rule), "[]", "")
        said = line.parsed()
        beside = said.get("terms", {})
        others = [[who for who, *_ in beside.get("sharers", ())], *beside.get("helper", ())[:1]]
        terms = json.dumps(beside, sort_keys=True, ensure_ascii=False) if beside else ""
        answers = json.dumps(said.get("asked", {}).get("terms", []), ensure_ascii=False)
        empty = others == [[]]
        return cls((line.rate, line.base_rule, terms), answers, "" if empty else str(others))


def _ground(line: JournalLine) -> tuple[str, str]:
    """What a line's decision rests on: the kind of evidence, and the code or link's mark."""
    said = dict(split_reason(line.reason)[1])
    kind = "" if line.evidence in {"code", "decision"} else line.evidence
    return kind, normal_code(said.get("code", "")) or said.get("ref", "")


def reversal_bound(book: Examined) -> Fault | None:
    """I7: an order holds between 0 and what it ever owed, and no more than its own cap.

    One that does not earn, is cancelled or wholly refunded holds 0.
    """
    sums = book.sums()
    for key, chain in book.chains.items():
        latest = chain[-1]
        ever: dict[Account, int] = defaultdict(int)
        for line in chain:
            for one in line.owed:
                account = (one.partner_id, one.role, one.currency)
                ever[account] = max(ever[account], one.minor)
        held = sums.get(key, {})
        nothing = key[0] not in OWN and not earns(latest, latest.parsed())
        for account, minor in held.items():
            if account[1] not in _BOUND:
                continue
            bound = 0 if nothing else ever[account]
            if folded_again(chain[0]) and not nothing:
                bound = max(bound, minor)
            if not 0 <= minor <= bound:
                return _beyond(book, latest, account, minor, bound)
        over = _over_cap(latest, held)
        if over is not None and not folded_again(chain[0]):
            return _beyond(book, latest, *over)
    return None


_BOUND = frozenset({"order", "lead", "bonus", "level"})


def _over_cap(line: JournalLine, held: Mapping[Account, int]) -> tuple[Account, int, int] | None:
    """What all partners' shares of an order hold above its cap: (account, held, cap)."""
    terms = line.parsed().get("terms", {}) if '"cap_order"' in line.facts else {}
    cap, unit = terms.get("cap_order"), terms.get("cap_currency")
    if cap is None:
        return None
    shares = {who: minor for who, minor in held.items() if who[1:] == ("order", unit)}
    whole = sum(shares.values())
    return (max(shares), whole, cap) if whole > cap else None


def _beyond(book: Examined, line: JournalLine, account: Account, minor: int, bound: int) -> Fault:
    said = {"held": money(minor, account[2]), "bound": money(bound, account[2])}
    return _about(book, line, "beyond_bound", partner=account[0], **said)


def explanation(book: Examined) -> Fault | None:
    """I15: what a Journal line says comes to what it owes, and every row says why it stands."""
    for chain in book.chains.values():
        for line in chain:
            found = _unexplained(line)
            if found is not None:
                return _about(book, line, found[0], **dict(found[1]))
    for step in book.ours.values():
        if step.key not in book.broken and not _explained(book, step):
            said = params(about="/".join(step.key), line=step.row.line_id)
            cell = step.row.cells.get("fact", "")
            return Fault(code="row_unexplained", params=said, tab="Commissions", cell=cell)
    return None


def _unexplained(line: JournalLine) -> tuple[str, Params] | None:
    """What a Journal line does not explain of itself."""
    if line.owed and not (line.reason and line.decision):
        return "no_reason", ()
    if line.source in {"adjustment", "payout"}:
        return None
    due = _due(line)
    owed = {(o.partner_id, o.role, o.currency): o.minor for o in line.owed}
    if due is None or (owed == due and len(owed) == len(line.owed)):
        return None
    sums = [(who, role, money(minor, unit)) for (who, role, unit), minor in due.items()]
    alone = all(one[:2] == (line.partner_id, "order") for one in sums)
    right = ", ".join(amount if alone else f"{who} {amount}" for who, _, amount in sums)
    return "owed_not_explained", params(right=right or "0", partner=line.partner_id or "-")


def _due(line: JournalLine) -> Accounts | None:
    """Work out from a line's own cells what it owes; None where they cannot tell."""
    if not line.partner_id or line.reason.split(" ")[0] == "row_gone":
        return {}
    said = line.parsed()
    if line.source == "lead":
        return lead_owes(line, said)
    if line.source == "tier":
        return goal_owes(line, said)
    asked = said.get("asked", {}).get("owed", ())
    try:
        answers = {asked_of(question): found for question, found in asked}
        found = worked_out(line, said, answers)
    except Unasked:
        return {}
    return found.owed if found.base == line.base else {}


def _explained(book: Examined, step: Step) -> bool:
    """Whether a row's Journal line stands, says so much, and in the same words."""
    chain = book.chains.get(step.key)
    if chain is None:
        return False
    if folded_again(chain[0]) and step.n < chain[0].n:
        return True
    fact = book.facts.get(step.row.values.get("fact", ""))
    if fact is None or (fact.key, fact.n) != (step.key, step.n):
        return False
    if step.row.values.get("because") != fact.decision:
        return False
    owed = {(o.partner_id, o.role, o.currency): o.minor for o in fact.owed}
    return owed.get(step.account, 0) == step.after


_COUNTS = ("attributed", "unattributed", "waiting", "seen", "quarantined", "written")


def nothing_vanishes(book: Examined) -> Fault | None:
    """I16: every order that came is in the Journal, line by line, with an answer."""
    for key, line_id in book.broken.items():
        if not line_id:
            return _lost(key, "journal_gap")
    for key, chain in book.chains.items():
        latest = chain[-1]
        if not (key[0] in OWN or latest.partner_id or latest.reason):
            return _about(book, latest, "no_answer")
    for run in book.runs:
        if not any(run.get(name) for name in _COUNTS):
            continue  # a file that was written or read: it counted no orders
        parts = [run.get(name, "") for name in _COUNTS[:4]]
        numbers = [int(part) if part.isdecimal() else -1 for part in parts]
        if sum(numbers[:3]) != numbers[3]:
            said = params(run=run.get("run_id", ""))
            return Fault(code="run_not_whole", params=said, tab="Runs", cell=run.get("cell", ""))
    lost = min(book.seen - book.chains.keys() - book.broken.keys(), default=None)
    return None if lost is None else _lost(lost, "order_vanished")


def _lost(key: Key, code: str) -> Fault:
    return Fault(code=code, params=params(about="/".join(key)), tab="Journal")


def unambiguous_code(book: Examined) -> Fault | None:
    """I17: no code is two partners' on one day."""
    rows: dict[str, list[Code]] = defaultdict(list)
    for code in book.known.codes:
        rows[normal_code(code.code)].append(code)
    for same in rows.values():
        open_until: list[tuple[date, str]] = []
        for row in sorted(same, key=lambda one: one.valid_from or date.min):
            begins, ends = row.valid_from or date.min, row.valid_to or date.max
            for until, other in open_until:
                if until >= begins and other != row.partner_id:
                    said = params(
                        code=row.code, partners=f"{other or '-'}, {row.partner_id or '-'}"
                    )
                    return Fault(code="code_two_owners", params=said, tab="Codes", cell=row.cell)
            open_until.append((ends, row.partner_id))
    return None


def _about(book: Examined, line: JournalLine, code: str, **values: object) -> Fault:
    said = params(about="/".join(line.key), **values)
    return Fault(code=code, params=said, tab="Journal", cell=book.cells.get(line.line_id, ""))
