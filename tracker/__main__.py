"""`python -m tracker`: the command line."""

from __future__ import annotations

import sys

from tracker.cli import run

sys.exit(run())
