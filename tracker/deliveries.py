"""What arrived, as its sender wrote it, and what does one line of an order log say?

A line that cannot be read is kept as a delivery of no source; `reread` says what is wrong with
it, or reads it once a later version of the program understands it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from hashlib import sha256

from tracker.cells import Cell
from tracker.instants import plain_instant
from tracker.model import Delivery, Unreadable
from tracker.problems import params

LINE_BYTES_MAX = 1024 * 1024
BROKEN_SOURCE = ""
JSON_TYPE = "application/json"
GIST_TYPE = "application/vnd.tracker.gist+json"
"""Of a body that gave way to what was read of it (`tracker.gist`)."""

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
    body: str = field(repr=False)
    content_type: str = JSON_TYPE
    origin: str = ""


def body_sha256(body: str) -> str:
    """Give the hex digest of a body in UTF-8: with source and id, a delivery's identity."""
    return sha256(body.encode()).hexdigest()


def storable(text: str) -> str:
    """Join split surrogate pairs, and put U+FFFD for half a pair: no store or mail keeps those."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def read_instant(value: object) -> datetime | None:
    """Read an RFC 3339 time, which has an offset; None for anything else."""
    if not isinstance(value, str):
        return None
    plain = plain_instant(value)
    if plain is not None and plain.tzinfo is not None:
        return plain
    if not _RFC_3339.fullmatch(value):
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
        fields, write = _decoded(raw)
        return _read_fields(fields, where, write)
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
        return _read_fields(entry, where, _ENCODER.encode)
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
# NaN and Infinity raise ValueError: they are no JSON, whoever wrote them. What is no JSON at all
# can only be a fraction that jiter left as it was written.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    separators=(",", ":"),
    allow_nan=False,
    default=lambda fraction: _DECODER.decode(str(fraction)),
)
_Writer = Callable[[object], str]


def _decoded(raw: bytes) -> tuple[object, _Writer]:
    """Decode a line, and tell what writes a part of it as text again. Raises ValueError.

    What jiter refuses is for the standard library to refuse, or to take: NaN where nobody looks,
    half a surrogate pair, 500 levels.
    """
    import jiter

    try:
        found = jiter.from_json(
            raw,
            allow_inf_nan=False,
            cache_mode="keys",  # customers' contacts are not for a cache
            catch_duplicate_keys=True,
            float_mode="lossless-float",
        )
    except ValueError:
        return _slowly_decoded(raw), _ENCODER.encode
    # Of all fields only this one asks whether a number is 0, and jiter's 0.0 does not say.
    if isinstance(found, dict) and not isinstance(found.get("content_type", ""), str):
        return _slowly_decoded(raw), _ENCODER.encode
    return found, _quickly_written


def _slowly_decoded(raw: bytes) -> object:
    # A byte order mark at the head of a file is an editor's habit, not a mistake.
    return _DECODER.decode(raw.decode("utf-8-sig"))


def _quickly_written(body: object) -> str:
    """Write what jiter decoded, to the letter as the slow encoder does: the text is the identity.

    Fractions are jiter's, which orjson asks about; of a float it would write `1e16` for `1e+16`.
    """
    import orjson

    try:
        return orjson.dumps(body, _fraction).decode()
    except TypeError:  # 65 bits and more, 255 levels and more, or a fraction that is none
        return _ENCODER.encode(body)


def _fraction(value: object) -> object:
    import orjson

    return orjson.Fragment(_ENCODER.encode(value))


def _read_fields(fields: object, where: str, write: _Writer) -> NewDelivery | Unreadable:
    if not isinstance(fields, dict):
        return _broken("log_line_not_json", where)
    delivery_id, source = _name(fields.get("delivery_id")), _name(fields.get("source"))
    content_type = _name(fields.get("content_type") or JSON_TYPE)
    body = fields.get("body")
    if isinstance(body, dict):
        body = write(body)
    if not (delivery_id and source and content_type and isinstance(body, str)):
        needed = {"delivery_id": delivery_id, "source": source, "content_type": content_type}
        missing = next((name for name, text in needed.items() if not text), "body")
        return _broken("log_line_field", where, field=missing)
    received_at = read_instant(fields.get("received_at"))
    if received_at is None:
        return _broken("log_line_time", where)
    return NewDelivery(
        source=source,
        delivery_id=delivery_id,
        received_at=received_at,
        body=storable(body),
        content_type=content_type,
        origin=where,
    )


def _name(value: object) -> str:
    """Read an identifier; some senders number their deliveries, so a whole number will do."""
    if isinstance(value, str):
        return storable(value).strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


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
