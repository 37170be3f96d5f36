"""What does `mail` say and do: its list, a test letter, decisions, and what came back?"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from tests.cli_book import CliBook
from tests.faulty_mail import CUT, FaultyServer
from tests.jobs.post import receivers
from tests.jobs.test_statements_command import connect, october, post
from tests.notifications import notification
from tests.test_smtp import Running
from tracker.layout import Tab


@pytest.fixture(scope="module")
def once_held(tmp_path_factory: pytest.TempPathFactory) -> CliBook:
    """A book whose one letter of October is of unknown fate."""
    with FaultyServer("dot", 1, CUT) as faulty:
        book = october(tmp_path_factory.mktemp("held"), faulty.port)
        book.run("statements", "--send")
    return book


@pytest.fixture(scope="module")
def once_sent(mail_running: Running, tmp_path_factory: pytest.TempPathFactory) -> CliBook:
    """A book whose one letter of October arrived."""
    book = october(tmp_path_factory.mktemp("sent"), mail_running.port)
    book.run("statements", "--send")
    return book


@pytest.fixture
def held(once_held: CliBook, server: Running, tmp_path: Path) -> CliBook:
    book = CliBook(tmp_path, once_held)
    connect(tmp_path, server.port)
    return book


@pytest.fixture
def sent(once_sent: CliBook, tmp_path: Path) -> CliBook:
    return CliBook(tmp_path, once_sent)


def name_of(book: CliBook) -> str:
    return str(book.rows(Tab.STATEMENTS)[0]["statement_id"])


def states(book: CliBook) -> list[str]:
    return [str(row["state"]) for row in book.rows(Tab.STATEMENTS)]


def test_without_options_it_lists_what_wants_a_person_and_ends_with_3(held: CliBook) -> None:
    said = held.run("mail")

    assert said.code == 3
    assert said.out.startswith(
        f"{name_of(held)} statement ivan 2026-10 unknown tries=1: the mail server did not say"
    )
    assert "mail --settle NAME" in said.err
    assert "@" not in said.out


def test_a_refused_statement_is_not_offered_what_cannot_be_done(tmp_path: Path) -> None:
    book = october(tmp_path, 1)
    book.run("statements", "--send")

    said = book.run("mail")

    assert (said.code, "refused tries=1" in said.out) == (3, True)
    name = name_of(book)
    assert said.err.startswith(f"{name}: mend what is named; the statement is tried again")
    assert "statements --send --month 2026-10" in book.run("mail", "--settle", name).err


def test_when_nothing_wants_anybody_it_says_so(sent: CliBook) -> None:
    said = sent.run("mail")

    assert (said.code, said.out, said.err) == (0, "", "No letter wants you.\n")


def test_a_held_letter_is_sent_once_more_by_its_name(held: CliBook, server: Running) -> None:
    said = held.run("mail", "--resend", name_of(held))

    assert (said.code, said.out) == (0, f"The server took {name_of(held)}.\n")
    assert receivers(server.mailbox.letters) == ["ivan@example.com"]
    assert states(held) == ["claimed", "unknown", "sent"]
    assert held.run("mail").code == 0


def test_a_server_that_is_away_leaves_it_unknown_and_is_named(held: CliBook) -> None:
    connect(held.folder, 1)

    said = held.run("mail", "--resend", name_of(held))

    assert said.code == 2
    assert said.err.startswith(
        f"Whether {name_of(held)} left is unknown as before: the mail server"
    )
    assert states(held) == ["claimed", "unknown"]


def test_what_arrived_is_settled(held: CliBook, server: Running) -> None:
    said = held.run("mail", "--settle", name_of(held))

    assert (said.code, said.out) == (0, f"{name_of(held)} counts as sent.\n")
    assert (states(held), server.mailbox.letters) == (["claimed", "unknown", "sent"], [])


@pytest.mark.parametrize("option", ["--resend", "--settle"])
def test_an_unknown_name_is_said(option: str, sent: CliBook) -> None:
    said = sent.run("mail", option, "st_nobody")

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("There is no letter “st_nobody”. Run mail:")


@pytest.mark.parametrize("mail", ["off", "live"])
def test_a_test_letter_leaves_whatever_the_setting_mail_says(
    mail: str, server: Running, tmp_path: Path
) -> None:
    book = post(tmp_path, server.port, mail)

    said = book.run("mail", "--test", "me@example.net")

    assert said.code == 0, said.err
    lines = said.out.splitlines()
    assert lines[:2] == [f"server: 127.0.0.1:{server.port} (none)", "from: Shop <shop@example.com>"]
    assert lines[2].startswith("The server took the test letter.")
    (letter,) = server.mailbox.letters
    built = message_from_bytes(letter.original_content or b"", policy=SMTP)
    assert isinstance(built, EmailMessage)
    assert (letter.rcpt_tos, str(built["To"])) == (["me@example.net"], "me@example.net")
    assert re.fullmatch(r"<te\.[0-9a-f]{24}@example\.com>", built["Message-ID"])
    assert (states(book), book.run("mail").code) == ([], 0)


def test_a_test_letter_speaks_the_programme_s_language(server: Running, tmp_path: Path) -> None:
    book = post(tmp_path, server.port, "off")
    book.set("language", "ru")
    book.run("mail", "--test", "me@example.net")

    (letter,) = server.mailbox.letters
    built = message_from_bytes(letter.original_content or b"", policy=SMTP)
    assert built["Subject"].startswith("Пробное письмо")


@pytest.mark.parametrize(
    ("step", "reply", "says"),
    [
        ("rcpt", "550 5.1.1 nobody", "has not left: the mail server does not accept that address"),
        ("mail", "553 not yours", "has not left: the mail server does not let this sender send"),
        ("banner", "554 no", "has not left: the mail server could not be reached (554)"),
        ("dot", CUT, "left is unknown: the mail server did not say whether it took the letter"),
    ],
)
def test_each_failure_of_a_test_letter_is_named(
    step: str, reply: str, says: str, tmp_path: Path
) -> None:
    with FaultyServer(step, 1, reply) as faulty:
        book = post(tmp_path, faulty.port)
        said = book.run("mail", "--test", "me@example.net")

    assert said.code == 2
    assert says in said.err
    assert book.run("mail").code == 0  # a test letter wants nobody afterwards


@pytest.mark.parametrize(
    ("setting", "value", "url", "says"),
    [
        ("mail_from", "", "", "The setting mail_from is empty"),
        ("mail_from", "shop@gmail.com", "smtp://u:word@smtp.example.com", "Gmail lets nobody but its own"),
        ("language", "en", "", "No mail server is named"),
    ],
)  # fmt: skip
def test_what_keeps_a_test_letter_from_being_tried_is_said(
    setting: str, value: str, url: str, says: str, tmp_path: Path
) -> None:
    book = post(tmp_path, 1)
    book.set(setting, value)
    if url or setting == "language":
        with (tmp_path / ".env").open("a", encoding="utf-8") as file:
            file.write(f"TRACKER_SMTP_URL={url}\n")

    said = book.run("mail", "--test", "me@example.net")

    assert (said.code, says in said.err) == (2, True), said.err
    assert "word" not in said.out + said.err.replace("password@host", "")


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    book = post(tmp_path, 1)

    said = book.run("mail", "--test", "a@example.net, b@example.net")

    assert (said.code, "exactly one plain e-mail address" in said.err) == (2, True)


def test_two_options_at_once_are_refused(tmp_path: Path) -> None:
    said = post(tmp_path, 1).run("mail", "--resend", "a", "--settle", "b")

    assert (said.code, "one at a time" in said.err) == (2, True)


def test_what_came_back_is_noted_from_a_file_and_listed_until_the_address_changes(
    sent: CliBook,
) -> None:
    message_id = str(sent.rows(Tab.STATEMENTS)[0]["message_id"])
    report = sent.folder / "back.eml"
    report.write_bytes(notification(message_id))

    said, listed = sent.run("mail", "--bounces", str(report)), sent.run("mail")
    sent.sync()

    assert (said.code, listed.code) == (0, 3)
    noted, counts = said.out.splitlines()
    assert noted.startswith(
        f"{name_of(sent)}: came back for good (5.1.1); letters to ivan are held"
    )
    assert counts == "notifications=1 noted=1 known=0 temporary=0 other=0"
    assert " bounced tries=1: it came back on 2026-11-01 (5.1.1)" in listed.out
    assert "A letter to ivan came back" in sent.problems()["Partners", "C2"]


def test_notifications_that_are_not_ours_change_nothing(sent: CliBook) -> None:
    (sent.folder / "back").mkdir()
    (sent.folder / "back" / "one.eml").write_bytes(notification("<st.0000@example.com>"))

    said = sent.run("mail", "--bounces", str(sent.folder / "back"))

    assert said.out.splitlines()[-1] == "notifications=1 noted=0 known=0 temporary=0 other=1"
    assert (said.code, sent.run("mail").code) == (0, 0)


def test_check_says_that_a_free_mailbox_goes_through_another_server(tmp_path: Path) -> None:
    book = post(tmp_path, 1)
    book.set("mail_from", "Shop <shop@mail.ru>")
    with (tmp_path / ".env").open("a", encoding="utf-8") as file:
        file.write("TRACKER_SMTP_URL=smtp://u:word@smtp.example.com\n")

    said = book.run("check")
    sent = book.run("statements", "--send")

    assert said.code == 3
    assert "only Mail.ru’s own servers may send from there, not smtp.example.com" in said.out
    assert (sent.code, "Mail.ru lets nobody but its own servers" in sent.err) == (2, True)
    assert states(book) == []
