"""Are tabs, headings and choices understood in both languages, and refused by name and cell?"""

from __future__ import annotations

import re

import pytest

from tracker.layout import (
    LAYOUT,
    SETTINGS,
    Tab,
    TabSpec,
    address,
    choice_value,
    columns_of,
    find_tab,
    letter,
    lookup,
)
from tracker.problems import Stop
from tracker.sentences import stop_says

SPECS = list(LAYOUT.values())


@pytest.mark.parametrize(
    ("title", "tab"),
    [
        ("Partners", Tab.PARTNERS),
        (" partners ", Tab.PARTNERS),
        ("ПАРТНЕРЫ", Tab.PARTNERS),
        ("История   промокодов", Tab.CODE_HISTORY),
        ("webhook LOG", Tab.WEBHOOK_LOG),
        ("Partners 2", None),
        ("", None),
    ],
)
def test_a_tab_is_found_by_either_title(title: str, tab: Tab | None) -> None:
    assert find_tab(title) is tab


def test_columns_are_found_in_any_order_and_language_among_others() -> None:
    headings = ["URL", None, "мой столбец", " Партнёр", "ref", "Канал"]

    found = columns_of(Tab.LINKS, headings, "Ссылки")

    assert found == {"url": 0, "partner_id": 3, "ref": 4, "channel": 5}


@pytest.mark.parametrize("missing", ["note", "check"])
def test_the_owners_own_columns_may_be_missing(missing: str) -> None:
    headings = [c.key for c in LAYOUT[Tab.PARTNERS].columns if c.key != missing]

    assert missing not in columns_of(Tab.PARTNERS, headings, "Partners")


def test_the_note_of_a_ledger_tab_may_not_be_missing() -> None:
    headings = [c.key for c in LAYOUT[Tab.RUNS].columns if c.key != "note"]

    with pytest.raises(Stop) as stop:
        columns_of(Tab.RUNS, headings, "Runs")
    assert stop.value.code == "heading_missing"


def test_a_missing_heading_is_said_with_tab_cell_and_remedy() -> None:
    with pytest.raises(Stop) as stop:
        columns_of(Tab.LINKS, ["ref", "partner", "channel", "url"], "Links")

    assert stop_says(stop.value, "en") == (
        "The tab Links has no column partner_id; it is expected about B1. Write partner_id (or "
        "партнёр) back into row 1, or add the column with `python -m tracker init`."
    )


def test_a_doubled_heading_is_said_with_both_cells() -> None:
    with pytest.raises(Stop) as stop:
        columns_of(Tab.LINKS, ["ref", "partner_id", "channel", "url", "Метка"], "Links")

    assert stop_says(stop.value, "ru") == (
        "На листе «Links» столбец «метка» стоит дважды, в A1 и E1. Переименуйте или удалите "
        "один из них."
    )


@pytest.mark.parametrize(
    ("tab", "key", "text", "value"),
    [
        (Tab.PARTNERS, "status", "Ушел", "left"),
        (Tab.PARTNERS, "status", "ACTIVE ", "active"),
        (Tab.PARTNERS, "status", "gone", None),
        (Tab.LEADS, "status", "в  работе", "in_work"),
        (Tab.LEADS, "status", "in work", "in_work"),
        (Tab.CODES, "new_customers_only", "Да", "yes"),
        (Tab.CODES, "new_customers_only", "1", "yes"),
        (Tab.CODES, "new_customers_only", "FALSE", "no"),
        (Tab.CODES, "new_customers_only", "maybe", None),
        (Tab.PAYOUTS, "result", "возвращено", "returned"),
        (Tab.DECISIONS, "decision", "назначить", "assign"),
    ],
)
def test_a_choice_is_understood_in_either_language(
    tab: Tab, key: str, text: str, value: str | None
) -> None:
    assert choice_value(LAYOUT[tab].column(key), text) == value


def test_a_settings_choice_is_understood_in_either_language() -> None:
    two_codes = next(setting for setting in SETTINGS if setting.key == "two_codes")

    assert choice_value(two_codes, "Последний") == "last"


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_named_as_in_a_sheet(index: int, name: str) -> None:
    assert letter(index) == name


def test_a_cell_is_named_by_column_and_row() -> None:
    assert address(2, 5) == "C5"


def test_a_lookup_folds_blanks_as_the_formula_does() -> None:
    assert lookup(Tab.CODES, "  IVAN   10 ") == "Codes|IVAN 10"


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.tab.value)
def test_no_two_headings_of_a_tab_can_be_taken_for_each_other(spec: TabSpec) -> None:
    columns = spec.columns
    for headings in ([c.key for c in columns], [c.ru for c in columns]):
        found = columns_of(spec.tab, headings, "x")

        assert found == {c.key: place for place, c in enumerate(columns)}


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.tab.value)
def test_a_tab_fits_what_excel_allows(spec: TabSpec) -> None:
    assert max(len(spec.tab), len(spec.ru)) <= 31
    assert not re.search(r"[\[\]:*?/\\]", spec.tab + spec.ru)
    for column in spec.columns:
        words = (",".join(c.en for c in column.choices), ",".join(c.ru for c in column.choices))
        assert max(map(len, words)) <= 253


@pytest.mark.parametrize("tab", list(Tab))
def test_the_key_of_a_row_is_one_of_its_columns(tab: Tab) -> None:
    assert LAYOUT[tab].key_column in [column.key for column in LAYOUT[tab].columns]
