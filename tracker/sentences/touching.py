"""Sentences for touches: clicks, calls, leads, the direct sales team, bindings."""

from __future__ import annotations

# fmt: off
TOUCH_REASONS: dict[str, tuple[str, str]] = {
    # whose it is
    "click_of_partner": ("Link {ref} of {partner} was clicked on {day}.", "По ссылке {ref} партнёра {partner} перешли {day}."),
    "call_of_partner": ("The customer called for {partner} on {day} (lead {ref}).", "Покупатель позвонил {day} от партнёра {partner} (лид {ref})."),
    "lead_of_partner": ("{partner} registered the customer on {day} (lead {ref}).", "{partner} зарегистрировал покупателя {day} (лид {ref})."),
    "touch_beside_free_code": (
        "The code on the order is no partner's, so the touch of {partner} on {day} counts ({ref}).",
        "Промокод в заказе ничей, поэтому засчитано касание партнёра {partner} от {day} ({ref})."),
    "code_and_click": (
        "Code {code} belongs to {partner}, who also touched the customer on {day} ({ref}).",
        "Промокод {code} принадлежит партнёру {partner}, и его касание тоже есть: {day} ({ref})."),
    "bound_by_code": (
        "The customer is bound to {partner} by the code of the order of {day}.",
        "Покупатель закреплён за партнёром {partner} промокодом заказа от {day}."),
    "bound_by_link": (
        "The customer is bound to {partner} by the link, call or lead of the order of {day}.",
        "Покупатель закреплён за партнёром {partner} ссылкой, звонком или лидом заказа от {day}."),
    # whose it is when partners disagree
    "code_wins": (
        "Code {code} of {partner} counts; {losers} loses by the setting conflict={rule}.",
        "Засчитан промокод {code} партнёра {partner}; {losers} уступает по настройке conflict={rule}."),
    "link_wins": (
        "The touch of {partner} on {day} counts ({ref}); {losers} loses by the setting conflict={rule}.",
        "Засчитано касание партнёра {partner} от {day} ({ref}); {losers} уступает по настройке conflict={rule}."),
    "bound_wins": (
        "The customer is bound to {partner} since the order of {day}; {losers} loses by the setting conflict={rule}.",
        "Покупатель закреплён за партнёром {partner} с заказа от {day}; {losers} уступает по настройке conflict={rule}."),
    "code_split": (
        "Code {code} of {partner}; {sharers} has a claim, too: shared by the setting conflict=split.",
        "Промокод {code} партнёра {partner}; право есть и у {sharers}: делится поровну по настройке conflict=split."),
    "link_split": (
        "The touch of {partner} on {day} ({ref}); {sharers} has a claim, too: shared by the setting conflict=split.",
        "Касание партнёра {partner} от {day} ({ref}); право есть и у {sharers}: делится поровну по настройке conflict=split."),
    "link_own_purchase_flagged": (
        "The touch of {partner} on {day} counts ({ref}), and the buyer's e-mail or phone is his own.",
        "Засчитано касание партнёра {partner} от {day} ({ref}), но почта или телефон покупателя — его собственные."),
    # whose it is not
    "no_evidence": ("The order carries no code, and no partner's click, call or lead is known.", "В заказе нет промокода, и ни клика, ни звонка, ни лида партнёра не известно."),
    "code_without_click": (
        "Code {code}, but no click, call or lead of {partner} in {days} days.",
        "Промокод {code}, но за {days} дн. нет ни клика, ни звонка, ни лида партнёра {partner}."),
    "codes_without_click": (
        "Codes {codes}, but no click, call or lead of {partners} in {days} days.",
        "Промокоды {codes}, но за {days} дн. нет ни клика, ни звонка, ни лида партнёров {partners}."),
    "click_not_enough": (
        "The touch of {partner} on {day} ({ref}) does not count without a code by the setting attribution={rule}.",
        "Касание партнёра {partner} от {day} ({ref}) без промокода не считается по настройке attribution={rule}."),
    "click_too_old": (
        "The touch of {partner} on {day} ({ref}) is more than {days} days before the order.",
        "Касание партнёра {partner} от {day} ({ref}) было больше чем за {days} дн. до заказа."),
    "click_beside_stopped_code": (
        "The order carries code {other} of {partner}, which was stopped; his touch of {day} does not count in its place.",
        "В заказе остановленный промокод {other} партнёра {partner}; касание от {day} его не заменяет."),
    "click_beside_refused_code": (
        "Code {other} of {partner} on the order may not earn; his touch of {day} does not count in its place.",
        "Промокод {other} партнёра {partner} в заказе не засчитан; касание от {day} его не заменяет."),
    "link_unknown": ("The mark {ref} in the link is not in Links.", "Метки {ref} нет на листе «Ссылки»."),
    "link_of_two": ("The mark {ref} stands in Links for two partners.", "Метка {ref} записана на листе «Ссылки» за двумя партнёрами."),
    "link_partner_missing": ("The touch of {day} ({ref}) is that of {partner}, who is not in Partners.", "Касание от {day} ({ref}) — партнёра {partner}, которого нет на листе «Партнёры»."),
    "link_partner_unreadable": (
        "The touch of {day} ({ref}) is that of {partner}, whose row in Partners has a cell that cannot be read.",
        "Касание от {day} ({ref}) — партнёра {partner}, в строке которого на листе «Партнёры» есть ячейка, которую не прочесть."),
    "link_partner_paused": ("{partner}, whose touch was on {day} ({ref}), was paused.", "{partner}, чьё касание было {day} ({ref}), был на паузе."),
    "link_partner_left": ("{partner}, whose touch was on {day} ({ref}), had left.", "{partner}, чьё касание было {day} ({ref}), уже ушёл из программы."),
    "link_own_purchase": ("{partner} bought by his own link ({ref}, {day}).", "{partner} купил по собственной ссылке ({ref}, {day})."),
    "bound_partner_missing": (
        "The customer is bound to {partner} since the order of {day}, but the row is not in Partners.",
        "Покупатель закреплён за {partner} с заказа от {day}, но такой строки на листе «Партнёры» нет."),
    "bound_partner_unreadable": (
        "The customer is bound to {partner} since the order of {day}, whose row in Partners has a cell that cannot be read.",
        "Покупатель закреплён за {partner} с заказа от {day}, но в его строке на листе «Партнёры» есть ячейка, которую не прочесть."),
    "bound_partner_paused": ("The customer is bound to {partner} since {day}, who was paused.", "Покупатель закреплён за {partner} с {day}, но тот был на паузе."),
    "bound_partner_left": ("The customer is bound to {partner} since {day}, who had left.", "Покупатель закреплён за {partner} с {day}, но тот уже ушёл из программы."),
    "bound_own_purchase": ("{partner} bought for himself.", "{partner} купил сам у себя."),
    "bound_beside_stopped_code": (
        "The order carries code {other} of {partner}, which was stopped; that the customer is bound to him does not count in its place.",
        "В заказе остановленный промокод {other} партнёра {partner}; закрепление покупателя его не заменяет."),
    "bound_beside_refused_code": (
        "Code {other} of {partner} on the order may not earn; that the customer is bound to him does not count in its place.",
        "Промокод {other} партнёра {partner} в заказе не засчитан; закрепление покупателя его не заменяет."),
    "ad_before": (
        "The advertisement {ad} brought the customer before, on {at}; such orders are not counted.",
        "Раньше, {at}, покупателя привела реклама {ad}; такие заказы не засчитываются."),
    "ad_not_asked": (
        "An advertisement takes nothing from a partner: block_if_earlier_paid_touch is no.",
        "Реклама ничего не отнимает у партнёра: block_if_earlier_paid_touch — нет."),
    "ad_too_old": (
        "The advertisement {ad} is more than {days} days before the order.",
        "Реклама {ad} была больше чем за {days} дн. до заказа."),
    "ad_after_touch": (
        "The advertisement {ad} is not before the partner's first touch, {first}.",
        "Реклама {ad} была не раньше первого касания партнёра, {first}."),
    "direct_sales": ("{partner} is of the shop's own sales team, so the order is a direct one.", "{partner} — из отдела продаж магазина, поэтому заказ прямой."),
    "direct_sales_customer": (
        "The shop's own sales team knew the customer first, since {day} ({ref}).",
        "Отдел продаж магазина знал покупателя раньше, с {day} ({ref})."),
    # what becomes of a candidate; another partner is not named, for partners read it
    "lost_to_code": ("Another partner's code counted.", "Засчитан промокод другого партнёра."),
    "lost_to_link": ("The customer came by another partner's link, or was his already.", "Покупатель пришёл по ссылке другого партнёра или уже был закреплён за ним."),
    "lost_to_first": ("Another partner touched the customer first.", "Другой партнёр привёл покупателя раньше."),
    "lost_to_last": ("Another partner touched the customer last.", "Другой партнёр привёл покупателя позже."),
    "touch_of_partner": ("The touch of {partner} on {day} counts ({ref}).", "Засчитано касание партнёра {partner} от {day} ({ref})."),
    "bound_to_partner": ("The customer is bound to {partner} since the order of {day}.", "Покупатель закреплён за партнёром {partner} с заказа от {day}."),
    "shares": ("{partner} shares the order.", "{partner} получает часть заказа."),
    "another_partner_counted": ("The order counted for another partner.", "Заказ засчитан другому партнёру."),
    # what a person can do (tab Review)
    "remedy_code_without_click": ("In Decisions: pay if the code alone is enough here, refuse if it is not.", "На листе «Решения»: платить, если здесь хватает промокода, или отказать."),
    "remedy_codes_without_click": ("In Decisions: assign the order to one of them, or refuse it.", "На листе «Решения»: назначьте заказ одному из них или откажите."),
    "remedy_link_own_purchase_flagged": ("In Decisions: pay if it is right, refuse if it is not.", "На листе «Решения»: платить, если всё верно, или отказать."),
    "remedy_link_unknown": ("Add the mark to Links, and its orders of the last 60 days are counted.", "Добавьте метку на лист «Ссылки», и заказы за 60 дней засчитаются."),
    "remedy_link_of_two": ("In Links leave the mark with one partner, and its orders of the last 60 days are counted.", "Оставьте метку на листе «Ссылки» за одним партнёром, и заказы за 60 дней засчитаются."),
    "remedy_link_partner_missing": ("Add the partner to Partners.", "Добавьте партнёра на лист «Партнёры»."),
    "remedy_link_partner_unreadable": ("Mend the partner's row: see Problems.", "Исправьте строку партнёра: см. «Замечания»."),
    "remedy_bound_partner_missing": ("Add the partner to Partners.", "Добавьте партнёра на лист «Партнёры»."),
    "remedy_bound_partner_unreadable": ("Mend the partner's row: see Problems.", "Исправьте строку партнёра: см. «Замечания»."),
}

