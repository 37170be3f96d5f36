"""Do customers' contacts stay where they belong, through every command, dialect and file?"""

from __future__ import annotations

import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.cli_book import NOON, CliBook, Said, edit, set_environment
from tests.people.scan import found, places
from tests.people.shoppers import SENTINELS, SHOPPERS, bodies
from tracker.layout import Tab

PASSED = ("inbox.sqlite3", "orders.jsonl", ".env")
MAY = {Tab.LEADS.value, Tab.SIGN_UPS.value, Tab.WEBHOOK_LOG.value}
PARTNERS_OWN = ("zqpartnermail@example.com", "9000008001", "zqpartnername", "zqpartnercard")
COMMANDS = """sync --dry-run|sync|why g1|why 7001|why 501|why 1700|why z1|why generic/f-17|check -v
sync --again|export book.json|export --format beancount book.beancount|codes show IVAN01|leads|rules
simulate --set rate=12%|statements --month 2026-10|statements --month 2026-10 --preview letters
letters|letters --preview news|statements --month 2026-10 --send|letters --send|mail|payouts
payouts --propose|payouts --export csv --out pay.csv|wake|status|tidy|tidy --yes
forget customer nobody@example.com --yes|check|sync"""


def log_line(number: int, source: str, kind: str, body: str) -> str:
    line = {"delivery_id": f"s{number}", "source": source, "content_type": kind, "body": body}
    return json.dumps({**line, "received_at": NOON.isoformat()}) + "\n"


def shop(folder: Path) -> CliBook:
    """A book whose log, tabs and rows are full of contacts, also in what cannot be read."""
    book = CliBook(folder)
    set_environment(
        book, TRACKER_SMTP_URL="folder:sent", TRACKER_ORDER_LOG="file:orders.jsonl,tab:Webhook log"
    )
    book.set("mail", "live")
    book.set("mail_from", "Shop <partners@example.com>")
    book.set("owner_email", "owner@example.com")
    edit(book, Tab.PARTNERS, "ivan", email=PARTNERS_OWN[0], phone=f"+7{PARTNERS_OWN[1]}",
         name=PARTNERS_OWN[2], payout_details=PARTNERS_OWN[3])  # fmt: skip
    lines = [log_line(n, *one) for n, one in enumerate(bodies())]
    broken = [log_line(100 + n, *one) for n, one in enumerate(bodies("zqten"))]
    book.log.write_text("".join((*lines, *broken, f"a broken line of {SENTINELS[0]}\n")), "utf-8")
    source, kind, body = bodies()[4]
    rows = {"delivery_id": "w1", "received_at": NOON.isoformat(), "source": source}
    book.type(Tab.WEBHOOK_LOG, {**rows, "content_type": kind, "body": body})
    who = SHOPPERS["lead"]
    contact = {"name": who.word("name"), "email": who.email, "phone": who.phone}
    book.type(Tab.SIGN_UPS, {**contact, "message": who.word("note")})
    book.type(Tab.LEADS, {**contact, "lead_id": "L1", "partner_id": "ivan", "status": "deal",
                          "deal_amount": 500, "received_at": "2026-10-01T10:00:00Z"})  # fmt: skip
    return book


@cache
def played() -> tuple[CliBook, dict[str, Said]]:
    """Every command on that book, a month later; made once, since it takes some seconds."""
    keeper = TemporaryDirectory()
    _KEPT.append(keeper)
    book = shop(Path(keeper.name))
    said = {"sync at first": book.run("sync")}
    book.now = NOON + timedelta(days=32)
    said |= {one: book.run(*one.split()) for one in COMMANDS.replace("\n", "|").split("|")}
    return book, said


_KEPT: list[TemporaryDirectory[str]] = []


def test_there_are_more_than_40_sentinels_and_the_shops_do_send_them() -> None:
    book, _ = played()

    assert len(set(SENTINELS)) == 56
    unsent = {SHOPPERS["uis"].email}  # a call has no e-mail
    assert found(book.log.read_text("utf-8"), SENTINELS) == set(SENTINELS) - unsent


def test_every_command_ran_and_read_what_it_should() -> None:
    _, said = played()

    assert {name: one.err for name, one in said.items() if one.code not in {0, 3}} == {}
    assert said["sync at first"].counts == {
        "seen": 5, "attributed": 5, "unattributed": 0, "waiting": 0, "quarantined": 6, "written": 6,
    }  # fmt: skip
    assert "bodies=0" in said["forget customer nobody@example.com --yes"].out


@pytest.mark.parametrize("command", ["sync at first", *COMMANDS.replace("\n", "|").split("|")])
def test_no_command_prints_a_customers_contact(command: str) -> None:
    _, said = played()

    assert found(said[command].out + said[command].err, SENTINELS) == set()


def test_no_file_but_inbox_and_log_and_no_tab_but_leads_and_sign_ups_has_one() -> None:
    book, _ = played()

    hits = places(book.folder, SENTINELS, PASSED)

    assert {place: hit for place, hit in hits.items() if place.split(" > ")[-1] not in MAY} == {}
    tabs = {place.split(" > ")[-1] for place in hits}
    assert tabs == MAY, "the scan itself finds what is there"


def test_a_partners_own_contacts_stand_in_his_row_and_letters_and_files_for_the_bank() -> None:
    book, said = played()

    hits = places(book.folder, PARTNERS_OWN[:2])

    mine = {Tab.PARTNERS.value, ".tracker/outbox.sqlite3"}
    others = [
        place for place in hits
        if place.split(" > ")[-1] not in mine and "ivan" not in place and not place.startswith("sent/")
    ]  # fmt: skip
    assert others == []
    assert {
        name for name, one in said.items() if found(one.out + one.err, PARTNERS_OWN[:2])
    } == set()


def test_letters_to_others_do_not_name_him() -> None:
    book, _ = played()
    edited = [path for path in book.folder.glob("sent/*.eml") if b"maria" in path.read_bytes()]

    assert [path for path in edited if found(path.read_text("utf-8"), PARTNERS_OWN)] == []
