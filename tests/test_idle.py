"""Does a sync end at once where nothing can have changed, and nowhere else?

Whether the last run's answer was given again is seen by writing another answer into it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world import World
from tracker import idle
from tracker.cells import shown
from tracker.inbox import Mark
from tracker.languages import looking_in
from tracker.layout import LAYOUT, Tab
from tracker.outbox import PayoutEvent
from tracker.outgoing import Letter, LetterState
from tracker.problems import Stop
from tracker.running import settle
from tracker.stores import Commit
from tracker.workplace import Workplace

PLANTED = "the last run's answer"
REST = "seen=0 attributed=0 unattributed=0 waiting=0 quarantined=0 written=0"


def at_rest(folder: Path, world: World) -> World:
    """Sync until an answer is kept, and mark it."""
    world.store.state_dir = folder
    for _ in range(2):
        idle.sync(world.place)
        world.move(minutes=1)
    plant(folder)
    return world


def plant(folder: Path) -> None:
    path = folder / "cache" / "at_rest.json"
    kept = json.loads(path.read_text())
    kept["said"]["counts"] = PLANTED
    path.write_text(json.dumps(kept))


def said(world: World) -> str:
    return idle.sync(world.place).counts


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = World()
    world.deliver("1")
    return at_rest(tmp_path, world)


def test_nothing_is_worked_out_twice_from_the_same_inputs(world: World) -> None:
    assert said(world) == PLANTED
    world.move(minutes=5)
    assert said(world) == PLANTED


def test_an_idle_sync_tells_status_when_it_was(world: World) -> None:
    world.move(minutes=5)
    assert said(world) == PLANTED
    diary = world.place.diary
    assert diary.told("synced_at") == "2026-10-20T12:07:00+00:00"
    assert (diary.told("cursor"), diary.told("last_order")) == ("1", "2026-10-20T15:00:00+03:00")


# Every input.


def type_a_code(world: World) -> None:
    world.type(Tab.CODES, code="NEW", partner_id="ivan")


def commit_nothing(world: World) -> None:
    store = world.store
    assert store.generation is not None
    store.commit(Commit(base=store.generation, state={"quarantined": "3"}))


def letter() -> Letter:
    return Letter(
        statement_id="ivan-2026-09",
        partner_id="ivan",
        month="2026-09",
        from_address="shop@example.com",
        to_address="ivan@example.com",
        message_id="<1@example.com>",
        content=b"a letter",
        frozen_figures="{}",
    )


def bounce(world: World) -> None:
    world.place.outbox.note_bounce(letter(), "5.1.1")


CHANGES: dict[str, Callable[[World], object]] = {
    "a row of Codes": type_a_code,
    "a cell of Settings": lambda w: w.edit(Tab.SETTINGS, "rate", "value", "12%"),
    "a cell of a report": lambda w: w.store.book.sheets[Tab.BALANCES].rows[0].append("note"),
    "a ledger line": lambda w: w.delete(
        Tab.COMMISSIONS, shown(w.rows(Tab.COMMISSIONS)[0]["line_id"])
    ),
    "a row sorted elsewhere": lambda w: w.turn(Tab.PARTNERS),
    "the generation and the hidden tab": commit_nothing,
    "a delivery": lambda w: w.deliver("2"),
    "a delivery that says nothing new": lambda w: w.land({"order_id": 7}),
    "a mark of the inbox": lambda w: w.place.inbox.mark({Mark.QUARANTINED: [1]}),
    "another inbox": lambda w: w.place.inbox.merge(w.place.inbox.snapshot()),
    "a letter that came back": bounce,
    "a letter": lambda w: w.place.outbox.freeze(letter()),
    "a payout handed over": lambda w: w.place.outbox.note_payout("p", PayoutEvent.EXPORTED),
    "midnight in Moscow": lambda w: w.move(hours=9),
    "a clock that went back a day": lambda w: w.move(hours=-24),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_one_change_of_any_input_a_sync_is_worked_out_anew(
    change: Callable[[World], object], world: World
) -> None:
    change(world)
    assert said(world) != PLANTED


PARTS: dict[str, Any] = {
    "secret": b"another secret of tests",
    "order_log": "tab:Webhook log",
    "smtp_url": "smtp://mail.example.com",
    "state_dir": Path("elsewhere"),
    "log_token": "token",
    "private_ok": True,
    "env_files": (Path(".env"),),
}


@pytest.mark.parametrize(("name", "value"), PARTS.items())
def test_another_setting_of_the_environment_is_another_input(
    name: str, value: object, world: World
) -> None:
    part: dict[str, Any] = {name: value}
    other = replace(world.place, **part)
    assert dict(idle.inputs(other, clock_is_right=False))[name] == value
    before, after = (idle.digest(one, clock_is_right=False) for one in (world.place, other))
    assert before != after


def test_every_part_of_a_workplace_is_compared_or_named_as_none(world: World) -> None:
    named = {name for name, _ in idle.inputs(world.place, clock_is_right=False)}
    parts = set(Workplace.__dataclass_fields__)
    assert parts - named == {"store", "clock", "diary"}
    assert named - parts == {"languages", "program", "clock_is_right"}
    assert set(PARTS) == named & parts - {"inbox", "outbox"}


def test_what_cannot_be_compared_is_an_error_and_no_input_is_passed_over(world: World) -> None:
    odd: Any = 5
    with pytest.raises(TypeError, match="a int is no input of a plan"):
        list(idle.inputs(replace(world.place, order_log=odd), clock_is_right=False))


def test_every_cell_of_every_tab_is_part_of_the_digest(world: World) -> None:
    before, cells = world.store.glance(), 0
    for sheet in world.store.book.sheets.values():
        for row in (sheet.headings, *sheet.rows):
            for place, cell in enumerate(row):
                row[place] = "" if cell == "x" else "x"
                assert world.store.glance() != before
                row[place] = cell
                cells += 1
    assert world.store.glance() == before
    assert cells > len(LAYOUT) * 5


def test_a_folder_of_letters_in_another_language_is_an_input(tmp_path: Path) -> None:
    world = at_rest(tmp_path, World())
    (tmp_path / "own" / "de").mkdir(parents=True)
    with looking_in(tmp_path / "own"):
        assert said(world) == REST


@pytest.mark.parametrize("name", ["sync.py", "shops/new.py"])
def test_another_version_of_the_program_is_another_input(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "tracker"
    (folder / "shops").mkdir(parents=True)
    (folder / "sync.py").write_text("1")
    before = idle.program(folder)
    assert idle.program(folder) == before
    (folder / name).write_text("22")
    assert idle.program(folder) != before


def test_the_owners_word_on_the_clock_and_a_reading_from_the_beginning_are_heeded(
    world: World,
) -> None:
    assert idle.sync(world.place, again=True).counts == (
        "seen=1 attributed=1 unattributed=0 waiting=0 quarantined=0 written=0"
    )
    plant(world.store.state_dir)
    assert idle.sync(world.place, clock_is_right=True).counts == REST


def test_a_clock_a_year_off_still_stops_the_run(world: World) -> None:
    world.move(days=-3)
    with pytest.raises(Stop, match="clock_behind"):
        idle.sync(world.place)


def test_a_letter_without_a_good_end_keeps_no_answer(tmp_path: Path) -> None:
    world = World()
    outbox = world.place.outbox
    outbox.freeze(letter())
    outbox.start(letter().statement_id)
    outbox.finish(letter().statement_id, LetterState.UNKNOWN, "mail_interrupted")
    world.store.state_dir = tmp_path
    for _ in range(3):
        idle.sync(world.place)
    assert not (tmp_path / "cache").exists()


# The file.


@pytest.mark.parametrize("junk", [b"", b"[]", b"{", b"\xff", b'{"since": 1}', b"null"])
def test_an_answer_that_cannot_be_read_is_none(junk: bytes, world: World) -> None:
    (world.store.state_dir / "cache" / "at_rest.json").write_bytes(junk)
    assert said(world) == REST


def test_the_cache_may_be_deleted_or_never_written(world: World, tmp_path: Path) -> None:
    (tmp_path / "cache" / "at_rest.json").unlink()
    (tmp_path / "cache").rmdir()
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert said(world) == REST


def test_the_answer_holds_no_secret(tmp_path: Path, world: World) -> None:
    assert b"secret" not in (tmp_path / "cache" / "at_rest.json").read_bytes()


# Time.


def until(folder: Path) -> datetime:
    kept = json.loads((folder / "cache" / "at_rest.json").read_text())
    return datetime.fromisoformat(kept["until"])


def test_an_answer_holds_until_midnight_of_the_programme(tmp_path: Path, world: World) -> None:
    # 15:00 in Moscow, where the day ends at 21:00 UTC.
    assert until(tmp_path) == datetime(2026, 10, 20, 21, tzinfo=UTC)


def test_an_answer_ends_when_an_order_has_been_undecided_for_60_days(tmp_path: Path) -> None:
    world = World()
    world.deliver("1", codes=["NOBODY"])  # ordered 2026-10-19T10:00:00Z
    idle.sync(world.place)
    world.now = datetime(2026, 12, 18, 8, 58, tzinfo=UTC)
    at_rest(tmp_path, world)  # for two minutes
    assert until(tmp_path) == datetime(2026, 12, 18, 10, tzinfo=UTC)
    world.move(minutes=59)
    assert said(world) == PLANTED
    world.move(minutes=2)
    assert said(world) == REST


# The same as without.


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, int]]:
    names = ["order", "code", "rate", "edit", "decide", "nothing", "nothing", "nothing", "days"]
    step = st.tuples(st.sampled_from(names), st.integers(0, 3))
    return draw(st.lists(step, min_size=4, max_size=14))


def live(world: World, name: str, number: int) -> None:
    match name:
        case "order":
            codes = [["IVAN01"], ["NOBODY"], [], ["MARIA01"]][number]
            world.deliver(str(number), codes=codes, ordered_at=world.now.isoformat())
        case "code" if number < 2:
            world.type(Tab.CODES, code="NOBODY", partner_id=["maria", "nobody"][number])
        case "rate":
            world.edit(Tab.SETTINGS, "rate", "value", ["10%", "12%", "much", "20%"][number])
        case "edit" if world.store.book.sheets[Tab.COMMISSIONS].rows:
            world.delete(Tab.COMMISSIONS, shown(world.rows(Tab.COMMISSIONS)[-1]["line_id"]))
        case "decide":
            world.decide(str(number), "pay", "maria")
        case "days":
            world.move(days=[1, 14, 59, 61][number])
        case _:
            world.move(minutes=[0, 1, 60, 600][number])


@settings(max_examples=12, deadline=None, derandomize=True)
@given(histories())
def test_a_history_ends_alike_with_short_cuts_and_without(
    tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, int]]
) -> None:
    short, plain = World(), World()
    short.store.state_dir = tmp_path_factory.mktemp("state")
    for name, number in [("nothing", 1), *history, ("nothing", 0), ("nothing", 1)]:
        for world in (short, plain):
            live(world, name, number)
        wanted = idle.said_of(settle(plain.place, what="sync", clock_is_right=True))
        assert idle.sync(short.place, clock_is_right=True) == wanted
    sheets = [world.store.book.sheets for world in (short, plain)]
    for tab in set(Tab) - {Tab.RUNS}:
        assert sheets[0][tab].rows == sheets[1][tab].rows


# Planning sees nothing else.

_opened: list[str] | None = None


def _note(event: str, values: tuple[object, ...]) -> None:
    if _opened is not None and event in {"open", "os.listdir", "os.scandir", "sqlite3.connect"}:
        _opened.append(f"{event} {values[0]}")


def test_a_plan_reads_nothing_that_is_not_among_the_inputs(world: World) -> None:
    global _opened  # noqa: PLW0603 - a hook of the interpreter can never be taken out again
    world.edit(Tab.PARTNERS, "maria", "language", "tlh")
    settle(world.place, what="sync", clock_is_right=False)
    sys.addaudithook(_note)
    _opened = []
    try:
        settle(world.place, what="sync", clock_is_right=False, watching=True)
        found = set(_opened)
    finally:
        _opened = None
    # Which languages there are is one of them.
    folder = Path(idle.__file__).parent.parent / "email_templates"
    assert found == {f"os.listdir {folder}"}
