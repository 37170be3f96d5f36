"""What does the accountant read of every payout? The rows of the CSV and of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tracker.bank.transfers import Format
from tracker.bank.written import csv_lines
from tracker.money import decimal_text
from tracker.payout_facts import Payout
from tracker.programme import Partner
from tracker.safe_cells import safe

CSV = Format(name="csv", file_name="payouts.csv")
XLSX = Format(name="xlsx", file_name="payouts.xlsx")

COLUMNS = (
    "payout_id",
    "proposed_on",
    "partner_id",
    "name",
    "amount",
    "currency",
    "method",
    "details",
    "tax_status",
    "tax_id",
)
"""The last two came later: whoever reads the file by position finds the others where they were."""


def texts_of(payout: Payout, partner: Partner | None) -> dict[str, str]:
    """What a payout's row says in words: as it was proposed, and what was not noted, as now."""
    now = partner if partner is not None else Partner(partner_id=payout.partner_id)
    return {
        "payout_id": payout.payout_id,
        "partner_id": payout.partner_id,
        "name": payout.name or now.name,
        "currency": payout.currency,
        "method": payout.method or now.payout_method,
        "details": payout.details or now.payout_details,
        "tax_status": (payout.tax_status or now.tax_status).value,
        "tax_id": payout.tax_id or now.tax_id,
    }


def csv_text(payouts: Iterable[Payout], partners: Mapping[str, Partner]) -> str:
    """Payouts as CSV: sums as plain numbers, no cell that a spreadsheet takes for a formula."""
    return csv_lines([COLUMNS, *(_row(one, partners.get(one.partner_id)) for one in payouts)])


def _row(one: Payout, partner: Partner | None) -> list[str]:
    row = {key: safe(text.replace("\x00", "")) for key, text in texts_of(one, partner).items()}
    row |= {
        "proposed_on": one.proposed_on.isoformat(),
        "amount": decimal_text(one.minor, one.currency),
    }
    return [row[column] for column in COLUMNS]
