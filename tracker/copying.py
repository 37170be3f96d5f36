"""How does a book move to another store? Every row in order, the state beside it, then a proof."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tracker.carrying import (
    COPIED_TABS,
    Carried,
    carry,
    in_order_of,
    language_of,
    usual_settings,
)
from tracker.exporting import canonical
from tracker.gathering import unread
from tracker.inbox import Inbox
from tracker.known import RUNS_COPIED
from tracker.layout import LAYOUT, Tab, known_columns, letter
from tracker.outbox import Outbox
from tracker.problems import Problem, Stop
from tracker.running import CONFLICTS_MAX, Rest, Workplace, look, refuse_restored
from tracker.sentences.copying import COPIED
from tracker.stores import Commit, Outcome, Record, Snapshot, Store

NOTES_A_TAB_MAX = 20
_CELL = re.compile(r"([A-Z]+)([0-9]+)")
_NOT_READY = {"book_missing", "tab_missing", "heading_missing"}
_NOT_READY |= {"hidden_tab_missing", "google_hidden_missing"}

Tabs = Mapping[Tab, Carried]
Entry = tuple[Tab, Record]


@dataclass(frozen=True, slots=True)
class Copied:
    """What `copy` prints: a line for each tab, what stayed behind, and whether both are one."""

    language: str
    lines: tuple[str, ...]
    equal: bool


def copied(source: Workplace, target: Store) -> Copied:
    """Copy the source's book and state into an empty store, and compare both.

    Call it while holding `writing` of both. A copy that was killed goes on where it stopped; a
    whole one is only compared.
    Raises Stop `copy_target_full`, `copy_target_used`, `copy_state_full`, and as `look`.
    """
    refuse_restored(source.store)
    now = source.clock()
    source = replace(source, clock=lambda: now)
    rest = look(source, clock_is_right=True)
    tables = rest.snapshot.tables
    plan = {tab: carry(tables[tab]) for tab in COPIED_TABS}
    found = _laid_out(target, language_of(list(tables.values())))
    plan[Tab.SETTINGS] = in_order_of(plan[Tab.SETTINGS], carry(found.tables[Tab.SETTINGS]))
    # The copy counts its commits anew, and brings the runs of the book it comes from.
    state = {**rest.snapshot.state, RUNS_COPIED: str(len(plan[Tab.RUNS].rows))}
    _refuse_full(found, plan, state)
    if target.behind():
        # A book that stood there is gone, and this one takes its place by the owner's wish.
        target.accept()
    _bring_state(source, target.state_dir)
    there = _write(target, plan, state)
    language = rest.known.programme.language
    ours = canonical(replace(rest, problems=_moved(source, rest, plan, there)))
    with _workplace(source, target) as place:
        theirs = canonical(look(place, clock_is_right=True))
    lines = [line for one in plan.values() for line in _said(one, language)]
    return Copied(language, (*lines, _verdict(ours, theirs, language)), ours == theirs)


def _laid_out(target: Store, language: str) -> Snapshot:
    """Read the target, laid out before where it lacks something."""
    try:
        found = target.read(Tab)
        if all(_complete(found, tab) for tab in Tab):
            return found
    except Stop as stop:
        if stop.code not in _NOT_READY:
            raise
    target.lay_out(language)
    return target.read(Tab)


def _complete(found: Snapshot, tab: Tab) -> bool:
    known = known_columns(tab, found.tables[tab].headings)
    return all(column.key in known for column in LAYOUT[tab].columns)


def _refuse_full(found: Snapshot, plan: Tabs, state: Mapping[str, str]) -> None:
    """Stop unless the target holds nothing but what a new book has, or this copy as far as it came.

    The check value of the secret comes last of all: a book that has it is the whole copy or in use.
    """
    there = {tab: carry(found.tables[tab]) for tab in COPIED_TABS}
    whole = all(there[tab].rows == plan[tab].rows for tab in COPIED_TABS)
    if "secret_check" in found.state and not (whole and found.state.items() >= state.items()):
        raise Stop("copy_target_used")
    for tab in COPIED_TABS:
        if not (tab is Tab.SETTINGS and usual_settings(there[tab])):
            _count_written(plan[tab], there[tab])


def _count_written(wanted: Carried, there: Carried) -> int:
    """Count the rows that are there already. Raises Stop when another one stands among them."""
    for place, row in enumerate(there.rows):
        if place >= len(wanted.rows) or row != wanted.rows[place]:
            raise Stop("copy_target_full", tab=there.title, row=there.numbers[place])
    return len(there.rows)


def _bring_state(source: Workplace, folder: Path) -> None:
    """Copy inbox and outbox beside the new book: without them letters could leave twice.

    What is there already is replaced only when the source has all of it.
    """
    for file in (source.inbox, source.outbox):
        if file.path is None or file.path.resolve() == (folder / file.path.name).resolve():
            continue
        path = folder / file.path.name
        if path.exists() and not file.has_all_of(path):
            raise Stop("copy_state_full", path=path)
        file.copy_to(path)


def _write(target: Store, plan: Tabs, state: Mapping[str, str]) -> Tabs:
    """Write what is not there yet, and give what stands there in the end.

    Every part is a commit of its own; after a conflict or a lost answer the book is read again.
    """
    for _ in range(CONFLICTS_MAX):
        found = target.read(COPIED_TABS)
        there = {tab: carry(found.tables[tab]) for tab in COPIED_TABS}
        settings = plan[Tab.SETTINGS].rows
        reports = {} if there[Tab.SETTINGS].rows == settings else {Tab.SETTINGS: settings}
        lacking = {key: text for key, text in state.items() if found.state.get(key) != text}
        left = list(_left(plan, there))
        if not (left or reports or lacking):
            return there
        commits = [
            Commit(base=found.generation, appends=appends)
            for appends in _parts(left, target.rows_max)
        ]
        commits[0] = replace(commits[0], reports=reports)
        commits[-1] = replace(commits[-1], state=state)
        _commit_all(target, commits)
    raise Stop("still_changing")


def _left(plan: Tabs, there: Tabs) -> Iterator[Entry]:
    """The rows that are not there yet, tab after tab."""
    for tab in COPIED_TABS:
        if tab is not Tab.SETTINGS:
            written = _count_written(plan[tab], there[tab])
            yield from ((tab, row) for row in plan[tab].rows[written:])


def _parts(left: Sequence[Entry], rows_max: int | None) -> Iterator[dict[Tab, list[Record]]]:
    """Cut rows into parts of at most `rows_max`, in their order; at least one, if only blank."""
    size = rows_max or len(left) or 1
    for begin in range(0, len(left) or 1, size):
        part: dict[Tab, list[Record]] = {}
        for tab, row in left[begin : begin + size]:
            part.setdefault(tab, []).append(row)
        yield part


def _commit_all(target: Store, commits: Sequence[Commit]) -> None:
    """Commit one after the other until one of them does not land, or somebody else writes."""
    base = commits[0].base
    for commit in commits:
        if target.commit(replace(commit, base=base)) is not Outcome.DONE:
            return
        landed = target.generation
        base = target.read([]).generation
        if base != landed:
            return


@contextmanager
def _workplace(source: Workplace, target: Store) -> Iterator[Workplace]:
    """The target with the state beside it; what is in memory is shared."""
    folder = target.state_dir
    place = replace(source, store=target, state_dir=folder)
    if source.inbox.path is None or source.outbox.path is None:
        yield place
        return
    with (
        Inbox(folder / source.inbox.path.name) as inbox,
        Outbox(folder / source.outbox.path.name, source.clock) as outbox,
    ):
        yield replace(place, inbox=inbox, outbox=outbox)


def _moved(source: Workplace, rest: Rest, plan: Tabs, there: Tabs) -> tuple[Problem, ...]:
    """The source's problems, each at the cell where its row stands in the copy.

    A delivery that cannot be read names the cell it came from in both.
    """
    unmoved = set(unread(source.inbox, rest.known).problems)
    rows = {t.value: dict(zip(plan[t].numbers, there[t].numbers, strict=True)) for t in plan}
    columns = {
        tab.value: {letter(at): letter(there[tab].columns[key]) for key, at in one.columns.items()}
        for tab, one in plan.items()
    }

    def moved(one: Problem) -> Problem:
        found = _CELL.fullmatch(one.cell)
        if one in unmoved or one.tab not in rows or found is None:
            return one
        row = rows[one.tab].get(int(found[2]), found[2])
        return replace(one, cell=f"{columns[one.tab].get(found[1], found[1])}{row}")

    return tuple(map(moved, rest.problems))


def _said(one: Carried, language: str) -> Iterator[str]:
    yield _say("rows", language, tab=one.title, count=len(one.rows))
    counts = Counter(note.code for note in one.notes)
    shown: Counter[str] = Counter()
    for note in one.notes:
        shown[note.code] += 1
        if shown[note.code] <= NOTES_A_TAB_MAX:
            said = {"tab": note.tab, "cell": note.cell, "shows": note.shows}
            yield "  " + _say(note.code, language, **said)
    for count in counts.values():
        if count > NOTES_A_TAB_MAX:
            more = count - NOTES_A_TAB_MAX
            yield "  " + _say("more", language, tab=one.title, count=more)


def _verdict(ours: str, theirs: str, language: str) -> str:
    """`equal` with the digest of both exports, or their first difference in words."""
    if ours == theirs:
        return f"equal sha256={hashlib.sha256(ours.encode()).hexdigest()}"
    source, copy = json.loads(ours), json.loads(theirs)
    part = next(name for name in source if source[name] != copy[name])
    here, there = ([json.dumps(x, ensure_ascii=False) for x in one[part]] for one in (source, copy))
    nothing = _say("nothing", language)
    known_here, known_there = set(here), set(there)
    gone = next((one for one in here if one not in known_there), nothing)
    come = next((one for one in there if one not in known_here), nothing)
    return _say("differ", language, part=part, source=gone, copy=come)


def _say(code: str, language: str, **values: object) -> str:
    return COPIED[code][language == "ru"].format(**values)
