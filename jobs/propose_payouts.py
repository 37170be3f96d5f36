"""Who can be paid? For cron, on the payout day; proposing twice proposes once."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.cli import run

if __name__ == "__main__":
    sys.exit(run([*["payouts", "--propose"], *sys.argv[1:]]))
