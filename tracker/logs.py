"""What is new in the order logs? Reads each from where the inbox left it, and lands it raw.

`TRACKER_ORDER_LOG` names the logs, comma separated: `file:orders.jsonl`, `tab:Webhook log`,
`https://example.com/log`, `inbox:/srv/receiver/inbox.sqlite3`.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from os import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tracker.log_names import FILE, INBOX, is_address, is_webhook_tab, log_names, shown_log
from tracker.problems import Stop

if TYPE_CHECKING:  # most runs find no line that is new, and do not pay for what reads it
    from tracker.deliveries import NewDelivery
    from tracker.inbox import Inbox

# One transaction: large enough for speed, small enough that a receiver need not wait for it.
_BATCH_LINES = 5000
_BATCH_BYTES = 16 * 1024 * 1024
_FINGERPRINT_BYTES = 4096
# What is wrong with a last line that is still being written.
_UNFINISHED = frozenset({"log_line_not_json", "log_line_too_long"})


def bring_logs(
    spec: str, inbox: Inbox, now: datetime, *, token: str = "", private_ok: bool = False
) -> None:
    """Land what is new in every log outside the book; the tab is landed once the book is read.

    Args:
        spec: the value of TRACKER_ORDER_LOG; relative paths start at the current folder.
        inbox: where deliveries land; a snapshot of it makes this a dry run.
        now: the time of a broken line, which has none of its own that can be trusted; aware.
        token: what a log at an address asks for.
        private_ok: whether that may be an address of this machine or of its own network.

    A broken line is landed and found by its reader. Raises Stop (`log_missing`,
    `log_unreadable`, `log_unknown`, and those of `tracker.pulling`), when the other logs have
    landed.

    """
    stops: list[Stop] = []
    for name in log_names(spec):
        try:
            _bring(name, inbox, now, token, private_ok=private_ok)
        except Stop as stop:
            if not stop.code.startswith("log_"):
                raise
            stops.append(stop)
    if stops:
        raise stops[0]


def _bring(name: str, inbox: Inbox, now: datetime, token: str, *, private_ok: bool) -> None:
    if name.startswith(FILE) and len(name) > len(FILE):
        _land_file(name, inbox, now)
    elif name.startswith(INBOX) and len(name) > len(INBOX):
        from tracker.inbox_log import read_inbox

        read_inbox(name, Path(name.removeprefix(INBOX)), inbox)
    elif is_address(name):
        from tracker.fetching import Fetcher
        from tracker.pulling import pull

        with Fetcher(private_ok=private_ok) as fetcher:
            pull(name, inbox, now, token, fetcher)
    elif not is_webhook_tab(name):
        raise Stop("log_unknown", log=shown_log(name))


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a file was read: bytes, ends of line before it, and prints of what stood there.

    The prints are of the head and of the bytes just before the place, so that a file that was
    rotated, cut or edited is read from its beginning; landing twice is landing once.
    """

    offset: int = 0
    lines: int = 0
    head: str = ""
    tail: str = ""


def _land_file(name: str, inbox: Inbox, now: datetime) -> None:
    typed = name.removeprefix(FILE)
    try:
        with Path(typed).open("rb") as file:
            _follow(file, name, inbox, now)
    except FileNotFoundError:
        raise Stop("log_missing", path=typed) from None
    except OSError as error:
        raise Stop("log_unreadable", path=typed, why=error.strerror) from None


def _follow(file: BinaryIO, name: str, inbox: Inbox, now: datetime) -> None:
    place = _resume(file, inbox.position(name))
    if file.seek(0, SEEK_END) == place.offset:
        return
    while True:
        file.seek(place.offset)
        offset, lines, found = _batch(file, place, name, now)
        if offset == place.offset:
            return
        place = _place_at(file, offset, lines)
        inbox.land(found, {name: json.dumps(asdict(place))})


def _resume(file: BinaryIO, position: str | None) -> _Place:
    if position is None:
        return _Place()
    place = _Place(**json.loads(position))
    return place if _place_at(file, place.offset, place.lines) == place else _Place()


def _place_at(file: BinaryIO, offset: int, lines: int) -> _Place:
    length = min(offset, _FINGERPRINT_BYTES)
    prints = []
    for start in (0, offset - length):
        file.seek(start)
        prints.append(sha256(file.read(length)).hexdigest()[:16])
    return _Place(offset, lines, *prints)


def _batch(
    file: BinaryIO, place: _Place, name: str, now: datetime
) -> tuple[int, int, list[NewDelivery]]:
    """Read whole lines from the place on: where the last one ends, lines so far, deliveries."""
    offset, lines, found = place.offset, place.lines, []
    while lines - place.lines < _BATCH_LINES and offset - place.offset < _BATCH_BYTES:
        line = _next_line(file)
        if line is None:
            break
        if line.raw.strip():
            delivery = _read(line, f"{name} line {lines + 1}", now)
            if delivery is None:
                break
            found.append(delivery)
        offset = file.tell()
        if not line.ended:
            break
        lines += 1
    return offset, lines, found


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: `raw` without its end, cut when it is too long; `size` is that of the whole."""

    raw: bytes
    size: int
    ended: bool


def _next_line(file: BinaryIO) -> _Line | None:
    from tracker.deliveries import LINE_BYTES_MAX

    limit = LINE_BYTES_MAX + 2
    kept = piece = file.readline(limit)
    if not kept:
        return None
    raw = kept.rstrip(b"\r\n")
    size = len(raw)
    while len(piece) == limit and not piece.endswith(b"\n"):
        piece = file.readline(limit)
        size += len(piece)
    return _Line(raw, size, piece.endswith(b"\n"))


def _read(line: _Line, where: str, now: datetime) -> NewDelivery | None:
    """Read a line; what is broken is kept as such; None while its end is still to be written."""
    from tracker.deliveries import NewDelivery, keep_broken, read_line

    found = read_line(line.raw, where)
    if isinstance(found, NewDelivery):
        return found
    if not line.ended and found.code in _UNFINISHED:
        return None
    return keep_broken(line.raw, line.size, where, now)
