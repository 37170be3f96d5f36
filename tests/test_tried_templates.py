"""Does a template that cannot be used cost one partner's letter, and does `check` name it before?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.clockwork import Clockwork
from tests.news_world import Newsroom
from tracker.checking import findings
from tracker.correspondence import send_news
from tracker.due import Task
from tracker.languages import looking_in
from tracker.layout import Tab
from tracker.letters import render
from tracker.mailing import Sending, send
from tracker.news.events import NewsKind
from tracker.problems import Stop
from tracker.running import at_rest
from tracker.sample_letters import sample_news

NOVEMBER = "2026-11-01T12:00:00+03:00"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A folder of the owner's letters with a German statement: subject, text and page."""
    put(tmp_path, "de/statement.subject.txt", "Abrechnung")
    put(tmp_path, "de/statement.txt", "Hallo\n{{ month }")
    put(tmp_path, "de/statement.html", "<body>Hallo</body>")
    with looking_in(tmp_path):
        yield tmp_path


def put(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def two(folder: Path, *, fresh: bool = False) -> Newsroom:
    """Maria reads German, Ivan English; their letters leave to a folder."""
    world = Newsroom(language="en", fresh=fresh)
    world.edit(Tab.PARTNERS, "maria", "language", "de")
    world.place = replace(world.place, smtp_url=f"folder:{folder / 'post'}")
    world.sync()
    return world


def october(world: Newsroom) -> Sending:
    world.at(NOVEMBER)
    with world.store.writing(1):
        return send(world.place, "2026-10", clock_is_right=True, sleep=lambda _seconds: None)


def said(world: Newsroom) -> list[str]:
    """What `check` says of the owner's folder."""
    return [
        line for line in findings(world.place).lines if "template" in line or "folder of" in line
    ]


def test_a_broken_template_of_one_language_costs_nobody_else_his_statement(own: Path) -> None:
    sending = october(two(own))

    assert [(one.partner_id, one.state) for one in sending.fates] == [("ivan", "sent")]
    (problem,) = sending.problems
    assert (problem.code, problem.key, sending.unmade) == ("letter_unmade", "maria", ("maria",))
    assert "de/statement.txt" in dict(problem.params)["why"]
    assert "line 2" in dict(problem.params)["why"]


def test_who_was_left_out_is_sealed_once_when_the_template_is_mended(
    own: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    world = two(own)
    october(world)
    mended = tmp_path_factory.mktemp("mended")
    for part in ("subject.txt", "txt", "html"):
        put(mended, f"de/statement.{part}", "Hallo")

    with looking_in(mended):
        again = october(world)

    assert [(one.partner_id, one.state) for one in again.fates] == [("maria", "sent")]
    rows = [(row["partner_id"], row["state"]) for row in world.rows(Tab.STATEMENTS)]
    assert sorted(rows) == [
        ("ivan", "claimed"), ("ivan", "sent"), ("maria", "claimed"), ("maria", "sent"),
    ]  # fmt: skip


def test_check_names_file_and_line_before_any_letter_is_due(own: Path) -> None:
    (line,) = said(two(own))

    assert f"{own}/de/statement.txt" in line
    assert "line 2" in line
    assert findings(two(own).place).wants_a_person


def test_a_text_that_says_nothing_is_refused_as_a_broken_one(own: Path) -> None:
    put(own, "de/statement.txt", "  \n{# later #}\n")
    world = two(own)

    assert ["de/statement.txt writes nothing" in line for line in said(world)] == [True]
    assert october(world).unmade == ("maria",)


def test_a_language_nobody_reads_is_not_tried(own: Path) -> None:
    world = two(own)
    world.edit(Tab.PARTNERS, "maria", "language", "ru")

    assert said(world) == []


def test_a_broken_welcome_keeps_one_partner_s_letter_and_fails_the_job(tmp_path: Path) -> None:
    for part in ("subject.txt", "txt", "html"):
        put(tmp_path, f"de/welcome.{part}", "{{ nobody_told_this }}")
    with looking_in(tmp_path):
        world = two(tmp_path, fresh=True)
        with world.store.writing(1):
            written = send_news(world.place, at_rest(world.place, what="letters"))

    assert [one.statement_id for one in written.fates] == ["welcome:ivan"]
    assert written.unmade == ("welcome:maria",)
    assert [one.code for one in written.problems] == ["news_unmade"]


def test_a_wake_that_left_somebody_out_has_failed_and_is_tried_again(own: Path) -> None:
    world = Clockwork(folder=own / "post")
    world.place = replace(world.place, smtp_url=f"folder:{own / 'post'}")
    world.edit(Tab.PARTNERS, "ivan", "language", "de")
    world.sync()

    assert not world.wake(NOVEMBER)
    assert world.place.diary.failures()[0][::2] == (Task.STATEMENTS, "letters_unmade")


@pytest.fixture
def away(tmp_path: Path) -> Iterator[None]:
    with looking_in(tmp_path / "not there"):
        yield


@pytest.mark.usefixtures("away")
def test_a_folder_of_letters_that_is_away_is_said_though_nothing_is_due(tmp_path: Path) -> None:
    world = Clockwork(folder=tmp_path)

    assert not world.wake()
    assert world.stops() == [(Task.NEWS, "templates_missing")]
    assert any("is not there; no letter was made" in line for line in findings(world.place).lines)
    with world.store.writing(1), pytest.raises(Stop) as stop:
        send_news(world.place, at_rest(world.place, what="letters"))
    assert stop.value.code == "templates_missing"


def test_a_sample_of_every_kind_of_news_is_tried() -> None:
    assert {one.kind for one in sample_news("en")} == set(NewsKind)


@pytest.mark.parametrize("key", ["min_payout", "payout_day"])
def test_a_statement_promises_no_payout_while_its_settings_cannot_be_read(key: str) -> None:
    world = Newsroom()
    world.edit(Tab.SETTINGS, "hold_days", "value", "0")
    world.deliver("1", total="20000")
    world.sync()
    world.at(NOVEMBER)
    promised = render(world.statement("ivan", "2026-10"), "en")
    world.edit(Tab.SETTINGS, key, "value", "?!")

    silent = render(world.statement("ivan", "2026-10"), "en")

    for words in (promised.text, promised.html):
        assert "minimum payout" in words
        assert "The next payout day is" in words
    for words in (silent.text, silent.html):
        assert "minimum payout" not in words
        assert "next payout day" not in words
        assert "2,000.00" in words
