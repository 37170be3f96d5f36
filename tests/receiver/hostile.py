"""Which requests would harm us, if we let them? Bytes, for the core and for a real socket alike.

None of them may be kept, raise, or be answered 500; each says which answers are right.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

KEY = "the-right-secret-of-32-characters"
NOW_SECONDS = 1_700_000_000
"""What the signed times below are, so that a test of the core may stop its clock there."""

SECRETS: dict[str, tuple[str, ...]] = dict.fromkeys(
    "BITRIX24 CLOUDPAYMENTS ECWID GENERIC SHOPIFY SQUARE STANDARD_WEBHOOKS STRIPE TILDA "
    "TYPEFORM WOOCOMMERCE WOOCOMMERCE_TEA".split(),
    (KEY,),
)

Headers = tuple[tuple[bytes, bytes], ...]
ORDER = b'{"order_id":"1","total":100}'
JSON = (b"content-type", b"application/json")
FORM = (b"content-type", b"application/x-www-form-urlencoded")


@dataclass(frozen=True, slots=True)
class Hostile:
    """One request; `statuses` are the right answers, of the core and of a server before it."""

    name: str
    path: bytes
    statuses: tuple[int, ...]
    headers: Headers = (JSON,)
    body: bytes = ORDER
    method: bytes = b"POST"


def address(path: bytes) -> tuple[str, str | None] | None:
    """Split a path as a server does: source and secret, or None where nothing is received."""
    parts = path.partition(b"?")[0].split(b"/")
    if parts[:2] != [b"", b"hooks"] or len(parts) not in {3, 4}:
        return None
    source, *secret = (unquote(part.decode("latin-1"), errors="replace") for part in parts[2:])
    return source, secret[0] if secret else None


def joined(headers: Headers) -> dict[str, str]:
    """Give the headers as a server does: names in lower case, repeated ones joined."""
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _proof(message: bytes) -> bytes:
    return base64.b64encode(hmac.digest(KEY.encode(), message, "sha256"))


RIGHT = _proof(ORDER)
WRONG = base64.b64encode(b"\0" * 32)
SHOPIFY, WOO, STRIPE = b"x-shopify-hmac-sha256", b"x-wc-webhook-signature", b"stripe-signature"
SQUARE, TYPEFORM = b"x-square-hmacsha256-signature", b"typeform-signature"
AT = b"%d" % NOW_SECONDS
STRIPE_RIGHT = hmac.digest(KEY.encode(), AT + b"." + ORDER, "sha256").hex().encode()
SECRET = KEY.encode()


def _paths() -> Iterator[Hostile]:
    """Addresses at which nothing is received; each would be right but for one thing."""
    signed = ((SHOPIFY, RIGHT), JSON)
    for name, path in {
        "no source": b"/hooks/",
        "no source and no slash": b"/hooks",
        "a source nobody set a secret for": b"/hooks/stripe-2",
        "a vendor that nobody knows": b"/hooks/opencart/" + SECRET,
        "two dots": b"/hooks/..",
        "two dots and the source": b"/hooks/../shopify",
        "a path out of the folder": b"/hooks/../../etc/passwd",
        "two dots encoded": b"/hooks/%2e%2e%2fshopify",
        "two dots encoded twice": b"/hooks/%252e%252e",
        "a single dot": b"/hooks/./shopify",
        "two slashes": b"/hooks//shopify",
        "two slashes at the beginning": b"//hooks/shopify",
        "a trailing slash": b"/hooks/shopify/",
        "a signing source with the secret in its address": b"/hooks/shopify/" + SECRET,
        "three parts": b"/hooks/tilda/" + SECRET + b"/more",
        "a slash after the secret": b"/hooks/tilda/" + SECRET + b"/",
        "an encoded slash between source and secret": b"/hooks/tilda%2f" + SECRET,
        "a null byte after the source": b"/hooks/shopify%00",
        "a null byte before a suffix": b"/hooks/shopify%00.json",
        "a line end in the source": b"/hooks/shopify%0d%0aX-Ok:%20yes",
        "a tab in the source": b"/hooks/shop%09ify",
        "a space after the source": b"/hooks/shopify%20",
        "bytes that are no UTF-8": b"/hooks/%ff%fe",
        "an overlong slash": b"/hooks/%c0%af",
        "half a surrogate": b"/hooks/%ed%a0%80",
        "wide letters": b"/hooks/%EF%BD%93hopify",
        "a Cyrillic letter that looks Latin": b"/hooks/sh%D0%BEpify",
        "digits of another script": b"/hooks/bitrix%D9%A2%D9%A4",
        "a Kelvin sign for a letter": b"/hooks/%E2%84%AA",
        "a source of 10,000 letters": b"/hooks/" + b"a" * 10_000,
        "a shop's name of 41 letters": b"/hooks/woocommerce:" + b"a" * 41,
        "a shop without a name": b"/hooks/woocommerce:",
        "a shop called two dots": b"/hooks/woocommerce:..",
        "a shop with a slash": b"/hooks/woocommerce:tea%2f..%2f..",
        "a shop with a null byte": b"/hooks/woocommerce:tea%00",
        "a shop with two colons": b"/hooks/woocommerce:tea:green",
        "a vendor with a hyphen at its end": b"/hooks/shopify-",
        "a vendor with two hyphens": b"/hooks/standard--webhooks",
        "an underscore for a hyphen": b"/hooks/standard_webhooks",
        "a query for a source": b"/hooks/?source=shopify",
        "a wildcard": b"/hooks/*",
        "a template": b"/hooks/{{7*7}}",
        "SQL": b"/hooks/shopify'--",
        "another case of the folder": b"/Hooks/shopify",
    }.items():
        # A server may refuse a target before anybody looks at it.
        yield Hostile(name, path, (404, 400), signed)


def _secrets() -> Iterator[Hostile]:
    """Secrets in an address that are not the one."""
    for name, secret in {
        "no secret": b"",
        "a wrong secret": b"the-wrong-secret-of-32-characters",
        "the secret but its last sign": SECRET[:-1],
        "the secret and one more sign": SECRET + b"s",
        "the secret in capitals": SECRET.upper(),
        "the secret and a null byte": SECRET + b"%00",
        "the secret after a null byte": b"%00" + SECRET,
        "the secret and a space": SECRET + b"%20",
        "the secret and a line end": SECRET + b"%0d%0a",
        "the secret encoded twice": b"%2574he-right-secret-of-32-characters",
        "two secrets as they stand in the variable": SECRET + b"," + SECRET,
        "a secret that is no UTF-8": b"%ff%fe%fd",
        "a secret of 10,000 signs": b"s" * 10_000,
        "a word for nothing": b"undefined",
        "the name of the variable": b"TRACKER_HOOK_SECRET_TILDA",
    }.items():
        # What is no text cannot be a secret, so a server may say that nothing is there.
        statuses = (401, 404) if secret.startswith(b"%ff") else (401,)
        yield Hostile(name, b"/hooks/tilda/" + secret, statuses)
    asked = b"/hooks/tilda?secret=" + SECRET
    yield Hostile("the secret in the query", asked, (401,))
    headers = ((b"authorization", b"Bearer " + SECRET), JSON)
    yield Hostile("the secret in a header", b"/hooks/tilda", (401,), headers)
    yield Hostile("a ping without the secret", b"/hooks/tilda", (401,), (FORM,), b"test=test")


def _signatures() -> Iterator[Hostile]:
    """Signatures that are missing, odd, doubled, or another request's."""
    for name, value in {
        "an empty signature": b"",
        "spaces for a signature": b"   ",
        "a wrong signature": WRONG,
        "no base64": b"wronghash",
        "base64 of something short": b"YmxhaGJsYWgK",
        "base64 without its padding": RIGHT.rstrip(b"="),
        "base64 with too much padding": RIGHT + b"===",
        "base64 in the letters for addresses": RIGHT.replace(b"/", b"_").replace(b"+", b"-") + b"_",
        "base64 with a space inside": RIGHT[:10] + b" " + RIGHT[10:],
        "the signature in hex": base64.b64decode(RIGHT).hex().encode(),
        "the signature in small letters": RIGHT.lower(),
        "the signature with a prefix": b"sha256=" + RIGHT,
        "the secret for a signature": SECRET,
        "10 kB for a signature": b"A" * 10_240,
        "a signature that is no ASCII": b"\xff\xfe" * 22,
        "encoded line ends in a signature": RIGHT + b"%0d%0aX-Ok: yes",
        "two signatures in one": WRONG + b", " + RIGHT,
        "true for a signature": b"true",
    }.items():
        yield Hostile(name, b"/hooks/shopify", (401,), ((SHOPIFY, value), JSON))
    both = ((SHOPIFY, RIGHT), (SHOPIFY, WRONG), JSON)
    yield Hostile("two signatures, the right one first", b"/hooks/shopify", (401,), both)
    names = ((SHOPIFY, RIGHT), (b"shopify-hmac-sha256", WRONG), JSON)
    yield Hostile("two names that contradict", b"/hooks/shopify", (401,), names)
    yield Hostile("no signature", b"/hooks/shopify", (401,))
    yield Hostile("another vendor's header", b"/hooks/woocommerce", (401,), ((SHOPIFY, RIGHT),))
    changed = ((SHOPIFY, RIGHT), JSON)
    yield Hostile("a changed body", b"/hooks/shopify", (401,), changed, ORDER + b" ")
    yield Hostile("another order's signature", b"/hooks/shopify", (401,), changed, b"{}")
    ping = b"webhook_id=1&total=100"
    yield Hostile("a ping that is more than one", b"/hooks/woocommerce", (401,), (FORM,), ping)
    wide = "webhook_id=１６".encode()
    yield Hostile("a ping in wide digits", b"/hooks/woocommerce:tea", (401,), (FORM,), wide)
    yield Hostile("a ping of another shop", b"/hooks/shopify", (401,), (FORM,), b"webhook_id=16")
    address_signed = ((SQUARE, _proof(b"https://example.net/hooks/square" + ORDER)), JSON)
    yield Hostile("a signature for another address", b"/hooks/square", (401,), address_signed)
    token = b"auth[application_token]=" + SECRET + b"&auth[application_token]=x"
    yield Hostile("two tokens that contradict", b"/hooks/bitrix24", (401,), (FORM,), token)
    yield Hostile("a token in the query", b"/hooks/bitrix24?" + token, (401,), (FORM,), b"a=1")
    event = ((b"x-ecwid-webhook-signature", _proof(b"None.None")), JSON)
    yield Hostile("an event without its id", b"/hooks/ecwid", (401,), event, b"{}")
    bare = ((TYPEFORM, RIGHT), JSON)
    yield Hostile("a hash without its name", b"/hooks/typeform", (401,), bare)
    decoded = ((b"x-content-hmac", _proof(b"InvoiceId=1")), FORM)
    yield Hostile(
        "a header not relied on", b"/hooks/cloudpayments", (401,), decoded, b"InvoiceId=1"
    )


