"""Does what fuzzing once found stay mended? One literal example each, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import World
from tracker.environment import load
from tracker.layout import Tab, known_columns
from tracker.letter_files import file_name
from tracker.log_names import shown_log
from tracker.look_alike import near
from tracker.problems import Stop
from tracker.sentences import stop_says

OWED = [
    "[" * 30_000,
    '[["ivan","order","abc","RUB"]]',
    '[["ivan","order","NaN","RUB"]]',
    "[1]",
    "{}",
]


@pytest.mark.parametrize("typed", OWED)
def test_an_owed_that_nobody_can_read_sets_one_order_aside_and_stops_no_sync(typed: str) -> None:
    world = World()
    for order in ("1", "2"):
        world.deliver(order)
    world.sync()
    sheet = world.store.book.sheets[Tab.JOURNAL]
    row = next(one for one in sheet.rows if "1" in one)
    row[known_columns(Tab.JOURNAL, sheet.headings)["owed"]] = typed

    world.sync()
    assert "journal_line_changed" in world.codes()
    assert world.lines("2") == [("ivan", "sale", "100")]


def test_a_cell_of_invisible_signs_is_an_empty_one() -> None:
    world = World()
    world.edit(Tab.PARTNERS, "ivan", "notify", "\x01\x02")
    world.deliver("1")
    world.sync()

    assert world.lines("1") == [("ivan", "sale", "100")]


@pytest.mark.parametrize("content", [b"TRACKER_SECRET=\xcf\xf0", b"\xff\xfeT\x00"])
def test_an_env_that_is_not_utf_8_is_one_sentence_without_its_secrets(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / ".env").write_bytes(content)

    with pytest.raises(Stop) as stop:
        load(f"xlsx:{tmp_path}/partners.xlsx", {})
    assert stop.value.code == "env_not_text"
    assert str(tmp_path / ".env") in stop_says(stop.value, "en")
    assert stop.value.__suppress_context__


@pytest.mark.parametrize("typed", ["s3cret@log.example.com/x?y", "to?ken=s3cret:x", "//s3cret"])
def test_a_log_without_a_kind_is_not_shown(typed: str) -> None:
    assert shown_log(typed) == "…"


def test_of_long_codes_none_is_taken_for_another() -> None:
    assert near("A" * 50_000, ["A" * 49_999]) == []
    assert near("IVAN0I", ["IVAN01", "A" * 50_000]) == ["IVAN01"]


def test_long_ids_that_begin_alike_are_two_files() -> None:
    one, two = file_name("x" * 300 + "1"), file_name("x" * 300 + "2")

    assert one != two
    assert len(one) == len(two) == 49
    assert file_name("x" * 40) == "x" * 40
