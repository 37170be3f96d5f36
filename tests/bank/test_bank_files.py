"""Does a file for the bank leave a trace: in the outbox, in Runs, and a word when it is the second?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli_book import CliBook, columns, sheet_of
from tests.world import World
from tracker.bank_files import Exported, export
from tracker.cells import Cell, Formula
from tracker.importing import import_paid
from tracker.layout import Tab
from tracker.outbox import PayoutEvent
from tracker.paying import held_back, payable
from tracker.problems import Stop
from tracker.running import at_rest, look
from tracker.stores import Commit, Outcome

DECEMBER = datetime(2026, 12, 1, 12, tzinfo=UTC)
ACCOUNT = "р/с 40817810700000000001, БИК 040000746"


def due(**settings: Any) -> World:
    """Proposed: 1200 RUB to ivan, who has a bank account, and 1500 RUB to maria, who has a card."""
    world = World(**settings)
    world.edit(Tab.PARTNERS, "ivan", "name", "Иван Иванов")
    world.edit(Tab.PARTNERS, "ivan", "payout_details", ACCOUNT)
    world.deliver("1001", total="12000")
    world.deliver("1002", total="10000", codes=["MARIA01"])
    world.sync()
    world.now = DECEMBER
    world.propose()
    return world


def exported(world: World, form: str, path: Path) -> Exported:
    """Hand over what is payable, as the command does."""
    with world.store.writing(1):
        rest = at_rest(world.place, what="payouts")
        return export(world.place, rest, form, path, payable(rest))


def runs(world: World) -> list[tuple[object, object]]:
    """What the rows of Runs about payouts say."""
    rows = world.rows(Tab.RUNS)
    return [(row["what"], row["note"]) for row in rows if str(row["what"]).startswith("payouts ")]


def test_a_file_is_a_row_in_runs_with_its_totals_and_its_digest(tmp_path: Path) -> None:
    world = due()

    made = exported(world, "registry", tmp_path / "bank" / "december.csv")

    digest = hashlib.sha256((tmp_path / "bank" / "december.csv").read_bytes()).hexdigest()[:12]
    note = f"december.csv count=1 total=1200.00 RUB sha256={digest}"
    assert runs(world) == [("payouts registry", note)]
    assert (made.totals.count, dict(made.totals.sums)) == (1, {"RUB": 120000})
    assert (made.left_totals.count, dict(made.left_totals.sums)) == (1, {"RUB": 150000})
    assert [problem.key for problem in made.problems] == ["maria"]


def test_only_what_is_in_the_file_was_handed_over(tmp_path: Path) -> None:
    world = due()

    made = exported(world, "registry", tmp_path / "december.csv")

    (one,) = made.payouts
    assert world.place.outbox.payouts(PayoutEvent.EXPORTED) == {one.payout_id}
    assert made.handed_before == ()


def test_what_was_handed_over_before_is_named_with_its_file_and_time(tmp_path: Path) -> None:
    world = due()
    first = exported(world, "registry", tmp_path / "first.csv")
    world.move(days=1)

    second = exported(world, "registry", tmp_path / "second.csv")

    (before,) = second.handed_before
    assert (before.payout_id, before.at) == (first.payouts[0].payout_id, DECEMBER)
    assert before.file == str(tmp_path / "first.csv")
    world.move(days=1)
    (before,) = exported(world, "registry", tmp_path / "third.csv").handed_before
    assert (before.file, before.at) == (str(tmp_path / "second.csv"), DECEMBER + timedelta(days=1))
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "second.csv").read_bytes()
    assert len(runs(world)) == 3


def test_a_list_is_no_earlier_file_for_a_bank_and_hides_none(tmp_path: Path) -> None:
    world = due()
    exported(world, "csv", tmp_path / "list.csv")

    assert exported(world, "registry", tmp_path / "first.csv").handed_before == ()
    for name in ("csv", "xlsx"):
        (before,) = exported(world, name, tmp_path / f"again.{name}").handed_before
        assert before.file == str(tmp_path / "first.csv")


def test_a_note_of_an_older_version_is_the_bare_name_of_a_file(tmp_path: Path) -> None:
    world = due()
    (ivan,) = (one for one in payable(look(world.place)) if one.partner_id == "ivan")
    world.place.outbox.note_payout(ivan.payout_id, PayoutEvent.EXPORTED, "payouts.csv")

    (before,) = exported(world, "registry", tmp_path / "new.csv").handed_before

    assert (before.file, before.at) == ("payouts.csv", DECEMBER)
    (note,) = world.place.outbox.payout_details(PayoutEvent.EXPORTED).values()
    assert json.loads(note)["first"] == "payouts.csv"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"result": "paid"}, "payout_kept_marked"),
        ({"result": "sent"}, "payout_kept_marked"),
        ({"result": "void", "paid_on": date(2026, 12, 1)}, "payout_kept_marked"),
        ({"paid_on": "yesterday"}, "payout_kept_unread"),
        ({"reference": "N 7"}, "payout_kept_marked"),
        ({"reference": Formula("=A1")}, "payout_kept_unread"),
        ({"document": Formula("=A1")}, "payout_kept_unread"),
        ({"result": Formula("=A1")}, "payout_kept_unread"),
    ],
)
def test_a_payout_that_the_owner_has_marked_is_in_no_file(
    tmp_path: Path, cells: dict[str, Cell], code: str
) -> None:
    world = due()
    (marked,) = (one for one in payable(look(world.place)) if one.partner_id == "ivan")
    for column, value in cells.items():
        world.edit(Tab.PAYOUTS, marked.payout_id, column, value)
    made = exported(world, "csv", tmp_path / "december.csv")

    assert [one.partner_id for one in made.payouts] == ["maria"]
    (problem,) = held_back(look(world.place))
    assert (problem.code, problem.key) == (code, marked.payout_id)


def test_a_payout_marked_against_the_bank_s_word_is_in_no_file_either(tmp_path: Path) -> None:
    world = due()
    (ivan,) = (one for one in payable(look(world.place)) if one.partner_id == "ivan")
    world.edit(Tab.PAYOUTS, ivan.payout_id, "result", "void")
    world.edit(Tab.PAYOUTS, ivan.payout_id, "paid_on", date(2026, 12, 1))
    (tmp_path / "bank.csv").write_text(
        f"Дата;Сумма;Назначение\n01.12.2026;-1200,00;{ivan.payout_id}\n", encoding="utf-8"
    )
    with world.store.writing(1):
        import_paid(world.place, tmp_path / "bank.csv")
    made = exported(world, "csv", tmp_path / "december.csv")

    assert [one.partner_id for one in made.payouts] == ["maria"]


def test_a_payout_whose_row_is_gone_is_in_no_file(tmp_path: Path) -> None:
    world = due()
    (ivan,) = (one for one in payable(look(world.place)) if one.partner_id == "ivan")
    world.delete(Tab.PAYOUTS, ivan.payout_id)
    made = exported(world, "csv", tmp_path / "december.csv")

    assert [one.partner_id for one in made.payouts] == ["maria"]
    assert [one.code for one in held_back(look(world.place))] == ["payout_kept_gone"]


def test_nothing_that_fits_is_no_file_no_row_and_nothing_noted(tmp_path: Path) -> None:
    world = due()

    made = exported(world, "sepa", tmp_path / "december.xml")

    assert (made.path, made.payouts, len(made.left)) == (None, (), 2)
    assert list(tmp_path.iterdir()) == []
    assert runs(world) == []
    assert world.place.outbox.payouts(PayoutEvent.EXPORTED) == set()


def test_a_setting_that_lacks_stops_before_anything_is_noted(tmp_path: Path) -> None:
    world = due()

    with pytest.raises(Stop, match="payer_name_missing"):
        exported(world, "1c", tmp_path / "december.txt")

    assert list(tmp_path.iterdir()) == []
    assert world.place.outbox.payouts(PayoutEvent.EXPORTED) == set()


def test_the_payer_of_settings_stands_in_1c_s_file(tmp_path: Path) -> None:
    payer = "р/с 40702810800000000003, БИК 040000746, ИНН 0012345673"
    world = due(payer_name="ООО «Лавка»", payer_details=payer)

    exported(world, "1c", tmp_path / "december.txt")

    text = (tmp_path / "december.txt").read_bytes().decode("cp1251")
    assert "\r\nПлательщик=ООО «Лавка»\r\n" in text
    assert "\r\nПолучательСчет=40817810700000000001\r\n" in text


def test_a_file_that_cannot_be_written_counts_as_handed_over_all_the_same(tmp_path: Path) -> None:
    world = due()

    with pytest.raises(Stop, match="file_unwritable"):
        exported(world, "csv", tmp_path / f"{'december' * 31}.csv")  # its copy's name is too long

    assert len(world.place.outbox.payouts(PayoutEvent.EXPORTED)) == 2


def test_a_folder_is_no_file_and_nothing_was_handed_over(tmp_path: Path) -> None:
    world = due()

    with pytest.raises(Stop, match="file_is_a_folder"):
        exported(world, "csv", tmp_path)

    assert world.place.outbox.payouts(PayoutEvent.EXPORTED) == set()


def test_a_row_of_runs_lands_once_although_somebody_committed_in_between(tmp_path: Path) -> None:
    world = due()
    rest = look(world.place)
    empty = Commit(base=rest.snapshot.generation, state={"cursor:other": "1"})
    with world.store.writing(1):
        assert world.store.commit(empty) is Outcome.DONE

        export(world.place, rest, "csv", tmp_path / "december.csv", payable(rest))

    assert [what for what, _ in runs(world)] == ["payouts csv"]


def test_the_requisites_of_the_proposal_go_into_the_file(tmp_path: Path) -> None:
    world = due()
    world.edit(Tab.PARTNERS, "ivan", "payout_details", "карта")

    exported(world, "registry", tmp_path / "december.csv")

    assert b"40817810700000000001" in (tmp_path / "december.csv").read_bytes()


def test_paid_payouts_and_those_to_come_are_in_no_file_twice(tmp_path: Path) -> None:
    world = due()
    rest = look(world.place)
    foreign = [replace(one, currency="EUR") for one in payable(rest)]

    with world.store.writing(1):
        made = export(world.place, rest, "csv:RUB", tmp_path / "december.csv", foreign)

    assert (made.payouts, made.left_totals.sums) == ((), {"EUR": 270000})


# On a real workbook, by the command.


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> CliBook:
    """October's orders of ivan (1200.00) and maria (3000.00), proposed; never paid."""
    made = CliBook(tmp_path_factory.mktemp("book"))
    made.deliver("1001", total="12000")
    made.deliver("1002", total="20000", codes=["MARIA01"])
    made.sync()
    made.now = DECEMBER
    made.run("payouts", "--propose")
    return made


