"""Is a sender whose letters no server would let pass found before the first one leaves?"""

from __future__ import annotations

import pytest

from tracker.choices import Mail
from tracker.problems import Stop
from tracker.programme import Programme
from tracker.sender_fits import PROVIDERS, foreign_provider, refuse_foreign, unfit_sender
from tracker.sentences.doctor import DOCTOR
from tracker.smtp import open_transport


def found(mail_from: str, url: str, mail: Mail = Mail.LIVE) -> list[tuple[str, bool]]:
    """The code of each finding, and whether it wants a person; each can be said."""
    unfit = unfit_sender(Programme(mail=mail, mail_from=mail_from), url)
    assert {one.code for one in unfit} <= DOCTOR.keys()
    return [(one.code, one.wants_a_person) for one in unfit]


OWN = "smtp://shop%40example.com:word@smtp.example.com:587"


@pytest.mark.parametrize(
    ("mail_from", "url", "code"),
    [
        ("shop@example.com", OWN, ""),
        ("Shop <partners@mail.example.com>", OWN, ""),
        ("shop@example.com", "smtp://apikey:word@smtp.sendgrid.net", ""),
        ("shop@example.com", "smtp://127.0.0.1:25", ""),
        ("shop@gmail.com", "folder:letters", ""),
        ("shop@gmail.com", "smtp://shop%40gmail.com:word@smtp.gmail.com:587", ""),
        ("shop@GMAIL.com", "smtps://shop%40gmail.com:word@smtp.googlemail.com", ""),
        ("shop@bk.ru", "smtps://shop%40bk.ru:word@smtp.mail.ru", ""),
        ("shop@ya.ru", "smtps://shop%40yandex.ru:word@smtp.yandex.ru", "sender_other_mailbox"),
        ("shop@gmail.com", "smtp://127.0.0.1:25", ""),
        ("shop@gmail.com", OWN, "sender_freemail"),
        ("shop@mail.ru", "smtps://shop%40yandex.ru:word@smtp.yandex.ru", "sender_freemail"),
        ("shop@mail.ru", "smtp://u:word@smtp.mail.ru.example.net", "sender_freemail"),
        ("shop@icloud.com", "smtp://apikey:word@smtp.sendgrid.net", "sender_freemail"),
        ("shop@proton.me", "smtp://127.0.0.1:1025", ""),
        ("shop@example.com", "smtp://robot%40example.org:word@smtp.example.org", "sender_other_domain"),
        ("shop@example.com", "smtp://me%40gmail.com:word@smtp.gmail.com", "sender_other_domain"),
        ("", OWN, "sender_missing"),
        ("a@b.co, c@d.co", OWN, "sender_missing"),
        ("shop@example.com", "", "sender_no_server"),
        ("shop@example.com", "http://example.com", "sender_no_server"),
    ],
)  # fmt: skip
def test_a_sender_and_its_server(mail_from: str, url: str, code: str) -> None:
    assert [one for one, _ in found(mail_from, url)] == ([code] if code else [])


def test_only_what_surely_fails_wants_a_person() -> None:
    assert found("shop@gmail.com", OWN) == [("sender_freemail", True)]
    assert found("shop@example.org", OWN) == [("sender_other_domain", False)]
    assert found("", OWN) == [("sender_missing", True)]
    assert found("", OWN, Mail.PREVIEW) == [("sender_missing", False)]


@pytest.mark.parametrize("mail", [Mail.OFF, Mail.PREVIEW])
def test_a_programme_that_mails_nothing_is_told_nothing(mail: Mail) -> None:
    assert found("", "", mail) == []


def test_a_password_is_in_no_finding() -> None:
    unfit = unfit_sender(Programme(mail=Mail.LIVE, mail_from="s@gmail.com"), OWN)

    assert "word" not in repr(unfit)


@pytest.mark.parametrize("name", "Gmail Mail.ru Yandex Outlook Yahoo iCloud Rambler Proton".split())
def test_every_provider_sends_through_itself_and_no_other(name: str) -> None:
    (provider,) = (one for one in PROVIDERS if one.name == name)
    for domain in provider.mailboxes:
        assert {foreign_provider(f"a@{domain}", f"smtp.{own}") for own in provider.servers} == {""}
        assert foreign_provider(f"a@{domain}", "smtp.example.com") == name


def test_no_mailbox_is_two_providers() -> None:
    domains = [domain for one in PROVIDERS for domain in one.mailboxes]

    assert len(domains) == len(set(domains))


def test_sending_is_refused_before_any_connection_and_says_what_to_do() -> None:
    with pytest.raises(Stop) as stop:
        open_transport(OWN, "shop@gmail.com")

    assert stop.value.code == "mail_from_freemail"
    assert dict(stop.value.params) == {
        "domain": "gmail.com",
        "provider": "Gmail",
        "host": "smtp.example.com",
    }
    refuse_foreign("shop@example.com", "smtp.example.com")
    open_transport("smtp://127.0.0.1:1", "shop@gmail.com").close()
