"""What could not be used, where, and what to do about it?

Expected refusals are values, not exceptions. A value names a sentence (`code`) and its parameters;
`tracker.sentences` says it in English or Russian. `Stop` is the one exception a command ends with.
"""

from __future__ import annotations

from dataclasses import dataclass

Params = tuple[tuple[str, str], ...]


def params(**values: object) -> Params:
    """Make the parameters of a sentence, in a fixed order, as text."""
    return tuple(
        [
            (name, value if type(value) is str else str(value))
            for name, value in sorted(values.items())
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in the book or the order log that could not be used.

    Attributes:
        tab: the English title of the tab, or the log's name (`file:orders.jsonl`).
        cell: the address in that tab (`C5`), or the delivery's id; empty when it is the whole tab.
        code: the key of the sentence in `tracker.sentences.PROBLEMS`.
        params: what the sentence mentions.
        key: the row's own key (partner id, code, ...), by which the `check` formula finds it.
        partner_id: whose ledger it is about; statements and payouts skip that partner. Empty
            when no partner's money is in doubt.
    """

    tab: str
    cell: str
    code: str
    params: Params = ()
    key: str = ""
    partner_id: str = ""


class Stop(Exception):
    """The run cannot go on (exit code 2): a sentence's `code` and parameters."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.params = params(**values)
        super().__init__(f"{code} {dict(self.params)}")


PATIENT = frozenset({"book_open", "state_busy"})
"""Codes of a Stop that passes by itself: somebody works in the book, and the next run catches up.

Nobody is alarmed for one; a book that stays open too long is noticed by the last good sync.
"""
