"""When is a delivery kept? When the commit that holds it is on the disk, and not before.

One thread owns the inbox. While it writes one batch the next one gathers, so the disk is asked
to flush once for all that waited and not once for each (group commit).
"""

from __future__ import annotations

import logging
import re
import threading
import time
from asyncio import AbstractEventLoop, Future
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tracker.deliveries import NewDelivery
from tracker.problems import Stop
from tracker.receiver.held import OpenInbox, in_hand

QUEUE_MAX = 5000
QUEUE_CHARACTERS_MAX = 32 * 1024 * 1024
BATCH_MAX = 1000
IDS_SHOWN_MAX = 10
TELL_SECONDS = 0.25
"""While more waits, the log has a line this often; else one for each commit."""
_ID_SHOWN_MAX = 40
_ODD = re.compile(r"[^\w.:@/=+-]", re.ASCII)

log = logging.getLogger(__name__)


class NotKept(Exception):
    """A delivery that is not in the inbox, so that its sender must try again.

    `code` is that of the Stop, or one of `queue_full`, `stopping`, `unexpected`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class _Waiting:
    """A delivery, or the question whether one could be kept, and who waits for the answer."""

    delivery: NewDelivery | None
    loop: AbstractEventLoop
    answer: Future[None]


@dataclass(slots=True)
class Tally:
    """What became of requests since the start: counts only, for logs and tests."""

    kept: int = 0
    new: int = 0
    commits: int = 0
    pings: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def duplicates(self) -> int:
        """Deliveries that were in the inbox already."""
        return self.kept - self.new


@dataclass(slots=True)
class _Untold:
    """What was kept since the last line of the log that told of it."""

    told_at: float = 0.0
    kept: int = 0
    new: int = 0
    first: list[NewDelivery] = field(default_factory=list)

    def add(self, deliveries: Sequence[NewDelivery], new: int) -> None:
        self.kept += len(deliveries)
        self.new += new
        self.first += deliveries[: IDS_SHOWN_MAX + 1 - len(self.first)]

    def tell(self) -> None:
        """Write the line, if there is anything to tell."""
        if self.kept:
            log.info("kept=%d new=%d %s", self.kept, self.new, _names(self.first))
        self.told_at, self.kept, self.new, self.first = time.monotonic(), 0, 0, []


class Writer:
    """The thread that keeps deliveries. `clock` gives the time now, aware.

    Raises Stop from `start` when the inbox cannot be written.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.tally = Tally()
        self._clock = clock
        self._inbox: OpenInbox | None = None
        self._waiting: list[_Waiting] = []
        self._characters = 0
        self._calling: AbstractEventLoop | None = None
        """The event loop that will wake the thread at its next turn."""
        self._stopping = False
        self._untold = _Untold()
        self._changed = threading.Condition()
        self._started = threading.Event()
        self._refusal: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)

    def start(self) -> None:
        """Open the inbox, write to it once, and begin to wait for deliveries."""
        self._thread.start()
        self._started.wait()
        if self._refusal is not None:
            self._thread.join()
            raise self._refusal

    def keep(self, delivery: NewDelivery, loop: AbstractEventLoop) -> Future[None]:
        """Put a delivery into the queue; the future is done when it is on the disk.

        The future, of that loop and to be awaited there, raises NotKept. Raises NotKept
        `queue_full` or `stopping` at once when the delivery cannot even wait.
        """
        return self._put(delivery, len(delivery.body), loop)

    def prove(self, loop: AbstractEventLoop) -> Future[None]:
        """Ask for a small write; the future raises NotKept when it was not possible."""
        return self._put(None, 0, loop)

    def _put(
        self, delivery: NewDelivery | None, characters: int, loop: AbstractEventLoop
    ) -> Future[None]:
        answer: Future[None] = loop.create_future()
        with self._changed:
            if self._stopping:
                raise NotKept("stopping")
            full = self._characters + characters > QUEUE_CHARACTERS_MAX
            if full or len(self._waiting) >= QUEUE_MAX:
                raise NotKept("queue_full")
            self._waiting.append(_Waiting(delivery, loop, answer))
            self._characters += characters
            # Woken once for all that one turn of the loop brings, the thread takes them together.
            if self._calling is not loop:
                self._calling = loop
                loop.call_soon(self._wake)
        return answer

    def _wake(self) -> None:
        with self._changed:
            self._calling = None
            self._changed.notify()

    def stop(self) -> None:
        """Keep what waits, take nothing more, close the inbox."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._inbox = OpenInbox(self.path)
            self._inbox.prove(self._clock())
        except BaseException as refusal:  # noqa: BLE001 - raised again by `start`, in its thread
            self._close()
            self._refusal = refusal
            return
        finally:
            self._started.set()
        while batch := self._next():
            self._settle(batch)
        self._end()

    def _next(self) -> list[_Waiting]:
        """Wait for work; an empty list when there is none left and no more will come."""
        with self._changed:
            while not self._waiting and not self._stopping:
                self._changed.wait()
            batch, self._waiting = self._waiting[:BATCH_MAX], self._waiting[BATCH_MAX:]
            self._characters -= sum(len(one.delivery.body) for one in batch if one.delivery)
        return batch

    def _settle(self, batch: list[_Waiting]) -> None:
        """Keep a batch, and answer everyone in it."""
        deliveries = [one.delivery for one in batch if one.delivery is not None]
        try:
            new = self._land(deliveries, prove=len(deliveries) < len(batch))
        except Stop as stop:
            self._fail(batch, stop.code)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it must not end the thread
            self._fault(batch, fault)
        else:
            self._note(deliveries, new)
            _answer(batch, None)

    def _land(self, deliveries: Sequence[NewDelivery], *, prove: bool) -> int:
        inbox = self._inbox = in_hand(self._inbox, self.path)
        with inbox.together():
            if prove:
                inbox.prove(self._clock())
            new = inbox.land(deliveries) if deliveries else 0
        inbox.written()
        return new

    def _fail(self, batch: list[_Waiting], code: str) -> None:
        """Tell everyone that nothing was kept; the next batch begins with a fresh connection."""
        if not self._is_moved():
            self._close()
        self._untold.tell()
        failed = sum(one.delivery is not None for one in batch)
        self.tally.failed[code] += failed
        log.error("not kept=%d because %s", failed, code)
        _answer(batch, code)

    def _fault(self, batch: list[_Waiting], fault: Exception) -> None:
        """One odd delivery must not cost the others: try them one by one."""
        if len(batch) > 1:
            for one in batch:
                self._settle([one])
            return
        log.error("a delivery could not be kept: %s", type(fault).__name__)
        self._fail(batch, "unexpected")

    def _note(self, deliveries: Sequence[NewDelivery], new: int) -> None:
        if not deliveries:
            return
        self.tally.kept += len(deliveries)
        self.tally.new += new
        self.tally.commits += 1
        self._untold.add(deliveries, new)
        if not self._waiting or time.monotonic() - self._untold.told_at >= TELL_SECONDS:
            self._untold.tell()

    def _is_moved(self) -> bool:
        """Whether the open file lies under its name no more, and all it has must be brought on."""
        try:
            return self._inbox is not None and not self._inbox.in_place()
        except Stop:
            return False

    def _end(self) -> None:
        """Close the inbox, and lose nothing of one that was put back since the last delivery."""
        self._untold.tell()
        if self._inbox is not None and self._is_moved():
            try:
                self._inbox = self._inbox.moved()
            except Stop as stop:
                log.error("the inbox that was put back takes nothing: %s", stop.code)  # noqa: TRY400
                self._inbox.rescue()
                self._inbox = None
        self._close()

    def _close(self) -> None:
        if self._inbox is not None:
            self._inbox.close()
            self._inbox = None


def _names(deliveries: Sequence[NewDelivery]) -> str:
    """Name the first of some deliveries by source and id, cut and without odd signs."""
    said: list[str] = []
    source = ""
    for one in deliveries[:IDS_SHOWN_MAX]:
        if one.source != source:
            source = one.source
            said.append(source)
        said.append(_ODD.sub("_", one.delivery_id[:_ID_SHOWN_MAX]))
    return " ".join([*said, "..."] if len(deliveries) > IDS_SHOWN_MAX else said)


def _answer(batch: list[_Waiting], code: str | None) -> None:
    """Answer everyone who waits, with one call into each event loop."""
    for loop in {one.loop for one in batch}:
        answers = [one.answer for one in batch if one.loop is loop]
        try:
            loop.call_soon_threadsafe(_resolve, answers, code)
        except RuntimeError:
            # The loop is gone, and with it everyone who waited there.
            log.warning("nobody waits for an answer any more")


def _resolve(answers: list[Future[None]], code: str | None) -> None:
    for answer in answers:
        if answer.done():
            continue
        if code is None:
            answer.set_result(None)
        else:
            answer.set_exception(NotKept(code))
