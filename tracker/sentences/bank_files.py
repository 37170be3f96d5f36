"""What is said about requisites and files for the bank? Codes with (English, Russian)."""

from __future__ import annotations

Catalogue = dict[str, tuple[str, str]]

# What is wrong with a cell of requisites; said of a partner's and of the payer's own.
_FAULTS: Catalogue = {
    "details_long": ("it is longer than 2,000 signs", "там больше 2 000 знаков"),
    "details_several": (
        "it names two different numbers or addresses of one kind, and one of them is meant",
        "там два разных номера или адреса одного вида, а нужен один",
    ),
    "details_email": ("the e-mail address is not a plain one", "адрес почты написан с ошибкой"),
    "details_iban_length": (
        "the IBAN is missing signs or has too many for its country",
        "в IBAN не столько знаков, сколько должно быть для его страны",
    ),
    "details_iban_check": (
        "the check digits of the IBAN (the 3rd and 4th sign) do not fit the rest",
        "контрольные цифры IBAN (3-й и 4-й знак) не сходятся с остальными",
    ),
    "details_swift": (
        "the SWIFT/BIC is no code of 8 or 11 signs with a country in it",
        "код SWIFT/BIC — не 8 и не 11 знаков со страной внутри",
    ),
    "details_inn": (
        "the INN has not 10 or 12 digits, or its last digits do not fit the others",
        "в ИНН не 10 и не 12 цифр, или последние цифры не сходятся с остальными",
    ),
    "details_kpp": ("the KPP has not 9 signs", "в КПП не 9 знаков"),
    "details_bic": (
        "the BIC (БИК) is not 9 digits that begin with 04",
        "БИК — не 9 цифр, начинающихся с 04",
    ),
    "details_bic_several": ("it names two different BICs (БИК)", "там два разных БИК"),
    "details_account_length": ("the account has not 20 digits", "в номере счёта не 20 цифр"),
    "details_account_key": (
        "the account does not fit the BIC: its check digit, the 9th, is another",
        "счёт не подходит к БИК: не сходится контрольная цифра, девятая",
    ),
    "details_corr_key": (
        "the correspondent account does not fit the BIC: its check digit, the 9th, is another",
        "корреспондентский счёт не подходит к БИК: не сходится контрольная цифра, девятая",
    ),
    "details_card": (
        "the card's last digit does not fit the others (16 to 19 digits are needed)",
        "последняя цифра карты не сходится с остальными (нужно от 16 до 19 цифр)",
    ),
    "details_phone": (
        "the phone for SBP is no Russian mobile: +7 9 and nine digits",
        "телефон для СБП — не российский мобильный: +7 9 и ещё девять цифр",
    ),
}

# What else keeps a payout out of a file: why, and what to do.
_REFUSALS: Catalogue = {
    "payout_not_asked": (
        "it is in {currency}, and only {asked} was asked for. Export its currency too",
        "она в {currency}, а просили только {asked}. Выгрузите и эту валюту",
    ),
    "payout_file_full": (
        "the file is full at {limit} rows. Mark its payouts as paid and export again",
        "в файл входит не больше {limit} строк. Отметьте его выплаты и выгрузите ещё раз",
    ),
    "payout_method_other": (
        "it is to be paid another way ({method}). Export it in a format for that, or as csv",
        "платить нужно иначе ({method}). Выгрузите её в подходящем формате или в csv",
    ),
    "payout_currency_other": (
        "the format cannot pay {currency}. Export it in another format, or as csv",
        "{currency} в этом формате не заплатить. Выгрузите её в другом формате или в csv",
    ),
    "payout_needs_whole": (
        "PayPal takes {unit} without decimals. Pay it another way, or add an adjustment",
        "PayPal принимает {unit} только целыми. Заплатите иначе или добавьте корректировку",
    ),
    "payout_reference_cut": (
        "for {unit} Wise cuts references to {limit} signs, and the payout's id would be lost. Pay it by hand, by csv",
        "для {unit} Wise обрезает назначение до {limit} знаков, и номер выплаты потерялся бы. Заплатите вручную, по csv",
    ),
}

