"""What does a letter about a silence say? Words for an owner, and no figures of any partner."""

from __future__ import annotations

from datetime import datetime

from tracker.alarms import Alarm
from tracker.envelopes import Rendered, Told, fill
from tracker.programme import Programme
from tracker.sentences import LANGUAGES
from tracker.wording import NO_BREAK, formatter, plain


def render_alarm(alarm: Alarm, programme: Programme) -> Rendered:
    """Say a silence in words, in the programme's language."""
    language = programme.language if programme.language in LANGUAGES else LANGUAGES[0]
    return fill(alarm.silence.value, language, tell_alarm(alarm, programme, language))


def tell_alarm(alarm: Alarm, programme: Programme, language: str) -> dict[str, Told]:
    """Prepare all that the templates may say, times in the programme's zone."""
    say = formatter(language)

    def day(at: datetime) -> str:
        return say.long_day(at.astimezone(programme.zone).date())

    def moment(at: datetime) -> str:
        local = at.astimezone(programme.zone)
        return f"{day(at)},{NO_BREAK}{local:%H:%M}"

    return {
        "program": plain(programme.program_name),
        "zone": plain(programme.time_zone),
        "since": moment(alarm.since),
        "since_day": day(alarm.since),
        "until": moment(alarm.seen_at),
        "over": alarm.over,
        "quiet_days": str(programme.quiet_days),
    }
