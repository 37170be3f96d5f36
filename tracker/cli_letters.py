"""What can be typed about letters on single events? Which are due; look at them, or mail them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.desk import CANNOT_RUN, CLOCK, STORE, Asked, Watch, busy, opened, say_problems, writing

if TYPE_CHECKING:
    from tracker.correspondence import Written
    from tracker.news.events import News
    from tracker.notices import Told
    from tracker.running import Rest, Workplace

NEWS = "news"
"""What these letters are called among the failures: Task.NEWS, whose import is slow."""


@click.command()
@STORE
@CLOCK
@click.option("--preview", "folder", type=click.Path(path_type=Path), metavar="DIR",
              help="Write .eml and .html files to look at; nothing is sent.")  # fmt: skip
@click.option("--send", is_flag=True, help="Mail them (the setting mail must be live).")
@click.option("--as-set", is_flag=True, help="Do what the setting mail says: off, preview, live.")
@click.pass_obj
def letters(
    asked: Asked, store: str | None, *, clock_is_right: bool, folder: Path | None, send: bool,
    as_set: bool,
) -> None:  # fmt: skip
    """Tell partners what happened: welcome, sales, payouts, codes, papers. Else list what is due.

    The owner's Monday letter goes with them when they are sent.
    """
    from tracker import mailing, running

    watched = (Watch.FAILURES, NEWS) if send or as_set else (Watch.NONE, "")
    with opened(store, *watched) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        if as_set:
            chosen = folder
            folder, send = mailing.as_set(rest, place, folder)
            if not send and folder is None:
                return
            if folder is not None and chosen is None:
                folder /= "letters"
        if send:
            _mailed(place, asked.language, clock_is_right=clock_is_right, patient=as_set)
        else:
            _listed(place, rest, folder)


def _listed(place: Workplace, rest: Rest, folder: Path | None) -> None:
    """Print which letters are due, and write them into a folder where there is one."""
    from tracker.correspondence import preview_news, waiting_news
    from tracker.out_path import refuse_folder

    if folder is not None:
        refuse_folder(place, folder)
    found = waiting_news(place, rest, patient=False).due
    print_due(found)
    if folder:
        from tracker.weekly_letter import preview_week

        files = preview_news(found, rest, folder)
        for file in (*files, *preview_week(place, rest, folder)):
            click.echo(str(file))


def _mailed(place: Workplace, language: str, *, clock_is_right: bool, patient: bool) -> None:
    """Mail the letters that are due and the owner's, and print what became of each."""
    from tracker.correspondence import send_news
    from tracker.running import at_rest
    from tracker.weekly_letter import weekly_letter

    def work() -> None:
        with busy("letters --send"):
            now = at_rest(place, what="letters", clock_is_right=clock_is_right)
            sent = send_news(place, now, patient=patient)
        print_written(sent)
        say_problems(sent.problems, language)
        with busy("letters --send"):
            week = weekly_letter(place, now)
        if not say_week(week) or sent.nothing_left or sent.unmade:
            raise SystemExit(CANNOT_RUN)

    writing(place, work)


def print_due(found: Iterable[News]) -> None:
    """One line a letter: what about, to whom, and its name."""
    for one in found:
        click.echo(f"{one.kind} {one.partner.partner_id} {one.name}")


def print_written(sent: Written) -> None:
    """One line a letter and what became of it, then the count of each fate; nothing for none."""
    for fate in sent.fates:
        kind, _, _ = fate.statement_id.partition(":")
        click.echo(f"{kind} {fate.partner_id} {fate.state.value}")
    if sent.fates:
        states = [fate.state.value for fate in sent.fates]
        counts = (f"{one}={states.count(one)}" for one in ("sent", "refused", "unknown"))
        click.echo(f"letters {' '.join(counts)}")


def say_week(told: Told) -> bool:
    """Say what became of the owner's letter; whether it has left or was not due."""
    for one in told.notices:
        click.echo(one.says, err=True)
    return not any(one.trouble for one in told.notices)