# What the requisites lack.
_LACKS: Catalogue = {
    "payout_needs_account": (
        "payout_details have no Russian account of 20 digits",
        "в реквизитах нет счёта из 20 цифр",
    ),
    "payout_needs_bic": ("payout_details have no BIC (БИК)", "в реквизитах нет БИК"),
    "payout_account_currency": (
        "the account in payout_details is not in roubles (810 in digits 6 to 8)",
        "счёт в реквизитах не рублёвый (должно быть 810 в цифрах с 6-й по 8-ю)",
    ),
    "payout_needs_iban": ("payout_details have no IBAN", "в реквизитах нет IBAN"),
    "payout_needs_email": (
        "payout_details have no e-mail address",
        "в реквизитах нет адреса почты",
    ),
    "payout_needs_phone": (
        "payout_details have no phone for SBP (+7 900 000-00-01)",
        "в реквизитах нет телефона для СБП (+7 900 000-00-01)",
    ),
    "payout_needs_bank": (
        "payout_details name no bank for SBP",
        "в реквизитах не назван банк для СБП",
    ),
    "payout_needs_name": ("the partner has no name", "у партнёра нет имени"),
    "payout_name_long": (
        "the name is longer than {limit} signs",
        "имя длиннее {limit} знаков",
    ),
    "payout_signs": (
        "the name or the bank has the sign {sign}, which {letters} lacks; a changed name would be another name",
        "в имени или банке есть знак {sign}, которого нет в {letters}; другое имя банк не примет",
    ),
    "payout_formula_name": (
        "the name or the bank begins like a formula ({shown}), and a changed name would be another name",
        "имя или банк начинается как формула ({shown}); изменённое имя банк не примет",
    ),
    "payout_iban_currency": (
        "an account of {country} is kept in {own}, and the payout is in {unit}",
        "счёт страны {country} ведётся в {own}, а выплата в {unit}",
    ),
    "payout_tax_id": (
        "tax_id is no INN: 10 or 12 digits, the last ones fitting the others",
        "в столбце «ИНН» не ИНН: нужно 10 или 12 цифр, и последние должны сходиться с остальными",
    ),
    "payout_tax_ids": (
        "tax_id and the INN in payout_details differ",
        "ИНН в столбце «ИНН» и ИНН в реквизитах — разные",
    ),
}

_HEAD = (
    "Payout {payout} of {partner} ({amount} {unit}) is not in the {form} file: ",
    "Выплаты {payout} партнёру {partner} ({amount} {unit}) нет в файле {form}: ",
)
_MEND = (
    ". Correct the partner's row; a payout keeps the requisites it was proposed with, so type void as its result and propose again.",
    ". Исправьте строку партнёра; выплата хранит реквизиты, с которыми её предложили, поэтому поставьте ей итог «аннулировано» и предложите заново.",
)


def _said(found: Catalogue, heads: tuple[str, str], ends: tuple[str, str]) -> Catalogue:
    return {
        code: (f"{heads[0]}{english}{ends[0]}", f"{heads[1]}{russian}{ends[1]}")
        for code, (english, russian) in found.items()
    }


BANK_FILE_PROBLEMS: Catalogue = {
    **_said(
        _FAULTS,
        (f"{_HEAD[0]}the cell payout_details cannot be used: ",
         f"{_HEAD[1]}ячейка «реквизиты» не годится: "),
        _MEND,
    ),
    **_said(_LACKS, _HEAD, _MEND),
    **_said(_REFUSALS, _HEAD, (".", ".")),
}  # fmt: skip

