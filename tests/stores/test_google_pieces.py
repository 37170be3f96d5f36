"""Do the small parts of the Google store say what they should? Addresses, keys, fences, cells."""

from __future__ import annotations

import json
import os
import traceback
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stores.google_account import EMAIL, key_content, key_file, private_key
from tracker.cells import Cell, CellError
from tracker.layout import Kind, Tab
from tracker.problems import Stop
from tracker.stores import Generation
from tracker.stores.google_sheets.address import link_to, spreadsheet_id
from tracker.stores.google_sheets.fence import (
    doomed,
    drop_request,
    fence_request,
    generation_of,
)
from tracker.stores.google_sheets.grid import Raw, raw_of, read_cell, row_of, typed, untyped
from tracker.stores.google_sheets.keys import load_account
from tracker.stores.google_sheets.standing import Fence, Standing, read_standing

ID = "1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcd"

# -- Which spreadsheet


@pytest.mark.parametrize(
    "typed_in",
    [
        ID,
        f"  {ID}\n",
        f"https://docs.google.com/spreadsheets/d/{ID}",
        f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0",
        f"https://docs.google.com/spreadsheets/d/{ID}?usp=sharing",
        f"https://docs.google.com/spreadsheets/u/0/d/{ID}/edit?gid=7#gid=7",
        f"https://docs.google.com/a/example.com/spreadsheets/d/{ID}/edit",
        f"docs.google.com/spreadsheets/d/{ID}#",
    ],
)
def test_an_id_and_every_form_of_the_address_name_the_sheet(typed_in: str) -> None:
    assert spreadsheet_id(typed_in) == ID
    assert spreadsheet_id(link_to(ID)) == ID


@pytest.mark.parametrize(
    "typed_in",
    [
        "", "short", "partners.xlsx", "my sheet of partners", "../../../etc/passwd",
        "https://docs.google.com/spreadsheets/d/e/2PACX-1vQ/pubhtml",
        f"https://docs.google.com/document/d/{ID}/edit",
        f"https://docs.google.com/spreadsheets/d/{ID}!",
        "https://drive.google.com/drive/folders/1AbC", "таблица-партнёров",
    ],
)  # fmt: skip
def test_what_names_no_sheet_stops_with_what_was_typed(typed_in: str) -> None:
    with pytest.raises(Stop) as stop:
        spreadsheet_id(typed_in)
    assert (stop.value.code, stop.value.params) == ("google_address", (("place", typed_in),))


# -- Whose key


def test_a_key_file_of_its_owner_alone_opens_the_sheet(tmp_path: Path) -> None:
    account = load_account(key_file(tmp_path))
    assert account.email == EMAIL
    assert account.credentials.scopes == ["https://www.googleapis.com/auth/spreadsheets"]


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644, 0o777])
def test_a_key_that_others_may_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    path = key_file(tmp_path, mode=mode)
    with pytest.raises(Stop) as stop:
        load_account(path)
    assert (stop.value.code, stop.value.params) == ("google_key_open", (("path", str(path)),))


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_key_for_its_owner_alone_is_taken(tmp_path: Path, mode: int) -> None:
    assert load_account(key_file(tmp_path, mode=mode)).email == EMAIL


