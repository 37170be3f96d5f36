"""No text becomes a formula in somebody's spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.safe_cells import FORMULA_SIGNS, safe

RUNS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x", " =1", "\u00a0=1", "=cmd|' /C calc'!A0"]  # fmt: skip


@pytest.mark.parametrize("typed", RUNS)
def test_a_text_that_would_run_begins_with_an_apostrophe(typed: str) -> None:
    assert safe(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["", "maria", "1042", "007", "1E5", "po_1", "a=b", "'=1", "Чай"])
def test_other_text_stays_as_it_is(typed: str) -> None:
    assert safe(typed) == typed


def test_a_bare_phone_is_what_a_bank_reads() -> None:
    assert safe("+79000000001") == "+79000000001"
    assert safe("+7900000000A") == "'+7900000000A"
    assert safe("+7 900 000-00-01") == "'+7 900 000-00-01"


@given(st.text(max_size=40))
def test_no_cell_begins_with_a_sign_after_a_trip_through_csv(typed: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([safe(typed)])
    ((read,),) = list(csv.reader(io.StringIO(out.getvalue(), newline=""))) or [[""]]

    assert read[1:].isdigit() or not read.lstrip().startswith(FORMULA_SIGNS)
    assert read in {typed, f"'{typed}"}
