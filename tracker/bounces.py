"""What do delivery status notifications say? Reads them from files, and believes few of them.

A notification (RFC 3464) names a recipient, what became of the letter and why; with it come the
letter's headers. Only one that returns the Message-ID of a letter which left, for the address that
letter went to, changes anything: our Message-IDs cannot be guessed, and a forger knows none.

Exim writes no such parts: it names the recipients in a header (X-Failed-Recipients) and returns the
letter in the text, after a line of its own. That is read too, on the same condition.
"""

from __future__ import annotations

import mailbox
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from enum import StrEnum
from pathlib import Path

from tracker.outbox import Outbox
from tracker.outgoing import LetterState
from tracker.problems import Stop
from tracker.returned import STATUS, plain_bounce, said_status

MESSAGE_BYTES_MAX = 5 * 1024 * 1024
"""A notification is a few thousand bytes, with the whole letter returned some 150,000."""
PIPED_BYTES_MAX = 100 * 1024 * 1024
"""An mbox on standard input is read whole."""
FILES_MAX = 10_000
_PARTS_MAX = 50
_DEPTH_MAX = 20
_RECIPIENTS_MAX = 50
_FIELD_LENGTH_MAX = 1_000

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,250}>")
_ENVELOPES = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{0,500}\d{4}\r?\n")
"""The lines before the messages of an mbox; a line of a text that begins alike is none."""
_PERMANENT = "5"


