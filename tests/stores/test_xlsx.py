"""Is a workbook's file safe from crashes, other programs, full disks and old copies?"""

from __future__ import annotations

import json
import random
import resource
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.stores.books import (
    Edited,
    InWorkbook,
    append,
    column,
    generation,
    laid_out,
    table,
)
from tracker.layout import Tab
from tracker.problems import Stop
from tracker.sentences import stop_says
from tracker.stores import Commit, Outcome
from tracker.stores.opening import open_store
from tracker.stores.xlsx import XlsxStore

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def book(tmp_path: Path) -> InWorkbook:
    return InWorkbook(tmp_path)


@pytest.fixture
def store(book: InWorkbook) -> XlsxStore:
    return book.ready()


def stopped(store: XlsxStore, tab: Tab = Tab.RUNS) -> Stop:
    with pytest.raises(Stop) as stop:
        append(store, tab, {"run_id": "never"})
    return stop.value


@pytest.mark.parametrize(
    ("mark", "content", "who"),
    [
        (".~lock.partners.xlsx#", b",owner,till,07.10.2025 12:00,file:///p;", "owner (till)"),
        (".~lock.partners.xlsx#", "Оля,owner,,07.10.2025 12:00,x;".encode(), "Оля"),
        ("~$partners.xlsx", b"\x04Olya" + b" " * 50, "Olya"),
        ("~$partners.xlsx", b"", "Excel"),
    ],
)
def test_nothing_is_written_while_somebody_has_the_book_open(
    book: InWorkbook, store: XlsxStore, mark: str, content: bytes, who: str
) -> None:
    book.path.with_name(mark).write_bytes(content)
    before = book.path.read_bytes()

    says = stop_says(stopped(store), "en")
    assert says.startswith(f"{who} has {book.path} open, so nothing was written.")
    assert book.path.read_bytes() == before
    assert book.path.with_name(mark).read_bytes() == content


def test_a_save_by_another_program_is_a_conflict(book: InWorkbook, store: XlsxStore) -> None:
    base = generation(store)
    book.type_rows(Tab.PARTNERS, {"partner_id": "ivan"})
    saved = book.path.read_bytes()

    outcome = book.open().commit(Commit(base=base, appends={Tab.RUNS: [{"run_id": "a"}]}))
    again = store.commit(Commit(base=base, appends={Tab.RUNS: [{"run_id": "a"}]}))

    assert (outcome, again) == (Outcome.CONFLICT, Outcome.CONFLICT)
    assert book.path.read_bytes() == saved


def test_a_killed_commit_leaves_the_old_book_or_the_new_one(book: InWorkbook) -> None:
    store = book.ready()
    code = (
        "import sys; from pathlib import Path; from datetime import date\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from tracker.layout import Tab; from tracker.stores import Commit\n"
        "from tracker.stores.xlsx import XlsxStore\n"
        "store = XlsxStore(Path(sys.argv[2]), today=date.today); print(flush=True)\n"
        "while True:\n"
        "    new = {Tab.RUNS: [{'run_id': 'x'}]}\n"
        "    store.commit(Commit(base=store.read([]).generation, appends=new)); print(flush=True)\n"
    )
    delays = random.Random(7)
    for round_number in range(10):
        arguments = [sys.executable, "-c", code, str(ROOT), str(book.path)]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE) as run:
            assert run.stdout is not None
            for _ in range(1 + round_number % 2):  # every other time after a whole commit
                run.stdout.readline()
            time.sleep(delays.uniform(0.02, 0.3))  # a commit takes a twentieth of a second
            run.send_signal(signal.SIGKILL)

        assert len(table(store, Tab.RUNS).rows) == generation(store).number - 1
        assert store.behind() is False
    assert generation(store).number > 5
    assert append(store, Tab.RUNS, {"run_id": "after"}) is Outcome.DONE
    assert list(book.path.parent.glob(".*.tmp")) == []


def test_the_right_to_write_is_freed_when_its_holder_is_killed(
    book: InWorkbook, store: XlsxStore
) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from tests.stores.books import *\n"
        "with InWorkbook(Path(sys.argv[2])).open().writing(0): print(flush=True); input()\n"
    )
    arguments = [sys.executable, "-c", code, str(ROOT), str(book.path.parent)]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe) as run:
        assert run.stdout is not None
        run.stdout.readline()
        with store.writing(0) as while_held:
            assert while_held is False
        run.send_signal(signal.SIGKILL)

    with store.writing(0) as after_kill:
        assert after_kill is True


