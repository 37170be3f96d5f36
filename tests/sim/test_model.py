"""Does the model of the simulator owe what it should? Worked out by hand."""

from __future__ import annotations

from random import Random

import pytest

from tests.sim.judge import Judge
from tests.sim.memory import InMemory
from tests.sim.programme import add_a_tier
from tests.sim.scripts import order
from tests.sim.truth import CodeTerms, Truth, Version
from tests.sim.world import Broken, World

PAID = Version("1", 1, 0.0, "RUB", ("A",), total="1000.05", shipping="0.04", refunded="333.33")


def truth(*versions: Version) -> Truth:
    made = Truth({"A": CodeTerms(("ivan",)), "B": CodeTerms(("maria",))},
                 {"ivan": ["10%"], "maria": ["15%", "20%"]})  # fmt: skip
    for version in versions:
        made.hear(version, acked=True)
    return made


@pytest.mark.parametrize(("rate", "state", "currency", "kopecks"), [
    ("10%", "paid", "RUB", 6667),        # 10% of 666.68 is 66.668
    ("50%", "paid", "JPY", 333),         # 50% of 666.68 is 333.34
    ("10%", "pending", "RUB", 0),
    ("10%", "cancelled", "RUB", 0),
    ("5.55 RUB", "paid", "EUR", 555),
    ("5.55 RUB", "refunded", "EUR", 0),
])  # fmt: skip
def test_an_order_owes_its_rate_of_its_goods_half_up(
    rate: str, state: str, currency: str, kopecks: int
) -> None:
    version = Version("1", 1, 0.0, currency, ("A",), "1000.05", "0.04", "333.33", state)

    assert Truth({}, {}).due(version, rate) == kopecks


@pytest.mark.parametrize(("currency", "rate", "kopecks"), [
    ("RUB", "10%", 5000), ("EUR", "10%", 6667), ("EUR", "60 RUB", 5000), ("RUB", "5%", 3333),
])  # fmt: skip
def test_a_cap_in_roubles_binds_what_is_owed_in_roubles(
    currency: str, rate: str, kopecks: int
) -> None:
    version = Version("1", 1, 0.0, currency, ("A",), "1000.05", "0.04", "333.33")

    assert Truth({}, {}, cap="50").due(version, rate) == kopecks


def test_the_greatest_version_counts_in_whatever_order_they_came() -> None:
    newer = Version("1", 2, 0.0, "RUB", ("A",), total="10")

    assert truth(newer, PAID).expected("1") == [{("1", "ivan", "RUB"): 100}]
    assert truth(newer, PAID).possible("1") == {("ivan", "RUB", 100), ("ivan", "RUB", 6667)}


def test_an_answer_given_at_rest_stays_the_answer() -> None:
    made = truth(Version("1", 1, 0.0, "RUB", ("B",), total="10"))
    assert made.expected("1") == [{("1", "maria", "RUB"): 150}, {("1", "maria", "RUB"): 200}]

    made.pin("1", {("1", "maria", "RUB"): 150})
    assert made.expected("1") == [{("1", "maria", "RUB"): 150}]


def two_orders(**first: str) -> Truth:
    """Order 1 and then order 2, 100 roubles each, of ivan who has 10 %; from his second on 25 %."""
    codes = ("A",)
    made = truth(
        Version("1", 1, 1.0, "RUB", codes, total="100", **first),
        Version("2", 1, 2.0, "RUB", codes, total="100"),
    )
    made.tier = (2, "25%")
    return made


def test_a_tier_holds_from_a_partner_s_second_order_on() -> None:
    made = two_orders()
    stands = {"1": {("1", "ivan", "RUB"): 1000}, "2": {("2", "ivan", "RUB"): 2500}}

    assert made.expected("1", stands) == [stands["1"]]
    assert made.expected("2", stands) == [stands["2"]]
    assert made.possible("2") == {("ivan", "RUB", 1000), ("ivan", "RUB", 2500)}


@pytest.mark.parametrize("first", [{"state": "cancelled"}, {"refunded": "100"}])
def test_an_order_that_was_given_back_brings_nobody_nearer_to_a_tier(first: dict[str, str]) -> None:
    assert two_orders(**first).expected("2", {}) == [{("2", "ivan", "RUB"): 1000}]


def test_where_nobody_knows_whose_the_first_order_is_either_rate_is_right() -> None:
    made = two_orders()
    made.wound(("generic", "1"), "jn_1", terms=True)
    both = [{("2", "ivan", "RUB"): 1000}, {("2", "ivan", "RUB"): 2500}]

    assert made.expected("2", {}) == both


def test_a_tier_replaces_no_rate_of_a_code_s_own() -> None:
    made = two_orders()
    made.codes["A"] = CodeTerms(("ivan",), "20%")

    assert made.expected("2", {}) == [{("2", "ivan", "RUB"): 2000}]


def test_a_judge_names_an_order_that_is_paid_by_the_wrong_tier() -> None:
    with World(InMemory(), Random(1)) as world:
        add_a_tier(world.desk, 2, "25%")
        for _ in range(2):
            order(world, "IVAN01")
        world.truth.tier = (2, "25%")
        Judge(world).liveness()
        world.truth.tier = (3, "25%")

        with pytest.raises(Broken, match=r"o\d stands as .*25000.*10000"):
            Judge(world).liveness()
