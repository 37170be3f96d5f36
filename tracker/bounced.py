"""To which partners can nothing be mailed, since their address sends letters back?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tracker.problems import Problem, params
from tracker.programme import Partner

EMAIL_BOUNCED = "email_bounced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """An address that sent a letter back for good: the letter's name, whose, why and when.

    `status` is an enhanced status code (`5.1.1`, RFC 3463).
    """

    statement_id: str
    address: str
    partner_id: str
    status: str
    at: datetime


def standing(partners: Mapping[str, Partner], bounces: Iterable[Bounce]) -> list[Bounce]:
    """Give of every partner the last letter that came back from the address he still has."""
    found: dict[str, Bounce] = {}
    for one in sorted(bounces, key=lambda one: one.at):
        partner = partners.get(one.partner_id)
        if partner is not None and partner.email.lower() == one.address.lower():
            found[one.partner_id] = one
    return list(found.values())


def bounced_problems(partners: Mapping[str, Partner], bounces: Iterable[Bounce]) -> list[Problem]:
    """Name each such address at its cell in Partners; it goes with another address there."""
    return [
        Problem(
            tab="Partners",
            cell=partners[one.partner_id].email_cell,
            code=EMAIL_BOUNCED,
            params=params(
                partner=one.partner_id,
                status=one.status,
                day=one.at.date().isoformat(),
                name=one.statement_id,
            ),
            key=one.partner_id,
        )
        for one in standing(partners, bounces)
    ]
