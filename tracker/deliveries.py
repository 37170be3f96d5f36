"""What arrived, as its sender wrote it, and what does one line of an order log say?

A line that cannot be read is kept as a delivery of no source; `reread` says what is wrong with
it, or reads it once a later version of the program understands it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from hashlib import sha256

from tracker.cells import Cell
from tracker.model import Delivery, Unreadable
from tracker.problems import params

LINE_BYTES_MAX = 1024 * 1024
BROKEN_SOURCE = ""
JSON_TYPE = "application/json"

_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_LOCAL = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?)?", re.ASCII)
_DOTTED = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})(?: (\d\d?):(\d\d)(?::(\d\d))?)?", re.ASCII)
# Within these years no zone can carry a time over the edge of the calendar.
_YEARS = range(1970, 9999)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A delivery that has no place in the inbox yet; the fields are those of `model.Delivery`."""

    source: str
    delivery_id: str
    received_at: datetime
    body: str
    content_type: str = JSON_TYPE
    origin: str = ""


def body_sha256(body: str) -> str:
    """Give the hex digest of a body in UTF-8: with source and id, a delivery's identity."""
    return sha256(body.encode()).hexdigest()


def storable(text: str) -> str:
    """Join split surrogate pairs, and put U+FFFD for half a pair: no store or mail keeps those."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def read_instant(value: object) -> datetime | None:
    """Read an RFC 3339 time, which has an offset; None for anything else."""
    if not isinstance(value, str) or not _RFC_3339.fullmatch(value):
        return None
    try:
        at = datetime.fromisoformat(value.upper())
    except ValueError:
        return None
    return at if at.year in _YEARS else None


def read_moment(cell: Cell, zone: tzinfo) -> datetime | None:
    """Read a time as a sheet holds it; where it has no offset it is told in `zone`.

    Understood: RFC 3339, `2026-10-07 12:00:00`, `07.10.2026 12:00`, a date cell. None otherwise.
    """
    if isinstance(cell, datetime):
        at: datetime | None = cell
    elif isinstance(cell, date):
        at = datetime.combine(cell, time.min)
    elif isinstance(cell, str):
        at = read_instant(cell.strip()) or _read_local(cell.strip())
    else:
        at = None
    if at is None or at.year not in _YEARS:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _read_local(text: str) -> datetime | None:
    iso, dotted = _LOCAL.fullmatch(text), _DOTTED.fullmatch(text)
    if iso:
        year, month, day, hour, minute, second = map(int, iso.groups(default="0"))
    elif dotted:
        day, month, year, hour, minute, second = map(int, dotted.groups(default="0"))
    else:
        return None
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001
    except ValueError:
        return None


def read_line(raw: bytes, where: str) -> NewDelivery | Unreadable:
    """Read one line of a JSON Lines log.

    Args:
        raw: the line's bytes; more than LINE_BYTES_MAX of them are refused.
        where: the place for people (`file:orders.jsonl line 17`), kept as the origin.

    """
    if len(raw) > LINE_BYTES_MAX:
        return _broken("log_line_too_long", where)
    try:
        # A byte order mark at the head of a file is an editor's habit, not a mistake.
        fields = _DECODER.decode(raw.decode("utf-8-sig"))
        return _read_fields(fields, where)
    except (ValueError, RecursionError):
        return _broken("log_line_not_json", where)


def read_entry(entry: object, where: str) -> NewDelivery | Unreadable:
    """Read one delivery of a page that another program served, as a line of a log is read.

    Args:
        entry: the entry as decoded JSON; an object whose `items` give a key twice is refused.
        where: the place for people, kept as the origin.

    """
    try:
        if isinstance(entry, dict):
            _each_key_once(list(entry.items()))
        return _read_fields(entry, where)
    except (ValueError, RecursionError):
        return _broken("log_line_not_json", where)


def _each_key_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse `{"total": 10, "total": 20}`: picking one of the two would be a guess."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


# Made once: a log may have many thousand lines.
_DECODER = json.JSONDecoder(object_pairs_hook=_each_key_once)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _read_fields(fields: object, where: str) -> NewDelivery | Unreadable:
    if not isinstance(fields, dict):
        return _broken("log_line_not_json", where)
    names = {name: _name(fields.get(name)) for name in ("delivery_id", "source")}
    names["content_type"] = _name(fields.get("content_type") or JSON_TYPE)
    missing = [name for name, text in names.items() if not text]
    body = fields.get("body")
    if isinstance(body, dict):
        # NaN and Infinity raise ValueError here: they are no JSON, whoever wrote them.
        body = _ENCODER.encode(body)
    if not isinstance(body, str):
        missing.append("body")
    received_at = read_instant(fields.get("received_at"))
    if received_at is None and not missing:
        return _broken("log_line_time", where)
    if missing or received_at is None or not isinstance(body, str):
        return _broken("log_line_field", where, field=missing[0])
    return NewDelivery(received_at=received_at, body=storable(body), origin=where, **names)


def _name(value: object) -> str:
    """Read an identifier; some senders number their deliveries, so a whole number will do."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return storable(value).strip() if isinstance(value, str) else ""


def _broken(code: str, where: str, **values: str) -> Unreadable:
    return Unreadable(code=code, params=params(where=where, **values))


def keep_broken(raw: bytes, size: int, where: str, now: datetime) -> NewDelivery:
    """Make a delivery of a line that cannot be read, so that it is kept and counted.

    Args:
        raw: the line without its end; cut after LINE_BYTES_MAX + 1 bytes, so that it stays too
            long for `reread`.
        size: the length of the whole line in bytes, which tells cut lines apart.
        where: the place for people.
        now: when it was found, aware.

    """
    kept = raw[: LINE_BYTES_MAX + 1]
    mark = kept if size == len(kept) else kept + b" %d" % size
    return NewDelivery(
        source=BROKEN_SOURCE,
        delivery_id=f"line-{sha256(mark).hexdigest()[:16]}",
        received_at=now,
        content_type="text/plain",
        body=kept.decode("utf-8", "backslashreplace"),
        origin=where,
    )


def reread(delivery: Delivery) -> NewDelivery | Unreadable:
    """Read a kept line again (a delivery whose source is BROKEN_SOURCE), or say what is wrong."""
    return read_line(delivery.body.encode(), delivery.origin)
