"""Who brought the partner? Parent partners, one level up, and rows that go round in a circle.

Two levels in all: a partner, and the one who brought him (field.md C12).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from tracker.code_book import CodeBook
from tracker.programme import Partner, PartnerStatus


def in_a_circle(partners: Mapping[str, Partner]) -> frozenset[str]:
    """The partners whose chain of parents comes back to themselves; himself is a circle too."""
    done: set[str] = set()
    found: set[str] = set()
    for start in partners:
        path: list[str] = []
        at = start
        while at in partners and at not in done:
            done.add(at)
            path.append(at)
            at = partners[at].parent_id
        if at in path:
            found |= set(path[path.index(at) :])
    return frozenset(found)


def parent_of(partner: Partner, book: CodeBook, at: datetime) -> str:
    """Who earns by a partner's order placed then: his parent, if active; empty for nobody."""
    parent = book.partners.get(partner.parent_id)
    if parent is None:
        return ""
    key = ("circle", partner.partner_id)
    if key not in book.memo:
        book.memo[key] = circular(partner, book.partners)
    if book.memo[key]:
        return ""
    return parent.partner_id if _active(parent, book, at) else ""


def circular(partner: Partner, partners: Mapping[str, Partner]) -> bool:
    """Whether a partner's own chain of parents comes back to him."""
    seen, at = {partner.partner_id}, partner.parent_id
    while at in partners and at not in seen:
        seen.add(at)
        at = partners[at].parent_id
    return at == partner.partner_id


def _active(partner: Partner, book: CodeBook, at: datetime) -> bool:
    lines = book.partner_history.get(partner.partner_id, ())
    past = [line for line in lines if line.since is None or line.since <= at] if lines else lines
    return (past[-1].status if past else partner.status) == PartnerStatus.ACTIVE
