"""What can a wake come to? One value for each thing that was done, or could not be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.due import Task
from tracker.payouts import Proposal
from tracker.problems import Stop
from tracker.running import Rest

if TYPE_CHECKING:  # most wakes neither mail nor check, and need not pay for the imports
    from tracker.checking import Findings
    from tracker.correspondence import Written
    from tracker.mailing import Sending
    from tracker.month_drafts import Drafts


@dataclass(frozen=True, slots=True)
class Mailed:
    """What became of the letters of each month."""

    sendings: tuple[Sending, ...]
    failed: str = ""
    """The code of what is wrong with more than one address: with the server, or a template."""


@dataclass(frozen=True, slots=True)
class Previewed:
    """What was written to be looked at."""

    made: Drafts
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """Who was proposed, and the book after it."""

    found: Proposal
    rest: Rest


@dataclass(frozen=True, slots=True)
class Newsed:
    """What became of the letters on single events."""

    written: Written
    failed: str = ""
    """As of `Mailed`."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the daily check found."""

    findings: Findings


@dataclass(frozen=True, slots=True)
class Failed:
    """What could not be done, and why."""

    task: Task
    stop: Stop


@dataclass(frozen=True, slots=True)
class Unsent:
    """A letter to the owner that has not left: what to print, and the code of why."""

    says: str
    code: str


Outcome = Rest | Mailed | Previewed | Proposed | Newsed | Checked | Failed | Unsent | str
"""What a wake tells as it goes; a text is what it says of a letter to the owner."""
