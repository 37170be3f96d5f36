"""The words of the page of terms: rates, tiers, limits, what others earn, and leads."""

from __future__ import annotations

# fmt: off
SUM_TERMS: dict[str, tuple[str, str]] = {
    "rate_percent": ("You earn {rate} of an order.", "Вы получаете {rate} от заказа."),
    "rate_item": ("You earn {rate}.", "Вы получаете {rate}."),
    "rate_fixed": ("You earn {rate} for each order.", "Вы получаете {rate} за каждый заказ."),
    "base_goods": (
        "A percent is taken from the goods: without postage and taxes, after discounts and refunds.",
        "Процент берётся со стоимости товаров: без доставки и налогов, после скидок и возвратов.",
    ),
    "base_before_discount": (
        "A percent is taken from the goods before the discount: without postage and taxes, after refunds.",
        "Процент берётся со стоимости товаров до скидки: без доставки и налогов, после возвратов.",
    ),
    "base_with_shipping": (
        "A percent is taken from the goods and postage: without taxes, after discounts and refunds.",
        "Процент берётся со стоимости товаров и доставки: без налогов, после скидок и возвратов.",
    ),
    "base_paid": (
        "A percent is taken from all the customer paid, after refunds.",
        "Процент берётся со всего, что заплатил покупатель, после возвратов.",
    ),
    "rules": (
        "Special rates; the first line that fits an order or a product decides:",
        "Особые ставки; решает первая строка, которая подходит к заказу или товару:",
    ),
    "rule_rate": ("{parts}: {rate}", "{parts}: {rate}"),
    "rule_not_counted": ("{parts}: not counted", "{parts}: не засчитывается"),
    "for_any": ("any order", "любой заказ"),
    "for_group": ("partners of the group “{name}”", "партнёры группы «{name}»"),
    "for_campaign": ("promo codes of the campaign “{name}”", "промокоды кампании «{name}»"),
    "for_code": ("promo code {name}", "промокод {name}"),
    "for_sku": ("product {name}", "товар {name}"),
    "for_category": ("category “{name}”", "категория «{name}»"),
    "for_region": ("orders from {name}", "заказы из региона «{name}»"),
    "for_channel": ("orders of the channel “{name}”", "заказы канала «{name}»"),
    "for_evidence": ("orders that are yours by {evidence_word}", "заказы, засчитанные {evidence_word}"),
    "for_new": ("new customers", "новые покупатели"),
    "for_returning": ("returning customers", "постоянные покупатели"),
    "from_to": ("from {day} to {last_day}", "с {day} по {last_day}"),
    "from_day": ("from {day}", "с {day}"),
    "to_day": ("until {last_day}", "по {last_day}"),
    "tiers": ("Who sells more earns more:", "Кто продаёт больше, получает больше:"),
    "tiers_narrow": (
        "Rates for one partner go before those for a group, and these before rates for all.",
        "Ставки для одного партнёра важнее ставок для группы, а те — важнее ставок для всех.",
    ),
    "tier_orders_rate": (
        "{parts}from order {number} {period_word} on: {rate}{mode_word}",
        "{parts}начиная с заказа № {number} {period_word}: {rate}{mode_word}",
    ),
    "tier_sales_rate": (
        "{parts}sales of {sum} {period_word}: {rate}{mode_word}",
        "{parts}продажи от {sum} {period_word}: {rate}{mode_word}",
    ),
    "tier_orders_bonus": (
        "{parts}{count:order|orders} {period_word}: a bonus of {bonus_sum}, once",
        "{parts}{count:заказ|заказа|заказов} {period_word}: премия {bonus_sum}, один раз",
    ),
    "tier_sales_bonus": (
        "{parts}sales of {sum} {period_word}: a bonus of {bonus_sum}, once",
        "{parts}продажи от {sum} {period_word}: премия {bonus_sum}, один раз",
    ),
    "precedence": (
        "Where several rates fit, the first of these decides: {parts}.",
        "Если подходит несколько ставок, решает первая из них: {parts}.",
    ),
    "precedence_tiers": (
        "Where several rates fit, the first of these decides: {parts}. A rate for selling more replaces the last two.",
        "Если подходит несколько ставок, решает первая из них: {parts}. Ставка за объём продаж заменяет две последние.",
    ),
    "place_rule": ("a special rate", "особая ставка"),
    "place_code": ("the promo code's own", "ставка промокода"),
    "place_partner": ("your own", "ваша ставка"),
    "place_programme": ("the programme's", "ставка программы"),
    "pay_for_first": (
        "Only the first order of each customer with you earns.",
        "Вознаграждение — только за первый заказ каждого вашего покупателя.",
    ),
    "pay_for_orders": (
        "The first {count:order|orders} of each customer with you earn.",
        "Вознаграждение — за {count:первый заказ|первых заказа|первых заказов} каждого вашего покупателя.",
    ),
    "pay_for_months": (
        "Orders of a customer earn for {count:month|months} from the first one with you.",
        "Заказы покупателя приносят вознаграждение {count:месяц|месяца|месяцев} с первого из них у вас.",
    ),
    "cap_order": ("One order earns {sum} at most.", "За один заказ — не больше {sum}."),
    "cap_customer": (
        "One customer earns you {sum} at most.", "За заказы одного покупателя — не больше {sum}.",
    ),
    "cap_month": (
        "The orders of one month earn you {sum} at most.", "За заказы одного месяца — не больше {sum}.",
    ),
    "budget_month": (
        "The orders of one month earn all partners together {sum} at most; what comes first counts first.",
        "За заказы одного месяца все партнёры вместе получают не больше {sum}; кто раньше, тот первый.",
    ),
    "level2_commission": (
        "If you brought another partner, you earn {rate} of his commission; it is not taken from his.",
        "Если вы привели другого партнёра, вы получаете {rate} его вознаграждения; его вознаграждение от этого не уменьшается.",
    ),
    "level2_order": (
        "If you brought another partner, you earn {rate} of his orders; it is not taken from his commission.",
        "Если вы привели другого партнёра, вы получаете {rate} с его заказов; его вознаграждение от этого не уменьшается.",
    ),
    "level2_item": (
        "If you brought another partner, you earn {rate} of his orders; it is not taken from his commission.",
        "Если вы привели другого партнёра, вы получаете {rate} в его заказах; его вознаграждение от этого не уменьшается.",
    ),
    "level2_fixed": (
        "If you brought another partner, you earn {rate} for each of his orders; it is not taken from his commission.",
        "Если вы привели другого партнёра, вы получаете {rate} за каждый его заказ; его вознаграждение от этого не уменьшается.",
    ),
    "cross_bonus_on_top": (
        "A manager of ours who helped with an order gets {rate} of your commission from us; yours stays whole.",
        "Наш менеджер, который помог с заказом, получает {rate} вашего вознаграждения сверх него; ваше от этого не уменьшается.",
    ),
    "cross_bonus_partner_share": (
        "A manager of ours who helped with an order gets {rate} of your commission out of it.",
        "Наш менеджер, который помог с заказом, получает {rate} из вашего вознаграждения.",
    ),
    "pay_currency": (
        "You are paid in {currency}, by the rate of exchange of the day an order was placed.",
        "Мы платим вам в {currency} по курсу на день заказа.",
    ),
    # Leads.
    "lead_registration": (
        "A lead of yours earns {rate} when it is registered.", "Ваш лид приносит {rate} при регистрации.",
    ),
    "lead_deal_percent": (
        "A lead of yours earns {rate} of the deal.", "Ваш лид приносит {rate} от суммы сделки.",
    ),
    "lead_deal_item": (
        "A lead of yours earns {rate} when it becomes a deal.", "Ваш лид приносит {rate}, когда становится сделкой.",
    ),
    "lead_deal_fixed": (
        "A lead of yours earns {rate} when it becomes a deal.", "Ваш лид приносит {rate}, когда становится сделкой.",
    ),
    "lead_protect": (
        "A customer's phone or e-mail belongs for {days:day|days} to whoever registered it first.",
        "Телефон или почта покупателя на {days:день|дня|дней} закрепляются за тем, кто зарегистрировал их первым.",
    ),
}
# fmt: on
