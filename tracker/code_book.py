"""What are orders decided by? Codes and their owners in time, partners, touches, rules, rates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tracker.programme import Code, HistoryLine, Partner, normal_code, skeleton
from tracker.rulebook import FxRate, Rule, Tier
from tracker.touches import Evidence


@dataclass(frozen=True, slots=True)
class CodeBook:
    """Codes, their owners in time, and the partners, as known at one sync.

    Attributes:
        codes: rows by normal form, in the order of the tab.
        history: who owned a code since when, by normal form, oldest first.
        partners: rows by id; partner_history: their states since when, oldest first.
        unreadable: normal forms of codes whose row has a cell that cannot be read.
        unreadable_partners: ids of partners whose row has one.
        families: by normal form of a code with variants, and of each of them, all of them.
        evidence: clicks, calls and leads; rules, tiers, fx: the rows of those tabs.
        broken: which of the tabs Rules, Tiers and Fx have a row that cannot be read.
    """

    codes: Mapping[str, tuple[Code, ...]]
    history: Mapping[str, tuple[HistoryLine, ...]]
    partners: Mapping[str, Partner]
    partner_history: Mapping[str, tuple[HistoryLine, ...]]
    unreadable: Collection[str] = ()
    skeletons: Mapping[str, str] = field(default_factory=dict)
    unreadable_partners: Collection[str] = ()
    evidence: Evidence = Evidence()
    rules: tuple[Rule, ...] = ()
    tiers: tuple[Tier, ...] = ()
    fx: tuple[FxRate, ...] = ()
    families: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    memo: dict[tuple[object, ...], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    """What follows from the book alone, worked out once and not for every order; another book,
    also a copy with other rows, begins with none."""

    def family(self, name: str) -> tuple[str, ...]:
        """The code, the one it is a variant of, and all variants of that; normal forms."""
        return self.families.get(name, (name,))


def code_book(
    codes: Iterable[Code],
    history: Iterable[HistoryLine],
    partners: Mapping[str, Partner],
    unreadable: Collection[str] = (),
    unreadable_partners: Collection[str] = (),
) -> CodeBook:
    """Sort what is known of codes so that an order can be looked up."""
    rows: dict[str, list[Code]] = defaultdict(list)
    for code in codes:
        rows[normal_code(code.code)].append(code)
    owners: dict[str, list[HistoryLine]] = defaultdict(list)
    states: dict[str, list[HistoryLine]] = defaultdict(list)
    for line in sorted(history, key=_since):
        if line.code:
            owners[normal_code(line.code)].append(line)
        else:
            states[line.partner_id].append(line)
    return CodeBook(
        codes={name: tuple(found) for name, found in rows.items()},
        history={name: tuple(found) for name, found in owners.items()},
        partners=partners,
        partner_history={name: tuple(found) for name, found in states.items()},
        unreadable=frozenset(unreadable),
        skeletons={skeleton(name): name for name in rows},
        unreadable_partners=frozenset(unreadable_partners),
        families=families(row for found in rows.values() for row in found),
    )


def families(codes: Iterable[Code]) -> dict[str, tuple[str, ...]]:
    """Say of every code that has variants, and of each variant, which codes belong together."""
    variants: dict[str, set[str]] = defaultdict(set)
    for code in codes:
        if code.variant_of:
            variants[normal_code(code.variant_of)].add(normal_code(code.code))
    found: dict[str, tuple[str, ...]] = {}
    for main, names in variants.items():
        together = tuple(sorted({main, *names}))
        found |= dict.fromkeys(together, together)
    return found


def _since(line: HistoryLine) -> tuple[datetime, datetime]:
    return line.since or datetime.min.replace(tzinfo=UTC), line.noted_at
