"""How does `check --live` speak? What we rely on, how it is tried, and what it means if not so."""

from __future__ import annotations

from typing import NamedTuple

Pair = tuple[str, str]


class Promise(NamedTuple):
    """One fact about Google, each text in English and Russian."""

    relies: Pair
    tried: Pair
    means: Pair


_TOLD: Pair = ("Nothing rests on it.", "На этом ничего не держится.")
_STOP_SYNC: Pair = (
    "Do not run sync from two machines, and show this line to whoever looks after the program.",
    "Не запускайте sync с двух компьютеров и покажите эту строку тому, кто отвечает за программу.",
)
_SHOW: Pair = (
    "Show this line to whoever looks after the program.",
    "Покажите эту строку тому, кто отвечает за программу.",
)

# fmt: off
PROBES: dict[str, Promise] = {
    "fence": Promise(
        ("a batch under a generation that is taken is refused whole", "пакет с уже занятым номером поколения отклоняется целиком"),
        ("metadata was made twice under one id, the second time together with a cell", "метаданные созданы дважды под одним номером, во второй раз вместе с ячейкой"),
        (f"two runs at once, or an answer lost on the way, could book an order twice. {_STOP_SYNC[0]}", f"два запуска сразу или потерянный ответ могут записать заказ дважды. {_STOP_SYNC[1]}"),
    ),
    "atomic": Promise(
        ("a batch with one bad request changes nothing", "пакет, в котором есть негодный запрос, не меняет ничего"),
        ("a cell, new rows and metadata were sent with a last request that cannot be done", "ячейка, новые строки и метаданные отправлены вместе с последним, невыполнимым запросом"),
        (f"a refused run could leave half of its lines behind. {_STOP_SYNC[0]}", f"отклонённый запуск может оставить половину своих строк. {_STOP_SYNC[1]}"),
    ),
    "answer": Promise(
        ("the answer to a write shows the sheet as the write left it", "ответ на запись показывает таблицу такой, какой она стала"),
        ("rows were inserted, and their heading and first column asked for in the same call", "вставлены строки, в том же вызове запрошены заголовок и первый столбец"),
        (f"a column moved during a run would be noticed at the next run only. Do not move columns while sync runs. {_SHOW[0]}", f"столбец, сдвинутый во время запуска, заметит только следующий запуск. Не двигайте столбцы, пока идёт sync. {_SHOW[1]}"),
    ),
    "standing": Promise(
        ("one masked read tells titles, sizes and marks of all tabs", "одно чтение по маске сообщает названия, размеры и метки всех листов"),
        ("a tab of a known size and a mark were made and looked for", "созданы и найдены лист известного размера и метка"),
        (f"the program cannot find its tabs or see its last commit. {_SHOW[0]}", f"программа не найдёт свои листы и не увидит свою последнюю запись. {_SHOW[1]}"),
    ),
    "one_read": Promise(
        ("one read of several tabs says which answer belongs to which tab", "одно чтение нескольких листов сообщает, какой ответ к какому листу относится"),
        ("five areas of two tabs were read at once, an empty one among them", "одним вызовом прочитаны пять областей двух листов, одна из них пустая"),
        (f"sync stops before it plans anything. {_SHOW[0]}", f"sync остановится, ничего не решив. {_SHOW[1]}"),
    ),
    "filter": Promise(
        ("rows hidden by a filter are read, and new rows land below them", "скрытые фильтром строки читаются, новые встают под ними"),
        ("the last row was filtered away, then two rows were inserted below it", "последняя строка скрыта фильтром, под ней вставлены две строки"),
        ("switch filters off (Data > Remove filter) before sync runs; a filter view does no harm.", "выключайте фильтр («Данные» > «Удалить фильтр») до запуска sync; режим фильтрации не мешает."),
    ),
    "text": Promise(
        ("text stays the text it is: 007, 8E5, +7…, =1+1", "текст остаётся текстом: 007, 8E5, +7…, =1+1"),
        ("seven such texts were written and read", "записаны и прочитаны семь таких текстов"),
        ("a promo code or an order number could change its form. Use codes with a letter in them, and show this line to whoever looks after the program.", "промокод или номер заказа может измениться. Берите промокоды с буквами и покажите эту строку тому, кто отвечает за программу."),
    ),
    "numbers": Promise(
        ("sums and days are read as they were written, in this sheet's locale", "суммы и даты читаются такими, какими записаны, при региональных настройках этой таблицы"),
        ("two sums, a day and a moment were written and read", "записаны и прочитаны две суммы, дата и время"),
        (f"sums in the sheet could differ from what is owed. {_STOP_SYNC[0]}", f"суммы в таблице могут разойтись с тем, что причитается. {_STOP_SYNC[1]}"),
    ),
    "formulas": Promise(
        ("formulas with English names and semicolons work in this sheet's locale", "формулы с английскими именами и точкой с запятой работают при региональных настройках этой таблицы"),
        ("a SUM was written and its value read", "записана формула SUM и прочитано её значение"),
        ("the check column beside your rows shows nothing of use; the tab Problems still says all of it.", "столбец «проверка» рядом с вашими строками бесполезен; на листе «Замечания» по-прежнему всё сказано."),
    ),
    "clearing": Promise(
        ("rewriting a report leaves nothing of the old one", "при перезаписи отчётного листа от старого ничего не остаётся"),
        ("four rows were rewritten with one", "четыре строки переписаны одной"),
        (f"Balances or Problems may show old rows below the new ones. {_SHOW[0]}", f"на листах «Балансы» и «Замечания» под новыми строками могут остаться старые. {_SHOW[1]}"),
    ),
    "at_the_end": Promise(
        ("rows can be added behind the last row and look like it", "за последней строкой можно добавить строки того же вида"),
        ("a row was inserted behind a formatted last row, then another without its look", "за последней строкой с форматом вставлена строка, затем ещё одна без её вида"),
        ("new lines may show sums and days as bare numbers: the values are right, only their look is not.", "в новых строках суммы и даты могут выглядеть простыми числами: значения верны, не тот только вид."),
    ),
    "below_heading": Promise(
        ("the first row of a tab does not take over the look of the heading", "первая строка листа не перенимает вид заголовка"),
        ("a row was inserted below a bold, frozen heading", "под жирным закреплённым заголовком вставлена строка"),
        ("the first line of a ledger tab is bold: unpleasant, and harmless.", "первая строка учётного листа будет жирной: некрасиво, но безвредно."),
    ),
    "dropping": Promise(
        ("an old mark can be taken away by its number, and only it", "старую метку можно убрать по номеру, и только её"),
        ("of two marks one was taken away", "из двух меток убрана одна"),
        (f"marks of old commits fill the room that Google gives for them, and sync will be refused one day. {_SHOW[0]}", f"метки прежних записей заполнят отведённое Google место, и однажды sync получит отказ. {_SHOW[1]}"),
    ),
    "renaming": Promise(
        ("a renamed tab is still known by its mark", "переименованный лист узнаётся по метке"),
        ("a marked tab was renamed", "лист с меткой переименован"),
        ("do not rename the tabs of the program, and give a renamed one its name back.", "не переименовывайте листы программы, а переименованному верните название."),
    ),
    "warning": Promise(
        ("a tab protected by a warning alone accepts our rows", "лист с защитой «Показывать предупреждение» принимает наши строки"),
        ("rows were added to such a tab", "в такой лист добавлены строки"),
        ("take the protection of the ledger tabs away: Data > Protect sheets and ranges.", "снимите защиту с учётных листов: «Данные» > «Защитить листы и диапазоны»."),
    ),
    "validating": Promise(
        ("a drop-down does not stop what the program writes", "раскрывающийся список не мешает программе писать"),
        ("a word that a strict drop-down lacks was written into its cell", "в ячейку со строгим списком записано слово, которого в нём нет"),
        ("commands that add a row to your tabs can be refused: take the drop-down of that column away.", "команды, которые добавляют строку на ваши листы, могут получить отказ: уберите список из этого столбца."),
    ),
    "repeating": Promise(
        ("a formula repeated down a column counts its rows on", "формула, повторённая вниз по столбцу, меняет номера строк"),
        ("one formula was put into three rows", "одна формула поставлена в три строки"),
        ("the check column looks up wrong rows; trust the tab Problems.", "столбец «проверка» смотрит не на те строки; верьте листу «Замечания»."),
    ),
    "pasting": Promise(
        ("a formula pasted into new rows counts its rows on", "формула, вставленная в новые строки, меняет номера строк"),
        ("the formula of a row was pasted into the two above it", "формула строки вставлена в две строки над ней"),
        ("rows that a command added have a wrong check; copy the formula of another row into them.", "у строк, добавленных командой, неверная «проверка»; скопируйте в них формулу соседней строки."),
    ),
    "linking": Promise(
        ("a cell of Problems can link to the cell it is about", "ячейка листа «Замечания» может ссылаться на ту, о которой речь"),
        ("a text with such a link was written", "записан текст с такой ссылкой"),
        ("the links in Problems lead nowhere, or the tab cannot be written; the address in its text is right.", "ссылки на листе «Замечания» никуда не ведут, или лист не записать; адрес в тексте верен."),
    ),
    "colouring": Promise(
        ("a colour rule may look at another tab", "правило окраски может смотреть на другой лист"),
        ("a rule with INDIRECT was added", "добавлено правило с INDIRECT"),
        ("init is refused, or rows of Leads and other inbox tabs are not coloured.", "init получит отказ, или строки «Лидов» и других входящих листов не окрасятся."),
    ),
    "deleted": Promise(
        ("a call about a deleted tab is refused and touches no other tab", "вызов об удалённом листе отклоняется и не задевает других"),
        ("a tab was deleted, then written to and read", "лист удалён, после этого в него писали и его читали"),
        (f"do not delete tabs of the program while sync runs. {_SHOW[0]}", f"не удаляйте листы программы, пока идёт sync. {_SHOW[1]}"),
    ),
    "dropping_nothing": Promise(
        ("taking away a mark that is not there", "удаление метки, которой нет"),
        ("a mark nobody made was taken away", "удалялась метка, которой никто не создавал"),
        _TOLD,
    ),
    "sorting": Promise(
        ("the mark of a row when rows are sorted", "метка строки при сортировке"),
        ("the first of two rows was marked, then they were sorted the other way round", "первая из двух строк помечена, затем строки отсортированы наоборот"),
        _TOLD,
    ),
}

