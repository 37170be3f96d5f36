"""How does a watchman outside learn that a run went well, or did not? One GET at its end.

The address is that of a service such as healthchecks.io, which calls the owner when no ping has
come for too long: a machine that is off cannot say so itself.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

DEADLINE_SECONDS = 10.0
"""For one ping, its retry and its redirects; connecting may take 5 of them."""
RETRIES = 1
_BYTES_MAX = 64 * 1024


def ping(url: str, *, good: bool, private_ok: bool) -> str:
    """Tell the service; empty when it answered 2xx, else a code of `tracker.sentences.clock`.

    `private_ok` lets the address lie in one's own network, as TRACKER_ALLOW_PRIVATE says. Raises
    nothing, and never shows the address: who knows it can keep the service quiet.
    """
    from tracker.fetching import Answer, Fetcher

    address = url if good else failure_address(url)
    try:
        with Fetcher(
            private_ok=private_ok, deadline=DEADLINE_SECONDS, bytes_max=_BYTES_MAX, retries=RETRIES
        ) as fetcher:
            answer = fetcher.get(address)
    except Exception:  # noqa: BLE001 - whatever a ping does, the run it reports of is over and done
        return "heartbeat_failed"
    if isinstance(answer, Answer):
        return "" if 200 <= answer.status < 300 else "heartbeat_refused"
    return _CODES.get(answer.code, "heartbeat_failed")


_CODES = {
    "address": "heartbeat_address",
    "plain": "heartbeat_plain",
    "private": "heartbeat_private",
    "too_big": "",  # it answered 200, and what else it said is of no interest
}


def failure_address(url: str) -> str:
    """Add `/fail` to the address's path; what stands after a `?` stays.

    The convention of healthchecks.io (https://healthchecks.io/docs/signaling_failures/).
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail"))
