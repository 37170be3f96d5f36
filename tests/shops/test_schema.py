"""Does the published schema say what `generic` reads?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.shops.conftest import Reader
from tracker.model import OrderVersion, Ping, PostedLead, State, Unreadable

HERE = Path(__file__).parent
SCHEMA: dict[str, Any] = json.loads(
    (HERE.parent.parent / "docs" / "generic-order.schema.json").read_text("utf-8")
)
FULL: dict[str, Any] = json.loads((HERE / "generic" / "full.json").read_text("utf-8"))
ELSEWHERE = {"refunded": "refunds"}


def test_the_schema_requires_what_an_order_cannot_do_without() -> None:
    assert SCHEMA["required"] == ["order_id", "ordered_at", "total", "currency"]


def test_the_full_example_shows_every_field_of_the_schema() -> None:
    assert set(FULL) - {"colour"} == set(SCHEMA["properties"])


@pytest.mark.parametrize("name", SCHEMA["properties"])
def test_a_field_of_the_schema_is_read(reads: Reader, name: str) -> None:
    (found,) = reads("generic", FULL)
    read_as = {"customer": "email"} | ELSEWHERE

    assert isinstance(found, OrderVersion)
    assert getattr(found, read_as.get(name, name)) is not None


@pytest.mark.parametrize("name", sorted(set(SCHEMA["properties"]) - set(SCHEMA["required"])))
def test_a_field_that_is_not_required_may_be_left_out(reads: Reader, name: str) -> None:
    (found,) = reads("generic", {key: value for key, value in FULL.items() if key != name})

    assert isinstance(found, OrderVersion)


@pytest.mark.parametrize(
    ("place", "names"),
    [("customer", {"id", "email", "phone"}), ("items", {"sku", "category", "quantity", "price"})],
)
def test_the_schema_names_what_stands_inside(place: str, names: set[str]) -> None:
    inside = SCHEMA["properties"][place]

    assert set(inside.get("items", inside)["properties"]) == names


def test_the_states_of_the_schema_are_those_that_are_read(reads: Reader) -> None:
    words = [word for word in SCHEMA["properties"]["state"]["enum"] if word]

    found = [reads("generic", FULL | {"state": word})[0] for word in words]

    states = {one.state for one in found if isinstance(one, OrderVersion)}
    assert (len(found), states | {"delivered"}) == (len(words), set(words))


@pytest.mark.parametrize(
    ("said", "delivered"),
    [
        ({"state": "Delivered"}, True),
        ({"state": "delivered", "delivered": False}, False),
        ({"state": "paid"}, None),
        ({"delivered": "yes"}, True),
        ({"delivered": ""}, None),
    ],
)
def test_an_order_is_delivered_when_its_state_or_its_own_field_says_so(
    reads: Reader,
    said: dict[str, object],
    delivered: bool | None,  # noqa: FBT001 - a case, not a switch
) -> None:
    order = {key: FULL[key] for key in ("order_id", "ordered_at", "total", "currency")}
    (found,) = reads("generic", order | said)

    assert isinstance(found, OrderVersion)
    assert found.delivered is delivered
    assert found.state is (State.PAID if "state" in said else None)


LEADS: dict[str, Any] = json.loads(
    (HERE.parent.parent / "docs" / "generic-lead.schema.json").read_text("utf-8")
)
LEAD: dict[str, Any] = json.loads((HERE / "generic" / "lead.json").read_text("utf-8"))


def test_the_example_of_a_lead_shows_every_field_of_its_schema() -> None:
    assert set(LEAD) == set(LEADS["properties"])


@pytest.mark.parametrize("name", sorted(set(LEADS["properties"]) - {"kind", "test"}))
def test_a_field_of_a_lead_is_read(reads: Reader, name: str) -> None:
    (found,) = reads("generic", LEAD)
    read_as = {"received_at": "registered_at"}

    assert isinstance(found, PostedLead)
    assert getattr(found, read_as.get(name, name)) is not None


@pytest.mark.parametrize(
    ("without", "code"),
    [
        (["lead_id"], "delivery_field_missing"),
        (["phone", "email"], "delivery_lead_without_contact"),
    ],
)
def test_a_lead_needs_its_number_and_a_contact(
    reads: Reader, without: list[str], code: str
) -> None:
    (found,) = reads("generic", {key: LEAD[key] for key in LEAD if key not in without})

    assert isinstance(found, Unreadable)
    assert found.code == code


@pytest.mark.parametrize("contact", ["phone", "email"])
def test_one_contact_is_enough(reads: Reader, contact: str) -> None:
    (found,) = reads("zapier", {"lead_id": 5, contact: LEAD[contact], "kind": ""})

    assert isinstance(found, PostedLead)


def test_what_has_an_order_s_number_is_an_order_whatever_it_says_of_a_lead(reads: Reader) -> None:
    (found,) = reads("generic", {**FULL, "lead_id": "7"})

    assert isinstance(found, OrderVersion)


def test_a_trial_lead_is_no_lead(reads: Reader) -> None:
    assert reads("generic", {**LEAD, "test": True}) == (Ping(why="delivery_test_lead"),)
