"""What can be typed about payouts? Who is to be paid, files for the bank, the year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.desk import CLOCK, STORE, Asked, Watch, opened, say_problems, writing

if TYPE_CHECKING:
    from tracker.payout_filters import Wanted
    from tracker.running import Rest, Workplace


@click.command()
@STORE
@CLOCK
@click.option("--propose", is_flag=True, help="Append proposals to the tab Payouts.")
@click.option(
    "--as-set",
    is_flag=True,
    help="Only what was payable on the latest payout day, and once: for cron.",
)
@click.option("--export", "form", metavar="FORMAT",
              help="Write a file for the bank: csv, xlsx, registry, sbp, 1c, sepa, paypal, wise or "
              "wise-email; paypal:EUR for one currency.")  # fmt: skip
@click.option("--import", "statement", type=click.Path(path_type=Path), metavar="FILE",
              help="Read a bank statement (CSV, 1C); note what it says is paid.")  # fmt: skip
@click.option("--year", metavar="YYYY", help="Write the year's payouts and papers as CSV.")
@click.option("--out", type=click.Path(path_type=Path), help="The file; else named by its format.")
@click.option("--from", "since", metavar="DATE",
              help="Payable since that day; of open payouts: proposed since.")  # fmt: skip
@click.option("--to", "until", metavar="DATE",
              help="Payable by that day; of open payouts: proposed by then.")  # fmt: skip
@click.option("--partner", "partners", multiple=True, metavar="ID", help="Only him; repeatable.")
@click.option("--group", "groups", multiple=True, metavar="NAME",
              help="Only partners of that group; repeatable.")  # fmt: skip
@click.pass_obj
def payouts(  # noqa: PLR0913 - one for each option
    asked: Asked, store: str | None, *, clock_is_right: bool, propose: bool, as_set: bool,
    form: str | None, statement: Path | None, year: str | None, out: Path | None,
    since: str | None, until: str | None,
    partners: tuple[str, ...], groups: tuple[str, ...],
) -> None:  # fmt: skip
    """Show who can be paid; propose it in the book, or write a file for the bank."""
    from tracker import running
    from tracker.payout_filters import read_wanted, refuse_unknown

    _refuse_pairs({"--import": statement, "--year": year}, propose=propose, form=form)
    # Whoever chooses days or partners sits at the screen; a slip of his is no failed job.
    by_hand = any((since, until, partners, groups, form))
    watched = (Watch.FAILURES, "payouts") if propose and not by_hand else (Watch.NONE, "")
    with opened(store, *watched) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        if statement is not None:
            _import(place, statement, clock_is_right=clock_is_right)
            return
        wanted = read_wanted(since, until, partners, groups)
        refuse_unknown(wanted, rest.known.partners, rest.plan.books.payouts())
        if year is not None:
            _year_written(place, rest, year, wanted, out)
            return
        if not propose and not form:
            _shown(rest, wanted)
            return
        path = _path_of(place, rest, form, out, propose=propose)

        def work() -> None:
            if propose:
                _propose(place, wanted, clock_is_right=clock_is_right, as_set=as_set)
            if form:
                now = running.at_rest(place, what="payouts", clock_is_right=clock_is_right)
                # With --propose the days choose what is proposed, today, and not the file.
                _hand_over(place, now, form, path, wanted.undated if propose else wanted)

        writing(place, work)


def _refuse_pairs(alone: dict[str, object], *, propose: bool, form: str | None) -> None:
    """Raise UsageError for options that do not go together."""
    given = [name for name, value in alone.items() if value is not None]
    given += [name for name, on in (("--propose", propose), ("--export", form)) if on]
    if len(given) > 1 and given != ["--propose", "--export"]:
        raise click.UsageError(f"{given[0]} and {given[1]} are two jobs; do one after the other.")


def _year_written(
    place: Workplace, rest: Rest, year: str, wanted: Wanted, out: Path | None
) -> None:
    """Write the year's payouts and papers, and say where they are."""
    from tracker.showing_payouts import print_year
    from tracker.year_file import write_year

    print_year(write_year(place, rest, year, wanted, out), rest)


def _shown(rest: Rest, wanted: Wanted) -> None:
    """Print who can be paid, which payouts are open, and what is held back."""
    from tracker import paying
    from tracker.showing_payouts import print_held, print_open, print_proposal

    print_proposal(paying.proposal(rest, wanted=wanted), rest, wanted)
    print_open(paying.payable(rest, wanted), rest)
    print_held(paying.held_back(rest, wanted), rest.known.programme.language)


def _propose(place: Workplace, wanted: Wanted, *, clock_is_right: bool, as_set: bool) -> None:
    """Append proposals to the tab Payouts, and print them."""
    from tracker.paying import propose_payouts
    from tracker.showing_payouts import print_proposal

    now, found = propose_payouts(place, clock_is_right=clock_is_right, as_set=as_set, wanted=wanted)
    print_proposal(found, now, wanted)


def _path_of(
    place: Workplace, rest: Rest, form: str | None, out: Path | None, *, propose: bool
) -> Path:
    """Say which file is meant; what would stop it stops before anything is proposed or noted."""
    if not form:
        return Path()
    from tracker.bank_files import file_name, refuse_settings
    from tracker.out_path import refuse_file

    path = out or Path(file_name(form))
    refuse_file(place, path)
    if propose:
        refuse_settings(form, rest.known.programme)
    return path


def _hand_over(place: Workplace, now: Rest, form: str, path: Path, wanted: Wanted) -> None:
    """Write a file for the bank, and say what is in it, what is not, and why."""
    from tracker import paying
    from tracker.bank_files import export
    from tracker.showing_payouts import print_export, print_held

    language = now.known.programme.language
    print_export(export(place, now, form, path, paying.payable(now, wanted)), language)
    print_held(paying.held_back(now, wanted), language)
    say_problems(paying.skipped(now, wanted), language)


def _import(place: Workplace, path: Path, *, clock_is_right: bool) -> None:
    """Read a bank statement, and print what it changed."""
    from tracker.importing import import_paid
    from tracker.showing_payouts import print_import

    def work() -> None:
        print_import(import_paid(place, path, clock_is_right=clock_is_right))

    writing(place, work)
