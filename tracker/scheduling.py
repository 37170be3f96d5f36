"""Who wakes the program where there is no cron? A scheduler that does nothing but wake it.

Each wake is a process of its own: memory stays flat, and a crash costs one wake. What is due is
read from the book, so a wake that comes late, or is left out, loses nothing.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from apscheduler.schedulers.blocking import BlockingScheduler

from tracker.problems import Stop
from tracker.sentences.clock import (
    SCHEDULE_ENDS,
    SCHEDULED,
    WAKE_ENDED,
    WAKE_HANGS,
    WAKE_NOT_STARTED,
)

MINUTES = 5
MINUTES_MAX = 60
WAKE_SECONDS_MAX = 60 * 60
"""A wake that takes longer hangs: its lock would keep every later one out."""
LOOK_SECONDS = 30
"""How often to look whether the clock was set back."""

START_SECONDS = 0.05

_ROOT = Path(__file__).resolve().parent.parent
_JOB = "wake"


def minutes_of(text: str) -> int:
    """Read how often to wake; empty is every 5 minutes. Raises Stop `sync_minutes`."""
    if not text.strip():
        return MINUTES
    shown = text.strip()
    if not (shown.isascii() and shown.isdigit() and len(shown) < 3):
        raise Stop("sync_minutes", shown=shown[:20], limit=MINUTES_MAX)
    if not 1 <= int(shown) <= MINUTES_MAX:
        raise Stop("sync_minutes", shown=shown[:20], limit=MINUTES_MAX)
    return int(shown)


def run(arguments: Sequence[str], minutes: int, language: str) -> None:
    """Wake at once and then every so many minutes, until SIGTERM or SIGINT.

    The signal lets a wake that is under way end. `arguments` are those of the program.
    """
    # What it would say of a wake that is still running when the next is due, we know.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    scheduler = make_scheduler(arguments, minutes, language)
    stopped = threading.Event()

    def stop(_signal: int, _frame: object) -> None:
        # Waiting inside a signal's handler could wait for a lock that this very thread holds.
        if not stopped.is_set():
            stopped.set()
            threading.Thread(target=_shut_down, args=(scheduler,)).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    watcher = threading.Thread(target=_watch_clock, args=(scheduler, minutes, stopped), daemon=True)
    watcher.start()
    ru = language == "ru"
    click.echo(SCHEDULED[ru].format(minutes=minutes), err=True)
    scheduler.start()
    watcher.join()
    click.echo(SCHEDULE_ENDS[ru], err=True)


def _shut_down(scheduler: Any) -> None:  # noqa: ANN401
    """Wait for the wake under way, and end; also when it was told so before it had begun."""
    while not scheduler.running:
        time.sleep(START_SECONDS)
    scheduler.shutdown()


def make_scheduler(arguments: Sequence[str], minutes: int, language: str) -> Any:  # noqa: ANN401 - APScheduler has no types
    """Make a scheduler with the one job of waking the program in a process of its own.

    Its own defaults drop a job that is a second late; here a wake may be as late as it likes,
    several missed ones are one, and none begins while another runs.
    """
    scheduler = BlockingScheduler(timezone=UTC)
    command = [sys.executable, "-m", "tracker", *arguments]
    scheduler.add_job(
        lambda: wake_once(command, language),
        "interval",
        minutes=minutes,
        id=_JOB,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    return scheduler


def wake_once(command: Sequence[str], language: str, limit: float = WAKE_SECONDS_MAX) -> int:
    """Run one wake to its end, and say when it crashed or had to be ended; its exit code."""
    ru = language == "ru"
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH", "")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    try:
        # In a session of its own, so that Ctrl-C reaches the scheduler and not the wake.
        child = subprocess.Popen(  # noqa: S603 - this very program
            list(command), env=environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as refusal:
        click.echo(WAKE_NOT_STARTED[ru].format(why=refusal.strerror), err=True)
        return 1
    try:
        code = child.wait(limit)
    except subprocess.TimeoutExpired:
        _end(child)
        click.echo(WAKE_HANGS[ru].format(minutes=int(limit) // 60), err=True)
        return child.wait()
    if code not in {0, 2}:  # of 2 the wake itself has said why
        click.echo(WAKE_ENDED[ru].format(code=code), err=True)
    return code


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a process and whatever it started."""
    with contextlib.suppress(ProcessLookupError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)


def _watch_clock(scheduler: Any, minutes: int, stopped: threading.Event) -> None:  # noqa: ANN401
    while not stopped.wait(LOOK_SECONDS):
        put_right(scheduler, minutes, datetime.now(UTC))


def put_right(scheduler: Any, minutes: int, now: datetime) -> None:  # noqa: ANN401
    """Wake now if the next wake is further off than it can be: the clock was set back.

    The scheduler plans by the clock on the wall; a clock that was a year ahead when it began
    would let it sleep for a year.
    """
    job = scheduler.get_job(_JOB)
    if job is not None and job.next_run_time - now > timedelta(minutes=2 * minutes):
        scheduler.modify_job(_JOB, next_run_time=now)
