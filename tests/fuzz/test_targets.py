"""Does every parser refuse as it says, at a price that grows no faster than its input?

`make fuzz` asks the same of a million inputs each; here are those of the corpus, all that ever
failed, and a few hundred drawn ones, the same at every run.
"""

from __future__ import annotations

import logging
import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.seeds import DRAWN_BYTES_MAX, corpus_of, kept, nasty, seeds_of
from tests.fuzz.targets import TARGETS, Target
from tests.hostile.corpus import names
from tracker.bank_lines import NotAStatement

ROOT = Path(__file__).parent.parent.parent
EXAMPLES, SLOW_EXAMPLES = 40, 6
MIB = 2**20
CPU_SECONDS = 40
"""For all the long inputs together: they take 10, and one that is quadratic 30 and more."""

few = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None,
    phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A `.env` of noise is named line by line in the log, which nobody wants to read here."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_no_input_raises_what_was_not_announced(target: Target) -> None:
    begun = [data for data in seeds_of(target) if len(data) <= DRAWN_BYTES_MAX]
    for data in begun[:20] if target.slow else begun:
        target.try_one(data)
    drawn = settings(few, max_examples=SLOW_EXAMPLES) if target.slow else few
    drawn(given(nasty(target))(_tried(target)))()


def _tried(target: Target) -> Callable[[bytes], None]:
    def one(data: bytes) -> None:
        target.try_one(data)

    return one


@pytest.mark.parametrize(("name", "data"), kept())
def test_what_failed_once_is_tried_for_ever(name: str, data: bytes) -> None:
    TARGETS[name].try_one(data)


def test_a_fault_is_found_and_told_apart_from_a_refusal() -> None:
    """By hand: 12 is no number to the one that raises KeyError, which nobody announced."""
    good = Target("x", int, (ValueError,))  # type: ignore[arg-type]
    known: dict[bytes, None] = {}
    bad = Target("y", known.__getitem__, (NotAStatement,))

    assert (good.try_one(b"12"), good.try_one(b"x")) == (False, True)
    with pytest.raises(KeyError):
        bad.try_one(b"12")


def test_every_corpus_seeds_some_target() -> None:
    used = {seed for target in TARGETS.values() for seed in target.seeds}

    assert set(names()) - used == {"orders"}
    assert all(sum(1 for _ in corpus_of(target)) for target in TARGETS.values() if target.seeds)


LONG = [
    "1 ",
    " ",
    "a",
    "T",
    "(",
    "[",
    "{",
    "-",
    "/",
    "%",
    "=?",
    "\t",
    "po_",
    "a@",
    "<",
    "&",
    "Ж",
    "\u0301",
    ".",
    ",",
]
"""What long inputs are made of: each is what some expression might try in every way there is."""
LONG_CHARS = 50_000
"""As long as a cell of Google's may be."""

_LONG_RUN = """
import logging
logging.disable(logging.WARNING)
from tests.fuzz.targets import TARGETS
from tests.fuzz.test_targets import LONG, LONG_CHARS
for target in TARGETS.values():
    for piece in LONG:
        body = (piece * LONG_CHARS)[:LONG_CHARS]
        target.try_one(b"\\x00" + f"1{body}!".encode())
"""


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


def test_50_000_signs_of_anything_cost_no_parser_its_day() -> None:
    """A reader that is quadratic is killed by the system for its CPU time, not by a clock of ours."""
    command = [sys.executable, "-c", _LONG_RUN]
    run = subprocess.run(command, cwd=ROOT, preexec_fn=_limited, capture_output=True, check=False)

    assert (run.returncode, run.stderr[-2000:]) == (0, b"")


def work(target: Target, data: bytes) -> int:
    """How many calls of functions, in Python and in C, one input takes."""
    count = 0

    def called(_frame: FrameType, event: str, _what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    target.try_one(data)
    sys.setprofile(called)
    try:
        target.try_one(data)
    finally:
        sys.setprofile(None)
    return count


GROWING = {
    "shop-generic": b'\x00{"order_id":"1","items":[%s{}]}' , "shop-tilda": b"\x01%sa=1", "json-body": b"\x00[%s1]",
    "bank-file": b"a;b\n%s", "bounce": b"Content-Type: multipart/mixed; boundary=x\n\n%s", "code": b"%s",
    "log-spec": b"file:a%s", "nesting": b"\x01%sa=1", "requisites": b"%s", "formula": b"%s", "wildcard": b"*%s\x00x",
    "template": b"\x00%s", "header-words": "я%s".encode(),
}  # fmt: skip
PIECES = {
    "shop-generic": b"{},", "shop-tilda": b"a[b]=1&", "json-body": b"{},", "bank-file": b'1;"2\n', "bounce": b"--x\n\n",
    "code": "\u200bЖ".encode(), "log-spec": b",tab:x", "nesting": b"a[b][c]=1&", "requisites": b"1 a@b ",
    "formula": b" =", "wildcard": b"a*", "template": b"{{ name }}", "header-words": "я ".encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", GROWING)
def test_twice_the_input_is_at_most_three_times_the_work(name: str) -> None:
    target = TARGETS.get(name) or TARGETS["shop-tilda"]
    once, twice = (work(target, GROWING[name] % (PIECES[name] * count)) for count in (200, 400))

    assert twice <= 3 * once + 300


def test_a_quadratic_reader_would_be_told() -> None:
    """By hand: n * n / 2 calls for n signs, so 4 times the work for twice as many."""

    def slow(data: bytes) -> None:
        for at in range(len(data)):
            for sign in data[at:]:
                abs(sign)

    target = Target("slow", slow)
    once, twice = work(target, b"x" * 200), work(target, b"x" * 400)
    assert twice > 3 * once + 300


@pytest.mark.parametrize("name", ["json-body", "shop-generic"])
def test_256_kib_of_anything_take_less_than_64_mib(name: str) -> None:
    bodies = [
        b'\x00{"a":[' + b"[]," * 80_000 + b"1]}",
        b"\x01" + b"a=1&" * 60_000,
        b'\x00"' + b"\\u00e9" * 40_000 + b'"',
    ]
    tracemalloc.start()
    try:
        for body in bodies:
            TARGETS[name].try_one(body[: 256 * 1024])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 64 * MIB
