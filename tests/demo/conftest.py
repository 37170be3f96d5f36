"""What do all tests of the demo stand on? One run of it, and copies of what it made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from filelock import FileLock

from tests.demo.playing import play

NEXT_DAY = datetime(2026, 11, 16, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `demo` in it and what the run printed; made once for all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo made once"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "lock"):
        if not (folder / "rc").exists():
            ended = play(folder)
            (folder / "out").write_text(ended.stdout, "utf-8")
            (folder / "err").write_text(ended.stderr, "utf-8")
            (folder / "rc").write_text(str(ended.returncode), "utf-8")
    return folder


@pytest.fixture
def copied(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the demo to work on, the day after its last."""
    shutil.copytree(made / "demo", tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    with time_machine.travel(NEXT_DAY, tick=False):
        yield tmp_path / "demo"
