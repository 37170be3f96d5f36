"""What has the demo made, and where should one look first?"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from tracker.attribution import DECIDED_AGAIN_DAYS
from tracker.demo.acts import END
from tracker.demo.orders import moment
from tracker.demo.stage import Folder
from tracker.layout import Tab, title_of
from tracker.money import decimal_text
from tracker.paying import payable, totals
from tracker.reviewing import review
from tracker.running import Rest
from tracker.sentences import demo as say
from tracker.sync import CLOCK_AHEAD_DAYS_MAX, CLOCK_BEHIND_DAYS_MAX

TAKEN_BACK = "5210411"
"""The order that was refunded after it had been paid out."""

_COMMANDS = (("sync", say.SYNC), (f"why {TAKEN_BACK}", say.WHY), ("check", say.CHECK))


def told(folder: Folder, rest: Rest, language: str, now: datetime) -> Iterator[str]:
    """Say each thing that was made and what to look at in it, then what to try next."""
    ru = language == "ru"
    values = _values(folder, rest)
    yield say.HEAD[ru].format(path=folder.path)
    yield ""
    yield f"{folder.book}  {say.BOOK[ru].format(**values)}"
    width = max(len(title_of(tab, language)) for tab in say.TABS)
    for tab, says in say.TABS.items():
        yield f"    {title_of(tab, language):{width}}  {says[ru].format(**values)}"
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


def _files(folder: Folder) -> list[tuple[Path, say.Pair]]:
    return [
        (folder.mailbox, say.MAILBOX),
        (folder.previews, say.PREVIEWS),
        (folder.payouts, say.PAYOUTS),
        (folder.log, say.LOG),
    ]


def _values(folder: Folder, rest: Rest) -> dict[str, object]:
    books, found = rest.plan.books, payable(rest)
    sums = [f"{decimal_text(minor, unit)} {unit}" for unit, minor in sorted(totals(found).items())]
    shops = [key for key, order in books.orders.items() if order.latest.total is not None]
    return {
        "partners": len(rest.known.partners),
        "codes": len({row.code for row in rest.known.codes} | rest.known.broken("Codes")),
        "orders": len([key for key in shops if key[0].partition(":")[0] in _SHOPS]),
        "lines": len(books.lines),
        "review": len(review(books.orders)),
        "problems": len(set(rest.problems)),
        "letters": len(list(folder.mailbox.glob("*.eml"))),
        "shown": folder.previews / "2026-10-anna.html",
        "payouts": len(found),
        "total": ", ".join(sums),
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
