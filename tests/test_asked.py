"""Are questions noted with their answers, and is an order decided again only where one changed?"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.faults import book_of, forge, ills, values
from tests.world import World
from tracker.answering import ANSWERS as QUESTIONS
from tracker.customers import email_key
from tracker.history import History, Placed
from tracker.invariants import examine
from tracker.invariants.answers import ANSWERS
from tracker.layout import Tab
from tracker.programme import Programme
from tracker.stores.written import TEXT_CHARACTERS_MAX

ANNA, BORIS = {"email": "anna@example.com"}, {"email": "boris@example.com"}


def bought(world: World, order_id: str, day: int, **fields: Any) -> None:
    world.deliver(order_id, ordered_at=f"2026-10-{day:02}T10:00:00Z", **fields)


def asked(world: World, order_id: str, group: str = "whose") -> dict[str, Any]:
    """What was asked for an order, by the question's name."""
    rows = world.latest(order_id).parsed().get("asked", {}).get(group, [])
    return {question[0]: answer for question, answer in rows}


def limited(**cells: Any) -> World:
    """The code IVAN01 counts once, for whoever comes first."""
    world = World()
    for column, value in ({"max_uses": "1"} | cells).items():
        world.edit(Tab.CODES, "IVAN01", column, value)
    return world


def test_a_cancelled_order_gives_its_use_of_a_code_back_to_the_next() -> None:
    world = limited()
    bought(world, "1", 10)
    bought(world, "2", 11)
    world.sync()
    assert [world.reason("1"), world.reason("2")] == ["code_of_partner", "code_used_up"]
    bought(world, "1", 10, state="cancelled")
    world.sync()

    assert (asked(world, "2")["room"], world.lines("2")) == (True, [("ivan", "sale", "100")])
    assert (world.sync().plan.empty, ills(world)) == (True, {})


def test_an_earlier_order_that_comes_late_takes_the_place_of_a_later_one() -> None:
    world = limited()
    bought(world, "2", 11)
    world.sync()
    bought(world, "1", 10)
    world.sync()

    assert world.lines("2") == [("ivan", "sale", "100"), ("ivan", "clawback", "-100")]
    assert (world.reason("1"), world.balance()) == ("code_of_partner", "100.00")


def test_of_two_orders_of_one_moment_the_smaller_number_was_first() -> None:
    for first, then in (("1", "2"), ("2", "1")):
        world = limited()
        bought(world, first, 10)
        world.sync()
        bought(world, then, 10)
        world.sync()
        assert [world.reason("1"), world.reason("2")] == ["code_of_partner", "code_used_up"]


def test_a_limit_typed_later_leaves_earlier_orders_alone_until_an_answer_changes() -> None:
    world = World()
    for day in (10, 11, 12):
        bought(world, str(day), day)
    world.sync()
    world.edit(Tab.CODES, "IVAN01", "max_uses", "1")
    world.sync()

    assert world.balance() == "300.00"


def test_a_cancellation_that_moves_no_order_across_a_threshold_has_none_decided_again() -> None:
    world = World(cap_month="500", budget_month="900")
    world.type(Tab.TIERS, tier_id="T", counts="orders", rate="15%", period="ever", **{"from": "3"})
    for number in range(1, 6):
        bought(world, str(number), number, total="400")
    world.sync()
    assert world.balance() == "260.00"  # 40 + 40 + 60 + 60 + 60
    bought(world, "4", 4, total="400", state="cancelled")

    assert [world.sync().plan.counts.seen, world.sync().plan.counts.seen] == [1, 0]
    assert (world.balance(), ills(world)) == ("200.00", {})


def test_a_cancellation_that_does_has_those_decided_again_and_no_others() -> None:
    world = World(cap_month="150")
    world.type(Tab.TIERS, tier_id="T", counts="orders", rate="15%", period="ever", **{"from": "3"})
    for number in range(1, 6):
        bought(world, str(number), number, total="400")
    world.sync()
    assert world.balance() == "150.00"  # 40 + 40 + 60 + 10 + 0
    bought(world, "1", 1, total="400", state="cancelled")

    assert [world.sync().plan.counts.seen, world.sync().plan.counts.seen] == [4, 0]
    assert (world.balance(), ills(world)) == ("150.00", {})  # 40 + 40 + 60 + 10


