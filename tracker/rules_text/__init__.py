"""What are the terms, and which version of them? Generated from the rules that run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tracker.known import Known
from tracker.policy import POLICY_KEYS
from tracker.programme import Code, Partner
from tracker.rules_text.clauses import Clause, Page, Row, Section, fingerprint, rows_of
from tracker.rules_text.coding import code_clauses
from tracker.rules_text.paying import paying_clauses
from tracker.rules_text.sums import earning_clauses, lead_clauses
from tracker.rules_text.whose import refusal_clauses, whose_clauses

COMMON_SIGNS = 5
OWN_SIGNS = 3
_KEYS = POLICY_KEYS.union(
    "currency time_zone rate base hold_days payout_day min_payout two_codes self_purchase "
    "cash_orders lead_rate lead_pays_on".split()
)


def unreadable(known: Known) -> list[str]:
    """The settings and tabs that terms rest on and that cannot be read: nothing is said then.

    A row of Rules or Tiers that cannot be read might be the one that decides.
    """
    keys = known.programme.unreadable
    found = {key for key in keys if key in _KEYS or key.startswith("min_payout_")}
    return sorted(found | {tab for tab in ("Rules", "Tiers") if known.broken(tab)})


def sections_of(known: Known, partner: Partner | None = None) -> tuple[Section, ...]:
    """Everything the terms say, to all partners or to one of them, in the order it is printed."""
    programme = known.programme
    found = (
        Section("whose", tuple(whose_clauses(programme))),
        *_differing(known, partner),
        Section("not_paid", tuple(refusal_clauses(programme))),
    )
    return tuple(section for section in found if section.clauses)


def _differing(known: Known, partner: Partner | None) -> tuple[Section, ...]:
    """The sections in which a partner may have something of his own."""
    programme = known.programme
    return (
        Section("earned", tuple(earning_clauses(known, partner))),
        Section("leads", tuple(lead_clauses(programme, partner))),
        Section("paid", tuple(paying_clauses(programme, partner))),
        Section("codes" if partner is None else "own_codes", tuple(code_clauses(known, partner))),
    )


@dataclass(slots=True)
class Versions:
    """The versions of one book's terms: what is common is worked out once.

    `R-3F7A2` is what holds for all; a partner with something of his own has three signs more,
    `R-3F7A2/9C1`, so that one partner's rate changes no other's version.
    """

    known: Known
    _common: list[Row] = field(default_factory=list)
    _codes: dict[str, list[Code]] = field(default_factory=dict)

    def of(self, partner_id: str = "") -> str:
        """The version as it stands; empty while a part of the terms cannot be read."""
        if unreadable(self.known):
            return ""
        if not self._common:
            self._common = rows_of(sections_of(self.known))
            for code in self.known.codes:
                self._codes.setdefault(code.partner_id, []).append(code)
        version = f"R-{fingerprint(self._common, COMMON_SIGNS)}"
        partner = self.known.partners.get(partner_id)
        own = [] if partner is None else self._own(partner)
        return f"{version}/{fingerprint(own, OWN_SIGNS)}" if own else version

    def _own(self, partner: Partner) -> list[Row]:
        """What the terms say to this partner and not to all."""
        codes = tuple(self._codes.get(partner.partner_id, ()))
        rows = rows_of(_differing(replace(self.known, codes=codes), partner))
        return [row for row in rows if row not in self._common]


def terms_page(known: Known, partner_id: str = "") -> Page:
    """The page of terms for all, or for one partner who is in the book."""
    partner = known.partners[partner_id] if partner_id else None
    version = Versions(known).of(partner_id)
    return Page(version=version, sections=sections_of(known, partner), partner_id=partner_id)


__all__ = ["Clause", "Page", "Section", "Versions", "sections_of", "terms_page", "unreadable"]
