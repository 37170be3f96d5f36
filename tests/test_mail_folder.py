"""Does a folder take letters in a mail server's place?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.mail_folder import FolderTransport
from tracker.sentences import split_reason
from tracker.sentences.reasons import REASONS
from tracker.smtp import SmtpTransport, open_transport
from tracker.transport import Answer, Refused, Sent, Unknown

SHOP = "shop@example.com"
LETTER = b"Message-ID: <st.1@example.com>\r\nSubject: October\r\n\r\nhello\r\n"


def code_of(answer: Answer) -> str:
    assert isinstance(answer, Refused | Unknown)
    code, _ = split_reason(answer.reason)
    assert code in REASONS
    return code


def test_a_folder_takes_letters_as_files(tmp_path: Path) -> None:
    with open_transport(f"folder:{tmp_path / 'letters'}") as transport:
        answers = [transport.send(LETTER, SHOP, "a@example.org") for _twice in range(2)]

    assert answers == [Sent(), Sent()]
    assert [one.name for one in (tmp_path / "letters").iterdir()] == ["st.1@example.com.eml"]
    assert (tmp_path / "letters" / "st.1@example.com.eml").read_bytes() == LETTER


@pytest.mark.parametrize(
    ("message_id", "name"),
    [("<../../etc/passwd@x>", "_.._etc_passwd@x.eml"), ("</a b/ч>", "_a_b___.eml")],
)
def test_a_message_id_cannot_lead_out_of_the_folder(
    tmp_path: Path, message_id: str, name: str
) -> None:
    letter = f"Message-ID: {message_id}\r\n\r\n".encode()

    assert FolderTransport(tmp_path).send(letter, SHOP, "a@example.org") == Sent()
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_folder_that_cannot_be_written_refuses(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    answer = FolderTransport(tmp_path / "file").send(LETTER, SHOP, "a@example.org")

    assert (type(answer), code_of(answer)) == (Refused, "mail_folder_failed")


def test_a_url_of_a_server_makes_a_transport_that_has_not_connected_yet() -> None:
    with open_transport("smtp://127.0.0.1:1") as transport:
        assert isinstance(transport, SmtpTransport)