TOUCH_PROBLEMS: dict[str, tuple[str, str]] = {
    "helper_unknown": (
        "The shop says {helper} helped with an order ({count} of 60 days), and there is no such row in Partners, so nobody gets the cross-bonus. Add it; orders booked before are paid by Adjustments.",
        "По словам магазина, с заказом помог {helper} (заказов за 60 дней: {count}), а на листе «Партнёры» его нет, поэтому бонус никто не получает. Добавьте строку; за прежние заказы доплатите корректировкой."),
    "link_of_nobody": ("The link has no partner. Type his partner_id.", "У ссылки нет партнёра. Впишите его в столбец «партнёр»."),
    "link_partner_unknown": (
        "Link {ref} names {partner}, who is not in Partners. Add the partner, or correct the id.",
        "Ссылка {ref} записана за {partner}, которого нет на листе «Партнёры». Добавьте партнёра или исправьте идентификатор."),
    "link_two_partners": (
        "Link {ref} belongs to another partner, too ({other}), so it counts for neither. Give each a mark of his own.",
        "Ссылка {ref} записана и за другим партнёром ({other}), поэтому не считается никому. Дайте каждому свою метку."),
    "click_time": (
        "The time {shown} cannot be read, so the click does not count. Write it as 2026-10-07T12:30:00+03:00.",
        "Время {shown} не читается, поэтому клик не считается. Запишите его как 2026-10-07T12:30:00+03:00."),
    "click_no_key": (
        "The customer's keys are expected here (e:…, p:…, i:…); the click does not count. Contacts do not belong in this tab: delete them.",
        "Здесь должны быть ключи покупателя (e:…, p:…, i:…), поэтому клик не считается. Контактам на этом листе не место: удалите их."),
}
# fmt: on
