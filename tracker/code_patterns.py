"""What is a code made from? Patterns such as `KUPON_{NAME}{NN}`, read and filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.check_digit import DRAWN, drawn
from tracker.problems import Stop

SIGNS_MAX = 40
"""The longest code that is made: more nobody types, and no card has room for it."""

NAMES = ("NAME", "FULLNAME", "CODE", "CHANNEL")

_PART = re.compile(r"\{([^{}]*)\}")
_ODD = re.compile(r"[^\w.-]|[{}]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, taken apart.

    Attributes:
        typed: as the owner wrote it.
        parts: (what, text): `text` as it stands, one of NAMES, `N` with a number in as many
            digits, `R` with as many signs drawn by lot.
    """

    typed: str
    parts: tuple[tuple[str, str], ...]

    def has(self, what: str) -> bool:
        """Whether any part is of that kind."""
        return any(part == what for part, _ in self.parts)

    @property
    def numbered(self) -> bool:
        """Whether it holds a number that goes up."""
        return self.has("N")

    @property
    def by_lot(self) -> bool:
        """Whether it holds signs drawn by lot."""
        return self.has("R")

    def filled(self, words: Mapping[str, str], number: int = 1, lot: int = 0) -> str:
        """Make one code in upper case; a name that is too long for it is cut.

        `lot` is a great random number. Raises Stop `codes_too_long`.
        """
        made = self._filled(words, number, lot)
        over = len(made) - SIGNS_MAX
        for name in ("FULLNAME", "NAME"):
            if over > 0 and self.has(name):
                kept = max(1, len(words[name]) - over)
                words = {**words, name: words[name][:kept]}
                made = self._filled(words, number, lot)
                over = len(made) - SIGNS_MAX
        if over > 0:
            raise Stop("codes_too_long", pattern=self.typed, named=made, most=SIGNS_MAX)
        return made

    def _filled(self, words: Mapping[str, str], number: int, lot: int) -> str:
        found: list[str] = []
        for what, text in self.parts:
            if what == "text":
                found.append(text)
            elif what == "N":
                found.append(str(number).zfill(len(text)))
            elif what == "R":
                found.append(drawn(lot, len(text)))
                lot //= len(DRAWN) ** len(text)
            else:
                found.append(words[what])
        return "".join(found)


def read_pattern(typed: str) -> Pattern:
    """Take a pattern apart; case does not matter.

    Raises Stop `codes_pattern_part` for a part nobody knows, `codes_pattern_signs` for signs that
    a code should not have, `codes_pattern_empty`.
    """
    text = typed.strip().upper()
    parts: list[tuple[str, str]] = []
    at = 0
    for found in _PART.finditer(text):
        parts.append(("text", text[at : found.start()]))
        parts.append(_part(found[1], typed))
        at = found.end()
    parts.append(("text", text[at:]))
    kept = tuple((what, said) for what, said in parts if said)
    odd = _ODD.search("".join(said for what, said in kept if what == "text"))
    if odd is not None:
        raise Stop("codes_pattern_signs", pattern=typed, sign=odd[0])
    if not kept:
        raise Stop("codes_pattern_empty")
    if kept[0][0] == "text" and not kept[0][1][0].isalnum():
        # A spreadsheet and some shops take such a code for a formula or an option.
        raise Stop("codes_pattern_signs", pattern=typed, sign=kept[0][1][0])
    return Pattern(typed=typed.strip(), parts=kept)


def _part(name: str, typed: str) -> tuple[str, str]:
    if name in NAMES:
        return name, name
    if name and set(name) in ({"N"}, {"R"}):
        return name[0], name
    raise Stop("codes_pattern_part", pattern=typed, part="{" + name + "}")
