"""Is every refusal of Google's said in words, with the place and the remedy, in both languages?"""

from __future__ import annotations

import re

import pytest

from tracker.problems import Stop
from tracker.sentences import stop_says
from tracker.sentences.google import GOOGLE
from tracker.stores.google_sheets.refusals import stop_for, tab_of
from tracker.stores.google_sheets.wire import Refused

EMAIL = "robot@shop.iam.gserviceaccount.com"
WHERE = "https://docs.google.com/spreadsheets/d/1AbC/edit"
TABS = ("", "Journal", "Commissions")

DENIED = "The caller does not have permission"
API_OFF = (
    "Google Sheets API has not been used in project 123 before or it is disabled. Enable it by "
    "visiting https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=123 "
    "then retry."
)
PROTECTED = (
    "Invalid requests[2].updateCells: You are trying to edit a protected cell or object. Please "
    "contact the spreadsheet owner to remove protection if you need to edit."
)
FULL = (
    "Invalid requests[1].insertDimension: This action would increase the number of cells in the "
    "workbook above the limit of 10000000 cells."
)
GONE = "Invalid requests[1].insertDimension: No grid with id: 7"
LOGIN = "Request had invalid authentication credentials. Expected OAuth 2 access token."
CASES = {
    "a dead key": (Refused(401, "UNAUTHENTICATED", LOGIN), False, "google_key_revoked", [EMAIL]),
    "not there": (Refused(404, "NOT_FOUND", "Requested entity was not found."), False, "google_not_found", [WHERE, EMAIL]),
    "not shared": (Refused(403, "PERMISSION_DENIED", DENIED), False, "google_not_shared", [WHERE, EMAIL]),
    "a reader": (Refused(403, "PERMISSION_DENIED", DENIED), True, "google_read_only", [WHERE, EMAIL]),
    "API off": (Refused(403, "PERMISSION_DENIED", API_OFF), False, "google_api_off", [EMAIL]),
    "API off by reason": (Refused(403, "PERMISSION_DENIED", "No.", "SERVICE_DISABLED"), True, "google_api_off", [EMAIL]),
    "an .xlsx": (Refused(400, "FAILED_PRECONDITION", "This operation is not supported for this document"), False, "google_office_file", [WHERE]),
    "an .xlsx, newer": (Refused(400, "FAILED_PRECONDITION", "The document must not be an Office file."), True, "google_office_file", [WHERE]),
    "protected": (Refused(400, "INVALID_ARGUMENT", PROTECTED), True, "google_protected", ["Commissions", EMAIL]),
    "protected, unnamed": (Refused(400, "INVALID_ARGUMENT", "You are trying to edit a protected cell"), True, "google_protected", [WHERE, EMAIL]),
    "full": (Refused(400, "INVALID_ARGUMENT", FULL), True, "google_full", [WHERE]),
    "a tab is gone": (Refused(400, "INVALID_ARGUMENT", GONE), True, "google_refused", ["400", GONE]),
}  # fmt: skip


def stop(refused: Refused, *, writing: bool = True) -> Stop:
    return stop_for(refused, email=EMAIL, where=WHERE, writing=writing, tabs=TABS)


@pytest.mark.parametrize(("refused", "writing", "code", "named"), CASES.values(), ids=CASES)
def test_a_refusal_is_said_with_the_place_in_both_languages(
    refused: Refused, code: str, named: list[str], *, writing: bool
) -> None:
    found = stop(refused, writing=writing)
    assert found.code == code
    for language in ("en", "ru"):
        said = stop_says(found, language)
        assert [word for word in named if word not in said] == []


def test_google_s_own_words_are_cut_where_they_are_long() -> None:
    says = dict(stop(Refused(400, "", "x" * 5_000)).params)["says"]
    assert says == "x" * 200


@pytest.mark.parametrize(
    ("message", "tab"),
    [("Invalid requests[0].x: no", ""), ("Invalid requests[1].x: no", "Journal"),
     ("Invalid requests[2].x: no", "Commissions"), ("Invalid requests[3].x: no", ""),
     ("Internal", "")],
)  # fmt: skip
def test_the_tab_of_a_refused_request_is_known(message: str, tab: str) -> None:
    assert tab_of(Refused(400, "", message), TABS) == tab


# What a person can do about each: a word of the remedy in English and in Russian.
REMEDIES = {
    "google_address": ("copy its address", "скопируйте её адрес"),
    "google_key_unset": ("TRACKER_GOOGLE_CREDENTIALS=", "TRACKER_GOOGLE_CREDENTIALS="),
    "google_key_missing": (
        "Correct TRACKER_GOOGLE_CREDENTIALS",
        "Исправьте TRACKER_GOOGLE_CREDENTIALS",
    ),
    "google_key_open": ("chmod 600", "chmod 600"),
    "google_key_unreadable": ("Download one as JSON", "Скачайте ключ в формате JSON"),
    "google_key_revoked": ("Make a new one", "Создайте новый"),
    "google_clock": ("Set the clock", "Поставьте верное время"),
    "google_not_shared": ("press Share", "«Настройки доступа»"),
    "google_read_only": ("Editor", "«Редактор»"),
    "google_api_off": ("press Enable", "нажмите Enable"),
    "google_not_found": ("TRACKER_STORE", "TRACKER_STORE"),
    "google_office_file": ("Save as Google Sheets", "«Сохранить как таблицу Google»"),
    "google_protected": ("Protect sheets and ranges", "«Защитить листы и диапазоны»"),
    "google_full": ("Delete empty columns", "Удалите пустые столбцы"),
    "google_quota": ("the next run goes on", "следующий запуск продолжит"),
    "google_unreachable": ("Check the connection", "Проверьте связь"),
    "google_odd_answer": ("Start again", "Запустите снова"),
    "google_refused": ("tracker check", "tracker check"),
    "google_columns_moved": ("Delete exactly these rows", "Удалите ровно эти строки"),
    "google_hidden_missing": ("tracker init", "tracker init"),
    "answer_lost": ("check the connection", "проверьте связь"),
}


@pytest.mark.parametrize("code", REMEDIES)
def test_every_refusal_has_its_remedy_in_both_languages(code: str) -> None:
    english, russian = GOOGLE[code]
    assert REMEDIES[code][0] in english
    assert REMEDIES[code][1] in russian


@pytest.mark.parametrize("code", GOOGLE)
def test_both_languages_name_the_same_facts(code: str) -> None:
    english, russian = GOOGLE[code]
    assert set(re.findall(r"\{(\w+)\}", english)) == set(re.findall(r"\{(\w+)\}", russian))
    assert english != russian