def _times() -> Iterator[Hostile]:
    """Signed times that are old, odd or missing."""
    good = b"v1=" + STRIPE_RIGHT
    for name, value in {
        "no time": good,
        "an empty time": b"t=," + good,
        "a time that is a word": b"t=now," + good,
        "a time below zero": b"t=-" + AT + b"," + good,
        "a time with a plus": b"t=+" + AT + b"," + good,
        "a time with a fraction": b"t=" + AT + b".0," + good,
        "a time of 5,000 digits": b"t=" + b"9" * 5000 + b"," + good,
        "a time of 19 digits": b"t=" + b"9" * 19 + b"," + good,
        "milliseconds": b"t=" + AT + b"000," + good,
        "the beginning of time": b"t=0," + good,
        "two times": b"t=" + AT + b",t=1," + good,
        "digits that are no ASCII": b"t=\xb9\xb2\xb3," + good,
        "only v0": b"t=" + AT + b",v0=" + STRIPE_RIGHT,
        "a hundred signatures": b"t=" + AT + b",v1=00" * 100,
        "commas": b",,,,",
    }.items():
        yield Hostile(name, b"/hooks/stripe", (401,), ((STRIPE, value), JSON))
    for name, message, at, signature in [
        ("an id with a full stop", b"msg.1", AT, b"v1," + _proof(b"msg.1." + AT + b"." + ORDER)),
        ("an id with a space", b"msg 1", AT, b"v1," + WRONG),
        ("no id", b"", AT, b"v1," + WRONG),
        ("another version", b"msg_1", AT, b"v2," + _proof(b"msg_1." + AT + b"." + ORDER)),
        ("no version", b"msg_1", AT, _proof(b"msg_1." + AT + b"." + ORDER)),
        ("an old delivery", b"msg_1", b"1600000000", b"v1," + _proof(b"msg_1.1600000000." + ORDER)),
    ]:
        headers = (
            (b"webhook-id", message),
            (b"webhook-timestamp", at),
            (b"webhook-signature", signature),
            JSON,
        )
        yield Hostile(name, b"/hooks/standard-webhooks", (401,), headers)


