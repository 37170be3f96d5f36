"""How does a text in any language stand in a header? Whole, as encoded words (RFC 2047).

Python's own folding writes what is not ASCII alone as encoded words and leaves the blank between
two of them outside, where every reader drops it (RFC 2047, 6.2). Here a text that is not ASCII is
encoded from end to end, so that its blanks stand inside the words.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator

WORD_CHARS_MAX = 75
"""How long an encoded word may be (RFC 2047, 2); a line that holds one, one more."""
LINE_CHARS_MAX = 78
"""How long a line should be (RFC 5322, 2.1.1); a word without blanks may be longer."""

_BEGIN, _END = "=?utf-8?b?", "?="
_FOLD = "\r\n "


def folded(text: str, used: int) -> str:
    """Write a text that begins on a line with `used` characters; it is one line, without controls.

    ASCII stays as it is and breaks at its blanks; anything else is encoded words of whole
    characters.
    """
    return _broken(text, used) if text.isascii() else _FOLD.join(_words(text, used))


def _broken(text: str, used: int) -> str:
    first, *others = text.split(" ")
    lines, length = [first], used + len(first)
    for word in others:
        if length + 1 + len(word) > LINE_CHARS_MAX:
            lines.append(word)
            length = 1 + len(word)
        else:
            lines[-1] += f" {word}"
            length += 1 + len(word)
    return _FOLD.join(lines)


def _words(text: str, used: int) -> Iterator[str]:
    room = _bytes_in(WORD_CHARS_MAX + 1 - used)
    begun = b""
    for character in text:
        whole = character.encode()
        if len(begun) + len(whole) > room:
            yield _word(begun)
            begun, room = b"", _bytes_in(WORD_CHARS_MAX)
        begun += whole
    yield _word(begun)


def _bytes_in(characters: int) -> int:
    """How many bytes an encoded word of so many characters holds: three in each four."""
    return (characters - len(_BEGIN) - len(_END)) // 4 * 3


def _word(content: bytes) -> str:
    return f"{_BEGIN}{b64encode(content).decode('ascii')}{_END}"
