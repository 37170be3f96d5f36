"""How far is it? A bar on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import click

Step = TypeVar("Step")


def steps(items: Sequence[Step], says: Callable[[Step], str]) -> Iterator[Step]:
    """Give the items one by one, and show on standard error which one is being worked on."""
    if not sys.stderr.isatty():
        for number, item in enumerate(items, 1):
            click.echo(f"{number}/{len(items)} {says(item)}", err=True)
            yield item
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(items))
        for item in items:
            progress.update(task, description=says(item))
            yield item
            progress.advance(task)
