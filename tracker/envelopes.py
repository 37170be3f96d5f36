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
from email.parser import BytesHeaderParser
from email.policy import SMTP
from functools import lru_cache
from pathlib import Path

from css_inline import CSSInliner
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tracker.wording import NO_BREAK, plain

TEMPLATES = Path(__file__).resolve().parent.parent / "email_templates"
SUBJECT_CHARS_MAX = 120
NOWHERE = "statement.invalid"
"""The domain of letters made without a sender's address: reserved, so it can never be mailed."""

HEADERS = frozenset(
    "From To Subject Date Message-ID MIME-Version Content-Type Auto-Submitted".split()
)
"""All the headers a letter has, each once."""

Told = str | bool | Sequence["Told"] | Mapping[str, "Told"]
"""What a template may see: text, yes or no, and lists and dicts of them. Never an object."""

_SPEC = re.compile(
    r"(?P<local>(?!\.|[^@]*\.[.@])[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64})@(?P<domain>[^\s@<>()\[\]\\,;:\"]{1,255})"
)
_DOMAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
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


class UnsafeLetter(ValueError):
    """An address or the built headers are not what may be mailed; the caller validates before."""


def fill(name: str, language: str, told: Mapping[str, Told]) -> Rendered:
    """Fill the three templates `LANGUAGE/NAME.*` in.

    Raises jinja2.UndefinedError when a template names what is not told.
    """
    parts = templates()
    subject = plain(parts.get_template(f"{language}/{name}.subject.txt").render(told))
    subject = subject.replace(NO_BREAK, " ")
    text = parts.get_template(f"{language}/{name}.txt").render(told)
    html = parts.get_template(f"{language}/{name}.html").render(told)
    if len(subject) > SUBJECT_CHARS_MAX:
        subject = subject[: SUBJECT_CHARS_MAX - 1].rstrip() + "…"
    return Rendered(subject, text.strip() + "\n", _inlined(html))


@lru_cache(maxsize=1)
def templates() -> ImmutableSandboxedEnvironment:
    """Give the templates of all letters."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    return CSSInliner(load_remote_stylesheets=False, minify_css=True)


def _inlined(html: str) -> str:
    """Put the styles on the elements; a no-break space stays one character, not six."""
    return _inliner().inline(html).replace("&nbsp;", NO_BREAK)


def build(
    rendered: Rendered, mark: str, sender: Address, receiver: Address, at: datetime
) -> FrozenLetter:
    """Build the bytes of a letter: the same arguments give the same bytes, in any process.

    Both parts are UTF-8 in base64, which no relay has to rewrite. `mark` names the letter among
    all that its sender ever mails: letters, digits and dots. `at` is aware.
    Raises UnsafeLetter for headers that are not exactly ours.
    """
    if at.tzinfo is None:
        raise UnsafeLetter("a letter's time needs an offset")
    message_id = f"<{mark}@{sender.domain}>"
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = receiver
    letter["Subject"] = header_text(rendered.subject)[:SUBJECT_CHARS_MAX]
    letter["Date"] = at
    letter["Message-ID"] = message_id
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(rendered.text, charset="utf-8", cte="base64")
    letter.add_alternative(rendered.html, subtype="html", charset="utf-8", cte="base64")
    letter.set_boundary(f"=_{mark}")
    raw = letter.as_bytes()
    _refuse_other_headers(raw, message_id, sender, receiver)
    return FrozenLetter(message_id, raw)


def _refuse_other_headers(raw: bytes, message_id: str, sender: Address, receiver: Address) -> None:
    """Read the built headers back: exactly ours, each once, to exactly one address."""
    built = BytesHeaderParser(policy=SMTP).parsebytes(raw)
    if sorted(built.keys()) != sorted(HEADERS):
        raise UnsafeLetter(f"headers of a letter: {sorted(built.keys())}")
    for name, meant in (("From", sender), ("To", receiver)):
        if [one.addr_spec for one in built[name].addresses] != [meant.addr_spec]:
            raise UnsafeLetter(f"{name} of a letter does not read back as one address")
    if built["Message-ID"] != message_id:
        raise UnsafeLetter("the Message-ID of a letter does not read back")


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
        return Address(header_text(name), found["local"], domain)
    except (ValueError, IndexError):
        raise UnsafeLetter("not exactly one e-mail address") from None


def header_text(text: str) -> str:
    """Clean text for a header: one line, and nothing that could read as an encoded word."""
    return plain(text).replace("=?", "= ?").replace("?=", "? =")
