"""Fuzz every parser, or one: `python -m tests.fuzz [--inputs N] [--target NAME]`.

A failing input is added to kept.jsonl, which the suite reads for ever; the run goes on with the
next target and ends with 1.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import gettempdir

from tests.fuzz.running import have_atheris
from tests.fuzz.seeds import KEPT
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parent.parent.parent
SLOW_SHARE = 20
"""Of a target that reads a whole book, so many times fewer inputs are tried."""


_WITHOUT = (
    "atheris is not here (it needs Linux or macOS and CPython): Hypothesis draws the inputs, "
    "without looking at what they reach."
)


def fuzz(name: str, inputs: int, corpus: Path) -> bool:
    """Fuzz one target in a process of its own; False when an input failed, which is then kept."""
    began = time.monotonic()
    said = json.dumps([name, inputs, str(corpus / name)])
    command = [sys.executable, "-m", "tests.fuzz.running", said]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = run.stdout.splitlines()
    kept = [line.removeprefix("KEEP ") for line in lines if line.startswith("KEEP ")]
    with KEPT.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in kept[-1:])
    verdict = "ok" if run.returncode == 0 else "FAILED"
    print(f"{name:<18} {inputs:>9} {time.monotonic() - began:>7.0f} s  {verdict}", flush=True)  # noqa: T201
    for line in lines:
        if line.startswith("FAILED "):
            print(f"    {line}", flush=True)  # noqa: T201
    if run.returncode and not kept:
        print("\n".join(run.stderr.splitlines()[-12:]), flush=True)  # noqa: T201
    return run.returncode == 0


def main() -> int:
    """Fuzz what was asked for."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--inputs", type=int, default=1_000_000, help="for each target")
    asked.add_argument("--target", choices=sorted(TARGETS), help="only this one")
    asked.add_argument(
        "--corpus",
        type=Path,
        default=Path(gettempdir()) / "affiliate-tracker-fuzz",
        help="where inputs that reached something new are kept for the next run",
    )
    said = asked.parse_args()
    if not have_atheris():
        print(_WITHOUT, flush=True)  # noqa: T201
    names = [said.target] if said.target else list(TARGETS)
    good = [fuzz(one, _count(one, said.inputs), said.corpus) for one in names]
    return 0 if all(good) else 1


def _count(name: str, inputs: int) -> int:
    return max(1, inputs // SLOW_SHARE) if TARGETS[name].slow else inputs


if __name__ == "__main__":
    sys.exit(main())
