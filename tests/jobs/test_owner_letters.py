"""Is the owner told of each silence once, whatever happens on the way?

A real mail server on loopback takes, refuses, or cuts the line; the book is one in memory.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.faulty_mail import FaultyServer
from tests.jobs.post import Post, fates, receivers, text_of
from tests.jobs.test_statements_command import october
from tests.letter_values import Page, spaced
from tests.test_smtp import Running
from tracker.alarms import Alarm, Silence
from tracker.checking import findings
from tracker.layout import Tab
from tracker.notices import tell_owner
from tracker.outbox import Outbox
from tracker.outgoing import LetterKind, LetterState
from tracker.programme import Programme
from tracker.running import look
from tracker.telling import render_alarm

OWNER = "owner@example.com"
NOTED = datetime(2026, 10, 20, 12, tzinfo=UTC)  # when Post's orders were first noted
QUIET = NOTED + timedelta(days=7)


class Quiet(Post):
    """A shop whose last orders are a week old, and an owner who wants to hear of it."""

    def __init__(self, port: int, **settings: str) -> None:
        super().__init__(port, **({"owner_email": OWNER, "language": "en"} | settings))
        self.now = QUIET

    def tell(self, before: datetime | None = None, *, synced: bool = True) -> list[str]:
        with self.store.writing(1):
            told = tell_owner(
                self.place, look(self.place), before, synced=synced, sleep=lambda _seconds: None
            )
        return [one.says for one in told.notices]

    def fates(self) -> list[str]:
        """The fate of every letter to the owner, by name."""
        rows = self.place.outbox._rows("SELECT state FROM letters WHERE kind = 'notice'")
        return [str(state) for (state,) in rows]


def test_a_silence_is_told_once_over_many_runs(server: Running) -> None:
    world = Quiet(server.port)

    said = [world.tell()]
    for _ in range(5):
        world.move(hours=7)
        said.append(world.tell())

    assert said == [
        ["A letter to owner_email says: no new order since 2026-10-20 15:00."],
        *[[]] * 5,
    ]
    assert receivers(server.mailbox.letters) == [OWNER]


def test_a_second_silence_is_a_second_letter(server: Running) -> None:
    world = Quiet(server.port)
    world.tell()
    world.deliver("1003", ordered_at="2026-10-27T12:00:00Z")
    world.sync()
    between = world.tell()
    world.move(days=7)
    world.tell()
    world.tell()

    assert between == []
    assert receivers(server.mailbox.letters) == [OWNER, OWNER]
    assert len({letter.original_content for letter in server.mailbox.letters}) == 2


def test_a_refund_of_an_old_order_does_not_break_the_silence(server: Running) -> None:
    world = Quiet(server.port)
    world.deliver("1001", refunded="1000")
    world.sync()

    assert len(world.tell()) == 1


def test_the_letter_names_the_moment_in_the_programme_s_zone_and_where_to_look(
    server: Running,
) -> None:
    Quiet(server.port).tell()

    (letter,) = server.mailbox.letters
    text = spaced(text_of(letter.original_content or b""))
    assert "The last new order came on October 20, 2026, 15:00." in text
    for place in ("webhook page", "Zapier", "/healthz", "python -m tracker status", "quiet_days"):
        assert place in text
    assert not re.search("ivan|maria|100", text)


def test_the_letter_s_name_is_made_of_the_silence_alone(server: Running) -> None:
    for _ in range(2):
        Quiet(server.port).tell()

    first, second = (message_from_bytes(one.original_content or b"", policy=policy.default)
                     for one in server.mailbox.letters)  # fmt: skip
    assert re.fullmatch(r"<no\.[0-9a-f]{24}@example\.com>", first["Message-ID"])
    assert first["Message-ID"] == second["Message-ID"]
    assert first["To"] == OWNER
    assert first["Subject"] == "No new orders since October 20, 2026 — Affiliate programme"


def test_a_sleep_is_told_by_the_first_run_after_it(server: Running) -> None:
    world = Quiet(server.port, quiet_days="0")
    before = QUIET - timedelta(hours=27)

    assert world.tell(before) == [
        "A letter to owner_email says: no good sync from 2026-10-26 12:00 to 2026-10-27 15:00."
    ]
    assert world.tell(before) == []
    assert world.tell(QUIET - timedelta(hours=26)) == []
    (letter,) = server.mailbox.letters
    text = spaced(text_of(letter.original_content or b""))
    assert "From October 26, 2026, 12:00 until October 27, 2026, 15:00" in text
    assert "It runs again." in text


def test_a_sleep_that_goes_on_is_told_as_such_and_not_again_at_its_end(server: Running) -> None:
    world = Quiet(server.port)
    before = QUIET - timedelta(days=8)

    world.tell(before, synced=False)
    world.move(minutes=5)
    world.tell(before, synced=False)
    after = world.tell(before)

    (first, second) = (text_of(one.original_content or b"") for one in server.mailbox.letters)
    assert "The tracker does not work" in first
    assert "It runs again" not in first
    assert "No new orders" in second  # only a run that synced knows of orders
    assert len(after) == 1


def test_two_silences_are_two_letters(server: Running) -> None:
    world = Quiet(server.port)

    assert len(world.tell(QUIET - timedelta(days=8))) == 2
    assert len({one.original_content for one in server.mailbox.letters}) == 2


@pytest.mark.parametrize(
    "settings",
    [{"owner_email": " "}, {"mail": "off"}, {"quiet_days": "0"}, {"quiet_days": "8"}],
)
def test_nobody_is_told_who_does_not_want_to_be(server: Running, settings: dict[str, str]) -> None:
    assert Quiet(server.port, **settings).tell() == []
    assert server.mailbox.letters == []


def test_a_programme_that_only_previews_its_letters_still_tells_its_owner(
    server: Running,
) -> None:
    Quiet(server.port, mail="preview").tell()

    assert receivers(server.mailbox.letters) == [OWNER]


@pytest.mark.parametrize(
    ("settings", "url", "says"),
    [
        ({"mail_from": " "}, None, "mail_from is empty"),
        ({}, "", "TRACKER_SMTP_URL"),
        ({}, "ftp://user:hidden@example.com", "TRACKER_SMTP_URL"),
    ],
)
def test_what_is_missing_is_said_and_the_letter_goes_once_it_is_there(
    server: Running, settings: dict[str, str], url: str | None, says: str
) -> None:
    world = Quiet(server.port, **settings)
    good = world.place
    world.place = good if url is None else replace(good, smtp_url=url)
    (line,) = world.tell()
    world.place = good
    world.edit(Tab.SETTINGS, "mail_from", "value", "shop@example.com")

    assert says in line
    assert "hidden" not in line
    assert len(world.tell()) == 1
    assert receivers(server.mailbox.letters) == [OWNER]


class Killed(BaseException):
    """The run ends here."""


class KilledBeforeStart(Outbox):
    """An outbox whose run is killed once its letter is frozen."""

    def start(self, statement_id: str, copies: int = 1) -> bool:
        raise Killed(statement_id, copies)


class KilledAfterStart(Outbox):
    """An outbox whose run is killed after its letter left, before that was noted."""

    def finish(self, statement_id: str, state: LetterState, detail: str) -> None:
        raise Killed(statement_id, state, detail)


@pytest.mark.parametrize("before", [None, QUIET - timedelta(days=2)])
def test_a_run_killed_after_the_freezing_leaves_the_letter_to_the_next(
    server: Running, tmp_path: Path, before: datetime | None
) -> None:
    world = Quiet(server.port, quiet_days="0" if before else "7")
    path = tmp_path / "outbox.sqlite3"
    with KilledBeforeStart(path, world.place.clock) as outbox:
        world.place = replace(world.place, outbox=outbox)
        with pytest.raises(Killed):
            world.tell(before)
    world.move(minutes=5)

    with Outbox(path, world.place.clock) as outbox:
        world.place = replace(world.place, outbox=outbox)
        # Whether the next run still sees the silence or not: the letter is there.
        assert [len(world.tell()), len(world.tell())] == [1, 0]
    assert receivers(server.mailbox.letters) == [OWNER]


def test_a_run_killed_while_the_letter_left_does_not_send_it_again(
    server: Running, tmp_path: Path
) -> None:
    world = Quiet(server.port)
    path = tmp_path / "outbox.sqlite3"
    with KilledAfterStart(path, world.place.clock) as outbox:
        world.place = replace(world.place, outbox=outbox)
        with pytest.raises(Killed):
            world.tell()

    with Outbox(path, world.place.clock) as outbox:
        world.place = replace(world.place, outbox=outbox)
        assert [world.tell(), world.tell()] == [[], []]
    assert len(server.mailbox.letters) == 1


def test_two_runs_at_once_send_one_letter(server: Running, tmp_path: Path) -> None:
    world = Quiet(server.port)
    path = tmp_path / "outbox.sqlite3"
    said: list[str] = []

    class Overtaken(Outbox):
        """An outbox beside which another run tells the owner, just before this one does."""

        def start(self, statement_id: str, copies: int = 1) -> bool:
            with Outbox(path, world.place.clock) as other:
                place = replace(world.place, outbox=other)
                said.extend(one.says for one in tell_owner(place, look(place), None).notices)
            return super().start(statement_id, copies)

    with Overtaken(path, world.place.clock) as outbox:
        world.place = replace(world.place, outbox=outbox)
        said += world.tell()

    assert receivers(server.mailbox.letters) == [OWNER]
    assert set(said) == {"A letter to owner_email says: no new order since 2026-10-20 15:00."}


def test_a_refused_address_is_named_and_tried_again_each_hour(server: Running) -> None:
    world = Quiet(server.port, owner_email="gone@example.com")
    (line,) = world.tell()
    world.move(minutes=59)
    soon = world.tell()
    world.move(minutes=1)

    assert "does not accept that address (550 5.1.1" in line
    assert "gone@example.com" not in line
    assert "partner" not in line
    assert (soon, len(world.tell()), world.fates()) == ([], 1, ["refused"])


def test_a_refused_address_is_tried_each_hour_for_a_day_and_then_daily(server: Running) -> None:
    world = Quiet(server.port, owner_email="gone@example.com")
    tries = []
    for _ in range(24 * 4):
        tries.append(len(world.tell()))
        world.move(hours=1)

    # At 0, 1, ... 24 hours; the next at 48 and 72.
    assert [hour for hour, count in enumerate(tries) if count] == [*range(25), 48, 72]


def test_a_refused_address_is_named_with_its_remedy(server: Running) -> None:
    world = Quiet(server.port, owner_email="gone@example.com")
    (english,) = world.tell()
    world.edit(Tab.SETTINGS, "language", "value", "ru")
    world.move(hours=1)
    (russian,) = world.tell()

    assert "correct owner_email in Settings" in english
    assert "then once a day" in english
    assert "исправьте owner_email в «Настройках»" in russian


def test_a_new_address_is_written_to_at_once(server: Running) -> None:
    world = Quiet(server.port, owner_email="gone@example.com")
    world.tell()
    world.edit(Tab.SETTINGS, "owner_email", "value", OWNER)

    assert len(world.tell()) == 1
    assert (receivers(server.mailbox.letters), world.fates()) == ([OWNER], ["sent"])


def test_a_silence_that_ended_before_its_letter_left_is_no_news(server: Running) -> None:
    world = Quiet(server.port, owner_email="gone@example.com")
    world.tell()
    world.deliver("1003", ordered_at="2026-10-27T12:00:00Z")
    world.sync()
    world.edit(Tab.SETTINGS, "owner_email", "value", OWNER)

    assert world.tell() == []


def test_a_letter_of_unknown_fate_is_named_once_and_never_repeated(server: Running) -> None:
    with FaultyServer("dot", 1, "") as faulty:
        world = Quiet(faulty.port)
        (line,) = world.tell()
    world.connect(server.port)
    world.move(days=2)

    assert line.startswith("Whether the letter to owner_email")
    assert "partner" not in line
    assert (world.tell(), server.mailbox.letters, len(faulty.taken)) == ([], [], 1)


def test_letters_to_the_owner_are_no_statements(server: Running) -> None:
    world = Quiet(server.port)
    world.tell()
    world.now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    sent = world.send()
    found = findings(world.place)

    assert set(fates(sent)) == {"ivan", "maria", "oleg"}
    assert {who for who, _ in world.states()} == {"ivan", "maria", "oleg"}
    assert [one for one in found.problems if "letter" in one.code] == []
    assert world.place.outbox.waiting(LetterKind.NOTICE) == []


def test_a_restored_book_learns_nothing_of_letters_to_the_owner(
    server: Running, tmp_path: Path
) -> None:
    book = october(tmp_path, server.port)
    copy = book.path.read_bytes()
    book.run("statements", "--send")
    with Outbox(tmp_path / ".tracker" / "outbox.sqlite3", lambda: QUIET) as outbox:
        (statement,) = outbox.tried()
        notice = replace(statement, kind=LetterKind.NOTICE, statement_id="notice:no_orders:x")
        outbox.freeze(replace(notice, partner_id="", month="", frozen_figures="{}"))
        outbox.start("notice:no_orders:x")
    book.path.write_bytes(copy)

    accepted = book.run("restore", "--accept")

    assert accepted.out == "statements=1 payouts_unknown=0\n"
    assert [row["statement_id"] for row in book.rows(Tab.STATEMENTS)] == [statement.statement_id]
    checked = book.run("check")
    assert checked.code == 3  # its own fate is unknown, and only that wants anybody
    assert "mail --settle notice:no_orders:x" in checked.out
    assert "problems: 0" in checked.out


@pytest.mark.parametrize("silence", Silence)
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("over", [True, False])
def test_text_and_page_say_the_same(silence: Silence, language: str, over: bool) -> None:  # noqa: FBT001
    programme = Programme(language=language, program_name="Tea & <b>more</b>")
    rendered = render_alarm(Alarm(silence, NOTED, QUIET, over), programme)

    listed = re.sub(r"(?<= )\d\. |-- ", "", spaced(rendered.text))
    assert listed == spaced(Page(rendered.html).text)
    assert "<b>more</b>" not in rendered.html
    assert 0 < len(rendered.subject) <= 120
    assert "{" not in rendered.subject + rendered.text
    assert ("Moscow" in rendered.text, len(rendered.html) < 20_000) == (True, True)


@pytest.mark.parametrize(
    ("silence", "words"),
    [
        (Silence.NO_ORDERS, "Последний новый заказ пришёл 20 октября 2026 г., 12:00."),
        (Silence.WAS_ASLEEP, "С 20 октября 2026 г., 12:00 до 27 октября 2026 г., 12:00 ни один"),
    ],
)
def test_a_letter_is_told_in_russian(silence: Silence, words: str) -> None:
    rendered = render_alarm(Alarm(silence, NOTED, QUIET, over=True), Programme(language="ru"))

    assert words in spaced(rendered.text)
