"""What do many tests need? Programs and folders that may be missing, and a quiet environment."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:  # few tests send letters, and every worker reads this file
    from tests.test_smtp import Running

ROOT = Path(__file__).parent.parent
IN_MEMORY = Path("/dev/shm")
IN_MEMORY_BYTES_MIN = 2 * 1024**3  # a run of all tests leaves less than half of it
IN_CI = os.environ.get("CI", "").casefold() in {"1", "true", "yes"}

# A slow machine is not a wrong answer; in CI the same examples are tried every time.
settings.register_profile("suite", deadline=None, derandomize=IN_CI)
settings.load_profile("suite")


def pytest_configure() -> None:
    """Keep the settings of whoever runs the tests (secrets, a real store) out of them.

    Hundreds of processes are started, and each would compile the program anew if byte code were
    not kept; that costs more than all else such a process does.
    """
    for name in [name for name in os.environ if name.startswith("TRACKER_")]:
        del os.environ[name]
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    _keep_files_in_memory()


def _keep_files_in_memory() -> None:
    """Let no test wait for a disk: thousands of times a file is made sure of (fsync).

    What a process wrote before it was killed outlives it there just the same. Whoever sets TMPDIR
    has chosen another place.
    """
    if "TMPDIR" in os.environ or not IN_MEMORY.is_dir() or not os.access(IN_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(IN_MEMORY).free >= IN_MEMORY_BYTES_MIN:
        os.environ["TMPDIR"] = str(IN_MEMORY)
        tempfile.tempdir = None  # it may have been asked for already


def pytest_collection_finish() -> None:
    """Let no collection of garbage look through the eleven thousand tests again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def soffice() -> Path:
    """LibreOffice's program; without it the test is skipped, or fails in CI, which installs it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return Path(found)
    why = "LibreOffice is not installed (Debian: apt install libreoffice-calc)"
    if IN_CI:
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def shared_webhooks() -> Path:
    """Published payloads of other people's shops, read where they lie beside the checkout."""
    folder = ROOT.parent / "shared" / "webhooks"
    if not folder.is_dir():
        pytest.skip(f"no published payloads at {folder}")
    return folder


@pytest.fixture(scope="module")
def mail_running() -> Iterator[Running]:
    """A mail server on loopback, for all tests of a module."""
    from tests.test_smtp import mail_server

    with mail_server() as running:
        yield running


@pytest.fixture
def server(mail_running: Running) -> Running:
    """The module's mail server with an empty mailbox."""
    mail_running.mailbox.letters.clear()
    return mail_running
