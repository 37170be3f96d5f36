"""What did the shops send, as it came? Every delivery, before anything is made of it.

No delivery is ever deleted: its id and hash stay, so that a repeat is known for ever. Its body
may give way to its gist. Marks and descriptions, which a later version of the program may see
otherwise, stand in tables of their own.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from tracker.statefile import StateFile

if TYPE_CHECKING:  # most runs find nothing new, and do not pay for what reads it
    from tracker.cursors import Cursor
    from tracker.deliveries import NewDelivery
    from tracker.model import Delivery

OrderKey = tuple[str, str]
"""(source, order_id)"""

_PAGE_ROWS = 1000
# Two variables a key; the smallest limit SQLite was ever built with is 999.
_KEYS_PER_QUERY = 400

_SCHEMA = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    delivery_id TEXT NOT NULL,
    received_at TEXT NOT NULL,
    content_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    origin TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (source, delivery_id, sha256)
);
CREATE TABLE marks (
    mark TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES deliveries,
    PRIMARY KEY (mark, seq)
) WITHOUT ROWID;
CREATE TABLE described (
    source TEXT NOT NULL,
    order_id TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES deliveries,
    PRIMARY KEY (source, order_id, seq)
) WITHOUT ROWID;
CREATE TABLE positions (log TEXT PRIMARY KEY, position TEXT NOT NULL) WITHOUT ROWID
"""

_FIELDS = (
    "d.seq, d.source, d.delivery_id, d.received_at, d.content_type, d.body, d.sha256, d.origin"
)

_LANDED = "source, delivery_id, received_at, content_type, body, sha256, origin"
_LAND = f"INSERT OR IGNORE INTO deliveries ({_LANDED}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


class Mark(StrEnum):
    """Why a delivery is looked at again at the next sync."""

    QUARANTINED = "quarantined"
    HELD = "held"


