"""Does long work show how far it is, and in a log without a bar?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.progress import steps

ROOT = Path(__file__).parent.parent


def test_a_log_gets_one_plain_line_for_each_step(capsys: pytest.CaptureFixture[str]) -> None:
    done = list(steps(["tea", "cups"], str.upper))

    assert done == ["tea", "cups"]
    assert capsys.readouterr().err == "1/2 TEA\n2/2 CUPS\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal")
def test_a_terminal_gets_a_bar_that_goes_away() -> None:
    import pty

    code = "from tracker.progress import steps; print(list(steps(['tea', 'cups'], str.upper)))"
    ours, theirs = pty.openpty()
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stderr=theirs, stdout=subprocess.PIPE, check=True
    )
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)

    assert ended.stdout == f"['tea', 'cups']{os.linesep}".encode()
    assert "CUPS" in shown
    assert "\x1b[" in shown
