"""Do published Tilda payloads read as their facts say? Read in place, never copied."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.shops.conftest import FORM, JSON, Reader
from tracker.model import OrderVersion, Ping, State, Unreadable
from tracker.money import as_decimal

PAID = {"tinkoff", "robokassa"}
NOT_IN_FACTS = {"cart-text-blob-1.txt", "lead-form-1.txt", "test-ping-1.txt"}


def facts_of(folder: Path) -> dict[str, dict[str, Any]]:
    rows = json.loads((folder / "facts.json").read_text("utf-8"))
    ours = [row for row in rows if row["file"].startswith("tilda/")]
    return {row["file"].partition("/")[2]: row for row in ours}


def read_sample(folder: Path, name: str, reads: Reader) -> Any:
    body = (folder / "tilda" / name).read_text("utf-8")
    (found,) = reads("tilda", body, JSON if name.endswith(".json") else FORM)
    return found


def decimal(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def test_every_sample_is_in_the_facts_or_a_known_exception(shared_webhooks: Path) -> None:
    files = {path.name for path in (shared_webhooks / "tilda").iterdir()}

    samples = {name for name in files if not name.endswith(".meta.json")}
    assert samples == {*facts_of(shared_webhooks), *NOT_IN_FACTS}


def test_carts_agree_with_their_facts(shared_webhooks: Path, reads: Reader) -> None:
    for name, fact in facts_of(shared_webhooks).items():
        found = read_sample(shared_webhooks, name, reads)

        assert isinstance(found, OrderVersion), name
        assert (found.order_id, found.currency) == (fact["orderid"], "RUB"), name
        sums = [found.total, found.discount, found.shipping]
        said = [fact["amount"], fact.get("discount"), fact.get("delivery_price")]
        exact = [None if one is None else as_decimal(one, "RUB") for one in sums]
        assert exact == [decimal(one) for one in said], name
        assert (found.codes or (None,)) == (fact["promocode"],), name
        assert len(found.items or ()) == fact["n_products"], name
        state = State.PAID if fact["sys"] in PAID else State.PENDING
        assert (found.state, found.cash) == (state, fact["sys"] not in PAID), name


def test_contacts_are_found_however_their_fields_are_named(
    shared_webhooks: Path, reads: Reader
) -> None:
    found = [read_sample(shared_webhooks, name, reads) for name in facts_of(shared_webhooks)]

    assert all(one.email.endswith("example.com") and one.phone for one in found)


def test_a_lead_that_carries_an_order_is_an_order(shared_webhooks: Path, reads: Reader) -> None:
    found = read_sample(shared_webhooks, "lead-form-1.txt", reads)

    assert (found.order_id, found.total, found.city) == ("order-500", 3500000, "Москва")
    assert "must-not-be-stored" not in repr(found)


def test_the_test_call_is_a_ping(shared_webhooks: Path, reads: Reader) -> None:
    assert read_sample(shared_webhooks, "test-ping-1.txt", reads) == Ping(why="delivery_ping")


def test_an_order_written_out_as_a_letter_is_refused(shared_webhooks: Path, reads: Reader) -> None:
    found = read_sample(shared_webhooks, "cart-text-blob-1.txt", reads)

    assert found == Unreadable(code="delivery_not_of_tilda")
