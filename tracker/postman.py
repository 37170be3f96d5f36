"""What became of each letter of the batch? Started, sent and noted one by one.

Every kind of letter leaves this way: with a pause between two, held while its address sends
letters back, and again only where the owner allows another copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tracker.outbox import Outbox
from tracker.outgoing import Letter, LetterState
from tracker.transport import Answer, Refused, Sent, Transport

ADDRESS_CLOSED = "mail_address_closed"
"""The reason of a letter that is held since its address sent an earlier one back."""


@dataclass(frozen=True, slots=True)
class Fate:
    """How far a letter is now; `reason` is a reason's text, empty when it was sent.

    A letter that is held stays as it was, with the reason ADDRESS_CLOSED.
    """

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
    copies: int = 1,
) -> list[Fate]:
    """Send each claimed letter, and give the fate of all, in their order.

    Whatever a killed run left open is unknown from now on. A letter of unknown fate leaves again,
    the very same bytes, only while fewer than `copies` of it may have left (P9). What leaves are
    the bytes frozen in the outbox, so every letter must have been frozen there (KeyError else). A
    refusal never stops the others. Hold the right to write the book while this runs.

    Args:
        letters: what this run claimed; those sent before keep their fate.
        outbox: notes `sending` before and the answer after each letter.
        transport: how they leave.
        throttle_seconds: the pause between two letters, also after one of an earlier call.
        sleep: waits that long.
        copies: how many of one letter may leave altogether; with 1 an unknown one is held.

    """
    outbox.settle()
    closed = outbox.closed_addresses()
    fates: list[Fate] = []
    for letter in letters:
        kept = _kept(outbox, letter.statement_id)
        if kept.partner_id and kept.state is not LetterState.SENT and _is_closed(kept, closed):
            fates.append(Fate(kept.statement_id, kept.partner_id, kept.state, ADDRESS_CLOSED))
            continue
        if kept.may_leave(copies) and outbox.in_use and throttle_seconds:
            sleep(throttle_seconds)
        fates.append(_sent(kept, outbox, transport, copies))
    return fates


def _sent(letter: Letter, outbox: Outbox, transport: Transport, copies: int) -> Fate:
    """Send one letter if it may leave, and tell how far it is."""
    if outbox.start(letter.statement_id, copies):
        answer = transport.send(letter.content, letter.from_address, letter.to_address)
        outbox.finish(letter.statement_id, *_fate(answer))
    # Read anew also when it did not start: another run may have been sending it just now.
    kept = _kept(outbox, letter.statement_id)
    return Fate(kept.statement_id, kept.partner_id, kept.state, kept.detail)


def _is_closed(letter: Letter, closed: frozenset[str]) -> bool:
    return letter.to_address.lower() in closed


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


_SERVER_TROUBLE = frozenset(
    {"mail_no_connection", "mail_tls_failed", "mail_login_refused", "mail_connection_lost"}
)


def none_taken(fates: Iterable[Fate]) -> bool:
    """Whether there were letters and the server took none: it is down, no address is wrong."""
    codes = {fate.reason.split(" ")[0] for fate in fates}
    return bool(codes) and codes <= _SERVER_TROUBLE
