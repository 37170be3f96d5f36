"""What does a corrected statement say changed, and what may it change?

The revision before is known by its rows in the book, which hold its sums, and by what was frozen
with its letter, which also names its lines, its reasons and the owner's words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tracker.known import SealedStatement, latest_revisions
from tracker.line_reasons import why_not
from tracker.lines import JournalLine
from tracker.statements import (
    Account,
    AccountChange,
    Correction,
    Figures,
    LineSaid,
    ReasonChange,
    Statement,
    StatementLine,
)

BECAUSE_CHARS_MAX = 500
"""The owner's words in a correction: a few sentences, not a letter of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What one account of a sealed statement is known to have said.

    `lines` are its lines by id, None where nobody remembers them.
    """

    figures: Figures
    digest: str
    lines: Mapping[str, LineSaid | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sealed revision of a partner's month, as far as it is known.

    Attributes:
        accounts: by currency.
        reasons: why each order was not counted, by source and order; None where not remembered.
        because: the owner's words when it was a correction itself.
        name, address: as they stood in the letter; None where not remembered.
        state: the fate of its letter: claimed, sent, unknown.
        message_id: of the letter that left, or is to leave.
    """

    statement_id: str
    month: str
    revision: int
    accounts: Mapping[str, Sealed]
    reasons: Mapping[tuple[str, str], str] | None = None
    because: str = ""
    name: str | None = None
    address: str | None = None
    state: str = "claimed"
    message_id: str = ""


def figures_text(statement: Statement) -> str:
    """Write down what a statement seals: for a restored book, and for a later revision."""
    rows = [
        {
            "currency": account.currency,
            "opening": account.opening,
            "closing": account.closing,
            "digest": account.digest,
            "lines": [line.line_id for line in _lines(account)],
            "said": [
                [line.kind, line.source, line.order_id, line.minor] for line in _lines(account)
            ],
        }
        for account in statement.accounts
    ]
    said: dict[str, Any] = {
        "revision": statement.revision,
        "accounts": rows,
        "uncounted": [[one.source, one.order_id, one.reason] for one in statement.uncounted],
        "name": statement.name,
    }
    if statement.correction is not None:
        said["because"] = statement.correction.because
    return json.dumps(said, separators=(",", ":"))


def told_before(
    sealed: Iterable[SealedStatement],
    partner_id: str,
    month: str,
    frozen: str = "",
    address: str | None = None,
) -> Told | None:
    """Give the last sealed revision of a partner's month, None when there is none.

    `frozen` is what `figures_text` wrote with its letter, empty where nobody remembers it.
    """
    rows = [s for s in sealed if (s.partner_id, s.month) == (partner_id, month)]
    rows = latest_revisions(rows)
    if not rows:
        return None
    said: dict[str, Any] = json.loads(frozen) if frozen else {}
    accounts = {one.currency: _of_row(one) for one in reversed(rows)}
    accounts |= {str(one["currency"]): _of_letter(one) for one in said.get("accounts", ())}
    reasons = said.get("uncounted")
    states = {one.state for one in rows}
    return Told(
        statement_id=rows[0].statement_id,
        month=month,
        revision=rows[0].revision,
        accounts=accounts,
        reasons=None if reasons is None else {(str(s), str(o)): str(why) for s, o, why in reasons},
        because=str(said.get("because", "")),
        name=said.get("name"),
        address=address,
        state=next((one for one in ("sent", "unknown") if one in states), "claimed"),
        message_id=rows[-1].message_id,
    )


def _of_row(row: SealedStatement) -> Sealed:
    figures = Figures(opening=row.opening, closing=row.closing, lines=row.lines)
    return Sealed(figures=figures, digest=row.digest)


def _of_letter(account: Mapping[str, Any]) -> Sealed:
    ids = [str(one) for one in account["lines"]]
    said = [
        LineSaid(kind=kind, source=source, order_id=order_id, minor=int(minor))
        for kind, source, order_id, minor in account.get("said", ())
    ]
    known: list[LineSaid | None] = [*said] if len(said) == len(ids) else [None] * len(ids)
    return Sealed(
        figures=Figures(
            opening=int(account["opening"]), closing=int(account["closing"]), lines=len(ids)
        ),
        digest=str(account["digest"]),
        lines=dict(zip(ids, known, strict=True)),
    )


