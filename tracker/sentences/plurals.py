"""Which form does a noun take beside a number?

English has two (order|orders); Russian three (заказ|заказа|заказов): for 1 but not 11, for 2 to 4
but not 12 to 14, and for the rest (Unicode CLDR, plural rules of `ru`).
"""

from __future__ import annotations

_SEPARATOR = "|"
_ALONE = "="
_NO_BREAK = "\u00a0"


def form_of(count: int, forms: str) -> str:
    """Choose among `order|orders` or `заказ|заказа|заказов`, by how many forms there are."""
    words = forms.split(_SEPARATOR)
    if len(words) == 2:
        return words[abs(count) != 1]
    tens, ones = abs(count) % 100, abs(count) % 10
    if 11 <= tens <= 14 or ones == 0 or ones > 4:
        return words[2]
    return words[0] if ones == 1 else words[1]


class Counted(int):
    """A number that a sentence writes with its noun: `{orders:order|orders}` is `3 orders`.

    `{orders:=came|came|came}` writes the word alone, for a verb that agrees with the number.
    """

    def __format__(self, spec: str) -> str:
        """Write the number bare when no forms are given."""
        if _SEPARATOR not in spec:
            return format(int(self), spec)
        if spec.startswith(_ALONE):
            return form_of(self, spec.removeprefix(_ALONE))
        return f"{int(self)}{_NO_BREAK}{form_of(self, spec)}"