BANK_FILE_STOPS: Catalogue = {
    **{
        f"payer_{code}": pair
        for code, pair in _said(
            _FAULTS,
            (
                "Settings, payer_details: your own requisites cannot be used: ",
                "Настройки, payer_details: ваши реквизиты не использовать: ",
            ),
            (". Correct the cell and export again.", ". Исправьте ячейку и выгрузите ещё раз."),
        ).items()
    },
    "form_one_currency": (
        "A {form} file holds one currency, and these payouts are in {units}. Export them one by one: --export {form}:{first}.",
        "В файле {form} может быть одна валюта, а эти выплаты в {units}. Выгрузите их по одной: --export {form}:{first}.",
    ),
    "form_currency_unknown": (
        "There is no currency {currency}. Write three letters after the format: paypal:EUR.",
        "Валюты {currency} нет. После формата пишут три буквы: paypal:EUR.",
    ),
    "purpose_missing": (
        "Settings, payment_purpose is empty, and this file says what each payment is for. Fill it in: Partner commission, no VAT.",
        "В «Настройках» не заполнено payment_purpose, а в этом файле у каждого платежа есть назначение. Заполните: Вознаграждение по партнёрской программе, НДС не облагается.",
    ),
    "payer_name_missing": (
        "Settings, payer_name is empty, and this file says who pays. Fill in your name as your bank knows it.",
        "В «Настройках» не заполнено payer_name, а в этом файле сказано, кто платит. Впишите своё название так, как оно значится в банке.",
    ),
    "payer_name_long": (
        "Settings, payer_name is longer than the {limit} signs this file can hold. Shorten it as your bank does.",
        "В «Настройках» payer_name длиннее {limit} знаков, которые входят в этот файл. Сократите так, как это делает банк.",
    ),
    "payer_details_missing": (
        "Settings, payer_details is empty, and this file says from which account you pay. Fill in your account, BIC and INN, or your IBAN.",
        "В «Настройках» не заполнено payer_details, а в этом файле сказано, с какого счёта вы платите. Впишите счёт, БИК и ИНН или IBAN.",
    ),
    "payer_needs_account": (
        "Settings, payer_details: this file needs your account of 20 digits, the BIC of your bank and your INN. Fill in what is missing.",
        "Настройки, payer_details: для этого файла нужны ваш счёт из 20 цифр, БИК банка и ваш ИНН. Допишите, чего нет.",
    ),
    "payer_account_currency": (
        "Settings, payer_details: your account is not in roubles (810 in digits 6 to 8), and this file pays roubles. Fill in the rouble account.",
        "Настройки, payer_details: ваш счёт не рублёвый (должно быть 810 в цифрах с 6-й по 8-ю), а файл платит рубли. Впишите рублёвый счёт.",
    ),
    "payer_needs_iban": (
        "Settings, payer_details: a SEPA file needs your IBAN. Fill it in.",
        "Настройки, payer_details: для файла SEPA нужен ваш IBAN. Впишите его.",
    ),
    "payer_signs": (
        "Settings, {key} has the sign {sign}, which {letters} lacks. Write it without that sign.",
        "В «Настройках» в {key} есть знак {sign}, которого нет в {letters}. Напишите без него.",
    ),
    "sepa_invalid": (
        "The SEPA file would not hold to its schema, and no bank would take it; nothing was written. Look for unusual signs in payer_name and in the partners' names.",
        "Файл SEPA не соответствовал бы своей схеме, и банк его не принял бы; ничего не записано. Поищите необычные знаки в payer_name и в именах партнёров.",
    ),
    "file_is_the_book": (
        "{path} is your book and would be overwritten. Name another file.",
        "{path} — это ваша книга; запись затёрла бы её. Укажите другой файл.",
    ),
    "file_holds_secrets": (
        "{path} holds your secrets and would be overwritten. Name another file.",
        "{path} хранит ваши секреты, запись затёрла бы их. Укажите другой файл.",
    ),
    "file_is_a_log": (
        "{path} is a log of orders and would be overwritten. Name another file.",
        "{path} — журнал заказов, запись затёрла бы его. Укажите другой файл.",
    ),
    "file_in_the_state": (
        "{path} is where the program keeps its own files. Name another place.",
        "{path} — там программа хранит своё. Укажите другое место.",
    ),
    "file_is_a_folder": (
        "{path} is a folder, and a file is to be written. Add a file's name.",
        "{path} — папка, а нужен файл. Допишите имя файла.",
    ),
    "folder_is_a_file": (
        "{path} is a file, and letters are written into a folder. Name a folder.",
        "{path} — файл, а письма пишутся в папку. Укажите папку.",
    ),
}

BANK_FILE_SAID: Catalogue = {
    "handed_before": (
        "Handed over before: {count} of them ({names}), last in {file}, {at}. Make sure they are not paid twice.",
        "Уже выгружались: {count} ({names}), последний раз {file}, {at}. Проверьте, что они не уйдут дважды.",
    ),
    "nothing": (
        "Nothing to hand over: no file was written.",
        "Выгружать нечего: файл не записан.",
    ),
}

WORKBOOK: Catalogue = {
    "payouts": ("Payouts", "Выплаты"),
    "control": ("Control", "Контроль"),
    "payout_id": ("payout_id", "номер выплаты"),
    "proposed_on": ("proposed_on", "предложена"),
    "partner_id": ("partner_id", "партнёр"),
    "name": ("name", "имя"),
    "amount": ("amount", "сумма"),
    "currency": ("currency", "валюта"),
    "method": ("method", "способ"),
    "details": ("details", "реквизиты"),
    "tax_status": ("tax_status", "налоговый статус"),
    "tax_id": ("tax_id", "ИНН"),
    "total": ("Total", "Итого"),
    "count": ("count", "штук"),
    "in_file": ("in this file", "в этом файле"),
    "left_out": ("left out", "не вошло"),
}
