"""What does a correction say changed, and do months still join up when one is corrected?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.faults import ills
from tests.letter_values import account, line, sale, statement
from tests.world import World
from tracker.known import SealedStatement, latest_revisions
from tracker.layout import Tab
from tracker.month_drafts import drafts
from tracker.revising import (
    Told,
    corrected,
    figures_text,
    says_the_same,
    told_before,
    words_of,
)
from tracker.running import at_rest
from tracker.sealing import _claims, claim
from tracker.statements import (
    AccountChange,
    Figures,
    LineSaid,
    ReasonChange,
    Statement,
    Uncounted,
    digest_of,
    statement_id,
)
from tracker.stores import Outcome

AT = datetime(2026, 11, 1, tzinfo=UTC)


def row(revision: int = 1, closing: int = 10000, month: str = "2026-10") -> SealedStatement:
    return SealedStatement(
        statement_id=f"st_{month}_{revision}",
        partner_id="maria",
        month=month,
        revision=revision,
        opening=0,
        closing=closing,
        currency="RUB",
        lines=1,
        digest="d",
        message_id=f"<st.{revision}@example.com>",
        state="sent",
        at=AT,
    )


def october(*lines: str, **other: object) -> Statement:
    """Maria's October with a line of 100.00 for each order."""
    sold = [sale(order, 100000, "10%", 10000) for order in lines]
    digest = digest_of((one.line_id, one.minor) for one in sold)
    return statement(replace(account("RUB", 0, *sold), digest=digest), **other)


def after(before: Statement, now: Statement, because: str = "") -> Statement:
    return corrected(now, told(before), because)


def told(before: Statement) -> Told:
    found = told_before([row()], "maria", "2026-10", figures_text(before), before.email)
    assert found is not None
    return found


def missed(order_id: str, reason: str) -> Uncounted:
    return Uncounted(source="generic", order_id=order_id, ordered_on=None, reason=reason)


def test_only_the_last_revision_of_a_partner_s_month_counts() -> None:
    rows = [row(1), row(2), row(2), row(1, month="2026-11")]

    assert latest_revisions(rows) == [rows[1], rows[2], rows[3]]
    assert latest_revisions([replace(rows[0], partner_id="ivan"), rows[1]])[0].revision == 1


def test_lines_that_came_and_went_are_named_with_the_sums_before_and_now() -> None:
    found = after(october("1", "2"), october("2", "3", "4")).correction

    assert found is not None
    assert found.accounts == (
        AccountChange(
            currency="RUB",
            before=Figures(opening=0, closing=20000, lines=2),
            now=Figures(opening=0, closing=30000, lines=3),
            came=(
                LineSaid(kind="sale", source="generic", order_id="3", minor=10000),
                LineSaid(kind="sale", source="generic", order_id="4", minor=10000),
            ),
            gone=(LineSaid(kind="sale", source="generic", order_id="1", minor=10000),),
        ),
    )


def test_equal_sums_of_other_lines_are_a_change() -> None:
    found = after(october("1"), october("2")).correction

    assert found is not None
    (change,) = found.accounts
    assert (change.before, [one.order_id for one in change.gone]) == (change.now, ["1"])


def test_where_only_the_book_remembers_the_sums_are_told_and_no_lines() -> None:
    before = told_before([row(closing=20000)], "maria", "2026-10")
    assert before is not None
    found = corrected(october("1"), before, "").correction

    assert found is not None
    (change,) = found.accounts
    assert change.before == Figures(opening=0, closing=20000, lines=1)
    assert (change.came, change.gone, found.reasons) == ((), (), ())


def test_what_an_earlier_version_froze_tells_the_ids_of_lines_and_no_more() -> None:
    frozen = (
        '{"revision":1,"accounts":[{"currency":"RUB","opening":0,"closing":10000,'
        '"digest":"x","lines":["sale-1"]}]}'
    )
    before = told_before([row()], "maria", "2026-10", frozen, "maria@example.com")
    assert before is not None
    found = corrected(october("1", "2"), before, "").correction

    assert found is not None
    (change,) = found.accounts
    assert [one.order_id for one in change.came] == ["2"]
    assert (change.gone, before.name, before.reasons) == ((), None, None)


