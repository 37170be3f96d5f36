"""What did the shop say? A delivery, in its shop's dialect, becomes orders and leads.

Adding a shop: copy generic.py, register its `read_order` in DIALECTS, add a golden pair in
tests/shops/.
"""

from __future__ import annotations

from collections.abc import Callable

from tracker.model import Delivery, Ping, Read
from tracker.shops import generic, shopify, tilda, uis, woocommerce
from tracker.shops.payload import Body, NotReadable, decode
from tracker.shops.unsaid import Unsaid

__all__ = ["CURRENCYLESS", "DIALECTS", "Dialect", "Unsaid", "read"]

Dialect = Callable[[Body, Delivery, Unsaid], Read]

DIALECTS: dict[str, Dialect] = {
    "generic": generic.read_order,
    "shopify": shopify.read_order,
    "woocommerce": woocommerce.read_order,
    "tilda": tilda.read_order,
    # What both send is the documented JSON; a name of their own gives each its own address.
    "zapier": generic.read_order,
    "make": generic.read_order,
    "uis": uis.read_order,
}
CURRENCYLESS = frozenset({"tilda"})
"""Dialects that name no currency (`Unsaid.currency_of`)."""


def read(delivery: Delivery, unsaid: Unsaid) -> tuple[Read, ...]:
    """Read a delivery: at least one order, lone refund, lead, ping or refusal. Never raises.

    `unsaid` is what the programme says where the shop is silent. One order of a list that cannot
    be read does not spoil the others.
    """
    name = delivery.source.partition(":")[0]
    dialect = DIALECTS.get(name)
    if dialect is None:
        refusal = NotReadable("delivery_source_unknown", shown=name, known=", ".join(DIALECTS))
        return (refusal.as_value(),)
    try:
        bodies = decode(delivery.body, delivery.content_type)
    except NotReadable as refused:
        return (refused.as_value(),)
    if not bodies:
        return (Ping(why="delivery_without_orders"),)
    return tuple([_read_one(dialect, body, delivery, unsaid) for body in bodies])


def _read_one(dialect: Dialect, body: Body, delivery: Delivery, unsaid: Unsaid) -> Read:
    try:
        return dialect(body, delivery, unsaid)
    except NotReadable as refusal:
        return refusal.as_value()