class Inbox(StateFile):
    """The deliveries of one book, in `.tracker/inbox.sqlite3`; in memory when `path` is None.

    `id` is a random name made with the file: a cursor belongs to one inbox.
    """

    schema = _SCHEMA
    kept = ("deliveries",)
    replaced = frozenset({"content_type", "body"})
    seen = (
        "SELECT value FROM about WHERE key = 'id'",
        # Deliveries are only ever added, and a gist says what its body said: by the last one all
        # are known.
        "SELECT seq, source, delivery_id, sha256 FROM deliveries ORDER BY seq DESC LIMIT 1",
        "SELECT mark, seq FROM marks ORDER BY mark, seq",
    )

    def _begin(self) -> None:
        self._db.execute("INSERT INTO about VALUES ('id', ?)", (_new_id(),))

    @property
    def id(self) -> str:
        """The inbox's own name, 32 hex digits."""
        return str(self._rows("SELECT value FROM about WHERE key = 'id'")[0][0])

    def land(
        self, deliveries: Iterable[NewDelivery], positions: Mapping[str, str] | None = None
    ) -> int:
        """Keep deliveries, and how far their logs were read, in one transaction.

        The same (source, delivery_id, sha256 of body) is one delivery; the same id with another
        body is another one. Times must be aware, else ValueError. Returns how many were new.
        """
        from tracker.inbox_rows import as_row

        with self.together():
            landed = self._write(_LAND, map(as_row, deliveries))
            self._write(
                "INSERT OR REPLACE INTO positions (log, position) VALUES (?, ?)",
                (positions or {}).items(),
            )
        return landed

    def position(self, log: str) -> str | None:
        """Tell how far a log was read, as it was given to `land`; None if never."""
        found = self._rows("SELECT position FROM positions WHERE log = ?", (log,))
        return str(found[0][0]) if found else None

    def after(self, cursor: int) -> Iterator[Delivery]:
        """Give the deliveries behind the cursor, by seq; what lands meanwhile comes too."""
        sql = f"SELECT {_FIELDS} FROM deliveries d WHERE seq > ? ORDER BY seq LIMIT {_PAGE_ROWS}"  # noqa: S608
        while page := self._deliveries(sql, (cursor,)):
            yield from page
            cursor = page[-1].seq

    def page(self, cursor: int, limit: int, bytes_max: int) -> list[Delivery]:
        """Give the next deliveries behind the cursor, by seq, for another book to read.

        At most `limit` of them, and of `bytes_max` bytes of bodies or the first that is larger.
        Broken lines of a file stay here: they are no deliveries of any shop. So do gists, which
        only the book of this inbox understands.
        """
        sql = (
            f"SELECT {_FIELDS} FROM deliveries d WHERE seq > ? AND source <> ? "  # noqa: S608
            "AND content_type <> ? ORDER BY seq LIMIT ?"
        )
        from tracker.deliveries import BROKEN_SOURCE, GIST_TYPE
        from tracker.inbox_rows import as_delivery

        found: list[Delivery] = []
        size = 0
        values = (cursor, BROKEN_SOURCE, GIST_TYPE, limit)
        with self._spoken(), closing(self._db.execute(sql, values)) as rows:
            for delivery in map(as_delivery, rows):
                size += len(delivery.body.encode())
                if found and size > bytes_max:
                    break
                found.append(delivery)
        return found

    def marked(self, mark: Mark) -> list[Delivery]:
        """Give the deliveries that bear the mark, by seq."""
        sql = (
            f"SELECT {_FIELDS} FROM marks JOIN deliveries d USING (seq) WHERE mark = ? ORDER BY seq"  # noqa: S608
        )
        return self._deliveries(sql, (mark,))

    def mark(self, seqs_by_mark: Mapping[Mark, Iterable[int]]) -> None:
        """Mark deliveries; one may bear both marks, since one delivery may hold many orders."""
        rows = ((seq, mark) for mark, seqs in seqs_by_mark.items() for seq in seqs)
        self._write("INSERT OR IGNORE INTO marks (seq, mark) VALUES (?, ?)", rows)

    def unmark(self, seqs: Iterable[int], mark: Mark | None = None) -> None:
        """Take one mark off, or every mark."""
        gone = [mark] if mark else list(Mark)
        rows = ((one, seq) for seq in seqs for one in gone)
        self._write("DELETE FROM marks WHERE mark = ? AND seq = ?", rows)

    def describe(self, entries: Iterable[tuple[int, str, str]]) -> None:
        """Note which order each delivery is about: (seq, source, order_id); twice is once."""
        sql = "INSERT OR IGNORE INTO described (seq, source, order_id) VALUES (?, ?, ?)"
        self._write(sql, entries)

    def of_orders(self, keys: Collection[OrderKey]) -> list[Delivery]:
        """Give every delivery described as about one of the orders, by seq, each once."""
        found: dict[int, Delivery] = {}
        left = iter(keys)
        while some := list(islice(left, _KEYS_PER_QUERY)):
            sql = (
                f"WITH wanted (source, order_id) AS (VALUES {', '.join(['(?, ?)'] * len(some))}) "  # noqa: S608
                f"SELECT {_FIELDS} FROM wanted CROSS JOIN described USING (source, order_id) "
                "CROSS JOIN deliveries d USING (seq)"
            )
            parts = [part for key in some for part in key]
            found |= {one.seq: one for one in self._deliveries(sql, parts)}
        return [found[seq] for seq in sorted(found)]

    def orders_read(self, cursor: int) -> frozenset[OrderKey]:
        """Give the orders of the deliveries up to the cursor, but of those that still wait."""
        sql = (
            "SELECT DISTINCT source, order_id FROM described "
            "WHERE seq <= ? AND seq NOT IN (SELECT seq FROM marks)"
        )
        return frozenset((str(row[0]), str(row[1])) for row in self._rows(sql, (cursor,)))

    def bodies(
        self, before: datetime | None = None, after: int = 0, cursor: int | None = None
    ) -> Iterator[Delivery]:
        """Give the deliveries that still have their body and bear no mark, by seq.

        Those behind `after` and up to `cursor`; with `before` those that came before that time.
        """
        from tracker.deliveries import GIST_TYPE

        last = self.last_seq if cursor is None else cursor
        sql = (
            "SELECT seq, received_at FROM deliveries WHERE seq > ? AND seq <= ? "
            "AND content_type <> ? AND seq NOT IN (SELECT seq FROM marks) ORDER BY seq"
        )
        due = (
            seq
            for seq, at in self._rows(sql, (after, last, GIST_TYPE))
            if before is None or datetime.fromisoformat(at) < before
        )
        while some := list(islice(due, _KEYS_PER_QUERY)):
            places = ", ".join("?" * len(some))
            sql = f"SELECT {_FIELDS} FROM deliveries d WHERE seq IN ({places}) ORDER BY seq"  # noqa: S608
            yield from self._deliveries(sql, some)

    def reduce(self, gists: Iterable[tuple[int, str]]) -> int:
        """Put gists (seq, gist) in the place of bodies; nothing of those is left in the file."""
        from tracker.deliveries import GIST_TYPE

        sql = "UPDATE deliveries SET content_type = ?, body = ? WHERE seq = ?"
        return self._overwrite(sql, [(GIST_TYPE, gist, seq) for seq, gist in gists])

    def count(self, mark: Mark | None = None) -> int:
        """Count all deliveries, or those that bear the mark."""
        if mark is None:
            return int(self._rows("SELECT count(*) FROM deliveries")[0][0])
        return int(self._rows("SELECT count(*) FROM marks WHERE mark = ?", (mark,))[0][0])

    def count_after(self, cursor: int) -> int:
        """Count the deliveries behind the cursor."""
        return int(self._rows("SELECT count(*) FROM deliveries WHERE seq > ?", (cursor,))[0][0])

    @property
    def last_seq(self) -> int:
        """The highest seq; 0 while nothing has landed."""
        return int(self._rows("SELECT coalesce(max(seq), 0) FROM deliveries")[0][0])

    def holds(self, cursor: Cursor) -> bool:
        """Whether the cursor is a place in this inbox, as it stands now."""
        return cursor.inbox_id == self.id and self.has_place(cursor.seq, cursor.trace)

    def has_place(self, seq: int, trace: str) -> bool:
        """Whether a reader was there: an older copy is behind, or has another delivery there.

        The trace may be empty, where it was not kept.
        """
        return seq <= self.last_seq and trace in {"", self.trace(seq)}

    def trace(self, seq: int) -> str:
        """Give the mark of the delivery with that seq; empty when there is none."""
        from tracker.cursors import trace_of

        sql = "SELECT source, delivery_id, sha256 FROM deliveries WHERE seq = ?"
        return "".join(trace_of(*row) for row in self._rows(sql, (seq,)))

    def merge(self, other: Inbox) -> int:
        """Land what the other inbox has, in one transaction; how many deliveries were new.

        The id is a new one then: whoever has read either of the two reads from the beginning.
        """
        with self.together():
            landed = self._write(_LAND, other._raw())
            self._write("UPDATE about SET value = ? WHERE key = 'id'", [(_new_id(),)])
        return landed

    def _deliveries(self, sql: str, values: Iterable[object]) -> list[Delivery]:
        from tracker.inbox_rows import as_delivery

        return [as_delivery(row) for row in self._rows(sql, values)]

    def _raw(self) -> Iterator[tuple[Any, ...]]:
        """Give all rows by seq, as `_LAND` takes them; never many at once."""
        sql = f"SELECT {_LANDED}, seq FROM deliveries WHERE seq > ? ORDER BY seq LIMIT {_PAGE_ROWS}"  # noqa: S608
        seq = 0
        while page := self._rows(sql, (seq,)):
            yield from (row[:-1] for row in page)
            seq = page[-1][-1]

    def snapshot(self) -> Self:
        """Copy the inbox into memory, with its id: a dry run lands and marks there."""
        copy = type(self)(None)
        with self._spoken():
            self._db.backup(copy._db)  # noqa: SLF001 - the other one is an inbox too
        return copy


def _new_id() -> str:
    return secrets.token_hex(16)
