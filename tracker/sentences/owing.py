"""Sentences for how a sum came about: tiers, limits, shares, levels, bonuses, exchange."""

from __future__ import annotations

# fmt: off
_STEPS: dict[str, tuple[str, str]] = {
    # which lines count
    "lines_only": (
        "Only {words} counts: {base} of {whole}.",
        "Засчитывается только {words}: {base} из {whole}."),
    "lines_without": (
        "{words} does not count: {base} of {whole} is left.",
        "Не засчитывается {words}: остаётся {base} из {whole}."),
    "lines_only_without": (
        "Only {words} counts, and {others} does not: {base} of {whole}.",
        "Засчитывается только {words}, а {others} — нет: {base} из {whole}."),
    "lines_missing": (
        "The shop does not say which goods were sold, so all of them count.",
        "Магазин не сообщает, какие товары проданы, поэтому засчитаны все."),
    "lines_unpriced": (
        "The shop does not say what each of the goods cost, so the sum is shared by pieces.",
        "Магазин не сообщает цену каждого товара, поэтому сумма разделена по числу штук."),
    # what they earn
    "owes_each": ("{rate}, pieces: {count}, is {amount}.", "{rate}, штук — {count}: {amount}."),
    "line_percent": ("{rate} of {base} ({rule}).", "{rate} от {base} ({rule})."),
    "line_percent_of": ("{what}: {rate} of {base}.", "{what}: {rate} от {base}."),
    "line_each": ("{what}: {rate}, pieces: {count}.", "{what}: {rate}, штук — {count}."),
    "line_sum": ("{what}: {rate}.", "{what}: {rate}."),
    "line_nothing": ("{what}: not counted.", "{what}: не засчитывается."),
    "lines_more": ("And {count} more.", "И ещё {count}."),
    "refund_off": ("{refunded} was refunded and is taken off.", "Возвращено {refunded}, это вычтено."),
    "owes_together": ("Together {amount}.", "Вместе {amount}."),
    # why it is nothing yet
    "owes_not_delivered": (
        "Nothing is owed until it is delivered.",
        "Пока заказ не доставлен, ничего не причитается."),
    # limits and shares
    "cap_order": ("Capped at {cap}: one order earns no more.", "Не больше {cap}: это предел за один заказ."),
    "split": ("Shared in equal parts by {count} partners: {parts}.", "Поровну на партнёров ({count}): {parts}."),
    "cap_customer": (
        "{partner} earns {cap} at most by one customer and has {earned} already: {left} is left.",
        "{partner} получает с одного покупателя не больше {cap}, {earned} уже начислено: остаётся {left}."),
    "cap_month": (
        "{partner} earns {cap} at most in a month and has {earned} already: {left} is left.",
        "{partner} получает за месяц не больше {cap}, {earned} уже начислено: остаётся {left}."),
    "budget_month": (
        "The month's budget is {cap} and {earned} of it is used: {left} is left.",
        "Бюджет месяца — {cap}, из него {earned} уже начислено: остаётся {left}."),
    # managers and parents
    "bonus_on_top": (
        "{manager} helped: {rate} of {of} on top, {bonus}.",
        "Помог менеджер {manager}: сверху {rate} от {of}, {bonus}."),
    "bonus_from_share": (
        "{manager} helped: {rate} of {of} is {bonus}, out of the partner's share; {left} is left.",
        "Помог менеджер {manager}: {rate} от {of} — {bonus} из доли партнёра; ему остаётся {left}."),
    "bonus_own_order": (
        "{manager} helped with his own order: no bonus for that.",
        "{manager} помог с собственным заказом: премии за это нет."),
    "level_commission": (
        "{parent} brought {partner}: {rate} of the commission of {of} is {level}.",
        "Партнёр {parent} привёл {partner}: {rate} от вознаграждения {of} — {level}."),
    "level_order": (
        "{parent} brought {partner}: {rate} of the order's {of} is {level}.",
        "Партнёр {parent} привёл {partner}: {rate} от {of} заказа — {level}."),
    "level_sum": ("{parent} brought {partner}: {level}.", "Партнёр {parent} привёл {partner}: {level}."),
    # currencies
    "exchanged": (
        "{before} at {rate} (rate of {on}) is {after}.",
        "{before} по курсу {rate} от {on} — {after}."),
    # goals, as lines of their own: what they were worked out from
    "goal_counts": (
        "Counted so far: {orders} orders, sales of {sales}.",
        "Засчитано заказов: {orders}, на {sales}."),
    "goal_difference": (
        "They come to {would}; they have earned {did}.",
        "С ними выходит {would}; уже начислено {did}."),
    # letters: why an order earned nothing, or a line stands there
    "order_not_delivered": ("The order is not delivered yet.", "Заказ ещё не доставлен."),
    "order_limit_reached": (
        "A limit of the programme was reached before this order.",
        "К этому заказу предел, установленный программой, уже исчерпан."),
    "shared_order": (
        "Another partner brought this order too.",
        "Этот заказ привёл и другой партнёр."),
    "order_or_earlier_changed": (
        "The order, or orders before it, changed, and with them a limit or a tier.",
        "Заказ или заказы до него изменились, а с ними предел или ступень."),
    "helped_order": ("Help with an order of {partner}.", "Помощь с заказом партнёра {partner}."),
    "level_of": ("An order of {partner}, brought by you.", "Заказ партнёра {partner}, которого вы привели."),
    "bonus_taken_back": (
        "The order of {partner} you helped with lost its commission, or a part of it.",
        "Заказ партнёра {partner}, с которым вы помогли, потерял вознаграждение или его часть."),
    "level_taken_back": ("The order of {partner} lost its commission, or a part of it.", "Заказ партнёра {partner} потерял вознаграждение или его часть."),
}

