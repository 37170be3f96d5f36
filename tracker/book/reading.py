"""What does the whole book say? A snapshot of tabs becomes `Known`."""

from __future__ import annotations

from tracker.book.code_rows import read_codes
from tracker.book.lead_rows import read_leads
from tracker.book.ledger_tabs import (
    read_facts_tab,
    read_history,
    read_lines_tab,
    read_payout_rows,
    read_statements,
)
from tracker.book.owner_tabs import (
    read_adjustments,
    read_decisions,
    read_partners,
    read_payout_cells,
)
from tracker.book.rows import Reading
from tracker.book.rule_rows import read_fx, read_rules
from tracker.book.settings_tab import read_programme
from tracker.book.tier_rows import read_tiers
from tracker.book.touch_rows import read_clicks, read_links
from tracker.known import Known
from tracker.layout import Tab, columns_of
from tracker.programme import normal_code
from tracker.stores import Snapshot

# What a sync reads; reports are read to see whether they change.
SYNC_TABS = tuple(Tab)


def read_book(snapshot: Snapshot, secret: bytes) -> Known:
    """Understand a snapshot row by row.

    Raises Stop when a heading is missing or doubled; everything else is a problem of its row.
    """
    tables = snapshot.tables
    for table in tables.values():
        # Also in tabs that only this run's commit or a later one will need.
        columns_of(table.tab, table.headings, table.title)
    reading = Reading(problems=[], unreadable={})
    programme = read_programme(tables[Tab.SETTINGS], reading)
    partners = read_partners(tables[Tab.PARTNERS], reading, programme, secret)
    codes = read_codes(tables[Tab.CODES], reading, programme)
    names = {normal_code(code.code) for code in codes}
    return Known(
        programme=programme,
        partners=partners,
        codes=codes,
        # In this order, in which the problems of their rows are told.
        rules=read_rules(tables[Tab.RULES], reading, partners, names),
        fx=read_fx(tables[Tab.FX], reading),
        tiers=read_tiers(tables[Tab.TIERS], reading, programme, partners),
        decisions=read_decisions(tables[Tab.DECISIONS], reading),
        adjustments=read_adjustments(tables[Tab.ADJUSTMENTS], reading, programme),
        leads=read_leads(tables[Tab.LEADS], reading, programme, secret),
        links=read_links(tables[Tab.LINKS], reading),
        clicks=read_clicks(tables[Tab.CLICKS], reading, programme),
        payout_cells=read_payout_cells(tables[Tab.PAYOUTS], reading),
        history=read_history(tables[Tab.CODE_HISTORY], reading),
        statements=read_statements(tables[Tab.STATEMENTS], reading),
        payout_rows=read_payout_rows(tables[Tab.PAYOUTS]),
        facts=read_facts_tab(tables[Tab.JOURNAL]),
        written=read_lines_tab(tables[Tab.COMMISSIONS]),
        tracker=snapshot.state,
        # Last, when every row has been read.
        unreadable={tab: frozenset(keys) for tab, keys in reading.unreadable.items()},
        problems=tuple(reading.problems),
    )
