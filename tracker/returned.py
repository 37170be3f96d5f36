"""What does the plain text of a returned letter say? Its status, and whose copy it carries."""

from __future__ import annotations

import re

STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?!\d)", re.ASCII)
"""An enhanced status code (RFC 3463)."""

_WITHIN = re.compile(rf"(?<![\d.]){STATUS.pattern}(?!\.\d)", re.ASCII)
_REPLY = re.compile(r"(?<![\d.])([245])\d\d(?![\d.])", re.ASCII)
_COPY = re.compile(
    r"^-+ .*(copy of (the|your) message|returned message).*$", re.IGNORECASE | re.MULTILINE
)
_OWN_ID = re.compile(
    r"^Message-ID:[ \t]*(?:\r?\n[ \t]+)?(<[!-;=?-~]{3,250}>)", re.IGNORECASE | re.MULTILINE
)


def said_status(said: str) -> str:
    """Find the status in what a server said: the enhanced one, else its reply's first digit.

    Two that contradict each other are settled by the reply. Empty where neither is said.
    """
    status, reply = _WITHIN.search(said), _REPLY.search(said)
    if status is not None and (reply is None or reply[1] == status[1]):
        return status[0]
    return f"{reply[1]}.0.0" if reply is not None else ""


def plain_bounce(text: str) -> tuple[str, str]:
    """Part a bounce without parts, as Exim writes it: (what is said, the letter's Message-ID).

    The id is looked for only after the line that says where the letter's copy begins.
    """
    begins = _COPY.search(text)
    if begins is None:
        return text, ""
    own = _OWN_ID.search(text, begins.end())
    return text[: begins.start()], own[1] if own else ""
