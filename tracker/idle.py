"""Is there anything to do at all? What the last run found holds while all that it saw is the same.

A sync is worked out from what it is given, and from nothing else. So once one has ended at rest,
the next one with the same inputs would end at rest too, saying the same: it need not be worked out
anew. `inputs` lists them all; what cannot be compared ends in no short cut, never in a wrong one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.diary import Diary

if TYPE_CHECKING:  # an idle sync plans nothing, so it does not pay for what plans
    from tracker.running import Rest
    from tracker.workplace import Workplace

FOLDER, NAME = "cache", "at_rest.json"
HERE = Path(__file__).parent
ZONES = Path("/usr/share/zoneinfo")


@dataclass(frozen=True, slots=True)
class Said:
    """What a sync tells: the language of the book, the counts, and how much waits for a person."""

    language: str
    counts: str
    problems: int
    questions: int


@dataclass(frozen=True, slots=True)
class _Memo:
    """What the last run found: for which inputs, and for which times of the clock."""

    inputs: str
    since: datetime
    until: datetime
    said: Said
    notes: Mapping[str, str]


def sync(place: Workplace, *, clock_is_right: bool = False, again: bool = False) -> Said:
    """Bring the book up to date, in no time when it is. Call it while holding `store.writing`.

    `again` reads every log from its beginning, and believes nothing of what was found before.
    Raises Stop as `running.sync`.
    """
    place.bring()
    before = "" if again or place.store.unsettled else digest(place, clock_is_right=clock_is_right)
    memo = _recalled(place) if before else None
    now = place.clock().replace(microsecond=0)
    if memo is not None and memo.inputs == before and memo.since <= now < memo.until:
        place.diary.synced(now, memo.notes)
        return memo.said
    from tracker import running

    rest = running.settle(
        place, what="sync", clock_is_right=clock_is_right, again=again, watching=bool(before)
    )
    said = said_of(rest)
    span = rest.holds
    # A letter that has no good end is asked about in more ways than its fingerprint tells.
    open_ends = bool(place.outbox.open_ends())
    if before and not (rest.committed or span is None or span.lost or open_ends):
        # Asked anew, but for the book: what arrived or was noted meanwhile was perhaps not seen.
        after = digest(place, clock_is_right=clock_is_right, book=before.partition(" ")[0])
        if after == before:
            _keep(place, _Memo(before, span.since, span.until, said, rest.notes))
    return said


def said_of(rest: Rest) -> Said:
    """What a sync tells of what it found."""
    from tracker.reviewing import review

    questions = len(review(rest.plan.books.orders))
    language, problems = rest.known.programme.language, len(set(rest.problems))
    return Said(language, str(rest.plan.counts), problems, questions)


def digest(place: Workplace, *, clock_is_right: bool, book: str = "") -> str:
    """Give a digest of the book, or the one given, and behind a space that of all other inputs.

    Empty where the store can give none of the book. Raises Stop as `store.read`.
    """
    seen = book or place.store.glance()
    if not seen:
        return ""
    rest = sha256()
    for name, value in inputs(place, clock_is_right=clock_is_right):
        rest.update(f"{name}={value!r}\n".encode("utf-8", "surrogatepass"))
    return f"{seen} {rest.hexdigest()}"


def inputs(place: Workplace, *, clock_is_right: bool) -> Iterator[tuple[str, object]]:
    """Name all that a plan is made of beside the book, each with its value.

    - Of the workplace every part, whether a plan is known to look at it or not: a part that this
      function cannot compare is an error. Of the inbox and the outbox the rows that a plan can
      see (`StateFile.seen`); of settings and secrets the value.
    - `clock` is left out: a Moment tells for which times the answer holds. `diary` is written for
      `status` and never read by a plan.
    - The languages that have a folder of letters: Partners may name them.
    - The program itself: every file of it, the libraries, the language it is written in, and the
      rules of the time zones. A later version may see the same book otherwise.
    - `clock_is_right` goes on where a plan would stop.

    Logs outside the book are read before this is asked: what they brought stands in the inbox.
    """
    for one in fields(place):
        value: Any = getattr(place, one.name)
        if one.name in {"store", "clock"} or isinstance(value, Diary):
            continue
        yield one.name, _compared(value)
    from tracker.languages import available

    yield "languages", available()
    yield "program", program()
    yield "clock_is_right", clock_is_right


def _compared(value: Any) -> object:  # noqa: ANN401 - whatever a workplace has
    from tracker.statefile import StateFile

    if isinstance(value, StateFile):
        return value.fingerprint()
    if isinstance(value, str | bytes | bool | Path | tuple):
        return value
    raise TypeError(f"a {type(value).__name__} is no input of a plan")


def program(here: Path = HERE) -> tuple[object, ...]:
    """By what another version of the program is known: names, sizes and times of its files."""
    import os
    import sys

    import click

    files: list[tuple[str, int, int]] = []
    folders = [str(here)]
    while folders:
        with os.scandir(folders.pop()) as found:
            for one in found:
                if one.is_dir(follow_symlinks=False):
                    folders += [] if one.name == "__pycache__" else [one.path]
                elif one.name.endswith(".py"):
                    stat = one.stat()
                    files.append((one.path, stat.st_size, stat.st_mtime_ns))
    # An installer makes and deletes folders there for every version of a library.
    libraries = Path(click.__file__).parent.parent.stat().st_mtime_ns
    zones = ZONES.stat().st_mtime_ns if ZONES.is_dir() else 0
    return sys.version, libraries, zones, *sorted(files)


def _keep(place: Workplace, memo: _Memo) -> None:
    """Keep what was found. A folder that cannot be written costs the next run its short cut."""
    from tracker.stores.remembered import write_whole

    times = {"since": memo.since.isoformat(), "until": memo.until.isoformat()}
    with suppress(OSError):
        write_whole(_path(place), json.dumps(asdict(memo) | times).encode())


def _recalled(place: Workplace) -> _Memo | None:
    """What was kept; None when nothing was, or it is not what `_keep` wrote."""
    try:
        found = json.loads(_path(place).read_bytes())
        since, until = (datetime.fromisoformat(found.pop(name)) for name in ("since", "until"))
        notes = {str(name): str(value) for name, value in found["notes"].items()}
        said = Said(**found["said"])
        return _Memo(str(found["inputs"]), since, until, said, notes)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _path(place: Workplace) -> Path:
    return place.store.state_dir / FOLDER / NAME
