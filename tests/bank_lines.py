"""How does a test read a bank statement into a book? Its lines, as the Journal keeps them."""

from __future__ import annotations

from datetime import date

from tests.world import AnyWorld
from tracker.book.writing import journal_record
from tracker.layout import Tab
from tracker.owners_money import bank_line
from tracker.payout_facts import BankLine, payout_of
from tracker.running import Rest, at_rest, commit_more
from tracker.stores import Outcome


def bank_says(world: AnyWorld, payout_id: str, on: date, reference: str = "BANK 1") -> Rest:
    """Note that the bank paid a payout on that day, and sync."""
    with world.store.writing(1):
        rest = at_rest(world.place, what="payouts")
        latest = rest.plan.books.orders["payout", payout_id].latest
        bank = BankLine(paid_on=on, reference=reference)
        line = bank_line(payout_of(latest), bank, "en", rest.plan.noted_at, latest.n + 1)
        appends = {Tab.JOURNAL: [journal_record(line)]}
        assert commit_more(world.place, rest, appends) is Outcome.DONE
    return world.sync()
