"""What can be typed about statements? They are built, looked at and mailed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.desk import CANNOT_RUN, CLOCK, STORE, Asked, Watch, busy, opened, say_problems, writing

if TYPE_CHECKING:
    from tracker.running import Rest, Workplace


@click.command()
@STORE
@CLOCK
@click.option("--month", metavar="YYYY-MM", help="Which month; else the last one that is over.")
@click.option("--preview", "folder", type=click.Path(path_type=Path), metavar="DIR",
              help="Write .eml and .html files to look at; nothing is sent or sealed.")  # fmt: skip
@click.option("--send", is_flag=True, help="Seal and mail them (the setting mail must be live).")
@click.option("--as-set", is_flag=True, help="Do what the setting mail says: off, preview, live.")
@click.option("--correct", "partner", metavar="PARTNER", default="",
              help="A further revision of a sealed statement: it says what changed.")  # fmt: skip
@click.option("--because", metavar="TEXT", default="", help="Your own words in that correction.")
@click.option("--copy", "copies", type=click.Path(path_type=Path), metavar="DIR",
              help="Write the month's letters as they were mailed, byte for byte.")  # fmt: skip
@click.pass_obj
def statements(  # noqa: PLR0913 - one for each option
    asked: Asked, store: str | None, *, clock_is_right: bool, month: str | None,
    folder: Path | None, send: bool, as_set: bool, partner: str, because: str,
    copies: Path | None,
) -> None:  # fmt: skip
    """Build a month's statements; look at them, or mail them; correct one that was mailed."""
    from tracker import mailing, running

    _refuse_pairs(bool(because), bool(partner), copies is not None, as_set)
    if copies is not None:
        _copied(asked, store, month, copies)
        return
    if partner:
        what = (partner, month, because)
        _corrected(asked, store, what, folder, clock_is_right=clock_is_right, send=send)
        return
    watched = (Watch.FAILURES, "statements") if send or as_set else (Watch.NONE, "")
    with opened(store, *watched) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        if as_set:
            folder, send = mailing.as_set(rest, place, folder)
            if not send and folder is None:
                return
        if send:
            _mailed(place, month, asked.language, clock_is_right=clock_is_right)
        else:
            _looked_at(place, rest, month, folder)


def _looked_at(place: Workplace, rest: Rest, month: str | None, folder: Path | None) -> None:
    """Print a month's statements, and write them into a folder where there is one."""
    from tracker.letter_files import write_letters
    from tracker.month_drafts import drafts
    from tracker.out_path import refuse_folder
    from tracker.showing_statements import print_statements, say_if_none

    language = rest.known.programme.language
    if folder is not None:
        refuse_folder(place, folder)
    with busy("statements"):
        made = drafts(rest, month)
        files = [] if folder is None else write_letters(rest, made.statements, folder)
    print_statements(made, files)
    say_if_none(made, language)
    say_problems(made.problems, language)


def _mailed(place: Workplace, month: str | None, language: str, *, clock_is_right: bool) -> None:
    """Mail a month's statements, and print what became of each."""
    from tracker.mailing import send_all
    from tracker.showing_statements import failed, print_fates

    def work() -> None:
        with busy("statements --send"):
            sendings = send_all(place, month, clock_is_right=clock_is_right)
        for sending in sendings:
            print_fates(sending)
            say_problems(sending.problems, language)
        if failed(sendings):
            raise SystemExit(CANNOT_RUN)

    writing(place, work)


def _refuse_pairs(because: bool, partner: bool, copies: bool, as_set: bool) -> None:  # noqa: FBT001
    """Raise UsageError for options that do not go together."""
    if because and not partner:
        raise click.UsageError("--because goes with --correct PARTNER.")
    if partner and copies:
        raise click.UsageError("--copy writes what left; leave --correct out.")
    if as_set and (partner or copies):
        raise click.UsageError("--as-set does what cron asks; leave it out.")


def _corrected(
    asked: Asked, store: str | None, what: tuple[str, str | None, str], folder: Path | None,
    *, clock_is_right: bool, send: bool,
) -> None:  # fmt: skip
    """Look at a correction, or mail it."""
    from tracker import correcting, running
    from tracker.out_path import refuse_folder
    from tracker.showing_statements import failed, print_correction, print_fates

    # Not watched: nobody lets cron correct, and a slip at the screen is no failed job.
    with opened(store, Watch.NONE, "") as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        if not send:
            if folder is not None:
                refuse_folder(place, folder)
            made = correcting.correction(place, rest, *what)
            files = [] if folder is None else correcting.preview(rest, made, folder)
            print_correction(made, files, asked.language)
            return

        def work() -> None:
            with busy("statements --correct"):
                made = correcting.correct(place, *what, clock_is_right=clock_is_right)
            print_correction(made, (), asked.language)
            if made.sending is None:
                return
            print_fates(made.sending)
            say_problems(made.sending.problems, asked.language)
            if failed([made.sending]):
                raise SystemExit(CANNOT_RUN)

        writing(place, work)


def _copied(asked: Asked, store: str | None, month: str | None, folder: Path) -> None:
    """Write the letters of a month as they left."""
    from tracker import correcting, running
    from tracker.out_path import refuse_folder

    with opened(store, Watch.NONE, "") as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        refuse_folder(place, folder)
        for file in correcting.copies(place, rest, month, folder):
            click.echo(str(file))
