"""Which fields does a message of the API have? Unknown names are refused as Google refuses them.

`schemas.txt` beside this file lists, one message a line, the names and kinds of the fields of
every message that the fake takes or gives: facts extracted from the discovery document of
2026-10-19 [disc]. `cut` marks what Google knows and the fake does not.

Learned from: names and kinds [disc]; null means not set [cassette test_add_protected_range_normal
sends "description": null]; the sentence about unknown names and about kinds that do not fit, and
its snake_case path [issues]; at most one field of a `Request` or `ExtendedValue` [disc, "union
field"]; the sentence about two of them [inferred].
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from tests.google.errors import Json, Refused, Unsupported, invalid

_ONE_OF = frozenset({"Request", "ExtendedValue", "DataFilter"})
_TYPES = {"s": "TYPE_STRING", "i": "TYPE_INT32", "n": "TYPE_DOUBLE", "b": "TYPE_BOOL"}


@cache
def schemas() -> dict[str, dict[str, str]]:
    """Give the fields of every message: name to kind (`s`, `i`, `n`, `b`, `A|B`, `[X]`, `X`)."""
    lines = (Path(__file__).parent / "schemas.txt").read_text("utf-8").splitlines()
    split = (line.partition(": ") for line in lines)
    return {
        name: dict(field.split("=", 1) for field in fields.split()) for name, _, fields in split
    }


def check(value: Any, kind: str, path: str = "") -> None:
    """Refuse a value that is not of this kind. Raises Refused, or Unsupported for `cut`."""
    if value is None:
        return
    if kind == "cut":
        raise Unsupported(path)
    if kind.startswith("["):
        _check_list(value, kind[1:-1], path)
    elif kind.startswith("{"):
        for key, one in _message(value, path).items():
            check(one, kind[1:-1], f"{path}[{key}]")
    elif kind in schemas():
        _check_message(value, kind, path)
    elif not _fits(value, kind):
        shown = f'"{value}"' if isinstance(value, str) else value
        raise invalid(f"Invalid value at '{path}' ({_TYPES.get(kind, 'TYPE_ENUM')}), {shown}")


def _check_list(value: Any, kind: str, path: str) -> None:
    if not isinstance(value, list):
        raise invalid(f"Invalid value at '{path}' (repeated field), {value}")
    fields = schemas().get(kind)
    for number, one in enumerate(value):
        # A cell of one plain value is by far the most frequent message: it needs no path.
        if fields is None or not _plain_cell(one, kind):
            check(one, kind, f"{path}[{number}]")


def _plain_cell(value: Any, kind: str) -> bool:
    if kind != "CellData" or type(value) is not dict or len(value) != 1:
        return False
    entered = value.get("userEnteredValue")
    if type(entered) is not dict or len(entered) != 1:
        return False
    text = entered.get("stringValue")
    return type(text) is str or type(entered.get("numberValue")) in {int, float}


def _check_message(value: Any, kind: str, path: str) -> None:
    known = schemas()[kind]
    message = _message(value, path)
    for name, one in message.items():
        if name not in known:
            where = f" at '{path}'" if path else ""
            raise invalid(
                f'Invalid JSON payload received. Unknown name "{name}"{where}: Cannot find field.'
            )
        check(one, known[name], f"{path}.{_snake(name)}".lstrip("."))
    if kind in _ONE_OF and sum(one is not None for one in message.values()) > 1:
        raise _two(path, list(message))


def _two(path: str, names: list[str]) -> Refused:
    return invalid(
        f"Invalid value at '{path}' (oneof), oneof field is already set. Cannot set '{names[1]}'"
    )


def _message(value: Any, path: str) -> Json:
    if not isinstance(value, dict):
        raise invalid(f"Invalid value at '{path}', {value}")
    return value


def _fits(value: Any, kind: str) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if kind == "any":
        return True
    if kind == "i":
        return (number and value == int(value)) or (isinstance(value, str) and value.isdigit())
    if kind in {"n", "b"}:
        return number if kind == "n" else isinstance(value, bool)
    return isinstance(value, str) and (kind == "s" or value in kind.split("|"))


def _snake(name: str) -> str:
    return re.sub(r"([A-Z])", r"_\1", name).lower()
