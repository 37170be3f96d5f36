"""What did a process cost? The clock on the wall, CPU, and the most memory it held."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Used:
    """What one process used (seconds of user and system together, MB), and what it printed."""

    wall_seconds: float
    cpu_seconds: float
    peak_mb: float
    said: str


def run(engine: str, *arguments: str) -> Used:
    """Run an engine in a process of its own. Raises SystemExit when it fails."""
    return used_by([sys.executable, "-m", f"benchmarks.engines.{engine}", *arguments])


def used_by(
    command: Sequence[str], cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Used:
    """Run a command in a process of its own. Raises SystemExit when it fails."""
    began = time.perf_counter()
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, text=True, cwd=cwd, env=env) as child:
        said = child.stdout.read() if child.stdout else ""
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} failed with {child.returncode}")
    cpu = used.ru_utime + used.ru_stime
    return Used(wall, cpu, used.ru_maxrss / 1024, said.strip())


def own_peak_mb() -> float:
    """Tell the most memory that this process held, in MB.

    What `run` gives counts the memory of the process that started it too, as far as it is more:
    the kernel carries that over. Where it does not tell the two apart, both are the same.
    """
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    most: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024
