"""Whom do they want to pay, and what of which days? Filters of the command `payouts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.payout_facts import Payout
from tracker.problems import Stop
from tracker.programme import Partner

NAMES_SAID_MAX = 20
"""How many partners or groups a refusal lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for; everything that is left empty.

    Attributes:
        since, until: both days are included. Of what is to be proposed they bound the day a
            line became payable; of what is proposed already, the day it was.
        partners: partner ids; groups: as they stand in Partners today.
    """

    since: date | None = None
    until: date | None = None
    partners: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    def day(self, day: date) -> bool:
        """Whether a day is among those asked for."""
        early = self.since is not None and day < self.since
        late = self.until is not None and day > self.until
        return not (early or late)

    def partner(self, partner_id: str, partners: Mapping[str, Partner]) -> bool:
        """Whether a partner is among those asked for: by id, or by the group he is in now."""
        if not (self.partners or self.groups):
            return True
        row = partners.get(partner_id)
        grouped = row is not None and row.group in self.groups
        return partner_id in self.partners or grouped

    @property
    def undated(self) -> Wanted:
        """The same partners, on any day."""
        return Wanted(partners=self.partners, groups=self.groups)


EVERYTHING = Wanted()


def refuse_unknown(
    wanted: Wanted, partners: Mapping[str, Partner], payouts: Iterable[Payout] = ()
) -> None:
    """Raise Stop for a partner or a group that the book does not have, and say which it has.

    A partner whose row is gone is known by the payouts he has.
    """
    ids = {*partners, *(one.partner_id for one in payouts)}
    groups = {row.group for row in partners.values()} - {""}
    for name in sorted(wanted.partners - ids):
        raise Stop("payouts_partner_unknown", partner=name[:60], known=_listed(ids))
    for name in sorted(wanted.groups - groups):
        code = "payouts_group_unknown" if groups else "payouts_no_groups"
        raise Stop(code, group=name[:60], known=_listed(groups))


def _listed(names: Iterable[str]) -> str:
    ordered = sorted(names)
    more = ", …" if len(ordered) > NAMES_SAID_MAX else ""
    return (", ".join(ordered[:NAMES_SAID_MAX]) or "-") + more


def read_wanted(
    since: str | None, until: str | None, partners: Iterable[str], groups: Iterable[str]
) -> Wanted:
    """Read the filters as typed: days as `2026-10-15`. Raises Stop for what is no day."""
    found = Wanted(
        since=_day(since),
        until=_day(until),
        partners=frozenset(name.strip() for name in partners),
        groups=frozenset(name.strip() for name in groups),
    )
    if found.since is not None and found.until is not None and found.until < found.since:
        raise Stop("payouts_dates_backwards", since=found.since, until=found.until)
    return found


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Stop("payouts_day_unreadable", day=text[:20]) from None


def chosen(
    payouts: Iterable[Payout], wanted: Wanted, partners: Mapping[str, Partner]
) -> list[Payout]:
    """Of payouts that are proposed already, those asked for."""
    return [
        one
        for one in payouts
        if wanted.day(one.proposed_on) and wanted.partner(one.partner_id, partners)
    ]
