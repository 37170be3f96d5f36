"""What did the shop send? Text made into plain values, or refused before it can do harm.

Nothing here turns a number into a binary one: `31.20` becomes Decimal("31.20").
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal
from typing import Literal, TypeAlias
from urllib.parse import parse_qsl

from tracker.cells import clean
from tracker.model import Unreadable
from tracker.problems import params

Json: TypeAlias = "bool | int | Decimal | str | list[Json] | dict[str, Json] | None"
Body: TypeAlias = dict[str, Json]
Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""The fields of a form, in their order; a name may stand there more than once."""

SIZE_MAX = 256 * 1024
DEPTH_MAX = 20
ORDERS_MAX = 1000
FORM_FIELDS_MAX = 1000
_SHOWN_MAX = 60
_CONTACT = re.compile(r"[^\s@]{1,64}@[^\s@]+|\+[0-9][0-9 ()-]{8,20}")

_DIGITS_MAX = 20
_NESTING = frozenset({dict, list})
_ROUND = bytes.maketrans(b"[{]}", b"(())")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[{]}"))
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")
# Decimal works with 28 digits; a longer number would be rounded behind our back.
_NUMBER_LENGTH_MAX = 27
_NUMBER_SIGNS = bytes(48 if sign in b"0123456789." else sign | 32 for sign in range(256))
"""Makes every digit and point a 0, and every E an e."""
_LONG, _EXPONENT = b"0" * _DIGITS_MAX, b"0e"
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_FORM_START = re.compile(r"[A-Za-z_%][A-Za-z0-9_%\[\]-]*=")


