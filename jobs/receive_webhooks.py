"""Who takes what the shops send? A server that runs until it is stopped; for systemd or Docker."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.cli import run

if __name__ == "__main__":
    sys.exit(run([*["serve"], *sys.argv[1:]]))
