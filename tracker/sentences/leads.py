"""Sentences for leads: what each earns, what a person must mend, and what the command says."""

from __future__ import annotations

LEAD_REASONS: dict[str, tuple[str, str]] = {
    "lead_noted": (
        "The lead is registered; nothing is owed for it yet.",
        "Лид зарегистрирован, вознаграждения за него пока нет.",
    ),
    "lead_by_sign": (
        "The lead named {sign}, which is {partner}'s; nothing is owed for it yet.",
        "По {sign} это лид партнёра {partner}; вознаграждения за него пока нет.",
    ),
    "lead_registered": (
        "A customer was registered; that earns {rate}.",
        "Зарегистрирован покупатель; за это положено {rate}.",
    ),
    "lead_taken": (
        "The customer was already registered on {day}; that registration still holds.",
        "Этот покупатель уже зарегистрирован {day}, и та регистрация ещё действует.",
    ),
    "lead_repeated": (
        "The same partner registered this customer on {day} already; that is paid once.",
        "Этого покупателя тот же партнёр уже зарегистрировал {day}; платится один раз.",
    ),
    "lead_refused": ("The lead was refused.", "По лиду отказ."),
    "lead_duplicate": ("The lead is a duplicate.", "Лид — дубль."),
    "lead_expired": ("The lead has expired.", "Лид просрочен."),
    "lead_partner_away": (
        "{partner} was paused or had left when the customer was registered.",
        "Когда зарегистрировали покупателя, {partner} был на паузе или уже ушёл из программы.",
    ),
    "delivery_test_lead": (
        "it is a test lead; there is nothing to count",
        "это тестовый лид, считать нечего",
    ),
    "delivery_call_out": (
        "the call was made by the shop itself, so nobody sent a customer",
        "звонил сам магазин, покупателя никто не приводил",
    ),
    "delivery_call_hidden": (
        "the caller's number is hidden, so nobody knows who called",
        "номер звонившего скрыт, и кто звонил — неизвестно",
    ),
}

LEAD_PROBLEMS: dict[str, tuple[str, str]] = {
    "delivery_not_of_uis": (
        "The delivery is no notification of a call. Let UIS send call_session_id, contact_phone_number and virtual_phone_number.",
        "Доставка — не уведомление о звонке. Пусть UIS присылает call_session_id, contact_phone_number и virtual_phone_number.",
    ),
    "delivery_lead_without_contact": (
        "The lead has neither phone nor email. Send one of the two, so that it can be recognised.",
        "У лида нет ни phone, ни email. Пришлите хотя бы одно, чтобы его можно было узнать.",
    ),
    "lead_time": (
        "{shown} is no moment, so the lead counts from when it was first seen. Type it as 2026-10-07 12:30.",
        "{shown} — не время, поэтому лид считается с того дня, когда его увидели. Впишите так: 2026-10-07 12:30.",
    ),
    "lead_of_nobody": (
        "Leads that name {sign}: {count}. It is nobody's in Codes, Links and Partners. Add it there, or fill in partner_id on Leads.",
        "Лидов, где назван {sign}: {count}. На листах «Промокоды», «Ссылки» и «Партнёры» он ни за кем не записан. Добавьте его туда или впишите партнёра на листе «Лиды».",
    ),
    "lead_protected": (
        "The customer of lead {lead} is registered since {day} (lead {other}), which still holds, so this one earns nothing. Mark it as duplicate, or refuse the other.",
        "Покупатель лида {lead} зарегистрирован {day} (лид {other}), и это ещё действует, поэтому за него ничего не положено. Отметьте его как дубль или откажите по другому.",
    ),
    "lead_rate_percent": (
        "A registration has no sum to take {rate} of. Type a sum such as 500 RUB into lead_rate on Settings, or as the partner's rate.",
        "У регистрации нет суммы, чтобы взять с неё {rate}. Впишите сумму, например 500 RUB, в lead_rate на листе «Настройки» или как ставку партнёра.",
    ),
    "lead_rate_of_nothing": (
        "{shown} is a percent, and with lead_pays_on = registration there is no deal to take it of. Type a sum such as 500 RUB, or choose deal.",
        "{shown} — это процент, а при lead_pays_on = регистрация сделки ещё нет. Впишите сумму, например 500 RUB, или выберите сделку.",
    ),
}

LEAD_STOPS: dict[str, tuple[str, str]] = {
    "lead_without_contact": (
        "A lead needs a phone or an e-mail, or the customer cannot be recognised. Add --phone or --email.",
        "У лида должен быть телефон или почта, иначе покупателя не узнать. Добавьте --phone или --email.",
    ),
    "lead_phone_unusable": (
        "{shown} is no phone number. Type it with its country, as in +7 900 000-00-01.",
        "{shown} — не номер телефона. Впишите его с кодом страны: +7 900 000-00-01.",
    ),
    "lead_email_unusable": (
        "{shown} is no e-mail address. Correct --email.",
        "{shown} — не адрес почты. Исправьте --email.",
    ),
    "lead_partner_unknown": (
        "No row of Partners has the id {partner}. Correct it, or add the partner first.",
        "На листе «Партнёры» нет id {partner}. Исправьте его или сначала добавьте партнёра.",
    ),
    "lead_partner_left": (
        "{partner} is paused or has left, so no lead is registered for him. Change his status in Partners first.",
        "{partner} на паузе или ушёл из программы, поэтому лид за ним не регистрируется. Сначала измените его статус на листе «Партнёры».",
    ),
    "lead_registered_already": (
        "This customer is already registered on {day}; that holds until {until}. Nothing was written.",
        "Этот покупатель уже зарегистрирован {day}, это действует по {until}. Ничего не записано.",
    ),
    "lead_settings": (
        "The settings {keys} cannot be read, so no lead is registered. Correct them on Settings.",
        "Не читаются настройки {keys}, поэтому лид не записан. Исправьте их на листе «Настройки».",
    ),
}

LEAD_SAYS: dict[str, tuple[str, str]] = {
    "added": (
        "Lead {lead} of {partner} is registered until {until}.",
        "Лид {lead} партнёра {partner} зарегистрирован, защита по {until}.",
    ),
    "added_unprotected": (
        "Lead {lead} of {partner} is registered.",
        "Лид {lead} партнёра {partner} зарегистрирован.",
    ),
    "none": ("There are no leads yet.", "Лидов пока нет."),
    "status": ("status", "статус"),
    "count": ("leads", "лидов"),
    "deals": ("deals", "сделки"),
    "earned": ("earned", "начислено"),
}
