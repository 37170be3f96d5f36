"""Whom and what does the owner name? Settings, Partners, Codes and Links."""

from __future__ import annotations

from tracker.layout.shared import CHECK, LANGUAGES, NOTE, PARTNER_ID, VALID_FROM, VALID_TO
from tracker.layout.spec import NO, YES, Choice, Column, Kind, Owner, Tab, TabSpec

PARTNER_STATUSES = (
    Choice("active", "активен"),
    Choice("paused", "на паузе"),
    Choice("left", "ушёл"),
)
TAX_STATUSES = (
    Choice("self_employed", "самозанятый"),
    Choice("sole_trader", "ИП"),
    Choice("company_ru", "ООО"),
    Choice("person", "физлицо"),
    Choice("company", "компания"),
)
NOTIFY = (
    Choice("none", "не писать"),
    Choice("each", "каждая продажа"),
    Choice("daily", "раз в день"),
    Choice("weekly", "раз в неделю"),
)
CODE_KINDS = (
    Choice("partner", "партнёрский"),
    Choice("personal", "личный"),
    Choice("serial", "серийный"),
    Choice("shared", "общий"),
)
PERIODS = (
    Choice("ever", "за всё время"),
    Choice("day", "день"),
    Choice("week", "неделя"),
    Choice("month", "месяц"),
    Choice("quarter", "квартал"),
    Choice("year", "год"),
)
CODE_STATUSES = (
    Choice("active", "действует"),
    Choice("paused", "на паузе"),
    Choice("leaked", "утёк"),
    Choice("replaced", "заменён"),
    Choice("expired", "истёк"),
)

# fmt: off
SETTINGS_TAB = TabSpec(
    Tab.SETTINGS, "Настройки", Owner.OWNER,
    (
        Column("setting", "настройка", Kind.ID, 18,
               "The name of the setting; one row each.",
               "Имя настройки; на каждую одна строка."),
        Column("value", "значение", Kind.TEXT, 26,
               "What you decide. Empty: the usual value.",
               "Ваше решение. Пусто — обычное значение."),
        Column("meaning", "что это значит", Kind.TEXT, 96,
               "What it does; the program does not read this column.",
               "На что влияет; программа этот столбец не читает."),
    ),
    "How the programme works; change only the values.",
    "Как устроена программа; меняйте только значения.",
    "setting",
)

