"""What can the owner decide about the programme? Keys of Settings, usual values, meanings."""

from __future__ import annotations

from tracker.layout.shared import LANGUAGES
from tracker.layout.spec import Choice, SettingSpec

# fmt: off
SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec("program_name", "Affiliate programme",
                "The programme's name, as partners read it in letters.",
                "Название программы, как его видят партнёры в письмах."),
    SettingSpec("currency", "RUB",
                "The programme's currency, by its three letters.",
                "Валюта программы, три буквы."),
    SettingSpec("time_zone", "Europe/Moscow",
                "The zone in which days, months and holds are counted.",
                "Часовой пояс, по которому считаются дни, месяцы и холд."),
    SettingSpec("language", "ru",
                "The language of the book and of letters to partners who have no other: ru or en.",
                "Язык книги и писем партнёрам, у которых не указан другой: ru или en.",
                LANGUAGES),
    SettingSpec("rate", "10%",
                "What a partner earns whose row and code name no rate: 10%, or 500 RUB an order.",
                "Ставка, если её нет ни у промокода, ни у партнёра: 10% или 500 RUB за заказ."),
    SettingSpec("base", "goods",
                "What the percent is taken from: goods, before_discount (goods before the "
                "discount), with_shipping (goods and postage) or paid (all the customer paid).",
                "С чего берётся процент: goods — товары, before_discount — товары до скидки, "
                "with_shipping — товары с доставкой, paid — всё, что заплатил покупатель.",
                (Choice("goods", "товары"), Choice("before_discount", "до скидки"),
                 Choice("with_shipping", "с доставкой"), Choice("paid", "оплачено"))),
    SettingSpec("hold_days", "14",
                "How many days a commission waits before it becomes payable.",
                "Сколько дней вознаграждение ждёт, прежде чем идёт к выплате."),
    SettingSpec("min_payout", "1000",
                "The smallest payout in the programme's currency; for another currency add a row "
                "such as min_payout_EUR.",
                "Наименьшая выплата в валюте программы; для другой валюты добавьте строку, "
                "например min_payout_EUR."),
    SettingSpec("payout_day", "15",
                "The day of the month on which you pay, as letters say.",
                "День месяца, когда вы платите; о нём говорится в письмах."),
    SettingSpec("two_codes", "review",
                "Whose is an order with codes of two partners: first, last or review (you decide).",
                "Чей заказ с промокодами двух партнёров: first — первого, last — последнего, "
                "review — решаете вы.",
                (Choice("first", "первый"), Choice("last", "последний"),
                 Choice("review", "разбор"))),
    SettingSpec("self_purchase", "flag",
                "A partner who buys with his own code: block (earns nothing), flag (earns, and "
                "stands in Review) or allow.",
                "Партнёр купил по своему промокоду: block — ничего не получает, flag — получает, и "
                "заказ стоит в «Разборе», allow — можно.",
                (Choice("block", "запретить"), Choice("flag", "отметить"),
                 Choice("allow", "разрешить"))),
    SettingSpec("cash_orders", "count",
                "An order that its shop will never report as paid: count it, or wait for you.",
                "Заказ, об оплате которого магазин не сообщит: count — считать сразу, wait — "
                "ждать вас.",
                (Choice("count", "считать"), Choice("wait", "ждать"))),
    SettingSpec("mail", "preview",
                "Letters: off, preview (files to look at) or live (they are sent).",
                "Письма: off — не делать, preview — только посмотреть, live — отправлять.",
                (Choice("off", "выключено"), Choice("preview", "просмотр"),
                 Choice("live", "отправка"))),
    SettingSpec("mail_from", "",
                "The sender of letters: Shop <partners@example.com>.",
                "От кого письма: Магазин <partners@example.com>."),
    SettingSpec("owner_email", "",
                "Where the program writes to you when orders or the program itself fall silent: "
                "you@example.com; empty for nowhere.",
                "Куда программа пишет вам, если замолчат заказы или она сама: you@example.com; "
                "пусто — никуда."),
    SettingSpec("quiet_days", "7",
                "After how many days without a new order you get such a letter; 0 for never.",
                "После скольких дней без новых заказов вам придёт такое письмо; 0 — никогда."),
    SettingSpec("statement_time", "09:00",
                "From what time on the 1st statements are made, in the time zone above.",
                "С какого времени 1-го числа делаются отчёты, по указанному часовому поясу."),
    SettingSpec("payout_time", "10:00",
                "From what time on payout_day payouts are proposed.",
                "С какого времени в день payout_day предлагаются выплаты."),
    SettingSpec("check_time", "08:00",
                "From what time each day the book is checked.",
                "С какого времени каждый день проверяется книга."),
)
# fmt: on


def default_of(setting: SettingSpec, language: str) -> str:
    """Give the value that a new book of that language has."""
    if setting.key == "language":
        return language
    if setting.key == "program_name" and language == "ru":
        return "Партнёрская программа"
    return setting.default
