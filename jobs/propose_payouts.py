"""Who could be paid on the payout day? For cron, that day and after; twice proposes once."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.cli import run

if __name__ == "__main__":
    sys.exit(run([*["payouts", "--propose", "--as-set"], *sys.argv[1:]]))
