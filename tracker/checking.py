"""Is everything in order? What the doctor looked at, what wants a person, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tracker.book.reports import in_order
from tracker.book.rows import rows_of
from tracker.cells import shown
from tracker.environment import open_to_others
from tracker.fitness import Unfit, unfit_locale, unfit_size, unfit_zone, weighed
from tracker.gathering import cursor_of
from tracker.invariants import GROUPS, INVARIANTS, Examined, Fault, examine, examined
from tracker.known import RUNS_COPIED, Known
from tracker.layout import LAYOUT, Owner, Tab, find_tab, title_of
from tracker.lines import WrittenFact, WrittenLine
from tracker.log_names import log_names, shown_log
from tracker.open_letters import unfit_letters
from tracker.owners_money import OWN_SOURCES
from tracker.problems import Problem, Stop, params
from tracker.reviewing import review
from tracker.running import Rest, Workplace, look, refuse_restored
from tracker.sender_fits import unfit_sender
from tracker.sentences import doctor_says, reason_says, stop_says
from tracker.sentences.commands import CHECKED
from tracker.sentences.examined import PROMISES, SAID, SHEET
from tracker.stores import Snapshot, Vitals
from tracker.sync import Plan, plan
from tracker.tried_templates import unfit_templates
from tracker.verifying import commission_values
from tracker.worklist import Arrivals

# A workbook is read and written whole; beyond this the owner should think of a database.
LEDGER_ROWS_ADVISED = 15_000
LEDGER_ROWS_MAX = 20_000


@dataclass(frozen=True, slots=True)
class Findings:
    """What `check` prints."""

    language: str
    lines: tuple[str, ...]
    problems: tuple[Problem, ...]
    wants_a_person: bool


def findings(place: Workplace, *, every: bool = False) -> Findings:
    """Read everything and verify it; write nothing. Raises Stop when the book cannot be read.

    `every` names each invariant, where else a line stands for several.
    """
    refuse_restored(place.store)
    rest, stops = _looked(place)
    language = rest.known.programme.language
    waiting = review(rest.plan.books.orders)
    problems = tuple(in_order(rest.problems))
    vitals = place.store.vitals()
    unfit = _unfit(vitals, rest, place)
    faults = examine(_examined(place, rest))
    said = [
        *_store_lines(vitals, language),
        _say("access", language),
        _say("settings", language, count=len(rest.known.programme.unreadable)),
        _log_line(place, language),
        *(stop_says(stop, language) for stop in stops),
        _say("mail", language, mail=rest.known.programme.mail.value),
        *_size_lines(rest, language),
        *(doctor_says(one.code, one.params, language) for one in unfit),
        *_sheet(faults, rest.snapshot, language, every=every),
        _pending(rest.plan, language),
    ]
    if waiting:
        tab = title_of(Tab.REVIEW, language)
        said.append(_say("review", language, count=len(waiting), tab=tab))
        said += [f"  {item.about}: {reason_says(item.reason, language)}" for item in waiting]
    said.append(_say("problems", language, count=len(problems)))
    ill = any(faults.values()) or any(one.wants_a_person for one in unfit)
    wanted = bool(waiting or problems or stops or ill)
    if not wanted:
        said.append(_say("fine", language))
    return Findings(language, tuple(said), problems, wanted)


def _looked(place: Workplace) -> tuple[Rest, list[Stop]]:
    """Look at the book with what its log brought, in memory.

    A log that cannot be read, or a clock far from the book's lines, would stop a sync: both are
    findings here, and the rest is looked at all the same.
    """
    stops: list[Stop] = []
    for brought, clock_is_right in ((True, False), (False, False), (True, True)):
        if brought and any(stop.code.startswith("log_") for stop in stops):
            continue  # a log that does not answer is not asked twice
        try:
            return look(place, brought=brought, clock_is_right=clock_is_right), stops
        except Stop as stop:
            if not stop.code.startswith(("log_", "clock_")):
                raise
            if stop.code not in {one.code for one in stops}:
                stops.append(stop)
    return look(place, clock_is_right=True), stops


def _unfit(vitals: Vitals, rest: Rest, place: Workplace) -> list[Unfit]:
    """What is wrong with the store itself or with the secrets' file, each finding once."""
    programme = rest.known.programme
    in_tab = any(name.strip().startswith("tab:") for name in place.order_log.split(","))
    found = [
        *weighed(vitals.findings),
        *unfit_zone(vitals.zone, programme, rest.now, log_in_tab=in_tab),
        *unfit_locale(vitals.locale, programme),
        *unfit_size(vitals.name, vitals.cells, vitals.cells_max),
        *unfit_sender(programme, place.smtp_url),
        *unfit_letters(place.outbox, rest.known, rest.plan, rest.now),
        *unfit_templates(rest.known),
        *(
            Unfit("env_open", params(path=path), wants_a_person=True)
            for path in open_to_others(place.env_files)
        ),
    ]
    if not vitals.cells_max:  # a store that counts no cells is one file, read and written whole
        tab, rows = _biggest(rest.snapshot)
        if rows > LEDGER_ROWS_MAX:
            title = title_of(tab, programme.language)
            said = params(tab=title, rows=rows, limit=LEDGER_ROWS_MAX)
            found.append(Unfit("rows_many", said, wants_a_person=True))
    return list({(one.code, one.params): one for one in reversed(found)}.values())[::-1]


def _biggest(snapshot: Snapshot) -> tuple[Tab, int]:
    sizes = {
        tab: len(table.rows)
        for tab, table in snapshot.tables.items()
        if LAYOUT[tab].owner in {Owner.LEDGER, Owner.INBOX}
    }
    return max(sizes.items(), key=lambda one: one[1])


