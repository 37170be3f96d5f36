"""Which languages can a partner be written to in, and with which words? A folder is a language.

`email_templates/LANG/` holds the letters of a language and, in `words.toml`, the words that are
put into them: kinds of lines, dates, reasons. An owner's own folder (TRACKER_TEMPLATES) is built
alike and goes before ours, file by file. What a language does not say is said in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from tracker.problems import Stop

OURS = Path(__file__).resolve().parent.parent / "email_templates"
ENGLISH = "en"
WORDS = "words.toml"
UNWRITABLE = frozenset(
    {"template_broken", "template_too_long", "template_empty", "words_unreadable"}
)
"""Codes of a Stop for which one letter cannot be written, while others may be."""

PARTS = ("subject.txt", "txt", "html")
"""What a letter consists of: a language that lacks one of them does not have the letter."""

_TAG = re.compile(r"[a-z]{2,3}([_-][A-Za-z]{2,4})?")
_PLACE = re.compile(r"\{(\w+)\}")
_own: ContextVar[Path | None] = ContextVar("the owner's own folder of letters", default=None)

Sections = Mapping[str, Mapping[str, str]]


def look_in(own: Path | None) -> None:
    """From now on look for letters in the owner's own folder first; None for ours alone."""
    _own.set(own)


@contextmanager
def looking_in(own: Path | None) -> Iterator[None]:
    """Look in the owner's own folder first, for a while."""
    token = _own.set(own)
    try:
        yield
    finally:
        _own.reset(token)


def folders() -> tuple[Path, ...]:
    """Where letters are looked for, the first that has a file wins.

    Raises Stop `templates_missing` when the owner's folder is not there: his letters must not
    turn into ours because a disk is not mounted.
    """
    own = _own.get()
    if own is None:
        return (OURS,)
    if not own.is_dir():
        raise Stop("templates_missing", folder=own)
    return own, OURS


def available() -> tuple[str, ...]:
    """Every language that has a folder, English first and the others by name. Reads the disk.

    A folder of the owner's that is not there counts as empty.
    """
    own = _own.get()
    found = {
        one.name
        for folder in (OURS, *(() if own is None else (own,)))
        if folder.is_dir()
        for one in folder.iterdir()
        if one.is_dir() and _TAG.fullmatch(one.name)
    }
    return ENGLISH, *sorted(found - {ENGLISH})


def find(typed: str) -> str | None:
    """Give the language whose folder was meant by what was typed (`DE`); None when none is."""
    word = typed.strip().casefold().replace("_", "-")
    return next((one for one in available() if one.casefold().replace("_", "-") == word), None)


def spoken(letter: str, language: str) -> str:
    """The language a letter (`statement`) is written in: the one asked for, else English.

    A language has a letter when it has its subject, text and page, so that no letter is half in
    one language. Raises Stop `templates_missing`.
    """
    if not _TAG.fullmatch(language):
        return ENGLISH
    parts = [f"{language}/{letter}.{part}" for part in PARTS]
    whole = all(any((folder / part).is_file() for folder in folders()) for part in parts)
    return language if whole else ENGLISH


def own_word(section: str, key: str, language: str) -> str | None:
    """Give a word of a language's own `words.toml`, None where it has none.

    Raises Stop `words_unreadable`, `templates_missing`.
    """
    return _words(language, folders()).get(section, {}).get(key)


def word(section: str, key: str, language: str) -> str:
    """Give a word of `words.toml` in a language, else in English, else the key itself.

    Raises Stop `words_unreadable`, `templates_missing`.
    """
    own = own_word(section, key, language)
    english = own_word(section, key, ENGLISH) if own is None else own
    return key if english is None else english


def reason(text: str, language: str) -> str:
    """Say a reason (`code name=value`): as `words.toml` has it, else as the book says it.

    A reason that a language does not know is said in English. Several stand a line each.
    """
    from tracker.sentences import LANGUAGES, REASONS, reason_says, split_reason

    if "\n" in text:
        return " ".join(reason(one, language) for one in text.split("\n"))
    code, values = split_reason(text)
    for one in dict.fromkeys((language, ENGLISH)):
        said = own_word("reasons", code, one)
        if said is not None:
            return _filled(said, dict(values))
        if one in LANGUAGES and code in REASONS:
            return reason_says(text, one)
    return reason_says(text, ENGLISH)


def _filled(said: str, given: Mapping[str, str]) -> str:
    # Never `format`, which would let a sentence look into what it is given.
    return _PLACE.sub(lambda place: given.get(place[1], place[0]), said)


@lru_cache(maxsize=64)
def _words(language: str, where: tuple[Path, ...]) -> Sections:
    """Read a language's words; of two folders the first one's word counts."""
    found: dict[str, dict[str, str]] = {}
    for folder in reversed(where):
        path = folder / language / WORDS
        if path.is_file():
            for section, words in _read(path).items():
                found.setdefault(section, {}).update(words)
    return found


def _read(path: Path) -> Sections:
    import tomllib

    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as refusal:  # of TOML it names the line
        raise Stop("words_unreadable", file=path, why=refusal) from None
    for section, words in read.items():
        if not isinstance(words, dict):
            raise Stop("words_unreadable", file=path, why=f"{section}: not a [section]")
        for key, said in words.items():
            if not isinstance(said, str):
                raise Stop("words_unreadable", file=path, why=f'{section}.{key}: not in "quotes"')
    return read