PARTNERS = TabSpec(
    Tab.PARTNERS, "Партнёры", Owner.OWNER,
    (
        Column("partner_id", "партнёр", Kind.ID, 14,
               "A short id of your choice that never changes: ivan, P7.",
               "Короткий идентификатор на ваш выбор, который не меняется: ivan, P7."),
        Column("name", "имя", Kind.TEXT, 24,
               "How letters address the partner.",
               "Как обращаться к партнёру в письмах."),
        Column("email", "почта", Kind.ID, 26,
               "Where statements go. Empty: no letters.",
               "Куда слать отчёты. Пусто — без писем."),
        Column("status", "статус", Kind.CHOICE, 12,
               "active: earns; paused: not now; left: earns nothing on later orders, keeps the "
               "earlier ones. Empty: active.",
               "Активен — получает вознаграждение; на паузе — пока нет; ушёл — за новые заказы "
               "ничего, прежнее остаётся. Пусто — активен.",
               PARTNER_STATUSES),
        Column("language", "язык", Kind.CHOICE, 10,
               "Language of the letters: en, ru, or one you have letters for. Empty: the "
               "programme's.",
               "Язык писем: ru, en или тот, для которого у вас есть письма. Пусто — язык "
               "программы.",
               LANGUAGES),
        Column("rate", "ставка", Kind.RATE, 12,
               "15% or a sum an order, 500 RUB. Empty: the programme's rate.",
               "15% или сумма за заказ, 500 RUB. Пусто — ставка программы."),
        Column("group", "группа", Kind.TEXT, 14,
               "A word that rules can name: bloggers, shops.",
               "Слово, на которое могут ссылаться правила: блогеры, магазины."),
        Column("parent_id", "кто привёл", Kind.ID, 14,
               "The partner who brought this one. Empty: nobody.",
               "Партнёр, который привёл этого. Пусто — никто."),
        Column("phone", "телефон", Kind.ID, 18,
               "With the country: +7 900 000-00-01. Shows when the partner himself bought.",
               "С кодом страны: +7 900 000-00-01. Нужен, чтобы заметить покупку самого партнёра."),
        Column("hold_days", "холд, дней", Kind.NUMBER, 11,
               "Days before a commission becomes payable. Empty: the programme's.",
               "Через сколько дней вознаграждение идёт к выплате. Пусто — как в программе."),
        Column("min_payout", "минимум выплаты", Kind.AMOUNT, 16,
               "The smallest payout, in the programme's currency. Empty: the programme's.",
               "Наименьшая выплата в валюте программы. Пусто — как в программе."),
        Column("payout_method", "способ выплаты", Kind.TEXT, 16,
               "How you pay: card, bank, cash.",
               "Как вы платите: карта, счёт, наличные."),
        Column("payout_details", "реквизиты", Kind.ID, 26,
               "Where the money goes. Empty: nobody can pay; it is named in Problems.",
               "Куда платить. Пусто — заплатить некуда; это будет в замечаниях."),
        Column("joined_on", "с нами с", Kind.DATE, 13,
               "The day the partner joined. Who joined long before his row was noted is not "
               "greeted.",
               "День, когда партнёр присоединился. Давнего партнёра программа не приветствует."),
        Column("tax_status", "налоговый статус", Kind.CHOICE, 16,
               "self_employed gives a receipt for each payout; sole_trader, company_ru and company "
               "an act or invoice; person nothing. Empty: no document is asked for.",
               "Самозанятый даёт чек за каждую выплату; ИП, ООО и компания — акт или счёт; "
               "физлицо — ничего. Пусто — документов не просим.",
               TAX_STATUSES, later=True),
        Column("tax_id", "ИНН", Kind.ID, 16,
               "The partner's tax number, for bank files and the yearly report.",
               "ИНН партнёра, для банковских файлов и годового отчёта.",
               later=True),
        Column("notify", "уведомления", Kind.CHOICE, 16,
               "Letters about new sales: each, daily, weekly or none. Empty: as in Settings.",
               "Письма о новых продажах: о каждой, раз в день, раз в неделю или никогда. Пусто — "
               "как в настройках.",
               NOTIFY, later=True),
        Column("welcome", "приветствие", Kind.TEXT, 40,
               "Your own words to this partner, for the welcome letter.",
               "Ваши слова этому партнёру для приветственного письма.",
               later=True),
        Column("currency", "валюта", Kind.ID, 10,
               "In which the partner is paid: EUR. Rates stand in the tab Fx. Empty: in the "
               "order's.",
               "В какой валюте платить партнёру: EUR. Курсы — на листе «Курсы». Пусто — в валюте "
               "заказа.",
               later=True),
        Column("call_number", "номер для звонков", Kind.ID, 18,
               "The phone number that only this partner gives out. Who calls it is his.",
               "Номер, который даёт только этот партнёр. Кто по нему позвонил — его покупатель.",
               later=True),
        NOTE,
        CHECK,
    ),
    "Who brings you customers: one row a partner.",
    "Кто приводит покупателей: одна строка на партнёра.",
    "partner_id",
)

