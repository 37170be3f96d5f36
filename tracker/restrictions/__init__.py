"""What does the row of a code ask of an order, beside whose it is?

Each restriction is a file of its own and a line in the table below; adding one touches its file,
the table, and its column in `tracker.layout.owner`. A fact the shop does not tell is no refusal:
the order waits for a person (tab Review). But nobody is asked about what another restriction
refuses anyway, so the first refusal counts, and only without one the first thing unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.asked import Asker
from tracker.code_book import CodeBook
from tracker.programme import Code, Programme, normal_code
from tracker.restrictions.channels import channels
from tracker.restrictions.except_dates import except_dates
from tracker.restrictions.hours import hours
from tracker.restrictions.max_order import max_order
from tracker.restrictions.max_uses import max_uses
from tracker.restrictions.min_order import min_order
from tracker.restrictions.new_customers import new_customers
from tracker.restrictions.paid_orders import paid_orders, pay_for
from tracker.restrictions.personal import personal
from tracker.restrictions.products_in import products_in
from tracker.restrictions.products_out import products_out
from tracker.restrictions.regions import regions
from tracker.restrictions.serial import serial
from tracker.restrictions.stacks import stacks
from tracker.restrictions.uses_per_customer import uses_per_customer
from tracker.restrictions.using import UNKNOWN, Refusal, Restriction, Use
from tracker.restrictions.weekdays import weekdays

__all__ = ["RESTRICTIONS", "UNKNOWN", "pay_for", "refusal"]

RESTRICTIONS: tuple[Restriction, ...] = (
    weekdays,
    hours,
    except_dates,
    stacks,
    channels,
    regions,
    min_order,
    max_order,
    products_in,
    products_out,
    new_customers,
    personal,
    serial,
    max_uses,
    uses_per_customer,
    paid_orders,
)
"""In the order in which they are tried: what the order itself says, then what came before it."""


def refusal(
    row: Code,
    typed: Sequence[str],
    partner_id: str,
    book: CodeBook,
    programme: Programme,
    asker: Asker,
) -> Refusal | None:
    """Say why an order with this code does not count; None where nothing speaks against it.

    `typed` are all codes on the order. A reason in UNKNOWN is for a person to decide.
    """
    family = book.family(normal_code(row.code))
    use = Use(row, typed, partner_id, family, programme, asker)
    unknown: Refusal | None = None
    for restriction in RESTRICTIONS:
        found = restriction(use)
        if found is not None and found[0] not in UNKNOWN:
            return found
        unknown = unknown or found
    return unknown
