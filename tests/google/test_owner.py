"""Does the owner of the tests do what a person does in the browser?"""

from __future__ import annotations

from datetime import date

import pytest

from tests.google.fake import FakeGoogle
from tests.google.owner import Owner


@pytest.fixture
def owner() -> Owner:
    google = FakeGoogle()
    google.create("book")
    owner = Owner(google, "book")
    owner.rename_tab("Sheet1", "Партнёры")
    for place, heading in enumerate(["партнёр", "amount", "my note"]):
        owner.sheet("Партнёры").put(0, place, [heading])
    owner.type_rows(
        "Partners",
        {"partner_id": "ivan", "amount": "20", "my note": "7%"},
        {"partner_id": "anna", "amount": 5.5},
    )
    return owner


def notes(owner: Owner, heading: str = "partner_id") -> list[object]:
    return [row[heading] for row in owner.rows("Partners")]


def test_rows_are_typed_by_heading_or_by_our_english_key(owner: Owner) -> None:
    assert owner.type_rows("Partners", {"партнёр": "0042"}) == [4]

    assert notes(owner, "партнёр") == ["ivan", "anna", 42]
    assert notes(owner, "my note") == [0.07, None, None]
    assert owner.find("Partners", "partner_id", "anna") == 3


def test_formulas_below_do_not_push_typed_rows_away(owner: Owner) -> None:
    owner.set_cell("Partners", 900, "my note", "=SUM(B2:B)")

    assert owner.type_rows("Partners", {"partner_id": "olga"}) == [4]
    assert owner.rows("Partners")[-1]["my note"] == 25.5


def test_a_number_typed_as_text_is_not_summed(owner: Owner) -> None:
    assert owner.plain_sum("Partners", "amount") == 25.5
    owner.type_text("Partners", 2, "amount", "20")

    assert owner.plain_sum("Partners", "amount") == 5.5
    assert owner.cell("Partners", 2, "amount") == {"stringValue": "20"}


def test_sorting_moves_rows_and_not_the_heading(owner: Owner) -> None:
    owner.sort("Partners", "amount")
    assert notes(owner) == ["anna", "ivan"]

    owner.sort("Partners", "partner_id", descending=True)
    assert notes(owner) == ["ivan", "anna"]


def test_a_filter_hides_and_moves_nothing(owner: Owner) -> None:
    owner.filter("Partners", "amount", lambda cell: cell == 20)
    hidden = [dim.hidden_by_filter for dim in owner.sheet("Partners").row_dims[:3]]
    assert (hidden, notes(owner)) == ([False, False, True], ["ivan", "anna"])

    owner.unfilter("Partners")
    owner.hide_rows("Partners", 2)
    shown = [
        (dim.hidden_by_filter, dim.hidden_by_user) for dim in owner.sheet("Partners").row_dims[:3]
    ]
    assert shown == [(False, False), (False, True), (False, False)]


def test_rows_come_go_and_are_copied(owner: Owner) -> None:
    owner.insert_row("Partners", 2)
    assert owner.find("Partners", "partner_id", "ivan") == 3

    assert owner.duplicate_row("Partners", 3) == 5
    owner.delete_rows("Partners", 2, 4)
    assert notes(owner) == ["ivan", "ivan"]


def test_columns_come_go_and_move(owner: Owner) -> None:
    owner.insert_column("Partners", "amount", "new")
    owner.move_column("Partners", "my note", "партнёр")
    owner.delete_column("Partners", "amount")

    assert owner.sheet("Partners").rows[0] == ("my note", "партнёр", "new")
    assert notes(owner) == ["ivan", "anna"]


def test_the_file_and_its_tabs_change(owner: Owner) -> None:
    owner.add_tab("Mine", [["day"], [date(2026, 11, 3)]])
    owner.rename_file("Shop")
    owner.set_locale("ru_RU")

    assert owner.rows("Mine") == [{"day": 46329}]
    assert (owner.book.title, owner.book.locale) == ("Shop", "ru_RU")
    owner.delete_tab("Partners")
    assert [sheet.title for sheet in owner.book.sheets] == ["Mine"]
    with pytest.raises(KeyError):
        owner.sheet("Partners")


def test_an_older_version_comes_back_whole(owner: Owner) -> None:
    version = owner.version()
    owner.delete_rows("Partners", 2)
    owner.restore(version)

    assert notes(owner) == ["ivan", "anna"]
