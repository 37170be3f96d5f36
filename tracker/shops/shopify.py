"""What does a Shopify webhook say? Orders (orders/*) and refunds delivered alone.

Sums are in the shop's currency and in major units. The topic is in a header that is not kept, so
the kind of a body is told by its fields.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from decimal import Decimal

from tracker.model import Delivery, LoneRefund, OrderVersion, Ping, Read, Refund, State
from tracker.money import CURRENCIES
from tracker.shops.fields import Fields, landing_ref, stamp
from tracker.shops.payload import Body, NotReadable
from tracker.shops.sums import exact, settled
from tracker.shops.unsaid import Unsaid

_ENVELOPES = ("order", "refund")
_REFUND_SIGNS = ("refund_line_items", "transactions")
# A draft order and an abandoned cart look much like an order, and are none yet.
_DRAFT_SIGNS = ("invoice_url", "abandoned_checkout_url")
_PAID = frozenset({"paid", "partially_refunded"})
_CASH = re.compile(r"cash[ _-]?on[ _-]?delivery|\bcod\b|при получении|наложенн", re.IGNORECASE)
_NOTHING = Decimal(0)


def read_order(body: Body, delivery: Delivery, unsaid: Unsaid) -> Read:
    """Read an order, or a refund delivered alone. Raises NotReadable."""
    fields = Fields(_unwrapped(body))
    if "line_items" not in fields.values and any(sign in fields.values for sign in _REFUND_SIGNS):
        return _lone_refund(fields, delivery, unsaid.zone)
    if any(sign in fields.values for sign in _DRAFT_SIGNS):
        return Ping(why="delivery_draft")
    return _order(fields, delivery, unsaid.zone)


def _unwrapped(body: Body) -> Body:
    """Take an order out of the API's envelope; a webhook has none."""
    inner = next((body[name] for name in _ENVELOPES if len(body) == 1 and name in body), None)
    return inner if isinstance(inner, dict) else body


def _order(fields: Fields, delivery: Delivery, zone: tzinfo) -> OrderVersion:
    order_id, currency = fields.identifier("id"), fields.currency("currency")
    total = fields.needed_minor("total_price", currency)
    ordered_at = fields.time("processed_at", zone) or fields.needed_time("created_at", zone)
    updated_at = fields.time("updated_at", zone)
    postage = _postage(fields)
    customer = fields.child("customer")
    places = (fields.child("shipping_address"), fields.child("billing_address"))
    return OrderVersion(
        **stamp(delivery),
        order_id=order_id,
        ordered_at=ordered_at,
        updated_at=updated_at,
        state=_state(fields),
        currency=currency,
        total=total,
        shipping=None if postage is None else exact("shipping_lines", postage.paid, currency),
        tax=fields.minor("total_tax", currency),
        discount=_discount(fields, postage, currency),
        refunds=_refunds(fields, currency, updated_at or delivery.received_at, zone),
        codes=_codes(fields),
        customer_id=customer.text("id"),
        email=fields.text("email") or fields.text("contact_email") or customer.text("email"),
        phone=_first("phone", fields, customer, *reversed(places)),
        city=_first("city", *places),
        country=_first("country_code", *places),
        channel=fields.text("source_name"),
        ref=landing_ref(fields.text("landing_site")),
        cash=_cash(fields),
        test=fields.flag("test"),
        delivered=_delivered(fields),
        items=fields.items("line_items"),
    )


def _first(name: str, *places: Fields) -> str | None:
    return next((found for place in places if (found := place.text(name))), None)


def _state(fields: Fields) -> State:
    if fields.text("cancelled_at"):
        return State.CANCELLED
    status = (fields.text("financial_status") or "").casefold()
    if status in _PAID:
        return State.PAID
    if status == "voided":
        return State.CANCELLED
    return State.REFUNDED if status == "refunded" else State.PENDING


def _delivered(fields: Fields) -> bool | None:
    """Whether all of it was handed over to be carried: Shopify knows no later word than that."""
    if "fulfillment_status" not in fields.values:
        return None
    return (fields.text("fulfillment_status") or "").casefold() == "fulfilled"


def _codes(fields: Fields) -> tuple[str, ...] | None:
    """Name the codes the customer typed.

    `discount_codes` also holds the titles of discounts that the staff typed by hand; only the
    applications tell which is which.
    """
    applications = fields.children("discount_applications")
    if applications:
        typed = [one for one in applications if one.text("type") == "discount_code"]
        return tuple(code for one in typed if (code := one.text("code") or one.text("title")))
    codes = fields.children("discount_codes")
    if codes is None:
        return None if applications is None else ()
    return tuple(code for one in codes if (code := one.text("code")))


@dataclass(frozen=True, slots=True)
class _Postage:
    """What was paid for shipping without its tax, and what codes took off it; major units."""

    paid: Decimal
    saved: Decimal = _NOTHING


def _postage(fields: Fields) -> _Postage | None:
    lines = [line for line in fields.children("shipping_lines") or () if not _removed(line)]
    if not lines:
        whole = fields.child("total_shipping_price_set").child("shop_money").amount("amount")
        return (
            None
            if whole is None and "shipping_lines" not in fields.values
            else _Postage(whole or _NOTHING)
        )
    price = sum((line.positive("price") for line in lines), _NOTHING)
    asked = sum((_asked(line) for line in lines), _NOTHING)
    included = bool(fields.flag("taxes_included"))
    tax = sum((_sum_of(line, "tax_lines", "price") for line in lines), _NOTHING)
    paid = asked - tax if included else asked
    return _Postage(max(paid, _NOTHING), price - asked)