VERDICTS: dict[str, Pair] = {
    "holds": ("holds: {relies}", "подтвердилось: {relies}"),
    "broken": ("DOES NOT HOLD: {relies}", "НЕ ПОДТВЕРДИЛОСЬ: {relies}"),
    "untold": ("could not be told: {relies}", "выяснить не удалось: {relies}"),
    "told": ("told: {relies}", "к сведению: {relies}"),
}

SEEN: dict[str, Pair] = {
    "refused": ("Google said: {http} {status}: {says}", "Google ответил: {http} {status}: {says}"),
    "accepted": ("Google accepted it", "Google это принял"),
    "otherwise": ("got {got}, expected {wanted}", "получено {got}, ожидалось {wanted}"),
    "no_answer": ("no answer came ({why})", "ответ не пришёл ({why})"),
    "odd_answer": ("Google's answer lacks a part of what was asked", "в ответе Google нет части того, о чём спросили"),
    "not_echoed": ("an area came without an answer", "одна из областей осталась без ответа"),
    "not_hidden": ("the filter hid no row", "фильтр не скрыл строку"),
    "zeros_kept": ("zeros are told", "нули в ответе есть"),
    "zeros_left_out": ("zeros are left out", "нули в ответе опущены"),
    "end_refused": ("without that look Google said: {http} {status}: {says}", "без её вида Google ответил: {http} {status}: {says}"),
    "end_accepted": ("without that look Google accepted it too", "без её вида Google тоже принял"),
    "kept": ("kept as {got}", "сохранено как {got}"),
    "mark_followed": ("the mark followed its row", "метка переехала вместе со строкой"),
    "mark_stayed": ("the mark stayed where it was", "метка осталась на месте"),
}

