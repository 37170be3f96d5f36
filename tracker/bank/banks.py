"""Which bank do the words of a cell name, once its numbers are read?"""

from __future__ import annotations

import re

_LABELLED = re.compile(
    r"(?<!\w)(?:банк(?:\s+получателя)?|наименование\s+банка|bank(?:\s+name)?)\s*[:=]\s*([^,;|\n]+)",
    re.IGNORECASE,
)
_KNOWN = re.compile(r"банк|bank|сбер|втб|тинькофф|альфа|райффайзен", re.IGNORECASE)
_BEFORE = re.compile(
    r"^.*?(?<!\w)(?:в|in|at)\s+(?=\S)|^\s*(?:сбп|sbp|карта|card)(?!\w)", re.IGNORECASE
)
_LABELS = re.compile(
    r"(?<!\w)(?:ИНН|INN|КПП|KPP|БИК|BIK|BIC|SWIFT|IBAN|[рклRKL]\s*[/.]\s*с\w{0,2}|account|"
    r"сч[её]т\w{0,2}|банка|получателя)(?!\w)",
    re.IGNORECASE,
)
_LABEL_LAST = re.compile(rf"(?:{_LABELS.pattern})$", re.IGNORECASE)
_LABEL_LENGTH_MAX = 20
_IN_BANK = re.compile(r"(?<!\w)в\s+банке\s+(?=\S)(.+)", re.IGNORECASE)
_EDGES = " .:=-–—№#/\\"


def bank_name(words: str) -> str:
    """Find the bank's name: after its label, or in the part that says it is a bank.

    `words` is the cell with `|` for each number that was read. Empty when no part names a bank.
    """
    labelled = _LABELLED.search(words)
    if labelled:
        return _without_labels(labelled[1].strip(_EDGES))
    for part in re.split(r"[,;|()\n]+", words):
        if not _KNOWN.search(part):
            continue
        within = _IN_BANK.search(part)
        if within:
            return " ".join(_LABELS.sub(" ", within[1]).strip(_EDGES).split())
        name = _LABELS.sub(" ", _BEFORE.sub("", part)).strip(_EDGES)
        if _KNOWN.search(name) and name.casefold() not in {"банк", "bank"}:
            return " ".join(name.split())
    return ""


def _without_labels(name: str) -> str:
    """Cut off what follows a name: the labels of numbers that came next."""
    while last := _LABEL_LAST.search(name[-_LABEL_LENGTH_MAX:]):
        name = name[: -len(last[0])].rstrip(_EDGES)
    return name
