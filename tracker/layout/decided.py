"""What does the owner decide? Rules, Adjustments and Decisions."""

from __future__ import annotations

from tracker.layout.shared import CHECK, NOTE, PARTNER_ID, VALID_FROM, VALID_TO
from tracker.layout.spec import Choice, Column, Kind, Owner, Tab, TabSpec

DECISIONS = (Choice("pay", "платить"), Choice("refuse", "отказать"), Choice("assign", "назначить"))

# fmt: off
RULES = TabSpec(
    Tab.RULES, "Правила", Owner.OWNER,
    (
        Column("priority", "приоритет", Kind.NUMBER, 11,
               "The smallest number that fits an order decides. Every rule has its own.",
               "Решает правило с наименьшим подходящим числом. У каждого правила своё."),
        Column("partner_id", "партнёр", Kind.ID, 14,
               "Only for this partner. Empty: for all.",
               "Только для этого партнёра. Пусто — для всех."),
        Column("group", "группа", Kind.TEXT, 14,
               "Only for partners of this group. Empty: for all.",
               "Только для партнёров этой группы. Пусто — для всех."),
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
               "15%, a sum such as 500 RUB, or the words: not counted.",
               "15%, сумма, например 500 RUB, или слова: не считается."),
        VALID_FROM,
        VALID_TO,
        NOTE,
        CHECK,
    ),
    "Rates for special cases; an empty cell fits everything.",
    "Ставки для особых случаев; пустая ячейка подходит ко всему.",
    "priority",
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

DECIDED_TABS = (RULES, ADJUSTMENTS, DECISIONS_TAB)
