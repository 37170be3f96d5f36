"""Which part of an answer was asked for? A field mask, parsed and applied as Google does.

Learned from: commas, dots and slashes, parentheses, `*` [doc, field masks guide]; slashes in a
request's `fields` [cassette test_get_all_values_date_time_render_options]; the answer to a path
that does not exist [recorded errors in the tests of r-lib/gargle]; a mask that does not parse
[inferred: the same answer].
"""

from __future__ import annotations

import re
from typing import Any

from tests.google.errors import Json, bad_mask
from tests.google.schema import schemas

Tree = dict[str, "Tree"]
"""Names to what is wanted below; an empty tree wants everything."""

_TOKEN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[*(),./]")


def parse(text: str, kind: str) -> Tree:
    """Parse a mask over a message of this kind. Raises Refused where a path does not exist."""
    plain = "".join(text.split())
    tokens = _TOKEN.findall(plain)
    if not tokens or "".join(tokens) != plain:
        raise bad_mask(text)
    tree = _paths(tokens, text)
    if tokens:
        raise bad_mask(text)
    _check(tree, kind, "")
    return tree


def _paths(tokens: list[str], text: str) -> Tree:
    tree: Tree = {}
    whole: set[str] = set()
    while True:
        name, below = _path(tokens, text)
        if not below:
            whole.add(name)
        tree[name] = {} if name in whole else _merge(tree.get(name, {}), below)
        if not tokens or tokens[0] != ",":
            return tree
        tokens.pop(0)


def _path(tokens: list[str], text: str) -> tuple[str, Tree]:
    if not tokens or tokens[0] in "(),./":
        raise bad_mask(text)
    name = tokens.pop(0)
    if tokens and tokens[0] in "./":
        tokens.pop(0)
        below, tree = _path(tokens, text)
        return name, {below: tree}
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        tree = _paths(tokens, text)
        if not tokens or tokens.pop(0) != ")":
            raise bad_mask(text)
        return name, tree
    return name, {}


def _merge(one: Tree, other: Tree) -> Tree:
    merged = dict(one)
    for name, below in other.items():
        both = name in merged and merged[name] and below
        merged[name] = _merge(merged[name], below) if both else ({} if name in merged else below)
    return merged


def _check(tree: Tree, kind: str, path: str) -> None:
    kind = kind.strip("[]{}")
    for name, below in tree.items():
        here = f"{path}.{name}".lstrip(".")
        if name == "*":
            continue
        if name not in schemas().get(kind, {}):
            raise bad_mask(here)
        _check(below, schemas()[kind][name], here)


def wants(tree: Tree, *path: str) -> bool:
    """Whether any part below this path is asked for."""
    for name in path:
        if not tree or "*" in tree:
            return True
        if name not in tree:
            return False
        tree = tree[name]
    return True


def below(tree: Tree, *path: str) -> Tree:
    """Give the tree below a path that is wanted."""
    for name in path:
        if not tree or "*" in tree:
            return {}
        tree = tree.get(name, {})
    return tree


def prune(value: Any, tree: Tree) -> Any:
    """Keep of a JSON value what the mask names."""
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [prune(one, tree) for one in value]
    if not isinstance(value, dict):
        return value
    return {name: prune(one, tree[name]) for name, one in value.items() if name in tree}


def assign(old: Json, new: Json, tree: Tree) -> Json:
    """Write the fields that a mask names: what `new` lacks is cleared, the rest stays."""
    if not tree or "*" in tree:
        return dict(new)
    written = dict(old)
    for name, deeper in tree.items():
        if deeper and name in written and isinstance(new.get(name, {}), dict):
            part: Any = assign(written[name], new.get(name) or {}, deeper)
        else:
            part = prune(new.get(name), deeper)
        written.pop(name, None)
        if part not in (None, {}):
            written[name] = part
    return written