CODES = TabSpec(
    Tab.CODES, "Промокоды", Owner.OWNER,
    (
        Column("code", "промокод", Kind.ID, 18,
               "What the customer types. Case and outer spaces do not matter.",
               "Что вводит покупатель. Регистр и крайние пробелы не важны."),
        PARTNER_ID,
        Column("kind", "вид", Kind.CHOICE, 13,
               "partner: given out in public; personal: for one customer; serial: one of many; "
               "shared: nobody's. Empty: partner.",
               "Партнёрский — для всех; личный — для одного покупателя; серийный — один из многих; "
               "общий — ничей. Пусто — партнёрский.",
               CODE_KINDS),
        Column("status", "статус", Kind.CHOICE, 12,
               "Judged when the order was placed. Empty: active.",
               "Смотрим на день заказа. Пусто — действует.",
               CODE_STATUSES),
        VALID_FROM,
        VALID_TO,
        Column("rate", "ставка", Kind.RATE, 12,
               "15% or a sum an order, 500 RUB. Empty: the partner's rate.",
               "15% или сумма за заказ, 500 RUB. Пусто — ставка партнёра."),
        Column("new_customers_only", "только новые покупатели", Kind.YES_NO, 15,
               "yes: a returning customer's order does not count. Empty: no.",
               "Да — заказ постоянного покупателя не считается. Пусто — нет.",
               (YES, NO)),
        Column("max_uses", "всего применений", Kind.NUMBER, 13,
               "How many paid orders may come with it; a cancelled one gives its place back. "
               "Near it the partner is told. Empty: no limit.",
               "Сколько оплаченных заказов может быть с ним; отменённый освобождает место. "
               "Партнёр узнает, когда предел близко. Пусто — без предела."),
        Column("max_uses_per_customer", "применений на покупателя", Kind.NUMBER, 16,
               "How many orders of one customer may count. Empty: no limit.",
               "Сколько заказов одного покупателя может засчитаться. Пусто — без предела."),
        Column("min_order", "заказ от", Kind.AMOUNT, 12,
               "The smallest order that counts. Empty: any.",
               "Наименьший заказ, который засчитывается. Пусто — любой."),
        Column("max_order", "заказ до", Kind.AMOUNT, 12,
               "The greatest order that counts. Empty: any.",
               "Наибольший заказ, который засчитывается. Пусто — любой."),
        Column("regions", "регионы", Kind.TEXT, 16,
               "Cities or countries, comma separated. Empty: everywhere.",
               "Города или страны через запятую. Пусто — везде."),
        Column("products_in", "только товары", Kind.TEXT, 16,
               "SKUs or categories that count, comma separated; tea-* is all that begin so. Empty: "
               "all.",
               "Артикулы или категории, которые считаются, через запятую; tea-* — все с таким "
               "началом. Пусто — все."),
        Column("products_out", "кроме товаров", Kind.TEXT, 16,
               "SKUs or categories that do not count. Empty: none.",
               "Артикулы или категории, которые не считаются. Пусто — таких нет."),
        Column("weekdays", "дни недели", Kind.TEXT, 13,
               "Mon-Fri, or Sat,Sun. Empty: every day.",
               "Пн-Пт или Сб,Вс. Пусто — каждый день."),
        Column("hours", "часы", Kind.TEXT, 13,
               "10:00-18:00 in the programme's time zone, over midnight 22:00-02:00. Empty: all "
               "day.",
               "10:00-18:00 по часовому поясу программы, через полночь 22:00-02:00. Пусто — весь "
               "день."),
        Column("channels", "каналы", Kind.TEXT, 16,
               "Where orders may come from, in the shop's words: site, app, phone. Empty: "
               "anywhere.",
               "Откуда могут приходить заказы, словами магазина: site, app, phone. Пусто — откуда "
               "угодно."),
        Column("campaign", "кампания", Kind.TEXT, 16,
               "A name for your own reports and for Rules.",
               "Название для ваших отчётов и для правил."),
        Column("except_dates", "кроме дат", Kind.TEXT, 24,
               "Days on which it does not count: 2026-12-31, 2026-03-06..2026-03-09. Empty: none.",
               "Дни, когда он не действует: 31.12.2026, 06.03.2026..09.03.2026. Пусто — таких нет.",
               later=True),
        Column("min_mode", "граница «от»", Kind.CHOICE, 13,
               "from: an order of exactly the smallest sum counts; above: only a greater one. "
               "Empty: from.",
               "от — заказ ровно на эту сумму засчитывается; свыше — только больший. Пусто — от.",
               (Choice("from", "от"), Choice("above", "свыше")), later=True),
        Column("per", "за период", Kind.CHOICE, 12,
               "Over which time the uses of one customer are counted. Empty: ever.",
               "За какое время считаются применения одного покупателя. Пусто — за всё.",
               PERIODS, later=True),
        Column("stacks", "вместе с другими", Kind.YES_NO, 13,
               "no: does not count when the order has another code too. Empty: yes.",
               "Нет — не засчитывается, если в заказе есть и другой промокод. Пусто — да.",
               (YES, NO), later=True),
        Column("pay_for", "за какие заказы", Kind.TEXT, 14,
               "Which orders of one customer earn: all, first, 3 orders, 12 months. Empty: as in "
               "Settings.",
               "За какие заказы одного покупателя платить: все, первый, 3 заказа, 12 месяцев. "
               "Пусто — как в настройках.",
               later=True),
        Column("variant_of", "вариант кода", Kind.ID, 18,
               "The code of which this is a variant for one channel: same owner, rate and limits; "
               "a leak shows where.",
               "Промокод, вариантом которого это является: тот же владелец, ставка и пределы; "
               "видно, через какой канал утёк.",
               later=True),
        NOTE,
        CHECK,
    ),
    "The codes customers type, and whose they are.",
    "Промокоды, которые вводят покупатели, и чьи они.",
    "code",
)

LINKS = TabSpec(
    Tab.LINKS, "Ссылки", Owner.OWNER,
    (
        Column("ref", "метка", Kind.ID, 18,
               "The mark in the link that tells whose it is.",
               "Метка в ссылке, по которой видно, чья она."),
        PARTNER_ID,
        Column("channel", "канал", Kind.TEXT, 16,
               "Where the partner put it: YouTube, Telegram.",
               "Где её разместил партнёр: YouTube, Telegram."),
        Column("url", "ссылка", Kind.ID, 44,
               "The whole link, to copy.",
               "Ссылка целиком, чтобы скопировать."),
        NOTE,
        CHECK,
    ),
    "A partner's links, one per channel.",
    "Ссылки партнёров, по одной на канал.",
    "ref",
)
# fmt: on

OWNER_TABS = (SETTINGS_TAB, PARTNERS, CODES, LINKS)
