"""Can every letter be written that somebody here may get? Each is filled in once, and none sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from tracker.choices import Mail
from tracker.fitness import Unfit
from tracker.known import Known
from tracker.problems import Stop
from tracker.programme import PartnerStatus, Programme


def unfit_templates(known: Known) -> list[Unfit]:
    """Name each template, and file of words, that cannot be used, with file and line.

    Tried are the letters to partners in every language that one of them reads, and those to the
    owner in the book's. Nothing is tried while mail is off.
    """
    from tracker.languages import folders

    if known.programme.mail is Mail.OFF:
        return []
    try:
        folders()
    except Stop as stop:
        return [Unfit(stop.code, stop.params, wants_a_person=True)]
    found: dict[tuple[object, ...], Unfit] = {}
    for write in _letters(known):
        try:
            write()
        except Stop as stop:
            one = Unfit(stop.code, stop.params, wants_a_person=True)
            found[stop.code, stop.params] = one
    return list(found.values())


def _letters(known: Known) -> Iterator[Callable[[], object]]:
    from tracker.letters import render
    from tracker.news_letters import render_news
    from tracker.sample_letters import sample_news, sample_statements

    programme = known.programme
    here = (one for one in known.partners.values() if one.status is not PartnerStatus.LEFT)
    languages = {programme.language} | {one.language for one in here} - {""}
    for language in sorted(languages):
        for statement in sample_statements(language):
            yield partial(render, statement, language)
        for news in sample_news(language):
            yield partial(render_news, news, programme)
    yield from _owners(programme)


def _owners(programme: Programme) -> Iterator[Callable[[], object]]:
    from tracker.envelopes import fill
    from tracker.sample_letters import AT, sample_alarms, sample_digest
    from tracker.telling import render_alarm
    from tracker.weekly_words import render_week

    for alarm in sample_alarms():
        yield partial(render_alarm, alarm, programme)
    yield partial(render_week, sample_digest(), programme)
    told = {"program": programme.program_name, "at": AT.isoformat(), "zone": programme.time_zone}
    yield partial(fill, "test", programme.language, told)
