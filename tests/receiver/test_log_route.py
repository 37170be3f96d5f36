"""Does `GET /log` give another book everything once, in order, and nothing to strangers?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.served import log_served
from tracker.cursors import Cursor, read_cursor, trace_of
from tracker.deliveries import NewDelivery, keep_broken
from tracker.inbox import Inbox

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
KEY = "the key of this log, in ASCII"


def delivery(number: int, body: str = '{"order_id": "1"}') -> NewDelivery:
    return NewDelivery(
        source="generic", delivery_id=f"d{number}", received_at=NOW, body=body, origin="a test"
    )


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    with Inbox(tmp_path / "inbox.sqlite3") as inbox:
        yield inbox


@pytest.fixture
def log(inbox: Inbox) -> Iterator[str]:
    assert inbox.path is not None
    with log_served(inbox.path, KEY) as address:
        yield address


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A log that only has to refuse, served once for all tests."""
    path = tmp_path_factory.mktemp("strict") / "inbox.sqlite3"
    with Inbox(path), log_served(path, KEY) as address:
        yield address


def ask(log: str, query: str = "", key: str = f"Bearer {KEY}") -> requests.Response:
    headers = {"Authorization": key} if key else {}
    return requests.get(f"{log}{query}", headers=headers, timeout=10)


def ids(page: dict[str, Any]) -> list[str]:
    return [one["delivery_id"] for one in page["deliveries"]]


def test_an_empty_inbox_says_that_there_is_no_more(log: str) -> None:
    answer = ask(log)

    assert (answer.status_code, answer.json()) == (200, {"deliveries": [], "next": None})
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"


def test_a_delivery_is_told_as_it_came(inbox: Inbox, log: str) -> None:
    inbox.land([delivery(1, body='{"note": "чай \\ud83c\\udf75"}\n')])

    assert ask(log).json() == {
        "deliveries": [
            {
                "delivery_id": "d1",
                "received_at": "2026-10-08T06:00:00+00:00",
                "source": "generic",
                "content_type": "application/json",
                "body": '{"note": "чай \\ud83c\\udf75"}\n',
            }
        ],
        "next": f"{inbox.id}-1-{inbox.trace(1)}",
    }


def test_pages_follow_each_other_to_the_end_and_beyond(inbox: Inbox, log: str) -> None:
    inbox.land(map(delivery, range(1, 6)))
    first = ask(log, "?limit=2&after=").json()
    second = ask(log, f"?limit=2&after={first['next']}").json()
    third = ask(log, f"?limit=2&after={second['next']}").json()
    last = ask(log, f"?limit=2&after={third['next']}").json()
    inbox.land([delivery(6)])

    assert [ids(page) for page in (first, second, third, last)] == [
        ["d1", "d2"],
        ["d3", "d4"],
        ["d5"],
        [],
    ]
    assert (third["next"], last["next"]) == (f"{inbox.id}-5-{inbox.trace(5)}", None)
    assert ids(ask(log, f"?after={third['next']}").json()) == ["d6"]


def test_a_page_holds_a_hundred_unless_asked_for_more(inbox: Inbox, log: str) -> None:
    inbox.land(map(delivery, range(1, 1102)))

    sizes = [len(ids(ask(log, query).json())) for query in ("", "?limit=1", "?limit=1000")]

    assert sizes == [100, 1, 1000]


def test_a_page_ends_at_four_mebibytes_but_holds_one(inbox: Inbox, log: str) -> None:
    inbox.land(
        [delivery(1, "x" * 3_000_000), delivery(2, "ж" * 500_000), delivery(3, "y" * 5_000_000)]
    )
    first = ask(log).json()
    second = ask(log, f"?after={first['next']}").json()

    assert (ids(first), ids(second)) == (["d1", "d2"], ["d3"])


def test_broken_lines_of_a_file_are_left_out_and_passed_over(inbox: Inbox, log: str) -> None:
    broken = [keep_broken(b"oops %d" % number, 7, "file", NOW) for number in range(10)]
    inbox.land([delivery(1), *broken, delivery(2), *broken])
    first = ask(log, "?limit=1").json()
    second = ask(log, f"?limit=1&after={first['next']}").json()

    assert (ids(first), ids(second)) == (["d1"], ["d2"])
    assert ask(log, f"?limit=1&after={second['next']}").json()["next"] is None


