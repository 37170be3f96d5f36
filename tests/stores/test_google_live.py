"""Does `check --live` see how Google behaves, and leave nothing behind? Over the fake of its API."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tests.cli_book import NOON, Said, run_at
from tests.google import batch, dimensions, pasting, values
from tests.google.change import Change
from tests.google.errors import Json, Refused, invalid
from tests.google.fake import FakeGoogle
from tests.google.faults import Answer, Fault
from tests.google.formulas import Calculator
from tests.google.grid import Book
from tests.google.metadata import create
from tests.google.routes import Request
from tests.google.wiring import ROBOT
from tests.stores.books import InGoogle
from tracker.problems import Stop
from tracker.sentences.live import PROBES, SEEN, UNPROBED, VERDICTS, WORDS
from tracker.stores.google_sheets.keys import load_account
from tracker.stores.google_sheets.live import live_check, tried
from tracker.stores.google_sheets.live_bench import Bench
from tracker.stores.google_sheets.live_marks import PROBE_KEY, TITLE, mark
from tracker.stores.google_sheets.live_probes import CURIOUS, RELIED
from tracker.stores.google_sheets.wire import Wire

ALL_HOLD = f"hold: {len(RELIED)}, do not hold: 0, could not be told: 0"
OWNER = "owner@example.com"


class Shop(InGoogle):
    """A small spreadsheet of an owner's, in which `check --live` is run."""

    def __init__(self, folder: Path, google: FakeGoogle | None = None) -> None:
        super().__init__(folder)
        if google is not None:
            google.accounts, self.google = self.google.accounts, google
            google.create(self.sheet_id, "Partners", share={ROBOT: "writer"})
        row = [{"userEnteredValue": {"stringValue": "mine"}}, {"note": "keep"}]
        start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
        fence = {"metadataId": 7, "metadataKey": "tracker.generation", "visibility": "DOCUMENT"}
        fence |= {"location": {"spreadsheet": True}}
        rows = [{"values": row}]
        self._apply(
            {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue,note"}},
            {"createDeveloperMetadata": {"developerMetadata": fence}},
        )
        self.google.reset_calls()
        self.said: list[str] = []

    @property
    def book(self) -> Book:
        return self.google.books[self.sheet_id]

    @cached_property
    def wire(self) -> Wire:
        return Wire(load_account(self.key), self.sheet_id, pause=self.pauses.append)

    def check(self, language: str = "en", *, every: bool = False) -> bool:
        self.said = []
        return live_check(
            f"gsheets:{self.sheet_id}", self.key, language, self.said.append,
            every=every, pause=self.pauses.append,
        )  # fmt: skip

    def found(self, verdict: str) -> set[str]:
        """The codes of the facts that were said to be so."""
        said = {VERDICTS[verdict][0].format(relies=PROBES[one].relies[0]): one for one in PROBES}
        return {said[line] for line in self.said if line in said}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    shop = Shop(tmp_path)
    with shop.reachable():
        yield shop


def state(book: Book) -> Any:
    """Everything that a spreadsheet holds; a list of objects that is empty is none."""
    copied = book.copy()
    for sheet in copied.sheets:
        sheet.objects = {kind: these for kind, these in sheet.objects.items() if these}
    return copied


def changed(shop: Shop, before: Any) -> list[str]:
    """The tabs that are not as they were, or `metadata`."""
    now = state(shop.book)
    if now == before:
        return []
    titles = [sheet.title for sheet in now.sheets if sheet not in before.sheets]
    return titles or ["metadata" if now.metadata != before.metadata else "something"]


@pytest.mark.parametrize("locale", ["en_US", "ru_RU", "de_DE"])
def test_every_fact_holds_on_the_fake_and_nothing_is_left(shop: Shop, locale: str) -> None:
    shop.book.locale = locale
    before = state(shop.book)

    assert shop.check() is True

    assert (shop.found("holds"), shop.found("told")) == (set(RELIED), set(CURIOUS))
    assert shop.said[-2:] == ["the scratch tabs are deleted, nothing is left", ALL_HOLD]
    assert changed(shop, before) == []


def test_googles_own_words_for_a_taken_id_are_shown(shop: Shop) -> None:
    shop.check()

    line = shop.said[shop.said.index(f"holds: {PROBES['fence'].relies[0]}") + 1]
    assert line.startswith("   seen: Google said: 400 INVALID_ARGUMENT: Invalid requests[0].create")


def test_a_book_that_is_laid_out_is_as_it_was(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    with shop.reachable():
        shop.ready()
        before = state(shop.book)
        assert shop.check() is True
        assert changed(shop, before) == []


def test_it_speaks_russian_and_says_how_each_was_tried(shop: Shop) -> None:
    assert shop.check("ru", every=True) is True

    assert shop.said.count("   как: из двух меток убрана одна") == 1
    assert sum(line.startswith("   как: ") for line in shop.said) == len(RELIED) + len(CURIOUS)
    assert (
        shop.said[-1]
        == f"подтвердилось: {len(RELIED)}, не подтвердилось: 0, выяснить не удалось: 0"
    )


def test_what_is_not_tried_is_named_and_times_are_told(shop: Shop) -> None:
    shop.check()

    assert [line for line in shop.said if line.startswith("not tried: ")] == [
        f"not tried: {english}" for english, _ in UNPROBED
    ]
    assert sum(line.startswith("one write takes ") for line in shop.said) == 1


# Each of these is Google with one rule broken: exactly that fact does not hold.

Handler = Callable[[Change, Json], Json]


def _second_id_is_fine(change: Change, request: Json) -> Json:
    try:
        return create(change, request)
    except Refused:
        return {}


def _filter_moves_rows(change: Change, request: Json) -> Json:
    sheet = change.grid(request["range"])
    if sheet.basic_filter is None:
        return dimensions.insert(change, request)
    count = request["range"]["endIndex"] - request["range"]["startIndex"]
    end = {"startIndex": sheet.row_count, "endIndex": sheet.row_count + count}
    return dimensions.insert(change, {"range": request["range"] | end, "inheritFromBefore": True})


def _text_is_parsed(change: Change, request: Json) -> Json:
    for row in request.get("rows", ()):
        for cell in row["values"]:
            text = cell.get("userEnteredValue", {}).get("stringValue", "")
            if text.isdigit():
                cell["userEnteredValue"] = {"numberValue": int(text)}
    return UPDATE(change, request)


def _bare_at_the_end(change: Change, request: Json) -> Json:
    start, end = request["range"]["startIndex"], request["range"]["endIndex"]
    sheet = change.grid(request["range"])
    at_the_end = start == sheet.row_count
    reply = dimensions.insert(change, request)
    if at_the_end:
        sheet.looks[start:end] = [()] * (end - start)
    return reply


def _like_the_heading(change: Change, request: Json) -> Json:
    before = request["range"]["startIndex"] > 0
    return dimensions.insert(change, request | {"inheritFromBefore": before})


def _old_rows_stay(change: Change, request: Json) -> Json:
    area, rows = request.get("range"), request.get("rows", ())
    if area is not None:
        end = area["startRowIndex"] + len(rows)
        request = request | {"range": area | {"endRowIndex": end}}
    return UPDATE(change, request)


def _drops_all_of_a_key(change: Change, request: Json) -> Json:
    lookup = request["dataFilter"]["developerMetadataLookup"]
    wide = {"developerMetadataLookup": {"metadataKey": lookup["metadataKey"]}}
    return DROP(change, {"dataFilter": wide})


def _renaming_loses_marks(change: Change, request: Json) -> Json:
    place = {"locationType": "SHEET", "sheetId": request["properties"]["sheetId"]}
    change.book.metadata = [one for one in change.book.metadata if one["location"] != place]
    return RENAME(change, request)


def _no_links(change: Change, request: Json) -> Json:
    if "link" in request.get("fields", ""):
        raise invalid("Invalid link.")
    return UPDATE(change, request)


def _no_lookups_elsewhere(change: Change, request: Json) -> Json:
    raise invalid("Conditional format rule cannot reference a different sheet.")


def _strict_lists(change: Change, request: Json) -> Json:
    sheet = change.grid(request.get("start") or request["range"])
    look = sheet.look(0, 0)
    if look is not None and look.validation:
        raise invalid("The data you entered violates the data validation rules.")
    return UPDATE(change, request)


UPDATE, DROP, RENAME = (
    batch.HANDLERS[kind]
    for kind in ("updateCells", "deleteDeveloperMetadata", "updateSheetProperties")
)


@pytest.mark.parametrize(
    ("fact", "kind", "otherwise"),
    [
        ("fence", "createDeveloperMetadata", _second_id_is_fine),
        ("filter", "insertDimension", _filter_moves_rows),
        ("text", "updateCells", _text_is_parsed),
        ("at_the_end", "insertDimension", _bare_at_the_end),
        ("below_heading", "insertDimension", _like_the_heading),
        ("clearing", "updateCells", _old_rows_stay),
        ("dropping", "deleteDeveloperMetadata", _drops_all_of_a_key),
        ("renaming", "updateSheetProperties", _renaming_loses_marks),
        ("linking", "updateCells", _no_links),
        ("colouring", "addConditionalFormatRule", _no_lookups_elsewhere),
        ("validating", "updateCells", _strict_lists),
    ],
)
def test_one_broken_rule_is_found_and_only_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, fact: str, kind: str, otherwise: Handler
) -> None:
    monkeypatch.setitem(batch.HANDLERS, kind, otherwise)
    before = state(shop.book)

    assert shop.check() is False

    assert (shop.found("broken"), shop.found("untold")) == ({fact}, set())
    assert f"   it means: {PROBES[fact].means[0]}" in shop.said
    assert changed(shop, before) == []


class HalfDone(FakeGoogle):
    """Google that keeps what came before the request it refuses."""

    half: Change

    def _draft(self, request: Request, token: Any) -> Change:
        self.half = super()._draft(request, token)
        return self.half

    def _perform(self, request: Request, *, keep: bool) -> Answer:
        answer = super()._perform(request, keep=keep)
        if answer.status == 400 and request.is_write:
            self.books[self.half.book.spreadsheet_id] = self.half.book
        return answer


def test_a_batch_that_is_half_done_is_found(tmp_path: Path) -> None:
    shop = Shop(tmp_path, HalfDone())
    with shop.reachable():
        before = state(shop.book)
        assert shop.check() is False

    assert (shop.found("broken"), shop.found("untold")) == ({"atomic"}, set())
    assert changed(shop, before) == []


def test_semicolons_that_are_not_understood_are_found(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Calculator, "_parses", lambda _, text: ";" not in text)

    assert shop.check() is False
    assert (shop.found("broken"), shop.found("untold")) == ({"formulas"}, set())
    assert "   seen: got [[1.5], ['#ERROR!']], expected [[1.5], [7.5]]" in shop.said


def test_a_paste_that_keeps_its_references_is_found(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pasting, "shifted", lambda text, _rows, _columns: text)

    assert shop.check() is False
    assert (shop.found("broken"), shop.found("untold")) == ({"pasting"}, set())


def test_an_empty_area_without_an_answer_is_found(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = values.batch_get_by_filter

    def without_empty_ones(change: Change, body: Json) -> Json:
        told = whole(change, body)
        full = [one for one in told["valueRanges"] if "values" in one["valueRange"]]
        return {**told, "valueRanges": full}

    monkeypatch.setattr(values, "batch_get_by_filter", without_empty_ones)

    assert shop.check() is False
    assert (shop.found("broken"), shop.found("untold")) == ({"one_read"}, set())


# What goes wrong on the way.


def test_a_lost_answer_at_the_beginning_or_end_leaves_nothing_behind(shop: Shop) -> None:
    before = state(shop.book)
    shop.check()
    calls = len(shop.google.calls)
    for ordinal in (1, 2, 3, 4, calls - 2, calls - 1, calls):
        shop.google.reset_calls()
        shop.google.faults = [Fault(ordinal, "timeout", applied=ordinal % 2 == 0)]
        shop.check()

        assert changed(shop, before) == [], ordinal
        assert shop.found("broken") == set(), (ordinal, shop.said)
        assert len(shop.found("untold")) <= 1, (ordinal, shop.said)


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("name", [*RELIED, *CURIOUS])
def test_a_time_out_at_any_call_of_a_probe_leaves_nothing_behind(
    shop: Shop, name: str, *, applied: bool
) -> None:
    before = state(shop.book)
    fine, calls = probed(shop, name, [])
    assert fine in {"holds", "told"}
    for ordinal in range(1, calls + 1):
        verdict, _ = probed(shop, name, [Fault(ordinal, "timeout", applied=applied)])

        assert verdict in {fine, "untold"}, ordinal
        assert changed(shop, before) == [], ordinal


def probed(shop: Shop, name: str, faults: list[Fault]) -> tuple[str, int]:
    """Run one probe and clean up, with faults; what became of it, and the calls it took."""
    shop.google.reset_calls()
    shop.google.faults = faults
    bench = Bench(shop.wire, shop.sheet_id, pause=shop.pauses.append)
    found = tried(name, {**RELIED, **CURIOUS}[name], bench)
    assert bench.clean() == []
    return found.verdict.value, len(shop.google.calls)


def test_a_lost_write_that_lands_late_is_taken_away(shop: Shop) -> None:
    before = state(shop.book)
    shop.check()
    first = next(n for n, call in enumerate(shop.google.calls, 1) if call.is_write)
    titles = lost_at(shop, first, late=0)
    assert titles == []

    # Two calls before the end it lands, when all probes are over and all seems clean.
    titles = lost_at(shop, first, late=len(shop.google.calls) - first - 2)

    assert titles == [f"{TITLE} 1"]
    assert (shop.found("untold"), sum(shop.pauses)) == ({"fence"}, 180)
    assert changed(shop, before) == []


def lost_at(shop: Shop, ordinal: int, late: int) -> list[str]:
    """Lose the write of this number; the titles of tabs that were there in the last pauses."""
    shop.google.reset_calls()
    shop.google.faults = [Fault(ordinal, "reset", late=late)]
    shop.pauses.clear()
    seen: list[str] = []

    def look() -> None:
        if sum(shop.pauses) > 0:
            seen.extend(sheet.title for sheet in shop.book.sheets[1:])

    for call in range(ordinal + 1, 200):
        shop.google.before(call, look)
    shop.check()
    return list(dict.fromkeys(seen))


def test_what_an_interrupted_run_left_is_removed_first(shop: Shop) -> None:
    before = state(shop.book)
    tab = {"sheetId": 55, "title": f"{TITLE} 3"}
    marks = [mark(2_000_000_001, {"sheetId": 55}), mark(2_000_000_002, {"spreadsheet": True})]
    shop.google.apply(shop.sheet_id, [{"addSheet": {"properties": tab}}, *marks], ROBOT)

    assert shop.check() is True

    assert shop.said[1] == f"Removed what an interrupted run had left: {TITLE} 3"
    assert changed(shop, before) == []


def test_a_tab_that_the_owner_made_of_a_scratch_tab_stays(shop: Shop) -> None:
    tab = {"sheetId": 55, "title": "Notes"}
    requests = [{"addSheet": {"properties": tab}}, mark(2_000_000_001, {"sheetId": 55})]
    shop.google.apply(shop.sheet_id, requests, OWNER)

    assert shop.check() is True
    assert [sheet.title for sheet in shop.book.sheets] == ["Sheet1", "Notes"]
    assert PROBE_KEY not in [one["metadataKey"] for one in shop.book.metadata]


def test_a_scratch_tab_that_cannot_be_deleted_is_named(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = batch.HANDLERS["deleteSheet"]

    def only_with_others(change: Change, request: Json) -> Json:
        if len(change.book.sheets) == 2:
            raise invalid("Not now.")
        return delete(change, request)

    monkeypatch.setitem(batch.HANDLERS, "deleteSheet", only_with_others)

    assert shop.check() is False
    named = f"Could not delete “{shop.book.sheets[-1].title}”. Delete this tab by hand, or run"
    assert sum(line.startswith(named) for line in shop.said) == 1
    assert len(shop.book.sheets) == 2


def test_an_account_that_may_only_read_is_told_so(shop: Shop) -> None:
    shop.book.share[ROBOT] = "reader"
    before = state(shop.book)

    with pytest.raises(Stop) as stop:
        shop.check()

    assert (stop.value.code, changed(shop, before)) == ("google_read_only", [])


def test_access_that_ends_on_the_way_names_what_stays(shop: Shop) -> None:
    def leave() -> None:
        shop.book.share[ROBOT] = "reader"

    shop.google.before(20, leave)

    with pytest.raises(Stop) as stop:
        shop.check()

    assert stop.value.code == "google_read_only"
    assert f"Could not delete “{shop.book.sheets[-1].title}”." in shop.said[-1]


# The command.


def typed(shop: Shop, *arguments: str) -> Said:
    place = f"TRACKER_STORE=gsheets:{shop.sheet_id}\nTRACKER_GOOGLE_CREDENTIALS={shop.key}\n"
    environment = shop.folder / ".env"
    environment.write_text(place, "utf-8")
    environment.chmod(0o600)
    return run_at(shop.folder, NOON, "check", "--live", *arguments)


def test_the_command_ends_with_0_when_all_holds(shop: Shop) -> None:
    said = typed(shop)

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-1] == ALL_HOLD


def test_the_command_ends_with_3_when_something_does_not(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(batch.HANDLERS, "updateCells", _no_links)

    said = typed(shop)

    assert said.code == 3
    assert f"DOES NOT HOLD: {PROBES['linking'].relies[0]}" in said.out.splitlines()


def test_the_command_is_for_google_sheets(shop: Shop) -> None:
    said = typed(shop, "--store", "xlsx:partners.xlsx")

    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(
        "`check --live` tries how Google behaves, so it needs a Google sheet"
    )


def test_each_fact_has_its_texts_in_both_languages() -> None:
    assert set(PROBES) == {*RELIED, *CURIOUS}
    pairs = [pair for one in PROBES.values() for pair in one]
    pairs += [*SEEN.values(), *WORDS.values(), *VERDICTS.values(), *UNPROBED]
    assert [
        pair for pair in pairs if not (pair[0] and any("а" <= c <= "я" for c in pair[1].casefold()))
    ] == []
