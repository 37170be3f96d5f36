"""Wherever a mail server breaks off, is no letter doubled, and is none lost without a word?

Fourteen places where SMTP can be cut, at each of eight letters of a batch, under both policies:
through the real outbox, the real delivery and the real transport, against a server that really
hangs up. Then two thousand drawn histories of runs that are cut and killed anywhere.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.faulty_mail import CUT, SILENCE, FaultyServer
from tests.tls import Certificate, certificate_in
from tracker.choices import MailUnknown
from tracker.mail_url import MailServer, Security
from tracker.outbox import Outbox
from tracker.outgoing import Letter, LetterKind, LetterState
from tracker.postman import Fate, deliver
from tracker.smtp import SmtpTransport
from tracker.transport import Answer, Refused, Sent, Transport, Unknown

NOON = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
BATCH = 8
HANG_SECONDS = 0.2
TOLD = {LetterState.REFUSED, LetterState.UNKNOWN}


@dataclass(frozen=True)
class Cut:
    """A place to cut: the server's step, its reply there, and what the step needs before it.

    `meets` says that the step comes once a connection, so the letter before it must be the last
    of one; `ends` that it comes after the letter, so the letter itself must be.
    """

    step: str
    reply: str = CUT
    secure: bool = False
    meets: bool = False
    ends: bool = False


CUTS = {
    "banner": Cut("banner", meets=True),
    "EHLO": Cut("ehlo", meets=True),
    "STARTTLS": Cut("starttls", secure=True, meets=True),
    "AUTH": Cut("auth", secure=True, meets=True),
    "MAIL cut": Cut("mail"),
    "MAIL 4xx": Cut("mail", "451 later"),
    "RCPT cut": Cut("rcpt"),
    "RCPT 5xx": Cut("rcpt", "550 5.1.1 nobody here"),
    "DATA": Cut("data"),
    "mid-body": Cut("body"),
    "after the dot": Cut("dot"),
    "dot and silence": Cut("dot", SILENCE),
    "dot and 4xx or 5xx": Cut("dot", "451 4.3.0 later"),
    "QUIT": Cut("quit", ends=True),
}
"""The fourteen of reliability.md T4."""

LEFT_OPEN = {"DATA", "mid-body", "after the dot", "dot and silence"}
"""Where nobody can know whether the letter was taken."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate_in(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def outbox() -> Iterator[Outbox]:
    with Outbox(None, lambda: NOON) as outbox:
        yield outbox


def letter(number: int) -> Letter:
    """One of the eight: a partner's statement, or a letter of another kind."""
    kind = (LetterKind.STATEMENT, LetterKind.SALES, LetterKind.NOTICE)[number % 3]
    name = f"st-{number}" if kind is LetterKind.STATEMENT else f"{kind}:{number}"
    message_id = f"<st.{number}@example.com>"
    return Letter(
        statement_id=name,
        partner_id=f"p{number}",
        month="2026-10",
        from_address="shop@example.com",
        to_address=f"p{number}@example.org",
        message_id=message_id,
        content=f"Message-ID: {message_id}\r\nSubject: {number}\r\n\r\n10.0{number}\r\n".encode(),
        frozen_figures="{}",
        kind=kind,
    )


LETTERS = [letter(number) for number in range(1, BATCH + 1)]


def run(
    outbox: Outbox, transport: Transport, copies: int, batch: Sequence[Letter] = LETTERS
) -> list[Fate]:
    """One run: freeze the whole batch, and deliver."""
    letters = [outbox.freeze(one) for one in batch]
    with transport:
        return deliver(letters, outbox, transport, 0, lambda _seconds: None, copies)


@dataclass
class Case:
    """One case of the matrix, played: what the server accepted, and the fates of each run."""

    accepted: list[bytes]
    fates: list[list[Fate]]

    def states(self, run: int) -> dict[bytes, LetterState]:
        pairs = zip(LETTERS, self.fates[run], strict=True)
        return {one.content: fate.state for one, fate in pairs}


