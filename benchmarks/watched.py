"""What did a process cost? The clock on the wall, CPU, and the most memory it held."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

WATCHING = Path(__file__).parent / "engines" / "watching.py"


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
    command: Sequence[str],
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    errors: int | None = None,
) -> Used:
    """Run a command in a process of its own. Raises SystemExit when it fails.

    `errors` is where its warnings go, as subprocess names it; they are shown unless it says else.
    """
    told = subprocess.run(
        [sys.executable, "-I", str(WATCHING), *command],
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        cwd=cwd,
        env=env,
        check=True,
    )
    found = json.loads(told.stdout)
    code = found.pop("code")
    if code:
        raise SystemExit(f"{' '.join(command)} failed with {code}")
    return Used(**found)


def own_peak_mb() -> float:
    """Tell the most memory that this process held so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    most: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024
