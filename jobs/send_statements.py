"""Are last month's statements due? For cron, on the 1st and after; what is sent stays sent."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.cli import run

if __name__ == "__main__":
    sys.exit(run([*["statements", "--as-set"], *sys.argv[1:]]))
