"""Which mutants do the tests let live? Each is put into a fork of one collected run of pytest.

The tests are collected and run once as they are; then it is known how long each takes and which
functions of ours it enters. For a mutant the process forks, gives the function its changed code,
and runs the tests that enter it, the quickest first, until one fails.
"""

from __future__ import annotations

import functools
import gc
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from tests.mutants.making import Mutant, mutated

SECONDS_MIN = 20
"""How long the tests of a mutant may take at least, before it counts as one that never ends."""

LIVED, DIED, NOT_FOUND = 0, 1, 3
"""How the process of a mutant ends."""

Place = tuple[str, str]
"""A file from the root, and the function in it."""


class End(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    UNSEEN = "unseen"

    def of(self, mutant: Mutant) -> str:
        """Say it in one line."""
        change = f"`{mutant.before}` -> `{mutant.after}`"
        return f"{self.value:8} {mutant.file}:{mutant.line} {mutant.where}: {change}"


class Trying:
    """A plugin of pytest that tries mutants where the tests would be run."""

    def __init__(self, root: Path, mutants: Sequence[Mutant]) -> None:
        self.ends: dict[Mutant, End] = {}
        self.failed = ""
        self._root = f"{root}/"
        self._mutants = mutants
        self._files = {mutant.file for mutant in mutants}
        self._seconds: dict[pytest.Item, float] = {}
        self._enter: dict[Place, list[pytest.Item]] = defaultdict(list)

    def pytest_configure(self, config: pytest.Config) -> None:  # noqa: ARG002 - pytest gives it
        """Have Hypothesis find the same each time, and not shrink what it found."""
        from hypothesis import Phase, settings

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile("mutants", phases=phases, database=None, derandomize=True)
        settings.load_profile("mutants")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run all tests once, then some of them for each mutant."""
        for item in session.items:
            self._as_it_is(item)
            if session.testsfailed:
                self.failed = item.nodeid
                return True
        memory = Memory(Path(self._root), self._files)
        gc.freeze()  # what the processes share is not gone through in each
        for mutant in self._mutants:
            self.ends[mutant] = self._tried(mutant, memory)
            print(self.ends[mutant].of(mutant), flush=True)
        return True

    def _as_it_is(self, item: pytest.Item) -> None:
        entered: dict[int, CodeType] = {}  # by id: to compare code takes long

        def listen(frame: FrameType, _event: str, _value: object) -> None:
            entered[id(frame.f_code)] = frame.f_code

        begun = time.monotonic()
        sys.settrace(listen)
        try:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        finally:
            sys.settrace(None)
        self._seconds[item] = time.monotonic() - begun
        for place in {self._place(code) for code in entered.values()}:
            self._enter[place].append(item)

    def _place(self, code: CodeType) -> Place:
        """Where code stands; of what is not ours the function does not matter."""
        file = code.co_filename.removeprefix(self._root)
        return (file, _outermost(code)) if file in self._files else ("", "")

    def _tried(self, mutant: Mutant, memory: Memory) -> End:
        items = sorted(self._enter[mutant.file, mutant.where], key=lambda one: self._seconds[one])
        if not items:
            return End.UNSEEN
        child = os.fork()
        if not child:
            seconds = SECONDS_MIN + 10 * int(sum(self._seconds[one] for one in items))
            self._child(mutant, memory, items, seconds)
        _, status = os.waitpid(child, 0)
        if status and os.waitstatus_to_exitcode(status) == NOT_FOUND:
            return End.UNSEEN
        return End.KILLED if status else End.SURVIVED

    def _child(
        self, mutant: Mutant, memory: Memory, items: Iterable[pytest.Item], seconds: int
    ) -> None:
        """Live as the mutant until a test fails; ends the process."""
        signal.alarm(seconds)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        code = DIED
        try:
            code = _lived(items) if memory.change(mutant) else NOT_FOUND
        finally:
            os._exit(code)


def _lived(items: Iterable[pytest.Item]) -> int:
    for item in items:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        if item.session.testsfailed:
            return DIED
    return LIVED


class Memory:
    """The functions of some files wherever they are referred to, and every cache of results."""

    def __init__(self, root: Path, files: Iterable[str]) -> None:
        self._root = root
        self._functions: dict[Place, list[FunctionType]] = defaultdict(list)
        self._caches: list[Any] = []
        names = {str(root / file): file for file in files}
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename in names:
                place = names[one.__code__.co_filename], one.__code__.co_qualname
                self._functions[place].append(one)
            elif isinstance(one, functools._lru_cache_wrapper):
                self._caches.append(one)

    def change(self, mutant: Mutant) -> bool:
        """Give the function of a mutant its code; False when nothing in memory is that function."""
        path = self._root / mutant.file
        source = mutated(path.read_text("utf-8"), mutant)
        code = _code_of(compile(source, str(path), "exec"), mutant.where.split("."))
        found = self._functions[mutant.file, mutant.where]
        for one in found:
            one.__code__ = code
        for cache in self._caches:
            cache.cache_clear()
        return bool(found)


def _code_of(code: CodeType, names: Sequence[str]) -> CodeType:
    for name in names:
        codes = (one for one in code.co_consts if isinstance(one, CodeType))
        code = next(one for one in codes if one.co_name == name)
    return code


def _outermost(code: CodeType) -> str:
    """The function that a comprehension or an inner function belongs to."""
    return code.co_qualname.partition(".<locals>")[0]
