"""How are codes printed to be cut out? An HTML page of A4 sheets, twelve cards on each.

It needs nothing from outside: the QR codes are drawn in the page itself. Open it in any browser
and print it, or save it as a PDF, at 100 % and without headers.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import shorten

import segno

from tracker.code_cards import Card
from tracker.sentences import say
from tracker.sentences.code_words import CARD_WORDS
from tracker.wording import formatter, plain

COLUMNS, ROWS = 3, 4
A_SHEET = COLUMNS * ROWS
NAME_SIGNS_MAX = 60

_SIZES = ((14, 18), (17, 15), (20, 12), (24, 10))
"""Up to so many signs, points: the whole code in one line of a card 63 mm wide."""
_SMALLEST = 8  # in two lines

_STYLE = """
@page { size: A4 portrait; margin: 10mm; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { font-family: "DejaVu Sans", Arial, sans-serif; color: #000; background: #fff; }
.sheet { width: 189mm; height: 276.6mm; display: grid;
  grid-template-columns: repeat(3, 1fr); grid-template-rows: repeat(4, 69mm);
  break-after: page; }
.sheet:last-child { break-after: auto; }
.card { border: 0.3mm dashed #888; margin: 0 -0.3mm -0.3mm 0; padding: 2.5mm 3mm;
  display: flex; flex-direction: column; align-items: center; text-align: center;
  overflow: hidden; break-inside: avoid; }
.programme { font-size: 9pt; height: 8mm; flex: none; overflow: hidden; overflow-wrap: anywhere; }
.card svg { width: 34mm; height: 34mm; display: block; flex: none; }
.code { font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace; font-weight: bold;
  line-height: 1.15; overflow-wrap: anywhere; margin-bottom: 1mm; }
.from { font-size: 8pt; color: #333; max-height: 7mm; overflow: hidden; overflow-wrap: anywhere; }
.until { font-size: 8pt; color: #333; margin-top: auto; }
@media screen { body { padding: 10mm; background: #eee; }
  .sheet { background: #fff; margin: 0 auto 10mm; } }
"""


def page(cards: Sequence[Card], programme: str, language: str) -> str:
    """Write the page; `programme` is its name as customers read it on each card."""
    title = say(CARD_WORDS, "title", (("programme", programme),), language)
    sheets = [cards[at : at + A_SHEET] for at in range(0, len(cards), A_SHEET)]
    body = "\n".join(_sheet(sheet, programme, language) for sheet in sheets)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _sheet(cards: Sequence[Card], programme: str, language: str) -> str:
    drawn = "\n".join(_card(card, programme, language) for card in cards)
    return f'<section class="sheet">\n{drawn}\n</section>'


def _card(card: Card, programme: str, language: str) -> str:
    lines = [f'<div class="programme">{_text(programme)}</div>', _qr(card.text)]
    size = next((size for most, size in _SIZES if len(card.code) <= most), _SMALLEST)
    lines.append(f'<div class="code" style="font-size: {size}pt">{escape(plain(card.code))}</div>')
    if card.name:
        lines.append(f'<div class="from">{_text(card.name)}</div>')
    if card.valid_to is not None:
        until = (("until", formatter(language).day(card.valid_to)),)
        lines.append(f'<div class="until">{_text(say(CARD_WORDS, "until", until, language))}</div>')
    return f'<article class="card">\n{"".join(lines)}\n</article>'


def _qr(text: str) -> str:
    """Draw a QR code with the quiet zone of four modules that ISO/IEC 18004 asks for.

    Level M bears 15 % of wear; segno takes a higher one where it costs no larger picture.
    """
    code = segno.make_qr(text, error="m")
    return code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)


def _text(text: str) -> str:
    return escape(shorten(plain(text), NAME_SIGNS_MAX, placeholder="…"))
