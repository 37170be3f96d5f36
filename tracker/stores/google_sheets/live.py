"""Does Google behave as the store relies on? Tried on scratch tabs of the owner's own sheet.

Documents and recordings are one thing, the service of today another: every fact is tried by calls
like those that the store makes, and told with what it means for the owner if it is not so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median_low

from tracker.problems import Stop
from tracker.sentences.live import PROBES, SEEN, UNPROBED, VERDICTS, WORDS, pair_says
from tracker.stores.google_sheets.address import link_to, spreadsheet_id
from tracker.stores.google_sheets.keys import load_account
from tracker.stores.google_sheets.live_bench import Bench, Broken, Untold
from tracker.stores.google_sheets.live_probes import CURIOUS, RELIED
from tracker.stores.google_sheets.live_steps import Probe, Seen
from tracker.stores.google_sheets.standing import FIELDS, Standing, read_standing
from tracker.stores.google_sheets.wire import Wire
from tracker.stores.looks import language_among


class Verdict(StrEnum):
    """What became of a probe."""

    HOLDS = "holds"
    BROKEN = "broken"
    UNTOLD = "untold"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one probe found, by its code, with what was seen in words of SEEN."""

    probe: str
    verdict: Verdict
    seen: Seen = None


def live_check(
    url: str, key_file: Path | None, language: str, say: Callable[[str], None], *,
    every: bool = False, pause: Callable[[float], None] = time.sleep,
    timer: Callable[[], float] = time.perf_counter,
) -> bool:  # fmt: skip
    """Try every fact and say each as it is found; whether all that we rely on holds.

    `every` says how each was tried. The language is that of the spreadsheet's tabs, else the one
    given. Raises Stop `live_needs_google`, and what ends any other call to Google; the scratch
    tabs are taken away then too.
    """
    kind, _, place = url.partition(":")
    if kind.strip().casefold() != "gsheets":
        raise Stop("live_needs_google", kind=kind.strip()[:20])
    sheet_id = spreadsheet_id(place)
    wire = Wire(load_account(key_file), sheet_id, pause=pause)
    bench = Bench(wire, link_to(sheet_id), pause=pause, timer=timer)
    standing = read_standing(bench.whole(FIELDS))
    return _Report(bench, say, _language(standing, language), every=every).run(standing.title)


def _language(standing: Standing, language: str) -> str:
    return language_among([sheet.title for sheet in standing.tabs.values()], language)


@dataclass(slots=True)
class _Report:
    """Says what probes find, in one language."""

    bench: Bench
    say: Callable[[str], None]
    language: str
    every: bool = False

    def run(self, book: str) -> bool:
        self._word("begun", count=len(RELIED) + len(CURIOUS), book=book)
        for tab in self.bench.leftovers():
            self._word("removed", tabs=tab)
        if not self._cleaned():
            return False
        try:
            found = [self._found(name, probe) for name, probe in {**RELIED, **CURIOUS}.items()]
        except BaseException:
            with suppress(Stop):  # what ended the probes is the better reason
                self._cleaned()
            raise
        clean = self._cleaned()
        self._end(found, clean=clean)
        return clean and all(one.verdict in {Verdict.HOLDS, Verdict.TOLD} for one in found)

    def _found(self, name: str, probe: Probe) -> Finding:
        finding = tried(name, probe, self.bench)
        promise = PROBES[name]
        relies = pair_says(promise.relies, self.language)
        self.say(pair_says(VERDICTS[finding.verdict], self.language, relies=relies))
        if self.every:
            self._word("tried", tried=pair_says(promise.tried, self.language))
        if finding.seen is not None:
            code, values = finding.seen
            self._word("seen", seen=pair_says(SEEN[code], self.language, **values))
        if finding.verdict is Verdict.BROKEN:
            self._word("means", means=pair_says(promise.means, self.language))
        return finding

    def _cleaned(self) -> bool:
        """Take the scratch tabs away, and name those that could not be."""
        known = [tab.title for tab in self.bench.tabs]
        try:
            left = self.bench.clean()
        except Stop:
            for title in known:
                self._word("left", tab=title)
            raise
        for title in left:
            self._word("left", tab=title)
        return not left

    def _end(self, found: list[Finding], *, clean: bool) -> None:
        for pair in UNPROBED:
            self._word("unprobed", what=pair_says(pair, self.language))
        if self.bench.write_ms and self.bench.read_ms:
            write, read = median_low(self.bench.write_ms), median_low(self.bench.read_ms)
            self._word("speed", write=write, read=read)
        if clean:
            self._word("clean")
        counts = {one.value: sum(f.verdict is one for f in found) for one in Verdict}
        self._word("sum", **counts)

    def _word(self, code: str, **values: object) -> None:
        self.say(pair_says(WORDS[code], self.language, **values))


def tried(name: str, probe: Probe, bench: Bench) -> Finding:
    """Run one probe. Raises Stop when the account may not be in the spreadsheet any more."""
    try:
        seen = probe(bench)
    except Untold as unseen:
        return Finding(name, Verdict.UNTOLD, _seen(unseen))
    except Broken as broken:
        return Finding(name, Verdict.BROKEN, _seen(broken))
    return Finding(name, Verdict.TOLD if name in CURIOUS else Verdict.HOLDS, seen)


def _seen(found: Broken) -> tuple[str, Mapping[str, object]]:
    return found.code, found.values
