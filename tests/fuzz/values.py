"""What must hold of every value that is read from one cell, field or word, whatever it says?

Each function reads an input and asserts what is true of any answer; only the documented refusals
of `targets` may leave it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from tests.fuzz.inputs import chosen, parts_of, text_of
from tracker import cells, rates
from tracker.addresses import EMAIL_LENGTH_MAX, Sender, email_problem, parse_from
from tracker.bank.details import read_requisites
from tracker.bank_cells import currency_of, payout_ids, read_day, sums_in, unit_of
from tracker.bank_words import undone_anywhere, went_back, without
from tracker.book.policy_rows import read_pay_for
from tracker.code_patterns import read_pattern
from tracker.cursors import read_cursor
from tracker.customers import international
from tracker.deliveries import read_instant, read_moment, storable
from tracker.delivery_ids import delivery_id
from tracker.header_words import folded
from tracker.heartbeat import failure_address
from tracker.log_names import log_names, shown_log
from tracker.look_alike import near, sight
from tracker.mail_url import MailServer, read_mail_url
from tracker.money import BOOKED_MINOR_MAX, CURRENCIES, from_decimal, read_machine, read_typed
from tracker.networks import is_public
from tracker.places import place_fits
from tracker.programme import normal_code, skeleton
from tracker.safe_cells import FORMULA_SIGNS, safe
from tracker.shops.fields import landing_ref
from tracker.shops.times import read_time
from tracker.stores.google_sheets.address import spreadsheet_id
from tracker.stores.opening import state_folder
from tracker.wildcards import fits_pattern

MOSCOW = ZoneInfo("Europe/Moscow")
_UNITS = ("RUB", "JPY", "KWD", "CLF")


def amount_typed(data: bytes) -> None:
    """A sum that a person typed."""
    found = read_typed(text_of(data))
    assert found.is_finite()
    assert len(found.as_tuple().digits) <= 27


def amount_machine(data: bytes) -> None:
    """A sum that a program wrote, in the smallest units of a currency."""
    unit, rest = chosen(data, _UNITS)
    assert abs(from_decimal(read_machine(text_of(rest)), unit)) < 10**15


def amount_cell(data: bytes) -> None:
    """A sum in a cell, with its currency's sign or without."""
    unit, rest = chosen(data, _UNITS)
    assert abs(cells.read_minor(text_of(rest), unit)) < 10**15


def amount_decimal(data: bytes) -> None:
    """A number as JSON or a workbook may hold it, exponents and all."""
    unit, rest = chosen(data, _UNITS)
    assert abs(from_decimal(Decimal(text_of(rest)), unit)) < 10**15


def currency(data: bytes) -> None:
    """A currency's code or sign."""
    assert cells.read_currency(text_of(data)) in CURRENCIES


def rate(data: bytes) -> None:
    """`15%`, `500 RUB`, `10 RUB/item`; what is written of it reads as the same rate."""
    found = rates.read_rate(text_of(data))
    assert found.percent is None or 0 <= found.percent <= 100
    assert found.fixed is None or 0 <= found.fixed.minor < BOOKED_MINOR_MAX
    assert rates.written_rate(str(found)) == found


def rate_written(data: bytes) -> None:
    """A rate in the Journal, as we write it and as somebody may have changed it."""
    found = rates.written_rate(text_of(data))
    assert (found.percent is None) != (found.fixed is None)


def date_cell(data: bytes) -> None:
    """A day in a cell."""
    assert isinstance(cells.read_date(text_of(data)), date)


def time_cell(data: bytes) -> None:
    """A time of day in a cell."""
    assert isinstance(cells.read_time(text_of(data)), time)


def whole_cell(data: bytes) -> None:
    """A whole number in a cell."""
    assert 0 <= cells.read_whole(text_of(data), 0, 365) <= 365


def shop_time(data: bytes) -> None:
    """A moment as shops write it."""
    found = read_time(text_of(data), MOSCOW)
    assert found is None or found.astimezone(UTC).year >= 1970


def moment(data: bytes) -> None:
    """A moment in a log or an inbox tab."""
    for found in (read_instant(text_of(data)), read_moment(text_of(data), MOSCOW)):
        assert found is None or isinstance(found.astimezone(UTC), datetime)


def code(data: bytes) -> None:
    """A code is compared in one form, which is its own form, and has nothing invisible in it."""
    found = normal_code(text_of(data))
    assert found == " ".join(found.split())
    assert normal_code(skeleton(found)) is not None
    assert isinstance(sight(found), str)


def code_asked(data: bytes) -> None:
    """A code that somebody asks about, beside those that there are."""
    typed, *known = (text_of(part) for part in parts_of(data, 3))
    assert len(near(typed, known)) <= 3


def wildcard(data: bytes) -> None:
    """A pattern with stars, and a word that it fits or not."""
    pattern, word = (text_of(part) for part in parts_of(data, 2))
    assert fits_pattern(pattern, word) in {True, False}
    assert fits_pattern("*", word)