def _removed(line: Fields) -> bool:
    return bool(line.flag("is_removed"))


def _asked(line: Fields) -> Decimal:
    """Say what a shipping line costs after its discounts (free postage is a discount, too)."""
    price = line.positive("price")
    left = max(price - _sum_of(line, "discount_allocations", "amount"), _NOTHING)
    discounted = line.amount("discounted_price")
    return left if discounted is None else min(left, max(discounted, _NOTHING))


def _sum_of(fields: Fields, name: str, amount: str) -> Decimal:
    return sum((one.positive(amount) for one in fields.children(name) or ()), _NOTHING)


def _discount(fields: Fields, postage: _Postage | None, currency: str) -> int | None:
    """Say what codes took off the goods: the total of discounts counts the postage's, too."""
    whole = fields.amount("total_discounts")
    if whole is None:
        return None
    saved = postage.saved if postage else _NOTHING
    return exact("total_discounts", max(whole - saved, min(whole, _NOTHING)), currency)


def _cash(fields: Fields) -> bool | None:
    gateways = fields.values.get("payment_gateway_names")
    names = [name for name in gateways if name] if isinstance(gateways, list) else []
    if not names:
        return None
    return any(isinstance(name, str) and _CASH.search(name) is not None for name in names)


def _refunds(
    fields: Fields, currency: str, known_at: datetime, zone: tzinfo
) -> tuple[Refund, ...] | None:
    found = fields.children("refunds")
    if found is None:
        return None
    included = bool(fields.flag("taxes_included"))
    return tuple(
        _settled(_refund(one, known_at, zone, tax_included=included), currency) for one in found
    )


def _lone_refund(fields: Fields, delivery: Delivery, zone: tzinfo) -> LoneRefund:
    suggested = any(
        one.text("kind") == "suggested_refund" for one in fields.children("transactions") or ()
    )
    if suggested or fields.text("id") is None:
        raise NotReadable("delivery_refund_estimate")
    refund = _refund(fields, delivery.received_at, zone, tax_included=None)
    return LoneRefund(
        **stamp(delivery),
        order_id=fields.identifier("order_id"),
        refund=_settled(refund, _currency(fields)),
    )


def _currency(fields: Fields) -> str | None:
    """Find the shop's currency in a refund; where only the buyer's stands, it is not known."""
    lines = fields.children("refund_line_items") or ()
    sets = [line.child("subtotal_set").child("shop_money") for line in lines]
    found = next((name for one in sets if (name := one.text("currency_code"))), None)
    return found if found in CURRENCIES else None


def _settled(refund: Refund, currency: str | None) -> Refund:
    return replace(
        refund,
        goods=settled("refund_line_items", refund.goods, currency),
        shipping=settled("order_adjustments", refund.shipping, currency),
        tax=settled("total_tax", refund.tax, currency),
    )


def _refund(
    fields: Fields, known_at: datetime, zone: tzinfo, *, tax_included: bool | None
) -> Refund:
    """Split a refund into goods, postage and tax, major units.

    `tax_included` says whether the goods' sums hold their tax; None when the body does not say,
    then the money that went back tells. Money that nothing splits counts as goods.
    """
    goods = _sum_of(fields, "refund_line_items", "subtotal")
    tax = _sum_of(fields, "refund_line_items", "total_tax")
    shipping, shipping_tax = _postage_back(fields)
    withheld = _withheld(fields)
    money = _money_back(fields)
    if not (goods or tax or shipping or withheld):
        goods = money
    elif tax_included or (tax_included is None and tax and money == goods - withheld + shipping):
        goods -= tax
    goods -= withheld
    if goods < 0:
        goods, tax = _NOTHING, max(tax + goods, _NOTHING)
    return Refund(
        refund_id=fields.identifier("id"),
        at=fields.time("created_at", zone) or fields.time("processed_at", zone) or known_at,
        goods=goods,
        shipping=shipping,
        tax=tax + shipping_tax,
    )


def _postage_back(fields: Fields) -> tuple[Decimal, Decimal]:
    """Say what was given back of the postage and of its tax (in one of two ways, by API age)."""
    lines = fields.children("refund_shipping_lines")
    if lines:
        sums = [line.child("subtotal_amount_set").child("shop_money") for line in lines]
        taxes = [line.child("tax_amount_set").child("shop_money") for line in lines]
        return _absolute(sums, "amount"), _absolute(taxes, "amount")
    adjustments = _adjustments(fields, "shipping_refund")
    return _absolute(adjustments, "amount"), _absolute(adjustments, "tax_amount")


def _withheld(fields: Fields) -> Decimal:
    """Say how much less than its lines a refund was; below zero when it was more."""
    adjustments = _adjustments(fields, "refund_discrepancy")
    return sum((one.amount("amount") or _NOTHING for one in adjustments), _NOTHING)


def _adjustments(fields: Fields, kind: str) -> list[Fields]:
    found = fields.children("order_adjustments") or ()
    return [one for one in found if one.text("kind") == kind]


def _absolute(parts: list[Fields], name: str) -> Decimal:
    return sum((abs(part.amount(name) or _NOTHING) for part in parts), _NOTHING)


def _money_back(fields: Fields) -> Decimal:
    found = fields.children("transactions") or ()
    refunds = [one for one in found if one.text("kind") == "refund"]
    kept = [one for one in refunds if one.text("status") in {None, "success", "pending"}]
    return sum((one.positive("amount") for one in kept), _NOTHING)
