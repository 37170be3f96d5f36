"""Sentences for the command `codes`: why no code was made, or none is known."""

from __future__ import annotations

# fmt: off
CODE_STOPS: dict[str, tuple[str, str]] = {
    "codes_partner_unknown": (
        "There is no partner “{partner}” in the tab Partners. Choose from: {known}.",
        "На листе «Партнёры» нет партнёра «{partner}». Выберите из: {known}."),
    "codes_partner_unreadable": (
        "The row of {partner} in the tab Partners cannot be read: the tab Problems says why. Mend it, then make the codes.",
        "Строка партнёра {partner} на листе «Партнёры» не читается: причина на листе «Замечания». Исправьте её и запустите снова."),
    "codes_partner_left": (
        "{partner} has left the programme, so orders with a new code would earn nothing. Set the status in the tab Partners to active first.",
        "Партнёр {partner} ушёл, и за заказы с новым промокодом он ничего не получит. Сначала верните ему на листе «Партнёры» статус «активен»."),
    "codes_pattern_part": (
        "The pattern {pattern} has {part}, which means nothing. It may have {{NAME}}, {{FULLNAME}}, a number such as {{NN}}, random signs such as {{RRRR}}, and in variants {{CODE}} and {{CHANNEL}}.",
        "В шаблоне {pattern} есть {part}, а такой части нет. Бывают {{NAME}}, {{FULLNAME}}, номер вроде {{NN}}, случайные знаки вроде {{RRRR}}, а в вариантах — {{CODE}} и {{CHANNEL}}."),
    "codes_pattern_signs": (
        "The pattern {pattern} has the sign “{sign}” where a code should not have it. Use letters, digits and, inside, _ - and a point.",
        "В шаблоне {pattern} знак «{sign}» стоит там, где в промокоде его быть не должно. Годятся буквы, цифры, а внутри ещё _ - и точка."),
    "codes_pattern_empty": (
        "The pattern is empty. Name one with --pattern, or set code_pattern in the tab Settings: KUPON_{{NAME}}{{NN}}.",
        "Шаблон пуст. Укажите его в --pattern или задайте code_pattern на листе «Настройки»: KUPON_{{NAME}}{{NN}}."),
    "codes_pattern_fixed": (
        "The pattern {pattern} makes one and the same code, and {count} are wanted. Add a number ({{NN}}) or random signs ({{RRRR}}).",
        "По шаблону {pattern} выходит один и тот же промокод, а нужно {count}. Добавьте номер ({{NN}}) или случайные знаки ({{RRRR}})."),
    "codes_pattern_serial": (
        "A serial gets its own number, so its pattern {pattern} is only what stands before it: letters, {{NAME}} or {{FULLNAME}}. Leave {{NN}} and {{RRRR}} out.",
        "У серийного промокода свой номер, и шаблон {pattern} — это лишь то, что стоит перед ним: буквы, {{NAME}} или {{FULLNAME}}. Уберите {{NN}} и {{RRRR}}."),
    "codes_pattern_variant": (
        "{{CODE}} and {{CHANNEL}} in {pattern} are for variants: use them with --channels TG,YT, and there leave {{NN}} and {{RRRR}} out.",
        "{{CODE}} и {{CHANNEL}} в {pattern} — для вариантов: используйте их с --channels TG,YT и без {{NN}} и {{RRRR}}."),
    "codes_too_long": (
        "By the pattern {pattern} a code would be {named}, longer than {most} signs. Shorten the pattern.",
        "По шаблону {pattern} промокод вышел бы {named} — длиннее {most} знаков. Сократите шаблон."),
    "codes_taken": (
        "{named} looks like {holder}, which is or was a code already. Choose another pattern, or add a number ({{NN}}).",
        "{named} выглядит как {holder}, а такой промокод уже есть или был. Возьмите другой шаблон или добавьте номер ({{NN}})."),
    "codes_no_room": (
        "Nearly all codes of the pattern {pattern} are taken. Add random signs: {{RRRRRR}}.",
        "Почти все промокоды по шаблону {pattern} заняты. Добавьте случайных знаков: {{RRRRRR}}."),
    "codes_channels_kind": (
        "Variants by channel are made of partner codes only. Leave --kind or --channels out.",
        "Варианты по каналам бывают только у партнёрских промокодов. Уберите --kind или --channels."),
    "codes_channel_empty": (
        "The channel “{channel}” has no letter or digit to name a variant by. Write it as TG or YT.",
        "В канале «{channel}» нет ни буквы, ни цифры, чтобы назвать вариант. Напишите, например, TG или YT."),
    "codes_base_alone": (
        "--of names the code whose variants are made: say for which channels with --channels TG,YT.",
        "--of называет промокод, варианты которого нужны: укажите каналы в --channels TG,YT."),
    "codes_base_unknown": (
        "{named} is no working code of {partner} that variants can be made of. Choose from: {known}.",
        "{named} — не действующий промокод партнёра {partner}, от которого бывают варианты. Выберите из: {known}."),
    "codes_base_which": (
        "{partner} has several codes: {known}. Say of which one the variants are to be: --of CODE.",
        "У партнёра {partner} несколько промокодов: {known}. Укажите, варианты которого нужны: --of КОД."),
    "codes_column_missing": (
        "The tab {tab} has no column {column}, which these codes need. Run: python -m tracker init",
        "На листе «{tab}» нет столбца «{column}», а он нужен этим промокодам. Запустите: python -m tracker init"),
    "codes_too_many": (
        "{count} codes do not fit into one write of this book, {most} do. Make them in several runs.",
        "Промокодов {count}, а за одну запись в эту книгу помещается {most}. Сделайте их за несколько запусков."),
    "codes_answer_lost": (
        "The store did not say whether the new codes landed. Look into the tab Codes before you make more: they stand there all, or none does.",
        "Хранилище не ответило, записались ли новые промокоды. Прежде чем делать ещё, посмотрите на лист «Промокоды»: там либо все, либо ни одного."),
    "codes_dates_backwards": (
        "The codes would end on {last}, before they begin on {first}. Swap --valid-from and --valid-to.",
        "Промокоды кончались бы {last}, раньше, чем начнут действовать ({first}). Поменяйте --valid-from и --valid-to местами."),
    "codes_day_unreadable": (
        "“{day}” is no day. Write it as 2026-11-01 or 01.11.2026.",
        "«{day}» — не дата. Напишите 2026-11-01 или 01.11.2026."),
    "codes_rate_unreadable": (
        "“{rate}” is no rate. Write 15% or a sum with its currency, 500 RUB.",
        "«{rate}» — не ставка. Напишите 15% или сумму с валютой: 500 RUB."),
    "codes_url": (
        "“{url}” does not work as an address for QR codes. It begins with https://, has {{CODE}} where the code belongs, and at most {most} signs: https://shop.example/?coupon={{CODE}}.",
        "«{url}» не подходит как адрес для QR-кодов. Он начинается с https://, на месте промокода в нём стоит {{CODE}}, и в нём не больше {most} знаков: https://shop.example/?coupon={{CODE}}."),
    "codes_file_failed": (
        "The codes are in the tab Codes, but {path} cannot be written ({why}). Write it once more with: codes print",
        "Промокоды стоят на листе «Промокоды», но файл {path} не записать ({why}). Запишите его ещё раз командой codes print"),
    "codes_none": (
        "There is no such code to print. See what there is with: codes list",
        "Печатать нечего: таких промокодов нет. Какие есть, покажет codes list"),
    "code_row_unreadable": (
        "{named} stands in the tab Codes, but its row cannot be read: the tab Problems says why.",
        "{named} есть на листе «Промокоды», но строка не читается: причина на листе «Замечания»."),
    "code_not_known": (
        "There is no code {named} in the tab Codes.",
        "На листе «Промокоды» нет {named}."),
    "code_not_known_like": (
        "There is no code {named} in the tab Codes. Was it {like}?",
        "На листе «Промокоды» нет {named}. Может быть, {like}?"),
    "code_serial_mistyped": (
        "{named} is no serial number: its last sign does not fit the others, so it was misread or mistyped. Read it again.",
        "{named} — не серийный номер: последний знак не сходится с остальными, значит, номер прочли или набрали с ошибкой. Проверьте его ещё раз."),
    "code_serial_mistyped_like": (
        "{named} is no serial number: its last sign does not fit the others, so it was misread or mistyped. Read it again. Was it {like}?",
        "{named} — не серийный номер: последний знак не сходится с остальными, значит, номер прочли или набрали с ошибкой. Проверьте его ещё раз. Может быть, {like}?"),
    "code_serial_unknown": (
        "{named} is a well-formed serial number, but it is not in the tab Codes: it was never issued here, or its row was deleted.",
        "{named} — правильный серийный номер, но на листе «Промокоды» его нет: здесь его не выпускали, или строку удалили."),
}
# fmt: on
