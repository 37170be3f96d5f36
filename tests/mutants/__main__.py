"""Which turned signs do the tests let live? `python -m tests.mutants [FILE ...] [--sample 40]`."""

from __future__ import annotations

import argparse
import os
import pickle
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.mutants.groups import ROOT, Group, equivalents, groups
from tests.mutants.making import MODULE, Mutant, mutated
from tests.mutants.page import PAGE, page
from tests.mutants.trying import End, Trying
from tests.sabotage.trying import GREEN, copied, run

KILLED_MIN = 0.9
"""How much must be killed, with what is the same program counted in (reliability.md T7)."""


def main(arguments: Sequence[str]) -> int:
    """Try the mutants; 0 when enough were killed, 1 when not, 2 when tests fail as they are."""
    asked = _asked(arguments)
    ends: dict[Mutant, End] = {}
    for group in groups(asked.files):
        found = _in_a_process_of_its_own(group, asked.sample, asked.seed)
        if found is None:
            return 2
        ends |= found
    if not ends:
        print("No such file is mutated; they stand in tests/mutants/groups.toml.")
        return 2
    why = equivalents()
    if asked.write_docs:
        (ROOT / PAGE).write_text(page(ends, why, asked.sample), "utf-8")
    killed = sum(end is End.KILLED for end in ends.values())
    same = sum(end is not End.KILLED and one.key in why for one, end in ends.items())
    print(f"{killed} of {len(ends)} killed, {same} of the others are the same program")
    return 0 if killed >= KILLED_MIN * (len(ends) - same) else 1


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("files", nargs="*", metavar="FILE", help="from the root; else all")
    parser.add_argument("--sample", type=int, default=0, help="at most so many of each file")
    parser.add_argument("--seed", type=int, default=1, help="of the lot that picks them")
    parser.add_argument("--write-docs", action="store_true", help=f"write {PAGE} anew")
    return parser.parse_args(arguments)


def _in_a_process_of_its_own(group: Group, sample: int, seed: int) -> dict[Mutant, End] | None:
    """Try a group where no other group's tests are in memory; None where its tests fail."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        answer = Path(folder, "ends")
        child = os.fork()
        if not child:
            code = 1
            try:
                answer.write_bytes(pickle.dumps(_tried(group, sample, seed, Path(folder))))
                code = 0
            finally:
                os._exit(code)
        os.waitpid(child, 0)
        found: dict[Mutant, End] | None = pickle.loads(answer.read_bytes())
    return found


def _tried(group: Group, sample: int, seed: int, folder: Path) -> dict[Mutant, End] | None:
    mutants = group.mutants(sample, seed)
    plugin = Trying(ROOT, [one for one in mutants if one.where != MODULE])
    usual = ["-s", "-q", "--no-header", "--tb=short", "-p", "no:cacheprovider"]
    pytest.main([*usual, *(str(ROOT / test) for test in group.tests)], plugins=[plugin])
    if plugin.failed:
        print(f"This test fails as it is, so it tells nothing of a mutant: {plugin.failed}")
        return None
    outside = [one for one in mutants if one.where == MODULE]
    return plugin.ends | (_restarted(outside, group, folder) if outside else {})


def _restarted(mutants: Sequence[Mutant], group: Group, folder: Path) -> dict[Mutant, End]:
    """Try changes outside functions: what is worked out once needs a program begun anew."""
    ends: dict[Mutant, End] = {}
    with copied(folder) as tree:
        for mutant in mutants:
            path = tree / mutant.file
            source = path.read_text("utf-8")
            path.write_text(mutated(source, mutant), "utf-8")
            code, _ = run(tree, group.tests)
            path.write_text(source, "utf-8")
            ends[mutant] = End.SURVIVED if code == GREEN else End.KILLED
            print(ends[mutant].of(mutant), flush=True)
    return ends


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
