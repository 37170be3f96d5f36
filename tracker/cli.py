"""What can be typed? Commands that gather, decide and apply; exit codes 0, 2 and 3."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import idle
from tracker.collecting import collect_seldom
from tracker.desk import (
    CANNOT_RUN,
    CLOCK,
    STORE,
    Asked,
    Watch,
    busy,
    clock,
    opened,
    say_counts,
    say_problems,
    spoken,
    writing,
)
from tracker.environment import load, make_secret, name_store
from tracker.problems import Stop

if TYPE_CHECKING:
    from tracker.workplace import Workplace

WANTS_A_PERSON = 3
IN_ORDER = (
    "init sync why check codes leads rules simulate statements letters mail payouts "
    "serve wake schedule status tidy forget export restore copy demo"
).split()
"""The commands as an owner meets them, and as README lists them."""
ELSEWHERE = {
    "codes": "cli_codes",
    "copy": "cli_copy",
    "export": "cli_export",
    "forget": "cli_people",
    "leads": "cli_leads",
    "letters": "cli_letters",
    "mail": "cli_mail",
    "payouts": "cli_payouts",
    "rules": "cli_rules",
    "schedule": "cli_clock",
    "serve": "cli_serve",
    "simulate": "cli_rules",
    "statements": "cli_statements",
    "status": "cli_clock",
    "tidy": "cli_people",
    "wake": "cli_clock",
}
"""In which module a command stands that is not here: each is imported when it is asked for."""


class _InOrder(click.Group):
    """A group whose help lists the commands by use, not by letter."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click asks
        return list(IN_ORDER)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in ELSEWHERE and cmd_name not in self.commands:
            module = import_module(f"tracker.{ELSEWHERE[cmd_name]}")
            self.add_command(getattr(module, cmd_name))
        return super().get_command(ctx, cmd_name)


@click.group(cls=_InOrder, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="tracker")
def cli() -> None:
    """An affiliate tracker that lives in a spreadsheet: who brought the order, what is owed."""


@cli.command()
@STORE
@click.option("--lang", type=click.Choice(["en", "ru"]), help="Headings and notes of a new book.")
@click.pass_obj
def init(asked: Asked, store: str | None, lang: str | None) -> None:
    """Make the tabs in a new or an existing book, touching nothing that is there."""
    from tracker.layout import Tab
    from tracker.stores.opening import open_store

    environment = load(store)
    asked.language = lang or spoken()
    book = open_store(
        environment.store,
        today=lambda: clock().date(),
        state_dir=environment.state,
        key_file=environment.google_key,
    )
    added = book.lay_out(lang or "ru")
    found = book.read([Tab.SETTINGS])
    if not environment.secret and "secret_check" in found.state:
        # Another secret would make every known customer a stranger.
        raise Stop("secret_missing")
    secret = make_secret(environment.store)
    language = "en" if found.tables[Tab.SETTINGS].title == Tab.SETTINGS.value else "ru"
    for sentence in added:
        click.echo(sentence)
    if secret is not None:
        click.echo(f"{secret}: TRACKER_SECRET")
    named = name_store(environment.store)
    if named is not None:
        click.echo(f"{named}: TRACKER_STORE")
    from tracker.sentences.commands import AFTER_INIT

    click.echo(AFTER_INIT[language == "ru"].format(store=environment.store), err=True)


@cli.command()
@STORE
@CLOCK
@click.option("--dry-run", is_flag=True, help="Plan and print; write nothing, move no cursor.")
@click.option("--again", is_flag=True, help="Read every log from its beginning.")
@click.option("--verbose", "-v", is_flag=True, help="Say what went over the network.")
@click.pass_obj
def sync(
    asked: Asked, store: str | None, *, clock_is_right: bool, dry_run: bool, again: bool,
    verbose: bool,
) -> None:  # fmt: skip
    """Read the order log, decide whose each order is, and append what is owed."""
    watched = (Watch.NONE, "") if dry_run else (Watch.ALL, "sync")
    with opened(store, *watched) as place:
        if dry_run:
            from tracker.running import look

            with busy("sync --dry-run"):
                rest = look(place, clock_is_right=clock_is_right, brought=True)
            say_counts(asked, idle.said_of(rest))
            _say_traffic(place, asked=verbose)
            return

        def work() -> None:
            with busy("sync"):
                said = idle.sync(place, clock_is_right=clock_is_right, again=again)
            say_counts(asked, said)

        writing(place, work)
        _say_traffic(place, asked=verbose)


