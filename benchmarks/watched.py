"""What did a process cost? The clock on the wall, CPU, and the most memory it held."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Used:
    """What one process used (seconds of user and system together, MB), and what it printed."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    said: str


def run(engine: str, *arguments: str) -> Used:
    """Run an engine in a process of its own. Raises SystemExit when it fails."""
    command = [sys.executable, "-m", f"benchmarks.engines.{engine}", *arguments]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        said = child.stdout.read() if child.stdout else ""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if child.returncode:
        raise SystemExit(f"{engine} failed with {child.returncode}")
    cpu = used.ru_utime + used.ru_stime
    return Used(wall, cpu, used.ru_maxrss / 1024, said.strip())
