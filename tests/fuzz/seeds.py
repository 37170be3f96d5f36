"""With what does fuzzing begin? The corpus of tests/hostile, and every input that ever failed."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.hostile.corpus import Case, corpus

if TYPE_CHECKING:  # atheris must be there before the code it looks at
    from tests.fuzz.targets import Target

KEPT = Path(__file__).parent / "kept.jsonl"
SEED_BYTES_MAX = 4096
DRAWN_BYTES_MAX = 2000
_COMMON = (b"", b"\x00", b" ", b"0", b"-1", b"=1+1", b"{}", b"[]", b"null", "Ж".encode(), b"\xff\xfe",
           b'{"order_id":"1","ordered_at":"2025-10-07","total":"1","currency":"RUB"}',
           b'{"lead_id":"1","phone":"+79000000001"}', b"a=1&b[]=2")  # fmt: skip


def kept_line(target: str, data: bytes, why: str) -> str:
    """Write a failing input as a line of kept.jsonl."""
    said = {"target": target, "base64": b64encode(data).decode(), "why": why}
    return json.dumps(said, ensure_ascii=False)


@cache
def kept() -> tuple[tuple[str, bytes], ...]:
    """Every input that failed once, with its target."""
    lines = KEPT.read_text("utf-8").splitlines() if KEPT.is_file() else []
    found = [json.loads(line) for line in lines]
    return tuple((one["target"], b64decode(one["base64"])) for one in found)


def as_bytes(case: Case) -> bytes:
    """An input of the corpus as the bytes that would arrive."""
    given = case.input
    if not isinstance(given, str):
        given = json.dumps(given, ensure_ascii=False)
    return str(given).encode("utf-8", "surrogatepass")


def corpus_of(target: Target) -> Iterator[bytes]:
    """The inputs of a target's corpora, each whole, and behind a byte that chooses."""
    for name in target.seeds:
        for case in corpus(name):
            yield as_bytes(case)
            yield b"\x00" + as_bytes(case)


def seeds_of(target: Target) -> list[bytes]:
    """What a fuzzer begins with; what is very long is cut, since it only makes it slow."""
    own = [data for name, data in kept() if name == target.name]
    found = [*own, *_COMMON, *(data[:SEED_BYTES_MAX] for data in corpus_of(target))]
    return list(dict.fromkeys(found))


def nasty(target: Target) -> st.SearchStrategy[bytes]:
    """Draw inputs of at most DRAWN_BYTES_MAX bytes: seeds, seeds changed and repeated, and noise."""
    seed = st.sampled_from(seeds_of(target))
    noise = st.binary(max_size=40) | st.text(max_size=20).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    )
    changed = st.tuples(seed, st.integers(0, 200), noise, st.integers(0, 30)).map(_put)
    repeated = st.tuples(seed | noise, st.integers(1, 400)).map(lambda made: made[0] * made[1])
    joined = st.lists(seed | noise, min_size=2, max_size=4).map(b"\x00".join)
    return (seed | changed | repeated | joined | noise).map(lambda data: data[:DRAWN_BYTES_MAX])


def _put(made: tuple[bytes, int, bytes, int]) -> bytes:
    data, at, more, dropped = made
    return data[:at] + more + data[at + dropped :]