class Heard(StrEnum):
    """What was made of one notification."""

    NOTED = "noted"
    KNOWN = "known"
    TEMPORARY = "temporary"
    DELIVERED = "delivered"
    FOREIGN = "foreign"
    OTHER_ADDRESS = "other_address"
    UNREADABLE = "unreadable"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Report:
    """What a notification says of one recipient: `action` and `status` as in RFC 3464.

    `recipients` are his addresses in small letters, the final one and the one first written to.
    """

    message_id: str
    recipients: frozenset[str]
    action: str
    status: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one notification; of a letter of ours also its name, whose, and the status."""

    heard: Heard
    name: str = ""
    partner_id: str = ""
    status: str = ""


def take(source: str, outbox: Outbox) -> list[Taken]:
    """Read the notifications at `source`, and note in the outbox which letters came back for good.

    `source` is an .eml file, an mbox, a folder of .eml files or a Maildir, or `-` for standard
    input. Raises Stop `bounces_unreadable` when there is nothing to read, and `bounces_no_eml`
    for a folder with files of which none is taken for a letter.
    """
    found: list[Taken] = []
    for raw in _messages(source):
        reports = None if raw is None else read_reports(raw)
        if reports is None:
            found.append(Taken(Heard.UNREADABLE))
        elif not reports:
            found.append(Taken(Heard.NONE))
        else:
            found += [_note(one, outbox) for one in reports]
    return found


def _note(report: Report, outbox: Outbox) -> Taken:
    letter = outbox.of_message(report.message_id) if report.message_id else None
    if letter is None or letter.state in {LetterState.FROZEN, LetterState.REFUSED}:
        return Taken(Heard.FOREIGN)
    about = (letter.statement_id, letter.partner_id, report.status)
    if letter.to_address.lower() not in report.recipients:
        return Taken(Heard.OTHER_ADDRESS, *about)
    if report.action != "failed":
        heard = Heard.TEMPORARY if report.action == "delayed" else Heard.DELIVERED
        return Taken(heard, *about)
    if not report.status.startswith(_PERMANENT):
        return Taken(Heard.TEMPORARY, *about)
    new = outbox.note_bounce(letter, report.status)
    return Taken(Heard.NOTED if new else Heard.KNOWN, *about)


# Reading a notification.


def read_reports(raw: bytes) -> list[Report] | None:
    """Give what a message reports of each recipient; none if it is no notification.

    None when it cannot be read at all: no input ever raises.
    """
    try:
        return _read(message_from_bytes(raw))
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError):
        # The standard library's parser fails in all these ways on malformed input.
        return None


def _read(message: Message) -> list[Report]:
    blocks: list[Message] = []
    returned = ""
    for part in _parts(message):
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind in {"message/delivery-status", "message/global-delivery-status"}:
            inner = [one for one in payload if isinstance(one, Message)]
            blocks += inner[: _RECIPIENTS_MAX + 1]
        elif kind in {"message/rfc822", "message/global"} and not returned:
            inner = [one for one in payload if isinstance(one, Message)]
            returned = _message_id(inner[0], "Message-ID") if inner else ""
        elif kind in {"text/rfc822-headers", "message/global-headers"} and not returned:
            returned = _message_id(_headers(part), "Message-ID")
    if not returned and blocks:
        returned = _message_id(blocks[0], "X-Original-Message-ID")
    reports = (_report(block, returned) for block in blocks)
    return [one for one in reports if one is not None] or _of_exim(message, returned)


def _of_exim(message: Message, returned: str) -> list[Report]:
    """Read a bounce without parts: it is for good, since a delay names no failed recipients."""
    failed = _field(message, "X-Failed-Recipients")
    text = next((one for one in _parts(message) if one.get_content_type() == "text/plain"), None)
    payload = None if text is None or not failed else text.get_payload(decode=True)
    told, own = (
        plain_bounce(payload.decode("utf-8", "replace")) if isinstance(payload, bytes) else ("", "")
    )
    named = [one.strip().strip("<>").lower() for one in failed.split(",")[:_RECIPIENTS_MAX]]
    status = said_status(told) or "5.0.0"
    return [Report(returned or own, frozenset({one}), "failed", status) for one in named if one]


def _parts(message: Message, depth: int = 0) -> Iterator[Message]:
    """Give the parts of a message as it was sent, not those of the letter it returns."""
    if message.get_content_maintype() != "multipart" or depth >= _DEPTH_MAX:
        yield message
        return
    payload = message.get_payload()
    for part in payload[:_PARTS_MAX] if isinstance(payload, list) else ():
        if isinstance(part, Message):
            yield from _parts(part, depth + 1)


def _headers(part: Message) -> Message:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return message_from_bytes(payload)
    inner = part.get_payload()
    one = inner[0] if isinstance(inner, list) and inner else None
    return one if isinstance(one, Message) else Message()


def _report(block: Message, message_id: str) -> Report | None:
    final = _address(_field(block, "Final-Recipient"))
    if not final:
        return None
    original = _address(_field(block, "Original-Recipient"))
    typed = _field(block, "Status")
    status = STATUS.match(typed)
    found = "" if status is None else status[0]
    return Report(
        message_id=message_id,
        recipients=frozenset({final, original} - {""}),
        action=_field(block, "Action").lower(),
        status=found if typed else said_status(_field(block, "Diagnostic-Code")),
    )


def _field(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip()[:_FIELD_LENGTH_MAX]


def _address(field: str) -> str:
    """Take the address out of `rfc822; someone@example.com`, in small letters."""
    _, _, address = field.partition(";")
    return address.strip().strip("<>").lower()


def _message_id(message: Message, name: str) -> str:
    found = _MESSAGE_ID.search(_field(message, name))
    return "" if found is None else found[0]


# Finding the notifications.


def _messages(source: str) -> Iterator[bytes | None]:
    """Give the bytes of each message; None for one that is too long."""
    if source == "-":
        yield from _piped()
        return
    path = Path(source)
    try:
        if path.is_dir():
            files = sorted(_files(path))[:FILES_MAX]
            if not files and any(one.is_file() for one in path.iterdir()):
                raise Stop("bounces_no_eml", path=source)
            for file in files:
                yield _read_file(file)
        elif _begins(path, b"From "):
            yield from _mbox(path)
        else:
            yield _read_file(path)
    except OSError as error:
        raise Stop("bounces_unreadable", path=source, why=error.strerror or "") from None


def _piped() -> Iterator[bytes | None]:
    """Give what stands on standard input: one message, or an mbox of several."""
    raw = sys.stdin.buffer.read(PIPED_BYTES_MAX + 1)
    if len(raw) > PIPED_BYTES_MAX:
        yield None
        return
    parts = _ENVELOPES.split(raw)
    yield from map(_bounded, parts[1:] if len(parts) > 1 and not parts[0] else parts)


def _files(folder: Path) -> Iterable[Path]:
    """Give the letters of a folder; a Maildir keeps them in `new` and `cur`."""
    inner = [folder / name for name in ("new", "cur") if (folder / name).is_dir()]
    found = [*folder.glob("*.eml"), *(one for place in inner for one in place.iterdir())]
    return [one for one in found if one.is_file()]


def _begins(path: Path, start: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(start)) == start


def _read_file(path: Path) -> bytes | None:
    with path.open("rb") as file:
        return _bounded(_bare(file.read(MESSAGE_BYTES_MAX + 1)))


def _mbox(path: Path) -> Iterator[bytes | None]:
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            with box.get_file(key) as file:
                yield _bounded(file.read(MESSAGE_BYTES_MAX + 1))
    finally:
        box.close()


def _bare(raw: bytes) -> bytes:
    """Drop the envelope's line that a mail server puts before a message it pipes."""
    return raw.partition(b"\n")[2] if raw.startswith(b"From ") else raw


def _bounded(raw: bytes) -> bytes | None:
    return raw if len(raw) <= MESSAGE_BYTES_MAX else None
