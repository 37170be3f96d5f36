"""Do the commands keep their word? Exit codes, what is said where, and what is left alone."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.cli_book import NOON, ROOT, CliBook, columns, edit, run_at, set_environment, sheet_of
from tracker.layout import Tab

COMMANDS = "init sync why check statements payouts export restore".split()


def inbox_rows(book: CliBook) -> list[list[Any]]:
    """Everything the inbox holds, table by table."""
    with sqlite3.connect(book.folder / ".tracker" / "inbox.sqlite3") as inbox:
        names = sorted(
            row[0] for row in inbox.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        )
        found = [
            inbox.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall() for name in names
        ]
    inbox.close()
    return found


# Help and exit codes.


@pytest.mark.parametrize("command", ["--help", "rules --help"])
def test_where_nobody_reads_on_a_command_ends_without_a_word(command: str, tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)  # as `... | head` does once it has enough
    try:
        said = subprocess.run(
            [sys.executable, "-m", "tracker", *command.split()], cwd=tmp_path, stdout=write,
            stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
        )  # fmt: skip
    finally:
        os.close(write)
    assert (said.returncode, said.stderr) == (2, b"")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help_on_standard_output(command: str, tmp_path: Path) -> None:
    said = run_at(tmp_path, NOON, *command.split(), "--help")
    assert (said.code, said.err) == (0, "")
    assert f"Usage: python -m tracker {command}".strip() in said.out


@pytest.mark.parametrize("command", ["sync", "why 1", "check", "statements", "payouts", "export -"])
def test_without_a_book_a_command_ends_with_2_and_names_the_remedy(
    command: str, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(f"TRACKER_SECRET={'s' * 32}\n")
    said = run_at(tmp_path, NOON, *command.split())
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("There is no book at ")
    assert "Make it with `python -m tracker init`" in said.err


@pytest.mark.parametrize(
    "command", ["paint", "sync --loud", "why", "export", "export --format xml -"]
)
def test_what_cannot_be_typed_ends_with_2_and_a_usage_line(command: str, tmp_path: Path) -> None:
    said = run_at(tmp_path, NOON, *command.split())
    assert (said.code, said.out) == (2, "")
    assert "Usage:" in said.err


def test_check_ends_with_0_when_nothing_wants_a_person_and_with_3_when_something_does(
    tmp_path: Path,
) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    fine = book.run("check")
    assert (fine.code, fine.err) == (0, "")
    assert fine.out.splitlines()[-1] == "nothing wants you"
    edit(book, Tab.PARTNERS, "maria", rate=15)
    ill = book.run("check")
    assert ill.code == 3
    assert "Partners F3: “15” in rate could be a percent or a sum." in ill.err
    assert "problems: 1" in ill.out


def test_check_names_a_row_of_the_webhook_log_that_no_sync_has_read_yet(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    set_environment(book, TRACKER_ORDER_LOG="tab:Webhook log")
    row = {"delivery_id": "d1", "received_at": "soon", "source": "generic", "body": "{}"}
    book.type(Tab.WEBHOOK_LOG, row)
    said = book.run("check")
    assert said.code == 3
    assert "Webhook log B2" in said.err


def test_check_names_an_order_log_that_is_not_there(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    set_environment(book, TRACKER_ORDER_LOG="file:gone.jsonl")
    said = book.run("check")
    assert said.code == 3
    assert "There is no order log gone.jsonl." in said.out


def test_a_bad_cell_does_not_spoil_a_sync(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    edit(book, Tab.PARTNERS, "maria", rate=15)
    book.deliver("1")
    said = book.run("sync")
    assert said.code == 0
    assert said.out == "seen=1 attributed=1 unattributed=0 waiting=0 quarantined=0 written=1\n"
    assert "1 problem" in said.err


# What is left alone.


def test_a_second_sync_leaves_the_bytes_alone(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    before, modified = book.fingerprint(), book.path.stat().st_mtime_ns
    book.now = book.now.replace(hour=23)
    assert book.sync()["written"] == 0
    assert (book.fingerprint(), book.path.stat().st_mtime_ns) == (before, modified)


def test_a_dry_run_prints_the_counts_and_writes_nothing_anywhere(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    before, rows = book.fingerprint(), inbox_rows(book)
    book.deliver("2")
    for _ in range(2):
        said = book.run("sync", "--dry-run")
        assert (said.code, said.counts["seen"], said.counts["written"]) == (0, 1, 1)
    assert (book.fingerprint(), inbox_rows(book)) == (before, rows)
    assert book.sync()["written"] == 1


@pytest.mark.parametrize(
    "command",
    ["why 1", "check", "export -", "statements", "statements --preview letters", "payouts"],
)
def test_commands_that_look_leave_book_and_inbox_alone(command: str, tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    book.sync()
    before, rows = book.fingerprint(), inbox_rows(book)
    book.deliver("2")
    assert book.run(*command.split()).code == 0
    assert (book.fingerprint(), inbox_rows(book)) == (before, rows)


# Why.


def test_why_tells_an_id_of_two_shops_twice(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("77")
    book.deliver("77", source="generic:tea", codes=["MARIA01"])
    book.sync()
    said = book.run("why", "77")
    assert said.code == 0
    assert said.out.count("Order generic/77") == 1
    assert said.out.count("Order generic:tea/77") == 1
    assert "ivan 100.00 RUB (sale)" in said.out
    assert "maria 150.00 RUB (sale)" in said.out
    assert book.run("why", "generic:tea/77").out.count("Order ") == 1


def test_why_of_an_order_nobody_knows_ends_with_2(tmp_path: Path) -> None:
    said = CliBook(tmp_path).run("why", "78")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("There is no order 78.")


# Headings, tabs, logs.


def rename(book: CliBook, tab: Tab, key: str, heading: str | None) -> None:
    def renamed(workbook: Workbook) -> None:
        sheet = sheet_of(workbook, tab)
        sheet.cell(1, columns(sheet)[key]).value = heading

    book.change(repr(("rename", tab, key, heading)), renamed)


@pytest.mark.parametrize(
    ("tab", "key", "heading", "said"),
    [
        (Tab.CODES, "partner_id", "owner", "The tab Codes has no column partner_id; it is expected about B1."),
        (Tab.CODES, "partner_id", None, "The tab Codes has no column partner_id; it is expected about B1."),
        (Tab.PARTNERS, "note", "status", "The tab Partners has the column status twice, in D1 and U1. Rename or delete"),
        (Tab.PARTNERS, "note", "Статус", "The tab Partners has the column status twice, in D1 and U1. Rename or delete"),
        (Tab.COMMISSIONS, "amount", "sum", "The tab Commissions has no column amount; it is expected about D1."),
        (Tab.JOURNAL, "line_id", None, "The tab Journal has no column line_id; it is expected about W1."),
        (Tab.PROBLEMS, "says", "text", "The tab Problems has no column says"),
        (Tab.WEBHOOK_LOG, "body", "text", "The tab Webhook log has no column body; it is expected about E1."),
        (Tab.SETTINGS, "value", None, "The tab Settings has no column value; it is expected about B1."),
    ],
)  # fmt: skip
def test_a_heading_that_is_gone_or_doubled_stops_before_any_write(
    tab: Tab, key: str, heading: str | None, said: str, tmp_path: Path
) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    rename(book, tab, key, heading)
    before = book.fingerprint()
    stopped = book.run("sync")
    assert (stopped.code, stopped.out) == (2, "")
    assert said in stopped.err
    assert book.fingerprint() == before
    rename_back(book, tab, heading, key)
    assert book.sync()["written"] == 1


def rename_back(book: CliBook, tab: Tab, heading: str | None, key: str) -> None:
    """Write the heading back where it stood: the last cell of that text, or the blank one."""
    with book.edited() as workbook:
        cells = [cell for cell in sheet_of(workbook, tab)[1] if cell.value == heading]
        (cells[0] if heading is None else cells[-1]).value = key


def test_a_renamed_tab_stops_before_any_write(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.deliver("1")
    with book.edited() as workbook:
        workbook["Codes"].title = "My codes"
    before = book.fingerprint()
    said = book.run("sync")
    assert (said.code, said.out) == (2, "")
    assert "The book has no tab Codes. If it was renamed, give it that name back" in said.err
    assert book.fingerprint() == before


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("file:gone.jsonl", "There is no order log gone.jsonl."),
        ("orders.jsonl", "TRACKER_ORDER_LOG names orders.jsonl, which is not understood."),
        ("file:.", "The order log . cannot be read"),
        ("tab:Orders", "TRACKER_ORDER_LOG names tab:Orders, which is not understood."),
    ],
)
def test_an_order_log_that_cannot_be_read_ends_with_2(log: str, said: str, tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    set_environment(book, TRACKER_ORDER_LOG=log)
    before = book.fingerprint()
    stopped = book.run("sync")
    assert (stopped.code, stopped.out) == (2, "")
    assert said in stopped.err
    assert book.fingerprint() == before


def test_broken_lines_of_a_log_are_counted_named_and_cost_nothing_else(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.log.write_text('not json\n{"delivery_id": "x"}\n')
    book.deliver("1")
    book.deliver("2", total=None)
    assert book.sync() == {"seen": 1, "attributed": 1, "unattributed": 0, "waiting": 0, "quarantined": 3, "written": 1}  # fmt: skip
    said = book.problems()
    assert [place for _, place in said] == ["line 1", "line 2", "line 4"]
    assert book.sync()["quarantined"] == 3


# Settings.


def test_orders_wait_while_the_programmes_rate_cannot_be_read(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("rate", "ten")
    book.deliver("1")
    assert book.sync()["written"] == 0
    assert book.export()["orders"][0]["reason"].split()[0] == "settings_unreadable"
    assert list(book.problems()) == [("Settings", "B6")]
    book.set("rate", "20%")
    assert book.sync()["written"] == 1
    assert book.balances() == {"ivan": "200.00"}


def test_why_speaks_russian_to_a_russian_book(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("language", "ru")
    book.deliver("78", refunded="300")
    book.sync()

    said = book.run("why", "78").out

    assert "состояние оплачен" in said
    assert "10% от товаров" in said
    assert "ivan 70.00 RUB (продажа)" in said


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "There is no statement of 2019-01: nobody had lines, and no active partner"),
        ("ru", "Отчётов за 2019-01 нет: ни у кого не было строк, и активных партнёров"),
    ],
)  # fmt: skip
def test_a_month_without_statements_says_so(tmp_path: Path, language: str, says: str) -> None:
    book = CliBook(tmp_path)
    edit(book, Tab.SETTINGS, "language", value=language)
    edit(book, Tab.PARTNERS, "ivan", status="left")
    edit(book, Tab.PARTNERS, "maria", status="left")

    said = book.run("statements", "--month", "2019-01", "--preview", "letters")
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith(says)


def test_in_a_russian_book_tabs_and_columns_are_named_in_russian(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    edit(book, Tab.SETTINGS, "language", value="ru")
    edit(book, Tab.CODES, "IVAN01", weekdays="Mon-Foo")
    said = book.run("check")

    assert said.err == (
        "Промокоды P2: «Mon-Foo» в столбце «дни недели» — не день недели. Впишите Пн-Пт или Сб,Вс.\n"
    )


def test_a_code_is_refused_in_the_book_s_language(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    edit(book, Tab.SETTINGS, "language", value="ru")

    day = book.run("codes", "new", "ivan", "--valid-to", "soon")
    partner = book.run("codes", "new", "nobody")
    assert (day.code, partner.code) == (2, 2)
    assert "soon" in day.err
    for said in (day, partner):
        assert re.search("[а-яё]", said.err), said.err
