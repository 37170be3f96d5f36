"""Is everything in order? For cron, once a day; 3 when something wants a person."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.cli import run

if __name__ == "__main__":
    sys.exit(run([*["check"], *sys.argv[1:]]))
