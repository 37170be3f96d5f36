"""What do the words of a bank's row say? Not done yet, gone back, or came in.

Words are told by their borders: a village Просторное is no сторно, and `processed` is done where
`processing` is not. What is in doubt is left unmarked and named, so these lists are long.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORT_CELL_MAX = 40
"""Longer cells are purposes and names, where such words mean anything."""

_WENT_BACK = re.compile(
    r"\bвозврат(?:а|у|ом|ы|е)?\b|\bвозвращ[её]н[оаы]?\b|\bвозвраща(?:ет|ют)ся\b|\bвозвращение\b"
    r"|\bвозвращ[её]нн\w+ (?:средств|плат|ден|сумм)|\bсторн(?:о|ир\w+)\b|\bотказ(?:ано|а|ы)?\b"
    r"|\brevers(?:al|als|ed|e)\b|\breturned\b|\brefund(?:s|ed)?\b|\brejected\b|\bbounced\b"
    r"|\bcharge ?back\b|\bcharged back\b",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\bотказ\w*|\bотклон\w*|\bотмен\w*|\bошибка\b|\bв обработке\b|\bобрабатыва\w+|\bожида\w+"
    r"|\b(?:не|частично) ?(?:исполн|провед|выполн|обработ|заверш|оплач|успеш|принят)\w*"
    r"|\bзаблокир\w*|\bприостанов\w*|\bна (?:исполнении|подпис\w+|контроле|проверке)\b"
    r"|\bв очереди\b|\bчерновик\w*"
    r"|\bв картотеке\b|\bотозван\w*|\bвозвращ[её]н[оаы]?\b|\bвозврат\b|\bсторн(?:о|ир\w+)\b"
    r"|\bfail\w*|\breject\w*|\bpending\b|\bcancel\w*|\bprocessing\b|\bin (?:process|progress)\b"
    r"|\breturned\b|\brevers(?:al|ed)\b|\bun(?:claimed|cleared|processed|paid|completed)\b"
    r"|\bblocked\b|\b(?:on )?hold\b|\bheld\b|\bdraft\b|\bdenied\b|\bdeclined\b|\brefund\w*"
    r"|\b(?:a)?wait\w*|\bexpired\b|\bincomplete\b|\bnot (?:yet|done|complet\w+|paid|process\w+)\b"
    r"|\bpartially\b|\bvoid(?:ed)?\b|\bbounced\b|\bsuspended\b|\bstopped\b|\bunder review\b"
    r"|\bcharged? ?back\b|\bаннулир\w*|\bудал[её]н\w*|\bотложен\w*|\bисполняется\b"
    r"|\bна (?:рассмотрении|согласовании)\b|\bdecline\b|\brevert\w*|\babort\w*|\bin review\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:исполнен|провед[её]н|обработан|выполнен|оплачен|заверш[её]н|списан|зачислен|совершен"
    r"|осуществл[её]н)[аоы]?\b|\bуспе(?:х|шно|шный|шная)\b|\bготово\b|^(?:ок|ok|book|sent)$"
    r"|\b(?:done|completed?|paid|success(?:ful|fully)?|succeeded|settled|posted|booked|cleared"
    r"|processed|executed|finished|payment sent)\b",
    re.IGNORECASE,
)
"""What a column of states must say: banks have more words for what is not done than we know."""
_WELL = re.compile(r"без ошиб\w*|without errors?|no errors?", re.IGNORECASE)

_IN = frozenset("кт кредит credit cr crdt приход поступление зачисление incoming".split())
_IN_SIDE = _IN | frozenset("к c in + пополнение deposit".split())
_IN_WORDS = re.compile(
    r"\bвходящ\w+|\bзачислен\w+|\bпоступлен\w+|\bприход\w*|\bпополнен\w+|\bincoming\b|\bdeposit\w*"
    r"|\breceived\b|\binflow\b|\bmoney in\b|\bpaid in\b|\bcredited\b|\bcrdt\b",
    re.IGNORECASE,
)
_OUT_WORDS = re.compile(
    r"\bисходящ\w+|\bсписан\w+|\bрасход\w*|\bдебет\w*|\boutgoing\b|\bdebit\w*|\bwithdraw\w*"
    r"|\bmoney out\b|\bpaid out\b|\bdbit\b",
    re.IGNORECASE,
)


def went_back(text: str) -> bool:
    """Whether a row says that money came back; take our own purpose out of it first."""
    return _WENT_BACK.search(text) is not None


def undone_state(cell: str) -> bool:
    """Whether the cell of a column of states says anything but that it is carried out."""
    said = _WELL.sub(" ", cell.replace("_", " ")).strip()
    if not said or said.isdecimal():
        return False
    return _UNDONE.search(said) is not None or _DONE.search(said) is None


def undone_anywhere(cells: Iterable[str]) -> bool:
    """The same of the other cells: a state may stand where no heading tells that it is one."""
    short = (_WELL.sub(" ", one.replace("_", " ")) for one in cells if _may_be_word(one))
    return any(_UNDONE.search(one) for one in short)


def plainly_in(cells: Iterable[str]) -> bool:
    """Whether a cell is nothing but a word for money that came in."""
    return any(one.casefold() in _IN for one in cells)


def side_in(cell: str) -> bool:
    """Whether the cell of a column that tells the way is a word or letter for money that came."""
    return cell.casefold() in _IN_SIDE


def speaks_in(cells: Iterable[str]) -> bool:
    """Whether a short cell speaks of money that came in, and not of money that left."""
    short = [one for one in cells if _may_be_word(one)]
    return any(_IN_WORDS.search(one) and not _OUT_WORDS.search(one) for one in short)


def without(text: str, purpose: str) -> str:
    """The text without the words that our own files put into the purpose of a payment."""
    words = purpose.split()
    if not words:
        return text
    ours = re.compile(r"\s+".join(re.escape(one) for one in words), re.IGNORECASE)
    return ours.sub(" ", text)


def _may_be_word(cell: str) -> bool:
    return 0 < len(cell) <= SHORT_CELL_MAX and "po_" not in cell.casefold()
