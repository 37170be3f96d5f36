"""What became of each letter of the batch? Started, sent and noted one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.outbox import NOT_SENT, Letter, LetterState, Outbox
from tracker.smtp import Answer, Refused, Sent, Transport


@dataclass(frozen=True, slots=True)
class Fate:
    """How far a letter is now; `reason` is a reason's text, empty when it was sent."""

    statement_id: str
    partner_id: str
    state: LetterState
    reason: str = ""


def deliver(
    letters: Iterable[Letter],
    outbox: Outbox,
    transport: Transport,
    throttle_seconds: float,
    sleep: Callable[[float], None],
) -> list[Fate]:
    """Send each claimed letter at most once, and give the fate of all, in their order.

    Whatever a killed run left open is unknown from now on and is not sent. What leaves are the
    bytes frozen in the outbox, so every letter must have been frozen there (KeyError else). A
    refusal never stops the others. Hold the right to write the book while this runs.

    Args:
        letters: what this run claimed; those sent before keep their fate.
        outbox: notes `sending` before and the answer after each letter.
        transport: how they leave.
        throttle_seconds: the pause between two letters.
        sleep: waits that long.

    """
    outbox.settle()
    fates, sent_before = [], False
    for letter in letters:
        kept = _kept(outbox, letter.statement_id)
        if kept.state in NOT_SENT and sent_before:
            sleep(throttle_seconds)
        if outbox.start(letter.statement_id):
            sent_before = True
            answer = transport.send(kept.content, kept.from_address, kept.to_address)
            outbox.finish(letter.statement_id, *_fate(answer))
        # Read anew also when it did not start: another run may have been sending it just now.
        kept = _kept(outbox, letter.statement_id)
        fates.append(Fate(kept.statement_id, kept.partner_id, kept.state, kept.detail))
    return fates


def _kept(outbox: Outbox, statement_id: str) -> Letter:
    kept = outbox.letter(statement_id)
    if kept is None:
        raise KeyError(f"statement {statement_id} was not frozen")
    return kept


def _fate(answer: Answer) -> tuple[LetterState, str]:
    if isinstance(answer, Sent):
        return LetterState.SENT, ""
    if isinstance(answer, Refused):
        return LetterState.REFUSED, answer.reason
    return LetterState.UNKNOWN, answer.reason