_GOALS: dict[str, tuple[str, str]] = {
    "goal_orders": (
        "Goal {tier} of {period}: {start} orders; the bonus is {amount}.",
        "Цель {tier} за {period}: заказов — {start}; премия {amount}."),
    "goal_sales": (
        "Goal {tier} of {period}: sales of {start}; the bonus is {amount}.",
        "Цель {tier} за {period}: продажи на {start}; премия {amount}."),
    "goal_missed": (
        "Goal {tier} of {period} is no longer reached: orders were taken back.",
        "Цель {tier} за {period} больше не достигнута: часть заказов отменена или возвращена."),
    "from_first_orders": (
        "Tier {tier} of {period}, from {start} orders: {rate} for all of them, back to the first.",
        "Ступень {tier} за {period}, с заказа № {start}: {rate} за все заказы, начиная с первого."),
    "from_first_sales": (
        "Tier {tier} of {period}, from sales of {start}: {rate} for all orders, back to the first.",
        "Ступень {tier} за {period}, с продаж на {start}: {rate} за все заказы, начиная с первого."),
}
# fmt: on

_PERIODS = {
    "month": ("this month", "за месяц"),
    "quarter": ("this quarter", "за квартал"),
    "year": ("this year", "за год"),
    "ever": ("so far", "за всё время"),
}


def _tiers() -> dict[str, tuple[str, str]]:
    """Sentences for tiers: one for each period and each thing that is counted."""
    found: dict[str, tuple[str, str]] = {}
    for period, (english, russian) in _PERIODS.items():
        found[f"tier_orders_{period}"] = (
            f"It is order {{reached}} of the partner {english}: tier {{tier}}, from {{start}}, {{rate}}.",
            f"Это заказ партнёра № {{reached}} {russian}: ступень {{tier}}, с № {{start}}, {{rate}}.",
        )
        found[f"tier_sales_{period}"] = (
            f"The partner had sold {{reached}} {english}: tier {{tier}}, from {{start}}, {{rate}}.",
            f"Партнёр уже продал {russian} на {{reached}}: ступень {{tier}}, с {{start}}, {{rate}}.",
        )
    return found


def _for_ever() -> dict[str, tuple[str, str]]:
    """The same sentences for goals that have no period."""
    return {
        f"{code}_ever": (
            english.replace("of {period}", "of all time"),
            russian.replace("за {period}", "за всё время"),
        )
        for code, (english, russian) in _GOALS.items()
    }


OWING_REASONS: dict[str, tuple[str, str]] = {**_STEPS, **_GOALS, **_for_ever(), **_tiers()}

# fmt: off
OWING_PROBLEMS: dict[str, tuple[str, str]] = {
    "goal_too_big": (
        "By tier “{key}” {partner} would get {amount}, more than an account can hold, so what is booked stands. Mend the rate, or the orders in the shop.",
        "По ступени «{key}» партнёру {partner} причиталось бы {amount}. Столько не вместит ни один счёт, поэтому начисленное остаётся. Исправьте ставку или заказы в магазине."),
    "tier_rate_or_bonus": (
        "Tier “{key}” needs either a rate or a bonus, not both and not neither. Fill in one of the two.",
        "Ступени «{key}» нужна либо ставка, либо премия. Заполните одно из двух."),
    "tier_start_missing": (
        "Tier “{key}” does not say from where it holds. Type a number of orders or a sum of sales in {column}.",
        "Для ступени «{key}» не сказано, с чего она начинается. Впишите число заказов или сумму продаж в столбец {column}."),
    "tier_sum_marginal": (
        "Tier “{key}” is a sum ({shown}), and a part of the sales cannot earn a sum. Type a percent, or choose from_now.",
        "Ступень «{key}» — это сумма ({shown}), а часть продаж суммой не оплатить. Впишите процент или выберите «далее»."),
    "tier_partner_unknown": (
        "Tier “{key}” names {shown}, who is not in Partners. Mend the name, or add the partner.",
        "Ступень «{key}» названа для {shown}, кого нет на листе «Партнёры». Исправьте имя или добавьте партнёра."),
    "tier_twice": (
        "Tiers “{key}” and “{shown}” have the same threshold for the same partners and period, so neither is used. Keep one of them.",
        "У ступеней «{key}» и «{shown}» один порог для тех же партнёров и периода, поэтому не действует ни одна. Оставьте одну."),
    "tiers_mixed": (
        "Tiers “{key}” and “{shown}” hold for the same partners on the same days but count in different ways; {used} is used. Make them agree in what is counted, period and mode.",
        "Ступени «{key}» и «{shown}» действуют для тех же партнёров в те же дни, но считают по-разному; действует {used}. Сделайте одинаковыми «что считаем», «период» и «к чему»."),
}
# fmt: on
