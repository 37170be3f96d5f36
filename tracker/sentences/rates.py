"""Sentences for rates: rules, where a rate stands, rates of exchange, parent partners."""

from __future__ import annotations

# fmt: off
RATE_REASONS: dict[str, tuple[str, str]] = {
    "rule_not_counted": (
        "Rule {rule} of the tab Rules says that such orders are not counted.",
        "По правилу {rule} с листа «Правила» такие заказы не считаются."),
    "rule_unknown": (
        "Rule {rule} of the tab Rules might not count this order; the shop does not say enough to tell.",
        "По правилу {rule} с листа «Правила» этот заказ, возможно, не считается: магазин сообщил слишком мало."),
    "remedy_rule_unknown": (
        "In Decisions: pay if the rule does not mean this order, refuse if it does.",
        "На листе «Решения»: платить, если правило не об этом заказе, иначе отказать."),
    "rules_unreadable": (
        "A row of the tab Rules cannot be read, so nobody is credited yet: mend it, see Problems.",
        "Строка листа «Правила» не читается, поэтому заказ пока ничей: исправьте её, см. «Замечания»."),
    "tiers_unreadable": (
        "A row of the tab Tiers cannot be read, so nobody is credited yet: mend it, see Problems.",
        "Строка листа «Ступени» не читается, поэтому заказ пока ничей: исправьте её, см. «Замечания»."),
    "fx_unreadable": (
        "{partner} is paid in another currency, and a row of the tab Fx cannot be read: mend it, see Problems.",
        "{partner} получает деньги в другой валюте, а строка листа «Курсы» не читается: исправьте её, см. «Замечания»."),
    "fx_missing": (
        "{partner} is paid in {quote}, and the tab Fx has no rate from {base} for {day} or before: type the rate there.",
        "{partner} получает деньги в {quote}, а на листе «Курсы» нет курса из {base} на {day} или раньше: впишите курс."),
    "fx_pair_missing": (
        "The tab Fx has no rate from {base} to {quote} for {day} or before. Orders that wait for it: {count}.",
        "На листе «Курсы» нет курса из {base} в {quote} на {day} или раньше. Заказов, которые его ждут: {count}."),
    "remedy_fx_missing": (
        "Type {base}→{quote} for {day} or before in Fx, and its orders of the last 60 days are counted.",
        "Впишите на лист «Курсы» {base}→{quote} на {day} или раньше, и заказы за 60 дней засчитаются."),
    "sum_too_big": (
        "By his rate {partner} would get {amount}, more than an account can hold, so nothing is booked.",
        "По ставке партнёру {partner} причиталось бы {amount}. Столько не вместит ни один счёт, поэтому ничего не начислено."),
    "remedy_sum_too_big": (
        "Mend the rate, or the sums and pieces the shop sends, and it is counted; in Decisions refuse it for good.",
        "Исправьте ставку либо суммы и количество в магазине, и заказ засчитается; или откажите на листе «Решения»."),
    "parent_unreadable": (
        "The row of {parent}, who brought {partner}, cannot be read: mend it, see Problems.",
        "Строка партнёра {parent}, который привёл {partner}, не читается: исправьте её, см. «Замечания»."),
    # where the rate stands
    "rate_by_rule": ("The rate is that of rule {named}.", "Ставка — по правилу {named}."),
    "rate_by_code": ("The rate is the code's own.", "Ставка — промокода."),
    "rate_by_partner": ("The rate is the partner's own.", "Ставка — партнёра."),
    "rate_by_programme": ("The rate is the programme's.", "Ставка — общая для программы."),
    "rate_of_goods": ("The rate of {what} is that of rule {named}.", "Ставка {what} — по правилу {named}."),
    "rate_by_tier": ("The rate is that of the tier {named}.", "Ставка — ступени {named}."),
}

