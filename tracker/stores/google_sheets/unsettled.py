"""Was a batch sent from here whose answer nobody saw? A small file beside the book remembers it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tracker.problems import Stop
from tracker.stores.remembered import write_whole


@dataclass(slots=True)
class Unsettled:
    """A file that is there from before a batch is sent until its end is known.

    A run that is killed in between, or gets no answer, leaves it: rows may then stand beside their
    columns while the book says that the log was read past them.
    """

    path: Path

    @property
    def there(self) -> bool:
        """Whether it is there."""
        return self.path.exists()

    def put(self) -> None:
        """Put it there before sending. Raises Stop `state_unwritable`: then nothing is sent."""
        try:
            write_whole(self.path, b"sent\n")
        except OSError:
            raise Stop("state_unwritable", path=self.path) from None

    def clear(self) -> None:
        """Take it away."""
        self.path.unlink(missing_ok=True)

    @contextmanager
    def sending(self) -> Iterator[Ended]:
        """Send inside. One that was there before stays: whoever plans anew takes it away."""
        ended = Ended(known=False)
        if self.there:
            yield ended
            return
        self.put()
        try:
            yield ended
        finally:
            # Also when a refusal ends the run: its end is known.
            if ended.known:
                self.clear()


@dataclass(slots=True)
class Ended:
    """Set `known` when the end of a batch is known."""

    known: bool
