"""What do we know of an order, however its deliveries arrived?

Facts are folded field by field: each field has the value of the greatest version that says it, so
the result depends on the set of deliveries only, not on order, repetition or batching. A version
is greater by (updated_at, else received_at; state; delivery id; sha256 of the body). Only the time
of an order whose shop names none is that of the least version: when it was first heard of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from typing import Any

from tracker.compact import compact
from tracker.customers import email_key, id_key, phone_key
from tracker.model import RANK, LoneRefund, OrderVersion, Refund, State

Version = tuple[str, int, str, str]
Json = Any
"""A value as json gives it: text, whole number, bool, or a list of these."""

LoneRow = tuple[str, str, str, str]
"""(at, goods, shipping, tax) of a refund delivered alone."""

FACTS_CHARACTERS_MAX = 24_000
TEXT_CHARACTERS_MAX = 300
CODES_MAX = 20
_PLAIN_FIELDS = (
    "currency total shipping tax discount city country channel ref click_id ad_tag cash test "
    "helper delivered"
).split()
_PLAINLY = attrgetter(*_PLAIN_FIELDS)


@dataclass(frozen=True)
class Facts:
    """What is known of one order. What every rule asks is worked out once and kept beside it.

    Attributes:
        fields: name -> (value, the version that said it). Empty while only a refund is known.
        lone: refunds delivered alone and not yet in a version's own list, by id.
        capped: the items did not fit into a cell and were left out.
    """

    fields: Mapping[str, tuple[Json, Version]] = field(default_factory=dict)
    lone: Mapping[str, LoneRow] = field(default_factory=dict)
    capped: bool = False

    def get(self, name: str) -> Json:
        """The field's value, None if no version says it."""
        found = self.fields.get(name)
        return None if found is None else found[0]

    def text(self, name: str) -> str:
        """The field as text, empty if no version says it."""
        found = self.fields.get(name)
        return "" if found is None or found[0] is None else str(found[0])

    def whole(self, name: str) -> int:
        """The field as minor units, 0 if no version says it."""
        value = self.get(name)
        return 0 if value is None else int(value)

    @property
    def known(self) -> bool:
        """Whether the order itself was delivered, not just a refund of it."""
        return "total" in self.fields

    @property
    def version(self) -> Version:
        """The greatest version that said anything."""
        return max((version for _, version in self.fields.values()), default=("", 0, "", ""))

    @cached_property
    def ordered_at(self) -> datetime:
        """When the customer placed it."""
        return datetime.fromisoformat(self.get("ordered_at"))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes as typed."""
        return tuple(self.get("codes") or ())

    @cached_property
    def customer(self) -> frozenset[str]:
        """All keys of the customer."""
        return frozenset([key for name in _KEYS if (key := self.text(name))])

    def state(self, *, cash_counts: bool) -> State:
        """How far the order is; without a word from the shop it is paid."""
        if not self.known:
            return State.WAITING
        state = State(self.get("state") or State.PAID)
        cash = state is State.PENDING and bool(self.get("cash"))
        return State.PAID if cash and cash_counts else state

    def refunds(self) -> tuple[Refund, ...]:
        """All refunds: the greatest version's list, and those delivered alone after it."""
        listed = [_refund(*row) for row in self.get("refunds") or ()]
        return (*listed, *(_refund(name, *row) for name, row in sorted(self.lone.items())))

    def touches(self) -> tuple[Json, ...]:
        """What attribution looks at; only when it changes is a credited order decided again."""
        names = ("codes", *_KEYS, "ref", "click_id", "clicked_at", "ad_tag", "test")
        placed = self.ordered_at.astimezone(UTC) if "ordered_at" in self.fields else None
        return (placed, *(self.get(name) or None for name in names))

    def substance(self) -> Json:
        """Everything but the versions: two facts of the same substance need no new line."""
        said = {name: value for name, (value, _) in self.fields.items() if value or name == "total"}
        return said, dict(self.lone), self.capped


_TEXT_FIELDS = frozenset({"city", "country", "channel", "ref", "click_id", "ad_tag", "helper"})
_WRITTEN_STATES = {state: state.value for state in State}
_KEYS = ("customer_i", "customer_e", "customer_p")


def fold(
    known: Facts,
    versions: Iterable[OrderVersion],
    lone: Iterable[LoneRefund],
    secret: bytes,
) -> Facts:
    """Add deliveries to what is known. Any order, any repetition gives the same facts."""
    fields = dict(known.fields)
    for version in versions:
        key = version_key(version)
        said = _said(version, secret)
        if not fields:  # there is nothing to compare with
            fields = {name: (value, key) for name, value in said.items()}
            continue
        for name, value in said.items():
            found = fields.get(name)
            least = name == "ordered_at" and version.undated
            if found is None or (key < found[1] if least else key > found[1]):
                fields[name] = (value, key)
    alone = dict(known.lone)
    for refund in lone:
        row = _row(refund.refund)[1:]
        name = refund.refund.refund_id or refund.delivery_id
        alone[name] = max(row, alone.get(name, row))
    capped = known.capped and "items" not in fields
    return capped_facts(Facts(fields, _after_the_list(fields, alone), capped))


