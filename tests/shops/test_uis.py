"""Does a call notification of UIS (CoMagic) say who called which number, and nothing invented?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.shops.conftest import RECEIVED, Reader
from tracker.model import Ping, PostedLead, Unreadable

CALL: dict[str, Any] = {"call_session_id": 5, "contact_phone_number": "79000000001"}


def call(reads: Reader, **fields: object) -> PostedLead:
    (found,) = reads("uis", CALL | fields)
    assert isinstance(found, PostedLead)
    return found


def test_every_published_template_is_a_try_and_no_call(
    shared_webhooks: Path, reads: Reader
) -> None:
    folder = shared_webhooks / "uis-comagic"
    samples = [path for path in folder.glob("*.json") if not path.name.endswith(".meta.json")]

    assert len(samples) == 2
    for path in samples:
        assert reads("uis", path.read_text("utf-8")) == (Ping(why="delivery_ping"),), path.name


@pytest.mark.parametrize("word", ["out", "Outgoing", "исходящий"])
def test_a_call_that_the_shop_made_is_no_lead(reads: Reader, word: str) -> None:
    assert reads("uis", {**CALL, "direction": word}) == (Ping(why="delivery_call_out"),)


@pytest.mark.parametrize("number", ["anonymous", "", None, "{{contact_phone_number}}"])
def test_a_caller_who_hides_his_number_is_no_lead(reads: Reader, number: str | None) -> None:
    found = reads("uis", {"call_session_id": 5, "contact_phone_number": number})

    assert found == (Ping(why="delivery_call_hidden"),)


def test_a_name_that_was_sent_unfilled_says_nothing(reads: Reader) -> None:
    found = call(reads, virtual_phone_number="virtual_phone_number", code="{{ tag_names }}")

    assert (found.number, found.code) == (None, None)


def test_numbers_are_written_with_their_plus(reads: Reader) -> None:
    found = call(reads, virtual_phone_number=78000000015)

    assert (found.phone, found.number) == ("+79000000001", "+78000000015")


def test_a_foreign_number_is_left_as_it_came(reads: Reader) -> None:
    assert call(reads, contact_phone_number="37000000000").phone == "37000000000"


def test_a_call_without_a_time_was_when_it_was_received(reads: Reader) -> None:
    assert call(reads).registered_at == RECEIVED


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"order_id": 1}, "delivery_not_of_uis"),
        ({"contact_phone_number": "79000000001"}, "delivery_field_missing"),
        ({**CALL, "notification_time": "soon"}, "delivery_time_unreadable"),
        ({**CALL, "contact_phone_number": ["7"]}, "delivery_field_unreadable"),
    ],
)
def test_what_is_no_call_is_refused_with_its_reason(
    reads: Reader, body: dict[str, object], code: str
) -> None:
    (found,) = reads("uis", body)

    assert isinstance(found, Unreadable)
    assert found.code == code


def test_a_refusal_shows_no_contact(reads: Reader) -> None:
    assert "9000000001" not in repr(reads("uis", {"contact_phone_number": "79000000001"}))
