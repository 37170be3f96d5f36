"""How does a command get at its book, and how does it speak?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import click

from tracker.environment import DEFAULT_STORE, Environment, load
from tracker.idle import Said, said_of
from tracker.problems import PATIENT, Problem, Stop
from tracker.workplace import Workplace

WAIT_SECONDS = 60
CANNOT_RUN = 2

if TYPE_CHECKING:  # hardly any command needs both, and each pays for what it imports
    from tracker.running import Rest


@dataclass(slots=True)
class Asked:
    """What every command shares: the language in which it says why it could not run."""

    language: str


def clock() -> datetime:
    """The time now: the one place that asks for it."""
    return datetime.now(UTC)


def spoken() -> str:
    """The language of sentences said before the book tells its own."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ru" if next(filter(None, names), "").casefold().startswith("ru") else "en"


STORE = click.option(
    "--store", metavar="URL", help=f"The book; else TRACKER_STORE, else {DEFAULT_STORE}."
)
CLOCK = click.option(
    "--clock-is-right", is_flag=True, help="Go on though the clock is far from the book's lines."
)


def workplace(environment: Environment, now: Callable[[], datetime] = clock) -> Workplace:
    """Open the store, the inbox and the outbox. Raises Stop when one of them cannot be."""
    from tracker.diary import Diary
    from tracker.inbox import Inbox
    from tracker.languages import look_in
    from tracker.outbox import Outbox
    from tracker.stores.opening import open_store

    store = open_store(
        environment.store,
        today=lambda: now().date(),
        state_dir=environment.state,
        key_file=environment.google_key,
    )
    secret = environment.key()
    look_in(environment.templates)
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
        log_token=environment.order_log_token,
        private_ok=environment.private_ok,
        diary=Diary(state / "diary.sqlite3"),
        env_files=environment.files,
    )


class Watch(StrEnum):
    """Of which ends of a command is the heartbeat address told?"""

    NONE = "none"
    FAILURES = "failures"
    ALL = "all"


@contextmanager
def opened(store: str | None, watch: Watch = Watch.NONE, what: str = "") -> Iterator[Workplace]:
    """Open a workplace for one command, and close it.

    When that command fails, the diary keeps it under the word `what` until it goes well.
    """
    environment = load(store)
    with _watched(environment, watch):
        place = workplace(environment)
        try:
            yield place
        except (Stop, SystemExit) as end:
            code = end.code if isinstance(end, Stop) else "could_not_run"
            if what:
                with suppress(Stop):  # the first trouble is the one to tell
                    place.diary.failed(what, code, place.clock())
            raise
        else:
            if what:
                place.diary.done(what)
        finally:
            _say_remarks(place)
            place.close()


def _say_remarks(place: Workplace) -> None:
    """Say on standard error what the store wants its owner to know of this run's commits."""
    from tracker.stores import Remarking

    if isinstance(place.store, Remarking) and place.store.remarks:
        from tracker.sentences import doctor_says

        for code, values in place.store.remarks:
            click.echo(doctor_says(code, values, spoken()), err=True)


@contextmanager
def in_its_language(asked: Asked, place: Workplace) -> Iterator[None]:
    """Say a refusal in the book's language, as far as the book can be read."""
    try:
        yield
    except Stop:
        with suppress(Stop):
            from tracker.trying import known_now

            asked.language = known_now(place).programme.language
        raise


@contextmanager
def _watched(environment: Environment, watch: Watch) -> Iterator[None]:
    """Tell the heartbeat address how a command ended.

    One that left the book to another run or to its owner tells nothing: the next one will.
    """
    try:
        yield
    except click.exceptions.Exit:
        raise
    except (Exception, SystemExit) as end:
        patient = isinstance(end, Stop) and end.code in PATIENT
        if watch is not Watch.NONE and not patient:
            beat(environment, good=False)
        raise
    if watch is Watch.ALL:
        beat(environment, good=True)


def beat(environment: Environment, *, good: bool) -> None:
    """Tell the heartbeat address; trouble with it costs a sentence, never the run."""
    if not environment.heartbeat_url:
        return
    from tracker.heartbeat import ping

    trouble = ping(environment.heartbeat_url, good=good, private_ok=environment.private_ok)
    if trouble:
        from tracker.sentences import stop_says

        click.echo(stop_says(Stop(trouble), spoken()), err=True)


@contextmanager
def busy(words: str) -> Iterator[None]:
    """Show on a terminal that work goes on; say nothing in a log."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(words):
        yield


def writing(place: Workplace, work: Callable[[], None], wait_seconds: float = WAIT_SECONDS) -> None:
    """Do work that writes; when another run keeps the book for so long, say so and leave with 0."""
    with place.store.writing(wait_seconds) as mine:
        if not mine:
            from tracker.sentences.commands import ANOTHER_RUN

            click.echo(ANOTHER_RUN[spoken() == "ru"], err=True)
            raise click.exceptions.Exit(0)
        work()


def say_counts(asked: Asked, said: Said) -> None:
    """Print what a sync counted, and say how many problems wait."""
    asked.language = said.language
    click.echo(said.counts)
    _say_waiting(said)


def say_waiting(rest: Rest) -> None:
    """Say on standard error how many problems and decisions wait, if any do."""
    _say_waiting(said_of(rest))


def _say_waiting(said: Said) -> None:
    if not (said.problems or said.questions):
        return
    from tracker.sentences.commands import PROBLEM_WAITS, PROBLEMS_WAIT, REVIEW_WAITS

    russian = said.language == "ru"
    words = PROBLEM_WAITS if said.problems == 1 else PROBLEMS_WAIT
    if said.problems:
        click.echo(words[russian].format(count=said.problems), err=True)
    if said.questions:
        click.echo(REVIEW_WAITS[russian].format(count=said.questions), err=True)


def say_problems(problems: Sequence[Problem], language: str) -> None:
    """Name problems on standard error, each with its place."""
    from tracker.sentences import problem_says

    for problem in problems:
        click.echo(f"{place_of(problem, language)}: {problem_says(problem, language)}", err=True)


def place_of(problem: Problem, language: str) -> str:
    """Name the tab, by its title in the language, and the cell."""
    from tracker.layout import find_tab, title_of

    tab = find_tab(problem.tab)
    title = problem.tab if tab is None else title_of(tab, language)
    return " ".join(filter(None, [title, problem.cell]))