def play(cut: Cut, nth: int, policy: MailUnknown, outbox: Outbox, secured: Certificate) -> Case:
    """Cut at the n-th letter of the first run; then run once more, to resend twice more."""
    context = secured.serving if cut.secure else None
    letters_max = nth if cut.ends else max(nth - 1, 1) if cut.meets else BATCH
    at = 1 if cut.ends or (cut.meets and nth == 1) else 2 if cut.meets else nth
    reply = (
        "554 5.6.0 never" if cut.reply[:3] == "451" and cut.step == "dot" and nth % 2 else cut.reply
    )
    with FaultyServer(cut.step, at, reply, context) as server:
        place = MailServer(
            host="127.0.0.1",
            port=server.port,
            security=Security.STARTTLS if cut.secure else Security.NONE,
            user="shop" if cut.secure else "",
            password="s3cret-and-long" if cut.secure else "",
        )
        seconds = HANG_SECONDS if reply == SILENCE else 10
        fates = []
        for number in range(2 if policy is MailUnknown.HOLD else 3):
            transport = SmtpTransport(place, secured.trusting, seconds, letters_max)
            fates.append(run(outbox, transport, policy.copies))
            assert number or server.steps[cut.step] >= at, "the case never came to its cut"
            server.healed = True
    return Case(server.taken, fates)


@pytest.mark.parametrize("policy", list(MailUnknown))
@pytest.mark.parametrize("nth", range(1, BATCH + 1))
@pytest.mark.parametrize("name", CUTS)
def test_no_letter_is_doubled_unasked_and_none_is_lost_without_a_word(
    name: str, nth: int, policy: MailUnknown, outbox: Outbox, certificate: Certificate
) -> None:
    case = play(CUTS[name], nth, policy, outbox, certificate)
    copies, last = Counter(case.accepted), case.states(-1)
    hit = LETTERS[nth - 1].content

    assert set(copies) <= {one.content for one in LETTERS}  # byte-equal, whatever came of it
    assert all(copies[one.content] == 1 for one in LETTERS if one.content != hit)
    assert copies[hit] <= (1 if policy is MailUnknown.HOLD else 3)
    assert [
        one for one in LETTERS if not copies[one.content] and last[one.content] not in TOLD
    ] == []
    assert {s for one, s in case.states(0).items() if one != hit} == {LetterState.SENT}
    unknown = name in LEFT_OPEN
    assert case.states(0)[hit] is (LetterState.UNKNOWN if unknown else case.states(0)[hit])
    held = unknown and policy is MailUnknown.HOLD
    assert last[hit] is (LetterState.UNKNOWN if held else LetterState.SENT)


def test_the_matrix_has_14_cuts_and_8_letters() -> None:
    assert (len(CUTS), len(LETTERS), len({one.message_id for one in LETTERS})) == (14, 8, 8)


def test_by_hand_the_third_letter_cut_after_its_dot_is_held(
    outbox: Outbox, certificate: Certificate
) -> None:
    """The server takes the third letter and hangs up before it says so. Nobody can know."""
    case = play(CUTS["after the dot"], 3, MailUnknown.HOLD, outbox, certificate)

    assert [fate.state.value for fate in case.fates[0]] == [
        "sent",
        "sent",
        "unknown",
        *["sent"] * 5,
    ]
    assert case.fates[1] == case.fates[0]
    assert case.accepted == [one.content for one in LETTERS]


def test_by_hand_the_third_letter_cut_after_its_dot_is_sent_again_as_it_was(
    outbox: Outbox, certificate: Certificate
) -> None:
    """Its copy leaves in the second run, is taken and answered; the third run sends nothing."""
    case = play(CUTS["after the dot"], 3, MailUnknown.RESEND, outbox, certificate)

    third = LETTERS[2].content
    assert case.accepted == [*(one.content for one in LETTERS), third]
    assert message_from_bytes(case.accepted[-1])["Message-ID"] == "<st.3@example.com>"
    assert [fates[2].state.value for fates in case.fates] == ["unknown", "sent", "sent"]


def test_by_hand_a_letter_cut_in_its_middle_is_lost_to_the_server_and_told(
    outbox: Outbox, certificate: Certificate
) -> None:
    """Half a letter is no letter: the partner has none, and its state says that nobody knows."""
    case = play(CUTS["mid-body"], 8, MailUnknown.HOLD, outbox, certificate)

    assert case.accepted == [one.content for one in LETTERS[:7]]
    assert case.fates[1][7].state is LetterState.UNKNOWN
    assert case.fates[1][7].reason.startswith("mail_answer_lost said=SMTPServerDisconnected")


# Drawn histories.

FEW = LETTERS[:4]


class Killed(BaseException):
    """SIGKILL: nothing after it happens, and nothing is caught."""


