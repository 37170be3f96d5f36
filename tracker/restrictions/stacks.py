"""May a code stand beside another one on an order? (field.md B13)."""

from __future__ import annotations

from tracker.problems import params
from tracker.programme import normal_code
from tracker.restrictions.using import Refusal, Use


def stacks(use: Use) -> Refusal | None:
    """Refuse an order with any other code, known or not, where the code stands alone."""
    if use.row.stacks:
        return None
    other = next((code for code in use.typed if normal_code(code) not in {"", use.name}), None)
    return None if other is None else ("code_stacks", params(other=other))
