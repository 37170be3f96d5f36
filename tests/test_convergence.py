"""Does the book end the same, however deliveries arrive? Properties, each beside its literal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world import NOON, World
from tracker.cells import shown
from tracker.layout import Tab
from tracker.orders import read_facts
from tracker.running import look

Body = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """One delivery with its own time of arrival, in whichever order it is landed."""

    number: int
    minute: int
    body: Body = field(hash=False)
    source: str = "generic"

    def land(self, world: World) -> None:
        world.land(
            self.body,
            source=self.source,
            delivery_id=f"d{self.number}",
            received_at=NOON + timedelta(minutes=self.minute),
        )


def programme(two_codes: str = "review", self_purchase: str = "flag") -> World:
    """Two partners with several codes of several terms, one code handed over, one unknown."""
    world = World(two_codes=two_codes, self_purchase=self_purchase)
    world.type(Tab.CODES, code="IVAN20", partner_id="ivan", rate="20%")
    world.type(Tab.CODES, code="IVANSUM", partner_id="ivan", rate="50 EUR")
    world.type(Tab.CODES, code="PASSED", partner_id="ivan", valid_to="10.10.2026")
    world.type(Tab.CODES, code="PASSED", partner_id="maria", valid_from="11.10.2026")
    return world


def end_of(world: World) -> object:
    """The sums of every account, and what is known, decided and owed of every order."""
    balances = [
        tuple(shown(cell) for cell in (row["partner_id"], row["currency"], row["balance"]))
        for row in world.rows(Tab.BALANCES)
        if row["balance"]
    ]
    orders = [
        (key, line.state, line.partner_id, line.reason, line.owed)
        for key, line in latest_lines(world)
    ]
    facts = [read_facts(line.parsed()).substance() for _, line in latest_lines(world)]
    return balances, orders, facts


def latest_lines(world: World) -> list[tuple[tuple[str, str], Any]]:
    orders = look(world.place).plan.books.orders
    return [(key, order.latest) for key, order in sorted(orders.items())]


def bring(world: World, batches: Sequence[Sequence[Sent]]) -> World:
    for batch in batches:
        for sent in batch:
            sent.land(world)
        world.sync()
        world.move(minutes=1)
    return world


_CODES = ["IVAN01", "IVAN20", "IVANSUM", "MARIA01", "PASSED", "NOPE", " ivan01"]
optional_bodies = {
    "state": st.sampled_from(["pending", "paid", "refunded", "cancelled"]),
    "refunded": st.sampled_from(["0", "0.05", "333.33", "900", "1000"]),
    "codes": st.lists(st.sampled_from(_CODES), max_size=2),
    "customer": st.sampled_from([{"email": "ivan@example.com"}, {"email": "b@example.com"}]),
    "shipping": st.sampled_from(["0", "100"]),
    "test": st.booleans(),
    "updated_at": st.sampled_from(["2026-10-20T12:03:00Z", "2026-10-20T12:05:00Z"]),
}
bodies = st.fixed_dictionaries(
    {
        "order_id": st.sampled_from("12"),
        "ordered_at": st.sampled_from(["2026-10-10T10:00:00Z", "2026-10-11T10:00:00Z"]),
        "total": st.sampled_from(["1000", "900", "0.05", "0"]),
        "currency": st.just("RUB"),
    },
    optional=optional_bodies,
)


@st.composite
def deliveries(draw: st.DrawFn) -> list[Sent]:
    found = draw(st.lists(st.tuples(st.integers(0, 9), bodies), min_size=1, max_size=6))
    return [Sent(number, minute, body) for number, (minute, body) in enumerate(found)]


def cut(sent: list[Sent], sizes: list[int]) -> list[list[Sent]]:
    """Cut a list into batches of those sizes; the rest is the last batch."""
    batches = []
    for size in sizes:
        batches.append(sent[:size])
        sent = sent[size:]
    return [*batches, sent]


@settings(max_examples=60)
@given(st.data(), deliveries(), st.sampled_from(["first", "last", "review"]))
def test_order_repetition_and_batching_of_deliveries_change_no_sum(
    data: st.DataObject, sent: list[Sent], two_codes: str
) -> None:
    rule = data.draw(st.sampled_from(["block", "flag", "allow"]))
    doubled = data.draw(st.permutations([*sent, *data.draw(st.lists(st.sampled_from(sent)))]))
    sizes = data.draw(st.lists(st.integers(0, 3), max_size=5))
    at_once = bring(programme(two_codes, rule), [sent])
    by_and_by = bring(programme(two_codes, rule), cut(doubled, sizes))

    assert end_of(by_and_by) == end_of(at_once)


@settings(max_examples=40)
@given(deliveries())
def test_a_second_run_writes_nothing(sent: list[Sent]) -> None:
    world = bring(programme(), [sent[:2], sent[2:]])
    generation = world.store.book.generation
    run = world.sync()

    assert (run.plan.empty, run.committed) == (True, False)
    assert world.store.book.generation == generation
    assert "written=0" in str(run.plan.counts)


@settings(max_examples=40)
@given(deliveries(), st.sampled_from(["cancelled", "refunded"]))
def test_what_is_wholly_taken_back_sums_to_zero(sent: list[Sent], state: str) -> None:
    last = {"updated_at": "2026-10-20T13:00:00Z", "ordered_at": "2026-10-10T10:00:00Z"}
    same = {"total": "1000", "currency": "RUB", "state": state}
    ends = [Sent(90 + int(one), 59, {"order_id": one} | last | same) for one in "12"]
    world = bring(programme(), [sent, ends])

    assert {row["balance"] for row in world.rows(Tab.BALANCES)} <= {0}


def shopify(order_id: int = 1) -> Sent:
    body = {
        "id": order_id,
        "processed_at": "2026-10-19T10:00:00Z",
        "updated_at": "2026-10-20T12:00:00Z",
        "currency": "RUB",
        "total_price": "1000.00",
        "financial_status": "paid",
        "line_items": [],
        "discount_codes": [{"code": "IVAN01", "amount": "0.00", "type": "percentage"}],
    }
    return Sent(0, 0, body, "shopify")


def refund(number: int, amount: str, minute: int) -> Sent:
    moment = f"2026-10-20T12:{minute:02}:00Z"
    money = {"amount": amount, "kind": "refund", "status": "success", "currency": "RUB"}
    body = {"id": number, "order_id": 1, "created_at": moment, "transactions": [money]}
    return Sent(number, minute, body, "shopify")


@settings(max_examples=40)
@given(st.permutations(range(4)), st.lists(st.integers(0, 2), max_size=4))
def test_refunds_delivered_alone_before_or_after_their_order_come_to_the_same(
    order: list[int], sizes: list[int]
) -> None:
    sent = [shopify(), refund(7, "100.00", 5), refund(8, "200.00", 6), refund(9, "50.50", 7)]
    world = bring(programme(), cut([sent[place] for place in order], sizes))

    assert world.balance() == "64.95"


def test_a_refund_before_its_order_waits() -> None:
    world = bring(programme(), [[refund(7, "100.00", 5)]])
    waiting = world.sync().plan.counts
    bring(world, [[shopify()]])

    assert (waiting.written, world.balance()) == (0, "90.00")
    assert [line.n for _, line in latest_lines(world)] == [2]


@pytest.mark.parametrize("batches", [[[0, 1]], [[1, 0]], [[0], [1]], [[1], [0]], [[0], [1], [0]]])
def test_another_code_of_the_same_partner_comes_to_the_same_sum(batches: list[list[int]]) -> None:
    order = {"order_id": "1", "ordered_at": "2026-10-10T10:00:00Z"}
    paid = {"total": "1000", "currency": "RUB"}
    sent = [
        Sent(1, 1, order | paid | {"codes": ["IVAN01"]}),
        Sent(2, 2, order | paid | {"codes": ["IVAN20"]}),
    ]
    world = bring(programme(), [[sent[place] for place in batch] for batch in batches])

    assert world.balance() == "200.00"


@pytest.mark.parametrize("batches", [[[0, 1]], [[0], [1]], [[1], [0]]])
def test_a_corrected_day_of_the_order_comes_to_the_same_owner(batches: list[list[int]]) -> None:
    order = {"order_id": "1", "total": "1000", "currency": "RUB", "codes": ["PASSED"]}
    sent = [
        Sent(1, 1, order | {"ordered_at": "2026-10-10T23:59:59+03:00"}),
        Sent(2, 2, order | {"ordered_at": "2026-10-11T00:00:00+03:00"}),
    ]
    world = bring(programme(), [[sent[place] for place in batch] for batch in batches])

    assert (world.balance("ivan"), world.balance("maria")) == ("0.00", "150.00")


def test_a_cursor_lost_with_its_inbox_changes_no_sum() -> None:
    world = programme()
    for refunded in ("0", "300"):
        world.deliver("1", refunded=refunded, at=f"2026-10-20T12:0{refunded[0]}:00Z")
        world.sync()
    before = len(world.rows(Tab.JOURNAL))
    for key in [key for key in world.store.book.state if key.startswith("cursor:")]:
        del world.store.book.state[key]
    run = world.sync()

    assert (run.plan.empty, len(world.rows(Tab.JOURNAL)), world.balance()) == (
        True,
        before,
        "70.00",
    )


def test_an_older_inbox_that_has_grown_past_the_cursor_is_read_whole() -> None:
    world = programme()
    for number in range(10):
        world.deliver(f"a{number}")
    copy = world.place.inbox.snapshot()
    for number in range(5):
        world.deliver(f"b{number}")
    world.sync()
    world.place.inbox.close()
    world.place = replace(world.place, inbox=copy)
    for number in range(20):
        world.deliver(f"c{number}")
    world.sync()

    found = [row["order_id"] for row in world.rows(Tab.JOURNAL)]
    assert len(found) == len(set(found)) == 35


def test_a_cursor_of_an_earlier_version_is_read_on_and_is_no_reason_to_write() -> None:
    world = programme()
    world.deliver("1")
    world.sync()
    key = f"cursor:{world.place.inbox.id}"
    assert world.store.book.state[key] == f"1-{world.place.inbox.trace(1)}"
    world.store.book.state[key] = "1"

    assert (world.sync().committed, world.store.book.state[key]) == (False, "1")
    world.deliver("2")
    assert (world.sync().plan.counts.seen, world.store.book.state[key][:2]) == (1, "2-")


def test_time_passing_alone_writes_no_ledger_line() -> None:
    world = bring(programme(), [[shopify()]])
    world.now = datetime(2027, 6, 1, tzinfo=UTC)

    assert world.sync().plan.empty


def cash_order(status: str, changed: str) -> dict[str, object]:
    """Order 7 of the WooCommerce dialect, 1000.00 on delivery, as the shop tells it at that hour."""
    return {
        "id": 7,
        "status": status,
        "payment_method": "cod",
        "date_created_gmt": "2026-10-07T08:00:00",
        "date_modified_gmt": f"2026-10-07T{changed}:00:00",
        "currency": "RUB",
        "total": "1000.00",
        "coupon_lines": [{"code": "IVAN01"}],
        "line_items": [],
    }


@pytest.mark.parametrize(("cash_orders", "owed"), [("wait", "0.00"), ("count", "100.00")])
@pytest.mark.parametrize("batches", [[[0, 1]], [[0], [1]], [[1], [0]]])
def test_cash_that_is_taken_back_to_unpaid_comes_to_the_same_sum(
    batches: list[list[int]], cash_orders: str, owed: str
) -> None:
    world = World(cash_orders=cash_orders)
    versions = [cash_order("completed", "09"), cash_order("processing", "10")]
    for batch in batches:
        for number in batch:
            world.land(versions[number], source="woocommerce")
        world.sync()

    assert world.balance() == owed


def test_cash_that_was_counted_stays_counted_when_the_setting_changes() -> None:
    world = World(cash_orders="count")
    world.land(cash_order("processing", "09"), source="woocommerce")
    world.sync()
    world.edit(Tab.SETTINGS, "cash_orders", "value", "wait")
    world.land(cash_order("on-hold", "10") | {"shipping_total": "100.00"}, source="woocommerce")
    world.sync()

    # Goods of 900.00 at 10%: the postage is new, that cash counts was fixed before.
    assert world.balance() == "90.00"
