"""Did the order come through a channel in which a code works? (field.md B12)."""

from __future__ import annotations

from tracker.problems import params
from tracker.restrictions.using import Refusal, Use
from tracker.words import same_word


def channels(use: Use) -> Refusal | None:
    """Refuse an order of another channel; ask a person where the shop does not say it."""
    wanted = use.row.channels
    if not wanted:
        return None
    channel = use.asker.fact("channel") or ""
    for one in wanted:
        if same_word(one, channel):
            return None
    said = params(channels=", ".join(wanted))
    if not channel.strip():
        return "channel_unknown", said
    return "code_channel", params(**dict(said), channel=channel)
