"""Whose order is it, without saying who? Keys of a customer: keyed hashes of contacts.

HMAC-SHA256 with the programme's secret, so a list of e-mails cannot be guessed back from the book.
Where contacts were erased their keys stand in their place; what is a key already stays that key.
"""

from __future__ import annotations

import hmac
import re

from tracker.compact import letters

_COUNTRY_OF = {
    "RUB": "RU",
    "KZT": "KZ",
    "BYN": "BY",
    "UAH": "UA",
    "UZS": "UZ",
    "KGS": "KG",
    "AMD": "AM",
    "GEL": "GE",
    "AZN": "AZ",
    "MDL": "MD",
    "TJS": "TJ",
    "USD": "US",
    "GBP": "GB",
    "PLN": "PL",
    "TRY": "TR",
}

_KEY = re.compile(r"[eip]:[a-z2-7]{16}")


def keyed(secret: bytes, text: str) -> str:
    """Return 16 letters of a keyed hash of the text."""
    digest = hmac.digest(secret, text.encode("utf-8", "replace"), "sha256")
    return letters(digest)


def email_key(secret: bytes, email: str) -> str:
    """Return `e:...` for an e-mail, whatever its case; empty for none."""
    bare = email.strip().casefold()
    if "@" in bare:
        return f"e:{keyed(secret, 'e:' + bare)}"
    return _kept("e:", bare)


def phone_key(secret: bytes, phone: str, currency: str) -> str:
    """Return `p:...` for a phone in international form; a local one is read by the currency."""
    if kept := _kept("p:", phone):
        return kept
    number = dialled(phone, currency)
    return f"p:{keyed(secret, 'p:' + number)}" if number else ""


def dialled(phone: str, currency: str) -> str:
    """Return a phone in international form; a local one is read by the currency. Empty for none."""
    return international(phone, _COUNTRY_OF.get(currency))


def id_key(secret: bytes, source: str, customer_id: str) -> str:
    """Return `i:...` for the shop's own customer id; empty for none."""
    bare = customer_id.strip()
    if kept := _kept("i:", bare):
        return kept
    return f"i:{keyed(secret, f'i:{source}:{bare}')}" if bare else ""


def _kept(kind: str, text: str) -> str:
    """Give what is a key of that kind already; empty for anything else."""
    return text if text.startswith(kind) and _KEY.fullmatch(text) else ""


def international(phone: str, country: str | None) -> str:
    """Write a phone as E.164 (`+79001234567`), or as bare digits when it is no known number."""
    digits = re.sub(r"[^0-9+]", "", phone)
    if len(digits.lstrip("+")) < 5:
        return ""
    import phonenumbers  # heavy: its tables are loaded only when there is a phone

    try:
        number = phonenumbers.parse(phone, country)
    except phonenumbers.NumberParseException:
        return digits.lstrip("+")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