@pytest.mark.parametrize(
    "key",
    ["", KEY, "Bearer", "Bearer ", f"Basic {KEY}", f"Bearer {KEY}x", f"Bearer {KEY[:-1]}", "Bearer ключ".encode()],
)  # fmt: skip
def test_whoever_does_not_know_the_key_learns_nothing(strict: str, key: Any) -> None:
    answer = ask(strict, "?limit=wrong", key=key)

    assert (answer.status_code, answer.json()["error"]) == (401, "key_wrong")
    assert answer.headers["www-authenticate"] == "Bearer"


def test_two_keys_in_one_request_are_none(strict: str) -> None:
    import http.client
    from urllib.parse import urlsplit

    connection = http.client.HTTPConnection(urlsplit(strict).netloc, timeout=10)
    connection.putrequest("GET", "/log")
    for key in (KEY, "another"):
        connection.putheader("Authorization", f"Bearer {key}")
    connection.endheaders()

    assert connection.getresponse().status == 401
    connection.close()


def test_a_log_without_a_key_is_served_to_nobody(inbox: Inbox) -> None:
    assert inbox.path is not None
    with log_served(inbox.path, "") as log:
        assert [ask(log, key=key).status_code for key in ("", "Bearer ", "Bearer x")] == [401] * 3


def test_a_key_may_be_written_in_any_letters(inbox: Inbox) -> None:
    assert inbox.path is not None
    with log_served(inbox.path, "ключ") as log:
        given: Any = "bearer ключ".encode()
        assert ask(log, key=given).status_code == 200


@pytest.mark.parametrize(
    "limit", ["0", "1001", "-1", "+5", "05", "5.0", "1e2", "٥", "", "%20 5", "null", "9" * 5000]
)
def test_a_limit_out_of_bounds_is_refused(strict: str, limit: str) -> None:
    answer = ask(strict, f"?limit={limit}")

    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "limit_wrong", "says": "The limit is a whole number from 1 to 1000."},
    )


@pytest.mark.parametrize(
    "after", ["x", "1", "-", "%00", "0" * 32, "0" * 32 + "-01", "g" * 32 + "-1"]
)
def test_what_is_no_cursor_is_refused(strict: str, after: str) -> None:
    answer = ask(strict, f"?after={after}")

    assert (answer.status_code, answer.json()["error"]) == (400, "cursor_wrong")


def test_a_cursor_of_another_inbox_or_beyond_the_end_is_gone(inbox: Inbox, log: str) -> None:
    inbox.land([delivery(1)])
    beyond = [Cursor("0" * 32, 1), Cursor(inbox.id, 2), Cursor(inbox.id, 10**19 - 1)]
    beyond.append(Cursor(inbox.id, 1, "0" * 8))

    answers = [ask(log, f"?after={cursor.text}") for cursor in beyond]

    assert [(one.status_code, one.json()["error"]) for one in answers] == [
        (410, "cursor_unknown")
    ] * 4


@pytest.mark.parametrize("query", ["?after=&after=", "?limit=1&limit=1"])
def test_a_parameter_given_twice_is_refused(strict: str, query: str) -> None:
    assert ask(strict, query).json()["error"] == "given_twice"


def test_the_writer_is_not_kept_waiting_by_a_reader(inbox: Inbox, log: str) -> None:
    inbox.land([delivery(1)])
    with inbox.together():
        inbox.land([delivery(2)])
        meanwhile = ids(ask(log).json())

    assert (meanwhile, ids(ask(log).json())) == (["d1"], ["d1", "d2"])


def test_an_inbox_that_is_not_there_is_asked_for_later(tmp_path: Path) -> None:
    with log_served(tmp_path / "gone.sqlite3", KEY) as log:
        answer = ask(log)

    assert (answer.status_code, answer.json()["error"]) == (503, "inbox_unreadable")
    assert list(tmp_path.iterdir()) == []


def test_a_cursor_is_read_back_as_it_was_written() -> None:
    cursor = Cursor("0123456789abcdef" * 2, 17)

    assert cursor.text == "0123456789abcdef0123456789abcdef-17"
    assert read_cursor(cursor.text) == cursor
    assert read_cursor(f"{cursor.text}\n") is None


def test_the_trace_of_a_delivery_is_part_of_a_cursor() -> None:
    digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    cursor = Cursor("0123456789abcdef" * 2, 17, trace_of("generic", "d1", digest))

    assert cursor.text == "0123456789abcdef0123456789abcdef-17-9d2b0753"
    assert read_cursor(cursor.text) == cursor
    assert read_cursor(cursor.text[:-1]) is None


def test_a_cursor_of_an_earlier_version_has_no_trace_and_is_good(inbox: Inbox, log: str) -> None:
    inbox.land([delivery(1), delivery(2)])

    assert ids(ask(log, f"?after={inbox.id}-1").json()) == ["d2"]
