"""What does a request to /hooks/… say? A delivery to keep, a ping to answer, or a refusal.

A vendor that signs is believed for its signature, any other for the secret in its address; only
then is the body looked at, and only for whether some reader could ever make sense of it.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Self

from tracker import delivery_ids
from tracker.deliveries import JSON_TYPE
from tracker.problems import Stop
from tracker.sentences.receiver import HOOK_ANSWERS
from tracker.shops import DIALECTS
from tracker.shops.payload import Json, NotReadable, Pairs, refuse_unreadable
from tracker.signatures import SCHEMES, Signed, secret_length_min, signs, verify

FORM_TYPE = "application/x-www-form-urlencoded"
CONTENT_TYPE_LENGTH_MAX = 200

_VARIABLE = "TRACKER_HOOK_SECRET_"
_OUTSIDE_NAMES = re.compile(r"[^A-Z0-9]")
_VENDOR_LENGTH_MAX = 32
_VENDOR = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SHOP = re.compile(r"\w[\w.-]{0,39}")
_SOURCE_LENGTH_MAX = 100
_WOOCOMMERCE_PING = re.compile(rb"webhook_id=[0-9]{1,20}")

_STATUSES = {
    "hook_unknown": 404,
    "hook_secret_missing": 401,
    "hook_secret_wrong": 401,
    "signature_missing": 401,
    "signature_unreadable": 401,
    "signature_old": 401,
    "signature_wrong": 401,
    "hook_encoding": 415,
    "delivery_too_big": 413,
}
_STATUS_OF_A_BODY = 400

_KEPT, _PONG = b'{"kept":true}', b'{"pong":true}'
# Anything else counts as a failure there, whatever the status.
_CLOUDPAYMENTS_ANSWER = b'{"code":0}'


@dataclass(frozen=True, slots=True)
class Landing:
    """A delivery to keep; when it is safe, and not before, `answer` goes out with status 200.

    Attributes:
        source: the vendor, and behind a colon the shop, as `read_source` gives it.
        delivery_id: the sender's name for it, else one made of the body.
        content_type: as the sender says, at most 200 characters.
        body: the text as received, a byte order mark too.
        answer: what the vendor wants to read.
        answer_type: the content type of the answer.
    """

    source: str
    delivery_id: str
    content_type: str
    body: str = field(repr=False)
    answer: bytes
    answer_type: str


@dataclass(frozen=True, slots=True)
class Pong:
    """A try whether we are there: answered with status 200, and no delivery."""

    answer: bytes
    answer_type: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Not kept. `says` is one sentence for the sender, and repeats nothing that was sent."""

    status: int
    code: str
    says: str


def refused(code: str) -> Refused:
    """Give the refusal of that code, with its HTTP status and sentence."""
    says = HOOK_ANSWERS.get(code, HOOK_ANSWERS["hook_body_unreadable"])
    return Refused(_STATUSES.get(code, _STATUS_OF_A_BODY), code, says)


