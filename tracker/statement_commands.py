"""What does `statements` print? A line a partner, and where the files are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from tracker.mailing import Drafts, Sending
from tracker.money import decimal_text


def print_statements(made: Drafts, files: Sequence[Path]) -> None:
    """One line a partner and account, then the files."""
    for statement in made.statements:
        for account in statement.accounts:
            opening = decimal_text(account.opening, account.currency)
            closing = decimal_text(account.closing, account.currency)
            lines = len(account.lines) + len(account.payouts)
            click.echo(
                f"{made.month} {statement.partner_id} {account.currency} "
                f"opening={opening} lines={lines} closing={closing}"
            )
    for file in files:
        click.echo(str(file))


_SERVER_TROUBLE = frozenset(
    {"mail_no_connection", "mail_tls_failed", "mail_login_refused", "mail_connection_lost"}
)


def nothing_left(sendings: Sequence[Sending]) -> bool:
    """Whether there were letters and the server took none: it is down, no address is wrong."""
    fates = [fate for sending in sendings for fate in sending.fates]
    return bool(fates) and all(fate.reason.split(" ")[0] in _SERVER_TROUBLE for fate in fates)


def print_fates(sending: Sending) -> None:
    """One line a letter and what became of it, then the count of each fate."""
    for fate in sending.fates:
        click.echo(f"{sending.month} {fate.partner_id} {fate.state.value}")
    counts = {
        state: sum(1 for fate in sending.fates if fate.state.value == state)
        for state in ("sent", "refused", "unknown")
    }
    click.echo(" ".join(f"{state}={count}" for state, count in counts.items()))