@dataclass
class Cutting(Transport):
    """A transport in memory that is cut anywhere, and whose run is killed anywhere."""

    chance: random.Random
    trouble: float
    accepted: list[bytes] = field(default_factory=list)

    def send(self, letter: bytes, sender: str, recipient: str) -> Answer:
        assert sender == "shop@example.com"
        assert recipient.encode().split(b"@")[0] in letter.replace(b"st.", b"p")
        if self.chance.random() >= self.trouble:
            self.accepted.append(letter)
            return Sent()
        return self.fail(letter)

    def fail(self, letter: bytes) -> Answer:
        kind = self.chance.choice(["kill", "kill after", "before", "lost", "lost after", "no"])
        if kind.endswith("after"):
            self.accepted.append(letter)
        if kind.startswith("kill"):
            raise Killed
        if kind.startswith("lost"):
            return Unknown("mail_answer_lost said=cut")
        code = "mail_connection_lost" if kind == "before" else "mail_recipient_refused"
        return Refused(f"{code} said=cut", permanent=kind == "no")

    def close(self) -> None:
        """Nothing is kept open."""


def history(seed: int) -> tuple[MailUnknown, list[bytes], dict[bytes, Letter]]:
    """Up to six runs with trouble and one without; what was accepted, and each letter's end."""
    chance = random.Random(seed)
    policy = chance.choice(list(MailUnknown))
    way = Cutting(chance, chance.choice([0.1, 0.4, 0.9]))
    with Outbox(None, lambda: NOON) as outbox:
        for _ in range(chance.randrange(1, 6)):
            try:
                run(outbox, way, policy.copies, FEW)
            except Killed:
                continue
        way.trouble = 0
        run(outbox, way, policy.copies, FEW)
        ends = [outbox.letter(one.statement_id) for one in FEW]
    return policy, way.accepted, {one.content: one for one in ends if one}


@pytest.mark.parametrize("first", range(0, 2000, 250))
def test_in_drawn_histories_too_nothing_is_doubled_unasked_or_lost(first: int) -> None:
    for seed in range(first, first + 250):
        policy, accepted, ends = history(seed)
        copies = Counter(accepted)
        assert ends.keys() == {one.content for one in FEW} >= copies.keys()
        for content, end in ends.items():
            assert copies[content] <= policy.copies, seed
            assert end.unknowns <= policy.copies, seed
            assert copies[content] or end.state in TOLD, seed
            assert copies[content] <= end.unknowns + (end.state is LetterState.SENT), seed


def test_the_drawn_histories_hold_every_end() -> None:
    ends = Counter[tuple[str, str]]()
    for seed in range(60):
        policy, _, letters = history(seed)
        ends.update((policy.value, one.state.value) for one in letters.values())

    assert set(ends) == {
        ("hold", "sent"), ("hold", "unknown"), ("resend", "sent"), ("resend", "unknown"),
    }  # fmt: skip


DYING = """
import os, signal, sys
from pathlib import Path
from tests.test_mail_matrix import LETTERS, NOON, run
from tracker.outbox import Outbox
from tracker.smtp import Transport

class Dying(Transport):
    def send(self, letter, sender, recipient):
        with open(sys.argv[2], "ab") as post:
            post.write(letter)
            post.flush()
            os.fsync(post.fileno())
        os.kill(os.getpid(), signal.SIGKILL)

    def close(self):
        pass

with Outbox(Path(sys.argv[1]), lambda: NOON) as outbox:
    run(outbox, Dying(), int(sys.argv[3]))
"""


def kill_runs(folder: Path, copies: int, runs: int) -> tuple[list[int], list[int]]:
    """Kill run after run once its first letter left; how many copies of each, and counted."""

    post = folder / "post"
    for _ in range(runs):
        place = str(folder / "outbox.sqlite3")
        command = [sys.executable, "-c", DYING, place, str(post), str(copies)]
        ended = subprocess.run(command, cwd=Path(__file__).parent.parent, check=False)
        assert ended.returncode == -9
    left = post.read_bytes()
    with Outbox(folder / "outbox.sqlite3", lambda: NOON) as outbox:
        outbox.settle()
        kept = [outbox.letter(one.statement_id) for one in LETTERS[:2]]
    return [left.count(one.content) for one in LETTERS[:2]], [one.unknowns for one in kept if one]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_run_that_is_killed_each_time_lets_no_fourth_copy_out(tmp_path: Path) -> None:
    """Four kills: three copies of the first letter, and then the turn of the second."""
    assert kill_runs(tmp_path, 3, 4) == ([3, 1], [3, 1])
