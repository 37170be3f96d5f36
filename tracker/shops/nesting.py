"""How is a flat body nested again? The brackets of PHP, and the double underscores of Zapier."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tracker.shops.payload import DEPTH_MAX, FORM_FIELDS_MAX, Body, Json, NotReadable

_BRACKETED = re.compile(r"(?P<base>[^\[\]]+)(?P<rest>(?:\[[^\[\]]*\])+)")
_INDEX = re.compile(r"[0-9]{1,6}")
_JOINT = "__"
_JOINED_PARTS_MAX = 6


class _Made(dict[str, Json]):
    """An object that the body did not hold: only these may become lists."""


def unfolded(body: Body) -> Body:
    """Nest `payment[products][0][name]` as PHP does, whatever order the fields stand in.

    Keys that are all numbers make a list, in the order of the numbers; `a[]` holds its values in
    the order sent. A name with other brackets stays as it is. A field that is a value and a
    parent at once becomes a list of both, which nobody reads as either. Raises NotReadable beyond
    DEPTH_MAX parts a name or FORM_FIELDS_MAX such names.
    """
    if "[" not in "".join(body):
        return body
    found, count = _Made(), 0
    for name, value in body.items():
        parts = _parts(name)
        count += len(parts) > 1
        if count > FORM_FIELDS_MAX:
            raise NotReadable("delivery_too_many_fields", limit=FORM_FIELDS_MAX)
        if len(parts) > 1 and not parts[-1]:
            _put(found, parts[:-1], value if isinstance(value, list) else [value])
        else:
            _put(found, parts, value)
    return {name: _finished(value) for name, value in found.items()}


def _parts(name: str) -> list[str]:
    match = _BRACKETED.fullmatch(name)
    if match is None:
        return [name]
    inner = match["rest"][1:-1].split("][")
    if len(inner) >= DEPTH_MAX:
        raise NotReadable("delivery_too_deep", limit=DEPTH_MAX)
    return [name] if "" in inner[:-1] else [match["base"], *inner]


def _put(tree: Body, parts: list[str], value: Json) -> None:
    for part in parts[:-1]:
        inner = tree.setdefault(part, _Made())
        if not isinstance(inner, _Made):
            tree[part] = [inner, value]
            return
        tree = inner
    last = parts[-1]
    tree[last] = [tree[last], value] if last in tree else value


def _finished(value: Json) -> Json:
    if not isinstance(value, _Made):
        return value
    inner = {name: _finished(part) for name, part in value.items()}
    if all(_INDEX.fullmatch(name) for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner


def unflattened(body: Body) -> Body:
    """Nest `customer__email` as Zapier does; what stands nested already wins.

    A name stays as it is when it begins or ends with `__`, has an empty part or more than six
    (the rule of Zapier's own legacy runner, which drops what is beyond the sixth).
    """
    if _JOINT not in "\n".join(body):  # all names at once: no name, or two neighbours, hold it
        return body
    found = dict(body)
    for name, parts in _joined(body):
        del found[name]
        _fill(found, parts, body[name])
    return found


def _joined(body: Body) -> Iterator[tuple[str, list[str]]]:
    for name in body:
        parts = name.split(_JOINT)
        if 1 < len(parts) <= _JOINED_PARTS_MAX and all(parts):
            yield name, parts


def _fill(tree: Body, parts: list[str], value: Json) -> None:
    for part in parts[:-1]:
        inner = tree.get(part)
        if inner is None or inner == "":
            inner = {}
        if not isinstance(inner, dict):
            return
        own = dict(inner)  # the object may be the body's
        tree[part] = own
        tree = own
    if tree.get(parts[-1]) in (None, ""):
        tree[parts[-1]] = value
