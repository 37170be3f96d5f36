"""What may the owner do in the midst of a sync? One thing each, and what it must come to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.google.owner import Owner
from tests.google.wiring import ROBOT

Undo = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Action:
    """What the owner does.

    Attributes:
        does: the thing itself.
        whole: it changes lines of a ledger, which is noticed at the first run of a day.
        adds: the codes of the problems that name it afterwards.
        restored: whether the book says just what it would have said, `n` and line ids included;
            else the balances do.
        sums: whether the plain SUM is right though the owner touched the ledger.
    """

    does: Callable[[Owner], object]
    whole: bool = False
    adds: tuple[str, ...] = ()
    restored: bool = True
    sums: bool = True


@dataclass(frozen=True, slots=True)
class Stopping:
    """What makes a run stop until the owner takes it back.

    Attributes:
        does: the thing; it gives how to take it back.
        code, says: the Stop, and what its parameters must name.
        only_read: a run that had read by then goes on.
    """

    does: Callable[[Owner], Undo]
    code: str
    says: str = ""
    only_read: bool = False


def _each(*actions: Callable[[Owner], object]) -> Callable[[Owner], object]:
    def does(owner: Owner) -> None:
        for action in actions:
            action(owner)

    return does


def _blank_end(tab: str) -> Callable[[Owner], object]:
    def does(owner: Owner) -> None:
        sheet = owner.sheet(tab)
        # Google does not let the last row go that is not frozen.
        owner.delete_rows(tab, *range(max(sheet.last_row(), 2) + 1, sheet.row_count + 1))

    return does


def _all_rows(tab: str) -> Callable[[Owner], object]:
    """Delete what a report says; a blank row is left, as Google wants."""

    def does(owner: Owner) -> None:
        sheet = owner.sheet(tab)
        if sheet.last_row() == sheet.row_count:
            owner.insert_row(tab, sheet.row_count)
        owner.delete_rows(tab, *range(2, owner.sheet(tab).last_row()))

    return does


def _only(partner: str) -> Callable[[object], bool]:
    return lambda shown: shown == partner


def _line(tab: str) -> Callable[[Owner], int]:
    """The row of what the first run wrote about order A2."""
    return lambda owner: owner.find(tab, "order_id", "A2")


NOTHING = Action(lambda _: None)

ACTIONS: dict[str, Action] = {
    "sorts Journal": Action(lambda o: o.sort("Journal", "order_id", descending=True)),
    "sorts Commissions by amount": Action(lambda o: o.sort("Commissions", "amount")),
    "sorts Partners": Action(lambda o: o.sort("Partners", "partner_id", descending=True)),
    "sorts Codes": Action(lambda o: o.sort("Codes", "code", descending=True)),
    "sorts Balances": Action(lambda o: o.sort("Balances", "balance")),
    "filters Commissions": Action(
        lambda o: o.filter("Commissions", "partner_id", _only("maria")),
    ),
    "filters Journal and Codes": Action(
        _each(
            lambda o: o.filter("Journal", "partner_id", _only("nobody")),
            lambda o: o.filter("Codes", "partner_id", _only("maria")),
        )
    ),
    "hides rows": Action(
        _each(
            lambda o: o.hide_rows("Commissions", 2, 3),
            lambda o: o.hide_rows("Partners", 2),
            lambda o: o.hide_rows("Runs", 2),
        )
    ),
    "inserts blank rows in the middle of ledgers": Action(
        _each(
            lambda o: o.insert_row("Commissions", 3),
            lambda o: o.insert_row("Journal", 2),
            lambda o: o.insert_row("Journal", 2),
        )
    ),
    "deletes the blank rows below Commissions and Journal": Action(
        _each(_blank_end("Commissions"), _blank_end("Journal"))
    ),
    "deletes the blank rows below every report and Codes": Action(
        _each(*map(_blank_end, ("Balances", "Dashboard", "Review", "Problems", "Codes")))
    ),
    "inserts a column in Journal": Action(lambda o: o.insert_column("Journal", "state", "whose")),
    "inserts a nameless column in Commissions": Action(
        lambda o: o.insert_column("Commissions", "amount")
    ),
    "inserts a column in Runs and Balances": Action(
        _each(
            lambda o: o.insert_column("Runs", "run_id", "mine too"),
            lambda o: o.insert_column("Balances", "balance", "mine too"),
        )
    ),
    "moves a column of Journal": Action(lambda o: o.move_column("Journal", "n", "noted_at")),
    "moves the key column of Commissions": Action(
        lambda o: o.move_column("Commissions", "line_id", "booked_at")
    ),
    "moves a column of Codes": Action(lambda o: o.move_column("Codes", "status", "code")),
    "moves a column of Balances": Action(
        lambda o: o.move_column("Balances", "balance", "partner_id")
    ),
    "renames Journal": Action(lambda o: o.rename_tab("Journal", "Что узнали")),
    "renames Codes": Action(lambda o: o.rename_tab("Codes", "Codes of 'ours' & theirs")),
    "renames Balances": Action(lambda o: o.rename_tab("Balances", "Who has what")),
    "renames the file": Action(lambda o: o.rename_file("Autumn")),
    "makes the spreadsheet Russian": Action(lambda o: o.set_locale("ru_RU")),
    "types an amount as text": Action(
        lambda o: o.type_text("Adjustments", 2, "amount", "50,00"),
    ),
    "adds a tab": Action(lambda o: o.add_tab("Plans", [["who", "what"], ["ivan", "=1+1"]])),
    "writes beside a line": Action(
        lambda o: o.set_cell("Journal", _line("Journal")(o), "mine", "thanked")
    ),
    "deletes the rows of two reports": Action(
        _each(_all_rows("Balances"), _all_rows("Dashboard")),
    ),
    "deletes a line of Commissions": Action(
        lambda o: o.delete_rows("Commissions", _line("Commissions")(o)), whole=True
    ),
    "deletes a line of Journal": Action(
        lambda o: o.delete_rows("Journal", _line("Journal")(o)),
        whole=True, adds=("journal_line_missing",), restored=False,
    ),
    "copies a line of Commissions": Action(
        lambda o: o.duplicate_row("Commissions", _line("Commissions")(o)),
        whole=True, adds=("line_twice",), sums=False,
    ),
    "copies a line of Journal": Action(
        lambda o: o.duplicate_row("Journal", _line("Journal")(o)),
        whole=True, adds=("line_twice",), sums=False,
    ),
    "types over an amount of Commissions": Action(
        lambda o: o.set_cell("Commissions", _line("Commissions")(o), "amount", 999),
        whole=True, adds=("commission_changed",), sums=False,
    ),
}  # fmt: skip


def _protects(tab: str) -> Callable[[Owner], Undo]:
    def does(owner: Owner) -> Undo:
        made = owner.protect(tab)
        return lambda: owner.unprotect(made)

    return does


def _deletes_column(tab: str, heading: str) -> Callable[[Owner], Undo]:
    """Delete a column; taken back, it is there with its cells, where rows that came stay blank."""

    def does(owner: Owner) -> Undo:
        place = owner.columns(tab)[heading]
        after = next(name for name, at in owner.columns(tab).items() if at == place + 1)
        cells = [row[place : place + 1] for row in owner.sheet(tab).rows]
        looks = [row[place : place + 1] for row in owner.sheet(tab).looks]
        owner.delete_column(tab, heading)

        def undo() -> None:
            owner.insert_column(tab, after)
            sheet = owner.sheet(tab)
            for number, (cell, look) in enumerate(zip(cells, looks, strict=True)):
                sheet.put(number, place, cell)
                sheet.dress(number, place, look)

        return undo

    return does


def _retitles_column(tab: str, heading: str) -> Callable[[Owner], Undo]:
    def does(owner: Owner) -> Undo:
        owner.set_cell(tab, 1, heading, "renamed")
        return lambda: owner.set_cell(tab, 1, "renamed", heading)

    return does


def _deletes_tab(tab: str) -> Callable[[Owner], Undo]:
    """Delete a tab; taken back at once, it is there with its cells and our mark on it."""

    def does(owner: Owner) -> Undo:
        sheet, marks = owner.sheet(tab), owner.book.metadata
        owner.delete_tab(tab)
        gone = [one for one in marks if one["location"].get("sheetId") == sheet.sheet_id]

        def undo() -> None:
            owner.book.sheets.append(sheet)
            owner.book.metadata.extend(gone)

        return undo

    return does


def _shares(role: str | None) -> Callable[[Owner], Undo]:
    def does(owner: Owner) -> Undo:
        owner.share(ROBOT, role)
        return lambda: owner.share(ROBOT, "writer")

    return does


STOPPING: dict[str, Stopping] = {
    "protects Commissions": Stopping(_protects("Commissions"), "google_protected", "Commissions"),
    "protects Runs": Stopping(_protects("Runs"), "google_protected", "Runs"),
    "deletes a column of Commissions": Stopping(
        _deletes_column("Commissions", "because"), "heading_missing", "Commissions"
    ),
    "deletes a column of Journal": Stopping(
        _deletes_column("Journal", "decision"), "heading_missing", "Journal"
    ),
    "deletes a column of Codes": Stopping(
        _deletes_column("Codes", "valid_to"), "heading_missing", "Codes", only_read=True
    ),
    "renames a heading of Journal": Stopping(
        _retitles_column("Journal", "n"), "heading_missing", "Journal"
    ),
    "deletes Runs": Stopping(_deletes_tab("Runs"), "tab_missing", "Runs"),
    "makes the robot a reader": Stopping(_shares("reader"), "google_read_only", ROBOT),
    "takes the sheet away from the robot": Stopping(_shares(None), "google_", ROBOT),
}
