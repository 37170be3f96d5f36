"""What did the owner type? Partners, decisions, adjustments, payout cells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tracker.addresses import email_problem
from tracker.book.rows import BadCell, Reading, Row
from tracker.choices import Notify, TaxStatus
from tracker.customers import email_key, phone_key
from tracker.forgotten import erased_name
from tracker.layout import Tab
from tracker.levels import in_a_circle
from tracker.papers import tax_id_wrong
from tracker.programme import (
    Adjustment,
    Decision,
    Partner,
    PartnerStatus,
    PayoutCells,
    Programme,
    Verdict,
)
from tracker.stores import Table


def read_partners(
    table: Table, reading: Reading, programme: Programme, secret: bytes
) -> dict[str, Partner]:
    """Read Partners, by partner id."""
    found: dict[str, Partner] = {}
    rows: dict[str, Row] = {}
    for key, row in reading.keyed(table, "partner_id"):
        partner = reading.understood(row, key, lambda row: _partner(row, programme, secret))
        if partner is None:
            continue
        found[key], rows[key] = partner, row
        if partner.email == "" and row.has("email"):
            reading.bad(row, "email", "email_unreadable", key, "")
        if partner.joined_on is None and row.has("joined_on"):
            reading.bad(row, "joined_on", "date_unreadable", key, row.text("joined_on"))
        if tax_id_wrong(partner.tax_status, partner.tax_id):
            reading.bad(row, "tax_id", "tax_id_wrong", key, partner.tax_id)
    _check_parents(found, rows, reading)
    return found


def _check_parents(
    partners: Mapping[str, Partner], rows: Mapping[str, Row], reading: Reading
) -> None:
    """Name parents whom no row knows, and chains of parents that go round in a circle."""
    circle = in_a_circle(partners)
    broken = reading.unreadable.get(Tab.PARTNERS.value, set())
    for key, partner in partners.items():
        parent = partner.parent_id
        if key in circle:
            reading.bad(rows[key], "parent_id", "parents_cycle", key, parent)
        elif parent and parent not in partners and parent not in broken:
            reading.bad(rows[key], "parent_id", "parent_unknown", key, parent)


def _partner(row: Row, programme: Programme, secret: bytes) -> Partner:
    email, phone = row.text("email"), row.text("phone")
    keys = {email_key(secret, email), phone_key(secret, phone, programme.currency)} - {""}
    least = row.minor("min_payout", programme.currency) if row.has("min_payout") else None
    if least is not None and least < 0:
        raise BadCell("min_payout", "amount_below_zero", row.text("min_payout"))
    return Partner(
        partner_id=row.text("partner_id"),
        name=row.text("name"),
        email="" if email and email_problem(email) else email,
        status=_status(row),
        language=_language(row),
        rate=row.rate("rate"),
        hold_days=row.whole("hold_days", 0, 3650),
        min_payout=least,
        phone=phone,
        payout_method=row.text("payout_method"),
        payout_details=row.text("payout_details"),
        group=row.text("group"),
        parent_id=row.text("parent_id"),
        currency=row.currency("currency", ""),
        call_number=row.text("call_number"),
        tax_status=TaxStatus(row.choice("tax_status", TaxStatus.UNSAID)),
        tax_id=row.text("tax_id"),
        # A cell may hold signs that nobody sees and say nothing for all that.
        notify=Notify(said) if (said := row.choice("notify", "")) else None,
        welcome=row.text("welcome"),
        joined_on=_joined(row),
        keys=frozenset(keys),
        cell=row.at("partner_id"),
        email_cell=row.at("email"),
    )


def _status(row: Row) -> PartnerStatus:
    """What the owner chose; a partner who was forgotten has left, whatever the cell says."""
    chosen = PartnerStatus(row.choice("status", PartnerStatus.ACTIVE))
    forgotten = row.text("name") == erased_name(row.text("partner_id"))
    return PartnerStatus.LEFT if forgotten else chosen


def _joined(row: Row) -> date | None:
    """Since when he is a partner. No sum rests on it, so a bad cell costs no row."""
    try:
        return row.day("joined_on")
    except BadCell:
        return None


def _language(row: Row) -> str:
    """A language of letters: one the book speaks, or one that has a folder of templates."""
    try:
        return row.choice("language", "")
    except BadCell as unknown:
        from tracker.languages import find

        found = find(unknown.shown)
        if found is None:
            raise
        return found


def read_decisions(table: Table, reading: Reading) -> tuple[Decision, ...]:
    """Read Decisions about orders: `about` is source/order_id."""
    found: list[Decision] = []
    for key, row in reading.keyed(table, "about", once=False):
        decision = reading.understood(row, key, _decision)
        if decision is not None:
            found.append(decision)
    return tuple(found)


def _decision(row: Row) -> Decision:
    about = row.text("about")
    source, slash, order_id = about.partition("/")
    if not slash or not source.strip() or not order_id.strip():
        raise BadCell("about", "decision_about_unreadable", about)
    verdict = row.choice("decision", "")
    if not verdict:
        raise BadCell("decision", "decision_empty", "")
    partner_id = row.text("partner_id")
    if verdict == Verdict.ASSIGN and not partner_id:
        raise BadCell("partner_id", "decision_names_nobody", "")
    return Decision(
        source=source.strip(),
        order_id=order_id.strip(),
        verdict=Verdict(verdict),
        partner_id=partner_id,
        cell=row.at("about"),
    )


def read_adjustments(
    table: Table, reading: Reading, programme: Programme
) -> tuple[Adjustment, ...]:
    """Read Adjustments, by id."""
    found = (
        reading.understood(row, key, lambda row: _adjustment(row, programme))
        for key, row in reading.keyed(table, "adjustment_id")
    )
    return tuple(one for one in found if one is not None)


def _currency(row: Row, programme: Programme) -> str:
    """The row's currency, else the programme's; while that cannot be read it is not guessed."""
    if not row.has("currency") and "currency" in programme.unreadable:
        raise BadCell("currency", "currency_unknown", "")
    return row.currency("currency", programme.currency)


def _adjustment(row: Row, programme: Programme) -> Adjustment:
    currency = _currency(row, programme)
    if not row.has("amount"):
        raise BadCell("amount", "amount_missing", "")
    return Adjustment(
        adjustment_id=row.text("adjustment_id"),
        partner_id=row.text("partner_id"),
        minor=row.booked("amount", currency),
        currency=currency,
        reason=row.text("reason"),
        on=row.day("date"),
        cell=row.at("adjustment_id"),
    )


def read_payout_cells(table: Table, reading: Reading) -> tuple[PayoutCells, ...]:
    """Read the cells of each payout that the owner fills."""
    found = (
        reading.understood(row, key, lambda row: _payout_cells(row, reading))
        for key, row in reading.keyed(table, "payout_id")
    )
    return tuple(one for one in found if one is not None)


def _payout_cells(row: Row, reading: Reading) -> PayoutCells:
    """Read a payout's cells; one that only tells more does not silence those that decide."""
    paid_on, result = row.day("paid_on"), row.choice("result", "")
    beside = {"reference": "", "document": ""}
    unread = False
    for column in beside:
        try:
            beside[column] = row.text(column)
        except BadCell as bad:
            reading.bad(row, column, bad.code, row.text("payout_id"), bad.shown)
            unread = True
    return PayoutCells(
        payout_id=row.text("payout_id"),
        paid_on=paid_on,
        reference=beside["reference"],
        result=result,
        document=beside["document"],
        cell=row.at("payout_id"),
        unread=unread,
    )
