"""Does the demo end well, name what it made, show each rule, and say the same in Russian?"""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

from openpyxl import load_workbook

from tests.demo.playing import STORE, play, rows


def test_it_ends_well_without_an_answer_and_shows_how_far_it_is(made: Path) -> None:
    errors = (made / "err").read_text("utf-8").splitlines()

    assert (made / "rc").read_text("utf-8") == "0", errors
    assert errors[0] == (
        "1/15 2026-09-01 09:00 the book is laid out, partners and codes are typed, partners welcomed"
    )
    assert len(errors) == 15


def test_it_prints_each_thing_it_made_and_what_comes_next(made: Path) -> None:
    said = (made / "out").read_text("utf-8")
    made_names = [
        "partners.xlsx", "mailbox", "statements", "payouts.csv", "payouts-1c.txt",
        "bank-statement.csv", "ledger.beancount", "orders.jsonl", "terms.html", "what-if.xlsx",
        "cards.html",
    ]  # fmt: skip

    assert [name for name in made_names if not (made / "demo" / name).exists()] == []
    assert [name for name in made_names if f"demo/{name}  " not in said] == []
    for command in ("sync", "why 5210411", "check", "payouts --year 2026"):
        assert f"-m tracker {command} --store {STORE}" in said
    assert "5 partners, 24 codes, 60 orders, 54 ledger lines" in said
    assert "    Payout status  by whose word each is paid" in said


def test_a_code_typed_a_day_late_and_a_code_handed_over_pay_the_right_partner(made: Path) -> None:
    lines = rows(made / "demo" / "partners.xlsx", "Commissions")
    paid = {row["order_id"]: (row["partner_id"], row["amount"]) for row in lines}

    assert paid["T-104"] == ("boris", 405)
    assert paid["8408"] == ("anna", 240)
    assert paid["5210413"] == ("vera", 450)


def test_review_and_problems_hold_what_was_promised(made: Path) -> None:
    book = made / "demo" / "partners.xlsx"
    review = {str(row["about"]): str(row["says"]) for row in rows(book, "Review")}
    problems = {(row["tab"], row["cell"], row["key"]) for row in rows(book, "Problems")}
    late = next(row for row in rows(book, "Payout status") if "missing" in str(row.get("paper")))

    assert review.keys() >= {"generic/T-112", "shopify:tea/5210409", "\u0410NNA10"}
    # SUMMER25 in September and summer25 in October are one code.
    assert review["summer25"] == "Code summer25 is not in Codes. Orders with it: 2."
    assert problems == {
        ("Codes", "G14", "DINA-GIFT"),
        ("Partners", "A5", "gleb"),
        ("Payouts", "L4", late["payout_id"]),
        ("file:demo/orders.jsonl", "line 54", "zap-119"),
    }


def test_each_rule_it_names_has_decided_its_order(made: Path) -> None:
    lines = rows(made / "demo" / "partners.xlsx", "Journal")
    found = {row["order_id"]: str(row["reason"]).split()[0] for row in lines}
    said = (made / "out").read_text("utf-8")

    reasons = {
        "T-110": "click_of_partner", "T-111": "code_wins", "T-109": "code_of_partner",
        "8411": "code_of_partner", "T-102": "code_new_only", "8406": "code_expired",
        "5210424": "rule_not_counted", "5210418": "code_of_partner",
    }  # fmt: skip
    assert {order: found[order] for order in reasons} == reasons
    assert [order for order in reasons if f"  {order:7}  " not in said] == []
    assert found["8412"] == "channel_unknown"


def test_the_terms_are_a_page_that_tells_the_rules(made: Path) -> None:
    page = (made / "demo" / "terms.html").read_text("utf-8").replace("\xa0", " ")

    assert '<html lang="en">' in page
    assert "Terms R-" in page
    assert "Product CARD-2000, from October 1, 2026: not counted" in page
    assert "the promo code decides" in page
    assert "If you brought another partner, you earn 5% of his commission" in page


def test_the_cards_are_one_sheet_of_serial_codes_that_stand_in_the_book(made: Path) -> None:
    page = (made / "demo" / "cards.html").read_text("utf-8")
    serial = [
        str(row["code"])
        for row in rows(made / "demo" / "partners.xlsx", "Codes")
        if row.get("kind") == "serial"
    ]

    assert len(set(serial)) == 12
    assert [code for code in serial if f">{code}</div>" not in page] == []
    assert page.count("<svg") == page.count('<article class="card">') == 12


def test_check_is_red_beside_the_bad_cell_and_green_beside_the_others(
    made: Path, tmp_path: Path, soffice: Path
) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    book, out = made / "demo" / "partners.xlsx", str(tmp_path)
    command = [str(soffice), profile, "--headless", "--convert-to", "xlsx", "--outdir", out]
    subprocess.run([*command, str(book)], check=True, capture_output=True)

    sheet = load_workbook(tmp_path / "partners.xlsx", data_only=True)["Codes"]
    column = [str(cell.value) for cell in sheet[1]].index("check") + 1
    says = [sheet.cell(row, column).value for row in range(2, 27)]
    # Twelve rows typed before it, and twelve serial codes after it.
    assert says[:12] == says[13:] == ["ok"] * 12
    assert says[12] == "“15” in rate could be a percent or a sum. Type 15% or 500 RUB."


def test_in_russian_it_says_the_same_sums(tmp_path: Path) -> None:
    ended = play(tmp_path, "--lang", "ru", "--out", "чай")

    assert ended.returncode == 0, ended.stderr
    assert "ноябрьские выплаты, все 4, 7415.59 RUB" in ended.stdout
    assert "2 из них, 4065.00 RUB; без gleb (нет счёта), vera (СБП)" in ended.stdout
    assert (
        "письма, как они отправлены (19): отчёты за сентябрь 5, приветствия 5, выплаты 4, "
        "продажи за неделю 2, нет реквизитов 1, нет чека 1, вам в понедельник 1\n"
    ) in ended.stdout
    book = tmp_path / "чай" / "partners.xlsx"
    balances = rows(book, "Балансы")
    assert [row["баланс"] for row in balances] == [5.3, 899.99, 3065, 1000, 1190, 2160.59]
    states = Counter(row["состояние"] for row in rows(book, "Состояние выплат"))
    assert states == {
        "предложена": 4, "выплачена — с ваших слов": 3, "выплачена — по банковской выписке": 1,
    }  # fmt: skip
