"""What did the shop say? A delivery, in its shop's dialect, becomes orders of ours.

Adding a shop: copy generic.py, register its `read_order` in DIALECTS, add a golden pair in
tests/shops/.
"""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from tracker.model import Delivery, Ping, Read
from tracker.shops import generic, shopify, woocommerce
from tracker.shops.payload import Body, NotReadable, decode

Dialect = Callable[[Body, Delivery, ZoneInfo], Read]

DIALECTS: dict[str, Dialect] = {
    "generic": generic.read_order,
    "shopify": shopify.read_order,
    "woocommerce": woocommerce.read_order,
}


def read(delivery: Delivery, zone: ZoneInfo) -> tuple[Read, ...]:
    """Read a delivery: at least one order, lone refund, ping or refusal. Never raises.

    `zone` is the programme's, for times that name none. One order of a list that cannot be read
    does not spoil the others.
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
    return tuple(_read_one(dialect, body, delivery, zone) for body in bodies)


def _read_one(dialect: Dialect, body: Body, delivery: Delivery, zone: ZoneInfo) -> Read:
    try:
        return dialect(body, delivery, zone)
    except NotReadable as refusal:
        return refusal.as_value()