def words_of(frozen: str) -> str:
    """Give the owner's words in a frozen correction, of what `figures_text` wrote with it."""
    return str(json.loads(frozen).get("because", ""))


def corrected(statement: Statement, before: Told, because: str) -> Statement:
    """Say in a statement what changed against the revision before it."""
    accounts = tuple(
        _account_change(account, before.accounts.get(account.currency))
        for account in statement.accounts
        if _differs(account, before.accounts.get(account.currency))
    )
    return replace(
        statement,
        correction=Correction(
            because=because,
            accounts=accounts,
            reasons=_reasons(statement, before.reasons),
            answers=before.message_id,
            moved=_moved(before.address, statement.email),
        ),
    )


def _moved(before: str | None, now: str) -> bool:
    return bool(before and now) and str(before).lower() != now.lower()


def _differs(account: Account, before: Sealed | None) -> bool:
    """Whether an account says something else; a new one that is empty says nothing."""
    now = _figures(account)
    if before is None:
        return bool(now.opening or now.lines)
    return (before.figures, before.digest) != (now, account.digest)


def _figures(account: Account) -> Figures:
    return Figures(opening=account.opening, closing=account.closing, lines=len(_lines(account)))


def _lines(account: Account) -> tuple[StatementLine, ...]:
    return (*account.lines, *account.payouts)


def _account_change(account: Account, before: Sealed | None) -> AccountChange:
    had = {} if before is None else before.lines
    came: tuple[LineSaid, ...] = ()
    gone: tuple[LineSaid, ...] = ()
    if had is not None:
        has = {line.line_id for line in _lines(account)}
        came = tuple(_said(line) for line in _lines(account) if line.line_id not in had)
        left = [said for line_id, said in had.items() if line_id not in has]
        # Letters of earlier versions kept the ids alone: then only the sums can be told.
        gone = tuple(said for said in left if said is not None)
    return AccountChange(
        currency=account.currency,
        before=None if before is None else before.figures,
        now=_figures(account),
        came=came,
        gone=gone,
    )


def _said(line: StatementLine) -> LineSaid:
    return LineSaid(kind=line.kind, source=line.source, order_id=line.order_id, minor=line.minor)


def _reasons(
    statement: Statement, before: Mapping[tuple[str, str], str] | None
) -> tuple[ReasonChange, ...]:
    if before is None:
        return ()
    now = {(one.source, one.order_id): one.reason for one in statement.uncounted}
    return tuple(
        ReasonChange(
            source=key[0], order_id=key[1], before=before.get(key, ""), now=now.get(key, "")
        )
        for key in sorted(before.keys() | now.keys())
        if before.get(key, "") != now.get(key, "")
    )


def says_the_same(statement: Statement, before: Told) -> bool:
    """Whether a correction would say and do nothing that the revision before did not.

    The same figures, reasons and words, to the same person at the same address. What nobody
    remembers of the revision before counts as the same, but for the words.
    """
    correction = statement.correction
    if correction is None:
        return True
    if correction.accounts or correction.reasons:
        return False
    if correction.because and correction.because != before.because:
        return False
    return (before.name or statement.name, before.address or statement.email) == (
        statement.name,
        statement.email,
    )


def as_told(lines: Sequence[JournalLine], partner_id: str, end: datetime) -> JournalLine:
    """Give the Journal line that says of an order what a letter of a past month is to say now.

    An order that the month's letter named as not counted is named there with today's reason; of
    one that has been counted since, the letter of the month in which that was noted tells.
    """
    latest = lines[-1]
    then = next((line for line in reversed(lines) if line.noted_at < end), None)
    if then is None or then is latest or not why_not(then, partner_id):
        return latest
    return replace(latest, noted_at=then.noted_at) if why_not(latest, partner_id) else latest
