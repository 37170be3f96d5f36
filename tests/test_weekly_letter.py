"""Does the Monday letter leave once a week, as it was frozen, whatever the clock and the mail do?"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.clockwork import Clockwork
from tests.jobs.post import text_of
from tests.test_smtp import Running
from tests.week_world import lines, sell, shop, two_weeks
from tests.world import World
from tracker.layout import Tab
from tracker.notices import Told
from tracker.outbox import Outbox
from tracker.outgoing import Letter, LetterKind, LetterState
from tracker.weekly_letter import preview_week, weekly_letter

WEEK_46 = datetime(2026, 11, 9, 6, tzinfo=UTC)
"""Monday 09:00 in Moscow, when W45 is told of."""
SECOND = timedelta(seconds=1)
NAME = "owner:week:2026-W42"


def told(world: World) -> Told:
    """Sync, and write to the owner of the week if it is time."""
    rest = world.sync()
    with world.store.writing(1):
        return weekly_letter(world.place, rest, sleep=lambda _seconds: None)


def connected(world: World, server: Running) -> World:
    world.place = replace(world.place, smtp_url=f"smtp://127.0.0.1:{server.port}")
    return world


def old_shop(at: datetime) -> World:
    """A book that was begun in October, at that time."""
    world = shop()
    world.sync()
    world.now = at
    return world


def kept(world: World, name: str = NAME) -> Letter:
    letter = world.place.outbox.letter(name)
    assert letter is not None
    return letter


def subjects(server: Running) -> list[str]:
    letters = (message_from_bytes(one.original_content or b"", policy=policy.default)
               for one in server.mailbox.letters)  # fmt: skip
    return [str(letter["Subject"]) for letter in letters]


def test_the_letter_is_frozen_sent_and_known_by_its_week(server: Running) -> None:
    world = connected(two_weeks(), server)

    (notice,) = told(world).notices

    assert notice.says == "The letter about the week 2026-W42 was sent to owner_email."
    letter = kept(world)
    assert (letter.kind, letter.state, letter.attempts) == (LetterKind.OWNER, LetterState.SENT, 1)
    assert [one.original_content for one in server.mailbox.letters] == [letter.content]
    assert server.mailbox.letters[0].rcpt_tos == ["owner@example.com"]
    assert subjects(server) == ["11 orders in the week October 12–18, 2026 — Affiliate programme"]


def test_a_week_is_told_of_once_however_often_the_program_wakes(server: Running) -> None:
    world = connected(two_weeks(), server)

    for _ in range(3):
        told(world)
        world.move(hours=30)
        sell(world, f"late {world.now}", "100")

    assert len(server.mailbox.letters) == 1


def test_a_new_book_tells_nothing_of_the_week_before_it(tmp_path: Path) -> None:
    world = shop(WEEK_46)
    world.place = replace(world.place, smtp_url=f"folder:{tmp_path}")

    assert told(world) == Told()
    world.now += timedelta(days=7)
    told(world)

    assert [one.statement_id for one in all_kept(world.place.outbox)] == ["owner:week:2026-W46"]


@pytest.mark.parametrize(
    ("at", "weeks"),
    [
        (WEEK_46 - SECOND, []),
        (WEEK_46, ["2026-W45"]),
        (WEEK_46 + timedelta(days=6, hours=14), ["2026-W45"]),
        (WEEK_46 + timedelta(days=7) - SECOND, []),
        (WEEK_46 + timedelta(days=21), ["2026-W48"]),
    ],
)
def test_only_the_last_week_is_told_and_from_monday_nine_o_clock(
    at: datetime, weeks: list[str], tmp_path: Path
) -> None:
    world = old_shop(at)
    world.place = replace(world.place, smtp_url=f"folder:{tmp_path}")

    told(world)

    assert [one.statement_id for one in all_kept(world.place.outbox)] == [
        f"owner:week:{week}" for week in weeks
    ]


def all_kept(outbox: Outbox) -> list[Letter]:
    names = (f"owner:week:2026-W{number}" for number in range(40, 54))
    return [letter for name in names if (letter := outbox.letter(name))]


def test_a_clock_that_goes_back_and_forth_gives_one_letter_a_week(server: Running) -> None:
    world = connected(old_shop(WEEK_46), server)

    for hours in (0, -1, 0, 24, -24, 7 * 24, 0, 7 * 24 - 1, 7 * 24):
        world.now = WEEK_46 + timedelta(hours=hours)
        told(world)

    names = [one.statement_id for one in all_kept(world.place.outbox)]
    assert names == ["owner:week:2026-W45", "owner:week:2026-W46"]
    assert len(server.mailbox.letters) == 2


@pytest.mark.parametrize(
    "setting",
    [
        {"owner_email": ""},
        {"owner_digest": "off"},
        {"mail": "preview"},
        {"mail": "off"},
        {"time_zone": "Europe/Atlantis"},
        {"owner_digest": "sometimes"},
    ],
)
def test_nothing_is_written_unless_the_owner_wants_it_and_settings_are_clear(
    setting: dict[str, str], server: Running
) -> None:
    world = connected(two_weeks(), server)
    for key, value in setting.items():
        world.edit(Tab.SETTINGS, key, "value", value)

    assert told(world) == Told()
    assert (server.mailbox.letters, all_kept(world.place.outbox)) == ([], [])


def test_a_refused_letter_is_tried_again_after_its_pauses_with_the_same_bytes() -> None:
    world = two_weeks()
    world.place = replace(world.place, smtp_url="smtp://127.0.0.1:1")
    first = told(world)
    frozen = kept(world)
    sell(world, "new", "99999")

    world.move(minutes=59)
    early = told(world)
    world.move(minutes=1)
    again = told(world)

    assert [one.trouble for one in first.notices] == ["mail_no_connection"]
    assert (early.notices, early.rests) == ((), True)
    assert [one.trouble for one in again.notices] == ["mail_no_connection"]
    assert (kept(world).attempts, kept(world).content) == (2, frozen.content)


def test_after_a_day_of_tries_it_is_tried_once_a_day() -> None:
    world = two_weeks()
    world.place = replace(world.place, smtp_url="smtp://127.0.0.1:1")
    for _ in range(26):
        told(world)
        world.move(hours=1)

    assert kept(world).attempts == 25
    world.move(hours=21)
    assert told(world).rests
    world.move(hours=1)
    assert not told(world).rests
    assert kept(world).attempts == 26


def test_another_address_is_tried_at_once_and_the_letter_is_drawn_up_anew(
    server: Running,
) -> None:
    world = connected(two_weeks(owner_email="gone@example.com"), server)
    (refused,) = told(world).notices
    world.edit(Tab.SETTINGS, "owner_email", "value", "owner@example.com")

    told(world)

    assert refused.trouble == "mail_recipient_refused"
    assert "correct owner_email in Settings" in refused.says
    assert "gone@" not in refused.says
    assert [one.rcpt_tos for one in server.mailbox.letters] == [["owner@example.com"]]
    assert b"To: owner@example.com" in kept(world).content


def test_a_letter_of_unknown_fate_is_held_or_sent_again_as_the_setting_says(
    server: Running,
) -> None:
    world = connected(two_weeks(), server)
    world.place.outbox.freeze(replace(drawn(world), content=b"Subject: frozen\r\n\r\nbytes\r\n"))
    world.place.outbox.start(NAME)  # and the run was killed
    world.move(hours=2)

    held = told(world)
    world.edit(Tab.SETTINGS, "mail_unknown", "value", "resend")
    world.move(hours=2)
    told(world)

    assert held == Told()
    assert [one.original_content for one in server.mailbox.letters] == [
        b"Subject: frozen\r\n\r\nbytes\r\n"
    ]


def drawn(world: World) -> Letter:
    """The letter as another outbox would freeze it, where no server answers."""
    rest, outbox = world.sync(), Outbox(None, world.place.clock)
    elsewhere = replace(world.place, outbox=outbox, smtp_url="smtp://127.0.0.1:1")
    with world.store.writing(1):
        weekly_letter(elsewhere, rest, sleep=lambda _seconds: None)
    letter = outbox.letter(NAME)
    outbox.close()
    assert letter is not None
    return replace(letter, state=LetterState.FROZEN, attempts=0, detail="")


@pytest.mark.parametrize(
    ("url", "sender", "code"),
    [("", "shop@example.com", "smtp_missing"), ("folder:x", "nobody", "mail_from_missing")],
)
def test_mail_that_cannot_be_sent_at_all_is_only_said(url: str, sender: str, code: str) -> None:
    world = two_weeks(mail_from=sender)
    world.place = replace(world.place, smtp_url=url)

    (notice,) = told(world).notices

    assert notice.trouble == code
    assert notice.says.startswith("The letter about the week 2026-W42 cannot be sent")
    assert all_kept(world.place.outbox) == []


def test_the_same_book_gives_the_same_bytes() -> None:
    one, other = drawn(two_weeks()), drawn(two_weeks())

    assert (one.content, one.message_id) == (other.content, other.message_id)
    assert re.fullmatch("<wk[.][0-9a-f]{24}@example.com>", one.message_id)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_text_and_html_say_the_same_lines(language: str) -> None:
    world = two_weeks(language=language)
    letter = message_from_bytes(drawn(world).content, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    part = letter.get_body(("html",))
    assert part is not None
    html = re.sub("<[^>]*>", "", part.get_content())

    for line in lines(world, language).values():
        assert line in text_of(letter.as_bytes()).replace("\u00a0", " ")
        assert line in html.replace("\u00a0", " ")


def test_a_wake_tells_of_the_week_on_monday_after_its_sync(server: Running) -> None:
    world = Clockwork(port=server.port, owner_email="owner@example.com", owner_digest="weekly")
    world.deliver("1", ordered_at="2026-10-25T23:59:59+03:00")
    server.mailbox.letters.clear()

    for at in ("2026-10-26T08:59:00+03:00", "2026-10-26T09:00:00+03:00",
               "2026-10-26T09:05:00+03:00", "2026-10-27T09:00:00+03:00"):  # fmt: skip
        world.wake(at)

    assert subjects(server) == ["1 order in the week October 19–25, 2026 — Affiliate programme"]
    assert "The letter about the week 2026-W43 was sent to owner_email." in world.told


def test_a_wake_whose_letter_does_not_leave_has_failed_and_the_next_tries_again() -> None:
    world = Clockwork(port=1, owner_email="owner@example.com", owner_digest="weekly")
    world.sync()

    assert not world.wake("2026-10-26T09:00:00+03:00")
    assert world.fate_of_letters() == "mail_no_connection"
    assert world.wake("2026-10-26T09:05:00+03:00")
    assert world.fate_of_letters() == "mail_no_connection"


HOSTILE = "<b>{{ 7*7 }}</b>{partner}\r\nBcc: x@example.com \u202e=?utf-8?q?x?= " + "ж" * 80


def test_hostile_names_codes_and_numbers_are_plain_text() -> None:
    world = two_weeks(program_name=HOSTILE)
    world.edit(Tab.PARTNERS, "ivan", "name", HOSTILE)
    sell(world, "<script>{0}</script>", "10", codes=["{{ x }}<i>"])
    letter = drawn(world)
    text = text_of(letter.content)

    assert "<b>{{ 7*7 }}</b>{partner} Bcc: x@exampl…: RUB" in text.replace("\u00a0", " ")
    assert "{{ x }}<i> — 1 order" in text.replace("\u00a0", " ")
    assert "49" not in text
    headers, _, _ = letter.content.partition(b"\r\n\r\n")
    assert b"\nBcc" not in headers
    built = message_from_bytes(letter.content, policy=policy.default)
    assert isinstance(built, EmailMessage)
    html = built.get_body(("html",))
    assert html is not None
    assert "<b>{{" not in html.get_content()
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;{partner} Bcc" in html.get_content()
    assert len(letter.content) < 40_000


def test_a_preview_is_written_to_look_at_and_nothing_is_kept(tmp_path: Path) -> None:
    world = two_weeks(mail="preview", mail_from="nobody")

    files = preview_week(world.place, world.sync(), tmp_path)

    assert [file.name for file in files] == ["owner-2026-W42.html", "owner-2026-W42.eml"]
    assert "11 orders" in files[0].read_text("utf-8").replace("\u00a0", " ").replace("&nbsp;", " ")
    assert all_kept(world.place.outbox) == []
