"""Does the owner's word about an order hold, and only his word?"""

from __future__ import annotations

import pytest

from tests.world import World
from tracker.layout import Tab


def test_assign_gives_an_order_without_a_code_to_a_partner_on_his_own_terms() -> None:
    world = World()
    world.deliver("1", codes=[])
    world.decide("1", "assign", "maria")
    world.sync()

    assert world.lines("1") == [("maria", "sale", "150")]
    assert world.reason("1") == "decision_assign"


def test_assign_follows_the_code_s_terms_when_the_partner_is_a_candidate() -> None:
    world = World()
    world.type(Tab.CODES, code="IVAN30", partner_id="ivan", rate="30%")
    world.deliver("1", codes=["IVAN30", "MARIA01"])
    world.sync()
    refused = world.reason("1")
    world.decide("1", "assign", "ivan")
    world.sync()

    assert refused == "two_partners"
    assert world.lines("1") == [("ivan", "sale", "300")]
    assert world.rows(Tab.REVIEW) == []


def test_refuse_owes_nothing_and_takes_back_what_was_booked() -> None:
    world = World()
    world.deliver("1")
    world.sync()
    world.decide("1", "refuse")
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "100"), ("ivan", "clawback", "-100")]
    assert world.reason("1") == "decision_refuse"


def test_pay_lifts_the_hold_of_review() -> None:
    world = World()
    world.deliver("1", customer={"email": "ivan@example.com"})
    world.sync()
    held = len(world.rows(Tab.REVIEW))
    world.decide("1", "pay")
    world.sync()

    assert (held, world.rows(Tab.REVIEW)) == (1, [])
    assert world.lines("1") == [("ivan", "sale", "100")]


def test_pay_pays_the_one_candidate_whom_a_rule_refused() -> None:
    world = World(self_purchase="block")
    world.deliver("1", customer={"email": "ivan@example.com"})
    world.sync()
    world.decide("1", "pay")
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "100")]


def test_pay_of_two_partners_is_unclear_and_changes_nothing() -> None:
    world = World()
    world.deliver("1", codes=["IVAN01", "MARIA01"])
    world.decide("1", "pay")
    world.sync()

    assert world.codes() == {"decision_pay_unclear"}
    assert world.lines("1") == []


@pytest.mark.parametrize("first", ["decision", "order"])
def test_a_decision_may_come_before_its_order(first: str) -> None:
    world = World()
    if first == "decision":
        world.decide("1", "assign", "maria")
        world.sync()
        assert world.codes() == {"decision_no_order"}
    world.deliver("1")
    world.sync()
    if first == "order":
        world.decide("1", "assign", "maria")
        world.sync()

    assert (world.balance("ivan"), world.balance("maria")) == ("0.00", "150.00")


def test_a_decision_outlives_later_versions_of_the_order() -> None:
    world = World()
    world.deliver("1")
    world.decide("1", "assign", "maria")
    world.sync()
    world.deliver("1", codes=["IVAN01", "OTHER"], total="2000")
    world.sync()

    assert world.balance("maria") == "300.00"
    assert world.reason("1") == "decision_assign"


def test_a_changed_decision_reverses_and_books_anew() -> None:
    world = World()
    world.deliver("1", codes=[])
    world.decide("1", "assign", "maria")
    world.sync()
    world.edit(Tab.DECISIONS, "generic/1", "partner_id", "ivan")
    world.sync()

    assert world.lines("1") == [
        ("maria", "sale", "150"),
        ("ivan", "sale", "100"),
        ("maria", "clawback", "-150"),
    ]


def test_a_deleted_decision_changes_nothing_and_is_a_problem() -> None:
    world = World()
    world.deliver("1")
    world.decide("1", "refuse")
    world.sync()
    world.delete(Tab.DECISIONS, "generic/1")
    world.sync()
    world.deliver("1", total="2000")
    world.sync()

    assert (world.codes(), world.balance()) == ({"decision_gone"}, "0.00")


def test_two_rows_that_disagree_do_nothing_and_are_both_problems() -> None:
    world = World()
    world.deliver("1")
    world.decide("1", "refuse")
    world.decide("1", "assign", "maria")
    world.sync()

    assert [p.cell for p in world.problems() if p.code == "decisions_disagree"] == ["A2", "A3"]
    assert world.balance() == "100.00"


def test_two_rows_that_agree_are_one_decision() -> None:
    world = World()
    world.deliver("1")
    world.decide("1", "refuse")
    world.decide("1", "refuse")
    world.sync()

    assert (world.codes(), world.reason("1")) == (set(), "decision_refuse")


