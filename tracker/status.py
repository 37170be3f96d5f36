"""How does it go? From the files beside the book alone: quick, and also when the book is away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.diary import Diary
from tracker.environment import Environment
from tracker.inbox import Inbox, Mark
from tracker.outbox import Outbox
from tracker.outgoing import PARTNER_NEWS, LetterKind, LetterState
from tracker.problems import PATIENT, Params, Stop, params
from tracker.sentences import say
from tracker.sentences.clock import AGES, STATUS
from tracker.stores.opening import state_folder

LETTER_DAYS = 31
"""A letter of unknown fate stays so for ever; for this long somebody is asked to look into it."""
LETTERS = "letters"
"""What letters to the owner are called among the failures: Task.LETTERS, whose import is slow."""
AGE_UNITS = (("days", 24 * 60), ("hours", 60), ("minutes", 1))


@dataclass(frozen=True, slots=True)
class Standing:
    """What `status` prints.

    Attributes:
        language: the programme's, empty where no sync has told it.
        values: names and values in stable words, for monitors.
        troubles: codes and parameters of what wants a person.
    """

    language: str
    values: tuple[tuple[str, str], ...]
    troubles: tuple[tuple[str, Params], ...]

    def says(self, language: str) -> Iterator[str]:
        """Give a sentence for each trouble."""
        for code, values in self.troubles:
            shown = {
                name: _age(int(value), language) if name == "ago" else value
                for name, value in values
            }
            yield say(STATUS, code, params(**shown), language)


def look_beside(environment: Environment, now: datetime, late_after: int) -> Standing:
    """Look at the diary, the inbox and the outbox; `late_after` in minutes.

    Raises Stop `status_nothing` where none of them is, else what the files raise.
    """
    folder = state_folder(environment.store, environment.state)
    files = {name: folder / f"{name}.sqlite3" for name in ("diary", "inbox", "outbox")}
    if not any(path.is_file() for path in files.values()):
        raise Stop("status_nothing", path=folder)
    with ExitStack() as opened:
        diary = opened.enter_context(Diary(_there(files["diary"])))
        inbox = opened.enter_context(Inbox(_there(files["inbox"])))
        outbox = opened.enter_context(Outbox(_there(files["outbox"]), lambda: now))
        return _standing(diary, inbox, outbox, now, late_after)


def _there(path: Path) -> Path | None:
    """The file, or None for one in memory: who only looks makes none."""
    return path if path.is_file() else None


def _standing(
    diary: Diary, inbox: Inbox, outbox: Outbox, now: datetime, late_after: int
) -> Standing:
    synced, failures = diary.instant("synced_at"), diary.failures()
    age = None if synced is None else _minutes(now - synced)
    since = now - timedelta(days=LETTER_DAYS)
    letters = {
        LetterState.UNKNOWN: outbox.count(LetterState.UNKNOWN, since),
        # A refused letter to the owner is a failure of `letters`, until it left or is no news.
        LetterState.REFUSED: sum(
            outbox.count(LetterState.REFUSED, since, kind)
            for kind in sorted({LetterKind.STATEMENT, *PARTNER_NEWS})
        ),
    }
    cursor = int(diary.told("cursor") or "0")
    troubles = [
        *_sync_troubles(synced, age, late_after),
        *_failure_troubles(failures),
        *(_trouble(f"letters_{state}", count=count) for state, count in letters.items() if count),
        *_silence(diary, now),
        *_check_troubles(diary),
    ]
    values = {
        "synced_at": _told(diary, "synced_at"),
        "synced_minutes_ago": "" if age is None else str(age),
        "woken_at": _told(diary, "woken_at"),
        "deliveries": str(inbox.count()),
        "unread": str(inbox.count_after(cursor)),
        "quarantined": str(inbox.count(Mark.QUARANTINED)),
        "last_order": _told(diary, "last_order"),
        **{f"letters_{state}": str(count) for state, count in letters.items()},
        "checked_at": _told(diary, "checked_at"),
        "check_wants_a_person": diary.told("check_wanted"),
        "failed": ",".join(f"{what}:{code}" for what, _, code in failures),
        "wants_a_person": "yes" if troubles else "no",
    }
    return Standing(diary.told("language"), tuple(values.items()), tuple(troubles))


def _failure_troubles(
    failures: Iterable[tuple[str, datetime, str]],
) -> Iterator[tuple[str, Params]]:
    for what, at, why in failures:
        if why not in PATIENT:
            code = "failed_letters" if what == LETTERS else "failed"
            yield _trouble(code, what=what, at=_shown(at), why=why)


def _sync_troubles(
    synced: datetime | None, age: int | None, late_after: int
) -> Iterator[tuple[str, Params]]:
    if synced is None or age is None:
        yield _trouble("never_synced")
    elif age > late_after:
        yield _trouble("sync_late", at=_shown(synced), ago=age)


def _silence(diary: Diary, now: datetime) -> Iterator[tuple[str, Params]]:
    """The same silence that the owner gets a letter of, to the hour of a clock change."""
    last, days = diary.instant("last_order"), int(diary.told("quiet_days") or "0")
    if last is not None and days and now >= last + timedelta(days=days):
        yield _trouble("no_orders", at=_shown(last), ago=_minutes(now - last))


def _check_troubles(diary: Diary) -> Iterator[tuple[str, Params]]:
    """What the last check said, of a wake or by hand, until a later one is good."""
    at = diary.instant("checked_at")
    if at is not None and diary.told("check_wanted") == "yes":
        yield _trouble("check_wants", at=_shown(at))


def _trouble(code: str, **values: object) -> tuple[str, Params]:
    return code, params(**values)


def _shown(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(" ", "minutes")


def _told(diary: Diary, key: str) -> str:
    """Give a time that was noted, in UTC whatever it was noted in; empty when there is none."""
    at = diary.instant(key)
    return "" if at is None else at.astimezone(UTC).isoformat(timespec="seconds")


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds()) // 60


def _age(minutes: int, language: str) -> str:
    """Say a number of minutes in the largest unit of which there are two."""
    unit, size = next((one for one in AGE_UNITS if minutes >= 2 * one[1]), AGE_UNITS[-1])
    return say(AGES, unit, params(count=minutes // size), language)
