"""What does a partner read, and which exact bytes are mailed?

`render` turns a statement into words through the templates; `freeze` turns the words into the
bytes of one letter, with the table of all lines attached. Both are functions of their arguments
and of the files of templates: no clock, no chance, so a letter made again is the same letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from tracker.account_words import Voice, clipped, of_an_order, tell_account, tell_uncounted
from tracker.correction_words import tell_correction
from tracker.envelopes import (
    SUBJECT_CHARS_MAX,
    FrozenLetter,
    Rendered,
    address_of,
    build,
    fill,
    header_text,
    is_message_id,
    sender_of,
)
from tracker.languages import spoken
from tracker.statement_file import attached
from tracker.statements import Statement
from tracker.templating import Told
from tracker.wording import formatter, plain

LETTER = "statement"
HTML_BYTES_MAX = 96_000
"""Gmail cuts a page off at 102 kB, and relays add a little."""
LINES_TOLD_MAX = 500
NAME_CHARS_MAX = 200


def render(statement: Statement, language: str) -> Rendered:
    """Say a statement in words, in English for a language that has no such letter.

    The newest lines are told one by one, as many as fit into HTML_BYTES_MAX; the text tells the
    same. Raises Stop when a template or the words of the language cannot be used.
    """
    language, lines_max = spoken(LETTER, language), LINES_TOLD_MAX
    while True:
        rendered = fill(LETTER, language, tell(statement, language, lines_max))
        size = len(rendered.html.encode())
        if size <= HTML_BYTES_MAX or not lines_max:
            return rendered
        lines_max = lines_max * HTML_BYTES_MAX * 9 // (size * 10)


def tell(statement: Statement, language: str, lines_max: int = LINES_TOLD_MAX) -> dict[str, Told]:
    """Prepare all that the templates may say, already formatted in `language`."""
    voice = voice_of(statement, language, lines_max)
    say = voice.say
    accounts = [tell_account(account, voice) for account in statement.told]
    return {
        "program": clipped(statement.program_name, NAME_CHARS_MAX),
        "name": clipped(statement.name, NAME_CHARS_MAX),
        "month": say.month(statement.month),
        "zone": plain(statement.zone),
        "final": statement.final,
        "corrected": statement.revision > 1,
        "correction": tell_correction(statement, voice),
        "number": plain(statement.number),
        "terms": plain(statement.terms),
        "as_of": say.long_day(statement.as_of),
        "payout_on": say.long_day(statement.payout_on),
        "several": len(accounts) > 1,
        "payables": ", ".join(str(account["payable"]) for account in accounts),
        "accounts": accounts,
        **tell_uncounted(statement.uncounted, voice),
    }


def voice_of(statement: Statement, language: str, lines_max: int) -> Voice:
    """How everything in a statement's letter is said. Raises Stop as `render`."""
    return Voice(
        say=formatter(language),
        sources=_sources(statement),
        lines_max=lines_max,
        final=statement.final,
    )


def _sources(statement: Statement) -> Mapping[str, str]:
    """Name the shops when there are several, since two shops may number orders alike."""
    lines = (line for account in statement.accounts for line in account.lines)
    seen = {line.source for line in lines if of_an_order(line.kind, line.source)}
    seen |= {order.source for order in statement.uncounted}
    if len(seen) < 2:
        return {}
    return {source: plain(source.partition(":")[2] or source) for source in seen}


def freeze(
    statement: Statement, rendered: Rendered, mail_from: str, to: str, at: datetime
) -> FrozenLetter:
    """Build the bytes of a statement: the same arguments give the same bytes, in any process.

    `mail_from` is an address, with or without a name; empty for a preview that will not be
    mailed. `at` is aware.
    Raises UnsafeLetter for an address that is not exactly one, or headers that are not ours.
    """
    sender = sender_of(mail_from, statement.program_name)
    subject = header_text(rendered.subject)[:SUBJECT_CHARS_MAX]
    table = attached(statement, voice_of(statement, spoken(LETTER, statement.language), 0))
    content = [statement.statement_id, str(statement.revision)]
    content += [subject, rendered.text, rendered.html, table.name]
    whole = "\x1f".join(content).encode() + b"\x1f" + table.content
    digest = hashlib.sha256(whole).hexdigest()[:24]
    receiver = address_of(statement.name, to)
    correction = statement.correction
    answers = "" if correction is None else correction.answers
    return build(
        *(rendered, f"st.{digest}", sender, receiver, at),
        attachments=[table],
        # The book names the letter: what was typed there by hand gets into no header.
        answers=answers if is_message_id(answers) else "",
    )
