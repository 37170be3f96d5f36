"""What was paid to whom in a year, and which papers are there? The accountant's list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.choices import TaxStatus
from tracker.known import Known
from tracker.ledger import Order
from tracker.lines import Key
from tracker.money import decimal_text
from tracker.owners_money import PAYOUT
from tracker.papers import paper_of, status_of
from tracker.payout_facts import Fate, Payout, payout_of
from tracker.programme import PayoutCells
from tracker.safe_cells import safe


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidOut:
    """A payout of which money left: on which day, and whether it came back."""

    payout: Payout
    status: TaxStatus
    paid_on: date
    returned: bool
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """A partner's year in one currency, under one tax status and number; sums in minor units.

    Attributes:
        payouts: how many were paid and stayed paid; paid: their sum.
        returned: what came back, not in `paid`.
        documents: numbers of the papers that are there; missing: payouts that lack theirs, by id.
    """

    partner_id: str
    name: str
    status: TaxStatus
    tax_id: str
    currency: str
    payouts: int
    paid: int
    returned: int
    documents: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTotal:
    """The year in one currency and one tax status, minor units."""

    currency: str
    status: TaxStatus
    payouts: int
    paid: int
    returned: int
    there: int
    missing: int


def paid_in(orders: Mapping[Key, Order], known: Known, year: int) -> list[PaidOut]:
    """The payouts whose money left in a year, by the day they were paid.

    One that came back counts in the year in which it was paid, as its date in Payouts, the bank
    statement or the Journal says; one that was voided never left.
    """
    cells = {row.payout_id: row for row in known.payout_cells}
    found: list[PaidOut] = []
    for key, order in sorted(orders.items()):
        if key[0] != PAYOUT:
            continue
        payout, row = payout_of(order.latest), cells.get(key[1])
        returned = payout.fate is Fate.FREED and row is not None and row.result == "returned"
        if not returned and payout.fate is not Fate.PAID:
            continue
        on = payout.paid_on or _paid_before(order, payout, row)
        if on is None or on.year != year:
            continue
        found.append(
            PaidOut(
                payout=payout,
                status=status_of(payout, known.partners.get(payout.partner_id)),
                paid_on=on,
                returned=returned,
                document="" if row is None else row.document,
            )
        )
    return found


def _paid_before(order: Order, payout: Payout, row: PayoutCells | None) -> date | None:
    """When a payout that came back was paid; None when nobody said so."""
    if row is not None and row.paid_on is not None:
        return row.paid_on
    if payout.bank is not None:
        return payout.bank.paid_on
    paid = (line.payable_on for line in reversed(order.lines) if line.state == Fate.PAID)
    return next((on for on in paid if on is not None), None)


def year_rows(paid: Iterable[PaidOut], known: Known) -> list[YearRow]:
    """The accountant's rows, by partner and currency.

    A partner whose tax status or number changed has a row for each: the sums are taxed apart.
    """
    groups: dict[tuple[str, str, str, str], list[PaidOut]] = {}
    for one in paid:
        key = (one.payout.partner_id, one.payout.currency, one.status, _tax_id(one, known))
        groups.setdefault(key, []).append(one)
    return [_row(key, found, known) for key, found in sorted(groups.items())]


def _tax_id(one: PaidOut, known: Known) -> str:
    partner = known.partners.get(one.payout.partner_id)
    return one.payout.tax_id or ("" if partner is None else partner.tax_id)


def _row(key: tuple[str, str, str, str], found: Sequence[PaidOut], known: Known) -> YearRow:
    partner_id, currency, status, tax_id = key
    partner = known.partners.get(partner_id)
    newest = max(found, key=lambda one: (one.paid_on, one.payout.payout_id)).payout
    kept = [one for one in found if not one.returned]
    needed = paper_of(TaxStatus(status)) is not None
    return YearRow(
        partner_id=partner_id,
        name=newest.name or ("" if partner is None else partner.name),
        status=TaxStatus(status),
        tax_id=tax_id,
        currency=currency,
        payouts=len(kept),
        paid=sum(one.payout.minor for one in kept),
        returned=sum(one.payout.minor for one in found if one.returned),
        documents=tuple(one.document for one in kept if one.document),
        missing=tuple(one.payout.payout_id for one in kept if needed and not one.document),
    )


def year_totals(rows: Iterable[YearRow]) -> list[YearTotal]:
    """Totals by currency and tax status; different currencies are never summed."""
    groups: dict[tuple[str, TaxStatus], list[YearRow]] = {}
    for row in rows:
        groups.setdefault((row.currency, row.status), []).append(row)
    return [
        YearTotal(
            currency=currency,
            status=status,
            payouts=sum(row.payouts for row in found),
            paid=sum(row.paid for row in found),
            returned=sum(row.returned for row in found),
            there=sum(len(row.documents) for row in found),
            missing=sum(len(row.missing) for row in found),
        )
        for (currency, status), found in sorted(groups.items())
    ]


def year_table(
    rows: Iterable[YearRow], headings: Sequence[str], words: Mapping[TaxStatus, str]
) -> Iterator[list[str]]:
    """The cells of the CSV: headings, rows, a blank row, and the totals below.

    Sums are plain numbers; every typed text is one that no spreadsheet runs.
    """
    rows = list(rows)
    yield list(headings)
    for row in rows:
        yield [
            safe(row.partner_id),
            safe(row.name),
            words[row.status],
            safe(row.tax_id),
            row.currency,
            str(row.payouts),
            decimal_text(row.paid, row.currency),
            decimal_text(row.returned, row.currency),
            str(len(row.documents)),
            safe("; ".join(row.documents)),
            str(len(row.missing)),
            "; ".join(row.missing),
        ]
    yield []
    for total in year_totals(rows):
        yield [
            "", "", words[total.status], "", total.currency, str(total.payouts),
            decimal_text(total.paid, total.currency),
            decimal_text(total.returned, total.currency),
            str(total.there), "", str(total.missing), "",
        ]  # fmt: skip
