"""What if the run dies right here? Each effect of a script's run, before it and after it.

A kill leaves the world in some state; what follows depends on that state alone. So of several
kills that leave the same state one is followed to its end, and the others are counted with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from tests.sim.judge import Judge
from tests.sim.ports import Calm, KillAt
from tests.sim.scripts import Script
from tests.sim.world import Broken, World


@dataclass(slots=True)
class Counted:
    """How many kills were tried, and how many different states they left."""

    kills: int = 0
    states: int = 0


def crashes(script: Script, *, pairs: bool = False) -> Counted:
    """Kill the run at every effect; with `pairs` the next run too, at every effect of its own."""
    found, met, ended = Counted(), set[str](), set[str]()
    base = script.world()
    try:
        for killed in _kills(base, script.command, found):
            with killed:
                state = state_of(killed)
                if state in met:
                    continue
                met.add(state)
                if pairs:
                    for twice in _kills(killed, script.command, found):
                        with twice:
                            again = state_of(twice)
                            if again not in ended:
                                ended.add(again)
                                _ends_well(twice, script)
                if state not in ended:
                    ended.add(state)
                    _ends_well(killed, script)
    finally:
        base.__exit__()
    found.states = len(met | ended)
    return found


def _kills(base: World, command: str, found: Counted) -> Iterator[World]:
    """A copy of the world for each place where the run can die, dead there."""
    nth, died = 0, True
    while died:
        nth += 1
        for after in (False, True):
            world = base.copy()
            with world.office.reachable():
                judge = Judge(world)
                judge.rebase()
                died = world.run(command, KillAt(nth, after)) == "killed"
            if not died:
                world.__exit__()
                break
            found.kills += 1
            judge.untouched()
            yield world


def _ends_well(world: World, script: Script) -> None:
    """The dead run broke nothing, and the same command again brings everything to its end."""
    try:
        judge = Judge(world)
        if not script.hurt:
            judge.safety()
        judge.rebase()
        world.ports.weather = Calm()
        world.run(script.command)
        judge.untouched()
        judge.liveness()
    except Broken as broken:
        raise Broken(f"{script.name}: {broken}\n" + "\n".join(world.ports.lines)) from None


def state_of(world: World) -> str:
    """A hash of everything that outlives a process: book, files of state, letters that left."""
    told = sha256()
    for machine in world.machines:
        for raw in machine.files:
            for line in raw.iterdump():
                told.update(line.encode())
        told.update(f"{machine.unsettled} {machine.seen is None}".encode())
    far = world.book.far  # type: ignore[attr-defined]
    for tab, sheet in far.book.sheets.items():
        told.update(repr((tab, sheet.headings, sheet.rows)).encode())
    told.update(repr((far.book.generation.number, far.late, sorted(world.letters))).encode())
    return told.hexdigest()
