"""What do the pages say? README in both languages, its blocks, and a shell to type them into."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from tests.cli_book import run_at

ROOT = Path(__file__).parent.parent
_PROGRAM = "python -m tracker "
BLOCK = re.compile(r"(?:<!-- (\w+) -->\n)?```(\w*)\n(.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """One README: its language, and what its sections are called."""

    name: str
    language: str
    sections: Mapping[str, str]
    required: str

    @property
    def text(self) -> str:
        return (ROOT / self.name).read_text("utf-8")

    def section(self, which: str) -> str:
        """The text below a heading, to the next one of the same rank."""
        return self.text.split(f"\n## {self.sections[which]}\n")[1].split("\n## ")[0]

    def blocks(self, mark: str, kind: str = "sh") -> list[str]:
        return [text for one, two, text in BLOCK.findall(self.text) if (one, two) == (mark, kind)]


ENGLISH = Page(
    "README.md", "en", required="**required**",
    sections={
        "book": "Your own book in five steps", "google": "Your own Google Sheet",
        "orders": "Where orders come from", "settings": "Settings", "commands": "Commands",
    },
)  # fmt: skip
RUSSIAN = Page(
    "README.ru.md", "ru", required="**обязательно**",
    sections={
        "book": "Своя книга за пять шагов", "google": "Своя таблица Google",
        "orders": "Откуда берутся заказы", "settings": "Настройки", "commands": "Команды",
    },
)  # fmt: skip
BOTH = pytest.mark.parametrize("page", [ENGLISH, RUSSIAN], ids=lambda page: page.language)
POSIX = pytest.mark.skipif(os.name == "nt", reason="README's lines are for a POSIX shell")


def commands(group: click.Group) -> dict[str, click.Command]:
    """All commands of a group, also those that are imported when they are asked for."""
    context = click.Context(group)
    found = {name: group.get_command(context, name) for name in group.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def options(command: click.Command) -> set[str]:
    """The options of a command, and of every command in a group."""
    own = {name for one in command.params for name in one.opts if name.startswith("--")}
    inner = command.commands.values() if isinstance(command, click.Group) else ()
    return own.union(*map(options, inner))


def make_python(folder: Path, line: str) -> dict[str, str]:
    """An environment in which `python` is this one and finds the program; `line` starts it."""
    (folder / "bin").mkdir()
    python = folder / "bin" / "python"
    python.write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    python.chmod(0o755)
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    home = {
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "TZ": "MSK-3",
    }
    return {name: x for name, x in os.environ.items() if not name.startswith("TRACKER_")} | home


def this_python(folder: Path) -> dict[str, str]:
    """An environment in which `python` is the one that runs the tests."""
    return make_python(folder, f'exec "{sys.executable}" "$@"')


def typed(block: str, folder: Path, shell: dict[str, str]) -> str:
    """Type one block of lines into a shell, and give what it prints."""
    ended = subprocess.run(
        ["/bin/sh", "-e", "-c", block], cwd=folder, env=shell, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, f"{block}\n{ended.stdout}{ended.stderr}"
    return ended.stdout


def typed_here(block: str, folder: Path, shell: dict[str, str]) -> str:
    """Do the same, but run the program's own lines in this process, which is several times faster.

    The shell still says what it makes of a line.
    """
    if not block.startswith(_PROGRAM):
        return typed(block, folder, shell)
    said = ""
    for line in block.splitlines():
        assert line.startswith(_PROGRAM), line
        asked = line.replace(_PROGRAM, "printf '%s\\n' ", 1)
        ended = run_at(folder, datetime.now(UTC), *typed(asked, folder, shell).splitlines())
        assert ended.code == 0, f"{line}\n{ended}"
        said += ended.out
    return said
