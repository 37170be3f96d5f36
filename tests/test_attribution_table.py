"""Does the program do what the tables of docs/attribution.md say? Each cell is played."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.world import World
from tracker.layout import Tab
from tracker.sentences import REASONS

PAGE = Path(__file__).parent.parent / "docs" / "attribution.md"
CLICKED = "2026-10-18T10:00:00Z"
"""A day before the order."""

_ANSWER = re.compile(r"(nobody|[AB](?: and [AB])?) \((\w+)\)")
_NAMES = {"ivan": "A", "maria": "B", "": "nobody"}
_CODES = {"of A": ["IVAN01"], "nobody's": ["FREE"], "none": []}
_LINKS = {"click of A": "BLOG", "click of B": "MAIL", "no click": None}

Row = dict[str, str]


def table(name: str) -> list[Row]:
    """The rows of the table that stands below a mark of that name, by heading."""
    text = PAGE.read_text("utf-8").split(f"<!-- {name} -->")[1]
    lines = [line for line in text.strip().split("\n\n")[0].splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[2:]]


def programme(**settings: str) -> World:
    """Ivan is A and maria is B, each with a code and a link; FREE is nobody's code."""
    world = World()
    for key, value in settings.items():
        world.edit(Tab.SETTINGS, key, "value", value)
    world.type(Tab.CODES, code="FREE")
    world.type(Tab.LINKS, ref="BLOG", partner_id="ivan")
    world.type(Tab.LINKS, ref="MAIL", partner_id="maria")
    return world


def answer(world: World, order_id: str) -> str:
    """Who is credited, and by which reason, as the page writes it."""
    latest = world.latest(order_id)
    sharers = [row[0] for row in latest.parsed().get("terms", {}).get("sharers", ())]
    whose = " and ".join(_NAMES[who] for who in (latest.partner_id, *sharers))
    assert world.reason(order_id) in REASONS
    return f"{whose} ({world.reason(order_id)})"


def named(row: Row) -> str:
    return " ".join(list(row.values())[:2])


@pytest.mark.parametrize("row", table("cases"), ids=named)
def test_each_of_the_36_cases_ends_as_the_page_says(row: Row) -> None:
    world = programme(attribution=row["attribution"])
    for column, ref in _LINKS.items():
        at = CLICKED if ref else None
        world.deliver(column, codes=_CODES[row["code"]], ref=ref, clicked_at=at)
    world.sync()

    assert {column: answer(world, column) for column in _LINKS} == {
        column: row[column] for column in _LINKS
    }


@pytest.mark.parametrize("row", table("conflict"), ids=lambda row: row["conflict"])
def test_a_link_of_one_and_a_code_of_another_end_as_the_page_says(row: Row) -> None:
    world = programme(attribution="code_or_click", conflict=row["conflict"])
    world.deliver("1", ref="MAIL", clicked_at=CLICKED)
    world.deliver("2", ref="MAIL")
    world.sync()

    assert answer(world, "1") == row["B clicked the day before"]
    assert answer(world, "2") == row["B's link has no time"]
    said = {who: why.split(" ")[0] for _, who, why, *_ in candidates_of(world, "1")}
    earns = row["what B reads"] == "(he earns)"
    assert earns or said["maria"] == row["what B reads"]
    assert (world.balance("maria") != "0.00") is earns


@pytest.mark.parametrize("row", table("binding"), ids=lambda row: row["conflict"])
def test_a_binding_against_another_partner_ends_as_the_page_says(row: Row) -> None:
    world = programme(attribution="code_or_click", conflict=row["conflict"], code_binds="always")
    for number, (codes, ref) in enumerate([(["MARIA01"], None), ([], "MAIL")]):
        customer = {"email": f"anna{number}@example.com"}
        world.deliver(f"{number}/1", ordered_at="2026-10-01T10:00:00Z", customer=customer)
        world.deliver(f"{number}/2", codes=codes, ref=ref, customer=customer)
    world.sync()

    assert answer(world, "0/2") == row["with B's code"]
    assert answer(world, "1/2") == row["with B's click"]


def candidates_of(world: World, order_id: str) -> list[list[str]]:
    rows: list[list[str]] = json.loads(world.latest(order_id).candidates)
    return rows


def test_the_page_has_every_case() -> None:
    rows = table("cases")

    assert len({(row["attribution"], row["code"]) for row in rows}) == 12
    assert {row["conflict"] for row in table("conflict")} == {
        "code", "link", "first_touch", "last_touch", "split"
    }  # fmt: skip
    answers = [row[column] for row in rows for column in _LINKS]
    assert len(answers) == 36
    assert [one for one in answers if not _ANSWER.fullmatch(one)] == []
