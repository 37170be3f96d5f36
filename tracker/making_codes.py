"""How do new codes get into the book? In one commit, whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.book.reading import SYNC_TABS, read_book
from tracker.book.rows import rows_of
from tracker.cells import Cell, shown
from tracker.code_making import Made, Wanted, make, taken_by
from tracker.known import Known
from tracker.layout import LAYOUT, Tab, known_columns
from tracker.policy import Policy
from tracker.problems import Stop
from tracker.programme import Partner, PartnerStatus, normal_code
from tracker.running import CONFLICTS_MAX, Workplace, refuse_restored
from tracker.sentences.code_words import CODES_SAID
from tracker.stores import Commit, Outcome, Record, Snapshot, Table

LOT_BITS = 256
_NAMES_SAID_MAX = 20


@dataclass(frozen=True, slots=True)
class Minted:
    """What was made, and of which book."""

    made: tuple[Made, ...]
    known: Known
    tab: str


def make_codes(
    place: Workplace, wanted: Wanted, partner_id: str | None, *, dry_run: bool = False
) -> Minted:
    """Make codes for a partner, or without one for every active partner who has none.

    They stand in the tab Codes when this returns; a dry run only says what they might be. Call
    it while holding `store.writing`, but for a dry run.

    Raises Stop as `tracker.code_making.make`, for a partner who is unknown or has left, and
    where the book changes five times meanwhile.
    """
    sent: list[Sequence[Made]] = []
    outcome = Outcome.CONFLICT
    for _ in range(CONFLICTS_MAX):
        snapshot = place.store.read(SYNC_TABS, whole=False)
        known = read_book(snapshot, place.secret)
        table = snapshot.tables[Tab.CODES]
        landed = next((one for one in sent if _stands(one, table)), None)
        made = landed if landed is not None else _plan(wanted, partner_id, known, snapshot)
        result = Minted(tuple(made), known, table.title)
        if dry_run or landed is not None or not made:
            return result
        refuse_restored(place.store)
        _refuse_many(made, place.store.rows_max)
        rows = [_record(one, table) for one in made]
        base = snapshot.generation
        outcome = place.store.commit(Commit(base=base, appends={Tab.CODES: rows}))
        if outcome is Outcome.DONE:
            return result
        if outcome is Outcome.UNKNOWN:
            # The answer was lost. If they landed they are found at the next reading, and if they
            # did not, the fence keeps them from landing beside those made then.
            sent.append(made)
    raise Stop("codes_answer_lost" if outcome is Outcome.UNKNOWN else "still_changing")


def _stands(made: Sequence[Made], table: Table) -> bool:
    standing = {normal_code(shown(row.cell("code"))) for row in rows_of(table)}
    return all(normal_code(one.code.code) in standing for one in made)


def _plan(
    wanted: Wanted, partner_id: str | None, known: Known, snapshot: Snapshot
) -> Sequence[Made]:
    partners = _without_codes(known, snapshot) if partner_id is None else [_one(partner_id, known)]
    taken = taken_by(_ever(known, snapshot))
    usual = known.programme.policy.code_pattern.strip() or Policy().code_pattern
    made: list[Made] = []
    for partner in partners:
        own = [code for code in known.codes if code.partner_id == partner.partner_id]
        made += make(wanted, partner, own, taken, usual, _lots())
    return made


def _lots() -> Iterator[int]:
    while True:
        yield secrets.randbits(LOT_BITS)


def _one(partner_id: str, known: Known) -> Partner:
    found = known.partners.get(partner_id)
    if found is None and partner_id in known.broken(Tab.PARTNERS):
        raise Stop("codes_partner_unreadable", partner=partner_id)
    if found is None:
        names = sorted(known.partners)
        more = ", …" if len(names) > _NAMES_SAID_MAX else ""
        listed = (", ".join(names[:_NAMES_SAID_MAX]) or "-") + more
        raise Stop("codes_partner_unknown", partner=partner_id[:60], known=listed)
    if found.status is PartnerStatus.LEFT:
        raise Stop("codes_partner_left", partner=partner_id)
    return found


def _without_codes(known: Known, snapshot: Snapshot) -> list[Partner]:
    """Active partners whom no row of Codes names, not even one that cannot be read."""
    rows = rows_of(snapshot.tables[Tab.CODES])
    named = {shown(row.cell("partner_id")).strip() for row in rows}
    return [
        one
        for one in known.partners.values()
        if one.status is PartnerStatus.ACTIVE and one.partner_id not in named
    ]


def _ever(known: Known, snapshot: Snapshot) -> Iterator[str]:
    """Every code in the book, those of earlier owners, and those that came with orders.

    A code that customers type already, though nobody owns it, would give old orders to its owner.
    """
    for row in rows_of(snapshot.tables[Tab.CODES]):
        yield shown(row.cell("code"))
    yield from (line.code for line in known.history if line.code)
    for fact in known.facts:
        if fact.line is not None and fact.line.codes:
            yield from fact.line.codes.split(", ")


def _refuse_many(made: Sequence[Made], most: int | None) -> None:
    """Raise Stop for more rows than one commit holds: in two they would not be all or none."""
    if most is not None and len(made) > most:
        raise Stop("codes_too_many", count=len(made), most=most)


def _record(made: Made, table: Table) -> Record:
    """A new row: what is usual, and what a variant has of its code, stays empty.

    Raises Stop `codes_column_missing` where an older book lacks a column that it needs.
    """
    code, base = made.code, made.base
    cells: dict[str, Cell] = {
        "partner_id": code.partner_id,
        "kind": None if code.kind == "partner" else _kind_word(code.kind, table),
        "valid_from": code.valid_from,
        "valid_to": code.valid_to,
        "rate": None if code.rate is None else str(code.rate),
        "campaign": code.campaign or None,
    }
    if base is not None:
        cells = {name: cell for name, cell in cells.items() if _differ(code, base, name)}
    cells |= {"code": code.code, "variant_of": code.variant_of or None}
    columns = known_columns(Tab.CODES, table.headings)
    for name, cell in cells.items():
        if cell is not None and name not in columns:
            column = LAYOUT[Tab.CODES].column(name)
            heading = column.ru if _is_russian(table) else column.key
            raise Stop("codes_column_missing", tab=table.title, column=heading)
    if made.channel:
        said = CODES_SAID["channel"][_is_russian(table)].format(channel=made.channel)
        cells["note"] = said
    return {name: cell for name, cell in cells.items() if cell is not None}


def _differ(code: object, base: object, name: str) -> bool:
    return bool(getattr(code, name) != getattr(base, name))


def _is_russian(table: Table) -> bool:
    return table.title != Tab.CODES.value


def _kind_word(kind: str, table: Table) -> str:
    """The word for a kind as the drop-down of this book offers it."""
    choices = LAYOUT[Tab.CODES].column("kind").choices
    found = next(one for one in choices if one.en == kind)
    return found.ru if _is_russian(table) else found.en
