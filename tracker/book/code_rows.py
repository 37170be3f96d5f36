"""Which codes are there, whose are they, and when does an order with one count?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from tracker.book import code_cells as cell_of
from tracker.book.policy_rows import read_pay_for
from tracker.book.rows import BadCell, Reading, Row
from tracker.layout import Tab
from tracker.policy import PayFor
from tracker.programme import Code, CodeKind, CodeStatus, Programme, normal_code
from tracker.rulebook import Period
from tracker.stores import Table

USES_MAX = 1_000_000_000
VARIANTS_MAX = 50
"""Of one code: which of them were counted together is noted with every order."""

_INHERITED = {
    "partner_id": "partner_id",
    "kind": "kind",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "rate": "rate",
    "new_customers_only": "new_customers_only",
    "max_uses": "max_uses",
    "max_uses_per_customer": "max_uses_per_customer",
    "per": "per",
    "min_order": "min_order",
    "min_mode": "min_is_above",
    "max_order": "max_order",
    "regions": "regions",
    "products_in": "products_in",
    "products_out": "products_out",
    "weekdays": "weekdays",
    "hours": "hours",
    "except_dates": "except_dates",
    "channels": "channels",
    "campaign": "campaign",
    "stacks": "stacks",
    "pay_for": "pay_for",
}
"""What a variant has of its main code where its own cell is empty: column and field. Its status
is its own, so a leaked variant stops only itself."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """A row of Codes that could be read, as it stands there."""

    key: str
    row: Row
    code: Code


def read_codes(table: Table, reading: Reading, programme: Programme) -> tuple[Code, ...]:
    """Read Codes. One code may stand in several rows: an exact hand-over has dates.

    A code of which one row cannot be read is not used at all: its other rows may not tell whose
    it was. A variant comes with what it has of its main code; where that stands in several rows,
    once for each.
    """
    rows: list[_Typed] = []
    for key, row in reading.keyed(table, "code", once=False):
        code = reading.understood(row, key, lambda row: _code(row, programme))
        if code is not None:
            rows.append(_Typed(key, row, code))
    lost = reading.unreadable.get(Tab.CODES.value, set())
    lost = {normal_code(key) for key in lost}
    mains: dict[str, list[Code]] = defaultdict(list)
    for one in rows:
        if normal_code(one.code.code) not in lost:
            mains[normal_code(one.code.code)].append(one.code)
    counted = Counter(normal_code(one.code.variant_of) for one in rows)
    found: list[Code] = []
    for one in rows:
        found += (
            reading.understood(one.row, one.key, partial(_whole, one.code, mains, counted)) or ()
        )
    lost |= {normal_code(key) for key in reading.unreadable.get(Tab.CODES.value, set())}
    reading.unreadable[Tab.CODES.value] = lost
    return tuple(code for code in found if normal_code(code.code) not in lost)


def _code(row: Row, programme: Programme) -> Code:
    """A row as typed; what stands in the main code of a variant is not added yet."""
    return _consistent(
        Code(
            code=row.text("code"),
            partner_id=row.text("partner_id"),
            kind=CodeKind(row.choice("kind", CodeKind.PARTNER)),
            status=CodeStatus(row.choice("status", CodeStatus.ACTIVE)),
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to"),
            rate=row.rate("rate"),
            max_uses=row.whole("max_uses", 1, USES_MAX),
            new_customers_only=cell_of.yes_no(row, "new_customers_only", usual=False),
            max_uses_per_customer=row.whole("max_uses_per_customer", 1, USES_MAX),
            per=Period(row.choice("per", Period.EVER)),
            min_order=cell_of.sum_of(row, "min_order", programme.currency),
            min_is_above=row.choice("min_mode", "from") == "above",
            max_order=cell_of.sum_of(row, "max_order", programme.currency),
            regions=cell_of.words(row, "regions"),
            products_in=cell_of.words(row, "products_in"),
            products_out=cell_of.words(row, "products_out"),
            weekdays=cell_of.weekdays(row, "weekdays"),
            hours=cell_of.hours(row, "hours"),
            except_dates=cell_of.dates(row, "except_dates"),
            channels=cell_of.words(row, "channels"),
            campaign=row.text("campaign"),
            stacks=cell_of.yes_no(row, "stacks", usual=True),
            pay_for=_pay_for(row),
            variant_of=row.text("variant_of"),
            cell=row.at("code"),
        )
    )


def _pay_for(row: Row) -> PayFor | None:
    text = row.text("pay_for")
    found = read_pay_for(text) if text else None
    if text and found is None:
        raise BadCell("pay_for", "pay_for_unreadable", text)
    return found


def _consistent(code: Code) -> Code:
    """Refuse a row by which no order could ever count."""
    begin, end = code.valid_from, code.valid_to
    if begin is not None and end is not None and end < begin:
        raise BadCell("valid_to", "dates_backwards", end.isoformat())
    if code.min_order is not None and code.max_order is not None:
        most = code.max_order - 1 if code.min_is_above else code.max_order
        if most < code.min_order:
            raise BadCell("max_order", "min_above_max", "")
    return code


def _whole(
    code: Code, mains: Mapping[str, Sequence[Code]], counted: Mapping[str, int], row: Row
) -> list[Code]:
    """A row with what it has of its main code: itself, when it is no variant."""
    name = normal_code(code.variant_of)
    if not name:
        return [code]
    found = mains.get(name, ())
    if not found:
        raise BadCell("variant_of", "variant_unknown", code.variant_of)
    if name == normal_code(code.code) or any(main.variant_of for main in found):
        raise BadCell("variant_of", "variant_of_variant", code.variant_of)
    if counted[name] > VARIANTS_MAX:
        raise BadCell("variant_of", "variants_too_many", code.variant_of, (0, VARIANTS_MAX))
    empty = [field for column, field in _INHERITED.items() if not row.has(column)]
    own = [replace(code, **{field: getattr(main, field) for field in empty}) for main in found]
    if len(found) == 1:
        return [_consistent(own[0])]
    both = (_together(variant, main) for variant, main in zip(own, found, strict=True))
    held = [_consistent(variant) for variant in both if variant is not None]
    if not held:
        raise BadCell("variant_of", "variant_never", code.variant_of)
    return held


def _together(variant: Code, main: Code) -> Code | None:
    """A variant for as long as one row of its main code holds: a hand-over hands it over too."""
    begin = max(variant.valid_from or date.min, main.valid_from or date.min)
    end = min(variant.valid_to or date.max, main.valid_to or date.max)
    if end < begin:
        return None
    return replace(
        variant,
        valid_from=None if begin == date.min else begin,
        valid_to=None if end == date.max else end,
    )