def _store_lines(vitals: Vitals, language: str) -> list[str]:
    said = [_word("store", language, name=vitals.name)]
    if vitals.account:
        said.append(_word("account", language, account=vitals.account))
    if vitals.locale or vitals.zone:
        locale, zone = vitals.locale or "?", vitals.zone or "?"
        said.append(_word("standing", language, locale=locale, zone=zone))
    if vitals.cells_max:
        said.append(_word("cells", language, cells=vitals.cells, limit=vitals.cells_max))
    return said


def _size_lines(rest: Rest, language: str) -> list[str]:
    books = rest.plan.books
    lines = len(books.lines)
    orders = sum(1 for key in books.orders if key[0] not in OWN_SOURCES)
    tab, rows = _biggest(rest.snapshot)
    said = [
        _say("ledger", language, orders=orders, lines=lines, aside=len(books.aside)),
        _word("biggest", language, tab=title_of(tab, language), rows=rows),
    ]
    if lines > LEDGER_ROWS_ADVISED:
        said.append(_say("size", language, lines=lines, advised=LEDGER_ROWS_ADVISED))
    return said


def _pending(made: Plan, language: str) -> str:
    if made.empty:
        return _word("nothing_pending", language)
    return _word(
        "pending",
        language,
        journal=len(made.journal),
        commissions=len(made.commissions),
        history=len(made.history),
    )


def _examined(place: Workplace, rest: Rest) -> Examined:
    """Everything the invariants look at, from one reading of book, inbox and outbox."""
    known, tables = rest.known, rest.snapshot.tables
    balances = {
        (shown(row.cell("partner_id")), shown(row.cell("currency"))): (
            shown(row.cell("balance")),
            row.at("balance"),
        )
        for row in rows_of(tables[Tab.BALANCES])
    }
    columns = [column.key for column in LAYOUT[Tab.RUNS].columns]
    runs = tuple(
        {**{key: shown(row.cell(key)) for key in columns}, "cell": row.at("seen")}
        for row in rows_of(tables[Tab.RUNS])
    )
    return examined(
        known,
        rest.plan,
        _planned_again(known, rest.plan, place.secret),
        rest.snapshot.generation.number + int(rest.known.tracker.get(RUNS_COPIED, "0")),
        balances=balances,
        runs=runs,
        letters={one.statement_id: one.frozen_figures for one in place.outbox.tried()},
        seen=place.inbox.orders_read(cursor_of(known.tracker, place.inbox)),
    )


def _planned_again(known: Known, made: Plan, secret: bytes) -> Plan:
    """What a sync would write on the book that this plan leads to, when nothing more arrives."""
    facts = [
        WrittenFact(line_id=line.line_id, key=line.key, line=line, cell="") for line in made.journal
    ]
    lines = [
        WrittenLine(line_id=line.line_id, values=commission_values(line), line=line, cells={})
        for line in made.commissions
    ]
    after = replace(
        known,
        facts=(*known.facts, *facts),
        written=(*known.written, *lines),
        history=(*known.history, *made.history),
    )
    return plan(after, Arrivals(), made.noted_at, secret, clock_is_right=True)


def _sheet(
    faults: Mapping[str, Fault | None], snapshot: Snapshot, language: str, *, every: bool
) -> list[str]:
    """The doctor's sheet: a line for each group, fine or its first counter-example."""
    said: list[str] = []
    for group, names in GROUPS:
        ill = next((fault for name in names if (fault := faults[name]) is not None), None)
        words = _word("fine", language) if ill is None else _ill(ill, snapshot, language)
        said.append(f"{SHEET[group][language == 'ru']}: {words}")
        if every:
            said += _each(names, faults, snapshot, language)
    return said


def _each(
    names: Iterable[str],
    faults: Mapping[str, Fault | None],
    snapshot: Snapshot,
    language: str,
) -> list[str]:
    asked = [name for name, _ in INVARIANTS if name in set(names)]
    said: list[str] = []
    for name in asked:
        fault = faults[name]
        promise = PROMISES[name][language == "ru"]
        if fault is None:
            said.append(f"  {name} {promise}: {_word('fine', language)}")
        else:
            ill = _ill(fault, snapshot, language)
            said.append(f"  {name} {promise}: {_word('ill', language)}. {ill}")
    return said


def _ill(fault: Fault, snapshot: Snapshot, language: str) -> str:
    """A counter-example with its place in the book."""
    tab = find_tab(fault.tab) if fault.tab else None
    words = doctor_says(fault.code, fault.params, language)
    if tab is None:
        return words
    cell = fault.cell or _cell(fault, tab, snapshot)
    return f"{' '.join(filter(None, [title_of(tab, language), cell]))}: {words}"


def _cell(fault: Fault, tab: Tab, snapshot: Snapshot) -> str:
    """The address of the cell in the first row that shows what the fault says of its row."""
    if not fault.row:
        return ""
    for row in rows_of(snapshot.tables[tab]):
        if all(shown(row.cell(column)).strip() == text for column, text in fault.row):
            return row.at(fault.column)
    return ""


def _word(code: str, language: str, **values: object) -> str:
    return SAID[code][language == "ru"].format(**values)


def _say(code: str, language: str, **values: object) -> str:
    return CHECKED[code][language == "ru"].format(**values)


def _log_line(place: Workplace, language: str) -> str:
    """Name the logs; a token or password in an address is not shown."""
    shown = ",".join(map(shown_log, log_names(place.order_log)))
    return _say("log", language, log=shown)