def test_the_command_writes_a_file_under_its_format_s_name(book: CliBook) -> None:
    said = book.run("payouts", "--export", "xlsx")

    assert (said.code, said.out.splitlines()[-1]) == (0, "payouts.xlsx")
    assert (book.folder / "payouts.xlsx").stat().st_size > 4000
    assert [row["what"] for row in book.rows(Tab.RUNS)][-1] == "payouts xlsx"


def test_the_command_counts_what_was_left_out_and_says_why(book: CliBook) -> None:
    said = book.run("payouts", "--export", "registry")

    assert said.out.splitlines() == [
        "payouts=0 total=0",
        "left_out=2 total=4200.00 RUB",
        "Nothing to hand over: no file was written.",
    ]
    assert said.err.count("is not in the registry file") == 2


def test_the_command_warns_of_a_second_time_in_one_line(tmp_path: Path) -> None:
    mine = CliBook(tmp_path)
    mine.deliver("1001", total="12000")
    mine.deliver("1002", total="20000", codes=["MARIA01"])
    mine.sync()
    mine.now = DECEMBER
    with mine.edited() as workbook:
        sheet = sheet_of(workbook, Tab.PARTNERS)
        for row, name in ((2, "ivan"), (3, "maria")):
            sheet.cell(row, columns(sheet)["name"]).value = name
            sheet.cell(row, columns(sheet)["payout_details"]).value = f"Wise {name}@example.com"
    mine.run("payouts", "--propose")
    first, second = (mine.run("payouts", "--export", "wise-email") for _ in range(2))

    assert (first.out.splitlines()[-2], first.err) == ("payouts=2 total=4200.00 RUB", "")
    begin, end = second.err.split(" (")
    assert begin == "Handed over before: 2 of them"
    assert end.endswith(
        "), last in payouts-wise-email.csv, 2026-12-01 15:00. Make sure they are not paid twice.\n"
    )


