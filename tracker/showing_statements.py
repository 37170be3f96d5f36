"""What does `statements` print? A line a partner, and where the files are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from tracker.correcting import Corrected
from tracker.mailing import Sending
from tracker.money import decimal_text
from tracker.month_drafts import Drafts
from tracker.postman import none_taken
from tracker.problems import params
from tracker.sentences import say
from tracker.sentences.commands import NO_STATEMENTS
from tracker.sentences.revising import REVISING_SAID
from tracker.statements import AccountChange, Figures


def say_if_none(made: Drafts, language: str) -> None:
    """Say on standard error that nobody has a statement, for nothing else would be said."""
    if not made.statements and not made.problems:
        click.echo(NO_STATEMENTS[language == "ru"].format(month=made.month), err=True)


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


def print_correction(made: Corrected, files: Sequence[Path], language: str) -> None:
    """What a correction changes: a line an account, each line that came or went, then the files."""
    statement, correction = made.statement, made.statement.correction
    told = params(partner=statement.partner_id, month=statement.month, revision=made.told.revision)
    if made.needless or correction is None:
        click.echo(say(REVISING_SAID, "needless", told, language))
        return
    head = f"{statement.month} {statement.partner_id} revision={statement.revision}"
    click.echo(head)
    for change in correction.accounts:
        click.echo(f"  {_change(change)}")
        for sign, lines in (("+", change.came), ("-", change.gone)):
            for line in lines:
                amount = decimal_text(line.minor, change.currency)
                click.echo(f"  {sign} {line.kind} {line.order_id} {amount}")
    if not correction.accounts:
        click.echo(f"  {say(REVISING_SAID, 'same_figures', told, language)}")
    for file in files:
        click.echo(str(file))


def _change(change: AccountChange) -> str:
    now, before = change.now, change.before or Figures(opening=0, closing=0, lines=0)

    def sums(was: int, is_now: int) -> str:
        texts = [decimal_text(one, change.currency) for one in (was, is_now)]
        return "->".join(dict.fromkeys(texts))

    lines = "->".join(dict.fromkeys([str(before.lines), str(now.lines)]))
    opening, closing = sums(before.opening, now.opening), sums(before.closing, now.closing)
    return f"{change.currency} opening={opening} lines={lines} closing={closing}"


def failed(sendings: Sequence[Sending]) -> bool:
    """Whether the server took none of the letters, as it is down, or some cannot be written."""
    if any(sending.unmade for sending in sendings):
        return True
    return none_taken(fate for sending in sendings for fate in sending.fates)


def print_fates(sending: Sending) -> None:
    """One line a letter and what became of it, then the count of each fate."""
    for fate in sending.fates:
        click.echo(f"{sending.month} {fate.partner_id} {fate.state.value}")
    counts = {
        state: sum(1 for fate in sending.fates if fate.state.value == state)
        for state in ("sent", "refused", "unknown")
    }
    click.echo(" ".join(f"{state}={count}" for state, count in counts.items()))