def test_a_kopeck_that_the_exchange_hides_is_still_missed_from_the_budget() -> None:
    world = World(cap_customer="200", budget_month="210")
    world.edit(Tab.PARTNERS, "maria", "currency", "EUR")
    world.type(Tab.FX, date="2026-10-01", rate="0.0101", **{"from": "RUB", "to": "EUR"})
    bought(world, "1", 1, codes=["MARIA01"], customer=ANNA)
    bought(world, "2", 2, codes=["MARIA01"], customer=ANNA)
    bought(world, "3", 3, customer=BORIS)
    world.sync()
    assert [world.latest(number).owed[0].minor for number in "123"] == [152, 51, 1000]
    bought(world, "1", 1, codes=["MARIA01"], customer=ANNA, refunded="0.05")
    world.sync()

    # 149.99 + 50.01 + 10.00 RUB make the budget, though 50.01 RUB are 0.51 EUR as 50.00 were
    assert [world.latest(number).owed[0].minor for number in "123"] == [151, 51, 1000]
    assert (ills(world), world.sync().plan.empty) == ({}, True)


def test_what_was_asked_by_another_version_is_asked_anew_and_stops_nothing() -> None:
    world = limited()
    bought(world, "1", 10)
    world.sync()
    said = world.latest("1").parsed()
    said["asked"]["whose"].append([["phase_of_the_moon"], "full"])
    forge(world, "1", facts=json.dumps(said))
    world.sync()

    assert "phase_of_the_moon" not in asked(world, "1")
    assert (world.balance(), world.sync().plan.empty) == ("100.00", True)


def test_i23_an_answer_that_the_orders_before_do_not_give_is_named() -> None:
    world = limited()
    bought(world, "1", 10)
    bought(world, "2", 11, codes=["MARIA01"])
    world.sync()
    world.edit(Tab.CODES, "MARIA01", "max_uses", "1")
    said = world.latest("2").parsed() | {"asked": {"whose": [[["room", ["maria01"], 0], True]]}}
    line = replace(world.latest("2"), facts=json.dumps(said))
    found = ills_of(world, line.facts)

    assert set(found) == {"I23"}
    assert values(found["I23"]) == {
        "about": "generic/2", "question": '["room", ["maria01"], 0]', "right": "false",
    }  # fmt: skip


def ills_of(world: World, facts: str) -> dict[str, Any]:
    """What the doctor says of a book whose order 2 stands by these facts, as it is read."""
    book = book_of(world)
    orders = dict(book.plan.books.orders)
    key = ("generic", "2")
    line = replace(orders[key].latest, facts=facts)
    orders[key] = replace(orders[key], lines=(line,))
    plan = replace(book.plan, books=replace(book.plan.books, orders=orders))
    found = examine(replace(book, plan=plan))
    return {name: fault for name, fault in found.items() if fault is not None}


def test_the_doctor_can_answer_every_question_that_can_be_asked() -> None:
    assert ANSWERS.keys() == QUESTIONS.keys()


def test_while_a_setting_cannot_be_read_nobody_loses_an_order_for_what_others_did() -> None:
    world = limited()
    bought(world, "2", 11)
    world.sync()
    world.edit(Tab.SETTINGS, "rate", "value", "a lot")
    bought(world, "1", 10)
    world.sync()
    assert (world.balance(), world.reason("1")) == ("100.00", "settings_unreadable")
    world.edit(Tab.SETTINGS, "rate", "value", "10%")
    world.sync()

    assert [world.reason("1"), world.reason("2")] == ["code_of_partner", "code_used_up"]
    assert ills(world) == {}


def clicked(world: World, count: int) -> None:
    """Anna clicked on links of ivan and maria in turn, once an hour from 1 October on."""
    key = email_key(world.place.secret, "anna@example.com")
    for hour in range(count):
        at = datetime(2026, 10, 1, tzinfo=UTC) + timedelta(hours=hour)
        ref = "of-ivan" if hour % 2 else "of-maria"
        world.type(
            Tab.CLICKS, click_id=f"c{hour}", clicked_at=at.isoformat(), ref=ref, customer=key
        )


