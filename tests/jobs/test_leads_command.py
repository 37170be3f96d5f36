"""What does the command `leads` show, and what does `leads add` say?"""

from __future__ import annotations

from pathlib import Path

from tests.cli_book import CliBook
from tracker.layout import Tab

PHONE = ("--phone", "+7 900 000-00-01")


def test_a_lead_by_hand_is_told_refused_and_shown(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    first = book.run("leads", "add", "ivan", *PHONE, "--name", "Anna", "--helper", "maria")
    before = book.fingerprint()
    second = book.run("leads", "add", "maria", "--phone", "8 (900) 000-00-01")

    assert (first.code, first.out) == (0, "Lead hand/1 of ivan is registered until 2026-11-19.\n")
    assert (second.code, second.out, book.fingerprint()) == (2, "", before)
    assert second.err == (
        "This customer is already registered on 2026-10-20; that holds until 2026-11-19. "
        "Nothing was written.\n"
    )
    assert book.run("leads").out.split() == "status leads deals earned new 1 — —".split()


def test_without_leads_there_is_nothing_to_show(tmp_path: Path) -> None:
    assert CliBook(tmp_path).run("leads").out == "There are no leads yet.\n"


def test_a_workbook_with_leads_of_every_kind_keeps_every_promise(tmp_path: Path) -> None:
    book = CliBook(tmp_path)
    book.set("lead_pays_on", "registration")
    book.set("lead_rate", "500 RUB")
    book.deliver("-", kind="lead", lead_id=7, phone="+79000000002", partner_id="ivan")
    book.log.write_text(book.log.read_text().replace('"order_id": "-", ', ""))
    book.sync()
    book.type(Tab.LEADS, {"lead_id": "l1", "partner_id": "maria", "phone": "+79000000003"})
    book.run("leads", "add", "ivan", *PHONE)
    said = book.run("check", "-v")

    ids = [row["lead_id"] for row in book.rows(Tab.LEADS)]
    assert (ids, book.balances()["ivan"]) == (["generic/7", "l1", "hand/1"], "1000.00")
    assert said.code == 0, said.out + said.err
