"""Which fault of the catalogue, and which of the owner's ways of working, is played where?

The faults are those of reliability.md section 5 (T1), the owner's ways those of its P4. A fault
that a port draws has a name of its own (`ONLY=name` plays it alone); the others are steps of a play.
What depends on how one store keeps its cells is asked in the tests of that store, which are named.
"""

from __future__ import annotations

from typing import NamedTuple


class Played(NamedTuple):
    """One fault: the names it is drawn by at the ports, on which stores, or the step it is."""

    fault: str
    kinds: tuple[str, ...] = ()
    stores: str = "memory xlsx google"
    step: str = ""


FAULTS = (
    Played("killed before an effect", ("kill_before",)),
    Played("killed after an effect, before it returns", ("kill_after",)),
    Played("killed in the midst of a file", ("kill_half",), "xlsx"),
    Played("429", ("http429",), "memory google"),
    Played("500 or 503, not applied", ("http500", "http5xx_lost"), "memory google"),
    Played("500 or 503, applied", ("http5xx_applied",), "memory google"),
    Played("a time-out, not applied", ("timeout_lost",), "memory google"),
    Played("a time-out, applied", ("timeout_applied",), "memory google"),
    Played("a time-out, applied 1 to 60 calls later", ("timeout_late",), "memory google"),
    Played("a connection reset", ("reset",), "memory google"),
    Played("an answer that is garbage", ("garbage",), "memory google"),
    Played("an answer that is cut short", ("truncated",), "google"),
    Played("401 or 403: the right to read or write is taken away", ("revoked",), "memory google"),
    Played("a read of an older copy", ("stale",), "memory"),
    Played("a full disk", ("disk_full", "fsync_full", "rename_full"), "xlsx"),
    Played("a broken disk", ("disk_ioerr", "fsync_ioerr"), "xlsx"),
    Played("a full or broken disk under the files of state", ("state_full", "state_ioerr")),
    Played("a short write", ("short_write",), "xlsx"),
    Played("a clock that jumps", step="jumps"),
    Played("the owner acts between a read and the write", ("owner",), "memory google"),
    Played("the owner acts between runs", step="owner"),
    Played("Zapier appends a row, or the same twice", step="delivers"),
    Played("a second sync at the same time", step="two_sync"),
    Played("letters and a sync at the same time", step="mails_and_syncs"),
    # At the banner, EHLO, HELO, MAIL, RCPT, DATA, the letter itself, RSET and QUIT.
    Played("SMTP is cut", ("cut", "cut_after")),
    Played("SMTP is silent", ("hang", "hang_unheard")),
    Played("SMTP refuses", ("smtp_4xx", "smtp_5xx", "smtp_421")),
    Played("a webhook comes twice, late, out of order or changed", step="resends"),
)

WAYS = {
    "sorts": "sorts shuffles",
    "inserts rows": "inserts_blank_rows",
    "writes totals": "writes_a_total_row",
    "deletes a partner": "deletes_a_partner",
    "orders columns anew": "moves_a_column inserts_a_column",
    "adds a column": "adds_a_comment_column",
    "renames a heading": "renames_a_heading",
    "has a heading twice": "doubles_a_heading",
    "has two rows of headings": "types_two_headings",
    "pastes a formula": "pastes_a_formula spoils_a_code_by_a_formula",
    "types trailing spaces": "types_trailing_spaces",
    "deletes a tab": "deletes_a_tab",
    "clears a report": "clears_a_report",
    "changes a row of a ledger": "overwrites_a_cell changes_an_amount changes_the_journal",
    "pastes rows, sorts or swaps columns alone": (
        "pastes_a_row_over_another sorts_one_column_alone swaps_two_columns"
    ),
    "deletes rows of a ledger": "deletes_a_commission deletes_a_fact deletes_several_lines",
    "doubles a row": "doubles_a_line",
    "types sums as his country does": "adjusts",
    "gives a code to another": "hands_a_code_over adds_a_forgotten_code",
    "changes a rate": "changes_a_rate",
    "decides": "decides",
    "pays": "pays",
    "filters and hides": "tests/google/test_owner.py",
    "merges cells": "tests/stores/test_splice.py",
    "changes the locale": "tests/stores/test_google_lay_out.py",
    "protects a range, exceeds the cells": "tests/stores/test_google_refusals.py",
}
"""What an owner does, and the actions of `owner.py` or the tests in which he does it."""
