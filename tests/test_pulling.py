"""Does a log at an address arrive whole and once, whatever its server says?"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import responses
from responses import matchers

from tests.cli_book import CliBook, set_environment
from tests.served import log_served
from tests.web import Asked, Reply, serving
from tests.world import World
from tracker.deliveries import NewDelivery, reread
from tracker.fetching import Fetcher
from tracker.inbox import Inbox
from tracker.layout import Tab
from tracker.log_names import log_names, shown_log
from tracker.logs import bring_logs
from tracker.model import Unreadable
from tracker.problems import Stop
from tracker.pulling import pull
from tracker.running import Workplace, at_rest, look, sync
from tracker.sentences import stop_says
from tracker.stores import Commit

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
URL = "https://log.example.com/log"
TOKEN = "sentinel-of-the-token"


def entry(delivery_id: str, **changed: object) -> dict[str, object]:
    fields: dict[str, object] = {
        "delivery_id": delivery_id,
        "received_at": "2026-10-07T12:00:00+00:00",
        "source": "generic",
        "content_type": "application/json",
        "body": json.dumps({"order_id": delivery_id}),
    }
    return fields | changed


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox(None) as inbox:
        yield inbox


@pytest.fixture
def web() -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock() as web:
        yield web


def says(web: responses.RequestsMock, after: str, entries: Any, next_: str | None) -> None:
    """Let the log answer that behind a cursor, once."""
    query = matchers.query_param_matcher({"after": after, "limit": "500"})
    web.get(URL, json={"deliveries": entries, "next": next_}, match=[query])


def pulled(inbox: Inbox, url: str = URL, pages_max: int = 9) -> list[str]:
    """The ids that this pull added."""
    before = inbox.last_seq
    with Fetcher(private_ok=False, sleep=lambda _: None) as fetcher:
        pull(url, inbox, NOW, TOKEN, fetcher, pages_max=pages_max)
    return [delivery.delivery_id for delivery in inbox.after(before)]


def stopped(inbox: Inbox, url: str = URL) -> Stop:
    with pytest.raises(Stop) as stop:
        pulled(inbox, url)
    return stop.value


def test_a_log_is_pulled_page_by_page_until_it_says_null(
    inbox: Inbox, web: responses.RequestsMock
) -> None:
    says(web, "", [entry("d1"), entry("d2")], "c2")
    says(web, "c2", [entry("d3")], "c3")
    says(web, "c3", [], None)

    assert pulled(inbox) == ["d1", "d2", "d3"]
    assert inbox.position(URL) == "c3"
    assert {call.request.headers["Authorization"] for call in web.calls} == {f"Bearer {TOKEN}"}


def test_a_delivery_lands_as_it_was_served(inbox: Inbox, web: responses.RequestsMock) -> None:
    served = entry(
        "d1", body="order=7&name=%D0%AF", content_type="application/x-www-form-urlencoded"
    )
    says(web, "", [served], None)
    pulled(inbox)

    (found,) = inbox.after(0)
    assert (found.body, found.content_type) == (served["body"], served["content_type"])
    assert found.received_at == datetime(2026, 10, 7, 12, tzinfo=UTC)
    assert found.origin == "https://log.example.com/log delivery 1"


def test_the_next_run_asks_behind_the_last_delivery(
    inbox: Inbox, web: responses.RequestsMock
) -> None:
    says(web, "", [entry("d1")], "c1")
    says(web, "c1", [], None)  # given once, since another answer to the same question follows
    says(web, "c1", [entry("d2")], "c2")
    says(web, "c2", [], None)

    assert (pulled(inbox), pulled(inbox), inbox.position(URL)) == (["d1"], ["d2"], "c2")


def test_null_beside_deliveries_keeps_the_last_cursor(
    inbox: Inbox, web: responses.RequestsMock
) -> None:
    says(web, "", [entry("d1")], "c1")
    says(web, "c1", [entry("d2")], None)

    assert (pulled(inbox), inbox.position(URL)) == (["d1", "d2"], "c1")


def test_a_cursor_that_comes_again_ends_the_run(inbox: Inbox, web: responses.RequestsMock) -> None:
    says(web, "", [entry("d1")], "a")
    says(web, "a", [entry("d2")], "b")
    says(web, "b", [entry("d3")], "a")

    assert pulled(inbox) == ["d1", "d2", "d3"]


def test_a_page_of_nothing_ends_the_run_whatever_comes_next(
    inbox: Inbox, web: responses.RequestsMock
) -> None:
    says(web, "", [], "c1")

    assert (pulled(inbox), inbox.position(URL)) == ([], "c1")


def test_an_endless_log_is_left_after_so_many_pages_and_read_on(
    inbox: Inbox, web: responses.RequestsMock
) -> None:
    def endless(request: Any) -> tuple[int, dict[str, str], str]:
        number = int(request.params["after"] or 0) + 1
        page = {"deliveries": [entry(f"d{number}")], "next": str(number)}
        return 200, {}, json.dumps(page)

    web.add_callback("GET", URL, endless)

    assert pulled(inbox, pages_max=3) == ["d1", "d2", "d3"]
    assert pulled(inbox, pages_max=2) == ["d4", "d5"]


def test_an_unknown_cursor_begins_the_log_anew(inbox: Inbox, web: responses.RequestsMock) -> None:
    inbox.land([], {URL: "old"})
    query = matchers.query_param_matcher({"after": "old", "limit": "500"})
    web.get(URL, status=410, json={"error": "cursor_unknown"}, match=[query])
    says(web, "", [entry("d1"), entry("d2")], "new")
    says(web, "new", [], None)

    assert pulled(inbox) == ["d1", "d2"]
    assert inbox.position(URL) == "new"


def test_a_log_that_knows_no_cursor_at_all_is_a_stop(
    inbox: Inbox, web: responses.RequestsMock
) -> None:
    inbox.land([], {URL: "old"})
    web.get(URL, status=410)

    stop = stopped(inbox)

    assert (stop.code, len(web.calls)) == ("log_status", 2)


BROKEN: dict[str, tuple[object, str]] = {
    "a number": (7, "log_line_not_json"),
    "null": (None, "log_line_not_json"),
    "no source": (entry("x", source=""), "log_line_field"),
    "no body": (entry("x", body=None), "log_line_field"),
    "a list for an id": ({**entry("x"), "delivery_id": [1]}, "log_line_field"),
    "no time": (entry("x", received_at="yesterday"), "log_line_time"),
    "a time without offset": (entry("x", received_at="2026-10-07T12:00:00"), "log_line_time"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_entry_is_kept_and_named_and_the_others_land(
    inbox: Inbox, web: responses.RequestsMock, name: str
) -> None:
    broken, code = BROKEN[name]
    says(web, "", [entry("d1"), broken, entry("d2")], None)
    pulled(inbox)

    first, kept, last = inbox.after(0)
    why = reread(kept)

    assert (first.delivery_id, kept.source, last.delivery_id) == ("d1", "", "d2")
    assert isinstance(why, Unreadable)
    assert why.code == code
    assert dict(why.params)["where"] == "https://log.example.com/log delivery 2"


def test_a_key_that_stands_twice_in_an_entry_breaks_that_entry_alone(
    inbox: Inbox, web: responses.RequestsMock
) -> None:
    doubled = json.dumps(entry("x"))[:-1] + ', "source": "shopify"}'
    web.get(URL, body=f'{{"deliveries": [{doubled}, {json.dumps(entry("d1"))}], "next": null}}')
    pulled(inbox)

    kept, last = inbox.after(0)

    assert (kept.source, last.delivery_id) == ("", "d1")
    assert kept.body.count('"source"') == 2


NO_LOG = [
    b"",
    b"<html>log in</html>",
    b"[]",
    b"{}",
    b'{"deliveries": []}',
    b'{"deliveries": {}, "next": null}',
    b'{"next": null}',
    b'{"deliveries": [], "next": 7}',
    b'{"deliveries": [], "next": "two\\nlines"}',
    b'{"deliveries": [], "next": "' + b"c" * 1001 + b'"}',
    b'{"deliveries": [], "next": null} and more',
    b'\xff{"deliveries": [], "next": null}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("body", NO_LOG, ids=lambda body: repr(body[:40]))
def test_an_answer_that_is_no_log_is_a_stop(
    inbox: Inbox, web: responses.RequestsMock, body: bytes
) -> None:
    web.get(URL, body=body)

    assert stopped(inbox).code == "log_not_json"


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "log_denied"), (403, "log_denied"), (404, "log_not_found"), (429, "log_busy"),
     (500, "log_status"), (503, "log_status"), (204, "log_status"), (418, "log_status")],
)  # fmt: skip
def test_a_status_that_is_no_page_is_a_stop(
    inbox: Inbox, web: responses.RequestsMock, status: int, code: str
) -> None:
    web.get(URL, status=status)

    stop = stopped(inbox, f"{URL}?key=sentinel-of-the-query")

    assert (stop.code, stop.params) == (code, (("log", URL), ("status", str(status))))
    assert "sentinel" not in stop_says(stop, "en") + stop_says(stop, "ru") + repr(stop)


@pytest.mark.parametrize(
    ("url", "code", "shown"),
    [
        ("https://shop:sentinel@log.example.com/log", "log_address", "https:…"),
        ("https://log.example.com:port/log?sentinel", "log_address", "https:…"),
        ("https://127.0.0.1/log?sentinel", "log_private", "https://127.0.0.1/log"),
        ("http://93.184.216.34/log?sentinel", "log_plain", "http://93.184.216.34/log"),
    ],
)  # fmt: skip
def test_an_address_we_do_not_go_to_is_a_stop_without_its_secrets(
    inbox: Inbox, url: str, code: str, shown: str
) -> None:
    stop = stopped(inbox, url)

    assert (stop.code, stop.params) == (code, (("log", shown),))


def test_every_failure_has_its_sentence_in_both_languages() -> None:
    codes = "address plain private host unreachable certificate slow busy redirected too_big broken token"
    for code in codes.split():
        stop = Stop(f"log_{code}", log=URL)
        for language in ("en", "ru"):
            assert URL in stop_says(stop, language)
            assert "log_" not in stop_says(stop, language)


def test_a_page_that_is_too_large_is_asked_for_in_smaller_ones(inbox: Inbox) -> None:
    def answer(asked: Asked) -> Reply:
        limit = int(asked.path.rpartition("=")[2])
        after = int(asked.path.partition("after=")[2].partition("&")[0] or 0)
        page = [entry(f"d{n}", body="x" * 1000) for n in range(after, min(after + limit, 60))]
        told = {"deliveries": page, "next": str(after + len(page)) if page else None}
        return Reply(body=json.dumps(told).encode())

    with serving(answer) as web, Fetcher(private_ok=True, bytes_max=60_000) as fetcher:
        pull(web.address, inbox, NOW, "", fetcher)

    assert inbox.count() == 60


def test_one_delivery_that_is_too_large_is_a_stop(inbox: Inbox) -> None:
    with (
        serving(lambda _: Reply(body=bytes(2000))) as web,
        Fetcher(private_ok=True, bytes_max=1000) as fetcher,
        pytest.raises(Stop, match="log_too_big"),
    ):
        pull(web.address, inbox, NOW, "", fetcher)


def test_logs_that_differ_in_their_query_have_places_of_their_own(
    inbox: Inbox, web: responses.RequestsMock
) -> None:
    for shop in ("tea", "cups"):
        query = matchers.query_param_matcher({"shop": shop, "after": "", "limit": "500"})
        web.get(URL, json={"deliveries": [], "next": f"at-{shop}"}, match=[query])
        pulled(inbox, f"{URL}?shop={shop}")

    positions = inbox._rows("SELECT log, position FROM positions ORDER BY position")

    assert [position for _, position in positions] == ["at-cups", "at-tea"]
    assert "tea" not in "".join(name for name, _ in positions)


# Against the log that our own receiver serves.

KEY = "a-key-that-only-readers-know"


def delivery(number: int) -> NewDelivery:
    return NewDelivery(
        source="woocommerce:чай",
        delivery_id=f"d{number}",
        received_at=NOW + timedelta(seconds=number, microseconds=number),
        content_type="application/json; charset=utf-8",
        body=json.dumps({"id": number, "note": 'чай 🍵 \x00 \\ "'}, ensure_ascii=number % 2 == 0),
    )


def content(inbox: Inbox) -> list[tuple[object, ...]]:
    return [
        (one.source, one.delivery_id, one.received_at, one.content_type, one.body, one.sha256)
        for one in inbox.after(0)
    ]


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inbox]:
    """The inbox of a receiver elsewhere, with more than two pages of deliveries."""
    with Inbox(tmp_path_factory.mktemp("receiver") / "inbox.sqlite3") as inbox:
        inbox.land(map(delivery, range(1, 1201)))
        yield inbox


@pytest.fixture(scope="module")
def log(theirs: Inbox) -> Iterator[str]:
    assert theirs.path is not None
    with log_served(theirs.path, KEY) as address:
        yield address


def bring(log: str, inbox: Inbox) -> None:
    bring_logs(log, inbox, NOW, token=KEY, private_ok=True)


def test_our_own_log_arrives_whole_and_pulled_again_doubles_nothing(
    theirs: Inbox, log: str, inbox: Inbox
) -> None:
    bring(log, inbox)
    bring(log, inbox)

    assert len(content(inbox)) == 1200
    assert content(inbox) == content(theirs)
    assert inbox.position(log) == f"{theirs.id}-1200-{theirs.trace(1200)}"


def test_a_pull_that_breaks_between_pages_goes_on_behind_the_last_whole_page(
    theirs: Inbox, log: str, inbox: Inbox
) -> None:
    fault = "BEFORE INSERT ON deliveries WHEN NEW.delivery_id = 'd700' BEGIN SELECT RAISE(ABORT, 'fault'); END"
    inbox._db.execute(f"CREATE TEMP TRIGGER fault {fault}")
    with pytest.raises(sqlite3.IntegrityError, match="fault"):
        bring(log, inbox)
    assert (inbox.count(), inbox.position(log)) == (500, f"{theirs.id}-500-{theirs.trace(500)}")

    inbox._db.execute("DROP TRIGGER fault")
    bring(log, inbox)

    assert content(inbox) == content(theirs)


def test_an_inbox_that_was_replaced_is_read_from_its_beginning(
    tmp_path: Path, inbox: Inbox
) -> None:
    for number in (1, 2):
        path = tmp_path / f"{number}.sqlite3"
        with Inbox(path) as theirs, log_served(path, KEY) as log:
            theirs.land([delivery(1), delivery(number)])
            # The port of the second server is another one; the position moves with the log.
            inbox.land([], {log: inbox.position("moved") or ""})
            bring(log, inbox)
            inbox.land([], {"moved": inbox.position(log) or ""})

    assert [one.delivery_id for one in inbox.after(0)] == ["d1", "d2"]


# In a run of the program.


def order(code: str) -> Reply:
    body = {
        "order_id": "1",
        "ordered_at": "2026-10-19T10:00:00Z",
        "total": "1000",
        "currency": "RUB",
    }
    page = [entry("d1", body=json.dumps({**body, "codes": [code]}))]
    return Reply(body=json.dumps({"deliveries": page, "next": None}).encode())


def at_address(world: World, address: str) -> Workplace:
    return replace(world.place, order_log=address, private_ok=True)


def test_a_log_is_pulled_once_a_run_and_a_dry_run_keeps_nothing() -> None:
    with serving(lambda _: order("IVAN01")) as web:
        place = at_address(World(), web.address)

        assert look(place, brought=True).plan.counts.written == 1
        assert (place.inbox.count(), len(web.asked)) == (0, 1)
        assert [sync(place).plan.counts.written for _ in range(2)] == [1, 0]
        assert (place.inbox.count(), len(web.asked)) == (1, 3)


def test_a_book_that_is_changed_while_a_log_is_slow_is_read_after_it() -> None:
    world = World()

    def late(_: Asked) -> Reply:
        world.type(Tab.CODES, code="LATE01", partner_id="ivan")
        return order("LATE01")

    with serving(late) as web:
        assert sync(at_address(world, web.address)).plan.counts.attributed == 1


def test_a_conflict_plans_again_and_does_not_pull_again() -> None:
    world = World()
    meddling = iter([False, True])  # the clock is read before the pull, and behind the reading

    def clock() -> datetime:
        if next(meddling, False):
            world.store.commit(Commit(base=look(world.place).snapshot.generation, appends={}))
        return world.now

    with serving(lambda _: order("IVAN01")) as web:
        place = replace(at_address(world, web.address), clock=clock)
        assert sync(place).committed
        assert (len(web.asked), next(meddling, "used up")) == (1, "used up")


def test_statements_and_payouts_pull_once_too() -> None:
    with serving(lambda _: order("IVAN01")) as web:
        rest = at_rest(at_address(World(), web.address), what="statements")

    assert (rest.committed, len(web.asked)) == (False, 1)


def failing(status: int, body: bytes = b"", **headers: str) -> Callable[[Asked], Reply]:
    return lambda _: Reply(status, body, headers)


FAULTS = {
    "denied": failing(401),
    "no log": failing(200, b"sentinel-of-the-answer"),
    "broken": failing(200, b'{"deliveries": [{"body": "sentinel-of-the-answer"}], "next": null}'),
    "elsewhere": failing(302, Location="https://sentinel.example.com/"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_command_shows_the_token_or_the_query(tmp_path: Path, fault: str) -> None:
    book = CliBook(tmp_path)
    with serving(FAULTS[fault]) as web:
        log = f"{web.address}/log?key=sentinel-of-the,query"
        set_environment(
            book, TRACKER_ORDER_LOG=log, TRACKER_ORDER_LOG_TOKEN=TOKEN, TRACKER_ALLOW_PRIVATE="yes"
        )
        said = [book.run(*command.split()) for command in ("sync", "sync --dry-run", "check")]

    shown = "".join(one.out + one.err for one in said)
    assert "sentinel" not in shown
    assert f"{web.address}/log" in shown
    assert said[2].code == 3
    assert "sentinel" not in json.dumps(book.rows(Tab.RUNS), default=str)


def test_a_broken_entry_is_counted_and_named_with_its_place(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    with serving(FAULTS["broken"]) as web:
        set_environment(book, TRACKER_ORDER_LOG=f"{web.address}/log", TRACKER_ALLOW_PRIVATE="1")
        counts = book.sync()

    assert counts["quarantined"] == 1
    assert (f"{web.address}/log", "delivery 1") in book.problems()


def test_logs_are_parted_at_commas_but_not_in_a_query() -> None:
    spec = "file:a.jsonl, https://log.example.com/log?key=a,b,tab:Webhook log ,"

    assert log_names(spec) == [
        "file:a.jsonl",
        "https://log.example.com/log?key=a,b",
        "tab:Webhook log",
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("https://log.example.com/@shop/log?key=s#s", "https://log.example.com/@shop/log"),
        ("https://shop:s@log.example.com/log", "https:…"),
        ("https://shop:s?s@log.example.com/log", "https:…"),
        ("https:/shop:s@log.example.com/log", "https:…"),
        ("htps://log.example.com/log?key=s", "htps:…"),
        ("orders.jsonl", "orders.jsonl"),
        ("file:a?b.jsonl", "file:a?b.jsonl"),
    ],
)
def test_a_log_is_shown_without_what_may_be_secret(name: str, shown: str) -> None:
    assert shown_log(name) == shown
