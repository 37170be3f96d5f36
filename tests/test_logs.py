"""Is every order log read on from where it was left, and nothing lost or doubled?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tracker.cells import Cell, CellError, Formula
from tracker.deliveries import LINE_BYTES_MAX, reread
from tracker.inbox import Inbox
from tracker.logs import bring_logs
from tracker.model import Unreadable
from tracker.problems import Problem, Stop
from tracker.webhook_tab import LogRow, land_tab

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")
LETTERS = dict(
    zip(("delivery_id", "received_at", "source", "content_type", "body"), "ABCDE", strict=True)
)


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox(None) as inbox:
        yield inbox


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("orders.jsonl")


def line(delivery_id: str, **changed: object) -> str:
    fields = {
        "delivery_id": delivery_id,
        "received_at": "2026-10-07T12:00:00Z",
        "source": "generic",
    }
    return json.dumps(fields | {"body": {"order_id": delivery_id}} | changed) + "\n"


def no_rows() -> list[LogRow]:
    pytest.fail("the tab was not named")


def land(inbox: Inbox, spec: str = "file:orders.jsonl") -> list[str]:
    """The ids that this reading added."""
    before = inbox.last_seq
    bring_logs(spec, inbox, NOW)
    assert land_tab(spec, inbox, no_rows, MOSCOW) == []
    return [delivery.delivery_id for delivery in inbox.after(before)]


def row(number: int = 2, **cells: Cell) -> LogRow:
    usual: dict[str, Cell] = {
        "delivery_id": "z1",
        "received_at": "2026-10-07 15:00:00",
        "source": "generic",
    }
    return LogRow(
        number, usual | {"content_type": None, "body": '{"order_id":"1"}'} | cells, LETTERS
    )


def land_rows(inbox: Inbox, *rows: LogRow) -> list[Problem]:
    return land_tab("tab:Webhook log", inbox, lambda: rows, MOSCOW)


def test_a_file_is_read_on_from_where_it_was_left(inbox: Inbox, log: Path) -> None:
    log.write_text(line("d1") + "\n" + line("d2"), "utf-8")
    first = land(inbox)
    with log.open("a") as file:
        file.write(line("d3"))

    assert (first, land(inbox), land(inbox)) == (["d1", "d2"], ["d3"], [])
    assert [one.origin for one in inbox.after(0)] == [
        "file:orders.jsonl line 1",
        "file:orders.jsonl line 3",
        "file:orders.jsonl line 4",
    ]


def test_what_was_read_is_not_read_again(inbox: Inbox, log: Path) -> None:
    log.write_text(line("d1") * 3000, "utf-8")
    land(inbox)

    assert json.loads(inbox.position("file:orders.jsonl") or "{}")["offset"] == log.stat().st_size


def test_a_last_line_still_being_written_waits_for_its_end(inbox: Inbox, log: Path) -> None:
    whole = line("d2")
    log.write_text(line("d1") + whole[:40], "utf-8")
    first = land(inbox)
    with log.open("a") as file:
        file.write(whole[40:])

    assert (first, land(inbox)) == (["d1"], ["d2"])


def test_a_whole_last_line_is_taken_without_its_end(inbox: Inbox, log: Path) -> None:
    log.write_text(line("d1").rstrip(), "utf-8")
    first = land(inbox)
    with log.open("a") as file:
        file.write("\n" + line("d2"))

    assert (first, land(inbox)) == (["d1"], ["d2"])
    assert [one.origin for one in inbox.after(1)] == ["file:orders.jsonl line 2"]


def test_a_rotated_file_is_read_from_its_beginning(inbox: Inbox, log: Path) -> None:
    log.write_text(line("d1") + line("d2"), "utf-8")
    land(inbox)
    log.write_text(line("d3") + line("d4") + line("d5"), "utf-8")

    assert land(inbox) == ["d3", "d4", "d5"]


def test_a_cut_file_is_read_from_its_beginning(inbox: Inbox, log: Path) -> None:
    log.write_text(line("d1") + line("d2"), "utf-8")
    land(inbox)
    log.write_text(line("d3"), "utf-8")

    assert land(inbox) == ["d3"]


def test_a_line_mended_in_the_middle_is_read(inbox: Inbox, log: Path) -> None:
    rest = "".join(line(f"d{n}") for n in range(100, 200))
    log.write_text("oops\n" + rest, "utf-8")
    land(inbox)
    log.write_text(line("d1") + rest, "utf-8")

    assert land(inbox) == ["d1"]


def test_a_broken_line_is_kept_once_and_the_next_ones_are_read(inbox: Inbox, log: Path) -> None:
    log.write_bytes(
        line("d1").encode()
        + b"\xff oops\n"
        + line("d2", received_at="").encode()
        + line("d3").encode()
    )
    land(inbox)

    kept = [one for one in inbox.after(0) if not one.source]
    why = [found.code for found in map(reread, kept) if isinstance(found, Unreadable)]

    assert (inbox.count(), why) == (4, ["log_line_not_json", "log_line_time"])
    assert (kept[0].body, kept[0].origin) == ("\\xff oops", "file:orders.jsonl line 2")
    assert kept[0].received_at == NOW


def test_a_line_over_a_mebibyte_is_kept_cut_and_named(inbox: Inbox, log: Path) -> None:
    log.write_text(line("big", body="x" * 3 * LINE_BYTES_MAX) + line("d2"), "utf-8")
    land(inbox)

    big, small = inbox.after(0)

    assert (len(big.body), small.delivery_id) == (LINE_BYTES_MAX + 1, "d2")
    assert reread(big) == Unreadable(
        code="log_line_too_long", params=(("where", "file:orders.jsonl line 1"),)
    )


def test_more_lines_than_one_transaction_takes_are_all_read(inbox: Inbox, log: Path) -> None:
    log.write_text("".join(line(f"d{n}") for n in range(11_000)), "utf-8")

    assert len(land(inbox)) == 11_000
    assert [one.origin for one in inbox.after(10_999)] == ["file:orders.jsonl line 11000"]


def test_a_reading_in_a_snapshot_moves_no_position(inbox: Inbox, log: Path) -> None:
    log.write_text(line("d1"), "utf-8")
    with inbox.snapshot() as copy:
        assert land(copy) == ["d1"]

    assert land(inbox) == ["d1"]


def test_several_logs_are_named_with_commas(inbox: Inbox, log: Path) -> None:
    log.write_text(line("d1"), "utf-8")
    Path("more.jsonl").write_text(line("d1") + line("d2"), "utf-8")

    assert land(inbox, " file:orders.jsonl, file:more.jsonl ,") == ["d1", "d2"]


def test_a_log_that_cannot_be_read_does_not_keep_the_next_one_waiting(
    inbox: Inbox, log: Path
) -> None:
    log.write_text(line("d1"), "utf-8")

    with pytest.raises(Stop, match="log_missing"):
        land(inbox, "file:gone.jsonl,file:orders.jsonl")

    assert inbox.count() == 1


def test_a_missing_file_is_a_stop_with_the_path_as_typed(inbox: Inbox, log: Path) -> None:
    with pytest.raises(Stop) as stop:
        land(inbox, "file:logs/../orders.json")

    assert (stop.value.code, stop.value.params) == (
        "log_missing",
        (("path", "logs/../orders.json"),),
    )


@pytest.mark.parametrize("spec", ["orders.jsonl", "ftp:orders", "tab:Orders", "file:", "inbox:"])
def test_a_log_of_another_kind_is_a_stop(inbox: Inbox, spec: str) -> None:
    with pytest.raises(Stop) as stop:
        land(inbox, spec)

    assert (stop.value.code, stop.value.params) == ("log_unknown", (("log", spec),))


def test_a_folder_is_no_log(inbox: Inbox, log: Path) -> None:
    log.mkdir()

    with pytest.raises(Stop) as stop:
        land(inbox)

    assert stop.value.code == "log_unreadable"


def test_a_row_of_the_tab_is_landed_once(inbox: Inbox) -> None:
    assert land_rows(inbox, row(2), row(3)) + land_rows(inbox, row(9)) == []

    (found,) = inbox.after(0)

    assert (found.delivery_id, found.body) == ("z1", '{"order_id":"1"}')
    assert found.received_at == datetime(2026, 10, 7, 12, 0, tzinfo=UTC)
    assert found.origin == "tab:Webhook log cell E2"


@pytest.mark.parametrize("title", ["Журнал вебхуков", " webhook LOG"])
def test_the_tab_is_named_in_either_language(inbox: Inbox, title: str) -> None:
    bring_logs(f"tab:{title}", inbox, NOW)
    land_tab(f"tab:{title}", inbox, lambda: [row()], MOSCOW)

    assert inbox.count() == 1


def test_a_row_without_id_is_known_by_what_it_says(inbox: Inbox) -> None:
    land_rows(inbox, row(2, delivery_id=None), row(3, delivery_id=" ", body='{"order_id":"2"}'))
    land_rows(inbox, row(7, delivery_id=None))

    ids = [found.delivery_id for found in inbox.after(0)]

    assert len(ids) == len(set(ids)) == 2
    assert all(one.startswith("row-") and len(one) == 20 for one in ids)


def test_a_number_is_an_id(inbox: Inbox) -> None:
    land_rows(
        inbox, row(delivery_id=Decimal(1024), content_type="application/x-www-form-urlencoded")
    )

    (found,) = inbox.after(0)

    assert (found.delivery_id, found.content_type) == ("1024", "application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("cells", "cell", "code"),
    [
        ({"body": Decimal(12)}, "E5", "log_body_not_text"),
        ({"body": Formula("=A1")}, "E5", "log_body_not_text"),
        ({"body": CellError("#REF!")}, "E5", "log_body_not_text"),
        ({"body": " "}, "E5", "log_body_missing"),
        ({"source": None}, "C5", "log_source_missing"),
        ({"source": Formula("=A1")}, "C5", "log_cell_not_text"),
        ({"delivery_id": True}, "A5", "log_cell_not_text"),
        ({"received_at": None}, "B5", "log_time_missing"),
        ({"received_at": " "}, "B5", "log_time_missing"),
        ({"received_at": "yesterday"}, "B5", "log_time_unreadable"),
    ],
)
def test_a_bad_cell_costs_its_row_and_is_named(
    inbox: Inbox, cells: dict[str, Cell], cell: str, code: str
) -> None:
    (problem,) = land_rows(inbox, row(5, **cells), row(6))

    assert (problem.tab, problem.cell, problem.code) == ("Webhook log", cell, code)
    assert inbox.count() == 1


def test_a_blank_row_is_no_problem(inbox: Inbox) -> None:
    assert land_rows(inbox, LogRow(4, {"body": "", "note": "below the line"})) == []
    assert inbox.count() == 0
