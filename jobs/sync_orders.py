"""Is there anything new in the order log? For cron, every few minutes."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.cli import run

if __name__ == "__main__":
    sys.exit(run([*["sync"], *sys.argv[1:]]))
