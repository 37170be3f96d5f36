"""How does one see it all at once? Two months of a small shop, played through the real program."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from tracker.demo.acts import ACTS, Act, opened
from tracker.demo.dialects import deliveries
from tracker.demo.stage import cleared, write_env
from tracker.demo.telling import sent_by_kind, told
from tracker.progress import steps
from tracker.running import look


def play(out: Path, language: str) -> None:
    """Make the demo in the folder `out`, anew if there is one, and say where to look.

    `language` is `en` or `ru`. Raises Stop when an older demo's book is open, or when the folder
    holds a book that no demo made.
    """
    folder = cleared(out)
    scene = opened(folder, language, write_env(folder), deliveries(language))
    try:
        for act in steps(ACTS, lambda act: _said(act, language)):
            scene.now = act.at
            act.play(scene)
        rest, letters = look(scene.place), sent_by_kind(scene.place.outbox)
    finally:
        scene.place.close()
    for line in told(folder, rest, letters, language, datetime.now(UTC)):
        click.echo(line)


def _said(act: Act, language: str) -> str:
    return f"{act.at:%Y-%m-%d %H:%M} {act.says[language == 'ru']}"
