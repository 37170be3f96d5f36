"""What is handed out of a code? A card to cut out, and a row for whoever prints or mails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from tracker.problems import Stop
from tracker.programme import Code, Partner
from tracker.safe_cells import safe
from tracker.sentences import say
from tracker.sentences.code_words import CARD_HEADINGS

PLACE = "{CODE}"
QR_SIGNS_MAX = 500
"""A longer text makes a QR code too fine for a card of this size."""


@dataclass(frozen=True, slots=True)
class Card:
    """One code to hand out. `text` is what its QR code holds."""

    code: str
    text: str
    partner_id: str
    name: str
    valid_to: date | None


def qr_text(code: str, url: str) -> str:
    """What the QR code of a code holds: the bare code, or an address with it.

    Raises Stop `codes_url` for an address without a place for the code, or not of the web.
    """
    if not url:
        return code
    web = url.casefold().startswith(("https://", "http://"))
    if not web or PLACE not in url.upper() or len(url) > QR_SIGNS_MAX:
        raise Stop("codes_url", url=url[:80], most=QR_SIGNS_MAX)
    at = url.upper().index(PLACE)
    made = url[:at] + quote(code, safe="") + url[at + len(PLACE) :]
    return made.replace(PLACE, quote(code, safe=""))


def cards(codes: Iterable[Code], partners: Mapping[str, Partner], url: str = "") -> list[Card]:
    """Make the cards of codes, in their order. Raises Stop as `qr_text`."""
    return [
        Card(
            code=one.code,
            text=qr_text(one.code, url),
            partner_id=one.partner_id,
            name=partners[one.partner_id].name if one.partner_id in partners else "",
            valid_to=one.valid_to,
        )
        for one in codes
    ]


def table(found: Iterable[Card], language: str) -> list[Sequence[str]]:
    """The rows of the CSV file, headings first; no cell can run as a formula."""
    rows: list[Sequence[str]] = [[say(CARD_HEADINGS, key, (), language) for key in CARD_HEADINGS]]
    for card in found:
        until = card.valid_to.isoformat() if card.valid_to else ""
        typed = (card.code, card.text, card.partner_id, card.name)
        rows.append([*map(safe, typed), until])
    return rows
