"""What becomes of a request to /hooks/…? Kept, answered as a ping, or refused."""

from __future__ import annotations

import ast
import base64
import hmac
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.hooks import Landing, Pong, Refused, Secrets, answer_to, judge, read_source, refused
from tracker.problems import Stop
from tracker.sentences import STOPS, stop_says
from tracker.sentences.receiver import HOOK_ANSWERS
from tracker.shops import payload

KEY = "the-right-secret-of-32-characters"
OLD_KEY = "the-secret-before-it-was-replaced"
NOW = datetime(2025, 10, 8, 9, 0, tzinfo=UTC)
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
ORDER = b'{"order_id":"1","total":100}'
SAMPLES = Path(__file__).parents[2] / "shared" / "webhooks"
NAMES = "CLOUDPAYMENTS DUB ECWID GENERIC LEMONSQUEEZY SHOPIFY SQUARE STANDARD_WEBHOOKS TILDA TYPEFORM WOOCOMMERCE ZAPIER"
KNOWN = Secrets.of(dict.fromkeys(NAMES.split(), (KEY, OLD_KEY)))


def posted(body: bytes | str, source: str = "generic", secret: str | None = KEY, **headers: str) -> Landing | Pong | Refused:  # fmt: skip
    """Post to a source; `content_type` and its like are the headers."""
    raw = body if isinstance(body, bytes) else body.encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return judge(source, secret, named, raw, ("https://example.com/hooks",), NOW, KNOWN)


def signed(body: bytes | str, source: str, header: str, key: str = KEY, **headers: str) -> Landing | Pong | Refused:  # fmt: skip
    """Post to a source that signs with base64 over the body."""
    raw = body if isinstance(body, bytes) else body.encode()
    proof = base64.b64encode(hmac.digest(key.encode(), raw, "sha256")).decode()
    return posted(raw, source, None, **{header: proof}, **headers)


def landing(found: Landing | Pong | Refused) -> Landing:
    assert isinstance(found, Landing), found
    return found


def refusal(found: Landing | Pong | Refused) -> tuple[int, str]:
    assert isinstance(found, Refused), found
    return found.status, found.code


# The address