WORDS: dict[str, Pair] = {
    "begun": (
        "Trying {count} facts about Google on scratch tabs of “{book}”; nothing else in it is touched.",
        "Проверяем, так ли ведёт себя Google: {count} проб на черновых листах таблицы «{book}»; остальное в ней не меняется.",
    ),
    "removed": (
        "Removed what an interrupted run had left: {tabs}",
        "Убрано то, что осталось от прерванного запуска: {tabs}",
    ),
    "tried": ("   tried: {tried}", "   как: {tried}"),
    "seen": ("   seen: {seen}", "   что видно: {seen}"),
    "means": ("   it means: {means}", "   что это значит: {means}"),
    "speed": (
        "one write takes {write} ms, one read {read} ms (half of them took less)",
        "одна запись занимает {write} мс, одно чтение {read} мс (половина прошла быстрее)",
    ),
    "unprobed": ("not tried: {what}", "не проверялось: {what}"),
    "clean": ("the scratch tabs are deleted, nothing is left", "черновые листы удалены, ничего не осталось"),
    "left": (
        "Could not delete “{tab}”. Delete this tab by hand, or run `python -m tracker check --live` again: it begins by removing it.",
        "Не удалось удалить «{tab}». Удалите этот лист вручную или снова выполните `python -m tracker check --live`: сначала он уберёт его.",
    ),
    "sum": (
        "hold: {holds}, do not hold: {broken}, could not be told: {untold}",
        "подтвердилось: {holds}, не подтвердилось: {broken}, выяснить не удалось: {untold}",
    ),
}

UNPROBED: tuple[Pair, ...] = (
    ("the limit of 10 million cells: filling it would spoil your sheet", "предел в 10 миллионов ячеек: для проверки пришлось бы испортить таблицу"),
    ("that 429 (too many requests) means nothing was applied: provoking it would hold up your other programs", "что при ответе 429 (слишком много запросов) ничего не применено: такая проверка помешала бы другим вашим программам"),
    ("that one read of several tabs shows them all at one moment: that takes a second writer", "что одно чтение нескольких листов показывает их на один момент: для этого нужен второй пишущий"),
    ("that Google gives up a call after 180 seconds", "что Google бросает вызов через 180 секунд"),
    ("what a copy of the spreadsheet keeps of our marks: copying needs access to Drive, which we do not ask for", "какие наши метки сохраняет копия таблицы: для копирования нужен доступ к Диску, которого мы не просим"),
)
# fmt: on


def pair_says(pair: Pair, language: str, **values: object) -> str:
    """Give a text in Russian for `ru`, else in English, with its values filled in."""
    return pair[language == "ru"].format_map(values)
