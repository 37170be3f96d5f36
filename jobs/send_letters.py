"""What do partners hear today? For cron, as often as you like; what was told stays told."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.cli import run

if __name__ == "__main__":
    sys.exit(run([*["letters", "--as-set"], *sys.argv[1:]]))
