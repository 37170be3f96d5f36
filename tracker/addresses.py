"""Is this one e-mail address, and nothing that could smuggle in a header or a second recipient?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tracker.problems import Stop

EMAIL_LENGTH_MAX = 254
NAME_LENGTH_MAX = 100

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}")
_NAMED = re.compile(r"([^<>]*)<([^<>]*)>")
# Control, format (among them marks that turn the reading direction), surrogates, line and
# paragraph separators: none of them belongs into an address or a sender's name.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def email_problem(text: str) -> str | None:
    """Say what keeps `text` from being exactly one plain address; None when nothing does.

    The caller drops outer spaces first. Returns a code of `tracker.sentences.PROBLEMS`.
    """
    if not text:
        return "email_missing"
    if _hidden(text):
        return "email_hidden_sign"
    if "," in text or ";" in text or text.count("@") > 1:
        return "email_several"
    if "=?" in text:
        return "email_encoded"
    if not text.isascii():
        return "email_not_latin"
    local, _, domain = text.partition("@")
    if len(text) > EMAIL_LENGTH_MAX or len(local) > 64:
        return "email_too_long"
    if not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        return "email_unreadable"
    return None


def _hidden(text: str) -> bool:
    return any(unicodedata.category(sign) in _HIDDEN for sign in text)


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom letters come from: `name` may be empty."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class NotASender:
    """Why a sender cannot be used: a code of `tracker.sentences.PROBLEMS`."""

    code: str


def needed_sender(mail_from: str) -> Sender:
    """Read the setting `mail_from` for a letter. Raises Stop `mail_from_missing`."""
    sender = parse_from(mail_from)
    if isinstance(sender, NotASender):
        raise Stop("mail_from_missing")
    return sender


def parse_from(text: str) -> Sender | NotASender:
    """Read the setting `mail_from`: `shop@example.com`, `The Shop <shop@example.com>`."""
    bare = text.strip()
    if _hidden(text):
        return NotASender("email_hidden_sign")
    named = _NAMED.fullmatch(bare)
    name, address = (named[1].strip(), named[2].strip()) if named else ("", bare)
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].strip()
    if "=?" in name or "@" in name or '"' in name or "\\" in name:
        return NotASender("sender_name_unreadable")
    if len(name) > NAME_LENGTH_MAX:
        return NotASender("sender_name_too_long")
    code = email_problem(address)
    return NotASender(code) if code else Sender(name, address)