RATE_PROBLEMS: dict[str, tuple[str, str]] = {
    "rule_without_rate": (
        "Rule {key} has nothing in {column}, and nobody is newly credited until it does. Type 15%, 500 RUB, 10 RUB/item, or: not counted.",
        "В правиле {key} пуст столбец {column}; пока он пуст, новые заказы никому не достаются. Впишите 15%, 500 RUB, 10 RUB/шт или: не считается."),
    "rule_names_several": (
        "{column} of rule {key} names several ({shown}). Write one in a rule, and a row for each.",
        "В правиле {key} в столбце {column} названо несколько ({shown}). Оставьте одно, для остальных добавьте по строке."),
    "rule_partner_unknown": (
        "Rule {key} is for “{shown}”, who is not in Partners, so it fits no order. Add the partner or mend the id.",
        "Правило {key} — для «{shown}», которого нет на листе «Партнёры», поэтому оно не подходит ни одному заказу. Добавьте партнёра или исправьте id."),
    "rule_goods_list": (
        "{column} of rule {key} is taken for one word with a comma in it, {shown}, and no order has it. Write one in a rule, and a row for each.",
        "В правиле {key} столбец {column} понят как одно слово с запятой, {shown}, а такого нет ни в одном заказе. Оставьте одно, для остальных добавьте по строке."),
    "rule_group_unknown": (
        "Rule {key} is for the group “{shown}”, and no partner is of it, so it fits no order. Mend the word, or type it in the partners' rows.",
        "Правило {key} — для группы «{shown}», в которой нет ни одного партнёра, поэтому оно не подходит ни одному заказу. Исправьте слово или впишите группу партнёрам."),
    "tier_group_unknown": (
        "Tier “{key}” is for the group “{shown}”, and no partner is of it, so nobody earns by it. Mend the word, or type it in the partners' rows.",
        "Ступень «{key}» — для группы «{shown}», в которой нет ни одного партнёра, поэтому по ней никто не получает. Исправьте слово или впишите группу партнёрам."),
    "rule_code_unknown": (
        "Rule {key} is for the code {shown}, which is not in Codes, so it fits no order. Add the code or mend it.",
        "Правило {key} — для промокода {shown}, которого нет на листе «Промокоды», поэтому оно не подходит ни одному заказу. Добавьте промокод или исправьте его."),
    "fx_without_date": (
        "This rate of exchange has no date. Type the first day it holds.",
        "У этого курса нет даты. Впишите первый день, с которого он действует."),
    "fx_without_currency": (
        "{column} of this rate of exchange is empty. Type the three letters of the currency, such as RUB or EUR.",
        "У этого курса пуст столбец {column}. Впишите три буквы валюты, например RUB или EUR."),
    "fx_one_currency": (
        "This rate is from {shown} to {shown}. Type the currency of the orders in from, and the partner's in to.",
        "Этот курс — из {shown} в {shown}. Впишите валюту заказов и валюту партнёра."),
    "fx_rate_unreadable": (
        "“{shown}” in {column} is no rate of exchange. Type how much of the second currency one unit of the first is: 0.0101 or 92.3450.",
        "«{shown}» ({column}) — не курс. Впишите, сколько второй валюты в единице первой: 0,0101 или 92,3450."),
    "fx_rate_far": (
        "“{shown}” in {column} is no rate of exchange: it is below 0.000000001 or above 1000000000. Mend it.",
        "«{shown}» ({column}) — не курс: меньше 0,000000001 или больше 1000000000. Исправьте."),
    "fx_disagree": (
        "Two rows have different rates of this pair for {shown}, so neither is used. Keep one.",
        "В двух строках разные курсы этой пары на {shown}, поэтому ни один не действует. Оставьте один."),
    "parents_cycle": (
        "{key} was brought by {shown}, and the chain of parents comes back to {key}: nobody earns by it. Mend parent_id.",
        "{key} привёл {shown}, и цепочка «кто привёл» возвращается к {key}: никто по ней не получает. Исправьте её."),
    "parent_unknown": (
        "{key} was brought by “{shown}”, who is not in Partners, so nobody earns by it. Add the partner or mend the id.",
        "{key} привёл «{shown}», которого нет на листе «Партнёры», поэтому никто за него не получает. Добавьте партнёра или исправьте id."),
    "rate_not_per_item": (
        "“{shown}” in {column} is a sum for each item, which does not fit here. Type a percent or one sum.",
        "«{shown}» ({column}) — сумма за штуку, здесь она не подходит. Впишите процент или одну сумму."),
}
# fmt: on
