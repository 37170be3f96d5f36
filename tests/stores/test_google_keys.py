"""Which spreadsheet, and whose key? Whatever is wrong is said, and the key never is."""

from __future__ import annotations

import json
import os
import traceback
from pathlib import Path

import pytest

from tests.stores.google_account import EMAIL, key_content, key_file, private_key
from tracker.problems import Stop
from tracker.stores.google_sheets.address import link_to, spreadsheet_id
from tracker.stores.google_sheets.keys import load_account

ID = "1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcd"

# -- Which spreadsheet


@pytest.mark.parametrize(
    "typed_in",
    [
        ID,
        f"  {ID}\n",
        f"https://docs.google.com/spreadsheets/d/{ID}",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/d/{ID}?usp=sharing",
        f"https://docs.google.com/spreadsheets/u/0/d/{ID}/edit?gid=7#gid=7",
        f"https://docs.google.com/a/example.com/spreadsheets/d/{ID}/edit",
        f"docs.google.com/spreadsheets/d/{ID}#",
    ],
)
def test_an_id_and_every_form_of_the_address_name_the_sheet(typed_in: str) -> None:
    assert spreadsheet_id(typed_in) == ID
    assert spreadsheet_id(link_to(ID)) == ID


@pytest.mark.parametrize(
    "typed_in",
    [
        "", "short", "partners.xlsx", "my sheet of partners", "../../../etc/passwd",
        "https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml",
        f"https://docs.google.com/document/d/{ID}/edit",
        f"https://docs.google.com/spreadsheets/d/{ID}!",
        "https://drive.google.com/drive/folders/1AbC", "таблица-партнёров",
    ],
)  # fmt: skip
def test_what_names_no_sheet_stops_with_what_was_typed(typed_in: str) -> None:
    with pytest.raises(Stop) as stop:
        spreadsheet_id(typed_in)
    assert (stop.value.code, stop.value.params) == ("google_address", (("place", typed_in[:80]),))


# -- Whose key


def test_a_key_file_of_its_owner_alone_opens_the_sheet(tmp_path: Path) -> None:
    account = load_account(key_file(tmp_path))
    assert account.email == EMAIL
    assert account.credentials.scopes == ["https://www.googleapis.com/auth/spreadsheets"]


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644, 0o777])
def test_a_key_that_others_may_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    path = key_file(tmp_path, mode=mode)
    with pytest.raises(Stop) as stop:
        load_account(path)
    assert (stop.value.code, stop.value.params) == ("google_key_open", (("path", str(path)),))


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_key_for_its_owner_alone_is_taken(tmp_path: Path, mode: int) -> None:
    assert load_account(key_file(tmp_path, mode=mode)).email == EMAIL


@pytest.mark.skipif(os.name != "posix", reason="links and modes are those of POSIX")
def test_a_link_is_as_open_as_the_key_it_leads_to(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(key_file(tmp_path, mode=0o644))
    with pytest.raises(Stop, match="google_key_open"):
        load_account(link)


def test_no_key_no_file_and_a_folder_are_told_apart_from_a_wrong_key(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="google_key_unset"):
        load_account(None)
    with pytest.raises(Stop, match="google_key_missing"):
        load_account(tmp_path / "none.json")
    with pytest.raises(Stop, match="google_key_missing"):
        load_account(tmp_path)


SENTINEL = "MIIEvQIBADANBgkqSENTINEL"
PEM = f"-----BEGIN PRIVATE KEY-----\n{SENTINEL}\n-----END PRIVATE KEY-----\n"
DAMAGED: dict[str, str | bytes] = {
    "empty": "",
    "no JSON": f'{{"private_key": "{SENTINEL}',
    "not UTF-8": b'{"private_key": "\xff\xfe' + SENTINEL.encode(),
    "a list": json.dumps([SENTINEL]),
    "a text": json.dumps(SENTINEL),
    "deep": "[" * 60_000 + SENTINEL,
    "too long": json.dumps(key_content(padding=SENTINEL + " " * 65_536)),
    "no key in it": json.dumps(key_content(private_key=f"{SENTINEL}")),
    "half a key": json.dumps(key_content(private_key=PEM)),
    "a number for a key": json.dumps(key_content(private_key=7, note=SENTINEL)),
    "half a sign": '{"type":"service_account","client_email":"a","token_uri":"b","private_key":"\\ud800'
    f'{SENTINEL}"}}',
    "a user's key": json.dumps(key_content(type="authorized_user", client_secret=SENTINEL)),
    "no e-mail": json.dumps(key_content(client_email="", note=SENTINEL)),
    "no type": json.dumps({"private_key": SENTINEL}),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_wrong_key_file_stops_and_nothing_of_it_is_told(
    tmp_path: Path, content: str | bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = key_file(tmp_path, content)
    with pytest.raises(Stop) as stop:
        load_account(path)
    assert (stop.value.code, stop.value.params) == ("google_key_unreadable", (("path", str(path)),))
    said = "".join(traceback.format_exception(stop.value)) + "".join(capfd.readouterr())
    assert SENTINEL not in said
    assert private_key().splitlines()[3] not in said
    assert stop.value.__cause__ is None
    assert stop.value.__suppress_context__ or stop.value.__context__ is None


def test_an_account_never_shows_its_key(tmp_path: Path) -> None:
    account = load_account(key_file(tmp_path))
    shown = repr(account) + str(account) + repr(account.credentials)
    assert EMAIL in shown
    assert not [line for line in private_key().splitlines() if line in shown]
