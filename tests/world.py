"""What do tests of the whole core stand on? A book in memory, an inbox, and a clock to move.

Nothing is replaced by a stand-in: the store, the inbox, the outbox and every run are real ones.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tracker.book.rows import rows_of
from tracker.cells import Cell, shown
from tracker.deliveries import NewDelivery
from tracker.inbox import Inbox
from tracker.layout import LAYOUT, Tab, known_columns
from tracker.lines import JournalLine
from tracker.money import decimal_text, from_decimal
from tracker.month_drafts import drafts
from tracker.outbox import Outbox
from tracker.paying import propose_payouts
from tracker.payout_facts import Payout
from tracker.problems import Problem
from tracker.running import Rest, Workplace, at_rest, look, sync
from tracker.sealing import _claims, claim
from tracker.statements import Statement
from tracker.stores import Outcome, Store
from tracker.stores.memory import MemoryStore, Sheet

NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)
"""15:00 in Moscow, the zone of a new book."""
ORDERED = "2026-10-19T10:00:00Z"


class AnyWorld:
    """A programme at work on whatever store, its shop, and its clock."""

    def __init__(self, store: Store, now: datetime, inbox: Inbox | None = None) -> None:
        self.now = now
        self.store = store
        self.place = Workplace(
            store=store,
            inbox=inbox or Inbox(None),
            outbox=Outbox(None, lambda: self.now),
            secret=b"a secret of tests",
            clock=lambda: self.now,
        )
        self._delivered = 0

    # What the shop does.

    def deliver(self, order_id: str, *, at: str = "", id: str = "", **fields: object) -> None:  # noqa: A002
        """Land an order of 1000 RUB with IVAN01; `fields` change that, None leaves a field out.

        `at` is its `updated_at`; without it a later call is the greater version.
        """
        body: dict[str, object] = {
            "order_id": order_id,
            "ordered_at": ORDERED,
            "total": "1000",
            "currency": "RUB",
            "codes": ["IVAN01"],
            "updated_at": at or None,
        }
        self.land({k: v for k, v in (body | fields).items() if v is not None}, delivery_id=id)

    def land(
        self,
        body: object,
        *,
        source: str = "generic",
        delivery_id: str = "",
        received_at: datetime | None = None,
    ) -> None:
        """Land one delivery of any shop."""
        self._delivered += 1
        delivery = NewDelivery(
            source=source,
            delivery_id=delivery_id or f"d{self._delivered:03d}",
            received_at=received_at or self.now + timedelta(seconds=self._delivered),
            body=json.dumps(body, ensure_ascii=False),
            origin="the test",
        )
        self.place.inbox.land([delivery])

    # What the clock and cron do.

    def move(self, **passed: int) -> None:
        """Let time pass: `days=1`, `hours=2`."""
        self.now += timedelta(**passed)

    def sync(self, *, whole: bool = False) -> Rest:
        """Run once; `whole` as the first run of a day reads."""
        with self.store.writing(1):
            return sync(self.place, whole=whole)

    def propose(self) -> tuple[Payout, ...]:
        """Bring the book to rest and append the payouts that are due."""
        with self.store.writing(1):
            return propose_payouts(self.place)[1].payouts

    def statement(self, partner_id: str, month: str) -> Statement:
        """Work out a statement from the book as it stands, sealing nothing."""
        made = drafts(look(self.place), month)
        return next(one for one in made.statements if one.partner_id == partner_id)

    def seal(self, month: str, *, sent: bool = True) -> None:
        """Claim every partner's statement of a month, and note it as sent."""
        with self.store.writing(1):
            rest = at_rest(self.place, what="statements")
            made = drafts(rest, month).statements
            rows = [one for said in made for one in _claims(rest, said, "<a letter>")]
            rows += [replace(one, state="sent") for one in rows if sent]
            assert claim(self.place, rest, rows) is Outcome.DONE

    # What stands in the book.

    def rows(self, tab: Tab) -> list[dict[str, Cell]]:
        """All rows of a tab, cell by column key."""
        table = self.store.read([tab]).tables[tab]
        keys = [column.key for column in LAYOUT[tab].columns]
        return [{key: row.cell(key) for key in keys} for row in rows_of(table)]

    def lines(self, order_id: str) -> list[tuple[str, str, str]]:
        """An order's lines of Commissions in the order of n: (partner, kind, amount)."""
        found = [row for row in self.rows(Tab.COMMISSIONS) if row["order_id"] == order_id]
        found.sort(key=lambda row: (int(shown(row["n"])), shown(row["partner_id"])))
        return [(shown(r["partner_id"]), shown(r["kind"]), shown(r["amount"])) for r in found]

    def latest(self, order_id: str, source: str = "generic") -> JournalLine:
        """The Journal line that counts for an order."""
        return look(self.place).plan.books.orders[source, order_id].latest

    def reason(self, order_id: str, source: str = "generic") -> str:
        """The code of the reason why an order is whose it is."""
        return self.latest(order_id, source).reason.split(" ")[0]

    def balance(self, partner_id: str = "ivan", currency: str = "RUB", of: str = "balance") -> str:
        """What Balances shows; `of` may be on_hold, payable or proposed. "0.00" for no account."""
        for row in self.rows(Tab.BALANCES):
            if (row["partner_id"], row["currency"]) == (partner_id, currency):
                return decimal_text(from_decimal(_number(row[of]), currency), currency)
        return decimal_text(0, currency)

    def problems(self) -> list[Problem]:
        """What is wrong with the book as it stands."""
        return list(look(self.place).problems)

    def codes(self) -> set[str]:
        """The codes of those problems."""
        return {problem.code for problem in self.problems()}


