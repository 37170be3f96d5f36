"""What is the answer about an order, who else was looked at, and may it be asked again?"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracker.problems import Params
from tracker.programme import Code
from tracker.restrictions import UNKNOWN
from tracker.sentences import join_reason
from tracker.wanting import RATES_WANT

NOBODYS = frozenset(
    {
        "code_unknown",
        "code_unknown_look_alike",
        "code_unbound",
        "partner_missing",
        "partner_unreadable",
        "link_unknown",
        "link_of_two",
        "link_partner_missing",
        "link_partner_unreadable",
        "bound_partner_missing",
        "bound_partner_unreadable",
    }
)
"""Refusals that name a code, a link or a partner whom nobody is paid for."""

# Refusals for want of knowledge: decided again at every sync, for the owner may add it next day.
WANT_OF_KNOWLEDGE = (
    RATES_WANT | NOBODYS | {"code_unreadable", "two_owners", "two_partners", "settings_unreadable"}
)
UNSAID = UNKNOWN | {"rule_unknown"}
"""No refusals: the shop does not say what a rule asks, so a person decides."""

# Orders in this state wait for a person (tab Review).
REVIEW = UNSAID | {
    "two_owners",
    "two_partners",
    "own_purchase_flagged",
    "link_own_purchase_flagged",
    "code_without_click",
    "codes_without_click",
    "sum_too_big",
}
DECIDED_AGAIN_DAYS = 60

MAY_EARN = frozenset(
    "ok click_of_partner call_of_partner lead_of_partner bound_by_code bound_by_link".split()
)
"""What is said of a candidate that nothing speaks against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing that speaks for a partner. `why` is in MAY_EARN, or says why it may not earn.

    Attributes:
        code: the code as typed; of a touch its label: the link's mark, or the lead's id.
        kind: code, click, call, lead or bound.
        at: when a touch was, RFC 3339; empty for a code, which counts when the order was placed.
    """

    code: str
    partner_id: str
    why: str
    params: Params = ()
    kind: str = "code"
    at: str = ""

    def row(self) -> list[str]:
        """The candidate as the Journal keeps it."""
        said = [self.code, self.partner_id, join_reason(self.why, self.params)]
        return said if self.kind == "code" else [*said, self.kind, self.at]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """The order belongs to a partner, by this evidence: code, click, call, lead or bound.

    `channel` is where the link stood, `sharers` are the others who earn a part (conflict =
    split), `helper` is the manager whose touch came later.
    """

    partner_id: str
    code: Code | None
    evidence: str
    why: str
    params: Params
    candidates: tuple[Candidate, ...]
    channel: str = ""
    sharers: tuple[str, ...] = ()
    helper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattributed:
    """The order belongs to nobody, for this reason."""

    why: str
    params: Params
    candidates: tuple[Candidate, ...]


def wants(why: str) -> bool:
    """Whether a refusal is for want of knowledge."""
    return why in WANT_OF_KNOWLEDGE


def waits_for_rows(reason: str, candidates: str) -> bool:
    """Whether a Journal line's refusal is for want of knowledge; by its two cells.

    Where a person decides (UNSAID), a row that a candidate lacks may still settle it.
    """
    why = reason.partition(" ")[0]
    if wants(why) or why not in UNSAID or not candidates:
        return wants(why)
    return any(wants(str(row[2]).partition(" ")[0]) for row in json.loads(candidates))


def decided_again(reason: str, candidates: str, ordered_at: datetime, now: datetime) -> bool:
    """Whether a refusal is looked at anew: it was for want of knowledge, and not long ago."""
    young = now - ordered_at <= timedelta(days=DECIDED_AGAIN_DAYS)
    return young and waits_for_rows(reason, candidates)


def recent(ordered_at: str, now: datetime) -> bool:
    """Whether an order is young enough for what became known late to change whose it is."""
    if not ordered_at:
        return False
    return now - datetime.fromisoformat(ordered_at) <= timedelta(days=DECIDED_AGAIN_DAYS)
