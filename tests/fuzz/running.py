"""How is one parser fuzzed? Inputs drawn by atheris, or by Hypothesis where atheris is not there.

What an input costs is counted for each: over its target's seconds of this process's time, three
times in a row, or BYTES_MAX of new memory it is a failure like an exception nobody announced.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.seeds import kept_line, seeds_of

if TYPE_CHECKING:  # atheris must be there before the code it looks at
    from tests.fuzz.targets import Target

MARGIN = 4
"""Coverage and a busy machine cost as much again; what is quadratic costs a hundred times that."""
BYTES_MAX = 64 * 2**20
INPUT_BYTES_MAX = 4096
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024


class TooDear(Exception):
    """An input cost more time or memory than any input may."""


def have_atheris() -> bool:
    """Whether inputs can be drawn by what of the code they reach."""
    return find_spec("atheris") is not None


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT


def measured(target: Target, data: bytes) -> None:
    """Try one input. Raises what it raises, and TooDear."""
    before = _memory()
    seconds = _seconds(target, data)
    grown = _memory() - before
    if grown > BYTES_MAX:
        raise TooDear(f"{grown >> 20} MiB for {len(data)} bytes")
    limit = target.seconds * MARGIN
    if seconds > limit and min(_seconds(target, data) for _ in range(3)) > limit:
        raise TooDear(f"{seconds:.2f} s for {len(data)} bytes")


def _seconds(target: Target, data: bytes) -> float:
    began = time.process_time()
    target.try_one(data)
    return time.process_time() - began


def telling(target: Target) -> Callable[[bytes], None]:
    """Make the function that a fuzzer calls: a failure is printed as a line to keep."""

    def one(data: bytes) -> None:
        try:
            measured(target, data)
        except BaseException as error:
            why = f"{type(error).__name__}: {str(error)[:200]}"
            print(f"FAILED {target.name}: {why}", flush=True)  # noqa: T201
            print(f"KEEP {kept_line(target.name, data, why)}", flush=True)  # noqa: T201
            raise

    return one


def by_atheris(target: Target, inputs: int, corpus: Path) -> None:
    """Draw inputs by coverage until there were so many, or one fails; never comes back."""
    import atheris

    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds_of(target)):
        (corpus / f"seed-{number:04d}").write_bytes(seed)
    limits = [f"-runs={inputs}", f"-max_len={INPUT_BYTES_MAX}", "-rss_limit_mb=2048", "-timeout=60"]
    atheris.Setup([sys.argv[0], *limits, "-verbosity=0", str(corpus)], telling(target))
    atheris.Fuzz()


def by_hypothesis(target: Target, inputs: int) -> None:
    """Draw inputs by the grammar of our corpora, for machines that atheris does not run on."""
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.fuzz.seeds import nasty

    quiet = settings(
        max_examples=inputs, deadline=None, database=None, derandomize=False,
        phases=(Phase.generate,), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    quiet(given(nasty(target))(telling(target)))()


def main(name: str, inputs: int, corpus: Path) -> None:
    """Fuzz one target in this process."""
    if not have_atheris():
        from tests.fuzz.targets import TARGETS

        by_hypothesis(TARGETS[name], inputs)
        return
    import atheris

    with atheris.instrument_imports(include=["tracker"]):
        from tests.fuzz.targets import TARGETS
    by_atheris(TARGETS[name], inputs, corpus)


if __name__ == "__main__":
    _name, _inputs, _corpus = json.loads(sys.argv[1])
    main(_name, _inputs, Path(_corpus))