@pytest.mark.skipif(os.name != "posix", reason="links and modes are those of POSIX")
def test_a_link_is_as_open_as_the_key_it_leads_to(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(key_file(tmp_path, mode=0o644))
    with pytest.raises(Stop, match="google_key_open"):
        load_account(link)


def test_no_key_no_file_and_a_folder_are_told_apart_from_a_wrong_key(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="google_key_unset"):
        load_account(None)
    with pytest.raises(Stop, match="google_key_missing"):
        load_account(tmp_path / "none.json")
    with pytest.raises(Stop, match="google_key_missing"):
        load_account(tmp_path)


SENTINEL = "MIIEvQIBADANBgkqSENTINEL"
PEM = f"-----BEGIN PRIVATE KEY-----\n{SENTINEL}\n-----END PRIVATE KEY-----\n"
DAMAGED: dict[str, str | bytes] = {
    "empty": "",
    "no JSON": f'{{"private_key": "{SENTINEL}',
    "not UTF-8": b'{"private_key": "\xff\xfe' + SENTINEL.encode(),
    "a list": json.dumps([SENTINEL]),
    "a text": json.dumps(SENTINEL),
    "deep": "[" * 60_000 + SENTINEL,
    "too long": json.dumps(key_content(padding=SENTINEL + " " * 65_536)),
    "no key in it": json.dumps(key_content(private_key=f"{SENTINEL}")),
    "half a key": json.dumps(key_content(private_key=PEM)),
    "a number for a key": json.dumps(key_content(private_key=7, note=SENTINEL)),
    "half a sign": '{"type":"service_account","client_email":"a","token_uri":"b","private_key":"\\ud800'
    + f'{SENTINEL}"}}',
    "a user's key": json.dumps(key_content(type="authorized_user", client_secret=SENTINEL)),
    "no e-mail": json.dumps(key_content(client_email="", note=SENTINEL)),
    "no type": json.dumps({"private_key": SENTINEL}),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_wrong_key_file_stops_and_nothing_of_it_is_told(
    tmp_path: Path, content: str | bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    path = key_file(tmp_path, content)
    with pytest.raises(Stop) as stop:
        load_account(path)
    assert (stop.value.code, stop.value.params) == ("google_key_unreadable", (("path", str(path)),))
    said = "".join(traceback.format_exception(stop.value)) + "".join(capfd.readouterr())
    assert SENTINEL not in said
    assert private_key().splitlines()[3] not in said
    assert stop.value.__cause__ is None
    assert stop.value.__suppress_context__


def test_an_account_never_shows_its_key(tmp_path: Path) -> None:
    account = load_account(key_file(tmp_path))
    shown = repr(account) + str(account) + repr(account.credentials)
    assert EMAIL in shown
    assert not [line for line in private_key().splitlines() if line in shown]


# -- The fence


def fences(count: int, made: int = 0) -> list[Fence]:
    return [Fence(number, "n", made) for number in range(1, count + 1)]


def test_the_fence_is_metadata_whose_id_is_the_generation() -> None:
    assert fence_request(Generation(8, "ab"), 1_700_000_000) == {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": 8,
                "metadataKey": "tracker.generation",
                "metadataValue": "ab 1700000000",
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
    return Standing("book", "ru_RU", "Europe/Moscow", (), tuple(Fence(n, f"n{n}", 0) for n in numbers))


def test_the_last_fence_is_the_generation_and_the_hidden_tab_repeats_it() -> None:
    state = {"generation": "7", "nonce": "n7"}
    assert generation_of(standing(6, 7), state) == (Generation(7, "n7"), Generation(7, "n7"))
    assert generation_of(standing(6, 9), state) == (Generation(9, "n9"), Generation(7, "n7"))
    assert generation_of(standing(), state) == (Generation(7, "n7"), Generation(7, "n7"))
    assert generation_of(standing(), {}) == (Generation(0, ""), Generation(0, ""))


# -- Cells


TEXTS = ["007", "8E5", "+79000000001", "=IMPORTXML(\"http://example.com\";\"//a\")", "=1+1", "'7",
         "-1", "@a", "TRUE", "1 000,50", "2026-11-02", "#REF!", "ёЁ\n🌵", " padded "]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_text_goes_out_as_text_and_comes_back_as_it_was(text: str) -> None:
    assert typed(text) == {"stringValue": text}
    assert untyped({"stringValue": text}) == text
    assert read_cell(text, Kind.ID) == text


@pytest.mark.parametrize(
    ("cell", "value", "kind"),
    [
        (date(1901, 1, 1), 367.0, Kind.DATE),
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
        (0.1 + 0.2, Kind.AMOUNT, Decimal("0.30000000000000004")),
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


@given(st.datetimes(datetime(1901, 1, 1), datetime(9999, 12, 31, 23, 59, 59)))  # noqa: DTZ001
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


# -- What the spreadsheet is made of


def sheet(sheet_id: int, title: str, mark: str | None = None, **more: Any) -> dict[str, Any]:
    properties = {"title": title, "gridProperties": {"rowCount": 5, "columnCount": 4}} | more
    if sheet_id:
        properties["sheetId"] = sheet_id  # Google leaves a zero out
    found: dict[str, Any] = {"properties": properties}
    if mark is not None:
        found["developerMetadata"] = [{"metadataKey": "tracker.tab", "metadataValue": mark}]
    return found


def seen(*sheets: dict[str, Any], **more: Any) -> Standing:
    return read_standing({"properties": {"title": "Book"}, "sheets": list(sheets)} | more)


def test_the_first_sheet_has_the_id_zero_that_google_leaves_out() -> None:
    found = seen(sheet(0, "Partners", sheetType="GRID"), sheet(5, "Мои записи"))
    assert found.tabs[Tab.PARTNERS].sheet_id == 0
    assert (found.tabs[Tab.PARTNERS].rows, found.tabs[Tab.PARTNERS].columns) == (5, 4)
    assert list(found.tabs) == [Tab.PARTNERS]
    assert found.cells == 40


def test_a_renamed_tab_is_ours_by_its_mark_and_an_unmarked_one_by_its_title() -> None:
    found = seen(sheet(3, "Наши люди", "Partners"), sheet(4, " партнёры "[1:-1].upper() + "?"),
                 sheet(5, "ПРОМОКОДЫ"))  # fmt: skip
    assert found.tabs[Tab.PARTNERS].sheet_id == 3
    assert found.tabs[Tab.CODES].sheet_id == 5
    assert (found.tabs[Tab.PARTNERS].marked, found.tabs[Tab.CODES].marked) == (True, False)


def test_of_a_tab_and_its_duplicate_the_one_with_the_true_title_is_ours() -> None:
    found = seen(sheet(3, "Copy of Partners", "Partners"), sheet(4, "Partners", "Partners"))
    assert found.tabs[Tab.PARTNERS].sheet_id == 4


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (sheet(3, "Mine", "Partners"), sheet(4, "Copy of Mine", "Partners")),
        (sheet(3, "Partners"), sheet(4, "Партнёры")),
        (sheet(3, "Partners", "Partners"), sheet(4, "Партнёры", "Partners")),
        (sheet(3, "Mine", "Partners"), sheet(4, "Partners")),
        (sheet(3, "Partners"), sheet(4, "Mine", "Partners")),
    ],
)
def test_two_tabs_of_which_either_may_be_ours_stop_the_run(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    with pytest.raises(Stop) as stop:
        seen(first, second)
    titles = (first["properties"]["title"], second["properties"]["title"])
    assert stop.value.code == "tab_doubled"
    assert tuple(value for _, value in stop.value.params) == titles


def test_a_chart_on_a_sheet_of_its_own_is_no_tab() -> None:
    found = seen({"properties": {"sheetId": 4, "title": "Partners", "sheetType": "OBJECT"}})
    assert (found.tabs, found.cells) == ({}, 0)


def test_fences_come_in_the_order_of_their_numbers_and_others_metadata_is_left_out() -> None:
    key = "tracker.generation"
    found = seen(developerMetadata=[
        {"metadataId": 12, "metadataKey": key, "metadataValue": "b 1700000009"},
        {"metadataId": 4, "metadataKey": "somebody's", "metadataValue": "x 1"},
        {"metadataId": 11, "metadataKey": key, "metadataValue": "a"},
    ])  # fmt: skip
    assert found.fences == (Fence(11, "a", 0), Fence(12, "b", 1_700_000_009))


def test_the_hidden_tab_is_found_by_its_title() -> None:
    found = seen(sheet(0, "Partners"), sheet(9, "_tracker"))
    assert found.hidden is not None
    assert (found.hidden.sheet_id, found.hidden.tab) == (9, None)


def test_a_tab_that_is_not_there_is_named_in_both_languages() -> None:
    with pytest.raises(Stop) as stop:
        seen().sheet(Tab.PARTNERS)
    assert stop.value.params == (("tab", "Partners"), ("tab_ru", "Партнёры"))
