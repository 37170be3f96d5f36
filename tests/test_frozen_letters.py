"""Frozen letters: our headers and no others, one reader, the same bytes every time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from tests.letter_values import VECTORS, account, line, maria, statement
from tracker.envelopes import (
    HEADERS,
    Attachment,
    FrozenLetter,
    Rendered,
    UnsafeLetter,
    address_of,
    build,
)
from tracker.letters import freeze, render
from tracker.statements import Statement

AT = datetime(2026, 10, 31, 21, 0, tzinfo=UTC)
SHOP = "shop@example.com"
MARIA = "maria@example.com"


def frozen(one: Statement, mail_from: str = SHOP, to: str = MARIA) -> FrozenLetter:
    return freeze(one, render(one, one.language), mail_from, to, AT)


def read(letter: FrozenLetter) -> EmailMessage:
    return message_from_bytes(letter.raw, policy=SMTP)


def test_a_letter_has_our_headers_and_no_others() -> None:
    letter = frozen(maria())
    built = read(letter)

    assert sorted(built.keys()) == sorted(HEADERS)
    assert str(built["From"]) == "Чайная лавка <shop@example.com>"
    assert str(built["To"]) == "Мария <maria@example.com>"
    assert built["Subject"] == "Отчёт за октябрь 2026 года — Чайная лавка"
    assert built["Date"] == "Sat, 31 Oct 2026 21:00:00 +0000"
    assert built["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<st\.[0-9a-f]{24}@example\.com>", letter.message_id)
    assert built["Message-ID"] == letter.message_id


def test_a_letter_carries_the_text_first_and_then_the_page() -> None:
    rendered = render(maria(), "ru")

    built = read(frozen(maria()))
    words, table = built.iter_parts()
    parts = [(p.get_content_type(), p.get_content()) for p in words.iter_parts()]
    assert (built.get_content_type(), table.get_content_type()) == ("multipart/mixed", "text/csv")
    assert words.get_content_type() == "multipart/alternative"
    assert [kind for kind, _ in parts] == ["text/plain", "text/html"]
    assert parts[0][1].replace("\r\n", "\n") == rendered.text
    assert parts[1][1].replace("\r\n", "\n").rstrip("\n") == rendered.html.rstrip("\n")


def test_the_table_has_the_partners_month_in_its_name() -> None:
    _, table = read(frozen(maria())).iter_parts()

    assert table.get_filename() == "statement-2026-10-maria.csv"
    assert table.get_content().startswith("\ufeffДата;")
    assert table.get_content_charset() == "utf-8"


def test_a_changed_table_is_another_letter_though_the_words_are_the_same() -> None:
    ids = {
        frozen(statement(account("RUB", 0, line("bonus", "9", 1, payable_on=day)))).message_id
        for day in (None, date(2026, 11, 3), date(2026, 11, 4))
    }

    assert len(ids) == 3


def test_only_a_letter_that_can_be_left_says_where() -> None:
    address, leave = (
        address_of("", MARIA),
        "mailto:shop@example.com?subject=unsubscribe%20" + "x" * 99,
    )
    words = Rendered("s", "t\n", "<p>h</p>")

    raw = build(words, "nw.1", address, address, AT, unsubscribe=leave).raw
    assert f"\r\nList-Unsubscribe: <{leave}>\r\n".encode() in raw
    assert b"List-Unsubscribe" not in build(words, "nw.1", address, address, AT).raw


@pytest.mark.parametrize(
    "typed", ["https://example.com/", "mailto:a@example.com\r\nBcc: b@example.com",
              "mailto:a@example.com>, <mailto:b@example.com", "mailto:", "mailto:a@b@example.com"],
)  # fmt: skip
def test_what_is_no_mailto_address_does_not_become_a_header(typed: str) -> None:
    address = address_of("", MARIA)

    with pytest.raises(UnsafeLetter):
        build(Rendered("s", "t\n", ""), "nw.1", address, address, AT, unsubscribe=typed)


@pytest.mark.parametrize("name", [*VECTORS, "../../etc/passwd", 'x".exe', "отчёт.csv"])
def test_no_file_name_adds_a_header(name: str) -> None:
    address = address_of("", MARIA)
    file = Attachment(name, "text/csv", b"x")

    raw = build(Rendered("s", "t\n", ""), "nw.1", address, address, AT, attachments=[file]).raw
    _, table = message_from_bytes(raw, policy=SMTP).iter_parts()
    assert {"Bcc", "To"}.isdisjoint(table.keys())
    assert sorted(set(table.keys())) == sorted(
        ["Content-Disposition", "Content-Transfer-Encoding", "Content-Type", "MIME-Version"]
    )


def test_every_line_of_a_letter_is_short_ascii_and_ends_as_mail_does() -> None:
    raw = frozen(maria(name="💩" * 40, program_name="Очень длинное имя " * 20)).raw

    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")


PROGRAM = """
import sys; sys.path.insert(0, ".")
from tests.test_frozen_letters import frozen, maria
sys.stdout.buffer.write(frozen(maria()).raw)
"""


def test_a_letter_made_again_in_another_process_is_the_same_bytes() -> None:
    def made(seed: str) -> bytes:
        around = {**os.environ, "PYTHONHASHSEED": seed}
        home = Path(__file__).parent.parent
        command = [sys.executable, "-c", PROGRAM]
        return subprocess.run(command, cwd=home, env=around, capture_output=True, check=True).stdout

    assert made("1") == made("2") == frozen(maria()).raw


def test_another_revision_or_content_is_another_letter() -> None:
    ids = {
        frozen(one).message_id
        for one in (maria(), maria(revision=2), maria(name="Анна"), maria(statement_id="x"))
    }

    assert len(ids) == 4


@pytest.mark.parametrize("typed", VECTORS)
def test_no_typed_name_adds_a_header_or_a_reader(typed: str) -> None:
    one = maria(name=typed, program_name=typed)
    rendered = render(one, "ru")
    letter = freeze(one, Rendered(typed, rendered.text, rendered.html), SHOP, MARIA, AT)

    head = letter.raw.partition(b"\r\n\r\n")[0]
    assert sorted(re.findall(rb"^([A-Za-z-]+):", head, re.MULTILINE)) == sorted(
        name.encode() for name in HEADERS
    )
    assert [one.addr_spec for one in read(letter)["To"].addresses] == [MARIA]


@pytest.mark.parametrize(
    "typed",
    [
        "", "maria", "a@b@example.com", "a@example.com, b@example.com", "a@example.com;b@example.com",
        "a@example.com\nBcc: x@example.com", "a@example.com\n", "=?utf-8?q?a?=@example.com", "a@",
        "@example.com", "a b@example.com", "<a@example.com>", "a@example..com", "a@-example.com",
        "a@exa\x00mple.com", "маша@example.com", ".a@example.com", "a.@example.com", "a..b@example.com", "a@" + "x" * 64 + ".com",
    ],
)  # fmt: skip
def test_what_is_not_exactly_one_address_is_refused(typed: str) -> None:
    with pytest.raises(UnsafeLetter):
        frozen(maria(), to=typed)


def test_an_address_with_a_russian_domain_is_written_for_the_wire() -> None:
    letter = read(frozen(maria(), mail_from="Лавка <shop@пример.рф>"))

    assert str(letter["From"]) == "Лавка <shop@xn--e1afmkfd.xn--p1ai>"


def test_a_long_domain_keeps_the_message_id_whole() -> None:
    domain = f"{'long' * 15}.{'name' * 15}.example.com"

    letter = frozen(maria(), mail_from=f"shop@{domain}")
    assert f"@{domain}>\r\n".encode() in letter.raw
    assert letter.message_id.encode() in letter.raw


def test_a_letter_without_a_sender_is_a_preview_that_cannot_be_mailed() -> None:
    letter = frozen(maria(), mail_from="")

    assert letter.message_id.endswith("@statement.invalid>")
    assert str(read(letter)["From"]) == "Чайная лавка <statements@statement.invalid>"


def test_a_letter_needs_to_know_the_offset_of_its_time() -> None:
    with pytest.raises(UnsafeLetter, match="offset"):
        freeze(maria(), render(maria(), "ru"), SHOP, MARIA, AT.replace(tzinfo=None))
