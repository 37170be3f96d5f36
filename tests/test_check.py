"""Is `check` a doctor? What it looked at, what is ill there, where, and what to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli_book import CliBook, columns, last_row, set_environment, sheet_of
from tests.world import World
from tracker.checking import findings
from tracker.fitness import Unfit, unfit_locale, unfit_size, unfit_zone
from tracker.invariants import INVARIANTS
from tracker.layout import Tab
from tracker.problems import params
from tracker.programme import Programme
from tracker.sentences import doctor_says
from tracker.stores import Vitals
from tracker.stores.memory import MemoryBook, MemoryStore

NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
MOSCOW = Programme(time_zone="Europe/Moscow", language="ru")
SHEET = [
    "ledger lines (ids, sums, whole coins): fine",
    "owed against written: fine",
    "orders (one owner each, none lost): fine",
    "terms and explanations: fine",
    "balances and plain sums: fine",
    "payouts (their lines, nothing twice): fine",
    "statements and letters: fine",
    "months and commits: fine",
]


@pytest.fixture
def book(tmp_path: Path) -> CliBook:
    made = CliBook(tmp_path)
    made.deliver("1")
    made.deliver("2", codes=["MARIA01"])
    made.sync()
    return made


def test_the_sheet_of_a_healthy_book_says_what_was_looked_at(book: CliBook) -> None:
    said = book.run("check")

    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0] == f"store: {book.path}"
    assert [line for line in lines if line.endswith(": fine")] == SHEET
    assert "a sync would write nothing now" in lines
    assert lines[-1] == "nothing wants you"


def test_v_names_every_promise_once(book: CliBook) -> None:
    said = book.run("check", "-v")
    named = [line.split()[0] for line in said.out.splitlines() if line.startswith("  I")]

    assert sorted(named) == sorted(name for name, _ in INVARIANTS)
    assert "  I11 a payout is its lines, and no line is paid twice: fine" in said.out.splitlines()


def test_a_sum_changed_by_hand_is_named_with_its_cell_and_the_remedy(book: CliBook) -> None:
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.COMMISSIONS)
        sheet.cell(2, columns(sheet)["amount"]).value = 900
    said = book.run("check", "-v")

    assert said.code == 3
    ill = next(line for line in said.out.splitlines() if line.startswith("ledger lines"))
    assert ": Commissions D2: The amount of the line cm_" in ill
    assert ill.endswith("was changed by hand. It counts as 100.00; type 100.00 there.")
    assert "  I1 a line is what its id says, and stands once: NOT SO. Commissions D2" in said.out


def test_a_russian_book_is_told_in_russian(book: CliBook) -> None:
    book.set("language", "ru")
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.COMMISSIONS)
        sheet.delete_rows(last_row(sheet))
    said = book.run("check")

    assert said.code == 3
    assert "причитается и записано: Журнал W3: По generic/2 партнёру maria причитается" in said.out
    assert "150.00 RUB, а в «Вознаграждениях» записано 0.00 RUB. Запустите sync" in said.out
    assert "запуск sync записал бы сейчас: «Журнал» 0, «Вознаграждения» 1" in said.out


def test_what_a_sync_would_write_is_told_and_wants_nobody(book: CliBook) -> None:
    book.deliver("3")
    said = book.run("check")

    assert said.code == 0
    assert "a sync would write now: Journal 1, Commissions 1, Code history 0" in said.out


def test_a_sealed_statement_changed_by_hand_is_named_by_its_own_row(book: CliBook) -> None:
    book.set("mail", "live")
    book.set("mail_from", "Shop <shop@example.com>")
    set_environment(book, TRACKER_SMTP_URL="folder:letters")
    book.now = datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert book.run("statements", "--month", "2026-10", "--send").code == 0
    assert book.run("check").code == 0
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.STATEMENTS)
        sheet.cell(2, columns(sheet)["opening"]).value = 7
    said = book.run("check")

    assert said.code == 3
    assert "statements and letters: Statements E2: " in said.out


def test_an_order_gone_from_the_journal_is_missed_and_comes_back(book: CliBook) -> None:
    book.deliver("3", codes=["NOBODYS"])
    book.sync()
    with book.edited() as workbook:
        sheet = sheet_of(workbook, Tab.JOURNAL)
        sheet.delete_rows(last_row(sheet))
    gone = book.run("check")

    assert "generic/3 was read and is no longer in the Journal. Run `sync --again`" in gone.out
    assert book.run("sync", "--again").code == 0
    assert "orders (one owner each, none lost): fine" in book.run("check").out


def test_check_writes_nothing(book: CliBook) -> None:
    before = book.fingerprint()
    book.deliver("3")
    book.run("check", "-v")

    assert book.fingerprint() == before


def test_a_workbook_open_elsewhere_is_told_and_a_mark_left_over_wants_a_person(
    book: CliBook,
) -> None:
    mark = book.folder / ".~lock.partners.xlsx#"
    mark.write_text(",olga,shop-pc,20.10.2026 12:00,file:///home/olga;")
    for day, code in ((19, 0), (18, 3)):
        at = datetime(2026, 10, day, 12, tzinfo=UTC).timestamp()
        os.utime(mark, (at, at))
        said = book.run("check")
        assert said.code == code
    assert "For 2 days a mark says that olga (shop-pc) has the book open" in said.out
    mark.unlink()
    assert "has the book open" not in book.run("check").out


def test_a_book_without_a_backup_is_told_and_wants_nobody(book: CliBook) -> None:
    shutil.rmtree(book.folder / ".tracker" / "backups")
    said = book.run("check")

    assert said.code == 0
    assert f"There is no backup in {book.folder / '.tracker' / 'backups'} yet." in said.out


def test_a_size_without_measure_is_told() -> None:
    assert unfit_size("Tea", 4_999_999, 10_000_000) == []
    assert unfit_size("Tea", 1, 0) == []
    said = params(title="Tea", cells=5_000_000, limit=10_000_000)
    assert unfit_size("Tea", 5_000_000, 10_000_000) == [
        Unfit("google_cells", said, wants_a_person=False)
    ]
    assert unfit_size("Tea", 8_000_000, 10_000_000)[0].wants_a_person


@pytest.mark.parametrize(
    ("zone", "in_tab", "found"),
    [
        ("", True, []),
        ("Europe/Moscow", True, []),
        ("Europe/Simferopol", True, []),
        ("America/New_York", False, [("google_zone", False)]),
        ("America/New_York", True, [("google_zone_log", True)]),
        ("Europe/Berlin", False, [("google_zone", False)]),
        ("Nowhere/At all", False, [("google_zone", False)]),
    ],
)
def test_a_zone_matters_by_its_clock_and_only_where_times_come_from_the_spreadsheet(
    zone: str,
    in_tab: bool,  # noqa: FBT001
    found: list[tuple[str, bool]],
) -> None:
    unfit = unfit_zone(zone, MOSCOW, NOW, log_in_tab=in_tab)

    assert [(one.code, one.wants_a_person) for one in unfit] == found


@pytest.mark.parametrize(
    ("locale", "language", "found"),
    [
        ("", "ru", []),
        ("ru_RU", "ru", []),
        ("en_GB", "en", []),
        ("en_US", "ru", [True]),
        ("kk_KZ", "ru", [False]),
        ("ru_RU", "en", [False]),
        ("de_DE", "en", [False]),
    ],
)
def test_a_locale_wants_a_person_where_a_comma_becomes_a_thousands_mark(
    locale: str, language: str, found: list[bool]
) -> None:
    unfit = unfit_locale(locale, replace(MOSCOW, language=language))

    assert [one.wants_a_person for one in unfit] == found


@dataclass
class Elsewhere(MemoryStore):
    """A book in memory that tells of itself what a spreadsheet far away would."""

    book: MemoryBook = field(default_factory=MemoryBook)
    told: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(self.book)

    def vitals(self) -> Vitals:
        return Vitals(name="Tea partners", **self.told)  # type: ignore[arg-type]


def far_away(**told: object) -> tuple[tuple[str, ...], bool]:
    world = World(language="en")
    world.deliver("1")
    world.sync()
    store = Elsewhere(world.store.book, told)
    report = findings(replace(world.place, store=store))
    return report.lines, report.wants_a_person


def test_account_locale_zone_and_size_of_a_spreadsheet_are_told() -> None:
    lines, wanted = far_away(
        account="robot@shop.iam.example.com", locale="en_GB", zone="Europe/Moscow",
        cells=1_200_000, cells_max=10_000_000,
    )  # fmt: skip

    assert not wanted
    assert lines[:4] == (
        "store: Tea partners",
        "account: robot@shop.iam.example.com works there; share nothing else with it",
        "locale and time zone: en_GB, Europe/Moscow",
        "cells: 1200000 of 10000000",
    )


def test_a_finding_of_the_store_wants_a_person_and_is_told_once() -> None:
    tab = params(tab="Journal")
    cells = params(title="Tea partners", cells=9, limit=10)
    found = [("google_hard_protection", tab), ("google_cells", cells)]
    lines, wanted = far_away(cells=9, cells_max=10, findings=found)

    assert wanted
    assert sum("has 9 cells of the 10" in line for line in lines) == 1
    assert sum("The tab Journal is protected" in line for line in lines) == 1


@pytest.mark.parametrize(
    "code",
    "google_zone google_locale google_cells google_hard_protection google_copy "
    "google_amount_is_date".split(),
)
def test_what_a_spreadsheet_far_away_may_find_is_said_with_a_remedy(code: str) -> None:
    said = params(zone="a", programme="b", locale="c", language="d", title="e", cells="1",
                  limit="2", tab="f", cell="G7")  # fmt: skip
    english, russian = doctor_says(code, said, "en"), doctor_says(code, said, "ru")

    assert "{" not in english + russian
    assert english.endswith((".", "1,5)."))
    assert len(russian) > 60


@pytest.mark.skipif(os.name != "posix", reason="this system has no such modes")
def test_secrets_that_others_may_read_are_a_finding_and_no_sync_stops(book: CliBook) -> None:
    secrets = book.folder / ".env"
    secrets.chmod(0o644)

    found, synced = book.run("check"), book.run("sync")
    secrets.chmod(0o600)

    assert (found.code, synced.code, synced.err) == (3, 0, "")
    assert f"Run: chmod 600 {secrets}" in found.out
    assert book.run("check").code == 0
