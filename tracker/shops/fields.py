"""What does a field hold? Getters that name the field when they refuse it.

None means that the body does not say: the field is absent, null or empty. A contact is never
part of a refusal; a sum, a time or a word of a closed list is.
"""

from __future__ import annotations

import unicodedata
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import NamedTuple, TypedDict
from urllib.parse import parse_qs

from tracker.cells import clean, plain
from tracker.model import Delivery, Item
from tracker.money import (
    CURRENCIES,
    NotAnAmount,
    read_coins,
    read_machine,
    read_typed,
)
from tracker.shops.payload import Body, NotReadable
from tracker.shops.sums import ORDER_MINOR_MAX, exact
from tracker.shops.times import read_time

ID_LENGTH_MAX = 120
TOLD_LENGTH_MAX = 1000
_AMOUNT_LENGTH_MAX = 40
QUANTITY_MAX = 10**7
"""Pieces of one line of an order: goods sold by the gram still fit."""

_QUERY_LENGTH_MAX = 2000
_NO_TEXT = (bool, list, dict)
_TRUE = frozenset({"true", "1", "yes"})
_FALSE = frozenset({"false", "0", "no"})


class Stamp(TypedDict):
    """What every order takes over from its delivery."""

    source: str
    delivery_id: str
    received_at: datetime
    sha256: str


def stamp(delivery: Delivery) -> Stamp:
    """Take over what an order or refund keeps of its delivery."""
    return Stamp(
        source=delivery.source,
        delivery_id=delivery.delivery_id,
        received_at=delivery.received_at,
        sha256=delivery.sha256,
    )


def landing_ref(page: str | None) -> str | None:
    """Find the partner's link in the page a visit began with: what follows `ref=`."""
    query = (page or "").partition("?")[2].partition("#")[0]
    found = parse_qs(query[:_QUERY_LENGTH_MAX], errors="replace").get("ref", [""])[0]
    return clean(found).strip() or None


def told(fields: Fields, *names: str) -> str | None:
    """Give the first of these texts that says anything, as far as a cell of a lead needs it."""
    found = next((text for name in names if (text := fields.text(name))), None)
    return None if found is None else found[:TOLD_LENGTH_MAX]


