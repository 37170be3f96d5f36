"""Which rules does the owner of the demo set, print and try? Links, conditions, a goal, cards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tracker.code_cards import cards
from tracker.code_files import Files
from tracker.code_making import Wanted
from tracker.demo.cast import Rows, at
from tracker.layout import Tab
from tracker.making_codes import make_codes
from tracker.programme import CodeKind
from tracker.rules_text import terms_page
from tracker.running import Workplace
from tracker.terms_printed import as_html
from tracker.try_files import as_workbook
from tracker.try_tables import comparison_grid, moved_grid
from tracker.trying import known_now, span_of, try_rules, written

CARDS = 12
"""As many as one sheet of A4 holds."""
TRIED = ("rate=12%", "conflict=link")


def opening(language: str) -> Rows:
    """A link of two partners each, and a code for each kind of condition."""
    ru = language == "ru"
    shop = "https://example.com/?ref="
    telegram, youtube = "Telegram", "YouTube"
    return [
        (Tab.LINKS, {"ref": "anna-tg", "partner_id": "anna", "channel": telegram,
                     "url": f"{shop}anna-tg"}),
        (Tab.LINKS, {"ref": "boris-yt", "partner_id": "boris", "channel": youtube,
                     "url": f"{shop}boris-yt"}),
        (Tab.CODES, {"code": "ANNA10-TG", "partner_id": "anna", "variant_of": "ANNA10",
                     "note": "если утечёт — то из Telegram" if ru else
                             "should it leak, it leaked from Telegram"}),
        (Tab.CODES, {"code": "FIRSTCUP", "partner_id": "vera",
                     "new_customers_only": "да" if ru else "yes"}),
        (Tab.CODES, {"code": "OPENING", "partner_id": "vera", "valid_to": date(2026, 9, 15)}),
        (Tab.CODES, {"code": "TGTEA", "partner_id": "boris", "channels": "telegram"}),
    ]  # fmt: skip


def clicks() -> Rows:
    """What the shop's site has noted of visits; the last of them bought nothing."""

    def click(click_id: str, partner_id: str, ref: str, day: int, hour: int) -> Rows:
        when = at(10, day, hour, 40).isoformat()
        row: dict[str, object] = {"click_id": click_id, "clicked_at": when}
        return [(Tab.CLICKS, row | {"partner_id": partner_id, "ref": ref})]

    return [
        *click("c-102", "boris", "boris-yt", 3, 21),
        *click("c-103", "anna", "anna-tg", 6, 22),
        *click("c-104", "anna", "anna-tg", 8, 9),
    ]


def october(language: str) -> Rows:
    """A rule and a goal, for the orders of October."""
    ru = language == "ru"
    first = date(2026, 10, 1)
    not_counted, why = (
        ("не считается", "подарочные карты: это деньги вперёд")
        if ru
        else ("not counted", "gift cards are money in advance")
    )
    return [
        (Tab.RULES, {"priority": 10, "sku": "CARD-2000", "rate": not_counted,
                     "valid_from": first, "note": why}),
        (Tab.TIERS, {"tier_id": "five", "partner_id": "boris", "from": 5, "bonus": 500,
                     "valid_from": first}),
    ]  # fmt: skip


def print_cards(place: Workplace, path: Path, language: str) -> None:
    """Make serial codes for the parcels of December, and the sheet of cards for print."""
    wanted = Wanted(
        kind=CodeKind.SERIAL,
        count=CARDS,
        valid_to=date(2026, 12, 31),
        campaign="новый год" if language == "ru" else "new year",
    )
    minted = make_codes(place, wanted, "vera")
    files = Files(qr=path, url="https://example.com/?code={CODE}")
    found = cards([one.code for one in minted.made], minted.known.partners, files.url)
    files.write(found, minted.known.programme)


def print_terms(place: Workplace, path: Path, language: str) -> None:
    """Write the terms that hold now, as a page."""
    known = known_now(place)
    page = as_html(terms_page(known), known.programme.program_name, language)
    written(place, path, page.encode())


def try_others(place: Workplace, path: Path, language: str) -> None:
    """Try other rules on October's orders, as a scratch workbook."""
    found = try_rules(place, TRIED, span_of("2026-10", None, None)).found
    grids = (comparison_grid(found, language), moved_grid(found, language))
    written(place, path, as_workbook(grids))