SOURCES = {
    "shopify": "shopify", "SHOPIFY": "shopify", "standard-webhooks": "standard-webhooks",
    "WooCommerce:Tea": "woocommerce:tea", "woocommerce:чай": "woocommerce:чай",
    "woocommerce:ЧАЙ": "woocommerce:чай", "tilda:my.shop-2_b": "tilda:my.shop-2_b",
    "tilda:\u0438\u0306": "tilda:й", "bitrix24": "bitrix24", "a" * 32: "a" * 32,
    "tilda:" + "a" * 40: "tilda:" + "a" * 40,
}  # fmt: skip
NO_SOURCES = [
    "", ":", ":tea", "shopify:", "-shopify", "shopify-", "a--b", "a_b", "a.b", "a" * 33, "shop ify",
    "shopify\n", "shopify\0", "ｓhopify", "shоpify", "\u212a", "woocommerce:..", "woocommerce:-a",
    "woocommerce:a:b", "woocommerce:a b", "woocommerce:a/b", "tilda:" + "a" * 41, "x" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize(("text", "source"), SOURCES.items())
def test_a_source_is_a_vendor_and_perhaps_a_shop_in_small_letters(text: str, source: str) -> None:
    assert read_source(text) == source
    assert read_source(source) == source


@pytest.mark.parametrize("text", NO_SOURCES)
def test_anything_else_names_no_source(text: str) -> None:
    assert read_source(text) is None


def test_a_shops_own_secret_goes_before_its_vendors() -> None:
    secrets = Secrets.of({"WOOCOMMERCE": (KEY,), "WOOCOMMERCE_TEA_2": (OLD_KEY,)})

    assert secrets.of_source("woocommerce:tea-2") == (OLD_KEY,)
    assert secrets.of_source("woocommerce:tea.2") == (OLD_KEY,)
    assert secrets.of_source("woocommerce:coffee") == (KEY,)
    assert secrets.of_source("woocommerce") == (KEY,)
    assert secrets.of_source("tilda") == ()


@pytest.mark.parametrize(
    ("name", "secrets", "code"),
    [
        ("TILDA", ("x" * 23,), "hook_secret_short"),
        ("TILDA", (KEY, "x" * 23), "hook_secret_short"),
        ("STANDARD_WEBHOOKS_A", ("x" * 23,), "hook_secret_short"),
        ("SQUARE", ("x" * 21,), "hook_secret_short"),
        ("SQUARED", ("x" * 22,), "hook_secret_short"),
        ("TILDA", ("",), "hook_secret_empty"),
        ("TILDA", (KEY, ""), "hook_secret_empty"),
        ("TILDA", (), "hook_secret_empty"),
    ],
)
def test_a_weak_secret_stops_the_start_and_is_not_shown(name: str, secrets: tuple[str, ...], code: str) -> None:  # fmt: skip
    with pytest.raises(Stop) as stopped:
        Secrets.of({name: secrets})

    assert stopped.value.code == code
    for language in ("en", "ru"):
        says = stop_says(stopped.value, language)
        assert f"TRACKER_HOOK_SECRET_{name}" in says
        assert "xxx" not in says
        assert "{" not in says


def test_24_characters_are_enough_and_22_for_the_keys_that_square_makes() -> None:
    secrets = Secrets.of({"TILDA": ("x" * 24,), "SQUARE": ("x" * 22,), "SQUARE_TEA": ("x" * 22,)})

    assert secrets.names() == (
        "TRACKER_HOOK_SECRET_SQUARE", "TRACKER_HOOK_SECRET_SQUARE_TEA", "TRACKER_HOOK_SECRET_TILDA",
    )  # fmt: skip
    assert "xxx" not in repr(secrets)


def test_who_is_kept_and_not_read_is_told_by_variable() -> None:
    read = "GENERIC", "GENERIC_FORM", "MAKE_TEA", "SHOPIFY", "TILDA_A_B", "WOOCOMMERCE", "ZAPIER"
    unread = "STRIPE", "STANDARD_WEBHOOKS_DUB", "WOCOMMERCE", "TILDAS"
    secrets = Secrets.of(dict.fromkeys((*read, *unread), (KEY,)))

    assert [(one.variable, one.vendor, one.known) for one in secrets.unread()] == [
        ("TRACKER_HOOK_SECRET_STANDARD_WEBHOOKS_DUB", "standard-webhooks", True),
        ("TRACKER_HOOK_SECRET_STRIPE", "stripe", True),
        ("TRACKER_HOOK_SECRET_TILDAS", "tildas", False),
        ("TRACKER_HOOK_SECRET_WOCOMMERCE", "wocommerce", False),
    ]


@pytest.mark.parametrize(
    ("source", "secret", "status", "code"),
    [
        ("tilda", None, 401, "hook_secret_missing"),
        ("tilda", "", 401, "hook_secret_missing"),
        ("tilda", KEY[:-1], 401, "hook_secret_wrong"),
        ("tilda", "тайна", 401, "hook_secret_wrong"),
        ("tilda", "\ud800", 401, "hook_secret_wrong"),
        ("uis", None, 404, "hook_unknown"),
        ("getcourse", KEY, 404, "hook_unknown"),
        ("../tilda", KEY, 404, "hook_unknown"),
        ("shopify", KEY, 404, "hook_unknown"),
        ("shopify", "", 404, "hook_unknown"),
        ("shopify", None, 401, "signature_missing"),
    ],
)
def test_an_address_must_fit_its_source(source: str, secret: str | None, status: int, code: str) -> None:  # fmt: skip
    assert refusal(posted(ORDER, source, secret)) == (status, code)


def test_a_call_is_kept_for_the_secret_in_its_address_and_for_nothing_else() -> None:
    ours = Secrets.of({"UIS": (KEY,)})
    call = b'{"call_session_id":5,"contact_phone_number":"79000000001"}'

    found = landing(judge("uis", KEY, {}, call, (), NOW, ours))
    assert (found.source, found.delivery_id) == ("uis", "5")
    assert refusal(judge("uis", None, {}, call, (), NOW, ours)) == (401, "hook_secret_missing")
    assert refusal(judge("uis", KEY[:-1], {}, call, (), NOW, ours)) == (401, "hook_secret_wrong")


@pytest.mark.parametrize("key", [KEY, OLD_KEY])
def test_while_a_secret_is_replaced_both_are_good(key: str) -> None:
    assert landing(posted(ORDER, "tilda", key)).source == "tilda"
    assert landing(signed(ORDER, "shopify", "x-shopify-hmac-sha256", key)).source == "shopify"


# Pings and answers


def test_woocommerces_ping_needs_no_signature() -> None:
    assert posted("webhook_id=16", "woocommerce:tea", None) == Pong(b'{"pong":true}', JSON)


@pytest.mark.parametrize("body", ["webhook_id=16&a=1", "webhook_id=", "webhook_id=1 ", "webhook_id=１", "webhook_id=" + "1" * 21])  # fmt: skip
def test_what_only_begins_like_that_ping_needs_one(body: str) -> None:
    assert refusal(posted(body, "woocommerce", None)) == (401, "signature_missing")


@pytest.mark.parametrize("body", ["test=test", "test=test&API-key=abc", '{"test":"test"}'])
def test_tildas_test_is_a_ping(body: str) -> None:
    assert posted(body, "tilda", content_type=FORM) == Pong(b'{"pong":true}', JSON)


@pytest.mark.parametrize(
    "body",
    ["test=test&payment%5Bamount%5D=5", "test=test&payment=%7B%7D", "test=1", "Name=test",
     '{"test":"test","payment":{"amount":"5"}}', '[{"test":"test"}]'],
)  # fmt: skip
def test_tildas_orders_are_kept_whatever_else_they_hold(body: str) -> None:
    assert landing(posted(body, "tilda", content_type=FORM)).body == body


def test_cloudpayments_is_told_code_0() -> None:
    kept = signed("TransactionId=7&InvoiceId=41", "cloudpayments", "content-hmac")
    ping = signed("Test=1", "cloudpayments", "content-hmac")

    assert landing(kept).answer == b'{"code":0}'
    assert landing(kept).answer_type == JSON
    assert ping == Pong(b'{"code":0}', JSON)
    assert answer_to("cloudpayments:tea") == (b'{"code":0}', JSON)
    assert answer_to("tilda") == (b'{"kept":true}', JSON)


# The body


REFUSED = {
    b"": (400, "hook_body_empty"),
    b" \r\n": (400, "hook_body_empty"),
    b"\xef\xbb\xbf": (400, "delivery_not_json"),
    b"\xff{}": (400, "delivery_not_text"),
    b'{"a":"\\udc00"}': (400, "delivery_not_text"),
    b"a=1\0": (400, "delivery_not_text"),
    b"<html>": (400, "delivery_not_json"),
    b'{"a":1,"a":1}': (400, "delivery_field_twice"),
    b'{"a":NaN}': (400, "delivery_number"),
    b'{"a":' + b"1" * 5000 + b"}": (400, "delivery_number"),
    b'{"a":' * 21 + b"1" + b"}" * 21: (400, "delivery_too_deep"),
    b"[" * 200_000: (400, "delivery_too_deep"),
    b"a=%ff": (400, "delivery_not_a_form"),
    b'"' + b"a" * 256 * 1024 + b'"': (413, "delivery_too_big"),
}


@pytest.mark.parametrize(("body", "answer"), REFUSED.items(), ids=range(len(REFUSED)))
def test_a_body_that_no_reader_could_use_is_refused(body: bytes, answer: tuple[int, str]) -> None:
    kind = FORM if body.startswith(b"a=") else JSON

    assert refusal(posted(body, content_type=kind)) == answer


@pytest.mark.parametrize("body", REFUSED, ids=range(len(REFUSED)))
def test_before_the_signature_nothing_is_said_of_the_body(body: bytes) -> None:
    assert refusal(posted(body, "shopify", None)) == (401, "signature_missing")
    assert refusal(posted(body, "tilda", "wrong")) == (401, "hook_secret_wrong")


@pytest.mark.parametrize("body", ['{"a":' * 20 + "1" + "}" * 20, '{"a":99999999999999999999}',
    '{"a":1e400}', '{"a":0.123456789012345678901234567890}',
    "a=1&a=2&a=3", "\ufeff{}", '"a word"', "[]", '{"a":"\\ud83d\\ude00"}', "a=%D1%87%D0%B0%D0%B9"])  # fmt: skip
def test_what_can_be_read_is_kept_to_the_letter(body: str) -> None:
    kept = landing(posted(body, content_type=FORM if body[0] == "a" else JSON))

    assert kept.body == body
    assert kept.body not in repr(kept)


def test_a_number_of_200000_digits_costs_one_pass() -> None:
    body = b'{"a":[' + b"1" * 200_000 + b"," * 50 + b"1e400" * 1000 + b"]}"
    begin = time.process_time()

    assert refusal(posted(body)) == (400, "delivery_number")
    assert time.process_time() - begin < 2


@pytest.mark.parametrize("coding", ["gzip", "br", "identity, gzip", "GZIP"])
def test_a_packed_body_is_not_unpacked(coding: str) -> None:
    assert refusal(posted(ORDER, content_encoding=coding)) == (415, "hook_encoding")
    assert landing(posted(ORDER, content_encoding=" Identity")).body == ORDER.decode()


def codes_raised(tree: ast.AST) -> set[str]:
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = (c for c in calls if getattr(c.func, "id", "") == "NotReadable")
    return {c.args[0].value for c in named if isinstance(c.args[0], ast.Constant)}  # type: ignore[misc]


def test_every_refusal_of_a_body_has_an_answer_that_repeats_nothing() -> None:
    source = Path(payload.__file__).read_text("utf-8")
    orders_only = {"delivery_too_many", "delivery_not_an_object"}
    codes = codes_raised(ast.parse(source)) - orders_only

    assert len(codes) >= 7
    assert codes <= set(HOOK_ANSWERS)
    assert [says for says in HOOK_ANSWERS.values() if "{" in says or not says.endswith(".")] == []


def test_a_refusal_without_an_answer_of_its_own_still_has_one() -> None:
    assert refused("delivery_of_a_later_version") == Refused(
        400, "delivery_of_a_later_version", HOOK_ANSWERS["hook_body_unreadable"]
    )


def test_the_stops_are_in_the_catalogue() -> None:
    assert {"hook_secret_short", "hook_secret_empty"} <= set(STOPS)


# The content type


@pytest.mark.parametrize(
    ("body", "given", "kept"),
    [
        ("{}", "application/json; charset=utf-8", "application/json; charset=utf-8"),
        ("{}", "", JSON),
        (" \n[]", "", JSON),
        ("\ufeff{}", "", JSON),
        ("a=1", "", FORM),
        ("a=1", "text/plain", "text/plain"),
        ("{}", "application/json" + ";" * 300, "application/json" + ";" * 184),
        ("{}", "application/json\x00", JSON),
    ],
)
def test_the_content_type_is_kept_or_seen_from_the_body(body: str, given: str, kept: str) -> None:
    assert landing(posted(body, content_type=given)).content_type == kept


@given(
    st.sampled_from(["generic", "tilda"]),
    st.sampled_from(["", JSON, FORM, "text/plain"]),
    st.one_of(st.binary(max_size=300), st.text(max_size=200), st.text(alphabet='{}[]":,\\ue019aé=&%+', max_size=80)),
)  # fmt: skip
def test_whatever_is_posted_is_kept_as_it_came_or_refused(
    source: str, content_type: str, body: bytes | str
) -> None:
    if isinstance(body, str):
        body = body.encode("utf-8", "surrogatepass")

    found = posted(body, source, content_type=content_type)

    if isinstance(found, Landing):
        assert found.body.encode() == body
    assert not isinstance(found, Refused) or 400 <= found.status < 500


def test_every_published_sample_is_kept_or_a_ping() -> None:
    if not SAMPLES.is_dir():
        pytest.skip(f"{SAMPLES} is not there")
    files = [path for path in SAMPLES.glob("*/*.*") if path.suffix in {".json", ".txt"}]
    found = {path.name: posted(path.read_bytes(), "tilda") for path in files}

    assert len(found) > 100
    assert [name for name, one in found.items() if isinstance(one, Refused)] == []
    assert [name for name, one in found.items() if isinstance(one, Pong)] == ["test-ping-1.txt"]
