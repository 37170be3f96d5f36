"""Is a letter that came back noted, and does nothing else in a mailbox change anything?"""

from __future__ import annotations

import io
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notifications import notification
from tests.test_outbox import LETTER
from tracker.bounced import Bounce, bounced_problems
from tracker.bounces import MESSAGE_BYTES_MAX, Heard, Report, Taken, read_reports, take
from tracker.outbox import Outbox
from tracker.outgoing import LetterState
from tracker.problems import Stop
from tracker.programme import Partner

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
SENT = replace(LETTER, to_address="ivan@example.com")


@pytest.fixture
def outbox() -> Iterator[Outbox]:
    """One letter that left, to ivan@example.com."""
    with Outbox(None, lambda: NOON) as outbox:
        outbox.freeze(SENT)
        outbox.start("st-1")
        outbox.finish("st-1", LetterState.SENT, "")
        yield outbox


def heard(outbox: Outbox, folder: Path, raw: bytes) -> Taken:
    (folder / "one.eml").write_bytes(raw)
    (found,) = take(str(folder / "one.eml"), outbox)
    return found


def test_a_notification_is_read_field_by_field() -> None:
    assert read_reports(notification()) == [
        Report("<st.1@example.com>", frozenset({"ivan@example.com"}), "failed", "5.1.1")
    ]


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_what_came_back_for_good_is_noted_with_who_when_and_why(
    returned: str, outbox: Outbox, tmp_path: Path
) -> None:
    raw = notification(returned=returned)

    assert heard(outbox, tmp_path, raw) == Taken(Heard.NOTED, "st-1", "P1", "5.1.1")
    assert heard(outbox, tmp_path, raw).heard is Heard.KNOWN
    assert outbox.bounces() == [
        Bounce(
            statement_id="st-1",
            address="ivan@example.com",
            partner_id="P1",
            status="5.1.1",
            at=NOON,
        )
    ]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (notification(action="delayed", status="4.4.1"), Heard.TEMPORARY),
        (notification(action="failed", status="4.4.7"), Heard.TEMPORARY),
        (notification(action="failed", status="2.0.0"), Heard.TEMPORARY),
        (notification(action="failed", status="five"), Heard.TEMPORARY),
        (notification(action="delayed", status="5.0.0"), Heard.TEMPORARY),
        (notification(action="delivered", status="2.0.0"), Heard.DELIVERED),
        (notification(action="relayed", status="2.0.0"), Heard.DELIVERED),
        (notification("<st.2@example.com>"), Heard.FOREIGN),
        (notification("st.1@example.com"), Heard.FOREIGN),
        (notification(""), Heard.FOREIGN),
        (notification(recipient="maria@example.com"), Heard.OTHER_ADDRESS),
        (notification(recipient=""), Heard.NONE),
        (b"Subject: out of office\r\n\r\nBack on Monday. <st.1@example.com>\r\n", Heard.NONE),
        (b"", Heard.NONE),
        (b"\x00\xff" * 500, Heard.NONE),
        (b"x" * (MESSAGE_BYTES_MAX + 1), Heard.UNREADABLE),
    ],
)
def test_anything_else_changes_nothing(
    raw: bytes, what: Heard, outbox: Outbox, tmp_path: Path
) -> None:
    assert heard(outbox, tmp_path, raw).heard is what
    assert outbox.bounces() == []


def test_mail_that_was_passed_on_and_refused_there_counts_for_the_address_first_written_to(
    outbox: Outbox, tmp_path: Path
) -> None:
    raw = notification(recipient="ivan.private@example.net", original="Ivan@Example.com")

    assert heard(outbox, tmp_path, raw).heard is Heard.NOTED


def test_a_letter_that_never_left_cannot_come_back(tmp_path: Path) -> None:
    with Outbox(None, lambda: NOON) as outbox:
        outbox.freeze(SENT)

        assert heard(outbox, tmp_path, notification()).heard is Heard.FOREIGN
        assert outbox.bounces() == []


def test_a_letter_of_unknown_fate_that_comes_back_is_noted(tmp_path: Path) -> None:
    with Outbox(None, lambda: NOON) as outbox:
        outbox.freeze(SENT)
        outbox.start("st-1")
        outbox.settle()

        assert heard(outbox, tmp_path, notification()).heard is Heard.NOTED


def box(folder: Path, form: str) -> Path:
    """The same two messages, one of them a notification, kept in each of the forms."""
    messages = [notification(), b"Subject: hello\r\n\r\nBack on Monday\r\n"]
    if form == "mbox":
        path = folder / "box"
        lines = (b"From mx Mon Nov  2 09:00:00 2026\r\n" + one + b"\r\n" for one in messages)
        path.write_bytes(b"".join(lines))
        return path
    place = folder / form / ("new" if form == "maildir" else "")
    place.mkdir(parents=True)
    for number, one in enumerate(messages):
        (place / (f"{number}.host" if form == "maildir" else f"{number}.eml")).write_bytes(one)
    (place / "notes").mkdir()
    return folder / form


@pytest.mark.parametrize("form", ["folder", "mbox", "maildir"])
def test_letters_are_read_from_folders_and_mailboxes(
    form: str, outbox: Outbox, tmp_path: Path
) -> None:
    found = take(str(box(tmp_path, form)), outbox)

    assert [one.heard for one in found] == [Heard.NOTED, Heard.NONE]


def test_a_mail_server_may_pipe_one_in(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO(b"From mx Mon Nov  2 09:00:00 2026\n" + notification()))
    monkeypatch.setattr(sys, "stdin", piped)

    assert [one.heard for one in take("-", outbox)] == [Heard.NOTED]


