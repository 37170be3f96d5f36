"""Which hostile inputs do we keep? Data files beside this one: a JSON object a line.

`name` says what is odd about it and `input` is what somebody sends; text that is too long to be
written out is `repeat`: pieces, each with how often it stands there. All other keys say what must
happen, each test knows which.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Case:
    """One hostile input and what must happen: `must` by the names of the file's own keys."""

    name: str
    input: Any
    must: dict[str, Any]

    @property
    def text(self) -> str:
        """The input as text."""
        assert isinstance(self.input, str), self.name
        return self.input


@cache
def corpus(name: str) -> tuple[Case, ...]:
    """Give the cases of one file, in its order."""
    return tuple(_cases(FOLDER / f"{name}.jsonl"))


def _cases(path: Path) -> Iterator[Case]:
    for line in path.read_text("utf-8").split("\n")[:-1]:
        said = json.loads(line)
        pieces = said.pop("repeat", None)
        given = said.pop("input", None)
        if pieces is not None:
            given = "".join(text * count for text, count in pieces)
        yield Case(said.pop("name"), given, said)


def names() -> list[str]:
    """All the files."""
    return sorted(path.stem for path in FOLDER.glob("*.jsonl"))
