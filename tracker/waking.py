"""What does one wake do? A sync, and then everything that the book says is due.

The jobs come in the order of `Task`. One that cannot be done does not keep the others from
running, but without a sync nothing is mailed or proposed: it would be decided on yesterday's book.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.choices import Mail
from tracker.diary import Diary
from tracker.due import RETRY, Job, Task, Tried, due
from tracker.held_letters import letters_again
from tracker.outcomes import Checked, Failed, Mailed, Newsed, Outcome, Previewed, Proposed, Unsent
from tracker.paying import doubtful, propose_payouts
from tracker.problems import Stop
from tracker.running import Rest, Workplace, at_rest, look, sync

if TYPE_CHECKING:  # most wakes neither mail nor check, and need not pay for the imports
    from tracker.notices import Told


@dataclass(frozen=True, slots=True)
class Waking:
    """One wake: where it works, and to whom it tells each outcome."""

    place: Workplace
    tell: Callable[[Outcome], None]
    clock_is_right: bool = False
    sleep: Callable[[float], None] = time.sleep

    def run(self) -> bool:
        """Do everything that is due, and say whether nothing failed.

        Call it while holding `store.writing`. Raises Stop only for trouble with the diary.
        """
        diary = self.place.diary
        # Kept until the owner was told: a wake that is killed leaves the silence to the next.
        before = diary.told("synced_before") or diary.told("synced_at")
        diary.note(woken_at=self.place.clock().isoformat(), synced_before=before)
        rest, synced = self._synced()
        if rest is None:
            return False
        good = synced
        for job in self._due(rest, synced=synced):
            good &= self._done(job)
        since = datetime.fromisoformat(before) if before else None
        good &= self._owner_told(rest, since, synced=synced)
        good &= self._templates_there(rest)
        diary.note(synced_before="")
        return good

    def _synced(self) -> tuple[Rest | None, bool]:
        """The book after a sync; as it stands where there could be none but the clock is right."""
        try:
            rest = sync(self.place, clock_is_right=self.clock_is_right)
        except Stop as stop:
            self._failed(Task.SYNC, stop)
            if not stop.code.startswith("clock_"):
                with suppress(Stop):
                    return look(self.place), False
            return None, False
        self.place.diary.done(Task.SYNC)
        self.tell(rest)
        return rest, True

    def _due(self, rest: Rest, *, synced: bool) -> list[Job]:
        """The jobs whose time has come; what is no longer due has not failed any more."""
        diary = self.place.diary
        found = due(
            rest.known,
            rest.plan.books,
            rest.now,
            doubtful=doubtful(rest),
            checked_on=diary.told("checked_on"),
            previewed=previewed(self.place.previews),
            again=letters_again(self.place, rest, RETRY),
            closed=self.place.outbox.closed_addresses(),
        )
        if not synced:
            return [job for job in found if job.task is Task.CHECK]
        news, rests = self._news(rest)
        found = [*found, *news]
        failing = {Task.STATEMENTS, Task.PREVIEWS, Task.PAYOUTS, *(() if rests else (Task.NEWS,))}
        diary.done(*failing - {job.task for job in found})
        found = [job for job in found if tried(diary, job.task).is_time(job.key, rest.now)]
        return sorted(found, key=lambda job: list(Task).index(job.task))

    def _news(self, rest: Rest) -> tuple[list[Job], bool]:
        """The letters on single events, as one job; and whether some were refused and rest."""
        if rest.known.programme.mail is not Mail.LIVE:
            return [], False
        from tracker.correspondence import waiting_news

        self.place.outbox.settle()
        waiting = waiting_news(self.place, rest)
        key = waiting.key(self.place.outbox)
        return [Job(task=Task.NEWS, key=key)] if key else [], bool(waiting.resting)

    def _done(self, job: Job) -> bool:
        """Do one job, and note what a later wake must know of it."""
        diary, now = self.place.diary, self.place.clock()
        try:
            outcome = self._work(job)
        except Stop as stop:
            self._failed(job.task, stop)
            note_try(diary, job, now)
            return False
        self.tell(outcome)
        if isinstance(outcome, Checked):
            diary.checked(now, wants_a_person=outcome.findings.wants_a_person)
            diary.note(checked_on=str(job.day))
        # Also after a success: what is due all the same was not to be had this time.
        note_try(diary, job, now)
        if isinstance(outcome, Mailed | Newsed) and outcome.failed:
            diary.failed(job.task, outcome.failed, now)
            return False
        diary.done(job.task)
        return True

    def _work(self, job: Job) -> Outcome:
        if job.task is Task.STATEMENTS:
            return self._mailed(job)
        if job.task is Task.PREVIEWS:
            return self._previewed(job)
        if job.task is Task.PAYOUTS:
            right = self.clock_is_right
            rest, found = propose_payouts(self.place, clock_is_right=right, day=job.day)
            return Proposed(found, rest)
        if job.task is Task.NEWS:
            return self._newsed()
        from tracker.checking import findings

        return Checked(findings(self.place))

    def _mailed(self, job: Job) -> Mailed:
        from tracker.mailing import send_months
        from tracker.postman import none_taken

        right = self.clock_is_right
        sent = send_months(self.place, job.months, clock_is_right=right, sleep=self.sleep)
        refused = none_taken(fate for sending in sent for fate in sending.fates)
        unmade = any(sending.unmade for sending in sent)
        return Mailed(tuple(sent), _why_failed(refused=refused, unmade=unmade))

    def _previewed(self, job: Job) -> Previewed:
        from tracker.letter_files import preview

        made, files = preview(look(self.place), job.months[0], self.place.previews)
        return Previewed(made, tuple(files))

    def _newsed(self) -> Newsed:
        from tracker.correspondence import send_news

        rest = at_rest(self.place, what="letters", clock_is_right=self.clock_is_right)
        written = send_news(self.place, rest, sleep=self.sleep)
        refused = written.nothing_left
        return Newsed(written, _why_failed(refused=refused, unmade=bool(written.unmade)))

    def _templates_there(self, rest: Rest) -> bool:
        """Say that the folder of letters is away also while no letter is due."""
        from tracker.languages import folders

        try:
            if rest.known.programme.mail is not Mail.OFF:
                folders()
        except Stop as stop:
            self._failed(Task.NEWS, stop)
            return False
        return True

    def _owner_told(self, rest: Rest, since: datetime | None, *, synced: bool) -> bool:
        """Write the owner what fell silent, and of the week that is over.

        A letter that is dropped has not failed any more.
        """
        diary = self.place.diary
        if not rest.known.programme.owner_email:
            diary.done(Task.LETTERS)
            return True
        from tracker.notices import tell_owner
        from tracker.weekly_letter import weekly_letter

        place, sleep = self.place, self.sleep
        write: list[Callable[[], Told]] = [
            lambda: tell_owner(place, rest, since, synced=synced, sleep=sleep)
        ]
        if synced:
            write.append(lambda: weekly_letter(place, rest, sleep=sleep))
        fates = [self._owner_letter(one) for one in write]
        if fates == [True] * len(fates):
            diary.done(Task.LETTERS)
        return False not in fates

    def _owner_letter(self, write: Callable[[], Told]) -> bool | None:
        """Write one letter to the owner and tell of it; None while it rests for a later try."""
        try:
            told = write()
        except Stop as stop:
            self._failed(Task.LETTERS, stop)
            return False
        for one in told.notices:
            self.tell(Unsent(one.says, one.trouble) if one.trouble else one.says)
        trouble = next((one.trouble for one in told.notices if one.trouble), "")
        if trouble:
            self.place.diary.failed(Task.LETTERS, trouble, self.place.clock())
            return False
        return None if told.rests else True

    def _failed(self, task: Task, stop: Stop) -> None:
        self.place.diary.failed(task, stop.code, self.place.clock())
        self.tell(Failed(task, stop))


def _why_failed(*, refused: bool, unmade: bool) -> str:
    return "letters_refused" if refused else "letters_unmade" if unmade else ""


def previewed(folder: Path) -> frozenset[str]:
    """The months of which there are previews: their files' names begin with the month."""
    if not folder.is_dir():
        return frozenset()
    return frozenset(path.name[: len("2026-10")] for path in folder.iterdir())


# What stands in the diary.


def tried(diary: Diary, task: Task) -> Tried:
    """When a job was tried before, as `note_try` noted it."""
    key, *times = diary.told(f"tried_{task}").split(" ")
    return Tried(key, *map(datetime.fromisoformat, times)) if len(times) == 2 else Tried()


def note_try(diary: Diary, job: Job, now: datetime) -> None:
    """Note that a job was tried: while it stays due it is tried again only after a pause."""
    if job.key:
        again = tried(diary, job.task).again(job.key, now)
        first, last = again.first or now, again.last or now
        diary.note(**{f"tried_{job.task}": f"{job.key} {first.isoformat()} {last.isoformat()}"})
