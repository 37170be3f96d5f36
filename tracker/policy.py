"""Which rules did the owner choose? The part of Settings that decides whose and how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from tracker.rates import Rate

FOR_GOOD = -1
"""A binding that never ends, where days are counted."""


class Mode(StrEnum):
    """What is evidence? The setting `attribution` (field.md A1 to A3)."""

    CODE = "code"
    CODE_AND_CLICK = "code_and_click"
    CLICK_IF_CODE_UNBOUND = "click_if_code_unbound"
    CODE_OR_CLICK = "code_or_click"


class Conflict(StrEnum):
    """Who earns when a link is one partner's and the code another's? (field.md A4)."""

    CODE = "code"
    LINK = "link"
    FIRST_TOUCH = "first_touch"
    LAST_TOUCH = "last_touch"
    SPLIT = "split"


class ApproveOn(StrEnum):
    """From which state on does an order earn? (field.md D3)."""

    PLACED = "placed"
    PAID = "paid"
    DELIVERED = "delivered"


class BonusFrom(StrEnum):
    """Who pays a manager's cross-bonus? (field.md C11, X14)."""

    ON_TOP = "on_top"
    PARTNER_SHARE = "partner_share"


class LevelOf(StrEnum):
    """What is a parent partner's percent taken from? (field.md C12)."""

    COMMISSION = "commission"
    ORDER = "order"


class LeadPays(StrEnum):
    """When does a lead earn?"""

    DEAL = "deal"
    REGISTRATION = "registration"


class Span(StrEnum):
    """How far does `pay_for` reach?"""

    ALL = "all"
    ORDERS = "orders"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class PayFor:
    """Which orders of one customer earn: all, the first `count`, or those of `count` months."""

    span: Span = Span.ALL
    count: int = 0

    def __str__(self) -> str:
        return self.span.value if self.span is Span.ALL else f"{self.count} {self.span}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules the owner chose in Settings; sums are minor units of the programme's currency.

    Attributes:
        attribution, conflict: what is evidence, and who earns where two partners have some.
        window_days: for how many days a click counts, its last day included.
        block_if_earlier_paid_touch: an advertisement before the partner's touch takes the order.
        code_binds, link_binds: for how many days a code or link binds its customer to the
            partner; 0 for this order only, FOR_GOOD without end.
        lead_protect_days: how long the first registration of a phone or e-mail holds.
        lead_rate: what a lead earns; None for the partner's rate. lead_pays_on: when.
        direct_group: the group of Partners that is the owner's own sales team; empty for none.
        cross_bonus: the percent of a partner's commission for a manager who helped; 0 for none.
        pay_for: which orders of one customer earn.
        cap_order, cap_customer, cap_month: the most one order, one customer (by partner) and one
            month of a partner earn; budget_month: all partners in a month. None for no limit.
        level2, level2_of: what the partner who brought the partner earns; None for nothing.
        approve_on: by source, with "" for every other source.
        code_pattern: what `codes new` makes codes from.
    """

    attribution: Mode = Mode.CODE
    conflict: Conflict = Conflict.CODE
    window_days: int = 30
    block_if_earlier_paid_touch: bool = False
    code_binds: int = 0
    link_binds: int = 0
    lead_protect_days: int = 30
    lead_rate: Rate | None = None
    lead_pays_on: LeadPays = LeadPays.DEAL
    direct_group: str = ""
    cross_bonus: Decimal = Decimal(0)
    cross_bonus_from: BonusFrom = BonusFrom.ON_TOP
    pay_for: PayFor = PayFor()
    cap_order: int | None = None
    cap_customer: int | None = None
    cap_month: int | None = None
    budget_month: int | None = None
    level2: Rate | None = None
    level2_of: LevelOf = LevelOf.COMMISSION
    approve_on: Mapping[str, ApproveOn] = field(default_factory=dict)
    code_pattern: str = "KUPON_{NAME}{NN}"

    def approval(self, source: str) -> ApproveOn:
        """From which state on an order of a source (`woocommerce:tea`) earns."""
        dialect = source.partition(":")[0]
        found = self.approve_on
        return found.get(source) or found.get(dialect) or found.get("") or ApproveOn.PAID


POLICY_KEYS = frozenset(
    "attribution conflict window_days block_if_earlier_paid_touch code_binds link_binds "
    "lead_protect_days direct_group cross_bonus cross_bonus_from pay_for cap_order cap_customer "
    "cap_month budget_month level2 level2_of approve_on".split()
)
"""Keys of Settings on which whose an order is, or what it owes, depends."""
