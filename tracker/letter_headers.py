"""Which headers does a letter have, and do they read back as they were meant?"""

from __future__ import annotations

from collections.abc import Mapping
from email.header import decode_header
from email.headerregistry import (
    Address,
    BaseHeader,
    HeaderRegistry,
    UniqueAddressHeader,
    UnstructuredHeader,
)
from email.parser import BytesHeaderParser
from email.policy import SMTP, Policy, compat32
from email.utils import parseaddr

from tracker.header_words import LINE_CHARS_MAX, folded

HEADERS = frozenset(
    "From To Subject Date Message-ID MIME-Version Content-Type Auto-Submitted".split()
)
"""All the headers a letter has, each once.

A digest has List-Unsubscribe beside them, a correction In-Reply-To and References.
"""


class UnsafeLetter(ValueError):
    """An address or the built headers are not what may be mailed; the caller validates before."""


class _OneLine(UnstructuredHeader, BaseHeader):
    """A header that is never folded: a long word would be turned into encoded ones (RFC 2047)."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Words(UnstructuredHeader, BaseHeader):
    """A header in words, which keep the blanks between them."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {folded(str(self), len(self.name) + 2)}{policy.linesep}"


class _Person(UniqueAddressHeader, BaseHeader):  # type: ignore[misc]  # typeshed parts the two
    """A header with one address, whose name keeps its blanks."""

    def fold(self, *, policy: Policy) -> str:
        (one,) = self.addresses
        head, spec = f"{self.name}: ", f"<{one.addr_spec}>"
        if not one.display_name:
            return f"{head}{one.addr_spec}{policy.linesep}"
        # The library knows which names need quotes; those in another script need none.
        quoted = str(one).removesuffix(f" {spec}") if one.display_name.isascii() else ""
        name = quoted or folded(one.display_name, len(head))
        last = name.rpartition("\n")[2] if "\n" in name else head + name
        between = " " if len(last) + 1 + len(spec) <= LINE_CHARS_MAX - 2 else f"{policy.linesep} "
        return f"{head}{name}{between}{spec}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("Subject", _Words)
_HEADERS.map_to_type("From", _Person)
_HEADERS.map_to_type("To", _Person)
_HEADERS.map_to_type("Message-ID", _OneLine)
_HEADERS.map_to_type("List-Unsubscribe", _OneLine)
_HEADERS.map_to_type("In-Reply-To", _OneLine)
_HEADERS.map_to_type("References", _OneLine)
LETTER_POLICY = SMTP.clone(header_factory=_HEADERS)


def refuse_other_headers(
    raw: bytes, exactly: Mapping[str, str], sender: Address, receiver: Address
) -> None:
    """Read the built headers back: exactly ours, each once, to exactly one address.

    `exactly` are the texts of those that are not addresses. All are read twice: by the library's
    own parser, and by RFC 2047 word by word. Raises UnsafeLetter.
    """
    head = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    built = BytesHeaderParser(policy=SMTP).parsebytes(head)
    typed = BytesHeaderParser(policy=compat32).parsebytes(head)
    if sorted(built.keys()) != sorted(HEADERS | exactly.keys()):
        raise UnsafeLetter(f"headers of a letter: {sorted(built.keys())}")
    for name, meant in (("From", sender), ("To", receiver)):
        if [one.addr_spec for one in built[name].addresses] != [meant.addr_spec]:
            raise UnsafeLetter(f"{name} of a letter does not read back as one address")
        # Python 3.11 reads a blank between two encoded words of a name, and one for a run of them.
        read = _unspaced(built[name].addresses[0].display_name)
        plainly = _decoded(parseaddr(_unfolded(typed[name]))[0])
        if (read, plainly) != (_unspaced(meant.display_name), meant.display_name):
            raise UnsafeLetter(f"the name in {name} of a letter does not read back")
    for name, text in exactly.items():
        if (str(built[name]), _decoded(_unfolded(typed[name]))) != (text, text):
            raise UnsafeLetter(f"the {name} of a letter does not read back")


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _unfolded(value: str) -> str:
    return value.replace("\r\n", "").replace("\n", "")


def _decoded(value: str) -> str:
    parts = decode_header(value)
    return "".join(
        part if isinstance(part, str) else part.decode(charset or "ascii")
        for part, charset in parts
    )
