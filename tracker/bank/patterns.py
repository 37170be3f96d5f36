"""How do people label requisites, in Russian and in English?"""

from __future__ import annotations

import re

# What was read is blanked by a sign that no cell holds after `one_line`.
READ = "\x00"
COLON = r"[\s:=№#.\-]*"
OF_BANK = r"(?P<bank>\s+банка(?!\s+получателя))?"

EMAIL = re.compile(r"[^\s,;:()<>«»\"\x00]+@[^\s,;:()<>«»\"\x00]+")
IBAN_START = re.compile(r"(?<![A-Za-z0-9])(?P<country>[A-Za-z]{2})[0-9]{2}(?=[ .\-]?[A-Za-z0-9])")
IBAN_LABEL = re.compile(r"(?<!\w)(?:IBAN|ИБАН)(?!\w)", re.IGNORECASE)
IBAN_BEFORE = re.compile(rf"(?:IBAN|ИБАН){COLON}$", re.IGNORECASE)
SWIFT = re.compile(
    rf"(?<!\w)(?i:SWIFT|BIC|СВИФТ|БИК)(?:[ /\-]*(?i:SWIFT|BIC|code|код)(?!\w))*{COLON}"
    r"(?P<code>[A-Z0-9]*[A-Z][A-Z0-9]*|[a-z0-9]*[a-z][a-z0-9]*)(?!\w)"
)
INN_KPP = re.compile(
    r"(?<!\w)(?:ИНН|INN)\s*[/\\]\s*(?:КПП|KPP)" + COLON + r"(?P<inn>[0-9]{10})\s*[/\\ ]\s*"
    r"(?P<kpp>[0-9]{4}[0-9A-Z]{2}[0-9]{3})(?!\w)",
    re.IGNORECASE,
)
INN = re.compile(
    rf"(?<!\w)(?:ИНН|INN|TIN){OF_BANK}(?:\s+получателя)?{COLON}(?=[0-9])", re.IGNORECASE
)
KPP = re.compile(rf"(?<!\w)(?:КПП|KPP){OF_BANK}(?:\s+получателя)?{COLON}(?=[0-9])", re.IGNORECASE)
KPP_FORM = re.compile(r"[0-9]{4}[0-9A-Za-z]{2}[0-9]{3}(?!\w)")
BIC = re.compile(
    rf"(?<!\w)(?:БИК|BIK|BIC)(?:\s+банка)?(?:\s+получателя)?{COLON}(?=[0-9])", re.IGNORECASE
)
PHONE = re.compile(
    r"(?<![0-9+])\+?[78][\s(\-]*[0-9]{3}[\s)\-]*[0-9]{3}[\s\-]*[0-9]{2}[\s\-]*[0-9]{2}(?![0-9])"
)
SBP = re.compile(r"(?<!\w)(?:СБП|SBP)(?!\w)", re.IGNORECASE)
ACCOUNT_LABEL = re.compile(
    r"(?<!\w)(?:[рлк]\s*[/.\\]\s*сч?\.?|(?:кор\w*\.?|расч\w*\.?|лиц\w*\.?)?\s*/?\s*сч[её]?т?\w{0,2}|"
    r"account|acct?\.?|a/c)(?:\s+(?:получателя|number|no\.?))?" + COLON + r"(?=[0-9])",
    re.IGNORECASE,
)
CARD_LABEL = re.compile(r"(?<!\w)(?:карт\w*|card|мир|visa|mastercard)\W*$", re.IGNORECASE)
NUMBERS = re.compile(r"[0-9]+(?:[ .\-][0-9]+)*")
CORR_BEGINS = "301"
WHOLE = frozenset({9, 10, 12, 16, 20})