def test_a_row_that_joins_and_disagrees_leaves_the_first_decision_standing() -> None:
    world = World()
    world.deliver("1")
    world.decide("1", "refuse")
    world.sync()
    world.decide("1", "pay")
    world.sync()

    assert (world.codes(), world.balance()) == ({"decisions_disagree"}, "0.00")


def test_assigning_to_nobody_we_know_changes_nothing() -> None:
    world = World()
    world.deliver("1")
    world.decide("1", "assign", "nobody")
    world.sync()

    assert (world.codes(), world.balance()) == ({"decision_partner_unknown"}, "100.00")


def test_an_order_given_to_a_partner_whose_row_is_gone_stays_his_on_his_terms() -> None:
    world = World()
    world.deliver("1")
    world.decide("1", "assign", "maria")
    world.sync()
    world.delete(Tab.PARTNERS, "maria")
    world.deliver("1", codes=["NOBODYS"], total="2000")
    world.sync()

    assert world.codes() == {"code_partner_unknown"}  # the decision is followed as before
    assert world.lines("1") == [("maria", "sale", "150"), ("maria", "sale", "150")]


def test_it_stays_his_when_the_decision_s_row_is_gone_too() -> None:
    world = World()
    world.deliver("1")
    world.decide("1", "assign", "maria")
    world.sync()
    for tab, key in ((Tab.PARTNERS, "maria"), (Tab.DECISIONS, "generic/1")):
        world.delete(tab, key)
    world.deliver("1", codes=["NOBODYS"])
    world.sync()

    assert "decision_gone" in world.codes()
    assert world.lines("1") == [("maria", "sale", "150")]


def test_a_decision_made_before_the_order_came_waits_for_its_partner_s_row() -> None:
    world = World()
    world.land({"id": 9, "order_id": 1, "transactions": []}, source="shopify")
    world.type(Tab.DECISIONS, about="shopify/1", decision="assign", partner_id="maria")
    world.sync()
    world.delete(Tab.PARTNERS, "maria")
    order = {"id": 1, "created_at": "2026-10-19T12:00:00+03:00", "currency": "RUB"}
    world.land({**order, "total_price": "1000", "financial_status": "paid"}, source="shopify")
    world.sync()
    without = world.reason("1", "shopify"), world.codes()
    world.type(Tab.PARTNERS, partner_id="maria", rate="15%")
    world.sync()

    assert without == ("no_code", {"code_partner_unknown", "decision_partner_unknown"})
    assert world.lines("1") == [("maria", "sale", "150")]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"about": "order one", "decision": "pay"}, "decision_about_unreadable"),
        ({"about": "generic/1"}, "decision_empty"),
        ({"about": "generic/1", "decision": "assign"}, "decision_names_nobody"),
        ({"about": "generic/1", "decision": "maybe"}, "choice_unknown"),
    ],
)
def test_a_row_that_cannot_be_followed_is_a_problem_and_does_nothing(
    cells: dict[str, str], code: str
) -> None:
    world = World()
    world.deliver("1")
    world.type(Tab.DECISIONS, **cells)
    world.sync()

    assert (world.codes(), world.balance()) == ({code}, "100.00")


def test_a_decision_that_cannot_be_read_any_more_leaves_the_booked_one_standing() -> None:
    world = World()
    world.deliver("1")
    world.decide("1", "refuse")
    world.sync()
    world.edit(Tab.DECISIONS, "generic/1", "decision", "rfuse")
    world.sync()

    assert (world.codes(), world.balance()) == ({"choice_unknown"}, "0.00")


def test_cash_on_delivery_waits_in_review_until_the_owner_has_the_money() -> None:
    world = World(cash_orders="wait")
    order = {"id": 7, "status": "processing", "payment_method": "cod", "date_paid_gmt": None}
    order |= {"date_created_gmt": "2026-10-07T08:00:00", "currency": "RUB", "total": "1000.00"}
    order |= {"coupon_lines": [{"code": "IVAN01"}], "line_items": []}
    world.land(order, source="woocommerce")
    world.sync()
    waiting = [row["about"] for row in world.rows(Tab.REVIEW)], world.balance()

    world.type(Tab.DECISIONS, about="woocommerce/7", decision="pay")
    world.sync()

    assert waiting == (["woocommerce/7"], "0.00")
    assert ([row["about"] for row in world.rows(Tab.REVIEW)], world.balance()) == ([], "100.00")
