"""Do hostile requests end in 401, 404 or another clear refusal when they come over a real socket?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.receiver.hostile import CORPUS, KEY, NOW_SECONDS, SECRETS, Hostile
from tests.receiver.wire import ask, order, request, serving
from tracker.hooks import Secrets
from tracker.receiver.serving import Receiver

NOW = datetime.fromtimestamp(NOW_SECONDS, UTC)


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Receiver]:
    """One server that knows the sources of the corpus, at the time of its signatures."""
    inbox = tmp_path_factory.mktemp("hostile") / "inbox.sqlite3"
    with serving(inbox, secrets=Secrets.of(SECRETS), clock=lambda: NOW) as receiver:
        yield receiver


def as_bytes(hostile: Hostile) -> bytes:
    lines = [name + b": " + value + b"\r\n" for name, value in hostile.headers]
    length = b"content-length: %d\r\n" % len(hostile.body)
    head = hostile.method + b" " + hostile.path + b" HTTP/1.1\r\nhost: example.com\r\n"
    return head + length + b"".join(lines) + b"\r\n" + hostile.body


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda hostile: hostile.name)
def test_a_hostile_request_is_refused_and_the_next_good_one_is_kept(
    receiver: Receiver, hostile: Hostile
) -> None:
    kept = receiver.tally.kept
    answer = ask(receiver, as_bytes(hostile))
    # What is no HTTP at all is refused by the parser, before anybody asks who sent it.
    assert answer.status in {*hostile.statuses, 400}
    assert KEY.encode() not in answer.content
    assert receiver.tally.kept == kept
    assert ask(receiver, request(order(1), f"/hooks/generic/{KEY}")).status == 200
    assert receiver.tally.refused["unexpected"] == 0
