"""What does `payouts` print? Who can be paid, who is carried over, and control totals."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from tracker.money import decimal_text
from tracker.paying import totals
from tracker.payouts import Payout, Proposal
from tracker.running import Rest
from tracker.sentences import problem_says
from tracker.sentences.commands import BLOCKED, CARRIED


def print_proposal(found: Proposal, rest: Rest) -> None:
    """One line a payout, then what is carried over and what is blocked."""
    ru = rest.known.programme.language == "ru"
    _print(found.payouts)
    for (partner, currency), minor in found.carried.items():
        amount = decimal_text(minor, currency)
        click.echo(CARRIED[ru].format(partner=partner, amount=amount, currency=currency))
    for partner in found.blocked:
        click.echo(BLOCKED[ru].format(partner=partner))
    for problem in found.problems:
        says = problem_says(problem, rest.known.programme.language)
        click.echo(f"{problem.tab} {problem.cell}: {says}", err=True)


def print_export(payouts: Iterable[Payout], path: Path) -> None:
    """The payouts handed over, and the file."""
    _print(payouts)
    click.echo(str(path))


def _print(payouts: Iterable[Payout]) -> None:
    found = list(payouts)
    for one in found:
        amount = decimal_text(one.minor, one.currency)
        click.echo(f"{one.payout_id} {one.partner_id} {amount} {one.currency}")
    sums = [f"{decimal_text(minor, unit)} {unit}" for unit, minor in sorted(totals(found).items())]
    click.echo(f"payouts={len(found)} total={', '.join(sums) or '0'}")
