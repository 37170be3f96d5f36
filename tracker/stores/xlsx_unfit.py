"""Why can a workbook's XML not be appended to safely? Then openpyxl writes it, and says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Unfit(Exception):
    """A part of the file that is not understood well enough to add to it.

    Attributes:
        why: a code of `tracker.sentences.unfit`, without its `unfit_`.
        where: the title of the tab or the name of the part that it is in, as far as known.
    """

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(f"{why} {where}".strip())
        self.why = why
        self.where = where


@contextmanager
def located(where: str) -> Iterator[None]:
    """Say of what is not understood here where it is, if that is not said yet."""
    try:
        yield
    except Unfit as unfit:
        unfit.where = unfit.where or where
        raise
