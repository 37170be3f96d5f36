"""What does `payouts` print? Who can be paid, who is carried over, and control totals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from tracker.desk import place_of, say_problems
from tracker.money import decimal_text
from tracker.paying import proposal, totals
from tracker.payout_facts import Payout
from tracker.payout_filters import EVERYTHING, Wanted
from tracker.payouts import Proposal
from tracker.problems import Params, Problem, params
from tracker.running import Rest
from tracker.sentences import problem_says, say
from tracker.sentences.bank import BANK_SAID
from tracker.sentences.bank_files import BANK_FILE_SAID
from tracker.sentences.commands import BLOCKED, CARRIED
from tracker.sentences.held_back import BANK_FILE_MANY
from tracker.sentences.paying import PAY_SAID
from tracker.year_file import YearFile, tax_words
from tracker.yearly import year_totals

if TYPE_CHECKING:
    from tracker.bank_files import Exported
    from tracker.bank_statement import Said
    from tracker.importing import Imported

_NAMES_SAID_MAX = 5
_OF_ONE = frozenset({"payout", "partner", "amount", "unit"})
"""What the sentences of one payout mention, and those of many do not."""


def print_proposal(found: Proposal, rest: Rest, wanted: Wanted = EVERYTHING) -> None:
    """One line a payout, then what is carried over and what is blocked."""
    language = rest.known.programme.language
    ru = language == "ru"
    _print(found.payouts)
    # By its days a filter may hide sales: then it is not the minimum that keeps them back.
    whole = found if wanted == wanted.undated else proposal(rest, wanted=wanted.undated)
    for (partner, currency), minor in found.carried.items():
        amount = decimal_text(minor, currency)
        if whole.carried.get((partner, currency)) != minor:
            said = params(partner=partner, amount=amount, currency=currency)
            click.echo(say(PAY_SAID, "filtered", said, language))
            continue
        click.echo(CARRIED[ru].format(partner=partner, amount=amount, currency=currency))
    for partner in found.blocked:
        click.echo(BLOCKED[ru].format(partner=partner))
    for problem in found.problems:
        click.echo(f"{place_of(problem, language)}: {problem_says(problem, language)}", err=True)


def print_open(payouts: Iterable[Payout], rest: Rest) -> None:
    """The payouts that are proposed already and not paid; nothing when there are none."""
    found = list(payouts)
    if not found:
        return
    for one in found:
        said = params(
            payout=one.payout_id,
            partner=one.partner_id,
            amount=decimal_text(one.minor, one.currency),
            currency=one.currency,
            on=one.proposed_on,
        )
        click.echo(say(PAY_SAID, "open", said, rest.known.programme.language))
    click.echo(f"open={len(found)} total={_sums(found)}")


def print_year(made: YearFile, rest: Rest) -> None:
    """The year's totals by currency and tax status, and the file."""
    language = rest.known.programme.language
    words = tax_words(language)
    for one in year_totals(made.rows):
        said = params(
            currency=one.currency,
            status=words[one.status],
            payouts=one.payouts,
            paid=decimal_text(one.paid, one.currency),
            returned=decimal_text(one.returned, one.currency),
            there=one.there,
            missing=one.missing,
        )
        click.echo(say(PAY_SAID, "year_total", said, language))
    if not made.rows:
        click.echo(say(PAY_SAID, "year_empty", params(year=made.year), language))
    click.echo(str(made.path))


def print_export(made: Exported, language: str) -> None:
    """The payouts handed over and what was left out, each with control totals, and the file."""
    _print(made.payouts)
    if made.left:
        click.echo(f"left_out={made.left_totals.count} total={made.left_totals}")
    end = str(made.path) if made.path else say(BANK_FILE_SAID, "nothing", (), language)
    click.echo(end)
    _say_together(made.problems, language)
    if made.handed_before:
        last = max(made.handed_before, key=lambda one: one.at)
        said = params(
            count=len(made.handed_before),
            names=_few(one.payout_id for one in made.handed_before),
            file=last.file,
            at=last.at.strftime("%Y-%m-%d %H:%M"),
        )
        click.echo(say(BANK_FILE_SAID, "handed_before", said, language), err=True)


def print_held(problems: Iterable[Problem], language: str) -> None:
    """Open payouts that no file lists, and why: one line a reason."""
    _say_together(problems, language)


def _say_together(problems: Iterable[Problem], language: str) -> None:
    """Say problems; those with nothing to mend are one line a reason, with count and names."""
    alike: dict[tuple[str, Params], list[Problem]] = {}
    single: list[Problem] = []
    for problem in problems:
        if problem.code in BANK_FILE_MANY:
            said = tuple(pair for pair in problem.params if pair[0] not in _OF_ONE)
            alike.setdefault((problem.code, said), []).append(problem)
        else:
            single.append(problem)
    say_problems([*single, *(found[0] for found in alike.values() if len(found) == 1)], language)
    for (code, said), found in alike.items():
        if len(found) > 1:
            names = _few(
                f"{dict(one.params)['partner']} {dict(one.params)['payout']}" for one in found
            )
            more = params(count=len(found), names=names)
            click.echo(say(BANK_FILE_MANY, code, (*said, *more), language), err=True)


def _few(names: Iterable[str]) -> str:
    """The first names, and a mark when there are more."""
    found = list(names)
    return ", ".join(found[:_NAMES_SAID_MAX]) + (", …" if len(found) > _NAMES_SAID_MAX else "")


def print_import(made: Imported) -> None:
    """One line a payout that the bank names, what could not be used, and the counts."""
    language = made.rest.known.programme.language
    for code, found in (("paid", made.paid), ("known", made.known_before)):
        for one in found:
            click.echo(_bank_says(code, one, language))
    say_problems(made.problems, language)
    total = _sums(one.payout for one in made.paid)
    click.echo(
        f"rows={made.rows} paid={len(made.paid)} total={total} known={len(made.known_before)} "
        f"problems={len(made.problems)} others={made.others}"
    )


def _bank_says(code: str, one: Said, language: str) -> str:
    payout = one.payout
    number = params(number=one.bank.reference)
    said = params(
        payout=payout.payout_id,
        partner=payout.partner_id,
        amount=decimal_text(payout.minor, payout.currency),
        currency=payout.currency,
        on=one.bank.paid_on,
        reference=say(BANK_SAID, "reference", number, language) if one.bank.reference else "",
    )
    return say(BANK_SAID, code, said, language).rstrip()


def _print(payouts: Iterable[Payout]) -> None:
    found = list(payouts)
    for one in found:
        amount = decimal_text(one.minor, one.currency)
        click.echo(f"{one.payout_id} {one.partner_id} {amount} {one.currency}")
    click.echo(f"payouts={len(found)} total={_sums(found)}")


def _sums(found: Iterable[Payout]) -> str:
    sums = [f"{decimal_text(minor, unit)} {unit}" for unit, minor in sorted(totals(found).items())]
    return ", ".join(sums) or "0"
