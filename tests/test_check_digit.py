"""Is a serial that was misread or mistyped told from a right one?"""

from __future__ import annotations

from itertools import combinations

import pytest

from tracker.check_digit import DRAWN, SIGNS, check_sign, drawn, fits, grouped

SERIALS = ("222222223", "BC2DF3G4F", "ZZZZZZZZG", "WK9WTR49X", "RMT4BF5R4")


@pytest.mark.parametrize(
    ("number", "sign"),
    [
        # The sum of all but the last is 0, and 1 is wanted: the sign of value 1.
        ("22222222", "3"),
        # 1 x 3 and the sign's 29 are 32, which leaves 1.
        ("22222223", "Y"),
        # The weighted values of BC2DF3G4 leave 19, and 19 + 13 leaves 1: see the next test.
        ("BC2DF3G4", "F"),
    ],
)
def test_the_check_sign_is_what_a_hand_works_out(number: str, sign: str) -> None:
    assert check_sign(number) == sign


def test_the_weights_are_those_powers_of_3_and_leave_1() -> None:
    weights = (20, 17, 16, 26, 19, 27, 9, 3, 1)
    values = (9, 10, 0, 11, 13, 1, 14, 2, 13)  # BC2DF3G4F

    assert sum(w * v for w, v in zip(weights, values, strict=True)) % 31 == 1
    assert [3**power % 31 for power in range(8, -1, -1)] == list(weights)


def test_a_serial_is_parted_for_reading() -> None:
    assert grouped("BC2DF3G4") == "BC2D-F3G4-F"


@pytest.mark.parametrize("serial", SERIALS)
def test_every_single_wrong_sign_is_noticed(serial: str) -> None:
    wrong = [
        serial[:at] + sign + serial[at + 1 :]
        for at in range(9)
        for sign in SIGNS
        if sign != serial[at]
    ]

    assert fits(serial)
    assert len(wrong) == 9 * 30
    assert [one for one in wrong if fits(one)] == []


@pytest.mark.parametrize("serial", SERIALS)
def test_every_swap_of_two_signs_is_noticed_however_far_apart(serial: str) -> None:
    swapped = set()
    for a, b in combinations(range(9), 2):
        signs = list(serial)
        signs[a], signs[b] = signs[b], signs[a]
        swapped.add("".join(signs))

    assert [one for one in swapped - {serial} if fits(one)] == []


def test_twins_typed_as_other_twins_are_noticed() -> None:
    twins = [f"BC{sign}{sign}F3G4" for sign in SIGNS]

    assert len({(two[:2] + two[4:], check_sign(two)) for two in twins}) == 31


def test_no_sign_is_taken_for_another_and_none_drawn_is_a_vowel() -> None:
    assert len(set(SIGNS)) == 31
    assert set("01IOL") & set(SIGNS) == set()
    assert set(SIGNS) - set(DRAWN) == set("AEUY")


@pytest.mark.parametrize("odd", ["", "BC2DF3G4O", "BC2D-F3G4-F", "bc2df3g4f"])
def test_what_has_other_signs_is_no_bare_serial(odd: str) -> None:
    assert not fits(odd)


def test_lots_become_signs_the_last_digit_first() -> None:
    # 27 signs: 0 is 2, 1 is 3, 26 is Z.
    assert drawn(0, 4) == "2222"
    assert drawn(1 + 26 * 27, 4) == "3Z22"
