"""Is every secret compared in constant time, and with each that might fit?

With `==` the time of an answer tells how many signs were right, and no answer differs: so what is
counted is the calls of the one comparison that takes the same time whatever it finds.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.requests import Request

from tests.system_calls import heard
from tracker.hooks import Landing, Refused, Secrets, judge
from tracker.receiver.log_route import LogRoute
from tracker.signatures import Signed, verify

AT = datetime.fromtimestamp(1_700_000_000, UTC)
FIRST, SECOND = "the-first-secret-of-this-shop", "the-second-secret-of-this-shop"


@pytest.mark.parametrize(
    ("signatures", "secrets", "times"),
    [
        ("v1=00", [FIRST], 1),
        ("v1=00", [FIRST, SECOND], 2),
        ("v1=00,v1=11", [FIRST, SECOND], 4),
    ],
)
def test_a_signature_is_compared_with_what_each_secret_gives(
    signatures: str, secrets: list[str], times: int
) -> None:
    headers = {"stripe-signature": f"t=1700000000,{signatures}"}
    request = Signed(headers=headers, body=b"{}", urls=(), now=AT)

    with heard(hmac.compare_digest, look=lambda: None) as calls:
        assert verify("stripe", secrets, request) == "signature_wrong"

    assert len(calls) == times


@pytest.mark.parametrize(("given", "kept"), [(FIRST, True), (SECOND, True), ("another", False)])
def test_a_secret_in_an_address_is_compared_with_each_even_when_the_first_fits(
    given: str, *, kept: bool
) -> None:
    secrets = Secrets.of({"ZAPIER": (FIRST, SECOND)})

    with heard(hmac.compare_digest, look=lambda: None) as calls:
        found = judge("zapier", given, {}, b"{}", (), AT, secrets)

    assert isinstance(found, Landing if kept else Refused)
    assert len(calls) == 2


@pytest.mark.parametrize("key", [FIRST, "another", ""])
def test_the_key_of_a_log_is_compared_once_whatever_is_given(tmp_path: Path, key: str) -> None:
    bearer = (b"authorization", f"Bearer {key}".encode())
    request = Request({"type": "http", "headers": [bearer]})

    with heard(hmac.compare_digest, look=lambda: None) as calls:
        assert LogRoute(tmp_path / "inbox.sqlite3", FIRST)._admits(request) is (key == FIRST)

    assert len(calls) == 1