def code_pattern(data: bytes) -> None:
    """What codes are made from."""
    assert read_pattern(text_of(data)).parts


def cursor(data: bytes) -> None:
    """How far another program has read our log; what is read is written as it was."""
    text = text_of(data)
    found = read_cursor(text)
    assert found is None or found.text == text


def mail_address(data: bytes) -> None:
    """A partner's address, and the sender in Settings: one plain address or a reason."""
    text = text_of(data)
    if email_problem(text) is None:
        assert text.isascii()
        assert text.isprintable()
        assert text.count("@") == 1
        assert len(text) <= EMAIL_LENGTH_MAX
    found = parse_from(text)
    if isinstance(found, Sender):
        assert email_problem(found.address) is None
        assert found.name.isprintable()


def header_words(data: bytes) -> None:
    """Words of a header, folded: no line is longer than RFC 5322 lets it be, none ends early."""
    text = " ".join(text_of(data).encode("utf-8", "replace").decode().split())[:200]
    if text.isprintable():
        for line in folded(text, 9).split("\r\n"):
            assert len(line) <= 998
            assert "\n" not in line


def mail_url(data: bytes) -> None:
    """Where letters go."""
    found = read_mail_url(text_of(data))
    assert not isinstance(found, MailServer) or (found.host.isascii() and 0 <= found.port < 65536)


def store_address(data: bytes) -> None:
    """Where the book is."""
    state_folder(text_of(data))


def sheet_address(data: bytes) -> None:
    """Which spreadsheet is meant."""
    assert 10 <= len(spreadsheet_id(text_of(data))) <= 200


def log_spec(data: bytes) -> None:
    """Which logs are read, and what may be shown of their names: never what follows a `?`."""
    for name in log_names(text_of(data)):
        if not name.startswith(("file:", "tab:", "inbox:")):
            assert "?" not in shown_log(name)


def url(data: bytes) -> None:
    """An address that is fetched, and the one of a watchman: a host, or none."""
    from tracker.fetching import read_origin

    text = text_of(data)
    found = read_origin(text)
    if found is not None:
        assert found[0] in {"http", "https"}
        assert 0 < found[2] < 65536
        assert "@" not in found[1]
    assert isinstance(failure_address(text), str)
    assert is_public(text) in {True, False}


def landing_page(data: bytes) -> None:
    """The page a visit began with."""
    found = landing_ref(text_of(data))
    assert found is None or found.strip() == found != ""


def phone(data: bytes) -> None:
    """A phone in any spelling becomes digits, or nothing."""
    country, rest = chosen(data, ("RU", "DE", None))
    found = international(text_of(rest), country)
    assert set(found) <= set("+0123456789")


def place(data: bytes) -> None:
    """A city or a country, typed by the owner and told by a shop."""
    word, city, country = (text_of(part) for part in parts_of(data, 3))
    assert place_fits(word, city or None, country or None) in {True, False, None}


def requisites(data: bytes) -> None:
    """Where a partner is to be paid."""
    read_requisites(text_of(data))


def bank_day(data: bytes) -> None:
    """A day as a bank writes it."""
    slashed, rest = chosen(data, (None, True, False))
    assert isinstance(read_day(text_of(rest), slashed=slashed), date)


def bank_sum(data: bytes) -> None:
    """A sum as a bank writes it: all that it may mean is finite."""
    unit, rest = chosen(data, _UNITS)
    text = text_of(rest)
    assert all(one.is_finite() for one in sums_in(text, unit))
    assert isinstance(unit_of(text) + currency_of(text), str)


def bank_words(data: bytes) -> None:
    """The words of a bank's row, and the purpose that is taken out of them."""
    row, purpose = (text_of(part) for part in parts_of(data, 2))
    assert went_back(without(row, purpose)) in {True, False}
    assert undone_anywhere([row]) in {True, False}
    assert all(one.startswith("po_") and len(one) == 19 for one in payout_ids(row, ()))


def formula(data: bytes) -> None:
    """A text on its way into a CSV: nothing of it runs."""
    found = safe(text_of(data))
    assert found[1:].isdigit() or not found.lstrip().startswith(FORMULA_SIGNS)


def stored_text(data: bytes) -> None:
    """A text on its way into a store: it comes back as it is, and can be written as UTF-8."""
    found = cells.clean(text_of(data))
    assert cells.clean(found) == found
    assert found.encode().decode() == found
    assert storable(text_of(data)).encode("utf-8") is not None


def pay_for(data: bytes) -> None:
    """For which orders of a customer is paid."""
    read_pay_for(text_of(data))


def sender_id(data: bytes) -> None:
    """The name a sender gave its delivery, or the one that is made of the body."""
    header, body = parts_of(data, 2)
    headers = {"x-shopify-webhook-id": text_of(header), "webhook-id": text_of(header)}
    for vendor in ("shopify", "standard-webhooks", "tilda", "generic"):
        assert 1 <= len(delivery_id(vendor, headers, {"id": text_of(body)}, body)) <= 150
