"""Who owns a code since when? What a sync notes in Code history where the owner's rows changed.

One row of a code tells who has it now: another owner begins with the sync that sees him. Several
rows are an exact hand-over: each owner begins with his first day, and what was noted of a day to
come is withdrawn when the rows no longer say so. Rows that give a code to two partners at once
note nobody: they are a Problem, and the past stays whose it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from tracker.code_book import CodeBook, code_book
from tracker.known import Known
from tracker.programme import Code, HistoryLine, Programme


def code_changes(known: Known, noted_at: datetime) -> list[HistoryLine]:
    """Lines of Code history for every owner or state that differs from what is noted."""
    found: list[HistoryLine] = []
    book = code_book(known.codes, known.history, known.partners)
    for name, rows in book.codes.items():
        past = book.history.get(name, ())
        if len(rows) == 1:
            found += _of_one_row(rows[0], past, noted_at)
        else:
            found += _of_dated_rows(rows, past, known.programme, noted_at)
    return found + _of_partners(known, book, noted_at)


def _of_partners(known: Known, book: CodeBook, noted_at: datetime) -> list[HistoryLine]:
    found: list[HistoryLine] = []
    for partner in known.partners.values():
        states = book.partner_history.get(partner.partner_id, ())
        if not states or states[-1].status != partner.status:
            since = noted_at if states else None
            found.append(_noted("", partner.partner_id, partner.status, since, noted_at))
    return found


def _of_one_row(
    row: Code, past: Sequence[HistoryLine], noted_at: datetime
) -> Iterator[HistoryLine]:
    """The row's owner and state hold from now on, and instead of whatever was planned."""
    now = _at(past, noted_at)
    if now is None or _differs(now, row):
        # The first known owner has no beginning, also of a code that was nobody's before.
        since = noted_at if any(line.partner_id for line in past) else None
        yield _noted(row.code, row.partner_id, row.status, since, noted_at)
    for since in _planned(past, noted_at):
        then = _at(past, since)
        if then is not None and _differs(then, row):
            yield _noted(row.code, row.partner_id, row.status, since, noted_at)


def _of_dated_rows(
    rows: Sequence[Code],
    past: Sequence[HistoryLine],
    programme: Programme,
    noted_at: datetime,
) -> list[HistoryLine]:
    """Each row's owner begins with its first day; a changed state with this sync."""
    found: list[HistoryLine] = []
    for since in sorted({line.since for line in past if line.since is not None}):
        row, then = _only(rows, programme.local_date(since)), _at(past, since)
        if row is None or (row.valid_from is None and since <= noted_at):
            continue
        if then is not None and then.partner_id != row.partner_id:
            found.append(_noted(row.code, row.partner_id, row.status, since, noted_at))
    for row in {row.partner_id: row for row in rows}.values():
        noted = _sorted([*past, *found])
        begin = None if row.valid_from is None else programme.start_of(row.valid_from)
        then = _at(noted, begin)
        own = [line for line in noted if line.partner_id == row.partner_id]
        owns = then is not None and then.partner_id == row.partner_id
        told = owns or begin in {line.since for line in own} or bool(own and begin is None)
        if not told and _begins_alone(row, rows):
            found.append(_noted(row.code, row.partner_id, row.status, begin, noted_at))
            continue
        # A changed state holds from now on, of an owner to come from his first day on.
        for since in (noted_at, *_planned(own, noted_at)):
            then = _at(noted, since)
            if then is not None and then.partner_id == row.partner_id and _differs(then, row):
                found.append(_noted(row.code, row.partner_id, row.status, since, noted_at))
    return found


def _begins_alone(row: Code, rows: Sequence[Code]) -> bool:
    """Whether no other partner has the code on the row's first day."""
    valid = _valid(rows, row.valid_from or date.min)
    return all(one.partner_id == row.partner_id for one in valid)


def _only(rows: Sequence[Code], day: date) -> Code | None:
    """The row of the one partner who has the code on a day; None for nobody or for two."""
    valid = _valid(rows, day)
    return valid[-1] if len({row.partner_id for row in valid}) == 1 else None


def _valid(rows: Sequence[Code], day: date) -> list[Code]:
    return [x for x in rows if (x.valid_from or date.min) <= day <= (x.valid_to or date.max)]


def _planned(past: Sequence[HistoryLine], noted_at: datetime) -> list[datetime]:
    """The days to come of which something is noted."""
    return sorted({x.since for x in past if x.since is not None and x.since > noted_at})


def _at(past: Sequence[HistoryLine], moment: datetime | None) -> HistoryLine | None:
    """The line that holds at a moment; None for the beginning of time."""
    begun = [x for x in past if x.since is None or (moment is not None and x.since <= moment)]
    return begun[-1] if begun else None


def _sorted(lines: list[HistoryLine]) -> list[HistoryLine]:
    """As `tracker.code_book` sorts them; lines of one beginning in the order they were noted."""
    first = datetime.min.replace(tzinfo=UTC)
    return sorted(lines, key=lambda line: (line.since or first, line.noted_at))


def _differs(line: HistoryLine, row: Code) -> bool:
    return (line.partner_id, line.status) != (row.partner_id, row.status)


def _noted(
    code: str, partner_id: str, status: str, since: datetime | None, noted_at: datetime
) -> HistoryLine:
    return HistoryLine(
        code=code, partner_id=partner_id, status=str(status), since=since, noted_at=noted_at
    )
