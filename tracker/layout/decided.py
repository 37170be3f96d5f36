"""What does the owner decide? Rules, tiers, rates of exchange, Adjustments and Decisions."""

from __future__ import annotations

from tracker.layout.owner import PERIODS
from tracker.layout.shared import (
    CHECK,
    NOTE,
    ONLY_GROUP,
    ONLY_PARTNER,
    PARTNER_ID,
    VALID_FROM,
    VALID_TO,
)
from tracker.layout.spec import Choice, Column, Kind, Owner, Tab, TabSpec

DECISIONS = (Choice("pay", "платить"), Choice("refuse", "отказать"), Choice("assign", "назначить"))

EVIDENCE = (
    Choice("code", "промокод"),
    Choice("click", "клик"),
    Choice("call", "звонок"),
    Choice("lead", "лид"),
)
TIER_PERIODS = tuple(one for one in PERIODS if one.en not in {"day", "week"})

# fmt: off
RULES = TabSpec(
    Tab.RULES, "Правила", Owner.OWNER,
    (
        Column("priority", "приоритет", Kind.NUMBER, 11,
               "The smallest number that fits an order decides. Every rule has its own.",
               "Решает правило с наименьшим подходящим числом. У каждого правила своё."),
        ONLY_PARTNER,
        ONLY_GROUP,
        Column("code", "промокод", Kind.ID, 16,
               "Only with this code. Empty: with any.",
               "Только с этим промокодом. Пусто — с любым."),
        Column("sku", "артикул", Kind.ID, 16,
               "Only for this product. Empty: for all.",
               "Только для этого товара. Пусто — для всех."),
        Column("category", "категория", Kind.TEXT, 16,
               "Only for products of this category. Empty: for all.",
               "Только для товаров этой категории. Пусто — для всех."),
        Column("region", "регион", Kind.TEXT, 16,
               "Only for orders from this city or country. Empty: from anywhere.",
               "Только для заказов из этого города или страны. Пусто — отовсюду."),
        Column("channel", "канал", Kind.TEXT, 14,
               "Only for orders of this channel. Empty: of any.",
               "Только для заказов этого канала. Пусто — любого."),
        Column("customer", "покупатель", Kind.CHOICE, 13,
               "new or returning. Empty: any.",
               "Новый или постоянный. Пусто — любой.",
               (Choice("new", "новый"), Choice("returning", "постоянный"))),
        Column("rate", "ставка", Kind.RATE, 16,
               "15%, a sum such as 500 RUB or 10 RUB/item, or the words: not counted.",
               "15%, сумма, например 500 RUB или 10 RUB/шт, или слова: не считается."),
        VALID_FROM,
        VALID_TO,
        Column("campaign", "кампания", Kind.TEXT, 16,
               "Only with codes of this campaign. Empty: of any.",
               "Только с промокодами этой кампании. Пусто — любой.",
               later=True),
        Column("evidence", "основание", Kind.CHOICE, 13,
               "Only where the order is the partner's by a code, click, call or lead. Empty: by "
               "any.",
               "Только если заказ достался партнёру по промокоду, клику, звонку или лиду. Пусто — "
               "по любому.",
               EVIDENCE, later=True),
        NOTE,
        CHECK,
    ),
    "Rates for special cases; an empty cell fits everything.",
    "Ставки для особых случаев; пустая ячейка подходит ко всему.",
    "priority",
)

TIERS = TabSpec(
    Tab.TIERS, "Ступени", Owner.OWNER,
    (
        Column("tier_id", "ступень", Kind.ID, 14,
               "An id of your choice, each its own: gold, T2.",
               "Идентификатор на ваш выбор, у каждой ступени свой: gold, T2."),
        ONLY_PARTNER,
        ONLY_GROUP,
        Column("counts", "что считаем", Kind.CHOICE, 13,
               "orders: paid orders; sales: their sum. Empty: orders.",
               "Заказы — оплаченные заказы; продажи — их сумма. Пусто — заказы.",
               (Choice("orders", "заказы"), Choice("sales", "продажи"))),
        Column("from", "начиная с", Kind.AMOUNT, 15,
               "From how many orders, or which sum of sales in the period.",
               "С какого числа заказов или с какой суммы продаж за период."),
        Column("rate", "ставка", Kind.RATE, 12,
               "15% or a sum an order, 500 RUB. Empty for a bonus.",
               "15% или сумма за заказ, 500 RUB. Для премии пусто."),
        Column("bonus", "премия", Kind.AMOUNT, 14,
               "A sum paid once a period when the goal is reached. Empty for a rate.",
               "Сумма, которая платится один раз за период, когда цель достигнута. Для ставки "
               "пусто."),
        Column("currency", "валюта", Kind.ID, 10,
               "Of sales and bonus. Empty: the programme's.",
               "Валюта продаж и премии. Пусто — валюта программы."),
        Column("period", "период", Kind.CHOICE, 14,
               "Over which time is counted. Empty: month.",
               "За какое время считаем. Пусто — месяц.",
               TIER_PERIODS),
        Column("mode", "к чему", Kind.CHOICE, 14,
               "from_now: later orders; marginal: the part of sales above; from_first: all orders "
               "of the period, as one adjustment. Empty: from_now.",
               "Далее — к следующим заказам; сверх порога — к части продаж выше порога; с первого "
               "— ко всем заказам периода одной корректировкой. Пусто — далее.",
               (Choice("from_now", "далее"), Choice("marginal", "сверх порога"),
                Choice("from_first", "с первого"))),
        VALID_FROM,
        VALID_TO,
        NOTE,
        CHECK,
    ),
    "Who sells more earns more: rates from a threshold on, and bonuses for a goal.",
    "Кто продаёт больше, получает больше: ставки с порога и премии за цель.",
    "tier_id",
)

