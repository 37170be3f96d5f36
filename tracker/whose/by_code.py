"""Whose is a code on an order, as of the moment the order was placed, and may it earn?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from tracker.code_book import CodeBook
from tracker.problems import Params, params
from tracker.programme import (
    Code,
    CodeKind,
    CodeStatus,
    HistoryLine,
    normal_code,
    skeleton,
)
from tracker.restrictions import refusal as restricted
from tracker.whose.answers import Candidate
from tracker.whose.not_counted import not_counted
from tracker.whose.partner_state import partner_refusal
from tracker.whose.question import Ground, Question

Refusal = tuple[str, Params]


def grounds_of_codes(asked: Question) -> list[Ground]:
    """Say of every typed code whose it was when the order was placed, and whether it may earn."""
    return [
        Ground(candidate=candidate, at=asked.at, code=row)
        for typed in dict.fromkeys(asked.facts.codes)
        for candidate, row in _candidates(typed, asked)
    ]


def _candidates(typed: str, asked: Question) -> list[tuple[Candidate, Code | None]]:
    book, programme, name = asked.book, asked.programme, normal_code(typed)
    rows = book.codes.get(name, ())
    if not rows:
        why, values = _unknown(typed, name, book)
        return [(Candidate(code=typed, partner_id="", why=why, params=values), None)]
    owners = _owners(rows, book.history.get(name, ()), asked)
    partners = {row.partner_id for row, _ in owners}
    if len(partners) > 1:
        two = params(code=typed, partners=", ".join(sorted(partners)))
        return [
            (Candidate(code=typed, partner_id=who, why="two_owners", params=two), None)
            for who in sorted(partners)
        ]
    if not owners:
        refusals = [_window_at(row, asked) for row in rows]
        return [(_refused(typed, rows[0], refusals[0] or ("code_expired", ())), rows[0])]
    row, status = owners[0]
    refusal = (
        _code_refusal(row, status)
        or _partner_refusal(row, asked)
        or restricted(row, asked.facts.codes, row.partner_id, book, programme, asked.asker)
        or not_counted(row.partner_id, row, "", "code", asked)
    )
    if refusal is None:
        ok = params(code=typed, partner=row.partner_id)
        return [(Candidate(code=typed, partner_id=row.partner_id, why="ok", params=ok), row)]
    return [(_refused(typed, row, refusal), row)]


def _refused(typed: str, row: Code, refusal: Refusal) -> Candidate:
    why, values = refusal
    said = dict(values) | {"code": typed, "partner": row.partner_id}
    return Candidate(code=typed, partner_id=row.partner_id, why=why, params=params(**said))


def _unknown(typed: str, name: str, book: CodeBook) -> Refusal:
    if name in book.unreadable:
        return "code_unreadable", params(code=typed)
    twin = book.skeletons.get(skeleton(name))
    if twin is not None:
        return "code_unknown_look_alike", params(code=typed, like=book.codes[twin][0].code)
    return "code_unknown", params(code=typed)


def _owners(
    rows: tuple[Code, ...],
    history: tuple[HistoryLine, ...],
    asked: Question,
) -> list[tuple[Code, str]]:
    """The row or rows that owned the code at the time, each with the code's state then.

    One row: Code history tells who owned it. Several rows: their dates are an exact hand-over.
    """
    at = asked.at
    if len(rows) > 1:
        valid = [row for row in rows if _window_at(row, asked) is None]
        return [(row, _state_of(row, history, at)) for row in valid]
    row = rows[0]
    past = [line for line in history if line.since is None or line.since <= at]
    if not past:
        return [(row, row.status)] if _window_at(row, asked) is None else []
    line = past[-1]
    if line.partner_id != row.partner_id:
        return [(replace(row, partner_id=line.partner_id), line.status)]
    return [(row, line.status)] if _window_at(row, asked) is None else []


def _state_of(row: Code, history: tuple[HistoryLine, ...], at: datetime) -> str:
    own = [line for line in history if line.partner_id == row.partner_id]
    past = [line for line in own if line.since is None or line.since <= at]
    return past[-1].status if past else row.status


def _window_at(row: Code, asked: Question) -> Refusal | None:
    """Both dates are included: an end date is the end of that day in the programme's zone."""
    day = asked.asker.day
    if row.valid_from is not None and day < row.valid_from:
        return "code_not_yet", params(valid_from=row.valid_from)
    if row.valid_to is not None and day > row.valid_to:
        return "code_expired", params(valid_to=row.valid_to)
    return None


def _code_refusal(row: Code, status: str) -> Refusal | None:
    if row.kind is CodeKind.SHARED:
        return "code_shared", ()
    if why := _STOPPED.get(status):
        return why, ()
    return ("code_unbound", ()) if not row.partner_id else None


_STOPPED: Mapping[str, str] = {
    CodeStatus.PAUSED: "code_paused",
    CodeStatus.LEAKED: "code_leaked",
    CodeStatus.EXPIRED: "code_expired_by_owner",
}


def _partner_refusal(row: Code, asked: Question) -> Refusal | None:
    why = partner_refusal(row.partner_id, asked)
    return (why, ()) if why else None
