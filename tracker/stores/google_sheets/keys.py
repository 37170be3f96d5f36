"""Which service account opens the sheet? The one in the owner's key file, if it is kept safe."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tracker.problems import Stop

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
"""All that is asked for: the sheets that were shared with the account, and nothing of Drive."""

KEY_BYTES_MAX = 64 * 1024
_NEEDED = ("client_email", "private_key", "token_uri")


@dataclass(frozen=True, slots=True)
class Account:
    """A service account: the e-mail that a sheet is shared with, and what proves who asks."""

    email: str
    credentials: Any = field(repr=False)


def load_account(path: Path | None) -> Account:
    """Read the key file that TRACKER_GOOGLE_CREDENTIALS names.

    Raises Stop `google_key_unset`, `google_key_missing`, `google_key_open` when others than its
    owner may read it, and `google_key_unreadable`; none of them says what is inside.
    """
    if path is None:
        raise Stop("google_key_unset")
    try:
        mode = path.stat().st_mode
        content = _beginning(path) if stat.S_ISREG(mode) else None
    except OSError:
        content = None
    if content is None:
        raise Stop("google_key_missing", path=path)
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Stop("google_key_open", path=path)
    return _account(content, path)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(KEY_BYTES_MAX)


def _account(content: bytes, path: Path) -> Account:
    from google.auth.exceptions import GoogleAuthError
    from google.oauth2 import service_account

    class Credentials(service_account.Credentials):
        """Asks for tokens and nothing else.

        google-auth would also ask iamcredentials.googleapis.com where the account may be used,
        without a time-out; Google Sheets does not want to know.
        """

        def _is_regional_access_boundary_lookup_required(self) -> bool:
            return False

    try:
        key = json.loads(content)
        whole = key["type"] == "service_account" and all(key[name] for name in _NEEDED)
        credentials = Credentials.from_service_account_info(key, scopes=[SCOPE])  # type: ignore[no-untyped-call]
    except (ValueError, KeyError, TypeError, RecursionError, GoogleAuthError):
        # Not chained: the text of these errors may hold a part of the key.
        raise Stop("google_key_unreadable", path=path) from None
    if not whole:
        raise Stop("google_key_unreadable", path=path)
    return Account(str(key["client_email"]), credentials)
