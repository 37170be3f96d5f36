"""How do words become a letter? Templates filled in, and the exact bytes that are mailed.

Both steps are functions of their arguments: no clock, no chance, so a letter made again is the
same letter. What a letter says is decided elsewhere: of statements in `letters`, of what the
owner is told in `notices`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from functools import lru_cache

from css_inline import CSSInliner

from tracker.languages import PARTS, spoken
from tracker.letter_headers import (
    HEADERS,
    LETTER_POLICY,
    UnsafeLetter,
    refuse_other_headers,
)
from tracker.problems import Stop
from tracker.templating import Told, templates, written
from tracker.wording import NO_BREAK, plain

SUBJECT_CHARS_MAX = 120
NAME_CHARS_MAX = 100
"""How much of a name stands in a header: one long word cannot be folded (RFC 5322, 2.1.1)."""

NOWHERE = "statement.invalid"
"""The domain of letters made without a sender's address: reserved, so it can never be mailed."""

# Who fills a letter in finds these here too.
__all__ = [
    "HEADERS",
    "Attachment",
    "FrozenLetter",
    "Rendered",
    "Told",
    "UnsafeLetter",
    "build",
    "fill",
    "templates",
]

_SPEC = re.compile(
    r"(?P<local>(?!\.|[^@]*\.[.@])[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64})@(?P<domain>[^\s@<>()\[\]\\,;:\"]{1,255})"
)
_DOMAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_MAILTO = re.compile(
    r"mailto:[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}(\?[A-Za-z0-9._~%&=+-]{1,200})?"
)
_MESSAGE_ID = re.compile(r"<[a-z]{1,16}\.[a-z0-9.]{1,64}@[A-Za-z0-9.-]{1,253}>")
_THREAD = ("In-Reply-To", "References")
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<spec>[^<>]*)>")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words: one line of subject, and the same figures as text and as HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class FrozenLetter:
    """A letter as it is mailed: its Message-ID with the angle brackets, and its bytes."""

    message_id: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter: its name, its type (`text/csv`) and its bytes.

    A text is UTF-8.
    """

    name: str
    content_type: str
    content: bytes


def fill(name: str, language: str, told: Mapping[str, Told]) -> Rendered:
    """Fill the three templates `LANGUAGE/NAME.*` in; each may also say `language`.

    A language that lacks the letter gives the English one: ask `languages.spoken` first, so that
    what is told is English too.
    Raises Stop when a template cannot be filled in, or writes nothing; it names the file and line.
    """
    language = spoken(name, language)
    told = {"language": language, **told}
    subject = plain(written(f"{language}/{name}.subject.txt", told)).replace(NO_BREAK, " ")
    text = written(f"{language}/{name}.txt", told)
    html = written(f"{language}/{name}.html", told)
    for part, said in zip(PARTS, (subject, text, html), strict=True):
        if not said.strip():
            raise Stop("template_empty", file=f"{language}/{name}.{part}")
    if len(subject) > SUBJECT_CHARS_MAX:
        subject = subject[: SUBJECT_CHARS_MAX - 1].rstrip() + "…"
    return Rendered(subject, text.strip() + "\n", _inlined(html))


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    return CSSInliner(load_remote_stylesheets=False, minify_css=True)


def _inlined(html: str) -> str:
    """Put the styles on the elements; a no-break space stays one character, not six."""
    return _inliner().inline(html).replace("&nbsp;", NO_BREAK)


def build(
    rendered: Rendered,
    mark: str,
    sender: Address,
    receiver: Address,
    at: datetime,
    *,
    attachments: Sequence[Attachment] = (),
    unsubscribe: str = "",
    answers: str = "",
) -> FrozenLetter:
    """Build the bytes of a letter: the same arguments give the same bytes, in any process.

    All parts are in base64, which no relay has to rewrite. `mark` names the letter among all
    that its sender ever mails: letters, digits and dots. `at` is aware. `unsubscribe` is a
    `mailto:` address (RFC 2369), for letters that a partner may do without; empty for the others.
    `answers` is the Message-ID of the letter beside which this one is to stand, empty for none.
    Raises UnsafeLetter for headers that are not exactly ours.
    """
    if at.tzinfo is None:
        raise UnsafeLetter("a letter's time needs an offset")
    message_id = f"<{mark}@{sender.domain}>"
    letter = EmailMessage(policy=LETTER_POLICY)
    letter["From"] = sender
    letter["To"] = receiver
    letter["Subject"] = subject = header_text(rendered.subject)[:SUBJECT_CHARS_MAX].strip()
    letter["Date"] = at
    letter["Message-ID"] = message_id
    letter["Auto-Submitted"] = "auto-generated"
    more = {"List-Unsubscribe": f"<{_mailto(unsubscribe)}>"} if unsubscribe else {}
    more |= dict.fromkeys(_THREAD, answers) if answers else {}
    for name, said in more.items():
        letter[name] = said
    _fill_in(letter, rendered, mark, attachments)
    raw = letter.as_bytes()
    exactly = {"Subject": subject, "Message-ID": message_id, **more}
    refuse_other_headers(raw, exactly, sender, receiver)
    return FrozenLetter(message_id, raw)


def _fill_in(
    letter: EmailMessage, rendered: Rendered, mark: str, attachments: Sequence[Attachment]
) -> None:
    """Put in the text, the same as HTML, and the files; the lines between them are of its mark."""
    letter.set_content(rendered.text, charset="utf-8", cte="base64")
    letter.add_alternative(rendered.html, subtype="html", charset="utf-8", cte="base64")
    letter.set_boundary(f"=_{mark}")
    for one in attachments:
        _attach(letter, one)
    if attachments:
        letter.set_boundary(f"=+{mark}")


def _attach(letter: EmailMessage, one: Attachment) -> None:
    main, _, sub = one.content_type.partition("/")
    if not _TYPE.fullmatch(one.content_type):
        raise UnsafeLetter("the type of a file that goes with a letter")
    params = {"charset": "utf-8"} if main == "text" else {}
    letter.add_attachment(
        one.content,
        maintype=main,
        subtype=sub,
        cte="base64",
        filename=header_text(one.name),
        params=params,
    )


def _mailto(url: str) -> str:
    """Give the address back when it is one. Raises UnsafeLetter."""
    if not _MAILTO.fullmatch(url):
        raise UnsafeLetter("where to unsubscribe is no mailto: address")
    return url


def is_message_id(text: str) -> bool:
    """Whether a text is a Message-ID as `build` makes them, and so safe in a header."""
    return _MESSAGE_ID.fullmatch(text) is not None


def sender_of(mail_from: str, program_name: str) -> Address:
    """Read `shop@example.com` or `Shop <shop@example.com>`; the programme names a bare address.

    Empty for a preview that will not be mailed. Raises UnsafeLetter.
    """
    if not mail_from.strip():
        return address_of(program_name, f"statements@{NOWHERE}")
    named = _NAMED.fullmatch(mail_from.strip())
    if named is None:
        return address_of(program_name, mail_from)
    return address_of(named["name"].strip().strip('"') or program_name, named["spec"])


def address_of(name: str, spec: str) -> Address:
    """Make one address of a typed name and exactly one addr-spec. Raises UnsafeLetter."""
    found = _SPEC.fullmatch(spec.strip(" "))
    if found is None or "=?" in spec:
        raise UnsafeLetter("not exactly one e-mail address")
    try:
        domain = found["domain"].encode("idna").decode("ascii")
    except UnicodeError:
        raise UnsafeLetter("the domain of an e-mail address cannot be written") from None
    if not _DOMAIN.fullmatch(domain):
        raise UnsafeLetter("the domain of an e-mail address cannot be written")
    try:
        return Address(header_text(name)[:NAME_CHARS_MAX].strip(), found["local"], domain)
    except (ValueError, IndexError):
        raise UnsafeLetter("not exactly one e-mail address") from None


def header_text(text: str) -> str:
    """Clean text for a header: one line, and nothing that could read as an encoded word."""
    return plain(text).replace("=?", "= ?").replace("?=", "? =")
