"""Is anything on the order beside what a code is not for? (field.md B10)."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.goods import named
from tracker.problems import Params, params
from tracker.restrictions.using import Refusal, Use


def products_out(use: Use) -> Refusal | None:
    """Refuse an order of which every line the code is for is among the exceptions."""
    without, only = use.row.products_out, use.row.products_in
    if not without:
        return None
    lines = use.asker.items()
    if lines is None:
        return "items_unknown", _said(without)
    meant = [line for line in lines if named(only, *line)] if only else lines
    if not meant:  # products_in has its own say on that
        return None
    for line in meant:
        if not named(without, *line):
            return None
    return "code_products_out", _said(without)


def _said(without: Sequence[str]) -> Params:
    return params(products=", ".join(without))
