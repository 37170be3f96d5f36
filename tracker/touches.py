"""What brought the customer before the order? Clicks, calls and leads, in time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from tracker.orders import Facts
from tracker.programme import normal_code

TOUCHES_CHARACTERS_MAX = 3_000
"""What is noted of touches in a Journal line, beside the facts in the same cell: about 40."""


class Kind(StrEnum):
    """What a touch was; `ad` is an advertisement of the shop's own, nobody's.

    `help` is no touch of a partner: the manager named beside a lead.
    """

    CLICK = "click"
    CALL = "call"
    LEAD = "lead"
    AD = "ad"
    HELP = "help"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One touch of a customer.

    Attributes:
        at: when, in UTC.
        partner_id: whose; empty for an advertisement.
        label: the link's mark, the lead's id, or the advertisement's mark.
        channel: where the link stood.
    """

    at: datetime
    kind: str
    partner_id: str = ""
    label: str = ""
    channel: str = ""

    def row(self) -> list[str]:
        """The touch as a list json can keep."""
        return [self.at.isoformat(), self.kind, self.partner_id, self.label, self.channel]

    @property
    def mark(self) -> tuple[datetime, str, str]:
        """By what a touch is known again, although the owner may say of another partner now."""
        return self.at, self.kind, self.label


@dataclass(frozen=True, slots=True)
class Evidence:
    """All touches the book knows, found by what an order says of its customer.

    Attributes:
        wanted: whether any rule the owner chose asks for touches; else none is looked for.
        by_key: touches by key of a customer; by_click: by the click's own id; refs: (partner_id,
            channel) by a link's mark in normal form, nobody's where two partners have it.
        taken: leads whose customer another partner had registered before; one of them may have
            been noted before that became known.
    """

    wanted: bool = False
    by_key: Mapping[str, tuple[Touch, ...]] = field(default_factory=dict)
    by_click: Mapping[str, Touch] = field(default_factory=dict)
    refs: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    taken: Collection[str] = ()

    def still(self, touches: Iterable[Touch]) -> tuple[Touch, ...]:
        """Those of the touches noted before that still count."""
        leads = {Kind.LEAD, Kind.CALL, Kind.HELP}
        return tuple(x for x in touches if x.kind not in leads or x.label not in self.taken)

    def knows(self, customer: str, facts: str) -> bool:
        """Whether something may be found for a Journal line, by its cells alone: quick."""
        if self.by_key and any(key in self.by_key for key in customer.split()):
            return True
        return bool(self.by_click or self.refs) and ('"click_id"' in facts or '"ref"' in facts)

    def of(self, facts: Facts) -> tuple[Touch, ...]:
        """The touches of an order's customer, oldest first; nothing of what came after it."""
        if not (self.wanted and facts.known):
            return ()
        found: set[Touch] = set()
        if self.by_key:
            found = {touch for key in facts.customer for touch in self.by_key.get(key, ())}
        click = self.by_click.get(facts.text("click_id")) if self.by_click else None
        if click is not None:
            found.discard(click)  # the order may know better when it was
            found.add(replace(click, at=_clicked(facts) or click.at))
        found |= self._own(facts)
        if not found:
            return ()
        return in_time(touch for touch in found if touch.at <= facts.ordered_at)

    def _own(self, facts: Facts) -> set[Touch]:
        """What the order says itself: a link's mark, an advertisement's."""
        found: set[Touch] = set()
        ref, ad_tag = facts.text("ref"), facts.text("ad_tag")
        if not (ref or ad_tag):
            return found
        at = _clicked(facts) or facts.ordered_at.astimezone(UTC)
        owner = self.refs.get(normal_code(ref)) if ref else None
        if owner is not None and owner[0]:
            partner_id, channel = owner
            found.add(
                Touch(at=at, kind=Kind.CLICK, partner_id=partner_id, label=ref, channel=channel)
            )
        if ad_tag:
            found.add(Touch(at=at, kind=Kind.AD, label=ad_tag))
        return found


def _clicked(facts: Facts) -> datetime | None:
    said = facts.text("clicked_at")
    return datetime.fromisoformat(said).astimezone(UTC) if said else None


def unseen(touches: Iterable[Touch], noted: Iterable[Touch]) -> tuple[Touch, ...]:
    """The touches that were not noted yet; whose one was counts as it was noted."""
    marks_noted = {touch.mark for touch in noted}
    return tuple(touch for touch in touches if touch.mark not in marks_noted)


def marks(facts: Facts) -> frozenset[str]:
    """By what an order's touches are found: keys of its customer, the link's mark, the click.

    Touches noted for an order are no longer its own once one of these is taken back.
    """
    clicked = facts.text("clicked_at")
    at = clicked or facts.ordered_at.astimezone(UTC)
    own = {f"{name} {said} {at}" for name in ("ref", "ad_tag") if (said := facts.text(name))}
    if click := facts.text("click_id"):
        own.add(f"click {click} {clicked}")
    return facts.customer | own


def last_touches(touches: Iterable[Touch]) -> tuple[Touch, ...]:
    """Sort the touches of one order by time; of too many for one cell keep the last ones.

    The last ones of a set and of its parts are the same, so it is all one in which order they
    became known.
    """
    found = in_time(touches)
    left, first = TOUCHES_CHARACTERS_MAX, len(found)
    for place in range(len(found) - 1, -1, -1):
        left -= sum(map(len, found[place].row())) + 16  # the quotes and commas of json
        if left < 0:
            break
        first = place
    return found[first:]


def in_time(touches: Iterable[Touch]) -> tuple[Touch, ...]:
    """Sort touches by time; of one moment by what they are."""
    return tuple(sorted(set(touches), key=lambda touch: tuple(touch.row())))


def read_touches(rows: Sequence[Sequence[Any]]) -> tuple[Touch, ...]:
    """Read touches as `Touch.row` wrote them."""
    return tuple(
        Touch(
            at=datetime.fromisoformat(at).astimezone(UTC),
            kind=kind,
            partner_id=partner_id,
            label=label,
            channel=channel,
        )
        for at, kind, partner_id, label, channel in rows
    )
