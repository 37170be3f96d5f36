"""Does the published schema say what `generic` reads?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.shops.conftest import Reader
from tracker.model import OrderVersion

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

    assert [one.state for one in found if isinstance(one, OrderVersion)] == words
