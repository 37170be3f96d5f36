"""What has the demo made, and where should one look first?"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tracker.attribution import DECIDED_AGAIN_DAYS
from tracker.bank.one_c import ONE_C
from tracker.bank.transfers import Chosen, choose, totals_of
from tracker.demo.acts import END
from tracker.demo.orders import moment
from tracker.demo.stage import Folder
from tracker.layout import Tab, title_of
from tracker.outbox import Outbox
from tracker.outgoing import LetterKind, LetterState
from tracker.paying import payable
from tracker.reviewing import review
from tracker.running import Rest
from tracker.sentences import demo as say
from tracker.sync import CLOCK_AHEAD_DAYS_MAX, CLOCK_BEHIND_DAYS_MAX

TAKEN_BACK = "5210411"
"""The order that was refunded after it had been paid out."""

_COMMANDS = (
    ("sync", say.SYNC),
    (f"why {TAKEN_BACK}", say.WHY),
    ("check", say.CHECK),
    ("payouts --year 2026", say.YEAR),
)


def sent_by_kind(outbox: Outbox) -> dict[str, int]:
    """Count the letters that left, by kind; a kind of which none did is left out."""
    ever = datetime.min.replace(tzinfo=UTC)
    found = {kind: outbox.count(LetterState.SENT, ever, LetterKind(kind)) for kind in say.LETTERS}
    return {kind: count for kind, count in found.items() if count}


def told(
    folder: Folder, rest: Rest, letters: Mapping[str, int], language: str, now: datetime
) -> Iterator[str]:
    """Say each thing that was made and what to look at in it, then what to try next."""
    ru = language == "ru"
    values = _values(folder, rest) | {
        "letters": sum(letters.values()),
        "kinds": ", ".join(f"{say.LETTERS[kind][ru]} {count}" for kind, count in letters.items()),
        "left_out": _left_out(rest, ru=ru),
    }
    yield say.HEAD[ru].format(path=folder.path)
    yield ""
    yield f"{folder.book}  {say.BOOK[ru].format(**values)}"
    width = max(len(title_of(tab, language)) for tab in say.TABS)
    for tab, says in say.TABS.items():
        yield f"    {title_of(tab, language):{width}}  {says[ru].format(**values)}"
    yield from _rules(ru=ru)
    for path, says in _files(folder):
        yield f"{path}  {says[ru].format(**values)}"
    yield ""
    yield say.NEXT[ru]
    commands = [(_command(words, folder, now), says) for words, says in _COMMANDS]
    for command, says in commands:
        yield f"  {command:{max(len(one) for one, _ in commands)}}  # {says[ru]}"
    if now < moment("10-17 11:55") + timedelta(days=DECIDED_AGAIN_DAYS):
        yield ""
        yield say.MEND[ru].format(tab=title_of(Tab.CODES, language))


def _rules(*, ru: bool) -> Iterator[str]:
    """Name an order for each rule, two a line: the left one, then the right one."""
    yield f"    {say.RULES[ru]}"
    told = [f"{order:7}  {says[ru]}" for order, says in say.RULED.items()]
    width = max(map(len, told[::2]))
    for left, right in zip(told[::2], told[1::2], strict=True):
        yield f"      {left:{width}}  {right}"


def _files(folder: Folder) -> list[tuple[Path, say.Pair]]:
    return [
        (folder.mailbox, say.MAILBOX),
        (folder.previews, say.PREVIEWS),
        (folder.payouts, say.PAYOUTS),
        (folder.one_c, say.ONE_C),
        (folder.bank, say.BANK),
        (folder.ledger, say.LEDGER),
        (folder.terms, say.TERMS),
        (folder.trial, say.TRIAL),
        (folder.cards, say.CARDS),
        (folder.log, say.LOG),
    ]


def _in_one_c(rest: Rest) -> Chosen:
    return choose(ONE_C, payable(rest), rest.known.partners)


def _left_out(rest: Rest, *, ru: bool) -> str:
    """Name who is not in the file for 1C, and in short why."""
    found = _in_one_c(rest).problems
    return ", ".join(say.LEFT_OUT[one.code][ru].format(**dict(one.params)) for one in found)


def _values(folder: Folder, rest: Rest) -> dict[str, object]:
    books, listed = rest.plan.books, totals_of(payable(rest))
    for_bank = totals_of(one.payout for one in _in_one_c(rest).transfers)
    shops = [key for key, order in books.orders.items() if order.latest.total is not None]
    return {
        "partners": len(rest.known.partners),
        "codes": len({row.code for row in rest.known.codes} | rest.known.broken("Codes")),
        "orders": len([key for key in shops if key[0].partition(":")[0] in _SHOPS]),
        "lines": len(books.lines),
        "review": len(review(books.orders)),
        "problems": len(set(rest.problems)),
        "shown": folder.previews / "2026-10-anna.html",
        "payouts": listed.count,
        "total": listed,
        "bank_payouts": for_bank.count,
        "bank_total": for_bank,
        "order": TAKEN_BACK,
    }


_SHOPS = frozenset({"generic", "shopify", "woocommerce"})


def _command(words: str, folder: Folder, now: datetime) -> str:
    store = f"'{folder.store_url}'" if " " in folder.store_url else folder.store_url
    # The book's last lines are of the demo's November, and a clock far from them is not believed.
    behind = now < END - timedelta(days=CLOCK_BEHIND_DAYS_MAX)
    ahead = now > END + timedelta(days=CLOCK_AHEAD_DAYS_MAX)
    right = " --clock-is-right" if words == "sync" and (behind or ahead) else ""
    return f"{_python()} -m tracker {words} --store {store}{right}"


def _python() -> str:
    """How this Python is called from here: a virtual environment's by its path."""
    here = Path(sys.executable)
    if shutil.which("python") == str(here):
        return "python"
    return str(here.relative_to(Path.cwd())) if here.is_relative_to(Path.cwd()) else str(here)
