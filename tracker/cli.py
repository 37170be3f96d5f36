"""What can be typed? Commands that gather, decide and apply; exit codes 0, 2 and 3."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.environment import DEFAULT_STORE, Environment, load, make_secret
from tracker.problems import Problem, Stop
from tracker.sentences import problem_says, stop_says
from tracker.sentences.commands import AFTER_INIT, ANOTHER_RUN, PROBLEMS_WAIT

if TYPE_CHECKING:
    from tracker.running import Rest, Workplace

CANNOT_RUN = 2
WANTS_A_PERSON = 3


@dataclass(slots=True)
class Asked:
    """What every command shares: the language in which it says why it could not run."""

    language: str


def clock() -> datetime:
    """The time now: the one place that asks for it."""
    return datetime.now(UTC)


def _language() -> str:
    """The language of sentences said before the book tells its own."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ru" if next(filter(None, names), "").casefold().startswith("ru") else "en"


_STORE = click.option(
    "--store", metavar="URL", help=f"The book; else TRACKER_STORE, else {DEFAULT_STORE}."
)
_CLOCK = click.option(
    "--clock-is-right", is_flag=True, help="Go on though the clock is far from the book's lines."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="tracker")
@click.pass_context
def cli(context: click.Context) -> None:
    """An affiliate tracker that lives in a spreadsheet: who brought the order, what is owed."""
    context.obj = Asked(language=_language())


def workplace(environment: Environment, now: Callable[[], datetime] = clock) -> Workplace:
    """Open the store, the inbox and the outbox. Raises Stop when one of them cannot be."""
    from tracker.inbox import Inbox
    from tracker.outbox import Outbox
    from tracker.running import Workplace
    from tracker.stores.opening import open_store

    store = open_store(environment.store, today=lambda: now().date(), state_dir=environment.state)
    secret = environment.key()
    state = store.state_dir
    return Workplace(
        store=store,
        inbox=Inbox(state / "inbox.sqlite3"),
        outbox=Outbox(state / "outbox.sqlite3", now),
        secret=secret,
        clock=now,
        order_log=environment.order_log,
        smtp_url=environment.smtp_url,
        state_dir=state,
    )


@contextmanager
def opened(store: str | None) -> Iterator[Workplace]:
    """Open a workplace for one command, and close it."""
    place = workplace(load(store))
    try:
        yield place
    finally:
        place.close()


