"""Does `payouts` say in few lines what it leaves out, and for the right reason?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.bank.payees import PARTNERS, payout
from tests.world import World
from tracker.bank.handed import Handed
from tracker.bank.transfers import choose, totals_of
from tracker.bank_files import Exported, format_named
from tracker.layout import Tab
from tracker.paying import held_back, proposal
from tracker.payout_filters import Wanted
from tracker.running import look
from tracker.showing_payouts import print_export, print_held, print_proposal

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def exported(names: str, form: str = "wise") -> Exported:
    """Payouts of maria, who is paid by phone, handed over in a file that cannot hold them."""
    payouts = [replace(payout(sign, "maria", 1000, "RUB"), method="СБП") for sign in names]
    found = choose(format_named(form)[0], payouts, PARTNERS)
    left, none = totals_of(payouts), totals_of(())
    return Exported(
        payouts=(),
        left=found.left,
        problems=found.problems,
        totals=none,
        left_totals=left,
        path=None,
    )


def test_many_left_out_for_one_reason_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_export(exported("abcdefgh"), "en")
    (line,) = capsys.readouterr().err.splitlines()

    assert line.startswith("Not in the wise file, 8 payouts (maria po_aaaaaaaaaaaaaaaa, maria po_b")
    assert line.count("po_") == 5
    assert line.endswith(", …): they are to be paid another way (СБП); --export csv lists all.")


def test_one_left_out_is_named_with_its_sum(capsys: pytest.CaptureFixture[str]) -> None:
    print_export(exported("a"), "en")
    (line,) = capsys.readouterr().err.splitlines()

    assert "Payout po_aaaaaaaaaaaaaaaa of maria (10.00 RUB) is not in the wise file" in line


def test_many_handed_over_before_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    ids = [f"po_{sign * 16}" for sign in "abcdefg"]
    before = tuple(Handed(payout_id=one, file=f"{one[-1]}.csv", at=NOON) for one in ids)
    last = replace(before[3], at=NOON.replace(hour=13))
    made = replace(exported(""), handed_before=(*before[:3], last, *before[4:]))
    print_export(made, "en")

    assert capsys.readouterr().err == (
        f"Handed over before: 7 of them ({', '.join(ids[:5])}, …), last in d.csv, "
        "2026-12-01 13:00. Make sure they are not paid twice.\n"
    )


@pytest.mark.parametrize(
    ("min_payout", "until", "says"),
    [
        ("2000", date(2026, 9, 30), "ivan 1000.00 RUB: not enough among the days asked for; "),
        ("2000", None, ""),
        ("9000", None, "ivan 3000.00 RUB: carried over, the minimum is not reached"),
    ],
)
def test_what_a_filter_hides_is_not_laid_to_the_minimum(
    capsys: pytest.CaptureFixture[str], min_payout: str, until: date | None, says: str
) -> None:
    world = World(now=datetime(2026, 9, 24, 12, tzinfo=UTC))
    world.edit(Tab.SETTINGS, "min_payout", "value", min_payout)
    world.deliver("1", total="10000", ordered_at="2026-09-01T10:00:00Z")
    world.deliver("2", total="20000", ordered_at="2026-09-24T10:00:00Z")
    world.sync()
    world.now = datetime(2026, 10, 20, 12, tzinfo=UTC)
    rest, wanted = look(world.place), Wanted(until=until)
    print_proposal(proposal(rest, wanted=wanted), rest, wanted)

    assert says in capsys.readouterr().out
    assert (not proposal(rest, wanted=wanted).payouts) is bool(says)


def test_payouts_marked_alike_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    world = World()
    world.deliver("1001", total="12000")
    world.deliver("1002", total="10000", codes=["MARIA01"])
    world.sync()
    world.now = NOON
    for one in world.propose():
        world.edit(Tab.PAYOUTS, one.payout_id, "result", "sent")
    print_held(held_back(look(world.place)), "en")
    (line,) = capsys.readouterr().err.splitlines()

    assert line.startswith("In no file, 2 open payouts (")
    assert "): you have typed sent beside them. Fill in paid_on" in line


def test_a_mark_is_named_as_it_was_typed(capsys: pytest.CaptureFixture[str]) -> None:
    world = World(language="ru")
    world.deliver("1001", total="12000")
    world.sync()
    world.now = NOON
    (one,) = world.propose()
    world.edit(Tab.PAYOUTS, one.payout_id, "result", "отправлено")
    print_held(held_back(look(world.place)), "ru")

    assert capsys.readouterr().err == (
        f"Выплаты A2: Выплата {one.payout_id} партнёру ivan (1200.00 RUB) не входит ни в один файл: "
        "рядом с ней вы вписали «отправлено». Впишите дату в столбец «выплачено», если деньги ушли, "
        "или очистите ячейки строки.\n"
    )