def test_a_path_with_nothing_in_it_is_said(outbox: Outbox, tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        take(str(tmp_path / "none.eml"), outbox)

    assert stop.value.code == "bounces_unreadable"
    assert take(str(tmp_path), outbox) == []


@given(st.binary(max_size=2_000))
def test_no_bytes_at_all_are_an_error(raw: bytes) -> None:
    assert read_reports(raw) in (None, [])


def test_no_notification_with_some_bytes_changed_is_an_error_or_another_letter() -> None:
    """4,000 drawn damages: cut, doubled, bytes turned; none names a letter but ours."""
    chance, whole = random.Random(5), notification(returned="message/rfc822")
    for _ in range(4_000):
        raw = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.randrange(30)] = chance.randbytes(chance.randrange(30))
        for one in read_reports(bytes(raw)) or []:
            assert len(one.status) <= 12
            assert all(len(address) <= 1_000 for address in one.recipients)


def test_parts_inside_parts_without_end_are_left_unread() -> None:
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3_000)
    )
    shells = b"Content-Type: message/rfc822\r\n\r\n" * 3_000

    assert read_reports(deep + notification()) in (None, [])
    assert read_reports(shells + notification()) in (None, [])


def test_a_thousand_recipients_are_read_up_to_a_bound() -> None:
    block = b"\r\nFinal-Recipient: rfc822; a@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    raw = notification().replace(b"\r\nDiagnostic-Code", block * 1_000 + b"\r\nDiagnostic-Code")

    assert len(read_reports(raw) or []) == 50


BOUNCE = Bounce(
    statement_id="st-1", address="Ivan@example.com", partner_id="ivan", status="5.1.1", at=NOON
)


def test_the_partner_is_named_at_the_cell_of_his_address_until_it_changes() -> None:
    ivan = Partner(partner_id="ivan", email="ivan@example.com", cell="A2", email_cell="C2")

    (problem,) = bounced_problems({"ivan": ivan}, [BOUNCE])
    assert (problem.tab, problem.cell, problem.code, problem.key) == (
        *("Partners", "C2", "email_bounced", "ivan"),
    )
    assert problem.partner_id == ""  # the ledger is not in doubt: statements and payouts go on
    moved = replace(ivan, email="ivan@example.org")
    assert bounced_problems({"ivan": moved}, [BOUNCE]) == []
    assert bounced_problems({}, [BOUNCE]) == []


@pytest.mark.parametrize(
    ("diagnostic", "status", "what"),
    [
        ("smtp; 550 5.1.1 <ivan@example.com>: no such mailbox", "5.1.1", Heard.NOTED),
        ("smtp; 550 no such mailbox", "5.0.0", Heard.NOTED),
        ("smtp; 452 mailbox full, see 10.5.0.1", "4.0.0", Heard.TEMPORARY),
        ("x-unix; something", "", Heard.TEMPORARY),
    ],
)
def test_without_a_status_the_server_s_answer_tells_it(
    diagnostic: str, status: str, what: Heard, outbox: Outbox, tmp_path: Path
) -> None:
    raw = notification().replace(b"Status: 5.1.1\r\n", b"")
    raw = raw.replace(b"smtp; 550 5.1.1 no such mailbox", diagnostic.encode())

    assert heard(outbox, tmp_path, raw) == Taken(what, "st-1", "P1", status)


EXIM = b"""From: Mail Delivery System <Mailer-Daemon@mx.example.net>
To: shop@example.com
X-Failed-Recipients: ivan@example.com
Subject: Mail delivery failed: returning message to sender
Message-ID: <E1-2-3@mx.example.net>
Content-Type: text/plain; charset=us-ascii

A message that you sent could not be delivered.

  ivan@example.com
    550 Unrouteable address

------ This is a copy of the message, including all the headers. ------

From: Shop <shop@example.com>
Message-ID: <st.1@example.com>
Subject: October

"""


def test_a_plain_bounce_counts_when_it_returns_our_letter(outbox: Outbox, tmp_path: Path) -> None:
    foreign = EXIM.replace(b"<st.1@example.com>", b"<st.2@example.com>")
    other = EXIM.replace(b"Recipients: ivan@", b"Recipients: maria@")

    assert heard(outbox, tmp_path, foreign) == Taken(Heard.FOREIGN)
    assert heard(outbox, tmp_path, other).heard is Heard.OTHER_ADDRESS
    assert heard(outbox, tmp_path, EXIM) == Taken(Heard.NOTED, "st-1", "P1", "5.0.0")


def test_an_id_that_somebody_quotes_before_the_copy_is_not_the_letter_s(
    outbox: Outbox, tmp_path: Path
) -> None:
    quoted = EXIM.partition(b"------")[0] + b"Message-ID: <st.1@example.com>\n"

    assert heard(outbox, tmp_path, quoted) == Taken(Heard.FOREIGN)


def test_an_mbox_may_be_piped_in_whole(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    line = b"From mx Mon Nov  2 09:00:00 2026\n"
    other = notification("<st.9@example.com>").replace(b"\r\n", b"\n")
    mbox = line + other + b"\n" + line + notification().replace(b"\r\n", b"\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(mbox)))

    assert [one.heard for one in take("-", outbox)] == [Heard.FOREIGN, Heard.NOTED]


def test_a_folder_whose_files_are_no_eml_is_said(outbox: Outbox, tmp_path: Path) -> None:
    (tmp_path / "1762074000.M1P1.mx").write_bytes(notification())

    with pytest.raises(Stop) as stop:
        take(str(tmp_path), outbox)

    assert stop.value.code == "bounces_no_eml"
