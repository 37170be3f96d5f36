"""How are letters and payouts kept? The tables of the outbox, and the steps between its versions.

A file of version 1 knew statements only; version 2 gave letters kinds; version 3 counts the copies
whose fate nobody knows, and notes which addresses sent letters back.
"""

from __future__ import annotations

SCHEMA = """
CREATE TABLE letters (
    statement_id TEXT PRIMARY KEY,
    partner_id TEXT NOT NULL,
    month TEXT NOT NULL,
    from_address TEXT NOT NULL,
    to_address TEXT NOT NULL,
    message_id TEXT NOT NULL,
    content BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    frozen_figures TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    at TEXT NOT NULL,
    detail TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX letters_by_month ON letters (month, statement_id);
CREATE INDEX letters_by_state ON letters (state, statement_id);
CREATE TABLE payouts (
    event TEXT NOT NULL,
    payout_id TEXT NOT NULL,
    at TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (event, payout_id)
) WITHOUT ROWID
"""

KINDS = """
ALTER TABLE letters ADD COLUMN kind TEXT NOT NULL DEFAULT 'statement';
CREATE INDEX letters_by_kind ON letters (kind, state, statement_id)
"""

UNKNOWNS_AND_BOUNCES = """
ALTER TABLE letters ADD COLUMN unknowns INTEGER NOT NULL DEFAULT 0;
UPDATE letters SET unknowns = 1 WHERE state = 'unknown';
CREATE INDEX letters_by_message ON letters (message_id);
CREATE TABLE bounces (
    statement_id TEXT NOT NULL,
    address TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    status TEXT NOT NULL,
    at TEXT NOT NULL,
    settled_at TEXT NOT NULL,
    PRIMARY KEY (statement_id, address)
) WITHOUT ROWID
"""

STEPS = (KINDS, UNKNOWNS_AND_BOUNCES)

FIELDS = (
    "statement_id, partner_id, month, from_address, to_address, message_id, content, "
    "frozen_figures, state, attempts, unknowns, at, detail, kind"
)

FREEZE = """
INSERT OR REPLACE INTO letters
    (statement_id, partner_id, month, from_address, to_address, message_id, content, sha256,
    frozen_figures, state, attempts, at, detail, kind)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

MAY_LEAVE = (
    "(to_address <> '' AND (state IN ('frozen', 'refused') "
    "OR (state = 'unknown' AND unknowns < ?)))"
)
"""A letter that surely did not leave, or of which so few copies may have left.

One that was erased has no address, and never leaves."""

START = f"""
UPDATE letters SET state = 'sending', attempts = attempts + 1, at = ?, detail = ''
WHERE statement_id = ? AND {MAY_LEAVE}
"""  # noqa: S608

DROP = "UPDATE letters SET state = 'dropped', at = ? WHERE statement_id = ? AND state = 'refused'"

ERASE = """
UPDATE letters SET content = ?, frozen_figures = ?, to_address = '',
    state = CASE WHEN state IN ('frozen', 'refused') THEN 'dropped' ELSE state END
WHERE statement_id = ?
"""

FORGET_BOUNCES = """
UPDATE bounces SET address = '', settled_at = CASE settled_at WHEN '' THEN ? ELSE settled_at END
WHERE statement_id = ?
"""

FINISH = """
UPDATE letters SET state = ?, unknowns = ?, detail = ?, at = ?
WHERE statement_id = ? AND state IN ('sending', 'unknown')
"""

NOTE = """
INSERT INTO payouts VALUES (?, ?, ?, ?) ON CONFLICT (event, payout_id) DO UPDATE
SET at = excluded.at, detail = excluded.detail WHERE event = 'exported'
"""

SEEN = (
    # Answered from the index: a letter that left is known by its name and that it did. One
    # without a good end keeps a run from its short cut (`tracker.idle`).
    "SELECT kind, state, statement_id FROM letters ORDER BY kind, state, statement_id",
    "SELECT * FROM bounces ORDER BY statement_id, address",
    "SELECT * FROM payouts ORDER BY event, payout_id",
)
"""What a plan can see of letters and payouts; the bytes of a letter are not among it."""
