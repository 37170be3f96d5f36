"""Does `copy` bring all that lies beside a book, say what comes next, and refuse what is unsafe?"""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.cli_book import CliBook, Said, columns, edit, set_environment, sheet_of
from tests.jobs.test_statements_command import october
from tests.test_smtp import mail_server
from tracker.layout import Tab
from tracker.stores.xlsx import XlsxStore

NEW = "xlsx:new/partners.xlsx"


def shop(folder: Path) -> CliBook:
    book = CliBook(folder)
    book.deliver("1001", total="12000")
    book.deliver("1002", codes=["NOBODY"])
    book.sync()
    return book


def copy_to(book: CliBook, target: str = NEW) -> Said:
    return book.run("copy", "--from", "xlsx:partners.xlsx", "--to", target)


def test_the_command_copies_the_state_and_says_what_to_do_next(tmp_path: Path) -> None:
    book = shop(tmp_path)

    said = copy_to(book)

    assert (said.code, said.out.splitlines()[-1][:13]) == (0, "equal sha256=")
    assert f"TRACKER_STORE={NEW}" in said.err
    assert str(tmp_path / "new" / ".tracker") in said.err
    export = [book.run("export", "--store", url, "-").out for url in ("xlsx:partners.xlsx", NEW)]
    assert export[0] == export[1]
    assert book.run("sync", "--store", NEW).counts["written"] == 0


def test_a_letter_that_left_does_not_leave_again_from_the_copy(tmp_path: Path) -> None:
    with mail_server() as server:
        book = october(tmp_path, server.port)
        book.run("statements", "--send")
        sent = len(server.mailbox.letters)

        copy_to(book)
        again = book.run("statements", "--send", "--store", NEW)

        assert (sent, len(server.mailbox.letters)) == (1, 1)
        assert again.out == "sent=0 refused=0 unknown=0\n"


def test_a_russian_book_stays_russian(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    assert book.run("init", "--store", "xlsx:ru.xlsx", "--lang", "ru").code == 0

    said = book.run("copy", "--from", "xlsx:ru.xlsx", "--to", NEW)

    assert (said.code, said.out.splitlines()[0]) == (0, "Настройки: строк 52")
    assert "Дальше: перенесите строки" in said.err


def test_an_inbox_that_knows_more_than_the_book_is_not_overwritten(tmp_path: Path) -> None:
    book = shop(tmp_path)
    other = CliBook(tmp_path / "new")
    other.deliver("2001")
    other.sync()
    other.path.unlink()
    set_environment(other, **secret_of(book))

    said = copy_to(book)

    assert said.code == 2
    assert "inbox.sqlite3 holds what the book to copy does not know of" in said.err
    with sqlite3.connect(tmp_path / "new" / ".tracker" / "inbox.sqlite3") as inbox:
        assert "2001" in inbox.execute("SELECT body FROM deliveries").fetchone()[0]


def secret_of(book: CliBook) -> dict[str, str]:
    lines = (book.folder / ".env").read_text().splitlines()
    return {"TRACKER_SECRET": next(x for x in lines if x.startswith("TRACKER_SECRET="))[15:]}


def test_a_copy_deleted_by_its_owner_can_be_made_anew(tmp_path: Path) -> None:
    book = shop(tmp_path)
    copy_to(book)
    (tmp_path / "new" / "partners.xlsx").unlink()

    assert copy_to(book).code == 0
    assert book.run("sync", "--store", NEW).code == 0


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ("xlsx:./partners.xlsx", "is the very book to copy"),
        ("csv:partners.csv", "There is no store of the kind csv"),
    ],
)
def test_a_target_that_cannot_be_is_refused(tmp_path: Path, target: str, says: str) -> None:
    said = copy_to(CliBook(tmp_path), target)

    assert said.code == 2
    assert says in said.err


def test_another_secret_in_the_folder_of_the_copy_is_refused(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / ".env").write_text("TRACKER_SECRET=another secret of tests\n")

    said = copy_to(book)

    assert said.code == 2
    assert f"{tmp_path / 'new' / '.env'} has another TRACKER_SECRET" in said.err
    assert not (tmp_path / "new" / "partners.xlsx").exists()


def test_a_book_put_back_from_a_copy_is_not_copied(tmp_path: Path) -> None:
    book = shop(tmp_path)
    old = book.path.read_bytes()
    book.deliver("1003")
    book.sync()
    book.path.write_bytes(old)

    said = copy_to(book)

    assert said.code == 2
    assert "restore --accept" in said.err


def test_a_copy_that_differs_ends_with_3(tmp_path: Path) -> None:
    book = shop(tmp_path)
    edit(book, Tab.PARTNERS, "ivan", rate="=5%")

    said = copy_to(book)

    assert said.code == 3
    assert said.err == ""
    assert "a formula, copied as the text =5%" in said.out


def test_the_settings_of_a_copied_workbook_keep_their_looks(tmp_path: Path) -> None:
    book = shop(tmp_path)
    copy_to(book)
    copy = CliBook(tmp_path / "look", like=book)
    copy.path.write_bytes((tmp_path / "new" / "partners.xlsx").read_bytes())

    with copy.edited() as workbook_:
        sheet = sheet_of(workbook_, Tab.SETTINGS)
        meaning = sheet.cell(2, columns(sheet)["meaning"])
        assert meaning.alignment.wrap_text
        assert str(meaning.value).startswith("The programme's name")


def test_a_book_that_another_run_keeps_is_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = CliBook(tmp_path)
    monkeypatch.setattr("tracker.cli_copy.WAIT_SECONDS", 0)

    with XlsxStore(book.path, today=lambda: date(2026, 10, 20)).writing(1):
        said = copy_to(book)

    assert said.code == 2
    assert "Another run keeps xlsx:partners.xlsx busy" in said.err
