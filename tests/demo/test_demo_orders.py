"""Which orders does the demo consist of, and into which folder is it made?"""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from tracker.cli import run
from tracker.demo.dialects import UNREADABLE_AT, deliveries
from tracker.demo.goods import customer_of
from tracker.demo.orders import ZONE, orders
from tracker.demo.stage import cleared
from tracker.model import Delivery, OrderVersion, Unreadable
from tracker.money import decimal_text
from tracker.problems import Stop
from tracker.shops import Unsaid, read

# The orders themselves.


def test_sixty_orders_come_from_three_shops() -> None:
    found = orders()

    assert Counter(order.source for order in found) == {
        "shopify:tea": 24, "woocommerce:cups": 18, "generic": 18,
    }  # fmt: skip
    assert all(one.placed < other.placed for one, other in pairwise(found))
    assert Counter(order.placed.month for order in found) == {9: 28, 10: 32}


def test_every_delivery_but_one_is_read_as_the_order_of_the_table() -> None:
    table = {order.number: order for order in orders()}
    refused = []
    for number, sent in enumerate(deliveries("en")):
        body = json.dumps(sent.body) if isinstance(sent.body, dict) else sent.body
        delivery = Delivery(
            seq=number, source=sent.source, delivery_id=sent.delivery_id, received_at=sent.at,
            content_type="application/json", body=body, sha256="", origin="",
        )  # fmt: skip
        for entry in read(delivery, Unsaid(zone=ZONE)):
            if isinstance(entry, Unreadable):
                refused.append(sent.at)
            elif isinstance(entry, OrderVersion):
                order = table[entry.order_id]
                assert decimal_text(entry.total or 0, order.currency) == f"{order.total:.2f}"
                assert entry.codes == tuple(code.strip() for code in order.codes)
    assert refused == [UNREADABLE_AT]


def test_nothing_is_drawn_by_chance() -> None:
    assert [one.line() for one in deliveries("en")] == [one.line() for one in deliveries("en")]
    assert customer_of("T-101").email == "olga0@example.org"


# The folder.


def test_an_older_demo_is_cleared_away_and_other_files_stay(tmp_path: Path) -> None:
    (cleared(tmp_path).path / "mailbox").mkdir()
    (tmp_path / "partners.xlsx").touch()
    (tmp_path / "notes.txt").touch()

    cleared(tmp_path)

    assert sorted(one.name for one in tmp_path.iterdir()) == [".made-by-demo", "notes.txt"]


def test_a_book_that_no_demo_made_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "partners.xlsx").write_bytes(b"mine")

    assert run(["demo", "--out", str(tmp_path)]) == 2

    assert "was not made by a demo, so it is left alone" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["partners.xlsx"]


@pytest.mark.parametrize("mark", [".~lock.partners.xlsx#", "~$partners.xlsx"])
def test_a_demo_whose_book_is_open_is_left_alone(tmp_path: Path, mark: str) -> None:
    cleared(tmp_path)
    (tmp_path / "partners.xlsx").touch()
    (tmp_path / mark).touch()

    with pytest.raises(Stop) as stop:
        cleared(tmp_path)

    assert stop.value.code == "book_open"
    assert (tmp_path / "partners.xlsx").exists()