def test_a_file_for_the_bank_never_takes_the_book_s_place(book: CliBook) -> None:
    before = book.fingerprint()

    said = book.run("payouts", "--export", "xlsx", "--out", "partners.xlsx")

    assert (said.code, book.fingerprint()) == (2, before)
    assert "is your book" in said.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["payouts", "--year", "2026", "--out", "partners.xlsx"], "is your book"),
        (["export", "partners.xlsx"], "is your book"),
        (["payouts", "--export", "csv", "--out", ".env"], "holds your secrets"),
        (["payouts", "--export", "csv", "--out", "orders.jsonl"], "is a log of orders"),
        (["export", ".tracker/inbox.sqlite3"], "keeps its own files"),
        (["payouts", "--export", "csv", "--out", "."], "is a folder"),
        (["payouts", "--propose", "--export", "csv", "--out", "."], "is a folder"),
        (["statements", "--preview", "partners.xlsx"], "letters are written into a folder"),
        (["statements", "--copy", ".tracker"], "keeps its own files"),
        (["letters", "--preview", ".tracker/backups"], "keeps its own files"),
    ],
)
def test_no_command_writes_over_the_book_its_secrets_its_logs_or_its_state(
    book: CliBook, tmp_path: Path, arguments: list[str], says: str
) -> None:
    mine = CliBook(tmp_path, like=book)
    kept = {path: path.read_bytes() for path in (mine.path, mine.log, mine.folder / ".env")}

    said = mine.run(*arguments)

    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert all(path.read_bytes() == content for path, content in kept.items())