class Fields(NamedTuple):
    """One object of a body. All getters raise NotReadable with the field's name.

    Attributes:
        values: the object itself.
        place: where it stands in the body (`customer.`), for refusals.
        typed: whether a person may have typed its sums (`0,91`), or only a program.
    """

    values: Body
    place: str = ""
    typed: bool = False

    def unreadable(self, name: str) -> NotReadable:
        """Make the refusal of a field whose value is of the wrong kind."""
        return NotReadable("delivery_field_unreadable", field=self.place + name)

    def text(self, name: str) -> str | None:
        """Read text without outer spaces and control characters; a number as its digits."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            return (value if value.isprintable() else clean(value)).strip() or None
        if isinstance(value, _NO_TEXT):
            raise self.unreadable(name)
        if isinstance(value, Decimal):
            return plain(value)
        return clean(str(value)).strip() or None

    def needed(self, name: str) -> str:
        """Read text that no order can do without."""
        found = self.text(name)
        if found is None:
            raise NotReadable("delivery_field_missing", field=self.place + name)
        return found

    def identifier(self, name: str) -> str:
        """Read an order's id: 1 to 120 characters, none of them a control character."""
        value = self.values.get(name)
        if isinstance(value, Decimal):
            raise self.unreadable(name)
        found = self.needed(name)
        typed = value.strip() if isinstance(value, str) else found
        # What is printable has no sign of these kinds: the common case, and told without a loop.
        strange = not typed.isprintable() and any(
            unicodedata.category(sign) in {"Cc", "Zl", "Zp"} for sign in typed
        )
        if strange or len(typed) > ID_LENGTH_MAX:
            raise NotReadable("delivery_id_unusable", field=self.place + name, limit=ID_LENGTH_MAX)
        return typed

    def currency(self, name: str) -> str:
        """Read a currency's ISO 4217 code, in any case."""
        shown = self.needed(name)
        code = shown.upper()
        if code not in CURRENCIES:
            raise NotReadable("delivery_currency_unknown", field=self.place + name, shown=shown)
        return code

    def amount(self, name: str) -> Decimal | None:
        """Read a sum in major units, with its sign."""
        value = self.values.get(name)
        if isinstance(value, _NO_TEXT):
            raise self.unreadable(name)
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, int):
            return Decimal(value)
        return self._written_amount(name, value.strip()) if value.strip() else None

    def _written_amount(self, name: str, text: str) -> Decimal:
        if len(text) > _AMOUNT_LENGTH_MAX:
            raise NotReadable("delivery_amount_unreadable", field=self.place + name, shown=text)
        try:
            return read_machine(text)
        except NotAnAmount as refusal:
            reason = refusal
        try:
            if self.typed:
                return read_typed(text)
        except NotAnAmount as refusal:
            reason = refusal
        code = f"delivery_{reason.code}"
        raise NotReadable(code, field=self.place + name, shown=text) from None

    def positive(self, name: str) -> Decimal:
        """Read a sum in major units, at least 0; none is 0."""
        found = self.amount(name) or Decimal(0)
        if found < 0:
            raise NotReadable("delivery_amount_negative", field=self.place + name, shown=found)
        return found

    def minor(self, name: str, currency: str) -> int | None:
        """Read a sum as minor units of the currency, at least 0."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            coins = read_coins(value, currency)
            if coins is not None and coins < ORDER_MINOR_MAX:
                return coins
        found = self.amount(name)
        return None if found is None else exact(self.place + name, found, currency)

    def needed_minor(self, name: str, currency: str) -> int:
        """Read a sum that no order can do without."""
        found = self.minor(name, currency)
        if found is None:
            raise NotReadable("delivery_field_missing", field=self.place + name)
        return found

    def number(self, name: str) -> Decimal | None:
        """Read a number that is no sum of ours, without trailing zeros, so that it compares."""
        found = self.amount(name)
        if found is None:
            return None
        if abs(found.adjusted()) > 15 and found:
            raise self.unreadable(name)
        return Decimal(plain(found))

    def quantity(self, name: str) -> Decimal:
        """Read how many pieces, at most QUANTITY_MAX; none is one."""
        value = self.values.get(name)
        if type(value) is int and 0 <= value <= QUANTITY_MAX:
            return Decimal(value)
        found = self.number(name)
        if found is None:
            return Decimal(1)
        if found < 0:
            raise self.unreadable(name)
        if found > QUANTITY_MAX:
            raise NotReadable(
                "delivery_quantity_big", field=self.place + name, shown=found, limit=QUANTITY_MAX
            )
        return found

    def time(self, name: str, zone: tzinfo) -> datetime | None:
        """Read a moment; one without offset is in `zone`."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        found = read_time(value, zone) if isinstance(value, str) else None
        if found is None:
            shown = self.text(name) if isinstance(value, str | int | Decimal) else ""
            raise NotReadable("delivery_time_unreadable", field=self.place + name, shown=shown)
        return found

    def needed_time(self, name: str, zone: tzinfo) -> datetime:
        """Read a moment that no order can do without."""
        found = self.time(name, zone)
        if found is None:
            raise NotReadable("delivery_field_missing", field=self.place + name)
        return found

    def flag(self, name: str) -> bool | None:
        """Read yes or no: true and false, 1 and 0, or in words."""
        value = self.values.get(name)
        if value is None or isinstance(value, bool):
            return value
        word = (self.text(name) or "").casefold()
        if word in _TRUE:
            return True
        if word in _FALSE:
            return False
        if not word:
            return None
        raise self.unreadable(name)

    def child(self, name: str) -> Fields:
        """Read an object; none is an empty one (PHP writes that as an empty list)."""
        value = self.values.get(name)
        if isinstance(value, dict):
            return Fields(value, f"{self.place}{name}.", self.typed)
        if value is None or value in ("", []):
            return Fields({}, f"{self.place}{name}.", self.typed)
        raise self.unreadable(name)

    def children(self, name: str) -> tuple[Fields, ...] | None:
        """Read a list of objects; None when there is no such field."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if value == {}:
            return ()
        if not isinstance(value, list):
            raise self.unreadable(name)
        found = []
        for number, part in enumerate(value):
            if not isinstance(part, dict):
                raise self.unreadable(name)
            found.append(Fields(part, f"{self.place}{name}[{number}].", self.typed))
        return tuple(found)

    def items(self, name: str) -> tuple[Item, ...] | None:
        """Read the lines of an order as most shops name them: sku, quantity, price of a piece."""
        lines = self.children(name)
        if lines is None:
            return None
        return tuple(
            [
                Item(
                    sku=line.text("sku") or "",
                    category=line.text("category") or "",
                    quantity=line.quantity("quantity"),
                    price=line.number("price"),
                )
                for line in lines
            ]
        )
