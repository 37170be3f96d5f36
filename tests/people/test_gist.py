"""Does a gist say all that the program reads of a delivery, and nobody's name?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from tests.shops.conftest import FORM, JSON, UNSAID
from tests.shops.test_golden_pairs import BODIES
from tracker.customers import email_key, id_key, phone_key
from tracker.deliveries import GIST_TYPE
from tracker.gist import contacts, gist_of, is_gist, read_gist
from tracker.model import Delivery, OrderVersion, PostedLead, Read, Unreadable
from tracker.orders import Facts, fold
from tracker.shops import read

SECRET = b"a secret of tests"
ANNA, PHONE = "anna@example.com", "+7 900 000-00-01"


def delivery(body: str, source: str = "generic", content_type: str = JSON) -> Delivery:
    return Delivery(
        seq=1,
        source=source,
        delivery_id="d-1",
        received_at=datetime(2026, 10, 20, 12, tzinfo=UTC),
        content_type=content_type,
        body=body,
        sha256=sha256(body.encode()).hexdigest(),
    )


def order(**fields: object) -> str:
    said = {"order_id": "1", "ordered_at": "2026-10-19T10:00:00Z", "total": "1000.50"}
    return json.dumps({**said, "currency": "RUB", "codes": ["IVAN01"], **fields})


def nobodys(one: Read) -> Read:
    """The same with keys in the place of contacts, written down by hand."""
    if isinstance(one, OrderVersion):
        return replace(
            one,
            email=email_key(SECRET, one.email or "") or None,
            phone=phone_key(SECRET, one.phone or "", one.currency) or None,
            customer_id=id_key(SECRET, one.source, one.customer_id or "") or None,
        )
    if isinstance(one, PostedLead):
        email, phone = email_key(SECRET, one.email or ""), phone_key(SECRET, one.phone or "", "RUB")
        return replace(one, name=None, note=None, email=email or None, phone=phone or None)
    return one


@pytest.mark.parametrize("path", BODIES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_gist_of_every_dialect_reads_as_its_body_did_but_for_contacts(path: Path) -> None:
    kind = JSON if path.suffix == ".json" else FORM
    found = read(delivery(path.read_text("utf-8"), path.parent.name, kind), UNSAID)

    made = gist_of(found, SECRET, "RUB")

    if any(isinstance(one, Unreadable) for one in found):
        assert made is None
    else:
        assert made is not None
        assert read_gist(made) == tuple(map(nobodys, found))
        assert "@" not in made


def test_a_gist_is_these_words_and_no_others() -> None:
    body = order(customer={"id": "77", "email": ANNA, "phone": PHONE, "name": "Anna"})

    made = gist_of(read(delivery(body), UNSAID), SECRET, "RUB")

    assert made is not None
    [said] = json.loads(made)["said"]
    assert (said["is"], said["order_id"], said["total"], said["codes"]) == (
        "order", "1", 100050, ["IVAN01"],
    )  # fmt: skip
    keys = [said["email"][:2], said["phone"][:2], said["customer_id"][:2]]
    assert keys == ["e:", "p:", "i:"]
    assert not [word for word in (ANNA, "900", "Anna", '"77"') if word in made]


def versions(body: str) -> Iterator[OrderVersion]:
    """The versions that a body tells, and then those of its gist."""
    said = read(delivery(body), UNSAID)
    for one in (*said, *read_gist(gist_of(said, SECRET, "") or "")):
        assert isinstance(one, OrderVersion)
        yield one


def test_an_order_folds_from_gists_to_the_same_facts_version_by_version() -> None:
    first, of_first = versions(order())
    last, of_last = versions(order(total="900", updated_at="2026-10-20T13:00:00Z", email=ANNA))

    said = fold(Facts(), [first, last], [], SECRET)

    assert said.whole("total") == 90000
    assert fold(Facts(), [of_last, of_first], [], SECRET) == said
    assert fold(said, [of_first, of_last, first], [], SECRET) == said


def test_what_cannot_be_read_has_no_gist() -> None:
    assert gist_of(read(delivery(order(total="ten")), UNSAID), SECRET, "RUB") is None


def test_only_a_body_that_is_not_its_hashs_is_taken_for_a_gist() -> None:
    made = gist_of(read(delivery(order()), UNSAID), SECRET, "RUB") or ""
    sent = delivery(made, content_type=GIST_TYPE)

    assert not is_gist(sent)
    assert is_gist(replace(sent, sha256="0" * 64))


def test_a_key_stays_that_key_and_a_word_that_looks_like_none_is_no_contact() -> None:
    key = email_key(SECRET, ANNA)

    assert (email_key(SECRET, key), email_key(b"another secret", key)) == (key, key)
    assert email_key(SECRET, "e:tooshort") == ""
    assert phone_key(SECRET, phone_key(SECRET, PHONE, "RUB"), "USD") == phone_key(SECRET, PHONE, "")
    assert id_key(SECRET, "tilda", id_key(SECRET, "generic", "7")) == id_key(SECRET, "generic", "7")


def test_contacts_are_told_by_their_keys_until_they_are_erased() -> None:
    [said] = read(delivery(order(customer={"email": ANNA, "phone": PHONE})), UNSAID)
    keys = {email_key(SECRET, ANNA), phone_key(SECRET, PHONE, "RUB")}

    assert contacts(said, SECRET, "RUB") == keys
    assert contacts(nobodys(said), SECRET, "RUB") == frozenset()
