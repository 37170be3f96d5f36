"""How does free text get into a bank's file? One line, in the letters that the file can hold."""

from __future__ import annotations

import unicodedata

CP1251 = "cp1251"

# The Latin letters that no decomposition turns into plain ones.
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l"}
    | {"Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "Þ": "Th", "ı": "i"}
)
_QUOTES = str.maketrans(
    {"«": "'", "»": "'", "“": "'", "”": "'", "„": "'", '"': "'", "‘": "'", "’": "'"}
    | {"–": "-", "—": "-", "−": "-", "&": "+", "_": "-"}
)
# EPC217-08, "SEPA Requirements for an Extended Character Set": what every bank must understand.
_SEPA = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
# ICAO Doc 9303, part 3, section 6 B: how Cyrillic names are written in passports.
_PASSPORT = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y  e iu ia".split(" "),
        strict=True,
    )
)


def one_line(text: str) -> str:
    """Make a text one line: no line end, NUL or other control sign, no invisible one, no doubles.

    Nothing that is typed into a cell can begin a line of its own in a file.
    """
    found = (_plain(sign) for sign in unicodedata.normalize("NFC", text))
    return " ".join("".join(found).split())


def _plain(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in {"Cc", "Zs", "Zl", "Zp"}:
        return " "
    return "" if category in {"Cf", "Cs", "Co", "Cn"} else sign


def not_in_cp1251(text: str) -> str:
    """Give the first sign of a line that windows-1251 lacks; empty when it has them all."""
    return next((sign for sign in text if not _encodes(sign)), "")


def _encodes(sign: str) -> bool:
    try:
        sign.encode(CP1251)
    except UnicodeEncodeError:
        return False
    return True


def sepa_text(text: str) -> str:
    """Write a line in the letters of SEPA: accents go, quotes become plain (EPC217-08).

    A sign that has no such twin stays as it is, for `not_in_sepa` to find.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_LATIN).translate(_QUOTES))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def not_in_sepa(text: str) -> str:
    """Give the first sign that a SEPA file may not hold; empty when there is none."""
    return next((sign for sign in text if sign not in _SEPA), "")


def in_latin(text: str) -> str:
    """Write Russian words in Latin letters, as in passports, and drop what is left over.

    For a purpose, which a person reads; never for a name, which a bank compares.
    """
    # Й and Ё fall apart when accents go, so their words are written before.
    written = sepa_text("".join(_letter(sign) for sign in text))
    return " ".join("".join(sign if sign in _SEPA else " " for sign in written).split())


def _letter(sign: str) -> str:
    latin = _PASSPORT.get(sign.lower())
    if latin is None:
        return sign
    return latin.capitalize() if sign.isupper() else latin


def purpose(words: str, payout_id: str, limit: int) -> str:
    """Say what a payment is for: the owner's words, cut to fit, then the payout's id, whole."""
    end = f" {payout_id}"
    return one_line(words)[: limit - len(end)].rstrip() + end