def version_key(version: OrderVersion) -> Version:
    """By what one version of an order is greater than another (design.md, rule 1)."""
    at = (version.updated_at or version.received_at).astimezone(UTC).isoformat()
    return at, RANK[version.state or State.PAID], version.delivery_id, version.sha256


def _said(version: OrderVersion, secret: bytes) -> dict[str, Json]:
    """The fields a version says, as json can keep them; contacts become keys."""
    plainly = zip(_PLAIN_FIELDS, _PLAINLY(version), strict=True)
    said: dict[str, Json] = {name: value for name, value in plainly if value is not None}
    for name in _TEXT_FIELDS & said.keys():
        said[name] = said[name][:TEXT_CHARACTERS_MAX]
    said["ordered_at"] = version.ordered_at.isoformat()
    if version.state is not None:
        said["state"] = _WRITTEN_STATES[version.state]
    if version.clicked_at is not None:
        said["clicked_at"] = version.clicked_at.isoformat()
    if version.codes is not None:
        said["codes"] = [code[:TEXT_CHARACTERS_MAX] for code in version.codes[:CODES_MAX]]
    if version.refunds is not None:
        said["refunds"] = sorted(list(_row(refund)) for refund in version.refunds)
    if version.items is not None:
        said["items"] = [
            [item.sku, item.category, str(item.quantity), _price(item.price)]
            for item in version.items
        ]
    if version.customer_id and (key := id_key(secret, version.source, version.customer_id)):
        said["customer_i"] = key
    if version.email and (key := email_key(secret, version.email)):
        said["customer_e"] = key
    if version.phone and (key := phone_key(secret, version.phone, version.currency)):
        said["customer_p"] = key
    return said


def _price(price: Decimal | None) -> str:
    return "" if price is None else str(price)


def _row(refund: Refund) -> tuple[str, str, str, str, str]:
    # A cumulative sum has no time of its own: told again later, it is the same fact.
    at = refund.at.astimezone(UTC).isoformat() if refund.refund_id else ""
    return refund.refund_id, at, str(refund.goods), str(refund.shipping), str(refund.tax)


def _refund(refund_id: str, at: str, goods: str, shipping: str, tax: str) -> Refund:
    return Refund(
        refund_id=refund_id,
        at=datetime.fromisoformat(at) if at else datetime.min.replace(tzinfo=UTC),
        goods=Decimal(goods),
        shipping=Decimal(shipping),
        tax=Decimal(tax),
    )


def _after_the_list(
    fields: Mapping[str, tuple[Json, Version]], alone: dict[str, LoneRow]
) -> dict[str, LoneRow]:
    """Keep the lone refunds that the greatest list cannot know yet."""
    if not alone:
        return alone
    rows, version = fields.get("refunds", ((), ("", 0, "", "")))
    listed = {row[0] for row in rows}
    return {name: row for name, row in alone.items() if row[0] > version[0] and name not in listed}


def capped_facts(facts: Facts, characters: int = FACTS_CHARACTERS_MAX) -> Facts:
    """Where the facts would not fit into a cell, leave the items out and add refunds up."""
    items, refunds = facts.get("items") or (), facts.get("refunds") or ()
    size = sum(80 + len(item[0]) + len(item[1]) for item in items) + 120 * len(refunds)
    if size < characters // 2 or len(write_facts(facts)) <= characters:
        return facts
    fields = {name: pair for name, pair in facts.fields.items() if name != "items"}
    smaller = Facts(fields, facts.lone, capped=True)
    if "refunds" in fields and len(write_facts(smaller)) > characters:
        rows, version = fields["refunds"]
        sums = [str(sum((Decimal(row[at]) for row in rows), Decimal(0))) for at in (2, 3, 4)]
        fields["refunds"] = ([["", "", *sums]], version)
    return smaller


def write_facts(facts: Facts, beside: Mapping[str, Json] | None = None) -> str:
    """Write facts as one cell of JSON; versions are listed once and named by their place.

    `beside` adds keys that are not facts of the order (the decision that was followed).
    """
    said = sorted(facts.fields.items())
    versions = sorted({version for _, version in facts.fields.values()}, reverse=True)
    place = {version: number for number, version in enumerate(versions)}
    written: dict[str, Json] = {
        "v": [list(version) for version in versions],
        "f": {name: pair[0] for name, pair in said},
    }
    if len(versions) > 1:
        written["by"] = {name: place[pair[1]] for name, pair in said if place[pair[1]]}
    if facts.lone:
        written["lone"] = {name: list(row) for name, row in sorted(facts.lone.items())}
    if facts.capped:
        written["capped"] = True
    written.update(beside or {})
    return compact(written)


def read_facts(written: Mapping[str, Json]) -> Facts:
    """Read what `write_facts` wrote, already parsed."""
    versions = [(str(v[0]), int(v[1]), str(v[2]), str(v[3])) for v in written.get("v", ())]
    older = written.get("by", {})
    fields = {n: (v, versions[older.get(n, 0)]) for n, v in written.get("f", {}).items()}
    lone = {n: (r[0], r[1], r[2], r[3]) for n, r in written.get("lone", {}).items()}
    return Facts(fields, lone, bool(written.get("capped")))
