"""Is an order from the city or country that the owner named?

Shops write `RU`, `Russia` or `Россия`, people type `г. Москва`. A country is known by its code and
by its usual names in English and Russian; of all other words one is compared with the order's own.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.words import WORDS_KEPT, plain_word

_CITY_MARK = re.compile(r"(?:г\.|гор\.|г |город |city of )\s*")

# fmt: off
COUNTRIES: dict[str, str] = {
    "AE": "United Arab Emirates, UAE, ОАЭ, Объединённые Арабские Эмираты",
    "AM": "Armenia, Армения",
    "AR": "Argentina, Аргентина",
    "AT": "Austria, Австрия",
    "AU": "Australia, Австралия",
    "AZ": "Azerbaijan, Азербайджан",
    "BE": "Belgium, Бельгия",
    "BG": "Bulgaria, Болгария",
    "BR": "Brazil, Бразилия",
    "BY": "Belarus, Беларусь, Белоруссия, Республика Беларусь",
    "CA": "Canada, Канада",
    "CH": "Switzerland, Швейцария",
    "CN": "China, Китай, КНР",
    "CY": "Cyprus, Кипр",
    "CZ": "Czechia, Czech Republic, Чехия",
    "DE": "Germany, Deutschland, Германия, ФРГ",
    "DK": "Denmark, Дания",
    "EE": "Estonia, Эстония",
    "EG": "Egypt, Египет",
    "ES": "Spain, Испания",
    "FI": "Finland, Финляндия",
    "FR": "France, Франция",
    "GB": "United Kingdom, UK, Great Britain, Великобритания, Англия",
    "GE": "Georgia, Грузия",
    "GR": "Greece, Греция",
    "HK": "Hong Kong, Hong Kong SAR China, Гонконг, Гонконг (САР)",
    "HR": "Croatia, Хорватия",
    "HU": "Hungary, Венгрия",
    "ID": "Indonesia, Индонезия",
    "IE": "Ireland, Ирландия",
    "IL": "Israel, Израиль",
    "IN": "India, Индия",
    "IT": "Italy, Италия",
    "JP": "Japan, Япония",
    "KG": "Kyrgyzstan, Кыргызстан, Киргизия",
    "KR": "South Korea, Korea, Южная Корея, Корея, Республика Корея",
    "KZ": "Kazakhstan, Казахстан",
    "LT": "Lithuania, Литва",
    "LV": "Latvia, Латвия",
    "MD": "Moldova, Молдова, Молдавия",
    "ME": "Montenegro, Черногория",
    "MN": "Mongolia, Монголия",
    "MX": "Mexico, Мексика",
    "NL": "Netherlands, The Netherlands, Нидерланды, Голландия",
    "NO": "Norway, Норвегия",
    "NZ": "New Zealand, Новая Зеландия",
    "PL": "Poland, Польша",
    "PT": "Portugal, Португалия",
    "RO": "Romania, Румыния",
    "RS": "Serbia, Сербия",
    "RU": "Russia, Russian Federation, Россия, Российская Федерация, РФ",
    "SE": "Sweden, Швеция",
    "SG": "Singapore, Сингапур",
    "SI": "Slovenia, Словения",
    "SK": "Slovakia, Словакия",
    "TH": "Thailand, Таиланд",
    "TJ": "Tajikistan, Таджикистан",
    "TM": "Turkmenistan, Туркменистан, Туркмения",
    "TR": "Turkey, Türkiye, Турция",
    "UA": "Ukraine, Украина",
    "US": "United States, United States of America, USA, США, Соединённые Штаты",
    "UZ": "Uzbekistan, Узбекистан",
    "VN": "Vietnam, Вьетнам",
    "ZA": "South Africa, ЮАР, Южно-Африканская Республика",
}
"""Countries by ISO 3166 code with the names shops and people use for them."""
# fmt: on

CITIES = (
    "Москва, Мск, Moscow, Moskva",
    "Санкт-Петербург, Петербург, СПб, Питер, Saint Petersburg, St. Petersburg, St Petersburg",
    "Новосибирск, Novosibirsk",
    "Екатеринбург, Yekaterinburg, Ekaterinburg",
    "Казань, Kazan",
    "Нижний Новгород, Nizhny Novgorod, Nizhniy Novgorod",
    "Челябинск, Chelyabinsk",
    "Самара, Samara",
    "Омск, Omsk",
    "Ростов-на-Дону, Rostov-on-Don, Rostov-na-Donu",
    "Уфа, Ufa",
    "Красноярск, Krasnoyarsk",
    "Воронеж, Voronezh",
    "Пермь, Perm",
    "Волгоград, Volgograd",
    "Краснодар, Krasnodar",
    "Сочи, Sochi",
    "Тюмень, Tyumen",
    "Саратов, Saratov",
    "Калининград, Kaliningrad",
    "Иркутск, Irkutsk",
    "Хабаровск, Khabarovsk",
    "Владивосток, Vladivostok",
    "Минск, Minsk",
    "Киев, Kyiv, Kiev",
    "Алматы, Алма-Ата, Almaty",
    "Астана, Astana",
    "Ташкент, Tashkent",
    "Бишкек, Bishkek",
    "Ереван, Yerevan",
    "Тбилиси, Tbilisi",
    "Баку, Baku",
)
"""Cities that shops also write in Latin letters; any other is compared as it is written."""

_BY_NAME = {
    plain_word(name): code
    for code, names in COUNTRIES.items()
    for name in (code, *names.split(", "))
}


_BY_CITY = {
    plain_word(name).replace("-", " "): plain_word(names.partition(",")[0]).replace("-", " ")
    for names in CITIES
    for name in names.split(", ")
}


@lru_cache(maxsize=WORDS_KEPT)
def place_fits(word: str, city: str | None, country: str | None) -> bool | None:
    """Whether a word names the order's city or country; None when the shop does not say.

    What is known to be a country's name is looked for in the country, all else in both: the
    unknown one of the two may be it.
    """
    wanted = _place(word)
    if wanted in {_place(one) for one in (*_parts(city), *_parts(country))}:
        return True
    asked = country if wanted.isupper() else city
    return None if asked is None else False


def _parts(said: str | None) -> list[str]:
    """What a shop says, whole and by its commas: `Moscow, Russia` is in both."""
    if not said:
        return []
    return [said, *(part for part in said.split(",") if part.strip())] if "," in said else [said]


@lru_cache(maxsize=WORDS_KEPT)
def _place(text: str) -> str:
    """A country's code in capitals, or a city's name without the word for a city."""
    word = plain_word(text)
    if found := _BY_NAME.get(word):
        return found
    bare = _CITY_MARK.sub("", word, count=1).strip().replace("-", " ")
    return _BY_CITY.get(bare, bare)
