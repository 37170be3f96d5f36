"""What does Google's refusal mean for the owner, and what is to be done?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.problems import Stop
from tracker.stores.google_sheets.wire import Refused

MESSAGE_CHARACTERS_MAX = 200
_NUMBER = re.compile(r"requests\[(\d+)\]")


def stop_for(
    refused: Refused, *, email: str, where: str, writing: bool = False, tabs: Sequence[str] = ()
) -> Stop:
    """Say a refusal in words.

    `where` is the spreadsheet's address; `tabs` names the tab that each request of a refused
    batch is about, in order.
    """
    said = refused.message.casefold()
    if refused.code == 401:
        return Stop("google_key_revoked", email=email)
    if refused.code == 404:
        return Stop("google_not_found", where=where, email=email)
    if refused.code == 403:
        return _forbidden(refused, said, email, where, writing=writing)
    if "not supported for this document" in said or "office file" in said:
        return Stop("google_office_file", where=where)
    if "protected" in said:
        return Stop("google_protected", tab=tab_of(refused, tabs) or where, email=email)
    if "above the limit" in said or "cell limit" in said:
        return Stop("google_full", where=where)
    return Stop("google_refused", says=refused.message[:MESSAGE_CHARACTERS_MAX], http=refused.code)


def _forbidden(refused: Refused, said: str, email: str, where: str, *, writing: bool) -> Stop:
    if (
        refused.reason in {"SERVICE_DISABLED", "ACCESS_NOT_CONFIGURED"}
        or "has not been used" in said
    ):
        return Stop("google_api_off", email=email)
    if "protected" in said:
        return Stop("google_protected", tab=where, email=email)
    return Stop("google_read_only" if writing else "google_not_shared", where=where, email=email)


def requests_index(refused: Refused) -> int | None:
    """Which request of the batch Google names in its refusal, from 0; None when it names none."""
    found = _NUMBER.search(refused.message)
    return int(found[1]) if found else None


def tab_of(refused: Refused, tabs: Sequence[str]) -> str:
    """Find the tab of the request that Google names in its refusal; empty when it names none."""
    index = requests_index(refused)
    return tabs[index] if index is not None and index < len(tabs) else ""
