"""Is a letter without a good end named until it left or was settled, and are its remedies true?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.faulty_mail import CUT, FaultyServer
from tests.news_world import Newsroom
from tests.test_smtp import Running
from tests.test_weekly_letter import WEEK_46, old_shop, told
from tracker.checking import findings
from tracker.held_letters import resend, settle, wanting
from tracker.layout import Tab
from tracker.outgoing import LetterState
from tracker.postman import Fate
from tracker.problems import Stop
from tracker.running import look


def cut(**settings: Any) -> Newsroom:
    """Ivan's welcome was cut off after the last dot: its fate is unknown."""
    with FaultyServer("dot", 1, CUT) as faulty:
        world = Newsroom(faulty.port, fresh=True, **settings)
        world.edit(Tab.PARTNERS, "maria", "email", "")
        assert world.send() == ["welcome unknown"]
    return world


def refused() -> Newsroom:
    """No server was there for Ivan's welcome."""
    world = Newsroom(1, fresh=True)
    world.edit(Tab.PARTNERS, "maria", "email", "")
    assert world.send() == ["welcome refused"]
    return world


def named(world: Newsroom) -> list[tuple[str, str, str]]:
    """What the tab Problems would say of letters."""
    return [(one.code, one.key, one.cell) for one in look(world.place).problems]


def hints(world: Newsroom) -> list[tuple[str, str]]:
    found = wanting(world.place, look(world.place, clock_is_right=True))
    return [(one.name, one.after) for one in found]


def again(world: Newsroom, name: str = "welcome:ivan") -> Fate:
    with world.store.writing(1):
        return resend(world.place, look(world.place), name, sleep=lambda _seconds: None)


def settled(world: Newsroom, name: str = "welcome:ivan") -> str:
    with world.store.writing(1):
        return settle(world.place, look(world.place), name)


def test_a_letter_of_unknown_fate_stays_a_problem_at_the_e_mail_s_cell_until_it_is_settled() -> (
    None
):
    world = cut()
    world.move(days=40)
    world.sync()

    assert named(world) == [("news_unknown_held", "ivan", "C2")]
    assert findings(world.place).wants_a_person
    assert [row["tab"] for row in world.rows(Tab.PROBLEMS)] == ["Partners"]
    assert settled(world) == "settled"
    world.sync()
    assert (named(world), world.rows(Tab.PROBLEMS), hints(world)) == ([], [], [])


def test_one_that_leaves_again_by_itself_is_said_to_until_it_is_no_news() -> None:
    world = cut(mail_unknown="resend")

    assert named(world) == [("news_unknown_again", "ivan", "C2")]
    assert hints(world) == [("welcome:ivan", "unknown_again")]
    world.move(days=15)
    assert named(world) == [("news_unknown_held", "ivan", "C2")]
    assert hints(world) == [("welcome:ivan", "ask")]


def test_a_refused_letter_is_a_problem_also_when_its_time_has_passed() -> None:
    world = refused()

    assert named(world) == [("news_refused_again", "ivan", "C2")]
    world.move(days=60)
    assert named(world) == [("news_refused_over", "ivan", "C2")]
    assert hints(world) == [("welcome:ivan", "refused_over")]


def test_a_refused_letter_is_sent_again_as_it_was_frozen_when_a_person_says_so(
    server: Running,
) -> None:
    world = refused()
    content = world.kept("welcome:ivan").content
    world.move(days=60)
    world.connect(server.port)

    assert again(world).state is LetterState.SENT
    assert [one.original_content for one in server.mailbox.letters] == [content]
    assert (named(world), hints(world)) == ([], [])


def test_a_refused_letter_that_is_let_be_is_neither_tried_nor_named(server: Running) -> None:
    world = refused()

    assert settled(world) == "dropped"
    world.connect(server.port)
    assert (world.send(), named(world), hints(world)) == ([], [], [])
    assert world.kept("welcome:ivan").state is LetterState.DROPPED


def test_a_refused_letter_is_not_sent_to_an_address_that_has_changed(server: Running) -> None:
    world = refused()
    world.partner(email="vanya@example.com")
    world.connect(server.port)

    with pytest.raises(Stop) as stop:
        again(world)

    assert (stop.value.code, server.mailbox.letters) == ("mail_other_address", [])


def test_who_gave_his_details_since_is_asked_for_them_no_more() -> None:
    world = Newsroom(1)
    world.partner(payout_details="", min_payout="1")
    world.deliver("1", total="10000", ordered_at="2026-09-20T12:00:00+03:00")
    world.sync()
    assert world.send() == ["details refused"]

    world.partner(payout_details="4081 7810")

    assert [code for code, _, _ in named(world)] == []


def test_the_owner_s_refused_week_is_a_finding_until_a_later_letter_reached_him(
    tmp_path: Path,
) -> None:
    world = old_shop(WEEK_46)
    world.place = replace(world.place, smtp_url="smtp://127.0.0.1:1")
    told(world)

    def said() -> list[str]:
        return [line for line in findings(world.place).lines if "owner_email" in line]

    assert ["it is tried again" in line for line in said()] == [True]
    world.move(days=7)
    assert ["mail --settle owner:week:2026-W45" in line for line in said()] == [True]
    world.place = replace(world.place, smtp_url=f"folder:{tmp_path}")
    told(world)
    assert said() == []
