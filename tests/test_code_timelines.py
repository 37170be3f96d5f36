"""Is a code one partner's at every moment, whatever the owner did to its rows? 20,000 timelines.

Beside the code that decides stands a painter who knows nothing of it: every sync paints the time
line from a moment on in an owner's colour, over whatever was there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from tracker.asked import Asker
from tracker.attribution import Attribution, attribute
from tracker.code_book import CodeBook, code_book
from tracker.code_changes import code_changes
from tracker.history import History
from tracker.known import Known
from tracker.orders import Facts
from tracker.programme import Code, CodeStatus, HistoryLine, Partner, Programme
from tracker.reviewing import code_problems

TIMELINES = 20_000
MOSCOW = Programme(zone=ZoneInfo("Europe/Moscow"))
NAMES = ("ivan", "maria", "petr", "olga", "anna")
PARTNERS = {name: Partner(partner_id=name) for name in NAMES}
PAYS = {CodeStatus.ACTIVE, CodeStatus.REPLACED}
SECOND = timedelta(seconds=1)
BEGINNING = datetime.min.replace(tzinfo=UTC)

Stroke = tuple[datetime, str, CodeStatus]
"""From a moment on: whose, and in what state."""


def row(owner: str, status: CodeStatus = CodeStatus.ACTIVE, **days: date) -> Code:
    return Code(code="TEA", partner_id=owner, status=status, **days)  # type: ignore[arg-type]


@dataclass
class Timeline:
    """One code on its way: its rows, what was noted of them, and what a painter makes of it."""

    now: datetime
    rows: list[Code] = field(default_factory=list)
    noted: list[HistoryLine] = field(default_factory=list)
    painted: list[Stroke] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)

    def known(self) -> Known:
        history = tuple(self.noted)
        return Known(programme=MOSCOW, codes=tuple(self.rows), history=history)

    def sync(self) -> None:
        self.noted += code_changes(self.known(), self.now)

    def paint(self, since: datetime, one: Code) -> None:
        self.painted.append((since if self.painted else BEGINNING, one.partner_id, one.status))
        self.moments.append(since)

    def at(self, moment: datetime) -> tuple[str, CodeStatus]:
        found = next(stroke for stroke in reversed(self.painted) if stroke[0] <= moment)
        return found[1:]

    def owner(self) -> str:
        return self.at(self.now)[0]

    @property
    def begin(self) -> datetime:
        """The first moment of the second row."""
        assert self.rows[1].valid_from is not None
        return MOSCOW.start_of(self.rows[1].valid_from)


def hand_over(line: Timeline, dice: Random) -> None:
    """One row, another owner or state: it holds from the sync on."""
    line.rows = [row(dice.choice(NAMES), dice.choice(list(CodeStatus)))]
    line.paint(line.now, line.rows[0])


def vanish(line: Timeline, _: Random) -> None:
    """The row is deleted: that tells nothing of whose the code was."""
    line.rows = []


def split(line: Timeline, dice: Random) -> None:
    """Two dated rows: an exact hand-over, in the past or to come."""
    first, days = line.owner(), dice.randint(-4, 6)
    last = MOSCOW.local_date(line.now) + timedelta(days=days)
    fresh = {name for _, name, _ in line.painted} if days < 1 else {first}
    second = dice.choice([name for name in NAMES if name not in fresh] or ["nobody"])
    if second == "nobody":
        return
    status = line.at(line.now)[1]
    line.rows = [
        row(first, status, valid_to=last),
        row(second, valid_from=last + timedelta(days=1)),
    ]
    if line.begin > line.now:
        line.paint(line.now, line.rows[0])
    line.paint(line.begin, line.rows[1])


def double(line: Timeline, _: Random) -> None:
    """The same code typed once more for another partner: a Problem, and nobody's change."""
    owner, status = line.at(line.now)
    seen = {name for _, name, _ in line.painted}
    line.rows = [row(owner, status), row(next((x for x in NAMES if x not in seen), "new"))]


def restate(line: Timeline, dice: Random) -> None:
    """Another state of one of two dated rows: it holds from the sync, or from the first day."""
    if len(line.rows) != 2 or line.rows[1].valid_from is None:
        return
    number, status = dice.randint(0, 1), dice.choice(list(CodeStatus))
    line.rows[number] = replace(line.rows[number], status=status)
    if number == 1:
        line.paint(max(line.now, line.begin), line.rows[1])
    elif line.begin > line.now:
        line.paint(line.now, line.rows[0])
        line.paint(line.begin, line.rows[1])


def collapse(line: Timeline, dice: Random) -> None:
    """Of two rows one stays, with its dates or without."""
    if len(line.rows) == 2:
        kept = dice.choice(line.rows)
        line.rows = [kept if dice.random() < 0.5 else row(kept.partner_id, kept.status)]
        line.paint(line.now, line.rows[0])


EDITS = (hand_over, vanish, split, split, double, restate, collapse, collapse)


def drawn(seed: int) -> Timeline:
    """A code with two to four edits, each seen by a sync; one more has nothing to note."""
    dice = Random(seed)
    line = Timeline(now=datetime(2026, 10, 1, 9, tzinfo=UTC))
    hand_over(line, dice)
    line.sync()
    for _ in range(dice.randint(1, 3)):
        line.now += timedelta(seconds=dice.randint(3_600, 4 * 86_400))
        dice.choice(EDITS)(line, dice)
        line.sync()
    if seed % 5 == 0:
        assert code_changes(line.known(), line.now) == []
    return line


