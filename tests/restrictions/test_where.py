"""Where does an order have to come from? Cities, countries, channels."""

from __future__ import annotations

import pytest
from babel import Locale

from tests.restricted import why
from tracker.places import COUNTRIES, place_fits


@pytest.mark.parametrize(
    "city",
    [
        "Москва",
        " МОСКВА ",
        "г. Москва",
        "г.Москва",
        "г Москва",
        "город Москва",
        "Moscow",
        "Ｍoscow",
        "Moscow, Russia",
    ],
)
def test_a_city_is_known_however_it_is_written(city: str) -> None:
    assert why(regions=("Москва",), of_city=city) == ""
    assert why(regions=("г. москва",), of_city=city) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [("Орел", "Орёл"), ("СПб", "Санкт-Петербург"), ("ростов на дону", "Rostov-on-Don")],
)
def test_letters_of_one_sound_and_usual_short_names_are_one_city(typed: str, said: str) -> None:
    assert place_fits(typed, said, None)


@pytest.mark.parametrize("country", ["RU", "ru", "Россия", "Russia", "РФ", "Russian Federation"])
def test_a_country_is_known_by_its_code_and_its_names(country: str) -> None:
    assert why(regions=("Россия",), of_country=country) == ""
    assert why(regions=("Казахстан",), of_country=country) == "code_region"


@pytest.mark.parametrize(
    ("regions", "city", "country", "says"),
    [
        (("Москва",), "Казань", None, "code_region"),
        (("Москва",), None, "RU", "region_unknown"),
        (("Москва",), None, None, "region_unknown"),
        (("Россия",), "Казань", None, "region_unknown"),
        (("Россия",), None, "KZ", "code_region"),
        (("Москва", "KZ"), None, "Казахстан", ""),
        (("Москва", "KZ"), "Казань", "RU", "code_region"),
        (("Москва", "KZ"), "Казань", None, "region_unknown"),
    ],
)
def test_what_is_not_known_is_asked_and_not_refused(
    regions: tuple[str, ...], city: str | None, country: str | None, says: str
) -> None:
    assert why(regions=regions, of_city=city, of_country=country) == says


def test_the_names_of_countries_are_those_that_the_world_uses() -> None:
    english, russian = (Locale(one).territories for one in ("en", "ru"))

    strange = [
        code
        for code in COUNTRIES
        if not place_fits(english[code], None, code) or not place_fits(russian[code], None, code)
    ]

    assert strange == []


@pytest.mark.parametrize(
    ("channel", "says"),
    [
        ("site", ""),
        (" SITE ", ""),
        ("app", ""),
        ("store", "code_channel"),
        (None, "channel_unknown"),
        ("", "channel_unknown"),
    ],
)
def test_a_channel_is_compared_as_a_word(channel: str | None, says: str) -> None:
    assert why(channels=("Site", "app"), of_channel=channel) == says
