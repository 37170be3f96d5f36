"""Is the demo's book as good to work on as one's own?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.playing import STORE, rows
from tracker.cli import run
from tracker.demo.stage import Owner
from tracker.layout import Tab


def test_a_second_sync_writes_nothing_and_leaves_the_file_alone(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (copied / "partners.xlsx").read_bytes()

    assert run(["sync", "--store", STORE]) == 0

    assert capsys.readouterr().out.endswith(" waiting=0 quarantined=1 written=0\n")
    assert (copied / "partners.xlsx").read_bytes() == before


def test_status_knows_when_the_demo_last_synced(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["status", "--store", f"xlsx:{copied / 'partners.xlsx'}"]) == 3
    said = capsys.readouterr()

    assert "synced_at=2026-11-15T07:00:00+00:00\n" in said.out
    late, silent = said.err.splitlines()
    assert late.startswith("The last good sync was at 2026-11-15 07:00+00:00, 29 hours ago.")
    assert silent.startswith("No new order since 2026-10-31 20:50+00:00, 15 days ago.")


def test_the_red_cell_mended_credits_the_orders_that_waited(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Owner(copied / "partners.xlsx", "en").edit(changes={Tab.CODES: {"DINA-GIFT": {"rate": "15%"}}})

    assert run(["sync", "--store", STORE]) == 0

    assert "attributed=2" in capsys.readouterr().out
    lines = rows(copied / "partners.xlsx", "Commissions")
    # 15% of 2600 + 1100 - 100, and of 5400 + 1100 - 100.
    assert [(row["order_id"], row["amount"]) for row in lines[-2:]] == [
        ("5210419", 540), ("8417", 960),
    ]  # fmt: skip


def test_the_order_named_at_the_end_is_worth_asking_about(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", "5210411", "--store", STORE]) == 0

    said = capsys.readouterr().out
    assert "anna 310.00 RUB (sale)" in said
    assert "anna -310.00 RUB (clawback)" in said
    assert run(["check", "--store", STORE]) == 3


def test_the_doctor_finds_every_promise_of_the_ledger_kept(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", "-v", "--store", STORE])

    sheet = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  I")]
    assert len(sheet) == 19
    assert [line for line in sheet if not line.endswith(": fine")] == []