def of_links(conflict: str = "code") -> World:
    world = World(attribution="code_or_click", conflict=conflict)
    world.type(Tab.LINKS, ref="of-ivan", partner_id="ivan")
    world.type(Tab.LINKS, ref="of-maria", partner_id="maria")
    return world


def test_of_hundreds_of_touches_the_last_ones_are_noted_and_the_owner_is_told() -> None:
    world = of_links(conflict="last_touch")
    clicked(world, 300)
    bought(world, "1", 19, codes=[], customer=ANNA)
    world.sync()

    touches = world.latest("1").parsed()["touches"]
    assert (touches[-1][3], 30 < len(touches) < 60) == ("of-ivan", True)
    assert "touches_capped" in world.codes()
    assert (world.reason("1"), world.sync().plan.empty) == ("link_wins", True)


def test_touches_of_a_customer_who_was_corrected_are_forgotten() -> None:
    world = of_links()
    clicked(world, 2)
    bought(world, "1", 19, codes=[], customer=ANNA)
    world.sync()
    assert world.latest("1").partner_id
    bought(world, "1", 19, codes=[], customer=BORIS)
    world.sync()

    assert (world.reason("1"), world.balance("ivan"), world.balance("maria")) == (
        "no_evidence", "0.00", "0.00",
    )  # fmt: skip


def test_a_touch_after_the_corrected_time_of_the_order_no_longer_counts() -> None:
    world = of_links()
    clicked(world, 1)
    bought(world, "1", 1, codes=[], customer=ANNA)
    world.sync()
    assert world.reason("1") == "click_of_partner"
    world.deliver("1", ordered_at="2026-09-30T10:00:00Z", codes=[], customer=ANNA)
    world.sync()

    assert (world.reason("1"), world.balance("maria")) == ("no_evidence", "0.00")


def test_an_order_of_many_goods_with_rates_of_their_own_fits_into_its_cells() -> None:
    world = World()
    for number in range(240):
        world.type(Tab.RULES, priority=str(number + 1), sku=f"product-{number}", rate="7%")
    items = [{"sku": f"product-{n}", "category": "tea", "quantity": "1", "price": "10"}
             for n in range(240)]  # fmt: skip
    world.deliver("1", items=items, total="2400")
    world.sync()

    line = world.latest("1")
    assert max(len(line.facts), len(line.decision)) < TEXT_CHARACTERS_MAX
    assert (world.balance(), ills(world), world.sync().plan.empty) == ("168.00", {}, True)


def placed(number: int, keys: str, **changes: Any) -> Placed:
    at = datetime(2026, 10, 10, tzinfo=UTC)
    plain = Placed(
        at=at,
        day=at.date(),
        customer=frozenset(keys.split()),
        counts=True,
        partner_id=f"p{number}",
        code="tea",
        evidence="code",
        sales=100,
        currency="RUB",
    )
    return plain._replace(**changes)


@pytest.mark.parametrize("keys", [("a", "b", "a b"), ("b", "a", "a b"), ("a b", "a", "b")])
def test_customers_whom_an_order_joins_keep_their_orders_in_the_order_they_were_placed(
    keys: tuple[str, ...],
) -> None:
    history = History(Programme(zone=ZoneInfo("Europe/Moscow")))
    for number, own in enumerate(keys):
        history.add(placed(number, own))

    at = datetime(2026, 10, 11, tzinfo=UTC)
    for name in ("a", "b"):
        holder = history.bound([name], at, -1, -1)
        assert holder is not None
        assert (holder.partner_id, history.uses_by([name], ["tea"], None)) == ("p0", 3)
    assert not history.used_by_others(frozenset("b"), ["tea"])


def test_a_binding_is_looked_for_among_ten_thousand_orders_of_one_address_in_no_time() -> None:
    history = History(Programme(zone=ZoneInfo("Europe/Moscow")))
    steps = 0
    for number in range(10_000):
        history.add(placed(number, "e:shop", evidence="decision"))
        steps += history.bound(["e:shop"], datetime(2026, 10, 11, tzinfo=UTC), 5, 5) is None

    assert steps == 10_000
