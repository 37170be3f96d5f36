"""What can be typed to move to another store? One command, and what to do after it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.desk import WAIT_SECONDS, Asked, busy, clock, opened
from tracker.environment import Environment, env_file, load
from tracker.problems import Stop
from tracker.sentences.copying import AFTER_COPY

if TYPE_CHECKING:
    from tracker.stores import Store

NOT_EQUAL = 3


@click.command()
@click.option(
    "--from", "source", metavar="URL", required=True, help="The book; nothing in it changes."
)
@click.option(
    "--to", "target", metavar="URL", required=True, help="An empty book, or one to be made."
)
@click.pass_obj
def copy(asked: Asked, source: str, target: str) -> None:
    """Copy a book into another store, and compare the two; 3 when they are not equal."""
    from tracker.copying import copied
    from tracker.stores.opening import open_store

    here, there = load(source), load(target)
    if _place(here.store) == _place(there.store):
        raise Stop("copy_same", store=target)
    if there.secret not in {"", here.secret}:
        # Another secret would make every known customer a stranger.
        raise Stop("copy_secret", path=env_file(target).resolve())
    with opened(source) as place:
        store = open_store(
            there.store,
            today=lambda: clock().date(),
            state_dir=there.state,
            key_file=there.google_key,
        )
        with _held((source, place.store), (target, store)), busy("copy"):
            report = copied(place, store)
    asked.language = report.language
    for line in report.lines:
        click.echo(line)
    if not report.equal:
        raise SystemExit(NOT_EQUAL)
    click.echo(_next_steps(here, there, store.state_dir, report.language), err=True)


@contextmanager
def _held(*stores: tuple[str, Store]) -> Iterator[None]:
    """Hold the right to write both books, so that no other run changes one meanwhile."""
    with ExitStack() as stack:
        for url, store in stores:
            if not stack.enter_context(store.writing(WAIT_SECONDS)):
                raise Stop("copy_busy", store=url)
        yield


def _place(url: str) -> tuple[str, str]:
    """Bring two spellings of one book's address to one."""
    from tracker.stores.google_sheets.address import spreadsheet_id

    kind, _, place = url.partition(":")
    kind, place = kind.strip().casefold(), place.strip()
    if kind == "gsheets":
        return kind, spreadsheet_id(place)
    return kind, str(Path(place).expanduser().resolve())


def _next_steps(here: Environment, there: Environment, state: Path, language: str) -> str:
    old, new = env_file(here.store).resolve(), env_file(there.store).resolve()
    codes = ("one_env" if old == new else "two_envs", "then")
    said = "".join(AFTER_COPY[code][language == "ru"] for code in codes)
    return said.format(source=here.store, target=there.store, old=old, new=new, state=state)
