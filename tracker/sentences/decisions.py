"""Sentences for decisions: why an order counts for a partner or not, and what it comes to."""

from __future__ import annotations

# fmt: off
DECISIONS: dict[str, tuple[str, str]] = {
    # whose it is
    "code_of_partner": ("Code {code} belongs to {partner}.", "Промокод {code} принадлежит партнёру {partner}."),
    "ok": ("Code {code} belongs to {partner}.", "Промокод {code} принадлежит партнёру {partner}."),
    "two_codes_first": (
        "Code {code} of {partner} stands first; {losers} loses by the setting two_codes=first.",
        "Промокод {code} партнёра {partner} стоит первым; {losers} уступает по настройке two_codes=first."),
    "two_codes_last": (
        "Code {code} of {partner} stands last; {losers} loses by the setting two_codes=last.",
        "Промокод {code} партнёра {partner} стоит последним; {losers} уступает по настройке two_codes=last."),
    "own_purchase_flagged": (
        "Code {code} belongs to {partner}, and so does the buyer's e-mail or phone.",
        "Промокод {code} принадлежит партнёру {partner}, и почта или телефон покупателя — тоже."),
    "decision_assign": ("The owner gave the order to {partner}.", "Владелец назначил заказ партнёру {partner}."),
    "decision_pay": ("The owner decided that {partner} is paid.", "Владелец решил заплатить партнёру {partner}."),
    "decision_refuse": ("The owner decided that the order is not counted.", "Владелец решил не засчитывать заказ."),
    # whose it is not
    "no_code": ("The order carries no code.", "В заказе нет промокода."),
    "test_order": ("It is a test order.", "Это тестовый заказ."),
    "waiting": ("A refund came before its order; it waits.", "Возврат пришёл раньше заказа и ждёт его."),
    "code_unknown": ("Code {code} is not in Codes.", "Промокода {code} нет на листе «Промокоды»."),
    "code_unknown_look_alike": (
        "Code {code} is not in Codes; it looks like {like}, but with Cyrillic and Latin letters mixed up.",
        "Промокода {code} нет на листе «Промокоды»; он похож на {like}, но буквы русские и латинские перепутаны."),
    "code_unbound": ("Code {code} belongs to no partner.", "Промокод {code} ни за кем не записан."),
    "code_unreadable": ("The row of code {code} has a cell that cannot be read.", "В строке промокода {code} есть ячейка, которую не прочесть."),
    "code_shared": ("Code {code} is for everybody and pays nobody.", "Промокод {code} общий, по нему никому не платят."),
    "code_paused": ("Code {code} of {partner} was paused.", "Промокод {code} партнёра {partner} был на паузе."),
    "code_leaked": ("Code {code} of {partner} had leaked and was closed.", "Промокод {code} партнёра {partner} утёк и был закрыт."),
    "code_expired_by_owner": ("Code {code} of {partner} had expired.", "Промокод {code} партнёра {partner} уже не действовал."),
    "code_expired": ("Code {code} of {partner} was valid until {valid_to}.", "Промокод {code} партнёра {partner} действовал по {valid_to}."),
    "code_not_yet": ("Code {code} of {partner} is valid from {valid_from}.", "Промокод {code} партнёра {partner} действует с {valid_from}."),
    "partner_missing": ("Code {code} belongs to {partner}, who is not in Partners.", "Промокод {code} записан за {partner}, которого нет на листе «Партнёры»."),
    "partner_unreadable": ("Code {code} belongs to {partner}, whose row in Partners has a cell that cannot be read.", "Промокод {code} записан за {partner}, в строке которого на листе «Партнёры» есть ячейка, которую не прочесть."),
    "partner_paused": ("{partner}, whose code is {code}, was paused.", "{partner}, чей промокод {code}, был на паузе."),
    "partner_left": ("{partner}, whose code is {code}, had left.", "{partner}, чей промокод {code}, уже ушёл из программы."),
    "own_purchase": ("{partner} bought with his own code {code}.", "{partner} купил по собственному промокоду {code}."),
    "two_owners": ("Code {code} belonged to {partners} at once.", "Промокод {code} принадлежал сразу {partners}."),
    "two_partners": ("The order carries codes of several partners ({partners}); the owner decides.", "В заказе промокоды нескольких партнёров ({partners}); решает владелец."),
    "settings_unreadable": ("Settings cannot be read: {keys}.", "Не читаются настройки: {keys}."),
    # what it comes to
    "owes_percent": ("{rate} of {base} ({rule}) is {amount}.", "{rate} от {base} ({rule}) — {amount}."),
    "owes_percent_refunded": (
        "{refunded} was refunded; {rate} of the {base} left ({rule}) is {amount}.",
        "Возвращено {refunded}; {rate} от оставшихся {base} ({rule}) — {amount}."),
    "owes_sum": ("The agreed sum is {amount}.", "Оговорённая сумма — {amount}."),
    "owes_pending": ("Nothing is owed until it is paid.", "Пока заказ не оплачен, ничего не причитается."),
    "owes_cancelled": ("Nothing is owed: it was cancelled.", "Ничего не причитается: заказ отменён."),
    "owes_refunded": ("Nothing is owed: it was wholly refunded.", "Ничего не причитается: заказ возвращён целиком."),
    # the owner's money
    "adjustment": ("The owner's adjustment: {reason}.", "Корректировка владельца: {reason}."),
    "adjustment_unexplained": ("The owner's adjustment.", "Корректировка владельца."),
    "lead_deal": ("A lead became a deal of {deal}; {rate} of it.", "Лид стал сделкой на {deal}; {rate} от неё."),
    "lead_no_deal": ("The lead is no deal.", "Лид — не сделка."),
    "row_gone": ("The owner deleted the row.", "Владелец удалил строку."),
    "payout_open": ("Proposed; not paid yet.", "Предложена, ещё не оплачена."),
    "payout_paid": ("Paid out, reference {reference}.", "Выплачено, платёжка {reference}."),
    "payout_paid_plainly": ("Paid out.", "Выплачено."),
    "payout_bank": (
        "The bank statement says: paid on {paid_on}, number {reference}.",
        "По банковской выписке: оплачена {paid_on}, платёжка {reference}."),
    "payout_bank_plainly": (
        "The bank statement says: paid on {paid_on}.",
        "По банковской выписке: оплачена {paid_on}."),
    "payout_unknown": ("Nobody knows whether it was paid.", "Неизвестно, прошла ли выплата."),
    "payout_freed": ("Not paid: returned or void.", "Не выплачено: возврат или отмена."),
    # letters: why a line stands there, or why an order does not
    "order_cancelled": ("The order was cancelled.", "Заказ отменён."),
    "order_refunded": ("The customer was refunded.", "Покупателю вернули деньги."),
    "order_pending": ("The order is not paid yet.", "Заказ ещё не оплачен."),
    "order_changed": ("The shop corrected the order.", "Магазин исправил заказ."),
    "order_too_small": (
        "The order is so small that the commission rounds to nothing.",
        "Заказ так мал, что вознаграждение округляется до нуля."),
    "order_nothing_due": ("There is nothing to take a percent of.", "Не с чего брать процент."),
    "taken_back": ("The order no longer counts for you.", "Заказ больше не засчитывается вам."),
    "another_code_counted": ("Another code on the order counted.", "Засчитан другой промокод этого заказа."),
    "waits_for_review": ("The programme has yet to decide.", "Программа ещё решает, чей это заказ."),
    # what a person can do (tab Review)
    "remedy_two_partners": ("In Decisions: assign it to one of them, or refuse.", "На листе «Решения» назначьте заказ одному из них или откажите."),
    "remedy_two_owners": ("Give the code's rows dates that do not overlap, or assign the order in Decisions.", "Разведите даты строк промокода или назначьте заказ на листе «Решения»."),
    "remedy_own_purchase_flagged": ("In Decisions: pay if it is right, refuse if it is not.", "На листе «Решения»: платить, если всё верно, или отказать."),
    "remedy_code_unknown": ("Add the code to Codes, and its orders of the last 60 days are counted.", "Добавьте промокод на лист «Промокоды», и заказы за 60 дней засчитаются."),
    "remedy_code_unknown_look_alike": ("Add the code as typed to Codes, or refuse the orders.", "Добавьте промокод так, как его ввели, или откажите заказам."),
    "remedy_code_unbound": ("Fill in the code's partner_id.", "Заполните partner_id промокода."),
    "remedy_partner_missing": ("Add the partner to Partners.", "Добавьте партнёра на лист «Партнёры»."),
    "carried_by": ("Orders with it: {count}.", "Заказов с ним: {count}."),
    "remedy_partner_unreadable": ("Mend the partner's row: see Problems.", "Исправьте строку партнёра: см. «Замечания»."),
    "cash_waits": ("Cash on delivery: the shop will not report it as paid.", "Оплата при получении: магазин не сообщит об оплате."),
    "remedy_cash_waits": ("When you have the money, in Decisions: pay. Else refuse.", "Когда деньги получены, на листе «Решения»: платить. Иначе — отказать."),
    # the Dashboard
    "figure_orders": ("Orders", "Заказов"),
    "figure_attributed": ("Orders of partners", "Заказов от партнёров"),
    "figure_unattributed": ("Orders of nobody", "Заказов без партнёра"),
    "figure_brought": ("Brought by partners", "Принесли партнёры"),
    "figure_owed": ("Owed to partners", "Должны партнёрам"),
    "figure_on_hold": ("Of that on hold", "Из них в холде"),
    "figure_payable": ("Of that payable", "Из них к выплате"),
    "figure_proposed": ("In open payouts", "В предложенных выплатах"),
}
# fmt: on
