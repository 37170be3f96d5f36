"""What does an order have to hold? Its sum, its products, its other codes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.restricted import why
from tracker.goods import named


@pytest.mark.parametrize(
    ("mode", "goods", "says"),
    [
        ("from", 499999, "code_min_order"),
        ("from", 500000, ""),
        ("from", 500001, ""),
        ("above", 499999, "code_min_above"),
        ("above", 500000, "code_min_above"),
        ("above", 500001, ""),
    ],
)
def test_from_5000_takes_5000_and_above_5000_does_not(mode: str, goods: int, says: str) -> None:
    assert why(min_order=500000, min_is_above=mode == "above", of_total=goods) == says


@pytest.mark.parametrize(("goods", "says"), [(500000, ""), (500001, "code_max_order"), (0, "")])
def test_an_order_up_to_5000_takes_5000(goods: int, says: str) -> None:
    assert why(max_order=500000, of_total=goods) == says


def test_postage_and_tax_are_no_goods() -> None:
    sums: dict[str, Any] = {"of_total": 560000, "of_shipping": 50000, "of_tax": 10001}

    assert why(min_order=500000, **sums) == "code_min_order"


def test_refunds_are_not_taken_off_what_was_bought() -> None:
    back = [["r1", "2026-10-20T00:00:00+00:00", "4000.00", "0", "0"]]

    assert why(min_order=500000, of_total=500000, of_refunds=back) == ""


@pytest.mark.parametrize("cells", [{"min_order": 1}, {"max_order": 10**9}])
def test_a_limit_in_roubles_says_nothing_of_an_order_in_euros(cells: dict[str, Any]) -> None:
    assert why(**cells, of_currency="EUR") == "order_currency_other"


HAT, BAG, TEA = ["H-1", "hats", "1", "100"], ["B-1", "bags", "1", "900"], ["T-9", "", "1", "50"]
NAMELESS = ["", "", "1", "10"]


@pytest.mark.parametrize(
    ("items", "cells", "says"),
    [
        ([HAT, BAG], {"products_in": ("hats",)}, ""),
        ([BAG], {"products_in": ("hats",)}, "code_products_in"),
        ([HAT], {"products_in": ("HATS ",)}, ""),
        ([BAG], {"products_in": ("hats", "b-*")}, ""),
        ([TEA], {"products_in": ("*",)}, ""),
        ([BAG, NAMELESS], {"products_in": ("hats",)}, "items_unknown"),
        (None, {"products_in": ("hats",)}, "items_unknown"),
        ([], {"products_in": ("hats",)}, "items_unknown"),
        ([HAT, BAG], {"products_out": ("bags",)}, ""),
        ([BAG], {"products_out": ("bags",)}, "code_products_out"),
        ([BAG, TEA], {"products_out": ("b*", "t*")}, "code_products_out"),
        (None, {"products_out": ("bags",)}, "items_unknown"),
        # What the code is for is all excepted: the bag beside it does not save the order.
        ([HAT, BAG], {"products_in": ("hats",), "products_out": ("h-1",)}, "code_products_out"),
        ([BAG], {"products_in": ("hats",), "products_out": ("bags",)}, "code_products_in"),
    ],
)
def test_some_line_has_to_be_what_the_code_is_for(
    items: list[list[str]] | None, cells: dict[str, Any], says: str
) -> None:
    assert why(**cells, of_items=items) == says


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("tea-green", True),
        ("TEA-*", True),
        ("*green", True),
        ("*-g*", True),
        ("tea*tea-green", False),  # the same letters do not serve twice
        ("t*a*n", True),
        ("*", True),
        ("tea", False),
        ("tea-green*", True),
        ("*n*e", False),
    ],
)
def test_a_star_stands_for_any_letters_or_none(pattern: str, *, fits: bool) -> None:
    assert named((pattern,), "Tea-Green", "") is fits


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        (["TEA"], ""),
        (["TEA", " tea "], ""),  # the same code typed twice
        (["TEA", "MARIA01"], "code_stacks"),
        (["NOBODYS", "TEA"], "code_stacks"),
    ],
)
def test_a_code_that_stands_alone_suffers_no_other_one(codes: list[str], says: str) -> None:
    assert why(stacks=False, of_codes=codes) == says
    assert why(of_codes=codes) == ""
