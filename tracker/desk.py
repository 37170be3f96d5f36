"""How does a command get at its book, and how does it speak?"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from tracker.environment import DEFAULT_STORE, Environment, load
from tracker.problems import Problem
from tracker.sentences import problem_says
from tracker.sentences.commands import ANOTHER_RUN

WAIT_SECONDS = 60
CANNOT_RUN = 2

if TYPE_CHECKING:
    from tracker.running import Workplace


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
    from tracker.outbox import Outbox
    from tracker.running import Workplace
    from tracker.stores.opening import open_store

    store = open_store(
        environment.store,
        today=lambda: now().date(),
        state_dir=environment.state,
        key_file=environment.google_key,
    )
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
        log_token=environment.order_log_token,
        private_ok=environment.private_ok,
        diary=Diary(state / "diary.sqlite3"),
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


def writing(place: Workplace, work: Callable[[], None], wait_seconds: float = WAIT_SECONDS) -> None:
    """Do work that writes; when another run keeps the book for so long, say so and leave."""
    with place.store.writing(wait_seconds) as mine:
        if not mine:
            click.echo(ANOTHER_RUN[spoken() == "ru"], err=True)
            return
        work()


def say_problems(problems: Sequence[Problem], language: str) -> None:
    """Name problems on standard error, each with its place."""
    for problem in problems:
        place = " ".join(filter(None, [problem.tab, problem.cell]))
        click.echo(f"{place}: {problem_says(problem, language)}", err=True)
