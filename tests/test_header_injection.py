"""Whatever somebody types, does a letter have our headers, one reader, and nothing else?

More than seventy hostile texts, each in every place that reaches a header. Either the letter is
refused, or its bytes hold exactly the headers we meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.hostile.corpus import corpus
from tracker.addresses import NotASender, email_problem, parse_from
from tracker.envelopes import (
    HEADERS,
    Attachment,
    Rendered,
    UnsafeLetter,
    address_of,
    build,
    sender_of,
)

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
SHOP, MARIA = "shop@example.com", "maria@example.com"
WORDS = Rendered("October", "10.00\n", "<p>10.00</p>")
UNSUBSCRIBE = "mailto:shop@example.com?subject=unsubscribe"

HOSTILE = [case.text for case in corpus("mail_headers")]

PLACES: dict[str, Callable[[str], bytes]] = {
    "name": lambda typed: letter(receiver_name=typed),
    "program": lambda typed: letter(program=typed),
    "subject": lambda typed: letter(words=Rendered(typed, WORDS.text, WORDS.html)),
    "address": lambda typed: letter(to=typed),
    "mail_from": lambda typed: letter(mail_from=typed),
    "mail_from name": lambda typed: letter(mail_from=f"{typed} <{SHOP}>"),
    "file name": lambda typed: letter(file_name=typed),
    "unsubscribe": lambda typed: letter(unsubscribe=typed),
    "unsubscribe's end": lambda typed: letter(unsubscribe=UNSUBSCRIBE + typed),
}


def letter(
    *,
    receiver_name: str = "Maria",
    program: str = "Tea",
    words: Rendered = WORDS,
    to: str = MARIA,
    mail_from: str = SHOP,
    file_name: str = "october.csv",
    unsubscribe: str = UNSUBSCRIBE,
) -> bytes:
    return build(
        words,
        "st.0123456789abcdef",
        sender_of(mail_from, program),
        address_of(receiver_name, to),
        AT,
        attachments=[Attachment(file_name, "text/csv", b"1,2\r\n")],
        unsubscribe=unsubscribe,
    ).raw


def test_there_are_more_than_70_texts() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) > 90


@pytest.mark.parametrize("place", PLACES)
def test_no_text_in_any_place_adds_a_header_or_a_reader(place: str) -> None:
    for typed in HOSTILE:
        try:
            raw = PLACES[place](typed)
        except UnsafeLetter:
            continue
        named, built = heads_of(raw), read(raw)
        allowed = HEADERS | ({"List-Unsubscribe"} if "List-Unsubscribe" in named else set())
        assert sorted(named) == sorted(allowed), (place, typed)
        assert len(built["To"].addresses) == len(built["From"].addresses) == 1
        assert place == "address" or built["To"].addresses[0].addr_spec == MARIA, typed


def heads_of(raw: bytes) -> list[str]:
    """The names of a letter's headers by its bytes alone, whatever a parser makes of them."""
    head = raw.partition(b"\r\n\r\n")[0]
    assert raw.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", raw) is None
    lines = re.sub(rb"\r\n[ \t]", b" ", head).split(b"\r\n")
    return [line.partition(b":")[0].decode() for line in lines]


def read(raw: bytes) -> EmailMessage:
    built = message_from_bytes(raw, policy=SMTP)
    assert built.get_content_type() == "multipart/mixed"
    (file,) = built.iter_attachments()
    assert sorted(map(str.lower, file.keys())) == [
        "content-disposition",
        "content-transfer-encoding",
        "content-type",
        "mime-version",
    ]
    assert file.get_content_type() == "text/csv"
    return built


@pytest.mark.parametrize("place", ["address", "mail_from", "unsubscribe"])
def test_what_is_no_address_at_all_never_becomes_one(place: str) -> None:
    """By hand: of these, none may reach a header as it is."""
    for typed in (
        f"{MARIA}\r\nBcc: evil@example.net",
        "a@b.co, c@d.co",
        f"{MARIA}\n",
        "=?x?q??=@e.co",
    ):
        with pytest.raises(UnsafeLetter):
            PLACES[place](typed)


def test_by_hand_a_line_break_in_a_name_becomes_a_blank() -> None:
    raw = PLACES["name"]("Maria\r\nBcc: evil@example.net")

    # The colon and the @ make the standard library quote the name: still one name of one address.
    assert b'\r\nTo: "Maria Bcc: evil@example.net" <maria@example.com>\r\n' in raw


def test_what_settings_and_partners_let_through_is_one_plain_address() -> None:
    for case in corpus("mail_headers"):
        typed = case.text
        assert email_problem(typed) == case.must["email"] is not None, typed
        sender = parse_from(typed)
        assert isinstance(sender, NotASender) or email_problem(sender.address) is None
        assert isinstance(sender, NotASender) or sender.name.isprintable(), typed
