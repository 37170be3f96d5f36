"""Which columns stand in several tabs? The partner, the dates of validity, note and check."""

from __future__ import annotations

from tracker.layout.spec import Choice, Column, Kind

LANGUAGES = (Choice("ru", "ru"), Choice("en", "en"))

# fmt: off
NOTE = Column(
    "note", "заметка", Kind.TEXT, 28,
    "Yours: the program does not read it.",
    "Для вас: программа её не читает.",
)

CHECK = Column(
    "check", "проверка", Kind.CHECK, 64,
    "A formula: green when the row is understood, red with the reason when it is not.",
    "Формула: зелёная, если строка понятна; красная с причиной, если нет.",
)

PARTNER_ID = Column(
    "partner_id", "партнёр", Kind.ID, 14,
    "The partner's id from the tab Partners.",
    "Идентификатор партнёра с листа «Партнёры».",
)

ONLY_PARTNER = Column(
    "partner_id", "партнёр", Kind.ID, 14,
    "Only for this partner. Empty: for all.",
    "Только для этого партнёра. Пусто — для всех.",
)

ONLY_GROUP = Column(
    "group", "группа", Kind.TEXT, 14,
    "Only for partners of this group. Empty: for all.",
    "Только для партнёров этой группы. Пусто — для всех.",
)

VALID_FROM = Column(
    "valid_from", "действует с", Kind.DATE, 15,
    "First day, in the programme's time zone. Empty: from the beginning.",
    "Первый день по часовому поясу программы. Пусто — с самого начала.",
)

VALID_TO = Column(
    "valid_to", "действует по", Kind.DATE, 15,
    "Last day, counted to its end. Empty: without an end.",
    "Последний день включительно. Пусто — бессрочно.",
)
# fmt: on
