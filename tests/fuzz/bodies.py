"""What must hold of everything that arrives whole: requests, bodies, logs, files of a bank, bounces?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from tests.fuzz.inputs import chosen, parts_of, text_of
from tracker.bank_rows import read_rows
from tracker.bank_statement import answer
from tracker.bounces import read_reports
from tracker.deliveries import LINE_BYTES_MAX, NewDelivery, read_line, reread
from tracker.hooks import Landing, Pong, Refused, Secrets, judge, read_source
from tracker.model import Delivery, LoneRefund, OrderVersion, Ping, PostedLead, Unreadable
from tracker.money import BOOKED_MINOR_MAX
from tracker.payout_facts import Payout
from tracker.problems import Problem
from tracker.pulling import read_page
from tracker.sentences import problem_says
from tracker.shops import Unsaid, read
from tracker.shops.nesting import unflattened, unfolded
from tracker.shops.payload import DEPTH_MAX, decode, refuse_unreadable
from tracker.signatures import SCHEMES, Signed, verify

KEY = "a-secret-of-the-tests-of-48-signs-that-nobody-has"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
UNSAID = Unsaid(zone=ZoneInfo("Europe/Moscow"), currency="RUB")
KNOWN = Secrets.of({name.upper().replace("-", "_"): (KEY,) for name in (*SCHEMES, "tilda")})
_VENDORS = sorted(SCHEMES)
_HEADERS = (
    "x-shopify-hmac-sha256 stripe-signature webhook-id webhook-timestamp webhook-signature "
    "content-hmac dub-signature x-signature x-square-hmacsha256-signature typeform-signature "
    "x-ecwid-webhook-signature x-wc-webhook-signature content-type content-encoding"
).split()


def _headers(data: bytes) -> dict[str, str]:
    """One header a line; the first byte of a line chooses its name."""
    return {name: value.decode("latin-1") for name, value in
            (chosen(line, _HEADERS) for line in data.split(b"\n") if line)}  # fmt: skip


def signature(data: bytes) -> None:
    """A request that nobody signed: whatever it says of itself, it is refused with a code."""
    vendor, rest = chosen(data, _VENDORS)
    headers, body = parts_of(rest, 2)
    request = Signed(headers=_headers(headers), body=body, urls=("https://example.com/",), now=NOW)
    assert verify(vendor, [KEY], request).startswith("signature_")


def request(data: bytes) -> None:
    """A request as the receiver has it: kept only with the secret in its address."""
    path, headers, body = parts_of(data, 3)
    source, _, secret = text_of(path).partition("/")
    found = judge(source, secret or None, _headers(headers), body, ("u",), NOW, KNOWN)
    assert isinstance(found, Landing | Pong | Refused)
    assert not isinstance(found, Landing) or secret == KEY
    assert isinstance(found, Landing) or KEY not in repr(found)


def source_name(data: bytes) -> None:
    """The source in an address: its own form, and short."""
    found = read_source(text_of(data))
    assert found is None or (read_source(found) == found and len(found) <= 100)


def shop(source: str) -> Callable[[bytes], None]:
    """A body in the dialect of a shop."""

    def read_body(data: bytes) -> None:
        kind, rest = chosen(data, (JSON, FORM))
        delivery = Delivery(
            seq=1, source=source, delivery_id="d", received_at=NOW, content_type=kind,
            body=text_of(rest), sha256="",
        )  # fmt: skip
        found = read(delivery, UNSAID)
        assert found
        for one in found:
            _can_be_kept(one)

    return read_body


def _can_be_kept(found: object) -> None:
    if isinstance(found, Unreadable):
        assert problem_says(
            Problem(tab="log", cell="d", code=found.code, params=found.params), "ru"
        )
    elif isinstance(found, OrderVersion):
        assert 0 <= found.total < BOOKED_MINOR_MAX
        assert 1 <= len(found.order_id) <= 120
        assert found.ordered_at.astimezone(UTC).year >= 1970
    elif isinstance(found, PostedLead):
        assert found.phone or found.email
    elif isinstance(found, LoneRefund):
        assert 0 <= found.refund.goods < BOOKED_MINOR_MAX
    else:
        assert isinstance(found, Ping)


def json_body(data: bytes) -> None:
    """A body as the receiver looks at it, and as it is read afterwards."""
    kind, rest = chosen(data, (JSON, FORM))
    text = text_of(rest)
    refuse_unreadable(text, kind)
    for body in decode(text, kind):
        for nested in (unfolded(body), unflattened(body)):
            assert _depth(nested) <= 2 * DEPTH_MAX + 1


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


def log_line(data: bytes) -> None:
    """A line of an order log; one that is kept reads the same when it is read again."""
    found = read_line(data, "file:log.jsonl line 1")
    if isinstance(found, NewDelivery):
        assert len(data) <= LINE_BYTES_MAX
        assert found.body.encode()
        assert found.received_at.utcoffset() is not None
    kept = Delivery(
        seq=1, source="?", delivery_id="d", received_at=NOW, content_type="text/plain",
        body=data.decode("utf-8", "backslashreplace"), sha256="",
    )  # fmt: skip
    assert isinstance(reread(kept), NewDelivery | Unreadable)


def log_page(data: bytes) -> None:
    """A page that another program served."""
    read_page(data)


_PAYOUT = Payout(
    payout_id="po_aaaaaaaaaaaaaaaa", partner_id="ivan", currency="RUB", minor=120000, lines=(),
    proposed_on=date(2026, 10, 15),
)  # fmt: skip


def bank_file(data: bytes) -> None:
    """A bank's file: whatever stands in it, no payout is paid by a row without its sum."""
    found = answer(read_rows(data), [_PAYOUT], "bank.csv", date(2026, 10, 20), "за услуги")
    assert len(found.fresh) <= 1
    assert not found.fresh or b"1200" in data.translate(None, b" \x00.,'`\xa0\xc2")
    assert all(problem_says(one, "ru") for one in found.problems)


def bounce(data: bytes) -> None:
    """A message that may be a notification of what became of a letter."""
    for one in read_reports(data) or ():
        assert all(recipient == recipient.lower() for recipient in one.recipients)
