"""Does what is known of an order depend on what was said of it only, not on when it came?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest

from tests.world import World
from tracker.layout import Tab
from tracker.model import Item, LoneRefund, OrderVersion, Refund, State
from tracker.orders import FACTS_CHARACTERS_MAX, Facts, fold, read_facts, write_facts

SECRET = b"a secret of tests"
NOON = datetime(2026, 10, 20, 12, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def version(minutes: int = 0, *, total: int = 10000, delivery_id: str = "") -> OrderVersion:
    """A version of order 1 that says little more than its total."""
    return OrderVersion(
        source="generic",
        order_id="1",
        delivery_id=delivery_id or f"d{minutes}",
        received_at=after(minutes),
        sha256="0" * 64,
        ordered_at=NOON,
        currency="RUB",
        total=total,
    )


def refund(refund_id: str, minutes: int, goods: str) -> Refund:
    return Refund(refund_id=refund_id, at=after(minutes), goods=Decimal(goods))


def lone(refund_id: str, minutes: int, goods: str) -> LoneRefund:
    return LoneRefund(
        source="generic",
        order_id="1",
        delivery_id=f"r{refund_id}",
        received_at=after(minutes),
        sha256="1" * 64,
        refund=refund(refund_id, minutes, goods),
    )


def folded(deliveries: Iterable[OrderVersion | LoneRefund], known: Facts | None = None) -> Facts:
    found = list(deliveries)
    versions = [one for one in found if isinstance(one, OrderVersion)]
    refunds = [one for one in found if isinstance(one, LoneRefund)]
    return fold(known or Facts(), versions, refunds, SECRET)


def refunded(facts: Facts) -> list[str]:
    return [str(one.goods) for one in facts.refunds()]


STORY: Sequence[OrderVersion | LoneRefund] = (
    replace(version(0), codes=("IVAN01",), email="buyer@example.com", shipping=500),
    replace(version(10, total=9000), state=State.PENDING, refunds=(refund("a", 5, "10"),)),
    replace(version(20, total=8000), codes=("MARIA01",), updated_at=after(5)),
    lone("b", 15, "20"),
    lone("c", 7, "30"),
)


def test_any_order_of_deliveries_gives_the_same_facts() -> None:
    facts = {write_facts(folded(order)) for order in permutations(STORY)}

    assert len(facts) == 1


def test_any_order_one_by_one_and_each_twice_gives_the_same_facts() -> None:
    expected = write_facts(folded(STORY))
    for order in permutations(STORY):
        facts = Facts()
        for delivery in (*order, *order):
            facts = folded([delivery], facts)

        assert write_facts(facts) == expected


def test_the_greatest_version_gives_each_field_that_it_says() -> None:
    facts = folded(STORY)

    assert (facts.whole("total"), facts.codes) == (9000, ("MARIA01",))
    assert (facts.state(cash_counts=True), facts.whole("shipping")) == (State.PENDING, 500)


def test_a_field_left_out_keeps_its_last_value() -> None:
    facts = folded([replace(version(0), codes=("IVAN01",), city="Tver"), version(10, total=1)])

    assert (facts.whole("total"), facts.codes, facts.text("city")) == (1, ("IVAN01",), "Tver")


def test_an_empty_list_of_codes_is_a_word_and_not_silence() -> None:
    facts = folded([replace(version(0), codes=("IVAN01",)), replace(version(10), codes=())])

    assert facts.codes == ()


def test_the_time_of_the_shop_goes_before_the_time_of_arrival() -> None:
    late_news = replace(version(60, total=1), updated_at=after(1))
    facts = folded([late_news, replace(version(2, total=2), updated_at=after(2))])

    assert facts.whole("total") == 2


@pytest.mark.parametrize(
    ("lesser", "greater"),
    [
        (State.PENDING, State.PAID),
        (State.PAID, State.REFUNDED),
        (State.REFUNDED, State.CANCELLED),
    ],
)
def test_at_one_moment_the_later_state_counts(lesser: State, greater: State) -> None:
    one = replace(version(0, delivery_id="z"), state=lesser)
    other = replace(version(0, delivery_id="a"), state=greater)

    assert folded([one, other]).state(cash_counts=True) is greater


def test_at_one_moment_and_state_the_greater_delivery_id_counts() -> None:
    facts = folded([version(0, total=2, delivery_id="b"), version(0, total=1, delivery_id="a")])

    assert facts.whole("total") == 2


def test_a_list_of_refunds_replaces_those_known_before() -> None:
    first = replace(version(0), refunds=(refund("a", 0, "10"), refund("b", 0, "20")))
    second = replace(version(10), refunds=(refund("b", 0, "25"),))

    assert refunded(folded([first, second])) == ["25"]


def test_a_refund_alone_is_added_to_an_older_list() -> None:
    listed = replace(version(0), refunds=(refund("a", 0, "10"),))

    assert refunded(folded([listed, lone("b", 5, "20")])) == ["10", "20"]


def test_a_refund_alone_that_a_later_list_leaves_out_is_gone() -> None:
    listed = replace(version(10), refunds=(refund("a", 0, "10"),))

    assert refunded(folded([lone("b", 5, "20"), listed])) == ["10"]


def test_a_refund_alone_that_is_listed_too_counts_once() -> None:
    listed = replace(version(0), refunds=(refund("b", 5, "20"),))

    assert refunded(folded([listed, lone("b", 5, "20")])) == ["20"]


def test_a_refund_before_its_order_waits_and_then_counts() -> None:
    waiting = folded([lone("b", 5, "20")])

    assert waiting.state(cash_counts=True) is State.WAITING
    assert refunded(folded([version(0)], waiting)) == ["20"]


def test_a_shop_that_says_no_state_was_paid() -> None:
    assert folded([version(0)]).state(cash_counts=True) is State.PAID


@pytest.mark.parametrize(("counts", "state"), [(True, State.PAID), (False, State.PENDING)])
def test_a_cash_order_counts_or_waits(counts: bool, state: State) -> None:  # noqa: FBT001
    facts = folded([replace(version(0), state=State.PENDING, cash=True)])

    assert facts.state(cash_counts=counts) is state


def test_contacts_become_keys_and_are_not_kept() -> None:
    facts = folded([replace(version(0), email="Buyer@Example.com", phone="+7 900 000-00-01")])
    again = folded([replace(version(0), email="buyer@example.com", phone="8 900 000 00 01")])

    assert "example" not in write_facts(facts)
    assert "9000000001" not in write_facts(facts)
    assert facts.customer == again.customer


def test_facts_come_back_from_their_cell() -> None:
    facts = folded(STORY)

    assert read_facts(json.loads(write_facts(facts))) == facts


def test_facts_that_would_not_fit_leave_the_goods_out_and_keep_the_sums() -> None:
    items = tuple(Item(sku=f"sku-{number:05}" * 3) for number in range(1000))
    refunds = tuple(refund(f"r{number}", 0, "0.01") for number in range(1000))
    facts = folded([replace(version(0), items=items, refunds=refunds)])

    assert len(write_facts(facts)) <= FACTS_CHARACTERS_MAX
    assert (facts.capped, facts.get("items"), refunded(facts)) == (True, None, ["10.00"])


def test_a_version_that_fits_again_is_no_longer_capped() -> None:
    long = replace(version(0), items=tuple(Item(sku="s" * 60) for _ in range(1000)))
    short = replace(version(10), items=(Item(sku="tea"),))

    assert folded([short], folded([long])) == folded([long, short])
    assert not folded([long, short]).capped


def test_a_capped_order_is_a_problem_and_pays_in_full() -> None:
    world = World()
    world.deliver("1", items=[{"sku": f"sku-{number:060}"} for number in range(1000)])
    world.sync()

    assert world.codes() == {"facts_capped"}
    assert world.balance() == "100.00"


def test_a_newer_version_with_the_same_facts_is_no_new_line() -> None:
    world = World()
    for minute in (1, 2):
        world.deliver("1", at=f"2026-10-20T10:0{minute}:00Z")
        world.sync()

    assert len(world.rows(Tab.JOURNAL)) == 1


def test_signs_that_a_cell_cannot_hold_do_not_set_the_order_aside() -> None:
    world = World()
    world.deliver("1", city="Tver\uffff\x07", codes=["IVAN01\ufffe"])
    world.sync()

    assert (world.balance(), world.codes()) == ("100.00", set())
