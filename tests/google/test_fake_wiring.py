"""Does the fake refuse, fail and break off as Google and the network do?

Each test says where its literal stands: [disc], [doc], a [cassette] of gspread's own suite, [issues].
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import gspread
import pytest
import requests
from google.auth.exceptions import RefreshError
from google.oauth2.service_account import Credentials

from tests.google.conftest import SCOPE
from tests.google.driving import batch, fence, get, insert, text_of, write
from tests.google.fake import FakeGoogle
from tests.google.faults import UNKNOWN_KINDS, Fault
from tests.google.owner import Owner
from tests.google.wiring import ROBOT, key_file, redirecting_command, served


def entered(google: FakeGoogle) -> object:
    return google.books["book"].sheets[0].value(0, 0)


def client_of(google: FakeGoogle, folder: Path, scope: str = SCOPE) -> gspread.Client:
    path = str(key_file(folder, google))
    return gspread.Client(Credentials.from_service_account_file(path, scopes=[scope]))  # type: ignore[no-untyped-call]


# Access.


def test_a_token_is_asked_for_once_and_with_the_one_scope(
    google: FakeGoogle, client: gspread.Client
) -> None:
    get(client)
    get(client)

    assert (google.token_calls, google.accounts.scopes_asked) == (1, [SCOPE])
    assert [call.path for call in google.calls] == ["/v4/spreadsheets/book"] * 2


def test_a_deleted_key_gets_no_token(google: FakeGoogle, client: gspread.Client) -> None:
    """[doc: errors of the token service]"""
    google.accounts.revoke_key(ROBOT)

    with pytest.raises(RefreshError) as refusal:
        get(client)
    assert refusal.value.args[1] == {
        "error": "invalid_grant",
        "error_description": "Invalid JWT Signature.",
    }


def test_a_forgotten_token_is_asked_for_anew(google: FakeGoogle, client: gspread.Client) -> None:
    get(client)
    google.accounts.forget_tokens()
    get(client)

    assert google.token_calls == 2
    assert [call.status for call in google.calls] == [200, 401, 200]


def test_a_read_only_scope_reads_and_does_not_write(google: FakeGoogle, tmp_path: Path) -> None:
    """[disc: scopes of the methods]"""
    client = client_of(google, tmp_path, f"{SCOPE}.readonly")
    get(client)

    with pytest.raises(gspread.exceptions.APIError) as refusal:
        batch(client, fence(1))
    assert text_of(refusal) == "Request had insufficient authentication scopes."


def test_what_is_missing_or_not_shared_is_told_apart(
    google: FakeGoogle, client: gspread.Client
) -> None:
    """[cassettes test_access_non_existing_spreadsheet, test_access_private_spreadsheet]"""
    with pytest.raises(gspread.exceptions.SpreadsheetNotFound):
        client.open_by_key("nowhere")
    Owner(google, "book").share(ROBOT, None)
    with pytest.raises(PermissionError) as refusal:
        client.open_by_key("book")

    cause = refusal.value.__cause__
    assert isinstance(cause, gspread.exceptions.APIError)
    assert cause.error == {
        "code": 403,
        "message": "The caller does not have permission",
        "status": "PERMISSION_DENIED",
    }


def test_a_reader_reads_and_does_not_write(google: FakeGoogle, client: gspread.Client) -> None:
    """[doc: sharing]"""
    Owner(google, "book").share(ROBOT, "reader")
    get(client)

    with pytest.raises(gspread.exceptions.APIError) as refusal:
        batch(client, fence(1))
    assert text_of(refusal) == "The caller does not have permission"


def test_an_office_file_and_a_disabled_api_say_so(
    google: FakeGoogle, client: gspread.Client
) -> None:
    """[issues; recorded by r-lib/gargle: "Use key that's not enabled for the API (Sheets)"]"""
    google.upload_office_file("excel", {ROBOT: "writer"})
    with pytest.raises(gspread.exceptions.APIError) as office:
        client.open_by_key("excel")
    google.api_enabled = False
    with pytest.raises(gspread.exceptions.APIError) as disabled:
        batch(client, fence(1))

    assert office.value.error["status"] == "FAILED_PRECONDITION"
    assert disabled.value.code == 403
    assert disabled.value.error["details"][1]["reason"] == "SERVICE_DISABLED"


def test_a_hard_protection_stops_the_robot_and_not_a_warning(
    google: FakeGoogle, client: gspread.Client
) -> None:
    """[issues: node-google-spreadsheet#20; disc: ProtectedRange.warningOnly]"""
    warning = {"range": {"sheetId": 0}, "warningOnly": True}
    batch(client, {"addProtectedRange": {"protectedRange": warning}}, write(0, {"numberValue": 1}))
    Owner(google, "book").protect("Sheet1")

    for refused in (write(0, {"numberValue": 2}), insert(5, 6)):
        with pytest.raises(gspread.exceptions.APIError) as refusal:
            batch(client, fence(1), refused)
        assert "You are trying to edit a protected cell or object." in text_of(refusal)
    assert entered(google) == 1


# Faults.


@pytest.mark.parametrize("kind", ["http429", *UNKNOWN_KINDS])
@pytest.mark.parametrize("applied", [False, True])
def test_a_fault_strikes_one_call_and_a_429_never_applies(
    google: FakeGoogle,
    client: gspread.Client,
    kind: str,
    applied: bool,  # noqa: FBT001
) -> None:
    google.faults = [Fault(1, kind, applied=applied)]
    with pytest.raises((gspread.exceptions.APIError, requests.RequestException)):
        batch(client, write(0, {"numberValue": 1}))
    assert entered(google) == (1 if applied and kind != "http429" else None)

    batch(client, write(0, {"numberValue": 2}))
    assert entered(google) == 2


def test_a_late_write_lands_after_later_calls(google: FakeGoogle, client: gspread.Client) -> None:
    google.faults = [Fault(1, "timeout", late=2)]
    with pytest.raises(requests.exceptions.ReadTimeout):
        batch(client, fence(1), write(0, {"stringValue": "late"}))

    get(client)
    assert entered(google) is None
    get(client)
    assert entered(google) == "late"


def test_a_late_write_that_lost_its_id_does_not_land(
    google: FakeGoogle, client: gspread.Client
) -> None:
    google.faults = [Fault(1, "timeout", late=1)]
    with pytest.raises(requests.exceptions.ReadTimeout):
        batch(client, fence(1), write(0, {"stringValue": "late"}))

    batch(client, fence(1), write(0, {"stringValue": "again"}))
    get(client)
    assert entered(google) == "again"


def test_counting_anew_forgets_no_fault_and_no_late_write(
    google: FakeGoogle, client: gspread.Client
) -> None:
    google.faults = [Fault(1, "reset", late=9), Fault(2, "http503")]
    with pytest.raises(requests.exceptions.ConnectionError):
        batch(client, write(0, {"stringValue": "late"}))
    google.reset_calls()

    get(client)
    with pytest.raises(gspread.exceptions.APIError):
        get(client)
    google.settle()
    assert (entered(google), len(google.calls)) == ("late", 2)


def test_what_google_can_and_the_fake_cannot_is_said_loudly(client: gspread.Client) -> None:
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        batch(client, {"autoFill": {}})

    assert refusal.value.response.status_code == 501
    assert refusal.value.response.text == "fake: requests[0].auto_fill"


def test_quota_says_what_gargle_recorded(google: FakeGoogle, client: gspread.Client) -> None:
    """[recorded by r-lib/gargle: "Resource exhausted (Sheets, ReadGroup)"]"""
    google.faults = [Fault(1, "http429", retry_after=7)]
    with pytest.raises(gspread.exceptions.APIError) as refusal:
        get(client)

    assert refusal.value.error["status"] == "RESOURCE_EXHAUSTED"
    assert text_of(refusal).startswith("Quota exceeded for quota metric 'Read requests'")
    assert refusal.value.response.headers["Retry-After"] == "7"


def test_somebody_may_act_right_before_a_call(google: FakeGoogle, client: gspread.Client) -> None:
    owner = Owner(google, "book")
    google.before(2, lambda: owner.rename_tab("Sheet1", "Mine"))

    assert get(client)["sheets"][0]["properties"]["title"] == "Sheet1"
    assert get(client)["sheets"][0]["properties"]["title"] == "Mine"


# Loopback.


def test_the_same_client_works_over_a_real_socket(tmp_path: Path) -> None:
    google = FakeGoogle(latency_seconds=0.05)
    google.create("book", share={ROBOT: "writer"})
    with served(google):
        client = client_of(google, tmp_path)
        started = time.monotonic()
        batch(client, write(0, {"stringValue": "ё"}))
        read = client.open_by_key("book").sheet1.acell("A1").value

    assert read == "ё"
    assert [call.method for call in google.calls] == ["POST", "GET", "GET", "GET"]
    assert time.monotonic() - started >= 5 * 0.05


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("timeout", requests.exceptions.ReadTimeout),
        ("reset", requests.exceptions.ConnectionError),
        ("truncated", requests.exceptions.ChunkedEncodingError),
        ("html502", gspread.exceptions.APIError),
    ],
)
def test_faults_are_real_over_a_socket(tmp_path: Path, kind: str, error: type[Exception]) -> None:
    google = FakeGoogle(faults=[Fault(1, kind, applied=True)])
    google.create("book", share={ROBOT: "writer"})
    with served(google):
        client = client_of(google, tmp_path)
        client.set_timeout((2, 2))
        with pytest.raises(error):
            batch(client, write(0, {"numberValue": 1}))
        assert entered(google) == 1
        assert get(client)["spreadsheetId"] == "book"
        client.http_client.session.close()


def test_a_process_of_its_own_is_led_to_the_fake() -> None:
    google = FakeGoogle()
    with served(google) as base_url:
        command = redirecting_command(base_url, ["--help"])
        done = subprocess.run(command, capture_output=True, check=False, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert "sync" in done.stdout
