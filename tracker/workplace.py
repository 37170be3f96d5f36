"""With what does a run work? The book, the files beside it, the secrets, and the clock.

Every command opens one, so that this imports next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.diary import Diary

if TYPE_CHECKING:  # whoever opens these imports them
    from tracker.inbox import Inbox
    from tracker.outbox import Outbox
    from tracker.stores import Store


@dataclass(frozen=True, slots=True)
class Workplace:
    """Everything a run works with. `clock` gives the time now, aware.

    `log_token` opens logs at an address, `private_ok` those in one's own network; `env_files` read.
    """

    store: Store
    inbox: Inbox
    outbox: Outbox
    secret: bytes = field(repr=False)
    clock: Callable[[], datetime]
    order_log: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    state_dir: Path = Path()
    log_token: str = field(default="", repr=False)
    private_ok: bool = False
    env_files: tuple[Path, ...] = ()
    diary: Diary = field(default_factory=lambda: Diary(None))

    @property
    def previews(self) -> Path:
        """The one folder beside the state that letters to look at may go into."""
        return self.state_dir / "previews"

    def close(self) -> None:
        """Close the files of state."""
        self.inbox.close()
        self.outbox.close()
        self.diary.close()

    def bring(self, inbox: Inbox | None = None) -> None:
        """Land what the logs outside the book have, in the inbox or in a copy of it.

        Once a run and before the book is read: however slow they are, nobody changes the book
        between its being read and written meanwhile. Raises Stop as `logs.bring_logs`.
        """
        from tracker.logs import bring_logs

        into = self.inbox if inbox is None else inbox
        token, private_ok = self.log_token, self.private_ok
        bring_logs(self.order_log, into, self.clock(), token=token, private_ok=private_ok)
