"""Are flat names nested as PHP and Zapier nest them, whatever they hold?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.shops.nesting import unflattened, unfolded
from tracker.shops.payload import NotReadable


@pytest.mark.parametrize(
    ("flat", "nested"),
    [
        ({"a": "1"}, {"a": "1"}),
        ({"a[b][c]": "1", "a[d]": "2"}, {"a": {"b": {"c": "1"}, "d": "2"}}),
        ({"a[10]": "x", "a[2]": "y", "a[0]": "z"}, {"a": ["z", "y", "x"]}),
        ({"a[0][b]": "1", "c": "2", "a[0][d]": "3"}, {"a": [{"b": "1", "d": "3"}], "c": "2"}),
        ({"a[0]": "1", "a[b]": "2"}, {"a": {"0": "1", "b": "2"}}),
        ({"a[]": ["1", "2"]}, {"a": ["1", "2"]}),
        ({"a[]": "1"}, {"a": ["1"]}),
        ({"a[][b]": "1"}, {"a[][b]": "1"}),
        ({"a[b": "1", "[b]": "2", "a]b[": "3", "": "4"}, None),
        ({"a": {"0": "1"}, "b[c]": "2"}, {"a": {"0": "1"}, "b": {"c": "2"}}),
        ({"a[9999999]": "1"}, {"a": {"9999999": "1"}}),
    ],
)
def test_brackets_nest(flat: dict[str, Any], nested: dict[str, Any] | None) -> None:
    assert unfolded(flat) == (nested or flat)


@pytest.mark.parametrize(
    ("flat", "nested"),
    [
        ({"a": "1", "a[b]": "2"}, {"a": ["1", "2"]}),
        ({"a[b]": "2", "a": "1"}, {"a": [{"b": "2"}, "1"]}),
        ({"a[b]": "1", "a[b][c]": "2"}, {"a": {"b": ["1", "2"]}}),
    ],
)
def test_what_is_a_value_and_a_parent_is_neither(
    flat: dict[str, Any], nested: dict[str, Any]
) -> None:
    assert unfolded(flat) == nested


def test_a_name_of_twenty_brackets_is_too_deep() -> None:
    assert unfolded({"a" + "[b]" * 19: 1})
    with pytest.raises(NotReadable, match="delivery_too_deep"):
        unfolded({"a" + "[b]" * 20: 1})


def test_more_than_a_thousand_nested_names_are_too_many() -> None:
    assert len(unfolded({f"a[{n}]": n for n in range(1000)})["a"]) == 1000  # type: ignore[arg-type]
    with pytest.raises(NotReadable, match="delivery_too_many_fields"):
        unfolded({f"a[{n}]": n for n in range(1001)})


def in_brackets(value: Any, name: str) -> dict[str, str]:
    if isinstance(value, str):
        return {name: value}
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    return {k: v for key, part in parts for k, v in in_brackets(part, f"{name}[{key}]").items()}


WORDS = st.text("abcяё =&", min_size=1, max_size=3)
TREES = st.recursive(
    st.text(max_size=3),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=12)
        | st.dictionaries(WORDS, inner, min_size=1, max_size=3)
    ),
    max_leaves=15,
)


@given(st.data(), TREES)
def test_any_tree_comes_back_from_brackets_in_any_order(data: st.DataObject, tree: Any) -> None:
    flat = in_brackets(tree, "top")

    shuffled = data.draw(st.permutations(sorted(flat.items())))

    assert unfolded(dict(shuffled)) == {"top": tree}


@pytest.mark.parametrize(
    ("flat", "nested"),
    [
        ({"a__b": 1, "a__c__d": 2}, {"a": {"b": 1, "c": {"d": 2}}}),
        ({"a__b__c__d__e__f": 1}, {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}),
        ({"a__b__c__d__e__f__g": 1}, None),
        ({"__a": 1, "b__": 2, "c____d": 3, "__": 4, "": 5}, None),
        ({"a": {"b": 1}, "a__b": 2, "a__c": 3}, {"a": {"b": 1, "c": 3}}),
        ({"a": {"b": ""}, "a__b": 2}, {"a": {"b": 2}}),
        ({"a": "", "a__b": 2}, {"a": {"b": 2}}),
        ({"a": "x", "a__b": 2}, {"a": "x"}),
    ],
)
def test_double_underscores_nest(flat: dict[str, Any], nested: dict[str, Any] | None) -> None:
    before = json.dumps(flat)

    assert unflattened(flat) == (nested or flat)
    assert json.dumps(flat) == before


def test_the_published_vectors_of_zapier_come_out(shared_webhooks: Path) -> None:
    path = shared_webhooks / "zapier" / "flatten-unflatten-vectors-1.json"
    vectors = json.loads(path.read_text("utf-8"))

    for one in vectors["unflatten"]:
        assert unflattened(one["in"]) == one["out"]
    for one in vectors["flatten"]:
        lists = {k: ",".join(v) for k, v in one["in"].items() if isinstance(v, list)}
        assert unflattened(one["out"]) == one["in"] | lists
    assert (len(vectors["unflatten"]), len(vectors["flatten"])) == (1, 1)
