"""What can go wrong between us and Google? One fault at one call.

Learned from: 429 means certainly not applied; 500, 502 and 503 may come after the write was
applied, 502 sometimes as HTML; more than 180 s ends in a time-out [issues and doc, shared/sheets.md
1.4]; Retry-After [RFC 9110; whether Google sends it is not known, so it is off unless asked for].
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.google import errors

KINDS = ("http429", "http500", "http503", "html502", "truncated", "timeout", "reset")
UNKNOWN_KINDS = KINDS[1:]
"""Those after which nobody knows whether a write was applied."""

HTML = (
    b"<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title>"
    b"<p><b>502.</b> <ins>That\xe2\x80\x99s an error.</ins>"
    b"<p>The server encountered a temporary error and could not complete your request.</html>"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at one call.

    Attributes:
        at: which API call it hits, counted from 1 since `FakeGoogle.reset_calls()`.
        kind: one of KINDS.
        applied: whether a write changed the spreadsheet before its answer was lost.
        late: for a write that is not applied at once: it lands after so many further calls, 0 never.
        retry_after: seconds that a 429 advises, if any.
    """

    at: int
    kind: str
    applied: bool = False
    late: int = 0
    retry_after: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(self.kind)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes over the wire. `trouble` is "", "timeout", "reset" or "truncated"."""

    status: int
    headers: dict[str, str]
    body: bytes
    trouble: str = ""


JSON = {"Content-Type": "application/json; charset=UTF-8"}


def refused(refusal: errors.Refused) -> Answer:
    return Answer(refusal.status, dict(JSON), refusal.body)


def spoiled(fault: Fault, answer: Answer, *, write: bool) -> Answer:
    """Give what arrives instead of the true answer."""
    if fault.kind == "http429":
        told = refused(errors.quota("Write" if write else "Read"))
        if fault.retry_after is not None:
            told.headers["Retry-After"] = str(fault.retry_after)
        return told
    if fault.kind == "http500":
        return refused(errors.internal())
    if fault.kind == "http503":
        return refused(errors.unavailable())
    if fault.kind == "html502":
        return Answer(502, {"Content-Type": "text/html; charset=UTF-8"}, HTML)
    return Answer(answer.status, answer.headers, answer.body, fault.kind)