class NotReadable(Exception):
    """A delivery, or one order of it, cannot be read; never leaves `tracker.shops`.

    `code` and the values name a sentence of `tracker.sentences.PROBLEMS`.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = {name: _shown(str(value)) for name, value in values.items()}

    def as_value(self) -> Unreadable:
        """Give the refusal as the value that the core keeps."""
        return Unreadable(code=self.code, params=params(**self.values))


def _shown(text: str) -> str:
    """Show a value of a field; a contact that landed in the wrong field stays in the inbox."""
    return _CONTACT.sub("…", clean(text))[:_SHOWN_MAX]


def decode(text: str, content_type: str) -> list[Body]:
    """Read the orders of a delivery: one, or several when the JSON is a list.

    Raises NotReadable for whatever is no order in JSON or in a form.
    """
    raw = _encoded(text)
    bare = text.removeprefix("\ufeff").strip()
    if _is_form(bare, content_type):
        return [_read_form(bare)]
    found = _read_json(bare, raw if bare == text else bare.encode())
    bodies = found if isinstance(found, list) else [found]
    if len(bodies) > ORDERS_MAX:
        raise NotReadable("delivery_too_many", count=len(bodies), limit=ORDERS_MAX)
    objects = [body for body in bodies if isinstance(body, dict)]
    if len(objects) < len(bodies):
        raise NotReadable("delivery_not_an_object")
    return objects


def refuse_unreadable(text: str, content_type: str) -> Json | Pairs:
    """Refuse what no reader could ever make sense of: neither strict JSON nor a form.

    For a receiver, which keeps everything else as it came. Gives what was read, a form as pairs;
    a fraction in it is no value to work with. Raises NotReadable.
    """
    _encoded(text)
    text = text.removeprefix("\ufeff").strip()
    if _is_form(text, content_type):
        return tuple(_form_pairs(text))
    return _skimmed(text)


def _skimmed(text: str) -> Json:
    """Read JSON in a third of the time; only what is refused there is read to find out why."""
    raw = text.encode()
    try:
        found = _parsed(raw, "lossless-float")
    except ValueError:
        return read_strictly(text)
    if not _looks_shallow(raw):
        _refuse_depth(found)
    return found


def _parsed(raw: bytes, fractions: Literal["decimal", "lossless-float"]) -> Json:
    """Read JSON of any depth, with numbers of any length. Raises ValueError.

    Refuses at least what `read_strictly` does for other reasons than these two: a key that
    stands twice, half a surrogate pair, NaN, and whatever is no JSON.
    """
    import jiter

    found: Json = jiter.from_json(
        raw,
        allow_inf_nan=False,
        cache_mode="keys",  # customers' contacts are not for a cache
        catch_duplicate_keys=True,
        float_mode=fractions,
    )
    return found


def _looks_shallow(raw: bytes) -> bool:
    """Whether the brackets alone, taken off pair by pair, nest no deeper than is allowed.

    Those in texts count, too: who sets them with art gets a deep body kept, which is read no more
    than any other that cannot be read.
    """
    if raw.count(b"{") + raw.count(b"[") <= DEPTH_MAX:
        return True
    left = raw.translate(_ROUND, _NO_BRACKETS)
    for _ in range(DEPTH_MAX):
        left = left.replace(b"()", b"")
        if not left:
            return True
    return not left


def _encoded(text: str) -> bytes:
    """Give the text in UTF-8. Raises NotReadable beyond SIZE_MAX bytes, or for half a pair."""
    if len(text) > SIZE_MAX:
        raise NotReadable("delivery_too_big", limit_kib=SIZE_MAX // 1024)
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raise NotReadable("delivery_not_text") from None
    if len(raw) > SIZE_MAX:
        raise NotReadable("delivery_too_big", limit_kib=SIZE_MAX // 1024)
    return raw


def _is_form(text: str, content_type: str) -> bool:
    # What begins like JSON is JSON: many scripts post it under the form's content type.
    if text.startswith(("{", "[")):
        return False
    kind = content_type.partition(";")[0].strip().casefold()
    return kind == "application/x-www-form-urlencoded" or _FORM_START.match(text) is not None


def _form_pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=FORM_FIELDS_MAX
        )
    except ValueError:
        raise NotReadable("delivery_not_a_form") from None


def _read_form(text: str) -> Body:
    """Read a form; a field that stands there several times is the list of its values.

    People give two fields of a form one title, so that is no fault until a getter wants a text.
    """
    found: dict[str, list[Json]] = {}
    for name, value in _form_pairs(text):
        found.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def inner_json(text: str) -> Json:
    """Read JSON that stands as text in a field; as strict as a body. Raises NotReadable."""
    bare = text.strip()
    # Half a surrogate pair is no UTF-8, so that jiter refuses it.
    return _read_json(bare, bare.encode("utf-8", "surrogatepass"))


def _read_json(text: str, raw: bytes) -> Json:
    """Read JSON as `read_strictly` does: what jiter took of its UTF-8 is checked for the rest."""
    try:
        found = _parsed(raw, "decimal")
    except ValueError:
        return read_strictly(text)
    if _may_hold_odd_number(raw) and _may_hold_odd_number(_between_texts(raw)):
        return read_strictly(text)
    if raw.count(b"{") + raw.count(b"[") > DEPTH_MAX:
        _refuse_depth(found)
    return found


def _may_hold_odd_number(raw: bytes) -> bool:
    """Whether a number might have an exponent, or so many digits that it could be refused."""
    signs = raw.translate(_NUMBER_SIGNS)
    return _EXPONENT in signs or _LONG in signs


def _between_texts(raw: bytes) -> bytes:
    """Leave the texts of JSON out: hashes and links in them look like any number."""
    if b"\\" in raw:
        raw = raw.replace(rb"\\", b"").replace(rb"\"", b"")
    return b'"'.join(raw.split(b'"')[::2])


def read_strictly(text: str) -> Json:
    """Read JSON with the standard library, which tells why it refuses. Raises NotReadable."""
    try:
        found: Json = _DECODER.decode(text)
    except json.JSONDecodeError as fault:
        raise NotReadable("delivery_not_json", line=fault.lineno, column=fault.colno) from None
    except RecursionError:
        raise NotReadable("delivery_too_deep", limit=DEPTH_MAX) from None
    _refuse_depth(found)
    if _SURROGATE_ESCAPE.search(text):
        _refuse_surrogates(found)
    return found


def _refuse_depth(found: Json) -> None:
    """Refuse nesting that the decoder could follow, and a reader need not."""
    level = [found]
    # All of one level at a time: a call for each value would cost more than the decoding.
    for _ in range(DEPTH_MAX + 1):
        level = [value for value in level if type(value) in _NESTING]
        if not level:
            return
        level = [
            part
            for value in level
            for part in (value.values() if isinstance(value, dict) else value)  # type: ignore[union-attr]
        ]
    raise NotReadable("delivery_too_deep", limit=DEPTH_MAX)


def _whole(text: str) -> int:
    if len(text) > _DIGITS_MAX:
        _refuse_number(text)
    return int(text)


def _fraction(text: str) -> Decimal:
    if len(text) > _DIGITS_MAX or "e" in text or "E" in text:
        _refuse_number(text)
    return Decimal(text)


def _refuse_number(text: str) -> None:
    if len(text) > _NUMBER_LENGTH_MAX or not _NUMBER.fullmatch(text):
        raise NotReadable("delivery_number", shown=text[:20])


def _constant(text: str) -> Json:
    raise NotReadable("delivery_number", shown=text)


def _object(pairs: list[tuple[str, Json]]) -> Body:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = Counter(name for name, _ in pairs)
        raise NotReadable("delivery_field_twice", field=names.most_common(1)[0][0])
    return found


def _refuse_surrogates(value: Json) -> None:
    if isinstance(value, str):
        if _SURROGATE.search(value):
            raise NotReadable("delivery_not_text")
    elif isinstance(value, list):
        for part in value:
            _refuse_surrogates(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            _refuse_surrogates(name)
            _refuse_surrogates(part)


# Made once: making it costs more than reading a small order with it.
_DECODER = json.JSONDecoder(
    parse_int=_whole,
    parse_float=_fraction,
    parse_constant=_constant,
    object_pairs_hook=_object,
)