class World(AnyWorld):
    """A programme in memory with the partners ivan (code IVAN01) and maria (code MARIA01, 15%)."""

    store: MemoryStore

    def __init__(self, now: datetime = NOON, **settings: str) -> None:
        store = MemoryStore()
        store.lay_out("en")
        super().__init__(store, now)
        for key, value in settings.items():
            self.edit(Tab.SETTINGS, key, "value", value)
        self.type(Tab.PARTNERS, partner_id="ivan", email="ivan@example.com", payout_details="card")
        self.type(Tab.PARTNERS, partner_id="maria", rate="15%", payout_details="card")
        self.type(Tab.CODES, code="IVAN01", partner_id="ivan")
        self.type(Tab.CODES, code="MARIA01", partner_id="maria")

    # What the owner does.

    def type(self, tab: Tab, **cells: Cell) -> None:
        """Type a row below the last one."""
        self.store.type_rows(tab, cells)

    def edit(self, tab: Tab, key: str, column: str, value: Cell) -> None:
        """Change one cell of the first row of that key."""
        sheet = self.store.book.sheets[tab]
        self._row(tab, key)[known_columns(tab, sheet.headings)[column]] = value

    def delete(self, tab: Tab, key: str) -> None:
        """Delete the first row of that key."""
        row = self._row(tab, key)
        sheet = self.store.book.sheets[tab]
        sheet.rows[:] = [one for one in sheet.rows if one is not row]

    def double(self, tab: Tab, key: str) -> None:
        """Copy the first row of that key below the last one."""
        self.store.book.sheets[tab].rows.append(list(self._row(tab, key)))

    def turn(self, tab: Tab) -> None:
        """Sort a tab the other way round."""
        self.store.book.sheets[tab].rows.reverse()

    def decide(self, order_id: str, decision: str, partner_id: str | None = None) -> None:
        """Write a row of Decisions about an order of the generic shop."""
        about = f"generic/{order_id}"
        self.type(Tab.DECISIONS, about=about, decision=decision, partner_id=partner_id)

    def _row(self, tab: Tab, key: str) -> list[Cell]:
        sheet: Sheet = self.store.book.sheets[tab]
        place = known_columns(tab, sheet.headings)[LAYOUT[tab].key_column]
        return next(row for row in sheet.rows if row[place] == key)


def _number(cell: Cell) -> Decimal:
    assert isinstance(cell, Decimal)
    return cell
