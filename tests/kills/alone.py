"""How does one process that cannot be forked die at its n-th effect? Started by this.

`python -m tests.kills.alone N COMMAND …` runs a command of the program in the current folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.kills.dying import count_effects
from tracker.cli import run

if __name__ == "__main__":
    told = os.open("effects.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    count_effects(Path.cwd(), told, int(sys.argv[1]))
    sys.exit(run(sys.argv[2:]))