def test_a_full_disk_leaves_the_book_as_it_was(book: InWorkbook, store: XlsxStore) -> None:
    append(store, Tab.RUNS, {"run_id": "a"})
    before = book.path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    base = generation(store)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(Stop) as stop:
            store.commit(Commit(base=base, appends={Tab.RUNS: [{"run_id": "b"}]}))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert stop.value.code == "disk_full"
    assert book.path.read_bytes() == before
    assert list(book.path.parent.glob(".*.tmp")) == []


def test_the_first_book_of_a_day_is_kept_and_ten_of_them(book: InWorkbook) -> None:
    book.ready()
    for day in range(1, 13):
        store = XlsxStore(book.path, today=lambda day=day: date(2025, 10, day))  # type: ignore[misc]
        append(store, Tab.RUNS, {"run_id": f"{day}"})
    append(store, Tab.RUNS, {"run_id": "the same day"})

    kept = sorted((book.path.parent / ".tracker" / "backups").iterdir())
    assert [copy.name for copy in kept] == [
        f"partners-2025-10-{day:02}.xlsx" for day in range(3, 13)
    ]
    oldest = XlsxStore(kept[0], book.path.parent / "elsewhere", today=lambda: date(2025, 10, 7))
    assert column(oldest, Tab.RUNS, "run_id")[-1] == "2"


def test_a_restored_book_is_behind_until_it_is_accepted(book: InWorkbook, store: XlsxStore) -> None:
    append(store, Tab.RUNS, {"run_id": "a"})
    yesterday = book.path.read_bytes()
    append(store, Tab.RUNS, {"run_id": "b"})
    assert store.behind() is False

    book.path.write_bytes(yesterday)

    assert store.behind() is True
    store.accept()
    assert store.behind() is False


def test_a_book_of_the_same_number_but_another_nonce_is_behind(
    book: InWorkbook, store: XlsxStore
) -> None:
    copy = book.path.read_bytes()
    append(store, Tab.RUNS, {"run_id": "here"})
    memory = (store.state_dir / "partners.xlsx.generation.json").read_bytes()
    book.path.write_bytes(copy)
    append(store, Tab.RUNS, {"run_id": "elsewhere"})
    (store.state_dir / "partners.xlsx.generation.json").write_bytes(memory)

    assert store.behind() is True


def test_a_book_ahead_of_what_was_remembered_is_not_behind(
    book: InWorkbook, store: XlsxStore
) -> None:
    append(store, Tab.RUNS, {"run_id": "a"})
    kept = store.state_dir / "partners.xlsx.generation.json"
    memory = kept.read_bytes()
    append(store, Tab.RUNS, {"run_id": "b"})

    kept.write_bytes(memory)
    assert json.loads(memory)["number"] == 2
    assert book.open().behind() is False


def test_a_new_book_in_place_of_a_known_one_is_behind_it(
    book: InWorkbook, store: XlsxStore
) -> None:
    append(store, Tab.RUNS, {"run_id": "a"})
    append(store, Tab.RUNS, {"run_id": "b"})
    book.path.unlink()

    store.lay_out("en")

    assert store.behind() is True


def test_laying_out_a_finished_book_leaves_its_bytes_alone(
    book: InWorkbook, store: XlsxStore
) -> None:
    before = book.path.read_bytes(), book.path.stat().st_mtime_ns

    assert list(store.lay_out("ru")) == []
    assert (book.path.read_bytes(), book.path.stat().st_mtime_ns) == before


def test_an_existing_book_gets_the_tabs_and_keeps_what_it_had(book: InWorkbook) -> None:
    mine = openpyxl.Workbook()
    mine["Sheet"]["A1"] = "my notes"
    mine["Sheet"].title = "Партнёры 2024"
    mine.create_sheet("Партнёры").append(["партнёр", "имя", "мой столбец"])
    mine["Партнёры"].append(["ivan", "Иван", "важно"])
    mine.save(book.path)

    said = book.open().lay_out("en")

    assert list(said[:2]) == [
        "Добавлен лист «Настройки».",
        "На листе «Партнёры» справа добавлен столбец «почта».",
    ]
    kept = openpyxl.load_workbook(book.path)
    assert kept.sheetnames[:2] == ["Партнёры 2024", "Партнёры"]
    assert [cell.value for cell in kept["Партнёры"][2]][:3] == ["ivan", "Иван", "важно"]
    assert [cell.value for cell in kept["Партнёры"][1]][2:5] == ["мой столбец", "почта", "статус"]


