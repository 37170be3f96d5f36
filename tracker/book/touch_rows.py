"""What stands in the tabs Links and Clicks? Whose a link is, and who came by it."""

from __future__ import annotations

import re

from tracker.book.rows import BadCell, Reading, Row
from tracker.cells import shown
from tracker.deliveries import read_moment
from tracker.programme import Programme
from tracker.rulebook import Click, Link
from tracker.stores import Table

_KEY = re.compile(r"[epi]:[a-z2-7]{16}")
_BETWEEN = re.compile(r"[\s,;]+")


def read_links(table: Table, reading: Reading) -> tuple[Link, ...]:
    """Read Links. A mark may stand in several rows; of two partners it is nobody's."""
    found = (
        reading.understood(row, key, _link) for key, row in reading.keyed(table, "ref", once=False)
    )
    return tuple(link for link in found if link is not None)


def _link(row: Row) -> Link:
    partner_id = row.text("partner_id")
    if not partner_id:
        raise BadCell("partner_id", "link_of_nobody", "")
    return Link(
        ref=row.text("ref"),
        partner_id=partner_id,
        channel=row.text("channel"),
        cell=row.at("ref"),
    )


def read_clicks(table: Table, reading: Reading, programme: Programme) -> tuple[Click, ...]:
    """Read Clicks. A click that was sent twice is one; a bad cell costs its row."""
    found: dict[str, Click] = {}
    for key, row in reading.keyed(table, "click_id", once=False):
        click = reading.understood(row, key, lambda row: _click(row, programme))
        if click is not None:
            found.setdefault(key, click)
    return tuple(found.values())


def _click(row: Row, programme: Programme) -> Click:
    at = read_moment(row.cell("clicked_at"), programme.zone)
    if at is None:
        raise BadCell("clicked_at", "click_time", shown(row.cell("clicked_at")))
    return Click(
        click_id=row.text("click_id"),
        clicked_at=at,
        partner_id=row.text("partner_id"),
        ref=row.text("ref"),
        channel=row.text("channel"),
        customer=_keys(row),
        ad_tag=row.text("ad_tag"),
    )


def _keys(row: Row) -> frozenset[str]:
    """The customer's keys. What is no key may be a contact, so it is not shown."""
    keys = [key for key in _BETWEEN.split(row.text("customer")) if key]
    if not all(_KEY.fullmatch(key) for key in keys):
        raise BadCell("customer", "click_no_key", "")
    return frozenset(keys)
