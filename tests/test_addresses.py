"""Is one plain address let through, and everything else refused with its reason?"""

from __future__ import annotations

import pytest

from tracker.addresses import NotASender, Sender, email_problem, parse_from
from tracker.sentences import PROBLEMS


@pytest.mark.parametrize(
    "text",
    [
        "ivan@example.com",
        "i.van+tea@mail.example.org",
        "o'hara_1@xn--e1afmkfd.example",
        "a" * 64 + "@example.com",
        "1@a.co",
    ],
)
def test_a_plain_address_is_let_through(text: str) -> None:
    assert email_problem(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "email_missing"),
        ("ivan@example.com\n", "email_hidden_sign"),
        ("ivan@example.com\r\nBcc: x@example.org", "email_hidden_sign"),
        ("ivan@example.com\x00", "email_hidden_sign"),
        ("ivan\u202e@example.com", "email_hidden_sign"),
        ("ivan\u2028@example.com", "email_hidden_sign"),
        ("a@b.co, evil@example.org", "email_several"),
        ("a@b.co;c@b.co", "email_several"),
        ("a@b.co@c.co", "email_several"),
        ("=?utf-8?q?a=0ABcc?=@example.com", "email_encoded"),
        ("иван@example.com", "email_not_latin"),
        ("ivan@пример.example", "email_not_latin"),
        ("a" * 65 + "@example.com", "email_too_long"),
        ("a@" + "b" * 60 + ("." + "c" * 60) * 4 + ".com", "email_too_long"),
        ("ivan", "email_unreadable"),
        ("@example.com", "email_unreadable"),
        ("ivan@", "email_unreadable"),
        ("ivan@localhost", "email_unreadable"),
        ("ivan@-example.com", "email_unreadable"),
        ("ivan@example..com", "email_unreadable"),
        ("ivan@example.com.", "email_unreadable"),
        (".ivan@example.com", "email_unreadable"),
        ("i van@example.com", "email_unreadable"),
        ("Ivan <ivan@example.com>", "email_unreadable"),
        ('"ivan"@example.com', "email_unreadable"),
        ("ivan@[127.0.0.1]", "email_unreadable"),
        ("ivan(x)@example.com", "email_unreadable"),
    ],
)
def test_anything_else_is_refused_with_its_reason(text: str, code: str) -> None:
    assert email_problem(text) == code
    assert code in PROBLEMS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shop@example.com", Sender("", "shop@example.com")),
        (" <shop@example.com> ", Sender("", "shop@example.com")),
        ("Чайная, лавка <shop@example.com>", Sender("Чайная, лавка", "shop@example.com")),
        ('"The Shop" <shop@example.com>', Sender("The Shop", "shop@example.com")),
        ("", NotASender("email_missing")),
        ("Shop <>", NotASender("email_missing")),
        ("Shop shop@example.com", NotASender("email_unreadable")),
        ("A <a@b.co>, B <b@b.co>", NotASender("email_several")),
        ("Shop\nBcc: x@example.org <a@b.co>", NotASender("email_hidden_sign")),
        ("shop@example.com\n", NotASender("email_hidden_sign")),
        ("=?utf-8?q?=0ABcc?= <a@b.co>", NotASender("sender_name_unreadable")),
        ('Sh"op <a@b.co>', NotASender("sender_name_unreadable")),
        ("N" * 101 + " <a@b.co>", NotASender("sender_name_too_long")),
    ],
)
def test_a_sender_has_one_address_and_perhaps_a_name(
    text: str, expected: Sender | NotASender
) -> None:
    assert parse_from(text) == expected
