"""What does the shop of the demo sell, and to whom? A tea shop; all of its people are made up."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal

# A price in euros is a hundredth of the one in roubles, so that sums stay easy to follow.
RUB_PER_EUR = 100
CODE_SAVES = Decimal(100)
"""What any code takes off the goods, in roubles."""


@dataclass(frozen=True, slots=True)
class Product:
    """One thing in the shop; `price` in roubles."""

    sku: str
    en: str
    ru: str
    category: str
    price: Decimal

    def named(self, language: str) -> str:
        """Its name in that language."""
        return self.ru if language == "ru" else self.en


PRODUCTS = {
    "S": Product("TEA-SEN", "Sencha, 100 g", "Сенча, 100 г", "tea", Decimal(900)),
    "O": Product("TEA-OOL", "Oolong, 100 g", "Улун, 100 г", "tea", Decimal(1400)),
    "P": Product("TEA-PUE", "Pu-erh cake", "Блин пуэра", "tea", Decimal("2999.90")),
    "C": Product("CUP-250", "Cup, 250 ml", "Чашка, 250 мл", "ware", Decimal(1100)),
    "T": Product("POT-600", "Teapot, 600 ml", "Чайник, 600 мл", "ware", Decimal(3200)),
    "B": Product("BOX-GIFT", "Gift box", "Подарочный набор", "gifts", Decimal(2600)),
    "G": Product("SET-GAI", "Gaiwan set", "Набор с гайванью", "gifts", Decimal(5400)),
    "V": Product("CARD-2000", "Gift card", "Подарочная карта", "cards", Decimal(2000)),
}


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who buys: contacts end in example.org and are nobody's."""

    number: int
    name: tuple[str, str]
    city: tuple[str, str]
    email: str
    phone: str


_NAMES = (
    ("Olga Belova", "Ольга Белова"),
    ("Pavel Gusev", "Павел Гусев"),
    ("Irina Zueva", "Ирина Зуева"),
    ("Maxim Orekhov", "Максим Орехов"),
    ("Yulia Tikhova", "Юлия Тихова"),
    ("Denis Lugov", "Денис Лугов"),
    ("Alla Ryabova", "Алла Рябова"),
    ("Kirill Yasnov", "Кирилл Яснов"),
    ("Nina Polevaya", "Нина Полевая"),
    ("Artem Kamenev", "Артём Каменев"),
    ("Daria Snezhina", "Дарья Снежина"),
    ("Oleg Tumanov", "Олег Туманов"),
    ("Rita Veselova", "Рита Веселова"),
    ("Stepan Beregov", "Степан Берегов"),
    ("Lidia Kostrova", "Лидия Кострова"),
    ("Gleb Morozko", "Глеб Морозко"),
)
_CITIES = (
    ("Moscow", "Москва"),
    ("Kazan", "Казань"),
    ("Tula", "Тула"),
    ("Yekaterinburg", "Екатеринбург"),
    ("Almaty", "Алматы"),
)


def draw(seed: str, count: int) -> int:
    """Pick a number below `count`: always the same for the same seed."""
    return int.from_bytes(hashlib.sha256(f"demo {seed}".encode()).digest()[:4], "big") % count


def customer_of(order: str) -> Customer:
    """Who placed an order: some come back, as in life."""
    number = draw(f"customer {order}", len(_NAMES))
    first = _NAMES[number][0].split()[0].casefold()
    return Customer(
        number=7100 + number,
        name=_NAMES[number],
        city=_CITIES[draw(f"city {number}", len(_CITIES))],
        email=f"{first}{number}@example.org",
        phone=f"+7 900 000-10-{number:02d}",
    )