def whose(book: CodeBook, moment: datetime) -> tuple[str, str]:
    """Who earns by an order of that moment, and why; nobody is empty."""
    fields = {"ordered_at": moment.isoformat(), "codes": ["tea"], "total": 1000}
    facts = Facts({name: (value, ("", 0, "", "")) for name, value in fields.items()})
    found = attribute(facts, book, MOSCOW, Asker(facts, MOSCOW, History(MOSCOW)))
    able = {one.partner_id for one in found.candidates if one.why == "ok"}
    assert len(able) <= 1
    return (found.partner_id, found.why) if isinstance(found, Attribution) else ("", found.why)


def by_hand(line: Timeline, moment: datetime) -> set[str]:
    """Who may earn by an order of that moment, worked out from the strokes and the dates."""
    day = moment.astimezone(ZoneInfo("Europe/Moscow")).date()
    valid = [
        one
        for one in line.rows
        if (one.valid_from or date.min) <= day <= (one.valid_to or date.max)
    ]
    if len(line.rows) != 1:
        owners = {one.partner_id for one in valid}
        states = {status for _, _, status in line.painted} | {one.status for one in line.rows}
        steady = states <= PAYS
        return (owners if steady else {*owners, ""}) if len(owners) == 1 else {""}
    owner, status = line.at(moment)
    own_row = owner == line.rows[0].partner_id
    return {owner if status in PAYS and (valid or not own_row) else ""}


def test_twenty_thousand_timelines_of_a_code_give_one_owner_or_a_problem_and_never_two() -> None:
    paid = disputed = 0
    for seed in range(TIMELINES):
        line = drawn(seed)
        book = code_book(line.known().codes, line.noted, PARTNERS)
        since = line.moments[-1 - seed % min(2, len(line.moments))]
        for moment in (since - SECOND, since):
            partner_id, why = whose(book, moment)
            assert partner_id in by_hand(line, moment), (seed, moment, why)
            paid += bool(partner_id)
            if why == "two_owners":
                disputed += 1
                found = {problem.code for problem in code_problems(line.known())}
                assert "code_two_owners" in found
    assert (paid > 10_000, disputed > 1_000) == (True, True)


def told(*tables: tuple[int, list[Code]]) -> tuple[Timeline, CodeBook]:
    """The rows as they stood at noon of those days of October."""
    line = Timeline(now=BEGINNING)
    for day, rows in tables:
        line.now, line.rows = datetime(2026, 10, day, 9, tzinfo=UTC), rows
        line.sync()
    return line, code_book(tuple(line.rows), line.noted, PARTNERS)


TILL_TENTH = row("ivan", valid_to=date(2026, 10, 10))
FROM_ELEVENTH = row("maria", valid_from=date(2026, 10, 11))
MIDNIGHT = datetime(2026, 10, 10, 21, tzinfo=UTC)


@pytest.mark.parametrize("after", [[TILL_TENTH, FROM_ELEVENTH], [FROM_ELEVENTH], [row("maria")]])
def test_an_exact_hand_over_holds_to_the_second_also_once_its_first_row_is_deleted(
    after: list[Code],
) -> None:
    _, book = told((1, [row("ivan")]), (5, [TILL_TENTH, FROM_ELEVENTH]), (20, after))

    assert [whose(book, MIDNIGHT - SECOND)[0], whose(book, MIDNIGHT)[0]] == ["ivan", "maria"]


def test_a_hand_over_that_was_planned_and_withdrawn_never_happens_and_is_noted_once() -> None:
    dated = [TILL_TENTH, FROM_ELEVENTH]
    line, book = told((1, [row("ivan")]), (2, dated), (5, [row("ivan")]), (6, [row("ivan")]))

    assert [whose(book, MIDNIGHT - SECOND)[0], whose(book, MIDNIGHT)[0]] == ["ivan", "ivan"]
    assert [(one.partner_id, one.noted_at.day) for one in line.noted] == [
        ("ivan", 1), ("maria", 2), ("ivan", 5),
    ]  # fmt: skip


def test_a_hand_over_that_is_put_off_happens_on_the_later_day() -> None:
    later = [row("ivan", valid_to=date(2026, 10, 14)), row("maria", valid_from=date(2026, 10, 15))]
    dated = [TILL_TENTH, FROM_ELEVENTH]
    _, book = told((1, [row("ivan")]), (2, dated), (5, later), (20, [row("maria")]))
    fifteenth = datetime(2026, 10, 14, 21, tzinfo=UTC)

    assert [whose(book, fifteenth - SECOND)[0], whose(book, fifteenth)[0]] == ["ivan", "maria"]


def test_a_code_typed_twice_by_mistake_stays_its_owner_s_once_the_second_row_is_gone() -> None:
    _, book = told((1, [row("ivan")]), (5, [row("ivan"), row("maria")]), (6, [row("ivan")]))

    assert whose(book, datetime(2026, 10, 5, 12, tzinfo=UTC)) == ("ivan", "code_of_partner")


def test_a_row_paused_before_its_first_day_is_paused_from_that_day_on() -> None:
    paused = replace(FROM_ELEVENTH, status=CodeStatus.PAUSED)
    line, book = told((1, [TILL_TENTH, FROM_ELEVENTH]), (5, [TILL_TENTH, paused]))

    assert whose(book, MIDNIGHT - SECOND) == ("ivan", "code_of_partner")
    assert whose(book, MIDNIGHT) == ("", "code_paused")
    assert len(line.noted) == 3
