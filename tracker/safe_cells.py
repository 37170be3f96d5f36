"""How is typed text written into a CSV file without becoming a formula in a spreadsheet?"""

from __future__ import annotations

import re

FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula when a cell begins with it (OWASP, "CSV Injection"):
the four signs and the full-width twins that an East Asian spreadsheet reads as them."""

_ODD_START = ("\t", "\r", "\n")
_PHONE = re.compile(r"\+[0-9]{7,15}")


def safe(text: str) -> str:
    """Write a text as a cell that stays text: one that would run begins with an apostrophe.

    Spaces before the sign do not hide it, since some programs drop them. A bare phone number is
    left as it is: a bank has to read it, and no spreadsheet runs it. For texts only: a sum goes
    into its cell as a plain number, minus and all.
    """
    if _PHONE.fullmatch(text):
        return text
    runs = text.startswith(_ODD_START) or text.lstrip().startswith(FORMULA_SIGNS)
    return f"'{text}" if runs else text
