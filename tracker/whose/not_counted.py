"""Does a row of Rules say that orders like this one are not counted for the partner?"""

from __future__ import annotations

from tracker.problems import Params
from tracker.programme import Code
from tracker.rule_match import denied
from tracker.whose.question import Question


def not_counted(
    partner_id: str, code: Code | None, channel: str, evidence: str, asked: Question
) -> tuple[str, Params] | None:
    """Say which rule takes the order out, or what it lacks to tell; None where no rule does."""
    group = asked.group_of(partner_id)
    book, programme = asked.book, asked.programme
    return denied(partner_id, group, code, channel, evidence, book, programme, asked.asker)
