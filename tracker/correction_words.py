"""What does a partner read about a correction? What changed against the letter before it."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.account_words import ORDER_CHARS_MAX, Voice, clipped, of_an_order
from tracker.revising import BECAUSE_CHARS_MAX
from tracker.statements import AccountChange, LineSaid, ReasonChange, Statement
from tracker.templating import Told

CHANGES_TOLD_MAX = 20
"""More lines than this of one kind are told as their count and sum."""


def tell_correction(statement: Statement, voice: Voice) -> dict[str, Told]:
    """Prepare what the templates say of a correction; `any` is False where there is none.

    `same` is True when no figure differs.
    """
    correction = statement.correction
    if correction is None:
        return {"any": False}
    reasons = correction.reasons[:CHANGES_TOLD_MAX]
    return {
        "any": True,
        "revision": voice.say.whole(statement.revision),
        "because": clipped(correction.because, BECAUSE_CHARS_MAX),
        "same": not correction.accounts,
        "moved": correction.moved,
        "accounts": [_account(change, voice) for change in correction.accounts],
        "reasons": [_reason(change, voice) for change in reasons],
    }


def _account(change: AccountChange, voice: Voice) -> dict[str, Told]:
    def money(minor: int) -> str:
        return voice.say.money(minor, change.currency)

    before, now = change.before, change.now
    return {
        "currency": voice.say.currency(change.currency),
        "is_new": before is None,
        "opening_changed": before is not None and before.opening != now.opening,
        "opening_before": money(before.opening if before else 0),
        "opening": money(now.opening),
        "lines_changed": before is not None and before.lines != now.lines,
        "lines_before": voice.say.whole(before.lines if before else 0),
        "lines": voice.say.whole(now.lines),
        "closing_changed": before is not None and before.closing != now.closing,
        "closing_before": money(before.closing if before else 0),
        "closing": money(now.closing),
        "came": _lines(change.came, change.currency, voice),
        "gone": _lines(change.gone, change.currency, voice),
    }


def _lines(lines: Sequence[LineSaid], currency: str, voice: Voice) -> dict[str, Told]:
    left = lines[CHANGES_TOLD_MAX:]
    return {
        "told": [_line(line, currency, voice) for line in lines[:CHANGES_TOLD_MAX]],
        "more": bool(left),
        "count": voice.say.whole(len(left)),
        "sum": voice.say.money(sum(line.minor for line in left), currency),
    }


def _line(line: LineSaid, currency: str, voice: Voice) -> dict[str, Told]:
    of_order = of_an_order(line.kind, line.source)
    named = clipped(line.order_id, ORDER_CHARS_MAX)
    return {
        "kind": clipped(voice.word("kinds", line.kind), ORDER_CHARS_MAX),
        "is_order": of_order,
        "order": voice.order(line.source, line.order_id) if of_order else named,
        "sum": voice.say.money(line.minor, currency),
    }


def _reason(change: ReasonChange, voice: Voice) -> dict[str, Told]:
    return {
        "order": voice.order(change.source, change.order_id),
        "before": bool(change.before),
        "now": voice.why(change.now),
    }
