"""Do subjects and names reach an inbox letter by letter and blank by blank?"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP, compat32
from email.utils import parseaddr

import pytest

from tracker.envelopes import Rendered, address_of, build
from tracker.header_words import folded
from tracker.letter_headers import HEADERS, UnsafeLetter, refuse_other_headers

AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
MARIA, SHOP = "maria@example.com", "shop@example.com"
PATTERNS = [
    "Чайная лавка — отчёт за октябрь 2026 года ", "Tea & Coffee, Ltd. for October ", "a б в г д е ",
    "2\u00a0395,50\u00a0₽ к\u00a0выплате на ", "💩 кит 🐳 whale 👩‍👩‍👧 ", 'Ещё слово,другое (и "так") ',
    "x", "ж", "\u00a0я ", "日本語 の 件名 ",
]  # fmt: skip
LENGTHS = [1, 2, 7, 17, 20, 39, 40, 45, 59, 60, 61, 78, 99, 120]
TEXTS = [(one * 120)[:n].strip() for one in PATTERNS for n in LENGTHS]


def letter(subject: str = "October", name: str = "Maria", program: str = "Tea") -> bytes:
    words = Rendered(subject, "10.00\n", "<p>10.00</p>")
    return build(words, "st.1", address_of(program, SHOP), address_of(name, MARIA), AT).raw


def header(raw: bytes, name: str) -> str:
    """A header as it was mailed, without the ends of its lines."""
    value = str(message_from_bytes(raw, policy=compat32)[name])
    return value.replace("\r\n", "").replace("\n", "")


def by_rfc(value: str) -> str:
    return str(make_header(decode_header(value)))


def test_there_are_more_than_a_hundred_texts() -> None:
    assert len(set(TEXTS)) > 100
    assert {len(one) for one in TEXTS} >= {1, 60, 120}


def test_every_subject_reads_back_whole_by_both_readers() -> None:
    for text in TEXTS:
        raw = letter(subject=text)
        assert by_rfc(header(raw, "Subject")) == text
        assert str(message_from_bytes(raw, policy=SMTP)["Subject"]) == text


def test_every_name_reads_back_whole() -> None:
    for text in TEXTS:
        name, raw = text[:100].strip(), letter(name=text, program=text)
        for which, spec in (("To", MARIA), ("From", SHOP)):
            said, address = parseaddr(header(raw, which))
            assert (by_rfc(said), address) == (name, spec)
            (one,) = message_from_bytes(raw, policy=SMTP)[which].addresses
            # Python 3.11 itself reads a blank between the encoded words of a name.
            assert one.display_name.split() == name.split() or len(name.encode()) > 36
            assert "".join(one.display_name.split()) == "".join(name.split())


def test_encoded_words_are_short_and_hold_whole_characters() -> None:
    for text in TEXTS:
        raw = letter(subject=text, name=text, program=text)
        for word in re.findall(rb"=\?[^ \r\n]*\?=", raw):
            assert len(word) <= 75
            ((content, _),) = decode_header(word.decode("ascii"))
            assert isinstance(content, bytes)
            assert content.decode("utf-8")


def test_lines_are_short_but_for_a_word_without_blanks() -> None:
    for text in TEXTS:
        head = letter(subject=text, name=text, program=text).partition(b"\r\n\r\n")[0]
        long = [line for line in head.split(b"\r\n") if len(line) > 78]
        assert all(len(line) <= 998 for line in long)
        assert not long or text.isascii(), text


@pytest.mark.parametrize(
    ("text", "used", "lengths"),
    [
        ("Your statement", 9, [14]),
        ("a" * 60 + " " + "b" * 20 + " c", 9, [60, 23]),
        ("a" * 300, 9, [300]),
        ("", 9, [0]),
        ("ж", 9, [16]),  # two bytes are four signs of base64, and twelve stand around them
        # 67 signs are left behind `Subject: `: 39 bytes, 19 letters; then 45 bytes, 22 letters.
        ("я" * 41, 9, [64, 73]),
        ("я" * 42, 9, [64, 73, 17]),
        ("💩" * 20, 9, [60, 73]),
    ],
)
def test_by_hand_the_lines_are_so_long(text: str, used: int, lengths: list[int]) -> None:
    assert [len(one) for one in folded(text, used).split("\r\n")] == lengths


def test_by_hand_a_blank_stands_inside_a_word() -> None:
    """`Чайная лавка` is 23 bytes, 32 signs of base64."""
    assert folded("Чайная лавка", 9) == "=?utf-8?b?0KfQsNC50L3QsNGPINC70LDQstC60LA=?="


def test_a_bare_address_stands_alone_and_a_quoted_name_stays_ascii() -> None:
    raw = letter(name="", program="Tea, Coffee & Co.")

    assert b"\r\nTo: maria@example.com\r\n" in raw
    assert b'From: "Tea, Coffee & Co." <shop@example.com>\r\n' in raw


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Subject", "=?utf-8?b?0KfQsNC50L3QsNGP?= =?utf-8?b?0LvQsNCy0LrQsA==?="),
        ("To", "=?utf-8?b?0KfQsNC50L3QsNGP?= =?utf-8?b?0LvQsNCy0LrQsA==?= <maria@example.com>"),
    ],
)
def test_a_subject_or_name_that_lost_its_blank_is_refused(header: str, value: str) -> None:
    """By hand: the blank stands between the words `Чайная` and `лавка`, where readers drop it."""
    heads = dict.fromkeys(HEADERS, "x") | {"From": SHOP, "To": f"=?utf-8?b?0KfQsNC50L3QsNGPINC70LDQstC60LA=?= <{MARIA}>", "Subject": "=?utf-8?b?0KfQsNC50L3QsNGPINC70LDQstC60LA=?="}  # fmt: skip
    name = "Чайная лавка"
    people = address_of("", SHOP), address_of(name, MARIA)

    def read(heads: dict[str, str]) -> None:
        raw = "".join(f"{one}: {text}\r\n" for one, text in heads.items()).encode()
        refuse_other_headers(raw + b"\r\n", {"Subject": name}, *people)

    read(heads)
    with pytest.raises(UnsafeLetter, match=header):
        read(heads | {header: value})