FX = TabSpec(
    Tab.FX, "Курсы", Owner.OWNER,
    (
        Column("date", "дата", Kind.DATE, 13,
               "The first day of this rate; it holds until a later row.",
               "Первый день курса; он действует до более поздней строки."),
        Column("from", "из валюты", Kind.ID, 12,
               "The currency of orders: RUB.",
               "Валюта заказов: RUB."),
        Column("to", "в валюту", Kind.ID, 12,
               "The currency a partner is paid in: EUR.",
               "Валюта, в которой платят партнёру: EUR."),
        Column("rate", "курс", Kind.TEXT, 14,
               "How much of the second currency one unit of the first is: 0.0101.",
               "Сколько второй валюты в единице первой: 0,0101."),
        NOTE,
        CHECK,
    ),
    "Rates of exchange, for partners who are paid in another currency than their orders.",
    "Курсы валют для партнёров, которым платят не в валюте заказа.",
    "date",
)

ADJUSTMENTS = TabSpec(
    Tab.ADJUSTMENTS, "Корректировки", Owner.OWNER,
    (
        Column("adjustment_id", "корректировка", Kind.ID, 16,
               "An id of your choice, each its own: A1, bonus-may.",
               "Идентификатор на ваш выбор, у каждой свой: A1, бонус-май."),
        PARTNER_ID,
        Column("amount", "сумма", Kind.AMOUNT, 14,
               "Above zero: added to the account. Below zero: taken off.",
               "Больше нуля — начислить. Меньше нуля — удержать."),
        Column("currency", "валюта", Kind.ID, 10,
               "RUB, EUR … Empty: the programme's.",
               "RUB, EUR … Пусто — валюта программы."),
        Column("reason", "основание", Kind.TEXT, 40,
               "What the partner reads in the statement.",
               "Что партнёр прочитает в отчёте."),
        Column("date", "дата", Kind.DATE, 13,
               "From which day it is payable. Empty: the day it was noticed.",
               "С какого дня к выплате. Пусто — день, когда строку заметили."),
        CHECK,
    ),
    "Sums you add to or take off a partner's account by hand.",
    "Суммы, которые вы начисляете или удерживаете вручную.",
    "adjustment_id",
)

DECISIONS_TAB = TabSpec(
    Tab.DECISIONS, "Решения", Owner.OWNER,
    (
        Column("about", "о чём", Kind.ID, 26,
               "source/order_id, a code, a lead, or what Review shows.",
               "источник/номер заказа, промокод, лид или то, что стоит в «Разборе»."),
        Column("decision", "решение", Kind.CHOICE, 13,
               "pay: lifts a hold of Review; refuse: earns nothing; assign: is this partner's.",
               "Платить — снять с разбора; отказать — ничего не начислять; назначить — отдать "
               "этому партнёру.",
               DECISIONS),
        Column("partner_id", "партнёр", Kind.ID, 14,
               "Whose it is, for assign. Otherwise empty.",
               "Чей заказ, если решение «назначить». Иначе пусто."),
        Column("reason", "основание", Kind.TEXT, 40,
               "Why; stands beside the order.",
               "Почему; будет стоять рядом с заказом."),
        Column("date", "дата", Kind.DATE, 13,
               "When you decided. Yours to know.",
               "Когда вы решили. Для вас."),
        CHECK,
    ),
    "Your word about one order, which outlives its later changes.",
    "Ваше слово об одном заказе; оно сильнее его поздних изменений.",
    "about",
)
# fmt: on

DECIDED_TABS = (RULES, TIERS, FX, ADJUSTMENTS, DECISIONS_TAB)