@contextmanager
def busy(words: str) -> Iterator[None]:
    """Show on a terminal that work goes on; say nothing in a log."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield


def writing(place: Workplace, work: Callable[[], None]) -> None:
    """Do work that writes; when another run keeps the book for a minute, say so and leave."""
    from tracker.running import WAIT_SECONDS

    with place.store.writing(WAIT_SECONDS) as mine:
        if not mine:
            click.echo(ANOTHER_RUN[_language() == "ru"], err=True)
            return
        work()


def say_problems(problems: Sequence[Problem], language: str) -> None:
    """Name problems on standard error, each with its place."""
    for problem in problems:
        place = " ".join(filter(None, [problem.tab, problem.cell]))
        click.echo(f"{place}: {problem_says(problem, language)}", err=True)


@cli.command()
@_STORE
@click.option("--lang", type=click.Choice(["en", "ru"]), help="Headings and notes of a new book.")
@click.pass_obj
def init(asked: Asked, store: str | None, lang: str | None) -> None:
    """Make the tabs in a new or an existing book, touching nothing that is there."""
    from tracker.stores.opening import open_store

    environment = load(store)
    language = asked.language = lang or "ru"
    book = open_store(environment.store, today=lambda: clock().date(), state_dir=environment.state)
    added = book.lay_out(language)
    secret = make_secret(environment.store)
    for sentence in added:
        click.echo(sentence)
    if secret is not None:
        click.echo(f"{secret}: TRACKER_SECRET")
    click.echo(AFTER_INIT[language == "ru"].format(store=environment.store), err=True)


@cli.command()
@_STORE
@_CLOCK
@click.option("--dry-run", is_flag=True, help="Plan and print; write nothing, move no cursor.")
@click.option("--again", is_flag=True, help="Read every log from its beginning.")
@click.pass_obj
def sync(
    asked: Asked, store: str | None, *, clock_is_right: bool, dry_run: bool, again: bool
) -> None:
    """Read the order log, decide whose each order is, and append what is owed."""
    from tracker import running

    with opened(store) as place:
        if dry_run:
            with busy("sync --dry-run"):
                _print_counts(
                    asked, running.look(place, clock_is_right=clock_is_right, brought=True)
                )
            return

        def work() -> None:
            with busy("sync"):
                rest = running.sync(place, clock_is_right=clock_is_right, again=again)
            _print_counts(asked, rest)

        writing(place, work)


def _print_counts(asked: Asked, rest: Rest) -> None:
    asked.language = rest.known.programme.language
    click.echo(str(rest.plan.counts))
    if rest.problems:
        words = PROBLEMS_WAIT[asked.language == "ru"].format(count=len(set(rest.problems)))
        click.echo(words, err=True)


@cli.command()
@_STORE
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
@_STORE
@click.pass_obj
def check(asked: Asked, store: str | None) -> None:
    """Be the doctor: settings, access, headings, cells, ledgers; 3 when something wants you."""
    from tracker.checking import findings

    with opened(store) as place:
        report = findings(place)
    asked.language = report.language
    for line in report.lines:
        click.echo(line)
    say_problems(report.problems, report.language)
    if report.wants_a_person:
        raise SystemExit(WANTS_A_PERSON)


@cli.command()
@_STORE
@_CLOCK
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
    from tracker.statement_commands import print_fates, print_statements

    with opened(store) as place:
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
                sending = mailing.send(place, month, clock_is_right=clock_is_right)
            print_fates(sending)
            say_problems(sending.problems, asked.language)

        writing(place, work)


@cli.command()
@_STORE
@_CLOCK
@click.option("--propose", is_flag=True, help="Append proposals to the tab Payouts.")
@click.option("--export", "form", metavar="FORMAT", help="Write a file for the bank: csv.")
@click.option("--out", type=click.Path(path_type=Path), help="The file; else payouts.FORMAT.")
@click.pass_obj
def payouts(
    asked: Asked, store: str | None, *, clock_is_right: bool, propose: bool, form: str | None,
    out: Path | None,
) -> None:  # fmt: skip
    """Show who can be paid; propose it in the book, or write a file for the bank."""
    from tracker import paying, running
    from tracker.payout_commands import print_export, print_proposal

    with opened(store) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        if not propose and not form:
            print_proposal(paying.proposal(rest), rest)
            return

        def work() -> None:
            if propose:
                now, found = paying.propose_payouts(place, clock_is_right=clock_is_right)
                print_proposal(found, now)
            if form:
                now = running.at_rest(place, what="payouts", clock_is_right=clock_is_right)
                path = out or Path(f"payouts.{form}")
                print_export(paying.export(place, now, form, path), path)

        writing(place, work)


@cli.command()
@_STORE
@click.option("--format", type=click.Choice(["json"]), default="json", show_default=True,
              expose_value=False, help="The canonical form is JSON.")  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def export(asked: Asked, store: str | None, file: Path) -> None:
    """Write the book in its canonical form to FILE (- for standard output)."""
    from tracker import running
    from tracker.exporting import canonical

    with opened(store) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        text = canonical(rest)
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as refusal:
        raise Stop("file_unwritable", path=file, why=refusal.strerror or "") from None


@cli.command()
@_STORE
@click.option("--accept", is_flag=True, required=True, expose_value=False,
              help="Go on with the book as it is.")  # fmt: skip
def restore(store: str | None) -> None:
    """Go on with a book that was put back from a copy."""
    from tracker import restoring

    with opened(store) as place:

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
    asked = Asked(language=_language())
    try:
        context = cli.make_context("python -m tracker", list(arguments or sys.argv[1:]), obj=asked)
        with context:
            context.obj = asked
            cli.invoke(context)
    except Stop as stop:
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
    return 0
