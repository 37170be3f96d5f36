"""How is a name written in the Latin letters and digits of a code?

Letter by letter after the table that Russian road signs and maps use (BGN/PCGN 1947, close to
GOST R 52290), without its apostrophes: Иван is IVAN, Мария MARIYA, Щукин SHCHUKIN. `ё` is YO, so
Семён is SEMYON.
"""

from __future__ import annotations

import unicodedata

_LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "A B V G D E YO ZH Z I Y K L M N O P R S T U F KH TS CH SH SHCH - Y - E YU YA".split(),
        strict=True,
    )
)
# Neighbours that write Cyrillic too, and letters of Latin alphabets that no mark can be taken off.
_LATIN |= dict(zip("іїєґўәғқңөұүһ", "I YI YE G U A G K N O U U H".split(), strict=True))
_LATIN |= {"ß": "SS", "ø": "O", "ł": "L", "đ": "D", "æ": "AE", "œ": "OE", "ı": "I", "þ": "TH"}
_NO_SOUND = "-"

_LEGAL_FORMS = frozenset(
    "ООО ИП АО ПАО ЗАО ОАО НКО АНО ТОО ФОП OOO IP LLC LTD INC GMBH SARL SRL OY".split()
)
"""What stands before a firm's name and names nobody."""

ANYBODY = "PARTNER"
"""What stands for a name that has no letter of these alphabets."""


def latin(text: str) -> str:
    """Write a text in A to Z and 0 to 9; accents are taken off, all other signs dropped."""
    found: list[str] = []
    for sign in unicodedata.normalize("NFKC", text).casefold():
        # Casefolding has made `ss` of a sharp s and may have left a mark behind a letter.
        letters = _LATIN.get(sign) or unicodedata.normalize("NFKD", sign).upper()
        found += [one for one in letters if one.isascii() and one.isalnum()]
    return "".join(found)


def first_name(name: str, partner_id: str) -> str:
    """The first word of a partner's name that says something, else his id, in Latin letters."""
    words = [word for word in name.replace("-", " ").split() if word.upper() not in _LEGAL_FORMS]
    found = (latin(word) for word in (*words, partner_id))
    return next(filter(None, found), ANYBODY)


def full_name(name: str, partner_id: str) -> str:
    """A partner's whole name, else his id, in Latin letters."""
    words = [word for word in name.split() if word.upper() not in _LEGAL_FORMS]
    return latin("".join(words)) or latin(partner_id) or ANYBODY
