"""Does the quick way of reading say the same as the thorough one, whatever was sent?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.corpus import corpus
from tracker.deliveries import NewDelivery, read_instant, read_line
from tracker.instants import plain_instant
from tracker.model import Unreadable
from tracker.money import CURRENCIES, from_decimal, read_coins, read_machine
from tracker.shops.fields import Fields
from tracker.shops.nesting import unflattened
from tracker.shops.payload import NotReadable, inner_json, read_strictly
from tracker.shops.sums import exact
from tracker.shops.times import read_time

MOSCOW = ZoneInfo("Europe/Moscow")
MARK = b"\xef\xbb\xbf"
"""Before a line: an editor's, and so a line that only the thorough way reads."""

NUMBERS = st.from_regex(
    r"-?(0|[1-9][0-9]{0,29})(\.[0-9]{1,28})?([eE][+-]?[0-9]{1,3})?", fullmatch=True
)
TEXTS = st.one_of(
    st.text(max_size=8).map(json.dumps),
    st.text(max_size=8).map(lambda text: json.dumps(text, ensure_ascii=False)),
    st.sampled_from(
        [
            '"\\ud83c\\udf75"',
            '"\\ud83c"',
            '"\\""',
            '"\\\\"',
            '"3e8"',
            '"\\"1e5"',
            '"a\x01"',
            '"\x7f"',
        ]
    ),
    st.from_regex(r'"[0-9a-f]{4,40}"', fullmatch=True),
)
WORDS = st.sampled_from(["null", "true", "NaN", "-Infinity", "01", "1.", "", "tru", "[1,]", "1e5"])
NAMES = st.sampled_from(['"a"', '"b"', '"body"', '"total"', '"\\u0061"', "a", '"x__y"'])