@dataclass(frozen=True, slots=True)
class Secrets:
    """The secrets of each source, by the end of its variable's name (`WOOCOMMERCE_TEA`)."""

    _known: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def of(cls, known: Mapping[str, tuple[str, ...]]) -> Self:
        """Take the secrets that the environment holds.

        Raises Stop `hook_secret_empty` and `hook_secret_short`, naming the variable.
        """
        for name, secrets in known.items():
            if not secrets or not all(secrets):
                raise Stop("hook_secret_empty", name=_VARIABLE + name)
            limit = secret_length_min(_vendor_of(name, SCHEMES))
            if min(map(len, secrets)) < limit:
                raise Stop("hook_secret_short", name=_VARIABLE + name, limit=limit)
        return cls(MappingProxyType(dict(known)))

    def of_source(self, source: str) -> tuple[str, ...]:
        """Give a source's own secrets, else its vendor's; none for a source that is not known."""
        own = self._known.get(_variable(source))
        return own or self._known.get(_variable(source.partition(":")[0]), ())

    def names(self) -> tuple[str, ...]:
        """Give the variables that hold secrets, for people: `TRACKER_HOOK_SECRET_TILDA`."""
        return tuple(sorted(_VARIABLE + name for name in self._known))

    def unread(self) -> tuple[Unread, ...]:
        """Give those whose deliveries are kept and not read, by their variables in order."""
        found = ((name, _vendor_of(name, known_vendors())) for name in sorted(self._known))
        return tuple(
            Unread(_VARIABLE + name, vendor or name.lower(), known=bool(vendor))
            for name, vendor in found
            if vendor not in DIALECTS
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """A variable whose deliveries no reader understands; `known` when we can check its vendor's.

    Of a vendor that is not known, `vendor` may have a shop's name at its end.
    """

    variable: str
    vendor: str
    known: bool


def known_vendors() -> tuple[str, ...]:
    """Give the vendors that this version can check or read, by their names in order."""
    return tuple(sorted({*SCHEMES, *DIALECTS}))


def _variable(source: str) -> str:
    return _OUTSIDE_NAMES.sub("_", source.upper())


def _vendor_of(variable: str, vendors: Iterable[str]) -> str:
    """Give which of the vendors a variable is for; empty when it is another."""
    fits = (v for v in vendors if f"{variable}_".startswith(f"{_variable(v)}_"))
    return next(fits, "")


def read_source(text: str) -> str | None:
    """Read the source in an address, `woocommerce` or `woocommerce:tea`; None when it is none.

    Case does not count, so that one shop is not two because its address was typed anew.
    """
    if len(text) > _SOURCE_LENGTH_MAX:
        return None
    vendor, colon, shop = text.partition(":")
    vendor = vendor.lower() if vendor.isascii() else ""
    if len(vendor) > _VENDOR_LENGTH_MAX or not _VENDOR.fullmatch(vendor):
        return None
    shop = unicodedata.normalize("NFC", shop.casefold())
    if colon and not _SHOP.fullmatch(shop):
        return None
    return vendor + colon + shop


def answer_to(source: str) -> tuple[bytes, str]:
    """Give what a vendor wants to read once its delivery is kept, and its content type."""
    vendor = source.partition(":")[0]
    return (_CLOUDPAYMENTS_ANSWER if vendor == "cloudpayments" else _KEPT), JSON_TYPE


def judge(
    source_text: str,
    url_secret: str | None,
    headers: Mapping[str, str],
    body: bytes,
    urls: Iterable[str],
    now: datetime,
    secrets: Secrets,
) -> Landing | Pong | Refused:
    """Say what becomes of a request to `/hooks/SOURCE` or `/hooks/SOURCE/SECRET`.

    Never raises, whatever the request holds.

    Args:
        source_text: the source in the address, decoded.
        url_secret: the secret in the address, decoded; None when it has none.
        headers: names in lower case, values as latin-1 text, repeated ones joined with `, `.
        body: the bytes as they came.
        urls: the addresses under which the vendor may know us.
        now: our clock, aware.
        secrets: of every source.

    """
    source = read_source(source_text)
    known = secrets.of_source(source) if source else ()
    if source is None or not known:
        return refused("hook_unknown")
    vendor = source.partition(":")[0]
    if signs(vendor):
        if url_secret is not None:
            return refused("hook_unknown")
        if vendor == "woocommerce" and _WOOCOMMERCE_PING.fullmatch(body):
            return Pong(_PONG, JSON_TYPE)
        request = Signed(headers=headers, body=body, urls=tuple(urls), now=now)
        code = verify(vendor, known, request)
    else:
        code = _without_secret(url_secret, known)
    return refused(code) if code else _read(source, headers, body)


def _without_secret(url_secret: str | None, known: tuple[str, ...]) -> str:
    """Give the code of a refusal unless the address ends in one of the secrets."""
    if not url_secret:
        return "hook_secret_missing"
    given = url_secret.encode("utf-8", "surrogatepass")
    good = False
    for secret in known:
        # Every secret is compared, so the time says nothing about which one fits.
        good |= hmac.compare_digest(secret.encode("utf-8", "surrogatepass"), given)
    return "" if good else "hook_secret_wrong"


def _read(source: str, headers: Mapping[str, str], body: bytes) -> Landing | Pong | Refused:
    """Look at the body of a request that is believed."""
    if headers.get("content-encoding", "").strip().lower() not in {"", "identity"}:
        return refused("hook_encoding")
    if not body.strip():
        return refused("hook_body_empty")
    content_type = _content_type(headers, body)
    try:
        text = body.decode("utf-8")
        found = refuse_unreadable(text, content_type)
    except UnicodeDecodeError:
        return refused("delivery_not_text")
    except NotReadable as unreadable:
        return refused(unreadable.code)
    # No store keeps this sign in a text.
    if "\0" in text:
        return refused("delivery_not_text")
    vendor = source.partition(":")[0]
    answer, answer_type = answer_to(source)
    if _is_ping(vendor, found):
        return Pong(answer if vendor == "cloudpayments" else _PONG, answer_type)
    name = delivery_ids.delivery_id(vendor, headers, found, body)
    return Landing(source, name, content_type, text, answer, answer_type)


def _content_type(headers: Mapping[str, str], body: bytes) -> str:
    given = headers.get("content-type", "").strip()[:CONTENT_TYPE_LENGTH_MAX]
    if given and given.isprintable():
        return given
    begin = body[:100].removeprefix(b"\xef\xbb\xbf").lstrip()
    return JSON_TYPE if begin.startswith((b"{", b"[")) else FORM_TYPE


def _is_ping(vendor: str, found: Json | Pairs) -> bool:
    """Tell whether a believed request is only a try; WooCommerce's come without a signature."""
    if vendor == "tilda" and isinstance(found, tuple | dict):
        names = found if isinstance(found, dict) else dict(found)
        paid = any(name.startswith("payment") for name in names)
        return names.get("test") == "test" and not paid
    if vendor == "cloudpayments":
        ids = ("TransactionId", "InvoiceId")
        return not any(delivery_ids.field(found, name) for name in ids)
    return False
