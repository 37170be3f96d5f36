"""What is wrong with an address of e-mail or a sender? Each sentence with its remedy."""

from __future__ import annotations

ADDRESS_PROBLEMS: dict[str, tuple[str, str]] = {
    "email_missing": (
        "There is no e-mail address. Type one, such as name@example.com.",
        "Нет адреса почты. Введите его, например name@example.com.",
    ),
    "email_hidden_sign": (
        (
            "There is an invisible sign or a line break in the e-mail address. Clear the cell "
            "and type the address by hand."
        ),
        (
            "В адресе почты есть невидимый знак или перевод строки. Очистите ячейку и введите "
            "адрес вручную."
        ),
    ),
    "email_several": (
        (
            "There is more than one e-mail address, or a comma or semicolon. Leave exactly one "
            "address."
        ),
        (
            "Здесь больше одного адреса почты, или есть запятая либо точка с запятой. Оставьте "
            "ровно один адрес."
        ),
    ),
    "email_encoded": (
        (
            "The e-mail address holds `=?`, as text copied from a letter's source does. Type the "
            "plain address."
        ),
        "В адресе почты есть `=?`, как в тексте из исходника письма. Введите обычный адрес.",
    ),
    "email_not_latin": (
        (
            "The e-mail address holds letters that are not Latin (perhaps only look so). Type it "
            "in Latin letters; write a national domain in its xn-- form."
        ),
        (
            "В адресе почты есть нелатинские буквы (возможно, лишь похожие на латинские). "
            "Введите его латиницей, а национальный домен — в виде xn--."
        ),
    ),
    "email_too_long": (
        (
            "The e-mail address is longer than an address can be (254 signs, 64 before the @). "
            "Check it."
        ),
        "Адрес почты длиннее допустимого (254 знака, до @ — 64). Проверьте его.",
    ),
    "email_unreadable": (
        "This is not an e-mail address. Type it as name@example.com.",
        "Это не адрес почты. Введите его в виде name@example.com.",
    ),
    "sender_name_unreadable": (
        (
            "The sender's name holds a quotation mark, a backslash, an @ or `=?`. Write it "
            "plainly: The Shop <shop@example.com>."
        ),
        (
            "В имени отправителя есть кавычка, обратная косая черта, @ или `=?`. Напишите "
            "просто: Магазин <shop@example.com>."
        ),
    ),
    "sender_name_too_long": (
        "The sender's name is longer than 100 signs. Make it shorter.",
        "Имя отправителя длиннее 100 знаков. Сократите его.",
    ),
}