def listed(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Lists and objects as text, now and then with a key that stands twice."""
    pairs = st.tuples(NAMES, parts).map(": ".join)
    return st.one_of(
        st.lists(parts, max_size=4).map(lambda found: f"[{', '.join(found)}]"),
        st.lists(pairs, max_size=4).map(lambda found: "{" + ",".join(found) + "}"),
        st.tuples(st.sampled_from([3, 19, 20, 21, 130]), parts).map(
            lambda deep: "[" * deep[0] + deep[1] + "]" * deep[0]
        ),
    )


JSON = st.recursive(st.one_of(NUMBERS, TEXTS, NUMBERS, TEXTS, WORDS), listed, max_leaves=12)


def said(read: Callable[[str], object], text: str) -> str:
    """What a reader answers, to the last zero, or its refusal in full."""
    try:
        return repr(read(text))
    except NotReadable as refusal:
        return f"{refusal.code} {refusal.values}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": 31.20, "b": [-0.0, -0]}', {"a": Decimal("31.20"), "b": [Decimal("-0.0"), 0]}),
        ("12345678901234567890", 12345678901234567890),
        ("1.5E-7", Decimal("1.5E-7")),
        ('{"token": "0e1", "size": 10}', {"token": "0e1", "size": 10}),
        ('"\\"1e999 \\\\"', '"1e999 \\'),
        ('"\\ud83c\\udf75"', "\U0001f375"),
    ],
)
def test_a_number_keeps_its_zeros_and_a_text_its_signs(text: str, found: object) -> None:
    assert repr(inner_json(text)) == repr(found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("123456789012345678901", "delivery_number"),
        ('{"a":"x", "b":1e100}', "delivery_number"),
        ('["\\\\",1.0e-000005]', "delivery_number"),
        ("NaN", "delivery_number"),
        ('{"a":1,"\\u0061":2}', "delivery_field_twice"),
        ("[" * 21 + "]" * 21, "delivery_too_deep"),
        ('["\\ud83c"]', "delivery_not_text"),
        ("[01]", "delivery_not_json"),
    ],
)
def test_what_jiter_would_take_or_not_explain_is_refused_in_words(text: str, code: str) -> None:
    with pytest.raises(NotReadable) as refusal:
        inner_json(text)
    assert refusal.value.code == code


@given(JSON)
def test_any_json_reads_as_the_standard_library_reads_it(text: str) -> None:
    assert said(inner_json, text) == said(read_strictly, text.strip())


@given(
    JSON,
    st.integers(0, 60),
    st.sampled_from(['"', "\\", "e", "9", "{", "]", "\ud800", " ", "\xa0"]),
)
def test_so_does_json_with_a_slip(text: str, place: int, slip: str) -> None:
    spoiled = text[:place] + slip + text[place:]
    assert said(inner_json, spoiled) == said(read_strictly, spoiled.strip())


@pytest.mark.parametrize("case", corpus("bodies"), ids=lambda case: case.name)
def test_so_does_every_hostile_body(case: Any) -> None:
    assert said(inner_json, case.text) == said(read_strictly, case.text.strip())


def line_of(body: str, content_type: str = '"application/json"') -> bytes:
    """Write a line of a log around a body that is JSON or nearly so."""
    return (
        f'{{"delivery_id": 7, "source": " тест ", "received_at": "2026-10-07T12:00:00+03:00",'
        f' "content_type": {content_type}, "body": {body}}}'
    ).encode("utf-8", "surrogatepass")


@given(JSON, st.one_of(JSON, st.just('"application/json"')))
def test_any_line_reads_the_same_in_both_ways(body: str, content_type: str) -> None:
    raw = line_of(body, content_type)
    assert repr_of(read_line(raw, "l")) == repr_of(read_line(MARK + raw, "l"))


@given(st.dictionaries(st.text(max_size=4), st.floats() | st.integers() | st.text()))
def test_so_does_any_object_with_numbers_of_any_size(body: dict[str, Any]) -> None:
    raw = line_of(json.dumps(body))
    assert repr_of(read_line(raw, "l")) == repr_of(read_line(MARK + raw, "l"))


def repr_of(found: NewDelivery | Unreadable) -> tuple[str, str]:
    """All that a line says; the body apart, since a delivery does not show it."""
    return repr(found), found.body if isinstance(found, NewDelivery) else ""


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('{"a": 31.20, "b": 1E16}', '{"a":31.2,"b":1e+16}'),
        ('{"a": 0.00001, "b": -0.0}', '{"a":1e-05,"b":-0.0}'),
        ('{"a": 18446744073709551616.0}', '{"a":1.8446744073709552e+19}'),
        ('{"a": 18446744073709551616, "b": 1.50}', '{"a":18446744073709551616,"b":1.5}'),
        ('{"a": "\\u007f\\u0001\\u000a\\u2028/"}', '{"a":"\x7f\\u0001\\n\u2028/"}'),
    ],
)
def test_a_body_is_written_to_the_letter_as_ever(body: str, text: str) -> None:
    found = read_line(line_of(body), "l")
    assert isinstance(found, NewDelivery)
    assert found.body == text


@pytest.mark.parametrize("body", ['{"a": 1e999}', '{"a": NaN}', '{"a": 1, "a": 1}'])
def test_a_body_that_no_json_can_hold_breaks_its_line(body: str) -> None:
    found = read_line(line_of(body), "l")
    assert isinstance(found, Unreadable)
    assert found.code == "log_line_not_json"


MOMENTS = st.one_of(
    st.from_regex(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T t][0-9]{2}:[0-9]{2}:[0-9]{2}(Z|z|[+-][0-9]{2}:[0-9]{2}|)",
        fullmatch=True,
    ),
    st.datetimes(timezones=st.none() | st.timezones()).map(
        lambda at: at.replace(microsecond=0).isoformat()
    ),
)


@given(MOMENTS)
def test_any_moment_reads_the_same_in_both_ways(text: str) -> None:
    plain, general = read_time(text, MOSCOW), read_time(f" {text}", MOSCOW)
    assert (plain, repr(plain)) == (general, repr(general))


@given(MOMENTS.filter(lambda text: "T" in text))
def test_so_does_any_instant(text: str) -> None:
    assert repr(read_instant(text)) == repr(read_instant(text.replace("T", "t")))


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-07T24:00:00+03:00", "2025-10-07T12:00:00+03:60", "2025-02-30T12:00:00Z",
        "1970-01-01T00:00:00Z", "9000-01-01T00:00:00Z", "2025-W41-2T12:00:00+03:00",
        "2025-10-07t12:00:00Z", "2025-10-07T12:00:00z", "٢٠٢٥-10-07T12:00:00", "2025-10-07",
    ],
)  # fmt: skip
def test_a_moment_that_needs_a_second_look_is_not_plain(text: str) -> None:
    assert plain_instant(text) is None


def test_a_plain_moment_has_its_offset_or_none() -> None:
    assert plain_instant("2025-10-07T12:30:00-03:30") == datetime.fromisoformat(
        "2025-10-07T16:00:00+00:00"
    )
    assert plain_instant("2025-10-07 12:30:00") == datetime(2025, 10, 7, 12, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1500.50", "RUB", 150050), ("0.00", "RUB", 0), ("7", "JPY", 7), ("5.000", "KWD", 5000),
        ("1.5", "RUB", None), ("7", "RUB", None), ("7.", "JPY", None), (".50", "RUB", None),
        ("-1.50", "RUB", None), ("+1.50", "RUB", None), ("1,50", "RUB", None), ("²", "JPY", None),
        ("1_0.00", "RUB", None), ("٣.٠٠", "RUB", None), ("9" * 16, "JPY", None), ("", "JPY", None),
    ],
)  # fmt: skip
def test_a_sum_in_the_currency_s_own_coins_is_read_at_once(
    text: str, currency: str, minor: int | None
) -> None:
    assert read_coins(text, currency) == minor


SUMS = st.from_regex(r"[-+ ]?[0-9]{0,16}[.,]?[0-9]{0,5}[ e²٣_]?", fullmatch=True)


@given(SUMS, st.sampled_from(sorted(CURRENCIES)))
def test_coins_are_the_sum_that_a_decimal_gives(text: str, currency: str) -> None:
    coins = read_coins(text, currency)
    if coins is not None:
        assert coins == from_decimal(read_machine(text), currency)


def thorough_minor(body: dict[str, Any], currency: str) -> int | None:
    """Read a sum by way of a Decimal."""
    found = Fields(body, typed=True).amount("total")
    return None if found is None else exact("total", found, currency)


@given(SUMS, st.sampled_from(["RUB", "JPY", "KWD", "CLF"]))
def test_a_field_of_any_sum_reads_the_same_in_both_ways(text: str, currency: str) -> None:
    body: dict[str, Any] = {"total": text}
    quick = said(lambda _: Fields(body, typed=True).minor("total", currency), text)
    assert quick == said(lambda _: thorough_minor(body, currency), text)


@pytest.mark.parametrize("number", [0, 1, 10, 10_000_000])
def test_a_whole_number_of_pieces_is_the_one_its_digits_are(number: int) -> None:
    quick = Fields({"a": number}).quantity("a")
    assert repr(quick) == repr(Fields({"a": str(number)}).quantity("a")) == f"Decimal('{number}')"


@pytest.mark.parametrize("number", [-1, 10_000_001, 10**16, True])
def test_an_absurd_number_of_pieces_is_refused(number: int) -> None:
    with pytest.raises(NotReadable):
        Fields({"a": number}).quantity("a")


def test_names_that_only_touch_are_not_joined() -> None:
    assert unflattened({"a_": 1, "_b": 2}) == {"a_": 1, "_b": 2}
    assert unflattened({"a__b": 1, "c": 2}) == {"a": {"b": 1}, "c": 2}
