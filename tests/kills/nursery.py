"""How are many processes run and killed cheaply? By one that has imported everything and forks.

`python -m tests.kills.nursery` reads a line of JSON for each child: where it works, what it runs,
at what time, and before which effect it dies. It answers with the child's id and, when the child
is gone, with its exit code and all that it did. Every child is a process of its own.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import pkgutil
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.cli_book import ROOT, started

KILLED = -signal.SIGKILL
_MODULES = ("openpyxl.reader.excel", "openpyxl.writer.excel", "python_calamine", "sqlite3",
            "gspread", "google.auth", "google.oauth2.service_account", "requests",
            "tests.google.redirecting", "time_machine")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ended:
    """A child that is gone: its exit code, below zero when killed, and what it said and did.

    `effects` are all it did to the world, in their order; it died before the last one of them
    when it was to die at one.
    """

    code: int
    out: str
    err: str
    effects: list[str]

    @property
    def killed(self) -> bool:
        """Whether SIGKILL really ended it."""
        return self.code == KILLED


class Nursery:
    """The test's end of it."""

    def __init__(self, parent: subprocess.Popen[str]) -> None:
        self._parent = parent

    def run(
        self,
        folder: Path,
        *argv: str,
        now: datetime | None = None,
        die_at: int | None = None,
        kill_after: float | None = None,
        google: str = "",
        bytes_max: int | None = None,
    ) -> Ended:
        """Run one command of the program in that folder until it ends or dies.

        Args:
            folder: where it works.
            argv: the command.
            now: what its clock shows when it begins; None leaves it the real one.
            die_at: before which of its effects it dies, counted from 1.
            kill_after: after how many seconds it is killed from outside.
            google: the address that stands for Google.
            bytes_max: how large a file may become, as on a disk that is full; effects are then
                not counted.

        """
        asked = {
            "folder": str(folder), "argv": argv, "now": now.isoformat() if now else "",
            "die_at": die_at, "google": google, "bytes_max": bytes_max,
        }  # fmt: skip
        child = int(self._ask(json.dumps(asked)))
        assert self._parent.stdout is not None
        if (
            kill_after is not None
            and not select.select([self._parent.stdout], [], [], kill_after)[0]
        ):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        return Ended(**json.loads(self._parent.stdout.readline()))

    def _ask(self, line: str) -> str:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(f"{line}\n")
        self._parent.stdin.flush()
        return self._parent.stdout.readline()


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Start one; it ends with the block."""
    with started(ROOT, [sys.executable, "-m", "tests.kills.nursery"], {}) as parent:
        yield Nursery(parent)
        _, err = parent.communicate(timeout=60)
    assert (parent.returncode, err) == (0, "")


# The other end.


def main() -> None:
    """Answer every line until there are no more."""
    _import_everything()
    for line in sys.stdin:
        asked = json.loads(line)
        with tempfile.TemporaryDirectory() as kept:
            files = {name: Path(kept, name) for name in ("out", "err", "effects")}
            handles = [os.open(path, os.O_WRONLY | os.O_CREAT) for path in files.values()]
            child = os.fork()
            if not child:
                _live(asked, *handles)
            _answer(str(child))
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            for handle in handles:
                os.close(handle)
            said = {name: path.read_text("utf-8") for name, path in files.items()}
        effects = said.pop("effects").splitlines()
        _answer(json.dumps({"code": code, "effects": effects, **said}))


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _import_everything() -> None:
    """Import what any command may; a module that cannot be is for the child to complain of."""
    import tracker

    ours = (found.name for found in pkgutil.walk_packages(tracker.__path__, "tracker."))
    for name in (*_MODULES, *(one for one in ours if not one.endswith("__main__"))):
        with suppress(ImportError):
            importlib.import_module(name)
    _compile_letters()


def _compile_letters() -> None:
    """Compile the English templates, of which each child that mails would need half a second."""
    from tracker.templating import templates

    made = templates()
    for name in made.list_templates(["html", "txt"]):
        if not name.startswith("ru/"):
            made.get_template(name)


def _live(asked: dict[str, Any], out: int, err: int, effects: int) -> None:
    """Be the child: run the command, and do not come back."""
    for handle, number in ((out, 1), (err, 2)):
        os.dup2(handle, number)
    # Not the parent's: what stands in their buffers would be written by both.
    sys.stdin, sys.stdout, sys.stderr = (
        io.TextIOWrapper(open(number, mode, closefd=False), encoding="utf-8")  # noqa: SIM115
        for number, mode in ((os.open(os.devnull, os.O_RDONLY), "rb"), (1, "wb"), (2, "wb"))
    )
    code = 1
    try:
        code = _run(asked, effects)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _run(asked: dict[str, Any], effects: int) -> int:
    import resource
    from contextlib import ExitStack

    import time_machine

    from tests.google.redirecting import redirected
    from tests.kills.dying import count_effects
    from tracker.cli import run

    os.chdir(asked["folder"])
    with ExitStack() as around:
        if asked["google"]:
            around.enter_context(redirected(asked["google"]))
        if asked["now"]:
            around.enter_context(time_machine.travel(datetime.fromisoformat(asked["now"])))
        if asked["bytes_max"] is None:
            count_effects(Path(asked["folder"]), effects, asked["die_at"])
        else:
            resource.setrlimit(resource.RLIMIT_FSIZE, (asked["bytes_max"],) * 2)
        return run(asked["argv"])


if __name__ == "__main__":
    main()
