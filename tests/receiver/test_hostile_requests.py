"""Is there a request that the core keeps, or stumbles over, although it must not?"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.receiver.hostile import (
    CORPUS,
    JSON,
    KEY,
    NOW_SECONDS,
    ORDER,
    RIGHT,
    SECRETS,
    SHOPIFY,
    STRIPE,
    STRIPE_RIGHT,
    Headers,
    Hostile,
    address,
    joined,
)
from tracker.hooks import Landing, Refused, Secrets, judge

NOW = datetime.fromtimestamp(NOW_SECONDS, UTC)
KNOWN = Secrets.of(SECRETS)


@pytest.mark.parametrize("hostile", CORPUS, ids=lambda hostile: hostile.name)
def test_a_hostile_request_is_refused_and_nothing_of_it_repeated(hostile: Hostile) -> None:
    named = address(hostile.path)
    if named is None:
        assert 404 in hostile.statuses
        return
    urls = ("https://example.com" + hostile.path.decode("latin-1"),)

    found = judge(*named, joined(hostile.headers), hostile.body, urls, NOW, KNOWN)

    assert isinstance(found, Refused)
    assert found.status in hostile.statuses
    assert KEY not in repr(found)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (b"/hooks/shopify", ((SHOPIFY, RIGHT), JSON)),
        (b"/hooks/stripe", ((STRIPE, b"t=1700000000,v1=" + STRIPE_RIGHT), JSON)),
        (b"/hooks/tilda/" + KEY.encode(), (JSON,)),
        (b"/hooks/generic/" + KEY.encode(), (JSON,)),
    ],
)
def test_without_the_fault_it_would_be_kept(path: bytes, headers: Headers) -> None:
    source, secret = address(path) or ("", None)

    found = judge(source, secret, joined(headers), ORDER, (), NOW, KNOWN)

    assert isinstance(found, Landing)
    assert found.body == '{"order_id":"1","total":100}'


def test_the_corpus_is_large_and_each_name_stands_once() -> None:
    names = [hostile.name for hostile in CORPUS]

    assert len(set(names)) == len(names) >= 60
    assert sum(address(hostile.path) is not None for hostile in CORPUS) >= 100
