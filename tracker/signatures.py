"""Did the shop that we know write this request? Signatures over the bytes as they came.

A vendor is one entry of SCHEMES: where its signature stands and what was signed (`claim`), which
keys a secret stands for (`keys`), and what is made of both (`prove`). Rules: each vendor's own
documentation; for Standard Webhooks its specification 1.0.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TypeAlias
from urllib.parse import parse_qsl

from tracker.deliveries import JSON_TYPE
from tracker.shops.payload import FORM_FIELDS_MAX, NotReadable, refuse_unreadable

WINDOW_SECONDS = 300
"""How far a signed time may be from our clock, both ways (Stripe's and the specification's)."""

HEADER_LENGTH_MAX = 2048
_SIGNATURES_MAX = 16
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_SECONDS = re.compile(r"[0-9]{1,20}")
# Signed between full stops, so a full stop inside would blur where the id ends.
_MESSAGE_ID = re.compile(r"[!-+/-~\-]{1,256}")
_EVENT_ID = re.compile(r"[!-~]{1,256}")
_PAIR = re.compile(r"[a-z0-9]{1,8},[A-Za-z0-9+/=_-]*")
_WORDPRESS_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|#0*(?:38|39|34|60|62)|#[xX]0*(?:26|27|22));")

MISSING, UNREADABLE = "signature_missing", "signature_unreadable"
OLD, WRONG = "signature_old", "signature_wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A request as the server received it.

    Attributes:
        headers: names in lower case, values as latin-1 text; a header sent twice is joined
            with a comma and a space, which no scheme here takes for one signature.
        body: the bytes of the body, unchanged.
        urls: the addresses that the vendor may have signed, where a scheme covers the address.
        now: our clock, aware.
    """

    headers: Mapping[str, str]
    body: bytes
    urls: tuple[str, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a request says of itself: any of the signatures, over any of the messages."""

    signatures: tuple[bytes, ...]
    messages: tuple[bytes, ...]


_Found: TypeAlias = "_Claim | str"
"""A claim, or the code of a refusal."""


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _own_bytes(secret: str) -> tuple[bytes, ...]:
    return (_bytes(secret),)


def _base64_hmac(key: bytes, message: bytes) -> bytes:
    return base64.b64encode(hmac.digest(key, message, hashlib.sha256))


def _hex_hmac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, hashlib.sha256).hex().encode("ascii")


def _key_itself(key: bytes, _message: bytes) -> bytes:
    return key


@dataclass(frozen=True, slots=True)
class _Scheme:
    claim: Callable[[Signed], _Found]
    prove: Callable[[bytes, bytes], bytes] = _base64_hmac
    keys: Callable[[str], tuple[bytes, ...]] = _own_bytes
    covers_body: bool = True
    secret_length_min: int = 24


def signs(vendor: str) -> bool:
    """Tell whether deliveries of a vendor prove who wrote them; the others need a secret URL."""
    return vendor in SCHEMES


def covers_body(vendor: str) -> bool:
    """Tell whether a good signature of a vendor says that the body is the vendor's.

    Where it does not, a delivery is a hint to ask the vendor, and no order may be read from it.
    False for vendors that do not sign.
    """
    return vendor in SCHEMES and SCHEMES[vendor].covers_body


def secret_length_min(vendor: str) -> int:
    """Give how many characters a vendor's secret must have at least."""
    return SCHEMES[vendor].secret_length_min if vendor in SCHEMES else 24


def verify(vendor: str, secrets: Sequence[str], request: Signed) -> str:
    """Tell whether one of the secrets signed the request: empty when it did, else a code.

    The codes are `signature_missing`, `signature_unreadable` (not of the scheme's shape, or two
    of them), `signature_old` (the signed time is out of the window) and `signature_wrong`.
    Never raises, whatever the request holds.
    """
    scheme = SCHEMES.get(vendor)
    if scheme is None:
        return MISSING
    claim = scheme.claim(request)
    if isinstance(claim, str):
        return claim
    good = False
    for secret in filter(None, secrets):
        for key in scheme.keys(secret):
            for message in claim.messages:
                proof = scheme.prove(key, message)
                for signature in claim.signatures:
                    # Every pair is compared, so the time says nothing about which one fits.
                    good |= hmac.compare_digest(proof, signature)
    return "" if good else WRONG


# Where the signature stands, and over what


def _header(request: Signed, *names: str) -> bytes | str:
    """Give a header's value, or the code of a refusal; two names must not contradict."""
    found = {request.headers.get(name, "").strip(" \t") for name in names} - {""}
    if not found:
        return MISSING
    value = found.pop()
    if found or len(value) > HEADER_LENGTH_MAX or not value.isascii():
        return UNREADABLE
    return value.encode("ascii")


Messages: TypeAlias = Callable[[Signed], tuple[bytes, ...]]


def _body(request: Signed) -> tuple[bytes, ...]:
    return (request.body,)


def _addresses(request: Signed) -> tuple[bytes, ...]:
    """Square signs the address that the owner typed there, and then the body."""
    return tuple(_bytes(url) + request.body for url in request.urls)


def _ecwid_event(request: Signed) -> tuple[bytes, ...]:
    """Ecwid signs when which event was made, both told by the body, and nothing else of it."""
    try:
        body = refuse_unreadable(request.body.decode("utf-8"), JSON_TYPE)
    except (NotReadable, UnicodeDecodeError):
        return ()
    if not isinstance(body, dict):
        return ()
    made, event = str(body.get("eventCreated")), body.get("eventId")
    if not _SECONDS.fullmatch(made) or not isinstance(event, str):
        return ()
    return (f"{made}.{event}".encode("ascii"),) if _EVENT_ID.fullmatch(event) else ()


def _plain(
    *names: str, prefix: bytes = b"", messages: Messages = _body
) -> Callable[[Signed], _Found]:
    """One header that holds one signature."""

    def claim(request: Signed) -> _Found:
        value = _header(request, *names)
        if isinstance(value, str):
            return value
        if b"," in value or not value.startswith(prefix):
            return UNREADABLE
        signed = messages(request)
        return _Claim((value.removeprefix(prefix),), signed) if signed else UNREADABLE

    return claim


def _stripe(request: Signed) -> _Found:
    """`t=1700000000,v1=…,v1=…,v0=…`: each v1 counts (two while a secret is replaced), v0 never."""
    value = _header(request, "stripe-signature")
    if isinstance(value, str):
        return value
    pairs = [part.strip().partition("=") for part in value.decode("ascii").split(",")]
    times = [text for name, _, text in pairs if name == "t"]
    signatures = [text.encode("ascii") for name, _, text in pairs if name == "v1"]
    if len(times) != 1 or not 1 <= len(signatures) <= _SIGNATURES_MAX:
        return UNREADABLE
    message = times[0].encode("ascii") + b"." + request.body
    return _unless_old(times[0], request.now) or _Claim(tuple(signatures), (message,))


def _standard(request: Signed) -> _Found:
    """Standard Webhooks: `v1,…` as often as there are secrets; other versions are not ours."""
    names = ("webhook-signature", "webhook-id", "webhook-timestamp")
    values = [_header(request, name) for name in names]
    texts = [value.decode("ascii") for value in values if isinstance(value, bytes)]
    if len(texts) < len(names):
        return next(value for value in values if isinstance(value, str))
    pairs, (message_id, at) = texts[0].split(), texts[1:]
    if not all(map(_PAIR.fullmatch, pairs)) or not _MESSAGE_ID.fullmatch(message_id):
        return UNREADABLE
    signatures = [pair.encode("ascii")[3:] for pair in pairs if pair.startswith("v1,")]
    if not 1 <= len(signatures) <= _SIGNATURES_MAX:
        return UNREADABLE
    message = f"{message_id}.{at}.".encode("ascii") + request.body
    return _unless_old(at, request.now) or _Claim(tuple(signatures), (message,))


def _unless_old(seconds: str, now: datetime) -> str:
    if not _SECONDS.fullmatch(seconds):
        return UNREADABLE
    return OLD if abs((now - _EPOCH) // _SECOND - int(seconds)) > WINDOW_SECONDS else ""


def _bitrix_token(request: Signed) -> _Found:
    """Bitrix24 sends the application's token, known to it and to us, as a field of the form."""
    try:
        pairs = parse_qsl(request.body.decode("utf-8"), max_num_fields=FORM_FIELDS_MAX)
    except ValueError:
        return UNREADABLE
    tokens = {value for name, value in pairs if name == "auth[application_token]"}
    if not tokens:
        return MISSING
    return _Claim((_bytes(tokens.pop()),), (b"",)) if len(tokens) == 1 else UNREADABLE


# What a secret stands for


@cache  # of the few secrets that there are, for every delivery
def _wordpress_keys(secret: str) -> tuple[bytes, ...]:
    """A secret may be typed or kept with `&amp;`; WooCommerce signs with what that stands for."""
    decoded = _WORDPRESS_ENTITY.sub(lambda entity: html.unescape(entity[0]), secret)
    encoded = html.escape(decoded).replace("&#x27;", "&#039;")
    return tuple({_bytes(text): None for text in (secret, decoded, encoded)})


def _standard_keys(secret: str) -> tuple[bytes, ...]:
    """The secret is base64, with or without `whsec_` and `=`; some senders sign with its text."""
    text = secret.removeprefix("whsec_")
    try:
        padded = _bytes(text.rstrip("=")) + b"=" * (-len(text.rstrip("=")) % 4)
        decoded = base64.b64decode(padded, validate=True)
    except binascii.Error:
        decoded = b""
    return (decoded, _bytes(secret)) if decoded else (_bytes(secret),)


# Keys made by Square itself have 22 characters (128 bits), and nobody can ask for longer ones.
SCHEMES: dict[str, _Scheme] = {
    "bigcommerce": _Scheme(_standard, keys=_standard_keys),
    "bitrix24": _Scheme(_bitrix_token, prove=_key_itself, covers_body=False),
    "cloudpayments": _Scheme(_plain("content-hmac")),
    "dub": _Scheme(_plain("dub-signature"), prove=_hex_hmac),
    "ecwid": _Scheme(_plain("x-ecwid-webhook-signature", messages=_ecwid_event), covers_body=False),
    "lemonsqueezy": _Scheme(_plain("x-signature"), prove=_hex_hmac),
    "shopify": _Scheme(_plain("x-shopify-hmac-sha256", "shopify-hmac-sha256")),
    "square": _Scheme(
        _plain("x-square-hmacsha256-signature", messages=_addresses), secret_length_min=22
    ),
    "standard-webhooks": _Scheme(_standard, keys=_standard_keys),
    "stripe": _Scheme(_stripe, prove=_hex_hmac),
    "typeform": _Scheme(_plain("typeform-signature", prefix=b"sha256=")),
    "woocommerce": _Scheme(_plain("x-wc-webhook-signature"), keys=_wordpress_keys),
}
