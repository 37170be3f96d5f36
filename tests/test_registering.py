"""When does the owner register a customer for a partner, and when is he told that it cannot be?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.world import World
from tracker.layout import Tab
from tracker.lead_figures import LeadFigures, lead_figures
from tracker.problems import Stop
from tracker.registering import Registered, Typed, register
from tracker.running import look

PHONE = "+7 900 000-00-01"


def add(world: World, partner_id: str = "ivan", **typed: str) -> Registered:
    with world.store.writing(1):
        return register(world.place, Typed(partner_id=partner_id, **({"phone": PHONE} | typed)))


def refusal(world: World, partner_id: str = "ivan", **typed: str) -> tuple[str, dict[str, str]]:
    """Why a lead is refused; nothing may have been written by it."""
    world.sync()
    before = [world.rows(tab) for tab in Tab]
    with pytest.raises(Stop) as stop:
        add(world, partner_id, **typed)
    assert [world.rows(tab) for tab in Tab] == before
    return stop.value.code, dict(stop.value.params)


def test_a_lead_by_hand_is_one_row_noted_at_once() -> None:
    world = World()
    found = add(world, name="Анна", note="by phone", helper="maria", code="IVAN01")

    (row,), (line,) = world.rows(Tab.LEADS), world.rows(Tab.JOURNAL)
    assert (found.lead_id, str(found.until)) == ("hand/1", "2026-11-19")
    assert (row["name"], row["helper"], row["note"]) == ("Анна", "maria", "by phone")
    assert (line["source"], line["order_id"], line["state"]) == ("lead", "hand/1", "noted")
    assert not world.sync().committed


def test_a_registration_by_hand_is_paid_at_once() -> None:
    world = World(lead_pays_on="registration", lead_rate="500 RUB")
    for number in range(1, 4):
        add(world, phone=f"+7 900 000-00-0{number}")

    assert world.balance() == "1500.00"


def test_a_registered_customer_is_refused_by_day_and_without_a_name() -> None:
    world = World()
    add(world)
    world.now = datetime(2026, 11, 19, 20, 59, tzinfo=UTC)

    said = {"day": "2026-10-20", "until": "2026-11-19"}
    assert refusal(world, "maria", phone="8 (900) 000-00-01") == ("lead_registered_already", said)
    assert refusal(world, "ivan")[0] == "lead_registered_already"


def test_the_day_after_the_last_one_another_partner_may_register() -> None:
    world = World()
    add(world)
    world.now = datetime(2026, 11, 19, 21, tzinfo=UTC)  # midnight in Moscow

    assert add(world, "maria").lead_id == "hand/2"


def test_a_shorter_protection_of_today_leaves_what_was_promised() -> None:
    world = World()
    add(world)
    world.edit(Tab.SETTINGS, "lead_protect_days", "value", "0")

    assert refusal(world, "maria")[0] == "lead_registered_already"
    assert add(world, "maria", phone="+7 900 000-00-02").until is None


@pytest.mark.parametrize(
    ("partner", "typed", "code"),
    [
        ("ivan", {"phone": ""}, "lead_without_contact"),
        ("ivan", {"phone": " "}, "lead_without_contact"),
        ("ivan", {"phone": "12"}, "lead_phone_unusable"),
        ("ivan", {"email": "anna"}, "lead_email_unusable"),
        ("oleg", {}, "lead_partner_unknown"),
        ("ivan", {"helper": "olga"}, "lead_partner_unknown"),
    ],
)
def test_what_is_no_lead_is_refused(partner: str, typed: dict[str, str], code: str) -> None:
    assert refusal(World(), partner, **typed)[0] == code


def test_nobody_is_registered_for_a_partner_who_left() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "status", "left")

    assert refusal(world)[0] == "lead_partner_left"


def test_nobody_is_registered_while_the_rules_of_leads_cannot_be_read() -> None:
    assert refusal(World(lead_protect_days="soon")) == (
        "lead_settings",
        {"keys": "lead_protect_days"},
    )


def test_a_number_is_never_given_twice() -> None:
    world = World()
    add(world)
    world.delete(Tab.LEADS, "hand/1")

    assert add(world, email="b@example.com").lead_id == "hand/2"


def test_leads_are_counted_by_status_with_their_deals_and_what_they_earned() -> None:
    world = World()
    for lead_id, partner, status, deal, unit in (
        ("l1", "ivan", "new", None, None),
        ("l2", "maria", "deal", "10 000", None),
        ("l3", "maria", "deal", "333", "EUR"),
        ("l4", "ivan", "отказ", None, None),
        ("l5", "ivan", "new", None, None),
    ):
        phone = "+79000000001" if lead_id in {"l2", "l5"} else f"+7900000000{lead_id[1]}2"
        world.type(
            Tab.LEADS, lead_id=lead_id, partner_id=partner, status=status, phone=phone,
            deal_amount=deal, currency=unit,
        )  # fmt: skip
    world.sync()

    plan = look(world.place).plan
    assert lead_figures(plan.registered, plan.books.orders) == [
        LeadFigures("new", 1, {}, {}),
        LeadFigures("deal", 2, {"RUB": 1000000, "EUR": 33300}, {"RUB": 150000, "EUR": 4995}),
        LeadFigures("refused", 1, {}, {}),
        LeadFigures("duplicate", 1, {}, {}),
    ]
