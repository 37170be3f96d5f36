"""How does a partner want to be paid? The words of `payout_method`, in both languages."""

from __future__ import annotations

import re
from enum import StrEnum


class Method(StrEnum):
    """A way of paying that words can name."""

    BANK = "bank"
    CARD = "card"
    SBP = "sbp"
    IBAN = "iban"
    PAYPAL = "paypal"
    WISE = "wise"
    CASH = "cash"


_WORDS: dict[Method, str] = {
    Method.BANK: (
        r"банк(?:а|у|ом|овский|овская|овским)?|сч[её]т(?:а|у|ом)?|р\s*[/.\\]\s*сч?|расч[её]тн\w+|"
        r"реквизит\w*|bank|account|wire|transfer"
    ),
    Method.CARD: r"карт(?:а|у|ы|е|ой)|card|visa|mastercard|мир",
    Method.SBP: r"сбп|sbp|fps|по (?:номеру )?телефон(?:а|у)|phone",
    Method.IBAN: r"iban|sepa",
    Method.PAYPAL: r"paypal|pay pal|пэйпал|пейпал",
    Method.WISE: r"wise|transferwise|вайз",
    Method.CASH: r"наличн\w+|наличка|cash",
}
_PATTERNS = {
    method: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    for method, words in _WORDS.items()
}


def methods_named(text: str) -> frozenset[Method]:
    """Give the ways that the words name; none for words that we do not know.

    `SEPA transfer` names two, and fits the files of both.
    """
    return frozenset(method for method, words in _PATTERNS.items() if words.search(text))


SERVICES = frozenset({Method.PAYPAL, Method.WISE})
"""What an e-mail address among the requisites may belong to."""
