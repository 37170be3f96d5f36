"""The words of the page of terms: what the programme's rules say to a partner."""

from __future__ import annotations

from tracker.sentences.terms_codes import CODE_TERMS
from tracker.sentences.terms_sums import SUM_TERMS

# fmt: off
TITLES: dict[str, tuple[str, str]] = {
    "page": ("{program}: terms for partners", "{program}: условия для партнёров"),
    "partner_page": ("{program}: terms for {partner}", "{program}: условия для партнёра {partner}"),
    "version": ("Terms {version}", "Условия {version}"),
    "whose": ("When an order is yours", "Когда заказ ваш"),
    "earned": ("What you earn", "Сколько вы получаете"),
    "leads": ("Leads", "Лиды"),
    "paid": ("When it counts and when we pay", "Когда начисляем и когда платим"),
    "codes": ("Promo codes", "Промокоды"),
    "own_codes": ("Your promo codes", "Ваши промокоды"),
    "not_paid": ("What we do not pay for", "За что мы не платим"),
}

TERMS: dict[str, tuple[str, str]] = {
    # Whose an order is.
    "attribution_code": (
        "An order is yours when the customer typed your promo code. The code is enough; a click, a call or a lead without it does not count.",
        "Заказ ваш, если покупатель ввёл ваш промокод. Промокода достаточно; переход по ссылке, звонок или лид без него не засчитывается.",
    ),
    "attribution_code_and_click": (
        "An order is yours when the customer typed your promo code and had come by your link, a call or a lead of yours before. One without the other does not count.",
        "Заказ ваш, если покупатель ввёл ваш промокод и до этого перешёл по вашей ссылке, позвонил или был вашим лидом. Одно без другого не засчитывается.",
    ),
    "attribution_click_if_code_unbound": (
        "An order is yours when the customer typed your promo code. If the code in the order is no partner's, the click on your link, a call or a lead of yours counts. A paused or expired code of a partner is not such a code.",
        "Заказ ваш, если покупатель ввёл ваш промокод. Если промокод в заказе не принадлежит никому из партнёров, засчитывается переход по вашей ссылке, звонок или лид. Промокод партнёра на паузе или с истёкшим сроком таким не считается.",
    ),
    "attribution_code_or_click": (
        "An order is yours when the customer typed your promo code, or came by your link, a call or a lead of yours. They do not stand in for a code of yours in the order that does not count.",
        "Заказ ваш, если покупатель ввёл ваш промокод или пришёл по вашей ссылке, звонку или лиду. Они не заменяют ваш промокод в заказе, если тот не засчитывается.",
    ),
    "window": (
        "A click counts for {days:day|days}, the last one included. A click after the order does not count.",
        "Переход по ссылке действует {days:день|дня|дней}, включая последний. Переход после заказа не засчитывается.",
    ),
    "window_same_day": (
        "A click counts until the end of its own day. A click after the order does not count.",
        "Переход по ссылке действует до конца того же дня. Переход после заказа не засчитывается.",
    ),
    "window_leads": ("A call or a lead counts for {days:day|days}.", "Звонок или лид действует {days:день|дня|дней}."),
    "conflict_code": (
        "If the link is one partner's and the promo code another's, the promo code decides.",
        "Если ссылка одного партнёра, а промокод другого, решает промокод.",
    ),
    "conflict_link": (
        "If the link is one partner's and the promo code another's, the link decides.",
        "Если ссылка одного партнёра, а промокод другого, решает ссылка.",
    ),
    "conflict_first_touch": (
        "If the link is one partner's and the promo code another's, whoever touched the customer first decides.",
        "Если ссылка одного партнёра, а промокод другого, решает первое касание.",
    ),
    "conflict_last_touch": (
        "If the link is one partner's and the promo code another's, whoever touched the customer last decides.",
        "Если ссылка одного партнёра, а промокод другого, решает последнее касание.",
    ),
    "conflict_split": (
        "If the link is one partner's and the promo code another's, they share the order in equal parts, each by his own rate.",
        "Если ссылка одного партнёра, а промокод другого, заказ делится поровну, каждая доля — по ставке её партнёра.",
    ),
    "several_links_last": (
        "If a customer came by links, calls or leads of several partners, the last one counts.",
        "Если покупатель пришёл по ссылкам, звонкам или лидам нескольких партнёров, засчитывается последнее касание.",
    ),
    "several_links_first": (
        "If a customer came by links, calls or leads of several partners, the first one counts.",
        "Если покупатель пришёл по ссылкам, звонкам или лидам нескольких партнёров, засчитывается первое касание.",
    ),
    "several_links_split": (
        "If a customer came by links, calls or leads of several partners, they share the order in equal parts.",
        "Если покупатель пришёл по ссылкам, звонкам или лидам нескольких партнёров, заказ делится между ними поровну.",
    ),
    "two_codes_first": (
        "If an order has promo codes of two partners, the first one counts.",
        "Если в заказе промокоды двух партнёров, засчитывается первый.",
    ),
    "two_codes_last": (
        "If an order has promo codes of two partners, the last one counts.",
        "Если в заказе промокоды двух партнёров, засчитывается последний.",
    ),
    "two_codes_review": (
        "If an order has promo codes of two partners, we look at it and decide.",
        "Если в заказе промокоды двух партнёров, мы разбираем его сами.",
    ),
    "code_binds_days": (
        "An order with your promo code binds its customer to you for {days:day|days}: his later orders are yours too.",
        "Заказ с вашим промокодом закрепляет покупателя за вами на {days:день|дня|дней}: его следующие заказы тоже ваши.",
    ),
    "code_binds_always": (
        "An order with your promo code binds its customer to you for good: his later orders are yours too.",
        "Заказ с вашим промокодом закрепляет покупателя за вами навсегда: его следующие заказы тоже ваши.",
    ),
    "link_binds_days": (
        "An order that came by your link, a call or a lead of yours binds its customer to you for {days:day|days}.",
        "Заказ по вашей ссылке, звонку или лиду закрепляет покупателя за вами на {days:день|дня|дней}.",
    ),
    "link_binds_always": (
        "An order that came by your link, a call or a lead of yours binds its customer to you for good.",
        "Заказ по вашей ссылке, звонку или лиду закрепляет покупателя за вами навсегда.",
    ),
    "bound_yields": (
        "If a customer who is bound to one partner comes with the code or link of another, the order is that other's.",
        "Если покупатель закреплён за одним партнёром, а пришёл с промокодом или по ссылке другого, заказ достаётся этому другому.",
    ),
    "bound_holds": (
        "If a customer who is bound to one partner comes with the code or link of another, he stays with the first.",
        "Если покупатель закреплён за одним партнёром, а пришёл с промокодом или по ссылке другого, он остаётся за первым.",
    ),
    "bound_split": (
        "If a customer who is bound to one partner comes with the code or link of another, they share the order in equal parts.",
        "Если покупатель закреплён за одним партнёром, а пришёл с промокодом или по ссылке другого, заказ делится между ними поровну.",
    ),
    "own_purchase_flag": (
        "What you buy yourself counts; we look at such orders.",
        "Ваши собственные покупки засчитываются; такие заказы мы просматриваем.",
    ),
    "own_purchase_allow": (
        "What you buy yourself counts like any other order.",
        "Ваши собственные покупки засчитываются наравне с другими заказами.",
    ),
    "code_judged": (
        "Promo codes and their restrictions are judged as of the moment the order was placed.",
        "Промокоды и их ограничения проверяются на момент оформления заказа.",
    ),
    # When it counts and when it is paid.
    "approve_placed": ("An order counts as soon as it is placed.", "Заказ засчитывается, как только оформлен."),
    "approve_paid": ("An order counts when it is paid.", "Заказ засчитывается, когда оплачен."),
    "approve_delivered": (
        "An order counts when it is paid and delivered.", "Заказ засчитывается, когда оплачен и доставлен.",
    ),
    "approve_source": (
        "Orders of the shop {source} count when they are {state_word}.",
        "Заказы магазина {source} засчитываются, когда они {state_word}.",
    ),
    "cash_count": (
        "An order paid on delivery counts as paid at once.",
        "Заказ с оплатой при получении сразу считается оплаченным.",
    ),
    "cash_wait": (
        "An order paid on delivery counts when we have confirmed the payment.",
        "Заказ с оплатой при получении засчитывается, когда мы подтвердим оплату.",
    ),
    "refunds": (
        "A refund or a cancellation takes its part of the commission back, also after a payout.",
        "Возврат или отмена уменьшают вознаграждение на свою часть, в том числе после выплаты.",
    ),
    "frozen": (
        "An order keeps the terms it was counted by; later changes of these terms are for later orders.",
        "Заказ сохраняет условия, по которым был засчитан; изменения условий касаются только новых заказов.",
    ),
    "hold": (
        "A commission is payable {days:day|days} after its order was placed.",
        "Вознаграждение идёт к выплате через {days:день|дня|дней} после оформления заказа.",
    ),
    "hold_none": (
        "A commission is payable from the day its order was placed.",
        "Вознаграждение идёт к выплате со дня оформления заказа.",
    ),
    "payout_day": ("We pay on day {number} of each month.", "Мы платим {number}-го числа каждого месяца."),
    "payout_day_or_last": (
        "We pay on day {number} of each month, or on its last day if it is shorter.",
        "Мы платим {number}-го числа каждого месяца, а если месяц короче — в его последний день.",
    ),
    "min_payout": (
        "The smallest payout is {sum}; less carries over.",
        "Наименьшая выплата — {sum}; меньшие суммы переносятся.",
    ),
    "zone": ("Days and months are those of the time zone {zone}.", "Дни и месяцы — по времени {zone}."),
    # What is not paid for.
    "not_state": (
        "Orders that are not paid, are cancelled or wholly refunded, and test orders.",
        "Неоплаченные, отменённые и полностью возвращённые заказы, а также тестовые.",
    ),
    "not_code": (
        "Orders with a promo code that was not in force when they were placed, or whose restrictions they do not meet.",
        "Заказы с промокодом, который не действовал в момент заказа или ограничениям которого заказ не отвечает.",
    ),
    "own_purchase_block": ("What you buy yourself.", "Ваши собственные покупки."),
    "not_after_ad": (
        "Orders whose customer came by an advertisement of ours before your touch.",
        "Заказы, покупатель которых до вашего касания пришёл по нашей рекламе.",
    ),
    "not_direct_sales": (
        "Orders of customers whom our own sales team had brought before you.",
        "Заказы покупателей, которых до вас привёл наш отдел продаж.",
    ),
    "not_left": (
        "Orders that were placed while you were paused or after you had left; earlier ones stay yours.",
        "Заказы, оформленные, пока вы были на паузе или после вашего ухода; прежние остаются вашими.",
    ),
    **SUM_TERMS,
    **CODE_TERMS,
}
# fmt: on
