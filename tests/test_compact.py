"""Is a value always written as the standard library writes it? Ids of lines are hashes of that."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.compact import compact
from tracker.model import Role

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def usual(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@given(VALUES)
def test_whatever_can_be_kept_is_written_as_the_standard_library_writes_it(value: Any) -> None:
    assert compact(value) == usual(value)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"codes": ("A", "Б"), "n": [1, None, True]}, '{"codes":["A","Б"],"n":[1,null,true]}'),
        ('a\u0000\n"\\/\u007f\u2028', '"a\\u0000\\n\\"\\\\/\u007f\u2028"'),
        (Role.ORDER, '"order"'),
        (2**64, "18446744073709551616"),
        (-(2**63) - 1, "-9223372036854775809"),
        (["\ud800"], '["\ud800"]'),
        ({"\udfff": 1}, '{"\udfff":1}'),
    ],
)  # fmt: skip
def test_what_only_the_standard_library_can_write_is_written_too(value: Any, written: str) -> None:
    assert (compact(value), usual(value)) == (written, written)


def test_every_sign_is_escaped_alike() -> None:
    signs = [chr(code) for code in (*range(0x800), 0x2028, 0xFEFF, 0xFFFE, 0x1F600)]
    assert [compact(f"<{sign}>") for sign in signs] == [usual(f"<{sign}>") for sign in signs]