def _say_traffic(place: Workplace, *, asked: bool) -> None:
    if asked:
        went = place.store.traffic
        click.echo(f"calls={went.calls} up={went.up} down={went.down}", err=True)


@cli.command()
@STORE
@click.argument("order")
@click.pass_obj
def why(asked: Asked, store: str | None, order: str) -> None:
    """Tell the whole path of ORDER: candidates, refusals, terms, and what was booked."""
    from tracker import running
    from tracker.explaining import explain

    with opened(store) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        click.echo(explain(rest, order))


@cli.command()
@STORE
@click.option("-v", "every", is_flag=True, help="Name every promise of the ledger, one by one.")
@click.option("--live", is_flag=True, help="Try how Google behaves, on a scratch tab of the sheet.")
@click.pass_obj
def check(asked: Asked, store: str | None, *, every: bool, live: bool) -> None:
    """Be the doctor: settings, access, headings, cells, ledgers; 3 when something wants you."""
    if live:
        from tracker.stores.google_sheets.live import live_check

        found = load(store)
        if not live_check(found.store, found.google_key, spoken(), click.echo, every=every):
            raise SystemExit(WANTS_A_PERSON)
        return
    from tracker.checking import findings

    with opened(store) as place:
        report = findings(place, every=every)
        with suppress(Stop):  # for `status`; what was found is told all the same
            place.diary.checked(place.clock(), wants_a_person=report.wants_a_person)
    asked.language = report.language
    for line in report.lines:
        click.echo(line)
    say_problems(report.problems, report.language)
    if report.wants_a_person:
        raise SystemExit(WANTS_A_PERSON)


@cli.command()
@STORE
@click.option("--accept", is_flag=True, help="Go on with the book as it is.")
def restore(store: str | None, *, accept: bool) -> None:
    """Go on with a book that was put back from a copy."""
    from tracker import restoring

    with opened(store) as place:
        if not accept:
            raise Stop("book_restored" if place.store.behind() else "nothing_restored")

        def work() -> None:
            found = restoring.accept(place)
            click.echo(f"statements={found.statements} payouts_unknown={len(found.payouts)}")

        writing(place, work)


@cli.command()
@click.option("--out", type=click.Path(path_type=Path), default=Path("demo"), show_default=True)
@click.option("--lang", type=click.Choice(["en", "ru"]), default="en", show_default=True)
@click.pass_obj
def demo(asked: Asked, out: Path, lang: str) -> None:
    """Play two months of a small shop into a new workbook, and say where to look."""
    from tracker.demo import play

    asked.language = lang
    play(out, lang)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; a Stop becomes one sentence on standard error and exit code 2."""
    collect_seldom()
    asked = Asked(language=spoken())
    try:
        context = cli.make_context("python -m tracker", list(arguments or sys.argv[1:]), obj=asked)
        with context:
            cli.invoke(context)
    except Stop as stop:
        from tracker.sentences import stop_says

        click.echo(stop_says(stop, asked.language), err=True)
        return CANNOT_RUN
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as refusal:
        refusal.show()
        return CANNOT_RUN
    except click.Abort:
        return CANNOT_RUN
    except SystemExit as leave:
        return int(leave.code or 0)
    except BrokenPipeError:
        if not _nobody_reads():
            raise
        return CANNOT_RUN
    return 0


def _nobody_reads() -> bool:
    """Whether what read our output has ended, as `… | head` does; then no more is said at exit."""
    try:
        click.echo()  # what could not be written is gone, so that it takes another word to tell
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return False
