"""Does a test turn red when a fault is put into the program? Tried in copies of the tree."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.sabotage.faults import ROOT, Fault

LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "demo", "mutants")
SECONDS_MAX = 600
GREEN, RED = 0, 1
"""What pytest ends with when all passed, and when a test failed; all else is no answer."""


@dataclass(frozen=True, slots=True)
class Tried:
    """How the tests of one fault ended: `said` is the line of the test that turned red."""

    fault: Fault
    red: bool
    said: str


@contextmanager
def copied(into: Path) -> Iterator[Path]:
    """Copy the tree, for one process at a time to spoil; it is gone afterwards."""
    tree = into / "tree"
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    try:
        yield tree
    finally:
        shutil.rmtree(tree)


@contextmanager
def spoilt(tree: Path, fault: Fault) -> Iterator[None]:
    """Put the fault into the copy, and take it out again."""
    path = tree / fault.file
    source = path.read_text("utf-8")
    _write(path, fault.put_into(source))
    try:
        yield
    finally:
        _write(path, source)


def tried(tree: Path, fault: Fault) -> Tried:
    """Run the tests of a fault with the fault in place. They count as red when one failed.

    A test that could not even begin is no proof: the program may not start any more.
    """
    with spoilt(tree, fault):
        code, said = run(tree, fault.tests)
    return Tried(fault, code == RED and said.startswith("FAILED "), said)


def run(tree: Path, tests: Iterable[str]) -> tuple[int, str]:
    """Run tests in a copy; pytest's exit code (-1 when it took too long) and what failed first."""
    usual = ["-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *usual, *tests]
    # In a zone of no shop's: what wrongly asks the machine for its zone must not be right by luck.
    own = {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati"}
    try:
        done = subprocess.run(
            command, cwd=tree, env=os.environ | own, capture_output=True, text=True,
            timeout=SECONDS_MAX, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return -1, f"took more than {SECONDS_MAX} s"
    lines = (done.stdout + done.stderr).splitlines()
    failed = (line for line in lines if line.startswith(("FAILED ", "ERROR ")))
    return done.returncode, next(failed, lines[-1] if lines else "")


def _write(path: Path, source: str) -> None:
    """Write a file, and drop what Python compiled of it: it compares times by the second only."""
    path.write_text(source, "utf-8")
    if path.suffix == ".py":
        Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)
