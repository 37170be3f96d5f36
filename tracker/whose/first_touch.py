"""When did a partner first touch the customer of this order?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from tracker.whose.by_link import LINKS
from tracker.whose.question import Question
from tracker.whose.window import in_window


def first_touch(partners: Collection[str], since: datetime, asked: Question) -> datetime:
    """The earliest touch of any of them, or `since`: a code's own touch is the order's moment."""
    times = [t.at for t in in_window(asked) if t.kind in LINKS and t.partner_id in partners]
    return min([since, *times])
