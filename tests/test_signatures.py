"""Is a request believed only for a signature of its own? The literals were made with openssl."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.shops import DIALECTS
from tracker.signatures import SCHEMES, Signed, covers_body, secret_length_min, signs, verify

VECTORS = Path(__file__).parents[2] / "shared" / "webhooks" / "vectors" / "vectors.json"
KEY = "a-secret-of-our-own-32-signs-long"
OTHER = "another-secret-nobody-signed-with"
AT = datetime.fromtimestamp(1_700_000_000, UTC)
EVENT = b'{"id":"evt_9"}'
STRIPE = "438c9eff05b7fb55bec8c1448f23946bea662a5c97904a17946fe521bda80de6"
STANDARD = "Vq65Ae7fzG4dFixPlRX4wT4XMGG/1yo7ag5MCM4yVdQ="
SHOPIFY = "L7wfJzgtyEedxzVvsKLrDRuOIpn6sdB4kUOYWAlv2oQ="
ORDER = b'{"order_id":"1"}'
BITRIX = b"event=ONCRMDEALADD&auth%5Bdomain%5D=example.com&auth%5Bapplication_token%5D="


def signed(headers: dict[str, str], body: bytes = EVENT, *urls: str, now: datetime = AT) -> Signed:
    return Signed(headers=headers, body=body, urls=urls, now=now)


def standard(signature: str = f"v1,{STANDARD}", message: str = "msg_9", at: str = "1700000000") -> dict[str, str]:  # fmt: skip
    return {"webhook-id": message, "webhook-timestamp": at, "webhook-signature": signature}


def stripe(value: str) -> dict[str, str]:
    return {"stripe-signature": value}


def vectors() -> list[Any]:
    if not VECTORS.is_file():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"{VECTORS} is not there"))]
    found = json.loads(VECTORS.read_text("utf-8"))
    return [pytest.param(v, id=f"{n} {v['system']} {v['valid']}") for n, v in enumerate(found)]


def as_request(vector: dict[str, Any]) -> Signed:
    """The request that a published vector stands for."""
    body = vector.get("body", "").encode()
    if "message" in vector:
        made, _, event = vector["message"].partition(".")
        body = json.dumps({"eventCreated": int(made), "eventId": event}).encode()
    name = vector["header"].partition(" ")[0].lower()
    headers = {name: vector["signature"], "webhook-id": vector.get("id", "")}
    headers["webhook-timestamp"] = str(vector.get("timestamp", ""))
    now = datetime.fromtimestamp(vector.get("timestamp", 1_700_000_000), UTC)
    return signed(headers, body, vector.get("url", ""), now=now)


@pytest.mark.parametrize("vector", vectors())
def test_a_published_vector_is_taken_or_refused_as_it_says(vector: dict[str, Any]) -> None:
    code = verify(vector["system"], [OTHER, vector["secret"]], as_request(vector))

    assert code == ("" if vector["valid"] else "signature_wrong")


def test_the_published_vectors_are_fourteen() -> None:
    if not VECTORS.is_file():
        pytest.skip(f"{VECTORS} is not there")
    assert len(vectors()) == 14


OWN = {
    "shopify": (KEY, {"x-shopify-hmac-sha256": SHOPIFY}, ORDER),
    "shopify, newer header": (KEY, {"shopify-hmac-sha256": SHOPIFY}, ORDER),
    "typeform": (KEY, {"typeform-signature": "sha256=QulZvWbazGp2iyT/IipOolykV/zbfuo6R3yD0mNT+wo="}, b'{"event_id":"evt-7"}'),
    "lemonsqueezy": (KEY, {"x-signature": "e65b634c34946b26ed6a336ec9d70e0214cc948c1c9ac8332527f8c5ba66cdf3"}, b'{"meta":{"event_name":"order_created"}}'),
    "dub": (KEY, {"dub-signature": "b9c2b013a4e5541e1e4bcdc070b8ada4e3bcff0662b2de6c81521de45ae9e544"}, b'{"id":"evt_7","event":"sale.created"}'),
    "cloudpayments": (KEY, {"content-hmac": "1h+h7SGVpd4dEltUe1ZeCYH6MVJfiw3X+k1RFNZCjas="}, b"TransactionId=7&InvoiceId=41"),
    "stripe": (KEY, stripe(f"t=1700000000,v1={STRIPE}"), EVENT),
    "standard-webhooks, the secret's text": (KEY, standard(), EVENT),
    "bigcommerce": (KEY, standard(), EVENT),
    "ecwid": (KEY, {"x-ecwid-webhook-signature": "2sTNUynrefzP1LBY/ebSpb9erbB6+h0rnoEK6oiiBxk="}, b'{"eventId":"evt-8","eventCreated":1700000000}'),
    "bitrix24": (KEY, {}, BITRIX + KEY.encode()),
    "square": (KEY, {"x-square-hmacsha256-signature": "9b6om+SY4N1st+P0qjNVbU2xQonUG1Juk25wBaf2PdQ="}, b'{"event_id":"sq-1"}'),
    "woocommerce": ('tea & <honey> for the "long" road', {"x-wc-webhook-signature": "zcczRMfz15e9uo86J7Af11j8iKMm9mn2EhQjYIZf1zo="}, b'{"id":501,"status":"processing"}'),
    "woocommerce, shown encoded": ("tea &amp; &lt;honey&#062; for the &quot;long&#34; road", {"x-wc-webhook-signature": "zcczRMfz15e9uo86J7Af11j8iKMm9mn2EhQjYIZf1zo="}, b'{"id":501,"status":"processing"}'),
    "woocommerce, kept encoded": ("tea & honey for the long road", {"x-wc-webhook-signature": "tyCDMhSXpBwFMMgulHb8l5xeAeMdzzagQJtsvEg1660="}, b'{"id":501,"status":"processing"}'),
}  # fmt: skip


@pytest.mark.parametrize("case", OWN)
def test_a_signature_made_with_openssl_is_taken_and_a_changed_body_is_not(case: str) -> None:
    vendor, (secret, headers, body) = case.partition(",")[0], OWN[case]
    url = "https://example.com/hooks/square"

    assert verify(vendor, [secret], signed(headers, body, "https://example.net/", url)) == ""
    assert verify(vendor, [OTHER], signed(headers, body, url)) == "signature_wrong"
    if covers_body(vendor):
        assert verify(vendor, [secret], signed(headers, body + b" ", url)) == "signature_wrong"


@pytest.mark.parametrize("vendor", sorted({case.partition(",")[0] for case in OWN}))
def test_without_its_header_nothing_is_signed(vendor: str) -> None:
    assert verify(vendor, [KEY], signed({}, EVENT, "u")) == "signature_missing"


def test_every_vendor_that_signs_is_tried_here() -> None:
    assert {case.partition(",")[0] for case in OWN} == set(SCHEMES)


@pytest.mark.parametrize("secrets", [[KEY], [OTHER, KEY], [KEY, OTHER], ["", KEY]])
def test_any_secret_of_the_list_will_do(secrets: list[str]) -> None:
    headers = {"x-shopify-hmac-sha256": SHOPIFY}

    assert verify("shopify", secrets, signed(headers, ORDER)) == ""


def test_an_empty_secret_signs_nothing() -> None:
    # openssl dgst -sha256 -hmac '' over ORDER: what anybody could send.
    anybodys = "IASXK+V4pVYXS7eC0q5WZvfOnAcqqoeWlHO+WMOh7vY="
    headers = {"x-shopify-hmac-sha256": anybodys}

    assert verify("shopify", ["", ""], signed(headers, ORDER)) == "signature_wrong"
    assert verify("shopify", [], signed(headers, ORDER)) == "signature_wrong"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(-301, "signature_old"), (-300, ""), (0, ""), (300, ""), (301, "signature_old")],
)
def test_the_window_is_300_seconds_both_ways(seconds: int, code: str) -> None:
    now = AT + timedelta(seconds=seconds)

    assert verify("stripe", [KEY], signed(stripe(f"t=1700000000,v1={STRIPE}"), now=now)) == code
    assert verify("standard-webhooks", [KEY], signed(standard(), now=now)) == code


TIMES = {
    "": "signature_missing", "now": "signature_unreadable", "-1700000000": "signature_unreadable",
    "+1700000000": "signature_unreadable", "1700000000.0": "signature_unreadable",
    "1.7e9": "signature_unreadable", "0x6553f100": "signature_unreadable",
    "1700000000 1700000000": "signature_unreadable",
    "17000000००": "signature_unreadable", "9" * 5000: "signature_unreadable",
    "9" * 20: "signature_old", "1700000000000": "signature_old", "0": "signature_old",
}  # fmt: skip


@pytest.mark.parametrize(("at", "code"), TIMES.items())
def test_a_time_that_is_none_is_refused(at: str, code: str) -> None:
    assert verify("standard-webhooks", [KEY], signed(standard(at=at))) == code
    as_stripe = signed(stripe(f"t={at},v1={STRIPE}"))
    assert verify("stripe", [KEY], as_stripe) == code.replace("missing", "unreadable")


WRONG, UNREADABLE, MISSING = "signature_wrong", "signature_unreadable", "signature_missing"
STRIPES = {
    f"t=1700000000,v1={'0' * 64},v1={STRIPE}": "",
    f"v0=x,v1={STRIPE},t=1700000000": "",
    f"t=1700000000,v0={STRIPE}": UNREADABLE,
    f"t=1700000000,v1={STRIPE}, t=1700000000,v1={STRIPE}": UNREADABLE,
    f"v1={STRIPE}": UNREADABLE,
    f"t=1700000001,v1={STRIPE}": WRONG,
    f"t=1700000000,v1={STRIPE.upper()}": WRONG,
    f"t=1700000000,v1={STRIPE[:-1]}": WRONG,
    "t=1700000000,v1=": WRONG,
    "t=1700000000" + ",v1=0" * 17: UNREADABLE,
    "=,=,,": UNREADABLE,
    STRIPE: UNREADABLE,
    "": MISSING,
    " \t": MISSING,
}


@pytest.mark.parametrize(("value", "code"), STRIPES.items())
def test_of_stripes_header_only_v1_counts(value: str, code: str) -> None:
    assert verify("stripe", [KEY], signed(stripe(value))) == code


STANDARDS = {
    f"v1,{'A' * 43}= v1,{STANDARD}": "",
    f"v2,anything v1,{STANDARD}": "",
    f"v2,{STANDARD}": UNREADABLE,
    f"v1a,{STANDARD}": UNREADABLE,
    f"v1,{STANDARD}, v1,{STANDARD}": UNREADABLE,
    f"v1,{STANDARD},": UNREADABLE,
    f"v1 {STANDARD}": UNREADABLE,
    STANDARD: UNREADABLE,
    "v1,": WRONG,
    f"v1,{STANDARD[:-1]}": WRONG,
    f"v1,{STANDARD} " + "v1,A " * 16: UNREADABLE,
    f"v1,{STANDARD}é": UNREADABLE,
}


@pytest.mark.parametrize(("value", "code"), STANDARDS.items())
def test_of_standard_webhooks_only_v1_counts(value: str, code: str) -> None:
    assert verify("standard-webhooks", [KEY], signed(standard(value))) == code


@pytest.mark.parametrize("message", ["msg.9", "msg 9", "msg_9, msg_9", "é", "m" * 257])
def test_a_message_id_that_blurs_what_was_signed_is_refused(message: str) -> None:
    assert verify("standard-webhooks", [KEY], signed(standard(message=message))) == UNREADABLE


def test_two_times_are_none() -> None:
    twice = standard(at="1700000000, 1700000000")

    assert verify("standard-webhooks", [KEY], signed(twice)) == UNREADABLE


@pytest.mark.parametrize(
    ("secret", "signature"),
    [
        ("whsec_dHdlbnR5LWZvdXIgYnl0ZXMgb2Yga2V5", "5q60YZ7duISXx4hgQpvc7f19PdpudodUK+ZCGNzn2gw="),
        ("dHdlbnR5LWZvdXIgYnl0ZXMgb2Yga2V5", "5q60YZ7duISXx4hgQpvc7f19PdpudodUK+ZCGNzn2gw="),
        ("dHdlbnR5LWZvdXIgYnl0ZXMgb2Yga2V5cw==", "WJGWAY3U1qYFjgNPgxa9Y+KrzXjZsDswELTG7f6kWwg="),
        (
            "whsec_dHdlbnR5LWZvdXIgYnl0ZXMgb2Yga2V5cw",
            "WJGWAY3U1qYFjgNPgxa9Y+KrzXjZsDswELTG7f6kWwg=",
        ),
        ("0123456789abcdef0123456789abcdef", "PK4VWG8awrBTiY395pWtnExwwcqDZHof9H92DGwuQIQ="),
    ],
)
def test_a_standard_secret_is_base64_or_the_key_itself(secret: str, signature: str) -> None:  # fmt: skip
    request = signed(standard(f"v1,{signature}"))

    assert verify("standard-webhooks", [secret], request) == ""


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (f"{SHOPIFY}, {SHOPIFY[::-1]}", UNREADABLE),
        (f"{SHOPIFY},{SHOPIFY}", UNREADABLE),
        (SHOPIFY[:-1], WRONG),
        (SHOPIFY + "=", WRONG),
        (f"{SHOPIFY[:20]}\r\n {SHOPIFY[20:]}", WRONG),
        (SHOPIFY.replace("=", "%3D"), WRONG),
        ("////", WRONG),
        ("=" * 44, WRONG),
        ("ÿ" * 44, UNREADABLE),
        ("A" * 10_000, UNREADABLE),
        ("", MISSING),
    ],
)
def test_an_odd_signature_is_refused_and_never_raises(value: str, code: str) -> None:
    assert verify("shopify", [KEY], signed({"x-shopify-hmac-sha256": value}, ORDER)) == code


def test_the_two_names_of_shopifys_header_must_not_contradict() -> None:
    both = {"x-shopify-hmac-sha256": SHOPIFY, "shopify-hmac-sha256": SHOPIFY}

    assert verify("shopify", [KEY], signed(both, ORDER)) == ""
    both["shopify-hmac-sha256"] = "A" * 43 + "="
    assert verify("shopify", [KEY], signed(both, ORDER)) == UNREADABLE


def test_typeform_names_the_hash_before_the_signature() -> None:
    _, headers, body = OWN["typeform"]
    bare = {"typeform-signature": headers["typeform-signature"].removeprefix("sha256=")}

    assert verify("typeform", [KEY], signed(bare, body)) == UNREADABLE


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", MISSING),
        (b"event=ONCRMDEALADD", MISSING),
        (BITRIX, MISSING),
        (BITRIX + b"nearly", WRONG),
        (BITRIX + KEY.encode() + b"&auth[application_token]=another", UNREADABLE),
        (BITRIX + KEY.encode() + b"&auth[application_token]=" + KEY.encode(), ""),
        (BITRIX + b"\xff\xfe", UNREADABLE),
        (b"a=1&" * 1001, UNREADABLE),
        (b'{"auth":{"application_token":"' + KEY.encode() + b'"}}', MISSING),
    ],
)
def test_bitrix24_is_known_by_one_token_in_its_form(body: bytes, code: str) -> None:
    assert verify("bitrix24", [KEY], signed({}, body)) == code


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"[]", b"null", b'{"eventId":"evt-8"}', b'{"eventCreated":1,"eventId":1}',
     b'{"eventCreated":1.5,"eventId":"evt-8"}', b'{"eventCreated":1,"eventId":"e\\u0301"}',
     b'{"eventCreated":1,"eventId":"evt 8"}', b"[" * 100_000, b'{"eventCreated":1e999,"eventId":"e"}'],
)  # fmt: skip
def test_an_ecwid_body_without_its_event_is_refused(body: bytes) -> None:
    _, headers, _ = OWN["ecwid"]

    assert verify("ecwid", [KEY], signed(headers, body)) == UNREADABLE


def test_a_good_ecwid_signature_says_nothing_of_the_rest_of_the_body() -> None:
    _, headers, _ = OWN["ecwid"]
    forged = b'{"eventId":"evt-8","eventCreated":1700000000,"data":{"total":1000000}}'

    assert verify("ecwid", [KEY], signed(headers, forged)) == ""
    assert not covers_body("ecwid")


def test_no_order_is_read_where_the_signature_does_not_cover_the_body() -> None:
    assert [name for name in DIALECTS if signs(name) and not covers_body(name)] == []
    assert [name for name in SCHEMES if not covers_body(name)] == ["bitrix24", "ecwid"]


@pytest.mark.parametrize("vendor", ["tilda", "generic", "zapier", "", "Shopify", "../shopify"])
def test_others_do_not_sign_and_are_never_verified(vendor: str) -> None:
    assert not signs(vendor)
    assert not covers_body(vendor)
    assert verify(vendor, [KEY], signed({"x-shopify-hmac-sha256": SHOPIFY}, ORDER)) == MISSING


def test_a_key_that_square_made_is_long_enough() -> None:
    assert secret_length_min("square") == 22
    assert {secret_length_min(vendor) for vendor in [*SCHEMES, "tilda"]} == {22, 24}


HEADERS = ["x-shopify-hmac-sha256", "stripe-signature", "webhook-id", "webhook-timestamp",
           "webhook-signature", "content-hmac", "typeform-signature", "x-signature",
           "x-ecwid-webhook-signature", "x-wc-webhook-signature", "dub-signature",
           "x-square-hmacsha256-signature"]  # fmt: skip
LATIN = st.text(st.characters(max_codepoint=255), max_size=80)


@given(
    st.sampled_from(sorted(SCHEMES)),
    st.dictionaries(st.sampled_from(HEADERS), LATIN | st.sampled_from(["v1,A=", "t=1700000000,v1=A", "1700000000"])),
    st.binary(max_size=200),
    st.lists(st.text(max_size=40), max_size=2),
)  # fmt: skip
def test_no_request_raises_and_none_is_believed_unsigned(
    vendor: str, headers: dict[str, str], body: bytes, urls: list[str]
) -> None:
    assert verify(vendor, [KEY], signed(headers, body, *urls)).startswith("signature_")
