"""How does a delivery stand in the inbox? As a row of its table, and read back from one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tracker.deliveries import NewDelivery, body_sha256
from tracker.model import Delivery


def as_row(delivery: NewDelivery) -> tuple[str, ...]:
    """Give the columns `_LANDED` names. Raises ValueError for a time without a zone."""
    if delivery.received_at.tzinfo is None:
        raise ValueError("received_at has no zone")
    return (
        delivery.source,
        delivery.delivery_id,
        delivery.received_at.isoformat(),
        delivery.content_type,
        delivery.body,
        body_sha256(delivery.body),
        delivery.origin,
    )


def as_delivery(row: tuple[Any, ...]) -> Delivery:
    """Read the columns `_FIELDS` names."""
    seq, source, delivery_id, received_at, content_type, body, digest, origin = row
    return Delivery(
        seq=seq,
        source=source,
        delivery_id=delivery_id,
        received_at=datetime.fromisoformat(received_at),
        content_type=content_type,
        body=body,
        sha256=digest,
        origin=origin,
    )
