"""Is anything due? For cron, every few minutes: sync, statements, payouts, check."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.cli import run

if __name__ == "__main__":
    sys.exit(run([*["wake"], *sys.argv[1:]]))
