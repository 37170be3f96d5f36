"""Whose is this code, does it work, and how often was it used? As of any moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tracker.asked import Asker
from tracker.attribution import attribute
from tracker.check_digit import SERIAL_SIGNS, fits
from tracker.code_book import code_book
from tracker.history import History
from tracker.known import Known
from tracker.lines import JournalLine
from tracker.look_alike import bare, near
from tracker.orders import Facts, Version
from tracker.placing import own_time, placed
from tracker.policy import Policy
from tracker.problems import Params, Stop
from tracker.programme import Code, CodeKind, normal_code

_NOBODY: Version = ("", 0, "", "")
OF_THE_BASKET = Code(code="")
"""Where a code asks something of customer, goods or hour, this says what asks nothing."""

_BASKET = (
    "new_customers_only max_uses_per_customer min_order max_order regions products_in "
    "products_out hours channels stacks pay_for"
).split()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of a code at a moment.

    Attributes:
        code: its row; of several the one of its owner then.
        partner_id: whose it is; empty for nobody's.
        works: whether an order of a new customer counts by it, whatever the code asks of basket,
            place and hour; otherwise `why` with its parameters is the reason.
        uses: paid orders with it or, where it has variants, with any of them.
        limit: how many there may be; None for any number.
    """

    code: Code
    partner_id: str
    works: bool
    why: str
    params: Params
    uses: int
    limit: int | None


def find(typed: str, known: Known) -> Code:
    """The code that somebody typed; a serial also without its hyphens, or with blanks.

    Raises Stop for one that is not known: `code_row_unreadable`, `code_serial_mistyped`,
    `code_serial_unknown`, `code_not_known`, the likeliest codes beside it.
    """
    name = normal_code(typed)
    row = next((one for one in known.codes if normal_code(one.code) == name), None)
    if row is not None:
        return row
    if name in known.broken("Codes"):
        raise Stop("code_row_unreadable", named=typed[:60])
    serials = [one for one in known.codes if one.kind is CodeKind.SERIAL]
    number = bare(typed)
    for one in serials:
        if bare(one.code) == number:
            return one
    raise _unknown(typed, number, known.codes, serials)


def _unknown(typed: str, number: str, codes: Sequence[Code], serials: Sequence[Code]) -> Stop:
    """Say what a code nobody knows may be. A number like those of a batch is judged by its sign."""
    likely = ", ".join(near(typed, dict.fromkeys(one.code for one in codes)))
    said = {"named": typed[:60], "like": likely}
    prefixes = {bare(one.code)[:-SERIAL_SIGNS] for one in serials}
    like = "_like" if likely else ""
    if len(number) >= SERIAL_SIGNS and number[:-SERIAL_SIGNS] in prefixes:
        if fits(number[-SERIAL_SIGNS:]):
            return Stop("code_serial_unknown", **said)
        return Stop(f"code_serial_mistyped{like}", **said)
    return Stop(f"code_not_known{like}", **said)


def judge(code: Code, known: Known, orders: Iterable[JournalLine], at: datetime) -> Verdict:
    """Ask the rules themselves about an order of that moment with this code alone.

    `orders` are the latest lines of all orders, in any order.
    """
    bared = [_bared(one) for one in known.codes]
    partners, broken = known.partners, known.broken("Partners")
    book = code_book(bared, known.history, partners, (), broken)
    programme = replace(known.programme, policy=Policy(), unreadable=frozenset())
    history = history_of(orders, known, at)
    fields = {"ordered_at": at.isoformat(), "codes": [code.code], "total": 0}
    facts = Facts(fields={name: (value, _NOBODY) for name, value in fields.items()})
    found = attribute(facts, book, programme, Asker(facts, programme, history))
    first = found.candidates[0]
    name = normal_code(code.code)
    rows = [one for one in known.codes if normal_code(one.code) == name]
    row = next((one for one in rows if one.partner_id == first.partner_id), rows[0])
    serial = row.kind is CodeKind.SERIAL
    return Verdict(
        code=row,
        partner_id="" if first.why == "two_owners" else first.partner_id,
        works=first.why == "ok",
        why=first.why,
        params=first.params,
        uses=history.uses((name,) if serial else book.family(name)),
        limit=1 if serial else row.max_uses,
    )


def _bared(code: Code) -> Code:
    """The row without what it asks of a basket or a customer: those are told in words."""
    kind = CodeKind.PARTNER if code.kind is CodeKind.PERSONAL else code.kind
    asks_nothing = {name: getattr(OF_THE_BASKET, name) for name in _BASKET}
    return replace(code, kind=kind, **asks_nothing)


def history_of(orders: Iterable[JournalLine], known: Known, at: datetime) -> History:
    """The orders placed before a moment, as the rules count uses."""
    history = History(known.programme)
    until = at.astimezone(UTC).isoformat()
    dated = [line for line in orders if line.ordered_at]
    for line in sorted(dated, key=own_time):
        if own_time(line)[0] < until:
            history.add(placed(line, known.programme))
    return history
