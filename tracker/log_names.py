"""Which order logs does `TRACKER_ORDER_LOG` name, and how may each be shown?"""

from __future__ import annotations

import re

FILE = "file:"
TAB = "tab:"
INBOX = "inbox:"
_USUAL_TAB = frozenset({"tab:Webhook log"})
_KIND = re.compile(r"\s*(file|tab|inbox|https?):", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}:")
# A host, perhaps a port, and a path: neither a name nor a password, nor signs that hide one.
_SHOWABLE = re.compile(
    r"https?://(?:\[[0-9a-f:.]+\]|[^\s\\@/?#:\[\]]+)(?::[0-9]{1,5})?(?:/[^\s\\]*)?", re.IGNORECASE
)


def log_names(spec: str) -> list[str]:
    """Part the value, at its commas; those in the query of an address belong to it."""
    names: list[str] = []
    for part in spec.split(","):
        if names and "?" in names[-1] and is_address(names[-1]) and not _KIND.match(part):
            names[-1] += f",{part}"
        else:
            names.append(part.strip())
    return [name for name in names if name]


def is_address(name: str) -> bool:
    """Whether a log is one that is pulled from an address."""
    return name.casefold().startswith(("https://", "http://"))


def is_webhook_tab(name: str) -> bool:
    """Whether a log is the tab Webhook log, by whichever of its titles."""
    if name in _USUAL_TAB:
        return True
    if not name.startswith(TAB):
        return False
    from tracker.layout import Tab, find_tab

    return find_tab(name.removeprefix(TAB)) is Tab.WEBHOOK_LOG


def shown_log(name: str) -> str:
    """Give a log's name as it may be shown: an address may hold a secret.

    An address is shown without its query; of what is none, hardly anything: who knows where a
    password ends in it.
    """
    if name.startswith((FILE, TAB, INBOX)):
        return name
    if is_address(name):
        bare = re.split(r"[?#]", name)[0]
        return bare if _SHOWABLE.fullmatch(bare) else f"{name.partition(':')[0]}:…"
    if not re.search(r"[@?#]|//", name):
        return name
    scheme = _SCHEME.match(name)
    return f"{scheme[0]}…" if scheme else "…"