def test_a_link_to_the_book_is_the_book(book: CliBook, tmp_path: Path) -> None:
    mine = CliBook(tmp_path, like=book)
    (mine.folder / "list.xlsx").symlink_to(mine.path)

    assert "is your book" in mine.run("payouts", "--export", "xlsx", "--out", "list.xlsx").err


def test_previews_beside_the_state_are_looked_at_there(book: CliBook, tmp_path: Path) -> None:
    mine = CliBook(tmp_path, like=book)

    assert mine.run("statements", "--preview", ".tracker/previews").code == 0


def test_what_a_format_needs_is_asked_for_before_anything_is_proposed(tmp_path: Path) -> None:
    made = CliBook(tmp_path)
    made.deliver("1001", total="12000")
    made.sync()
    made.now = DECEMBER
    before = made.fingerprint()

    said = made.run("payouts", "--propose", "--export", "1c")

    assert (said.code, said.out, made.fingerprint()) == (2, "", before)
    assert "payer_name is empty" in said.err or "payment_purpose is empty" in said.err


def test_a_file_s_row_in_runs_counts_no_orders_and_troubles_no_promise(book: CliBook) -> None:
    book.run("payouts", "--export", "csv")

    said = book.run("check", "-v")

    assert "I16 no order is lost, and each has an answer: fine" in said.out
