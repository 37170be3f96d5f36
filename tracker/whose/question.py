"""What is looked at to say whose an order is?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from tracker.asked import Asker
from tracker.code_book import CodeBook
from tracker.orders import Facts
from tracker.policy import Policy
from tracker.problems import Params
from tracker.programme import Code, Programme
from tracker.touches import Touch
from tracker.whose.answers import MAY_EARN, Candidate


@dataclass(frozen=True, slots=True)
class Question:
    """One order, and everything known beside it.

    `touches` are those of its customer before it, oldest first.
    """

    facts: Facts
    book: CodeBook
    programme: Programme
    asker: Asker
    touches: tuple[Touch, ...] = ()

    @property
    def policy(self) -> Policy:
        """The rules the owner chose."""
        return self.programme.policy

    @property
    def at(self) -> datetime:
        """When the order was placed."""
        return self.facts.ordered_at

    def group_of(self, partner_id: str) -> str:
        """The group a partner belongs to; empty for none."""
        partner = self.book.partners.get(partner_id)
        return "" if partner is None else partner.group


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A candidate with what else its claim rests on.

    Attributes:
        at: when it spoke for the partner: a code when the order was placed.
        code: the row of Codes; channel: where the link stood.
    """

    candidate: Candidate
    at: datetime
    code: Code | None = None
    channel: str = ""

    @property
    def partner_id(self) -> str:
        """Whose it is."""
        return self.candidate.partner_id

    @property
    def kind(self) -> str:
        """Code, click, call, lead or bound."""
        return self.candidate.kind

    @property
    def able(self) -> bool:
        """Whether nothing speaks against it so far."""
        return self.candidate.why in MAY_EARN

    def but(self, why: str, values: Params) -> Ground:
        """The same, with another verdict."""
        return replace(self, candidate=replace(self.candidate, why=why, params=values))