def test_a_new_account_is_a_change_unless_it_is_empty() -> None:
    rubles = october("1")
    euros = account("EUR", 0, line("adjustment", "a1", 500))
    found = after(rubles, replace(rubles, accounts=(*rubles.accounts, euros))).correction
    empty = after(rubles, replace(rubles, accounts=(*rubles.accounts, account("USD", 0))))

    assert found is not None
    (change,) = found.accounts
    assert (change.currency, change.before) == ("EUR", None)
    assert change.came[0].minor == 500
    assert says_the_same(empty, told(rubles))


def test_reasons_that_are_others_new_or_gone_are_told() -> None:
    before = october("1", uncounted=(missed("7", "a"), missed("8", "b"), missed("9", "c")))
    now = october("1", uncounted=(missed("6", "d"), missed("8", "e"), missed("9", "c")))
    found = after(before, now).correction

    assert found is not None
    assert found.reasons == (
        ReasonChange(source="generic", order_id="6", before="", now="d"),
        ReasonChange(source="generic", order_id="7", before="a", now=""),
        ReasonChange(source="generic", order_id="8", before="b", now="e"),
    )


def test_what_says_nothing_new_is_needless() -> None:
    first = october("1")
    again = after(first, first, "Your name.")

    assert says_the_same(after(first, first), told(first))
    assert not says_the_same(again, told(first))
    assert says_the_same(after(again, first, "Your name."), told(again))
    assert says_the_same(after(again, first), told(again))
    assert not says_the_same(after(first, replace(first, name="Анна")), told(first))
    assert not says_the_same(after(first, replace(first, email="a@example.org")), told(first))
    assert not says_the_same(after(first, october("2")), told(first))


def test_a_correction_knows_that_it_goes_to_another_address() -> None:
    first = october("1")

    def moved(address: str) -> bool:
        correction = after(replace(first, email=address), first).correction
        assert correction is not None
        return correction.moved

    assert moved("a@example.org")
    assert not moved(first.email)
    assert not moved(first.email.upper())
    assert not moved("")


def test_the_owner_s_words_are_kept_with_the_letter() -> None:
    again = after(october("1"), october("1"), "A wrong «address».")

    assert words_of(figures_text(again)) == "A wrong «address»."
    assert words_of(figures_text(october("1"))) == ""
    assert told(again).because == "A wrong «address»."


def seal_again(world: World, month: str) -> None:
    """Claim a further revision of everybody's statement, as the ledger has it now."""
    with world.store.writing(1):
        rest = at_rest(world.place, what="statements")
        made = [further(one) for one in drafts(rest, month).statements]
        rows = [one for said in made for one in _claims(rest, said, "<a letter>")]
        rows += [replace(one, state="sent") for one in rows]
        assert claim(world.place, rest, rows) is Outcome.DONE


def further(said: Statement) -> Statement:
    number = said.revision + 1
    name = statement_id(said.partner_id, said.month, number)
    return replace(said, revision=number, statement_id=name)


month = st.tuples(
    st.lists(st.tuples(st.integers(0, 25), st.sampled_from("12"), st.sampled_from(["0", "333.33"])),
             max_size=3),
    st.integers(0, 2),
)  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(months=st.lists(month, min_size=3, max_size=3), late=st.booleans())
def test_whatever_is_corrected_every_month_opens_with_the_closing_before_it(
    *, months: list[tuple[list[tuple[int, str, str]], int]], late: bool
) -> None:
    world = World(now=datetime(2026, 8, 1, tzinfo=UTC), hold_days="0")
    world.sync()
    for number, (happened, corrections) in zip((8, 9, 10), months, strict=True):
        for day, order_id, refunded in sorted(happened):
            world.now = datetime(2026, number, 1 + day, 12, tzinfo=UTC)
            world.deliver(order_id, refunded=refunded)
            world.sync()
        world.now = datetime(2026, number + 1, 1, tzinfo=UTC)
        world.seal(f"2026-{number:02}")
        for _ in range(corrections):
            seal_again(world, f"2026-{number:02}")
    if late:
        seal_again(world, "2026-08")
    rows = latest_revisions(at_rest(world.place, what="check").known.statements)
    own = [one for one in rows if (one.partner_id, one.state) == ("ivan", "sent")]
    own.sort(key=lambda one: one.month)

    assert [one.month for one in own] == ["2026-08", "2026-09", "2026-10"]
    assert [one.opening for one in own] == [0, own[0].closing, own[1].closing]
    assert (ills(world), world.codes()) == ({}, set())
    assert len(world.rows(Tab.STATEMENTS)) == 4 * (3 + late + sum(n for _, n in months))
