"""What do the demo's letters tell, and to whom do they go?"""

from __future__ import annotations

from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

from tests.demo.playing import letter, mailed, rows


def test_it_tells_the_letters_by_kind_and_there_are_as_many(made: Path) -> None:
    kinds = Counter(path.name[:2] for path in (made / "demo" / "mailbox").iterdir())

    assert (
        "19 letters as they were mailed: September's statements 5, welcomes 5, payouts made 4, "
        "sales of a week 2, details missing 1, receipt missing 1, to you on Monday 1\n"
    ) in (made / "out").read_text("utf-8")
    # 5 welcomes, 4 payouts, 2 digests, details and receipt are news; the owner's is of a week.
    assert kinds == {"st": 5, "nw": 13, "wk": 1}


def test_a_statement_tells_what_is_on_hold_and_what_is_short_of_the_minimum(made: Path) -> None:
    boris = letter(made / "demo" / "statements" / "2026-10-boris.eml")
    anna = letter(made / "demo" / "statements" / "2026-10-anna.eml")

    # Boris' orders of the 21st and the 30th wait for 14 days: 465.00 + 360.00; so does his goal.
    assert "on hold while the order can still be returned: RUB 1,325.00" in boris
    assert "Payable: RUB 1,740.00" in boris
    # Anna's order of the 27th waits: 899.99 - 250.00, and 1000.00 - 649.99 is missing.
    assert "You are RUB 350.01 short of the minimum payout (RUB 1,000.00)" in anna


def test_a_statement_tells_what_was_not_counted_and_why(made: Path) -> None:
    gleb = letter(made / "demo" / "statements" / "2026-10-gleb.eml")
    vera = letter(made / "demo" / "statements" / "2026-10-vera.eml")

    assert "Your participation was paused when your code GLEB7 was used." in gleb
    assert "Отчёт за октябрь 2026" in vera
    assert "Программа ещё решает, чей это заказ." in vera


def test_a_welcome_names_the_code_the_rules_and_the_owners_words(made: Path) -> None:
    boris = mailed(made, "Welcome", "boris")
    dina = mailed(made, "Welcome", "dina")

    assert "\nЧАЙ\n" in boris
    assert "On Fridays at six we brew what is new" in boris
    assert "You earn 15% of what the goods in the order cost" in boris
    assert "You earn RUB 500.00 for every order." in dina


def test_a_weekly_digest_adds_up(made: Path) -> None:
    # Booked from 5 to 11 October: 7% of 5400 - 100 and of 3200 + 3200 - 100; 378.00 before.
    digest = mailed(made, "from October 5, 2026 to October 11, 2026: RUB 812.00", "gleb")

    assert "7% of RUB 5,300.00\n  Sum: RUB 371.00" in digest
    assert "7% of RUB 6,300.00\n  Sum: RUB 441.00" in digest
    assert "Your balance after that: RUB 1,190.00" in digest


def test_who_is_paid_hears_of_it_and_is_asked_for_the_receipt_once(made: Path) -> None:
    boris = mailed(made, "We have paid you RUB 2,069.99", "boris")
    dina = mailed(made, "We have paid you RUB 1,500.00", "dina")
    reminder = mailed(made, "still need a receipt", "dina")

    # The bank's own number, of its statement; his act is here already.
    assert "Payment number: 102\n" in boris
    assert "One thing we need" not in boris
    assert "make a receipt for RUB 1,500.00 in the app My Tax" in dina
    assert "The law gives you until November 9, 2026." in reminder


def test_who_gave_no_requisites_is_asked_before_the_payout_day(made: Path) -> None:
    asked = mailed(made, "Where shall we send your RUB 1,190.00?", "gleb")

    assert "The next payout day is November 15, 2026." in asked


def test_the_owner_reads_of_the_week_on_monday(made: Path) -> None:
    week = mailed(made, "5 orders in the week October 19–25, 2026", "owner")

    # T-114 289.99, 8413 270, 8414 465 less 150 for its refund, 5210420 190.
    assert "RUB 1,064.99" in week
    assert "summer25 — 1 order" in week
    assert "1 refund without an order; 1 missing paper for a payout" in week
    # boris 1365 + 375, dina 1000, gleb 1190, vera 1589.99 + 40.60 are booked and can be paid by then.
    assert "by what is booked now: 4 payouts" in week
    assert "RUB 5,560.59" in week


def test_septembers_statements_were_sealed_and_mailed(made: Path) -> None:
    letters = sorted((made / "demo" / "mailbox").glob("st.*.eml"))
    subjects = {
        message_from_bytes(one.read_bytes(), policy=policy.default)["To"] for one in letters
    }
    sealed = [
        (row["partner_id"], row["state"], row["closing"])
        for row in rows(made / "demo" / "partners.xlsx", "Statements")
    ]

    assert len(letters) == 5
    assert "Boris Zernov <boris@example.com>" in subjects
    assert Counter(state for _, state, _ in sealed) == {"claimed": 5, "sent": 5}
    assert ("boris", "sent", 2069.99) in sealed
