"""Do names come out in Latin letters that people can read?"""

from __future__ import annotations

import pytest

from tracker.translit import first_name, full_name, latin


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Иван", "IVAN"),
        ("Мария", "MARIYA"),
        ("Алёна Щукина", "ALYONASHCHUKINA"),
        ("Фёдор Подъячий", "FYODORPODYACHIY"),
        ("Цой Хью Жюль", "TSOYKHYUZHYUL"),
        ("Їжак Ґанна", "YIZHAKGANNA"),
        ("Zoë Müller-Łoś", "ZOEMULLERLOS"),
        ("Straße 7½", "STRASSE712"),
        ("и\u0306од", "YOD"),  # й typed as two signs
        ("ПРИВЕТ", "PRIVET"),
        ("山田 ☕", ""),
    ],
)
def test_a_name_is_written_letter_by_letter(name: str, code: str) -> None:
    assert latin(name) == code


@pytest.mark.parametrize(
    ("name", "partner_id", "code"),
    [
        ("Иван Блогер", "p1", "IVAN"),
        ("Анна-Мария К.", "p1", "ANNA"),
        ("ООО «Ромашка»", "p1", "ROMASHKA"),
        ("ИП Иванов", "p1", "IVANOV"),
        ("☕ Coffee Corner", "p1", "COFFEE"),
        ("", "борис-7", "BORIS7"),
        ("山田", "田", "PARTNER"),
    ],
)
def test_the_first_word_that_says_something_stands_for_a_partner(
    name: str, partner_id: str, code: str
) -> None:
    assert first_name(name, partner_id) == code


def test_the_full_name_leaves_the_legal_form_out() -> None:
    assert full_name("ООО Ромашка и Ко", "p1") == "ROMASHKAIKO"
    assert full_name("", "p-1") == "P1"
