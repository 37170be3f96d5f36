"""Do the small parts of the Google store say what they should? Fences and cells."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.cells import Cell, CellError
from tracker.layout import Kind, Tab
from tracker.problems import Stop
from tracker.stores import Generation
from tracker.stores.google_sheets.fence import (
    doomed,
    drop_request,
    fence_request,
    generation_of,
)
from tracker.stores.google_sheets.grid import (
    Raw,
    raw_of,
    read_cell,
    row_of,
    slips_of,
    typed,
    untyped,
)
from tracker.stores.google_sheets.reading import answers
from tracker.stores.google_sheets.standing import Fence, Standing
from tracker.stores.written import number_of

# -- The fence


def fences(count: int, made: int = 0) -> list[Fence]:
    return [Fence(number, "n", made) for number in range(1, count + 1)]


def test_the_fence_is_metadata_whose_id_is_the_generation() -> None:
    assert fence_request(Generation(8, "ab"), 1_700_000_000) == {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": 8,
                "metadataKey": "tracker.generation",
                "metadataValue": "8 ab 1700000000",
                "location": {"spreadsheet": True},
                "visibility": "DOCUMENT",
            }
        }
    }
    lookup = {"metadataId": 7, "metadataKey": "tracker.generation"}
    dropped = {"dataFilter": {"developerMetadataLookup": lookup}}
    assert drop_request(7) == {"deleteDeveloperMetadata": dropped}


@pytest.mark.parametrize(
    ("count", "gone"),
    [(0, ()), (19, ()), (20, (1,)), (21, (1, 2)), (69, tuple(range(1, 51))), (500, tuple(range(1, 51)))],
)  # fmt: skip
def test_twenty_fences_stay_with_the_new_one_and_fifty_go_at_most(
    count: int, gone: tuple[int, ...]
) -> None:
    assert doomed(fences(count), 1_000) == gone


@pytest.mark.parametrize(("age", "gone"), [(599, ()), (600, ()), (601, (1, 2))])
def test_a_fence_stays_while_google_may_still_work_on_its_batch(
    age: int, gone: tuple[int, ...]
) -> None:
    assert doomed(fences(21, made=5_000), 5_000 + age) == gone


def standing(*numbers: int) -> Standing:
    return Standing(
        "book", "ru_RU", "Europe/Moscow", (), tuple(Fence(n, f"n{n}", 0) for n in numbers)
    )


def test_the_last_fence_is_the_generation_and_the_hidden_tab_repeats_it() -> None:
    state = {"generation": "7", "nonce": "n7"}
    assert generation_of(standing(6, 7), state) == (Generation(7, "n7"), Generation(7, "n7"))
    assert generation_of(standing(6, 9), state) == (Generation(9, "n9"), Generation(7, "n7"))
    assert generation_of(standing(), state) == (Generation(7, "n7"), Generation(7, "n7"))
    assert generation_of(standing(), {}) == (Generation(0, ""), Generation(0, ""))


# -- Cells


TEXTS = ["007", "8E5", "+79000000001", '=IMPORTXML("http://example.com";"//a")', "=1+1", "'7",
         "-1", "@a", "TRUE", "1 000,50", "2026-11-02", "#REF!", "ёЁ\n🌵", " padded "]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_text_goes_out_as_text_and_comes_back_as_it_was(text: str) -> None:
    assert typed(text) == {"stringValue": text}
    assert untyped({"stringValue": text}) == text
    assert read_cell(text, Kind.ID) == text


@pytest.mark.parametrize(
    ("cell", "value", "kind"),
    [
        (date(1927, 5, 18), 10_000.0, Kind.DATE),
        (date(2025, 10, 7), 45937.0, Kind.DATE),
        (datetime(2025, 10, 7, 6, 0), 45937.25, Kind.TIME),  # noqa: DTZ001
        (datetime(2025, 10, 7, 23, 59, 59), 45937 + 86399 / 86400, Kind.TIME),  # noqa: DTZ001
        (Decimal("1234.5"), 1234.5, Kind.AMOUNT),
        (Decimal("-0.1"), -0.1, Kind.AMOUNT),
        (Decimal("0.15"), 0.15, Kind.RATE),
        (Decimal(0), 0.0, Kind.NUMBER),
        (Decimal(7), 7.0, Kind.ID),
    ],
)
def test_numbers_and_days_go_out_as_numbers_and_come_back(
    cell: Cell, value: float, kind: Kind
) -> None:
    assert typed(cell) == {"numberValue": value}
    assert read_cell(value, kind) == cell
    assert type(read_cell(value, kind)) is type(cell)


@pytest.mark.parametrize(("cell", "sent"), [(True, {"boolValue": True}), (None, {})])
def test_yes_no_and_nothing_are_kept_apart(cell: Cell, sent: dict[str, Any]) -> None:
    assert typed(cell) == sent
    assert read_cell(untyped(sent), Kind.YES_NO) is cell


@pytest.mark.parametrize(
    ("raw", "kind", "cell"),
    [
        ("", Kind.ID, None),
        (7, Kind.AMOUNT, Decimal(7)),
        (45937, Kind.DATE, date(2025, 10, 7)),
        (45937, Kind.AMOUNT, Decimal(45937)),
        (45937, None, Decimal(45937)),
        (2_958_465, Kind.DATE, date(9999, 12, 31)),
        (2_958_466, Kind.DATE, Decimal(2_958_466)),
        (0, Kind.DATE, Decimal(0)),
        (-3, Kind.DATE, Decimal(-3)),
        (False, Kind.AMOUNT, False),
        (0.1 + 0.2, Kind.AMOUNT, Decimal("0.3")),
        (1e15, Kind.ID, Decimal(10**15)),
        ("#DIV/0!", Kind.AMOUNT, CellError("#DIV/0!")),
        ("#N/A", Kind.DATE, CellError("#N/A")),
        ("Loading...", Kind.RATE, CellError("Loading...")),
        ("#N/A", Kind.TEXT, "#N/A"),
        ("07.10.2025", Kind.DATE, "07.10.2025"),
    ],
)
def test_a_value_of_the_owner_s_is_read_by_the_kind_of_its_column(
    raw: Raw, kind: Kind | None, cell: Cell
) -> None:
    assert read_cell(raw, kind) == cell


@given(
    st.one_of(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1),
        st.decimals(-(10**9), 10**9, places=2).map(lambda number: Decimal(str(number)).normalize()),
        st.booleans(),
        st.none(),
    )
)
def test_whatever_is_stored_is_read_back_equal(cell: Cell) -> None:
    over_the_wire = json.loads(json.dumps(typed(cell)))
    assert read_cell(untyped(over_the_wire), Kind.TEXT) == cell
    assert raw_of(cell) == untyped(over_the_wire)


@given(st.datetimes(datetime(1928, 1, 1), datetime(9999, 12, 31, 23, 59, 59)))  # noqa: DTZ001
def test_every_second_of_every_day_is_read_back_equal(moment: datetime) -> None:
    [_, stored] = row_of(Tab.SETTINGS, {"setting": "a"}, {"setting": 0}, 2)
    assert stored is None
    kept = moment.replace(microsecond=0)
    read = read_cell(json.loads(json.dumps(raw_of(kept))), Kind.TIME)
    assert read == (kept.date() if kept.time().isoformat() == "00:00:00" else kept)


def test_a_record_is_laid_out_by_its_columns_and_leaves_the_owner_s_blank() -> None:
    columns = {"setting": 3, "value": 0}
    laid = row_of(Tab.SETTINGS, {"setting": "a", "value": "b", "meaning": "c"}, columns, 5)
    assert laid == ["b", None, None, "a", None]


def test_a_record_with_a_key_that_the_tab_has_not_is_refused() -> None:
    with pytest.raises(KeyError):
        row_of(Tab.SETTINGS, {"colour": "a"}, {"setting": 0}, 1)


@pytest.mark.parametrize("typed", [2026, 9_999, 3, 0, -1])
def test_a_small_number_in_a_column_of_days_is_no_day(typed: int) -> None:
    assert read_cell(typed, Kind.DATE) == Decimal(typed)


def test_ranges_repeated_in_another_form_are_taken_in_their_order() -> None:
    filled = {"sheetId": 5, "endRowIndex": 9, "endColumnIndex": 3}
    said = {
        "valueRanges": [
            {"valueRange": {"values": [["a"]]}, "dataFilters": [{"gridRange": filled}]},
            {"valueRange": {}, "dataFilters": [{"gridRange": {"sheetId": 6}}]},
        ]
    }
    areas = [(5, 0, None, 0, None), (6, 0, None, 0, None)]

    assert answers(said, areas) == {areas[0]: [["a"]], areas[1]: []}


def test_an_area_without_an_answer_is_not_an_empty_one() -> None:
    with pytest.raises(Stop) as stop:
        answers({"valueRanges": []}, [(5, 0, None, 0, None)])

    assert stop.value.code == "google_odd_answer"


@pytest.mark.parametrize(
    ("locale", "raw", "read"),
    [
        ("ru_RU", 46296, date(2026, 10, 1)),
        ("de_DE", 46296, date(2026, 10, 1)),
        ("en_US", 46296, Decimal(46296)),
        ("ru_RU", 46296.5, Decimal("46296.5")),
        ("ru_RU", 40000, Decimal(40000)),
        ("", 46296, Decimal(46296)),
    ],
)
def test_a_whole_number_of_these_years_may_be_a_day_where_a_comma_is_the_decimal_mark(
    locale: str, raw: float, read: Cell
) -> None:
    assert read_cell(raw, Kind.AMOUNT, slips_of(locale, date(2026, 11, 22))) == read
    assert read_cell(raw, Kind.NUMBER, slips_of(locale, date(2026, 11, 22))) == Decimal(str(raw))


@pytest.mark.parametrize(
    ("binary", "read"),
    [
        (0.7 - 0.55, "0.15"), (0.1 + 0.05, "0.15"), (1.1 + 2.2, "3.3"), (1500.55, "1500.55"),
        (9999999999999.99, "9999999999999.99"), (-0.1, "-0.1"), (1e15, "1000000000000000"), (7.0, "7"),
    ],
)  # fmt: skip
def test_what_a_formula_left_behind_the_fifteenth_digit_is_not_read(
    binary: float, read: str
) -> None:
    assert number_of(binary) == Decimal(read)