def _bodies() -> Iterator[Hostile]:
    """Bodies of somebody who knows the secret, and that no reader could ever understand."""
    for name, body in {
        "nothing": b"",
        "spaces": b" \r\n\t ",
        "a byte order mark alone": b"\xef\xbb\xbf",
        "no UTF-8": b'{"city":"\xff"}',
        "UTF-16": '{"total":1}'.encode("utf-16"),
        "half of an order": ORDER[:-5],
        "a web page": b"<!doctype html><title>502</title>",
        "a field twice": b'{"total":1,"total":2}',
        "NaN": b'{"total":NaN}',
        "minus infinity": b'{"total":-Infinity}',
        "5,000 digits": b'{"total":' + b"9" * 5000 + b"}",
        "100,000 brackets": b"[" * 100_000,
        "21 levels": b"[" * 21 + b"]" * 21,
        "half a surrogate escaped": b'{"city":"\\ud800"}',
        "a form with a null byte": b"total=1\0",
        "a form that is no UTF-8": b"city=%ff%fe",
        "2,000 fields": b"a=1&" * 2000,
        "a form with files": b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
    }.items():
        header = FORM if body.startswith((b"total", b"city", b"a=")) else JSON
        yield Hostile(f"body: {name}", b"/hooks/generic/" + SECRET, (400,), (header,), body)
    big = b'{"note":"' + b"a" * (256 * 1024) + b'"}'
    yield Hostile("body: over 256 KiB", b"/hooks/generic/" + SECRET, (413,), body=big)
    for coding in (b"gzip", b"deflate, gzip", b"br", b"GZIP", b"\xff"):
        headers = ((b"content-encoding", coding), JSON)
        name = f"body: packed as {coding.decode('latin-1')}"
        yield Hostile(name, b"/hooks/generic/" + SECRET, (415, 400), headers)


CORPUS: tuple[Hostile, ...] = (*_paths(), *_secrets(), *_signatures(), *_times(), *_bodies())
