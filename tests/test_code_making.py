"""Which codes come out of a pattern, and what keeps them apart from all others?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest

from tracker.check_digit import fits
from tracker.code_making import Made, Taken, Wanted, make, taken_by
from tracker.code_patterns import read_pattern
from tracker.look_alike import bare, near, sight
from tracker.problems import Stop
from tracker.programme import Code, CodeKind, CodeStatus, Partner

USUAL = "KUPON_{NAME}{NN}"
IVAN = Partner(partner_id="ivan", name="Иван Блогер")
MAIN = Code(code="KUPON_IVAN01", partner_id="ivan")


def made(
    *existing: str, own: tuple[Code, ...] = (), partner: Partner = IVAN, lots: int = 0, **asked: Any
) -> list[Made]:
    every: Iterator[int] = count(lots)
    taken = taken_by([*existing, *(code.code for code in own)])
    return make(Wanted(**asked), partner, own, taken, USUAL, every)


def codes(*existing: str, **asked: Any) -> list[str]:
    return [one.code.code for one in made(*existing, **asked)]


def refused(*existing: str, **asked: Any) -> tuple[str, dict[str, str]]:
    with pytest.raises(Stop) as stop:
        made(*existing, **asked)
    return stop.value.code, dict(stop.value.params)


def test_the_usual_pattern_takes_the_name_and_the_next_number() -> None:
    assert codes(count=3) == ["KUPON_IVAN01", "KUPON_IVAN02", "KUPON_IVAN03"]


@pytest.mark.parametrize(
    "twin",
    [
        "KUPON_IVAN01",
        "kupon_ivan01",
        " KUPON_IVAN01 ",
        "КUPОN_IVАN01",  # К, О and А are Cyrillic
        "KUPON-IVAN-01",
        "KUP0N_IVANO1",
        "KUPON_1VAN0I",
    ],
)
def test_a_number_whose_code_looks_like_another_is_passed_over(twin: str) -> None:
    assert codes(twin) == ["KUPON_IVAN02"]


def test_gaps_are_filled_and_two_digits_grow_to_three() -> None:
    standing = [f"KUPON_IVAN{number:02d}" for number in range(1, 100) if number != 7]

    assert codes(*standing, count=3) == ["KUPON_IVAN07", "KUPON_IVAN100", "KUPON_IVAN101"]


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("{fullname}", "IVANBLOGER"),
        ("tea-{NNN}", "TEA-001"),
        ("Чай{N}", "ЧАЙ1"),
        ("{RR}.{RRR}", "32.222"),
        ("IVANBLOG", "IVANBLOG"),
    ],
)
def test_a_pattern_is_filled_in_upper_case(pattern: str, code: str) -> None:
    assert codes(pattern=pattern, lots=1) == [code]


def test_a_lot_that_makes_a_taken_code_is_drawn_again() -> None:
    assert codes("A22", "A32", pattern="A{RR}", count=2) == ["A42", "A52"]


def test_a_long_name_is_cut_so_that_the_code_has_40_signs() -> None:
    long = replace(IVAN, name="К" * 60)

    assert codes(partner=long) == ["KUPON_" + "K" * 32 + "01"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"pattern": "X{FOO}"}, "codes_pattern_part"),
        ({"pattern": "X{}"}, "codes_pattern_part"),
        ({"pattern": "TEA SHOP"}, "codes_pattern_signs"),
        ({"pattern": "=1+{NN}"}, "codes_pattern_signs"),
        ({"pattern": "-TEA{NN}"}, "codes_pattern_signs"),
        ({"pattern": "X{NN"}, "codes_pattern_signs"),
        ({"pattern": "IVAN", "count": 2}, "codes_pattern_fixed"),
        ({"pattern": "A" * 41}, "codes_too_long"),
        ({"pattern": "{CODE}-X"}, "codes_pattern_variant"),
        ({"pattern": "{CODE}-{NN}", "channels": ("TG",)}, "codes_pattern_variant"),
        ({"kind": CodeKind.SERIAL, "pattern": "TEA{NN}"}, "codes_pattern_serial"),
        ({"kind": CodeKind.SERIAL, "channels": ("TG",)}, "codes_channels_kind"),
        ({"kind": CodeKind.SERIAL, "pattern": "A" * 29}, "codes_too_long"),
        ({"base": "KUPON_IVAN01"}, "codes_base_alone"),
        ({"channels": ("☕",)}, "codes_channel_empty"),
        ({"valid_from": date(2026, 11, 2), "valid_to": date(2026, 11, 1)}, "codes_dates_backwards"),
    ],
)
def test_what_cannot_be_made_is_said(asked: dict[str, Any], code: str) -> None:
    assert refused(**asked)[0] == code


def test_a_vanity_code_that_is_taken_names_the_one_it_looks_like() -> None:
    assert refused("ivan-blog", pattern="IVANBLOG") == (
        "codes_taken", {"named": "IVANBLOG", "holder": "ivan-blog"},
    )  # fmt: skip


def test_a_pattern_whose_lots_are_used_up_stops_instead_of_going_on_for_ever() -> None:
    every = [f"A{sign}" for sign in "23456789BCDFGHJKMNPQRSTVWXZ"]

    assert refused(*every, pattern="A{R}")[0] == "codes_no_room"


def test_serials_have_a_check_sign_and_come_once() -> None:
    found = codes(kind=CodeKind.SERIAL, count=200, pattern="TEA-")

    assert found[0] == "TEA-2222-2222-3"
    assert all(fits(bare(one)[3:]) for one in found)
    assert len(set(found)) == 200


def test_a_serial_whose_number_stands_in_the_book_is_drawn_again() -> None:
    # The lot 0 makes 2222-2222, the lot 1 makes 3222-2222: 20 x 1 and the sign's 12 leave 1.
    assert codes("2222 2222 3", kind=CodeKind.SERIAL) == ["3222-2222-E"]


def test_variants_are_made_of_the_partners_only_code() -> None:
    found = made(own=(MAIN,), channels=("TG", "Ютуб"))

    assert [one.code.code for one in found] == ["KUPON_IVAN01-TG", "KUPON_IVAN01-YUTUB"]
    assert [(one.code.variant_of, one.channel) for one in found] == [
        ("KUPON_IVAN01", "TG"), ("KUPON_IVAN01", "Ютуб"),
    ]  # fmt: skip


def test_without_a_code_the_main_one_is_made_at_once() -> None:
    assert codes(channels=("TG",)) == ["KUPON_IVAN01", "KUPON_IVAN01-TG"]


def test_of_several_codes_the_owner_says_which() -> None:
    second = replace(MAIN, code="IVANBLOG")
    own = (MAIN, second, replace(MAIN, code="OLD", status=CodeStatus.LEAKED))

    asked = {"own": own, "channels": ("TG",)}
    assert refused(**asked) == (
        "codes_base_which", {"partner": "ivan", "known": "KUPON_IVAN01, IVANBLOG"},
    )  # fmt: skip
    assert codes(**asked, base="ivanblog") == ["IVANBLOG-TG"]
    assert refused(**asked, base="OLD")[0] == "codes_base_unknown"


def test_a_pattern_of_variants_may_say_where_the_channel_stands() -> None:
    assert codes(own=(MAIN,), channels=("TG",), pattern="{CHANNEL}_{CODE}") == ["TG_KUPON_IVAN01"]


def test_a_variant_that_is_there_is_not_made_twice() -> None:
    assert refused("KUPON_IVAN01-TG", own=(MAIN,), channels=("TG",))[0] == "codes_taken"


def test_of_two_codes_of_one_look_the_first_is_named() -> None:
    taken = Taken()
    taken.take("TEA")
    taken.take("T-E-A")

    assert taken.holder("ТЕА") == "TEA"  # Cyrillic


@pytest.mark.parametrize(
    ("code", "seen"),
    [("KUPON_IVAN01", "kuponlvanol"), ("О0-Il1", "oolll"), ("...", "..."), ("ЧАЙ", "чaй")],
)
def test_a_sight_is_what_an_eye_makes_of_a_code(code: str, seen: str) -> None:
    assert sight(code) == seen


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("IVANO1", ["IVAN01"]),
        ("IVNA01", ["IVAN01"]),
        ("BC2D-F3G5-F", ["BC2D-F3G4-F"]),
        ("SUMMER", []),
    ],
)
def test_a_slip_of_the_hand_is_guessed(typed: str, meant: list[str]) -> None:
    assert near(typed, ["MARIA01", "IVAN01", "BC2D-F3G4-F"]) == meant


def test_a_pattern_is_taken_apart() -> None:
    assert read_pattern(" kupon_{name}{nn} ").parts == (
        ("text", "KUPON_"), ("NAME", "NAME"), ("N", "NN"),
    )  # fmt: skip
