"""Where do letters go? Reads `TRACKER_SMTP_URL`, and never repeats the password it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlsplit

from tracker.problems import Stop

_FOLDER = "folder:"
_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1", re.ASCII)


class Security(StrEnum):
    """How the connection to the mail server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server; `user` is empty where it asks for no login."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class MailFolder:
    """A folder that letters are written to instead of being sent."""

    path: str


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    return _LOOPBACK.fullmatch(host) is not None


def read_mail_url(url: str) -> MailServer | MailFolder:
    """Read `smtp://user:password@host:587`, `smtps://…:465` or `folder:PATH`.

    User and password are percent-encoded. `smtp` means STARTTLS, except to this very machine;
    `?starttls=0` and `?starttls=1` say otherwise. Raises Stop (`smtp_missing`,
    `smtp_url_unreadable`), which does not show the URL.
    """
    bare = url.strip()
    if not bare:
        raise Stop("smtp_missing")
    if bare.startswith(_FOLDER) and len(bare) > len(_FOLDER):
        return MailFolder(bare.removeprefix(_FOLDER))
    try:
        server = _read_server(bare)
    except ValueError:
        server = None
    if server is None:
        # `from None` above all: the library's own words would quote the URL.
        raise Stop("smtp_url_unreadable") from None
    return server


def _read_server(url: str) -> MailServer | None:
    parts = urlsplit(url)
    host, query = parts.hostname, dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    starttls = query.pop("starttls", None)
    stray = query or parts.path not in {"", "/"} or parts.fragment
    if not host or not host.isascii() or stray or starttls not in {None, "0", "1"}:
        return None
    if parts.scheme == "smtps" and starttls is None:
        security, port = Security.TLS, 465
    elif parts.scheme == "smtp":
        plain = starttls == "0" or (starttls is None and is_loopback(host))
        security, port = (Security.NONE, 25) if plain else (Security.STARTTLS, 587)
    else:
        return None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not (user + password).isprintable() or bool(user) != bool(password):
        return None
    return MailServer(
        host=host,
        port=port if parts.port is None else parts.port,
        security=security,
        user=user,
        password=password,
    )
