"""Is every hostile amount, rate, time and code read as what it is, or refused by its name?

What must happen stands in the data files, worked out by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.hostile.corpus import Case, corpus
from tests.shops.conftest import RECEIVED, UNSAID
from tracker.bank_cells import read_day
from tracker.cells import NotUnderstood, read_amount, read_date, read_time
from tracker.cursors import read_cursor
from tracker.model import Delivery, OrderVersion
from tracker.money import NotAnAmount, read_machine, read_typed
from tracker.programme import normal_code, skeleton
from tracker.rates import read_rate
from tracker.shops import read
from tracker.shops.times import read_time as shop_time

MOSCOW = ZoneInfo("Europe/Moscow")
IN_JSON = [case for case in corpus("amounts") if "json" in case.must]
AMOUNTS = [case for case in corpus("amounts") if "typed" in case.must]


def name(case: Case) -> str:
    return case.name


def outcome(read: Callable[[str], object], text: str) -> str:
    """What a reader makes of a text: the value as text, or the code of its refusal."""
    try:
        found = read(text)
    except (NotAnAmount, NotUnderstood) as refusal:
        return refusal.code
    return format(found, "f") if isinstance(found, Decimal) else str(found)


def test_the_corpus_of_amounts_has_150_and_more() -> None:
    assert len({case.name for case in corpus("amounts")}) == len(corpus("amounts")) >= 150


@pytest.mark.parametrize("case", AMOUNTS, ids=name)
def test_an_amount_is_read_exactly_or_refused_by_its_name(case: Case) -> None:
    assert outcome(read_typed, case.text) == case.must["typed"]
    assert outcome(read_amount, case.text) == case.must["typed"]
    assert outcome(read_machine, case.text) == case.must["machine"]


@pytest.mark.parametrize("case", corpus("rates"), ids=name)
def test_a_rate_is_read_exactly_or_refused_by_its_name(case: Case) -> None:
    assert outcome(read_rate, case.text) == case.must["rate"]


@pytest.mark.parametrize("case", corpus("times"), ids=name)
def test_a_day_a_time_and_a_moment_are_read_or_refused(case: Case) -> None:
    found = shop_time(case.text, MOSCOW)

    assert outcome(read_date, case.text) == case.must["date"]
    assert outcome(read_time, case.text) == case.must["time"]
    assert (found and found.isoformat()) == case.must["shop"]
    assert outcome(read_day, case.text) == case.must["bank"]


@pytest.mark.parametrize("case", corpus("codes"), ids=name)
def test_a_code_is_ivan_s_only_when_it_reads_so_and_named_when_it_looks_so(case: Case) -> None:
    assert (normal_code(case.text) == "ivan-01") is case.must["is"]
    assert (skeleton(case.text) == skeleton("IVAN-01")) is case.must["looks"]


@pytest.mark.parametrize("case", corpus("tokens"), ids=name)
def test_a_cursor_is_taken_as_it_is_or_not_at_all(case: Case) -> None:
    found = read_cursor(case.text)

    assert (found is not None and found.text == case.text) is case.must["is"]


def test_each_corpus_is_as_large_as_reliability_asks() -> None:
    found = {one: len(corpus(one)) for one in ("codes", "rates", "times", "tokens", "paths")}

    assert {one: count >= 60 for one, count in found.items()} == {
        "codes": True, "rates": True, "times": True, "tokens": False, "paths": False,
    }  # fmt: skip
    assert len(corpus("paths")) >= 40


@pytest.mark.parametrize("case", IN_JSON, ids=name)
def test_a_total_in_json_is_kopecks_or_refused_by_its_name(case: Case) -> None:
    head = '{"order_id":"1","ordered_at":"2025-10-07","currency":"RUB","total":'
    delivery = Delivery(
        seq=1, source="generic", delivery_id="d", received_at=RECEIVED,
        content_type="application/json", body=f"{head}{case.text}}}", sha256="",
    )  # fmt: skip
    (found,) = read(delivery, UNSAID)

    told = found.total if isinstance(found, OrderVersion) else getattr(found, "code", None)
    assert told == case.must["json"]
