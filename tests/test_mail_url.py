"""Is the mail server's address read, and its password never repeated?"""

from __future__ import annotations

import traceback

import pytest

from tracker.mail_url import MailFolder, MailServer, Security, read_mail_url
from tracker.problems import Stop


@pytest.mark.parametrize(
    ("url", "host", "port", "security"),
    [
        ("smtp://mail.example.com", "mail.example.com", 587, Security.STARTTLS),
        ("smtp://mail.example.com:2525?starttls=1", "mail.example.com", 2525, Security.STARTTLS),
        ("smtp://mail.example.com/?starttls=0", "mail.example.com", 25, Security.NONE),
        ("smtps://mail.example.com", "mail.example.com", 465, Security.TLS),
        ("smtps://mail.example.com:1465", "mail.example.com", 1465, Security.TLS),
        ("smtp://127.0.0.1:8025", "127.0.0.1", 8025, Security.NONE),
        ("smtp://localhost:8025", "localhost", 8025, Security.NONE),
        ("smtp://[::1]:8025", "::1", 8025, Security.NONE),
        ("smtp://127.0.0.1:8025?starttls=1", "127.0.0.1", 8025, Security.STARTTLS),
        ("smtp://127.0.0.1.example.com", "127.0.0.1.example.com", 587, Security.STARTTLS),
    ],
)
def test_only_this_machine_is_spoken_to_in_the_open_unless_asked(
    url: str, host: str, port: int, security: Security
) -> None:
    assert read_mail_url(url) == MailServer(host=host, port=port, security=security)


def test_user_and_password_are_percent_encoded() -> None:
    found = read_mail_url("smtp://shop%40example.com:p%40ss%2Fw%3A%25rd@mail.example.com:587")

    assert isinstance(found, MailServer)
    assert (found.user, found.password) == ("shop@example.com", "p@ss/w:%rd")
    assert "ss/w" not in repr(found)


def test_a_folder_stands_for_a_server() -> None:
    assert read_mail_url(" folder:out/letters ") == MailFolder("out/letters")


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.com",
        "http://shop:s3cret@mail.example.com",
        "smtp://shop:s3cret@",
        "smtp://shop:s3cret@mail.example.com:99999",
        "smtp://shop:s3cret@mail.example.com:port",
        "smtp://shop:s3cret@mail.example.com?startls=1",
        "smtp://shop:s3cret@mail.example.com?starttls=yes",
        "smtps://shop:s3cret@mail.example.com?starttls=1",
        "smtp://shop:s3cret@mail.example.com/inbox",
        "smtp://shop:s3cret#1@mail.example.com",
        "smtp://shop:s3cret%0D%0AQUIT@mail.example.com",
        "smtp://shop@mail.example.com",
        "smtp://[shop:s3cret@mail.example.com",
        "folder:",
    ],
)
def test_what_cannot_be_read_is_a_stop_that_shows_nothing_of_it(url: str) -> None:
    with pytest.raises(Stop) as stop:
        read_mail_url(url)

    assert (stop.value.code, stop.value.params) == ("smtp_url_unreadable", ())
    assert "s3cret" not in "".join(traceback.format_exception(stop.value))


def test_no_address_at_all_is_a_stop_of_its_own() -> None:
    with pytest.raises(Stop) as stop:
        read_mail_url("  ")

    assert stop.value.code == "smtp_missing"
