"""Is a partner told of each event once, whatever happens on the way?

A real mail server on loopback takes, refuses, or cuts the line; the book is one in memory.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli_book import CliBook, edit, set_environment, started
from tests.clockwork import Clockwork
from tests.faulty_mail import FaultyServer
from tests.jobs.post import receivers, text_of
from tests.letter_values import VECTORS
from tests.news_world import Newsroom, opened
from tests.test_smtp import Running
from tests.world import NOON
from tracker.correspondence import preview_news
from tracker.due import Task
from tracker.layout import Tab
from tracker.outgoing import LetterState
from tracker.problems import Stop
from tracker.running import look

IVAN, MARIA = "ivan@example.com", "maria@example.com"


def texts(server: Running) -> list[str]:
    """The text of every letter that arrived."""
    return [text_of(one.original_content or b"") for one in server.mailbox.letters]


def newcomers(server: Running, **settings: Any) -> Newsroom:
    """Ivan and Maria, whom nobody has greeted yet."""
    world = Newsroom(server.port, fresh=True, **settings)
    world.sync()
    return world


def seller(port: int, notify: str = "each") -> Newsroom:
    """Ivan hears of sales, and order 1 brought him 100.00 RUB."""
    world = Newsroom(port)
    world.partner(notify=notify)
    world.deliver("1")
    world.sync()
    return world


# Once.


def test_a_newcomer_is_welcomed_once_over_many_runs(server: Running) -> None:
    world = newcomers(server)

    said = [world.send() for _ in range(3)]
    world.move(days=7)

    assert said == [["welcome sent", "welcome sent"], [], []]
    assert (world.send(), receivers(server.mailbox.letters)) == ([], [IVAN, MARIA])


def test_a_welcome_a_week_late_is_still_one(server: Running) -> None:
    world = newcomers(server)
    world.move(days=7)

    assert (world.send(), world.send()) == (["welcome sent"] * 2, [])


def test_a_code_taken_away_and_given_back_is_no_second_welcome(server: Running) -> None:
    world = newcomers(server)
    world.send()
    for status in ("left", "active"):
        world.partner(status=status)
        world.sync()

    assert world.send() == []


def test_sales_are_told_once_each(server: Running) -> None:
    world = seller(server.port)
    world.send()
    world.deliver("2", total="2000")
    world.deliver("3", total="3000")
    world.sync()
    said = [world.send(), world.send()]

    assert said == [["sales sent"], []]
    first, second = texts(server)
    assert re.findall(r"Order (\d)", first) == ["1"]
    assert re.findall(r"Order (\d)", second) == ["2", "3"]


def test_who_changes_from_each_to_weekly_and_back_hears_of_no_sale_twice(server: Running) -> None:
    world = seller(server.port)
    world.send()
    world.partner(notify="weekly")
    world.deliver("2", total="2000")
    world.sync()
    world.at("2026-10-26T09:00:00+03:00")
    world.send()
    world.partner(notify="each")
    world.deliver("3", total="3000")
    world.sync()
    world.send()
    world.partner(notify="weekly")
    world.at("2026-11-02T09:00:00+03:00")

    assert world.send() == []
    assert [re.findall(r"Order (\d)", one) for one in texts(server)] == [["1"], ["2"], ["3"]]


def test_a_lost_outbox_repeats_three_days_of_sales_and_no_more(server: Running) -> None:
    world = seller(server.port, "daily")
    world.at("2026-10-24T09:00:00+03:00")
    world.deliver("2")
    world.sync()
    world.at("2026-10-25T09:00:00+03:00")

    assert [one.split(":")[1] for one in world.due()] == ["2026-10-24"]


def test_a_payout_is_told_once_with_its_paper(server: Running) -> None:
    world = Newsroom(server.port)
    world.partner(tax_status="self_employed")
    payout = world.paid(reference="77")

    assert [world.send(), world.send()] == [["payout sent"], []]
    (text,) = texts(server)
    assert "Payment number: 77" in text
    assert "Please make a receipt for RUB\u00a01,000.00" in text
    assert "by December\u00a09,\u00a02026" in text
    assert f"Payout {payout}." in text


def test_a_missing_paper_is_asked_for_twice_and_then_no_more(server: Running) -> None:
    world = Newsroom(server.port)
    world.partner(tax_status="company_ru")
    world.paid()
    said = []
    for day in range(16, 31):
        world.at(f"2026-11-{day}T18:00:00+03:00")
        said += [f"{day} {one}" for one in world.send()]
    world.at("2026-12-20T12:00:00+03:00")

    assert said == ["16 payout sent", "23 document sent", "30 document sent"]
    assert world.send() == []


def test_missing_details_are_asked_for_once_a_month(server: Running) -> None:
    world = Newsroom(server.port)
    world.partner(payout_details="")
    world.deliver("1", total="10000")
    world.sync()
    said = []
    for moment in ("2026-11-02", "2026-11-03", "2026-11-30", "2026-12-01", "2026-12-02"):
        world.at(f"{moment}T12:00:00+03:00")
        said += [f"{moment} {one}" for one in world.send()]

    assert said == ["2026-11-02 details sent", "2026-12-01 details sent"]


def test_each_step_to_a_code_s_limit_is_told_once(server: Running) -> None:
    world = Newsroom(server.port)
    world.code(max_uses="5")
    said = []
    for number in range(7):
        world.deliver(str(number))
        world.sync()
        said += [f"{number + 1} {one}" for one in world.send()]

    assert said == ["4 code sent", "5 code sent"]
    assert "4 orders came with it, and it was made for 5;" in texts(server)[0]


# Killed, refused, unknown.


def test_a_run_killed_between_freezing_and_sending_is_finished_by_the_next(
    server: Running,
) -> None:
    world = newcomers(server)

    def killed(_seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.send(sleep=killed)
    waiting = world.kept("welcome:maria")
    world.move(minutes=5)
    said = world.send()

    assert (waiting.state, said) == (LetterState.FROZEN, ["welcome sent"])
    assert receivers(server.mailbox.letters) == [IVAN, MARIA]
    assert server.mailbox.letters[1].original_content == waiting.content


def test_a_refused_letter_is_tried_each_hour_and_then_daily_while_it_is_news(
    server: Running,
) -> None:
    world = Newsroom(server.port, fresh=True)
    world.partner(email="gone@example.com")
    world.partner("maria", email="")
    world.sync()
    tries = []
    for hour in (*range(27), 47, 48, 49, 71, 72, 14 * 24 - 1, 14 * 24):
        world.now = NOON + timedelta(hours=hour)
        tries += [hour] * len(world.send())

    # For a day each hour, then each day, and after fourteen days it is no news any more.
    assert tries == [*range(25), 48, 72, 335]
    assert server.mailbox.letters == []


def test_another_address_is_written_to_at_once(server: Running) -> None:
    world = seller(server.port)
    world.partner(email="gone@example.com")
    world.sync()
    first = world.send()
    world.deliver("2")
    world.sync()
    pause = world.send()
    world.partner(email="ivan@example.org")

    assert (first, pause, world.send()) == (["sales refused"], [], ["sales sent"])
    assert re.findall(r"Order (\d)", texts(server)[0]) == ["1", "2"]


def test_a_letter_of_unknown_fate_is_held_and_its_sales_count_as_told(server: Running) -> None:
    with FaultyServer("dot", 1, "") as faulty:
        world = seller(faulty.port)
        first = world.send()
    world.connect(server.port)
    world.move(hours=2)
    world.deliver("2")
    world.sync()

    assert (first, world.send()) == (["sales unknown"], ["sales sent"])
    assert re.findall(r"Order (\d)", texts(server)[0]) == ["2"]


def test_with_resend_the_very_same_letter_leaves_again_after_an_hour(server: Running) -> None:
    with FaultyServer("dot", 1, "") as faulty:
        world = seller(faulty.port)
        world.edit(Tab.SETTINGS, "mail_unknown", "value", "resend")
        first = world.send()
    world.connect(server.port)
    world.deliver("2")
    world.sync()
    soon = world.send()
    world.move(hours=1)

    assert (first, soon, world.send()) == (["sales unknown"], [], ["sales sent"])
    assert server.mailbox.letters[0].original_content == faulty.taken[0]
    assert (world.send(), len(texts(server))) == (["sales sent"], 2)  # order 2, by itself


def test_to_an_address_that_sent_a_letter_back_none_leaves(server: Running) -> None:
    world = seller(server.port)
    world.send()
    (name,) = [one for one in _names(world) if one.startswith("sales")]
    world.place.outbox.note_bounce(world.kept(name), "5.1.1")
    world.deliver("2")
    world.sync()
    held = world.send()
    world.partner(email="ivan@example.org")

    assert (held, world.send()) == ([], ["sales sent"])


def _names(world: Newsroom) -> list[str]:
    return [str(name) for (name,) in world.place.outbox._rows("SELECT statement_id FROM letters")]


# Who does not get one.


@pytest.mark.parametrize("mail", ["off", "preview"])
def test_nothing_leaves_unless_mail_is_live(server: Running, mail: str) -> None:
    world = newcomers(server, mail=mail)

    with pytest.raises(Stop) as stop:
        world.send()
    assert (stop.value.code, server.mailbox.letters, _names(world)) == ("mail_not_live", [], [])


def test_without_a_sender_nothing_is_frozen(server: Running) -> None:
    world = newcomers(server, mail_from="")

    with pytest.raises(Stop) as stop:
        world.send()
    assert (stop.value.code, _names(world)) == ("mail_from_missing", [])


# The bytes.


def test_digests_can_be_unsubscribed_from_and_the_others_cannot(server: Running) -> None:
    world = seller(server.port)
    world.partner("maria", payout_details="")
    world.code("MARIA01", valid_to="2026-10-24")
    world.send()

    heads = {one["To"]: one["List-Unsubscribe"] for one in
             (opened(letter.original_content or b"") for letter in server.mailbox.letters)}  # fmt: skip
    assert heads == {
        "Ivan <ivan@example.com>": "<mailto:shop@example.com?subject=unsubscribe%20ivan>",
        MARIA: None,
    }
    assert "To stop it, reply “none”" in texts(server)[0]


def test_hostile_names_stay_in_their_place(server: Running) -> None:
    world = Newsroom(server.port, fresh=True, program_name=VECTORS[0], welcome=VECTORS[1])
    for number, name in enumerate(VECTORS):
        world.type(Tab.PARTNERS, partner_id=f"{number}{name}"[:200], name=name, email=f"eve{number}@example.com",
                   notify="each", payout_details=name)  # fmt: skip
        world.type(Tab.CODES, code=f"EVE{number}", partner_id=f"{number}{name}"[:200])
        world.deliver(str(number), codes=[f"EVE{number}"])
    world.sync()
    said = world.send()

    eves = [f"eve{number}@example.com" for number in range(len(VECTORS))]
    assert sorted(said) == ["sales sent"] * 9 + ["welcome sent"] * 11
    assert sorted(receivers(server.mailbox.letters)) == sorted([*eves, *eves, IVAN, MARIA])
    for one in server.mailbox.letters:
        letter = opened(one.original_content or b"")
        assert set(letter.keys()) <= {"From", "To", "Subject", "Date", "Message-ID",
                                      "MIME-Version", "Content-Type", "Auto-Submitted",
                                      "List-Unsubscribe"}  # fmt: skip


def test_a_letter_s_date_is_its_event_s_and_its_figures_are_kept(server: Running) -> None:
    world = seller(server.port, "daily")
    world.at("2026-10-22T09:00:00+03:00")
    world.send()
    letter = world.kept("sales:2026-10-20:day:ivan")
    figures = json.loads(letter.frozen_figures)

    assert opened(letter.content)["Date"] == "Wed, 21 Oct 2026 00:00:00 +0300"
    assert (figures["period"], figures["since"]) == ("daily", "2026-10-20")
    assert figures["lines"][0]["line_id"] == world.line_id("1")
    assert figures["accounts"][0]["earned"] == 10000


def test_previews_are_the_same_to_the_byte_and_leave_no_trace(
    server: Running, tmp_path: Path
) -> None:
    world = newcomers(server, mail="preview")
    for folder in ("one", "two"):
        preview_news(world.news(), look(world.place), tmp_path / folder)
        world.move(hours=1)

    one, two = (
        {path.name: path.read_bytes() for path in sorted((tmp_path / name).iterdir())}
        for name in ("one", "two")
    )
    assert one == two
    assert [*one] == ["welcome-ivan.eml", "welcome-ivan.html", "welcome-maria.eml",
                      "welcome-maria.html"]  # fmt: skip
    assert (_names(world), server.mailbox.letters) == ([], [])


# The wake and the command.


def waked(server: Running, **settings: Any) -> Clockwork:
    """A programme that is only ever woken; ivan hears of each sale."""
    world = Clockwork(port=server.port, **settings)
    world.edit(Tab.PARTNERS, "ivan", "notify", "each")
    world.deliver("1")
    return world


def test_a_wake_tells_partners_after_payouts_and_before_the_check(server: Running) -> None:
    world = waked(server)

    assert (world.wake(), world.tasks()) == (True, [Task.NEWS, Task.CHECK])
    assert (world.wake(), world.tasks()) == (True, [])
    assert receivers(server.mailbox.letters) == [IVAN]


def test_a_wake_greets_who_was_typed_just_now(server: Running) -> None:
    world = Clockwork(port=server.port)
    world.type(Tab.PARTNERS, partner_id="oleg", email="oleg@example.com")
    world.type(Tab.CODES, code="OLEG01", partner_id="oleg")

    world.wake()

    assert receivers(server.mailbox.letters) == ["oleg@example.com"]


@pytest.mark.parametrize("mail", ["off", "preview"])
def test_a_wake_tells_partners_nothing_unless_mail_is_live(server: Running, mail: str) -> None:
    world = waked(server, mail=mail)

    assert (world.wake(), world.tasks(), server.mailbox.letters) == (True, [Task.CHECK], [])


def test_a_server_that_is_away_fails_the_wake_until_the_letter_left(server: Running) -> None:
    world = waked(server)
    home = world.place
    world.place = replace(home, smtp_url="smtp://127.0.0.1:1")
    first, failed = world.wake(), [what for what, _, _ in home.diary.failures()]
    world.place = home
    world.move(minutes=55)
    early = world.wake(), [what for what, _, _ in home.diary.failures()]
    world.move(minutes=5)

    assert (first, failed, early) == (False, ["news"], (True, ["news"]))
    assert (world.wake(), home.diary.failures()) == (True, [])
    assert receivers(server.mailbox.letters) == [IVAN]


def test_news_that_cannot_be_mailed_does_not_keep_the_check(server: Running) -> None:
    world = waked(server, mail_from="")

    assert world.wake() is False
    assert world.stops() == [(Task.NEWS, "mail_from_missing")]
    assert world.tasks() == [Task.NEWS, Task.CHECK]
    world.move(minutes=5)
    assert (world.wake(), world.stops()) == (True, [])  # tried again after an hour


IMPORTS = (
    "import sys; from tracker.cli import run; code = run(['wake']); "
    "print(code, [one for one in ('jinja2', 'css_inline', 'babel', 'tracker.smtp') "
    "if one in sys.modules])"
)


def test_a_wake_with_nothing_to_tell_imports_no_template_and_opens_no_mail(tmp_path: Path) -> None:
    book = mailed(tmp_path, "folder:letters")
    ends = []
    for _ in range(2):
        with started(book.folder, [sys.executable, "-c", IMPORTS], {}) as child:
            ends.append(child.communicate(timeout=60)[0].splitlines())

    assert "welcome ivan sent" in ends[0]
    assert ends[1][-1] == "0 []"
    assert len([*(tmp_path / "letters").iterdir()]) == 1


def mailed(folder: Path, url: str, mail: str = "live") -> CliBook:
    """A new workbook in which ivan has a code and an address."""
    book = CliBook(folder)
    book.set("mail", mail)
    book.set("mail_from", "Shop <shop@example.com>")
    set_environment(book, TRACKER_SMTP_URL=url)
    return book


def test_the_command_lists_what_is_due_and_sends_it_once(server: Running, tmp_path: Path) -> None:
    book = mailed(tmp_path, f"smtp://127.0.0.1:{server.port}")

    listed, sent, again = (book.run("letters", *one) for one in ((), ("--send",), ("--send",)))

    assert (listed.code, listed.out) == (0, "welcome ivan welcome:ivan\n")
    assert (sent.code, sent.out) == (
        0,
        "welcome ivan sent\nletters sent=1 refused=0 unknown=0\n",
    )
    assert (again.code, again.out, receivers(server.mailbox.letters)) == (0, "", [IVAN])


def test_the_command_says_who_refused_and_where_to_mend_it(server: Running, tmp_path: Path) -> None:
    book = mailed(tmp_path, f"smtp://127.0.0.1:{server.port}")
    edit(book, Tab.PARTNERS, "ivan", email="gone@example.com")
    said = book.run("letters", "--send")

    assert said.out.startswith("welcome ivan refused\n")
    assert "Partners A2: The letter welcome:ivan to ivan was refused" in said.err
    assert "gone@example.com" not in said.err
    edit(book, Tab.PARTNERS, "ivan", email="ivan@example.com")
    assert book.run("letters", "--as-set").out.startswith("welcome ivan sent\n")


def test_the_job_does_what_the_setting_says(server: Running, tmp_path: Path) -> None:
    book = mailed(tmp_path, f"smtp://127.0.0.1:{server.port}", "off")
    folder = tmp_path / ".tracker" / "previews" / "letters"
    found = []
    for mail in ("off", "preview", "live"):
        book.set("mail", mail)
        assert book.run("letters", "--as-set").code == 0
        files = sorted(path.name for path in folder.glob("welcome-*"))
        found.append((files, receivers(server.mailbox.letters)))

    files = ["welcome-ivan.eml", "welcome-ivan.html"]
    assert found == [([], []), (files, []), (files, [IVAN])]


def test_a_folder_for_previews_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    world = Newsroom(fresh=True)
    (tmp_path / "letters").write_text("a file")

    with pytest.raises(Stop) as stop:
        preview_news(world.news(), look(world.place), tmp_path / "letters")
    assert stop.value.code == "file_unwritable"
