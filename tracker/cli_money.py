"""What can be typed about money that leaves? Statements and payouts."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.desk import CANNOT_RUN, CLOCK, STORE, Asked, Watch, busy, opened, say_problems, writing


@click.command()
@STORE
@CLOCK
@click.option("--month", metavar="YYYY-MM", help="Which month; else the last one that is over.")
@click.option("--preview", "folder", type=click.Path(path_type=Path), metavar="DIR",
              help="Write .eml and .html files to look at; nothing is sent or sealed.")  # fmt: skip
@click.option("--send", is_flag=True, help="Seal and mail them (the setting mail must be live).")
@click.option("--as-set", is_flag=True, help="Do what the setting mail says: off, preview, live.")
@click.pass_obj
def statements(
    asked: Asked, store: str | None, *, clock_is_right: bool, month: str | None,
    folder: Path | None, send: bool, as_set: bool,
) -> None:  # fmt: skip
    """Build a month's statements; look at them, or mail them."""
    from tracker import mailing, running
    from tracker.statement_commands import nothing_left, print_fates, print_statements

    watched = (Watch.FAILURES, "statements") if send or as_set else (Watch.NONE, "")
    with opened(store, *watched) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        if as_set:
            folder, send = mailing.as_set(rest, place, folder)
            if not send and folder is None:
                return
        if not send:
            with busy("statements"):
                made, files = mailing.preview(rest, month, folder) if folder is not None else (
                    mailing.drafts(rest, month), [])  # fmt: skip
            print_statements(made, files)
            say_problems(made.problems, asked.language)
            return

        def work() -> None:
            with busy("statements --send"):
                sendings = mailing.send_all(place, month, clock_is_right=clock_is_right)
            for sending in sendings:
                print_fates(sending)
                say_problems(sending.problems, asked.language)
            if nothing_left(sendings):
                raise SystemExit(CANNOT_RUN)

        writing(place, work)


@click.command()
@STORE
@CLOCK
@click.option("--propose", is_flag=True, help="Append proposals to the tab Payouts.")
@click.option(
    "--as-set",
    is_flag=True,
    help="Only what was payable on the latest payout day, and once: for cron.",
)
@click.option("--export", "form", metavar="FORMAT", help="Write a file for the bank: csv.")
@click.option("--out", type=click.Path(path_type=Path), help="The file; else payouts.FORMAT.")
@click.pass_obj
def payouts(
    asked: Asked, store: str | None, *, clock_is_right: bool, propose: bool, as_set: bool,
    form: str | None, out: Path | None,
) -> None:  # fmt: skip
    """Show who can be paid; propose it in the book, or write a file for the bank."""
    from tracker import paying, running
    from tracker.payout_commands import print_export, print_proposal

    watched = (Watch.FAILURES, "payouts") if propose else (Watch.NONE, "")
    with opened(store, *watched) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        if not propose and not form:
            print_proposal(paying.proposal(rest), rest)
            return

        def work() -> None:
            if propose:
                now, found = paying.propose_payouts(
                    place, clock_is_right=clock_is_right, as_set=as_set
                )
                print_proposal(found, now)
            if form:
                now = running.at_rest(place, what="payouts", clock_is_right=clock_is_right)
                path = out or Path(f"payouts.{form}")
                print_export(paying.export(place, now, form, path), path)
                say_problems(paying.skipped(now), asked.language)

        writing(place, work)
