"""What is said about letters on one event each? Codes with (English, Russian)."""

from __future__ import annotations

# fmt: off
NEWS_PROBLEMS: dict[str, tuple[str, str]] = {
    "news_refused": (
        "The letter {letter} to {partner} was refused ({why}). Mend what it names; while it is news, it is tried again.",
        "Письмо {letter} для {partner} не приняли ({why}). Исправьте названное; пока это новость, попытка повторится."),
    "news_unknown": (
        "Nobody knows whether the letter {letter} to {partner} arrived: the connection broke. What becomes of it, says the setting mail_unknown.",
        "Неизвестно, дошло ли письмо {letter} для {partner}: связь оборвалась. Что с ним делать, решает настройка mail_unknown."),
}
# fmt: on