def test_rights_and_links_to_the_book_are_kept(book: InWorkbook, store: XlsxStore) -> None:
    book.path.chmod(0o640)
    link = book.path.with_name("link.xlsx")
    link.symlink_to(book.path)
    linked = open_store(f"xlsx:{link}", today=lambda: date(2025, 10, 7))

    append(linked, Tab.RUNS, {"run_id": "a"})

    assert link.is_symlink()
    assert book.path.stat().st_mode & 0o777 == 0o640
    assert column(store, Tab.RUNS, "run_id") == ["a"]


def test_ledgers_and_reports_are_protected_without_a_password(
    book: InWorkbook, store: XlsxStore
) -> None:
    append(store, Tab.PAYOUTS, {"payout_id": "po1", "result": "sent"})

    kept = openpyxl.load_workbook(book.path)
    locked = {sheet.title for sheet in kept.worksheets if sheet.protection.sheet}
    assert {"Journal", "Commissions", "Payouts", "Balances", "Review"} <= locked
    assert locked & {"Settings", "Partners", "Leads", "Webhook log"} == set()
    assert kept["Payouts"].protection.password is None
    sheet = kept["Payouts"]
    free = [name for name, whole in sheet.column_dimensions.items() if not whole.protection.locked]
    assert free == ["I", "J", "K", "L"]
    assert [sheet[cell].protection.locked for cell in ("A2", "K2")] == [True, False]


def test_the_counting_tab_is_hidden(book: InWorkbook, store: XlsxStore) -> None:
    assert openpyxl.load_workbook(book.path)["_tracker"].sheet_state == "veryHidden"
    with Edited(book.path) as edited:
        del edited["_tracker"]

    with pytest.raises(Stop) as stop:
        store.read([])
    assert stop.value.code == "hidden_tab_missing"
    assert list(store.lay_out("en")) == [
        "Added the hidden tab _tracker, in which the program counts its commits."
    ]


def test_one_tab_in_two_languages_stops_the_read(book: InWorkbook, store: XlsxStore) -> None:
    with Edited(book.path) as edited:
        edited.create_sheet("Партнёры")

    with pytest.raises(Stop) as stop:
        store.read([])
    assert stop.value.code == "tab_doubled"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("partners.xlsx", "store_unknown"),
        ("xlsx:", "store_unknown"),
        ("xlsx:partners.ods", "book_not_xlsx"),
        ("postgresql+psycopg://owner:secret@db.example.com/x", "store_unknown"),
    ],
)
def test_an_address_of_no_store_is_refused_without_its_secrets(url: str, code: str) -> None:
    with pytest.raises(Stop) as stop:
        open_store(url, today=lambda: date(2025, 10, 7))

    assert stop.value.code == code
    assert "secret" not in str(stop.value)


def test_state_lives_in_a_folder_of_its_own_when_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "partners.xlsx").write_bytes(laid_out())
    url = f"xlsx:{tmp_path / 'partners.xlsx'}"
    store = open_store(url, today=lambda: date(2025, 10, 7), state_dir=tmp_path / "state")

    append(store, Tab.RUNS, {"run_id": "a"})

    assert store.state_dir == tmp_path / "state"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["partners.xlsx", "state"]
    assert (tmp_path / "state" / "backups" / "partners-2025-10-07.xlsx").exists()


def test_a_tab_of_the_owner_s_that_only_bears_our_name_is_never_taken(book: InWorkbook) -> None:
    own = openpyxl.Workbook()
    sheet = own.active
    assert sheet is not None
    sheet.title = "Balances"
    sheet.append(["name", "balance", "mine"])
    sheet.append(["Bank A", 1000, "x"])
    own.save(book.path)
    before = book.path.read_bytes()

    with pytest.raises(Stop) as stop:
        book.open().lay_out("en")

    assert (stop.value.code, book.path.read_bytes() == before) == ("tab_not_ours", True)
