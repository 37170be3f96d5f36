"""What are the nouns? Frozen values that the rules work on; no JSON keys, tab titles or clock.

Times are aware datetimes. Sums are integer minor units of the currency beside them, unless a
field says Decimal: that is major units whose currency is not known yet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class State(StrEnum):
    """How far an order is; the order of the list breaks ties between versions of one moment."""

    WAITING = "waiting"
    PENDING = "pending"
    PAID = "paid"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


RANK = {State.PENDING: 1, State.PAID: 2, State.REFUNDED: 3, State.CANCELLED: 4}


class Role(StrEnum):
    """What an account is for; part of its identity."""

    ORDER = "order"
    BONUS = "bonus"
    LEVEL = "level"
    ADJUSTMENT = "adjustment"
    LEAD = "lead"
    PAYOUT = "payout"


class BaseRule(StrEnum):
    """What the percent is taken from (field.md C4)."""

    GOODS = "goods"
    BEFORE_DISCOUNT = "before_discount"
    WITH_SHIPPING = "with_shipping"
    PAID = "paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What a shop sent, as it came.

    Attributes:
        seq: the place in the inbox; the cursor counts these.
        source: the shop's dialect, with an optional name behind a colon (`woocommerce:tea`).
        delivery_id: the sender's id; one delivery is (source, delivery_id, sha256).
        received_at: when it arrived, aware.
        content_type: `application/json` or a form.
        body: the text as received.
        sha256: hex digest of the body in UTF-8.
        origin: which log it came from, for people (`file:orders.jsonl line 3`).
    """

    seq: int
    source: str
    delivery_id: str
    received_at: datetime
    content_type: str
    body: str = field(repr=False)
    sha256: str
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money given back, in major units (Decimal), all at least 0.

    Attributes:
        refund_id: the shop's id; empty for one cumulative sum.
        at: when, aware.
        goods: of the goods (a refund that is not split counts as goods).
        shipping: of the postage.
        tax: of the tax.
    """

    refund_id: str
    at: datetime
    goods: Decimal
    shipping: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of an order; `price` is of one piece, in major units."""

    sku: str = ""
    category: str = ""
    quantity: Decimal = Decimal(1)
    price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderVersion:
    """A whole order as one delivery describes it. None means: this version does not say.

    Attributes:
        ordered_at: when the customer placed it.
        undated: True where the shop never says when: ordered_at is when the version was received,
            and of all versions of the order the earliest stands. A dialect's orders all are or
            none is.
        updated_at: when the shop last changed it; None if the shop does not say.
        total: what the customer paid or is to pay, minor units, refunds not taken off.
        shipping: postage without its tax; tax: all tax in the total; discount: given on goods.
        refunds: all refunds the version knows, by id, or one with an empty id that is cumulative.
        codes: coupon codes as typed, in the shop's order; staff-typed discounts are not among them.
        customer_id, email, phone: raw contacts; turned into keys before they are kept.
        cash: the shop will never report it as paid (cash on delivery).
        test: a trial order, never paid for.
        helper: the manager who helped to sell, by his id in Partners.
        delivered: the customer has the goods.
    """

    source: str
    order_id: str
    delivery_id: str
    received_at: datetime
    sha256: str
    ordered_at: datetime
    currency: str
    total: int
    undated: bool | None = None
    updated_at: datetime | None = None
    state: State | None = None
    shipping: int | None = None
    tax: int | None = None
    discount: int | None = None
    refunds: tuple[Refund, ...] | None = None
    codes: tuple[str, ...] | None = None
    customer_id: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    city: str | None = None
    country: str | None = None
    channel: str | None = None
    ref: str | None = None
    click_id: str | None = None
    clicked_at: datetime | None = None
    ad_tag: str | None = None
    cash: bool | None = None
    test: bool | None = None
    helper: str | None = None
    delivered: bool | None = None
    items: tuple[Item, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoneRefund:
    """A refund delivered by itself, apart from its order."""

    source: str
    order_id: str
    delivery_id: str
    received_at: datetime
    sha256: str
    refund: Refund


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedLead:
    """A customer who asked or called, and no order yet. None: the sender does not say.

    Attributes:
        lead_id: the sender's own id; the same lead always has the same.
        registered_at: when it came to the sender, aware.
        partner_id, ref, code, number: what may tell whose it is: his id, the mark of his link,
            the code that was named, the number that was called.
        helper: the manager who helped, by his id in Partners.
        name, phone, email, note: raw, for the tab Leads alone.
    """

    source: str
    lead_id: str
    delivery_id: str
    received_at: datetime
    sha256: str
    registered_at: datetime
    partner_id: str | None = None
    ref: str | None = None
    code: str | None = None
    number: str | None = None
    helper: str | None = None
    name: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    note: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """A delivery that is no order and needs nothing (a webhook's test call, a deleted draft).

    `why` is a code of `tracker.sentences.reasons`, for `why` and the log.
    """

    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A delivery (or one order of it) that cannot be read: kept, counted, read again next time.

    `code` and `params` name a sentence of `tracker.sentences.PROBLEMS`.
    """

    code: str
    params: tuple[tuple[str, str], ...] = ()


Read = OrderVersion | LoneRefund | PostedLead | Ping | Unreadable
