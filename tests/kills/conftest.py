"""What do tests of kills need? One nursery for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kills.nursery import Nursery, nursery


@pytest.fixture(scope="session")
def forks() -> Iterator[Nursery]:
    """A process that forks every other one."""
    with nursery() as found:
        yield found
