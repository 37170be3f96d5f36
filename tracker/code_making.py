"""Which new codes does a partner get? From a pattern, unlike every code there is or was.

Whatever is drawn by lot comes in as great random numbers, so the same numbers make the same codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.check_digit import NUMBER_SIGNS, drawn, grouped
from tracker.code_patterns import SIGNS_MAX, Pattern, read_pattern
from tracker.look_alike import sight
from tracker.problems import Stop
from tracker.programme import Code, CodeKind, CodeStatus, Partner
from tracker.rates import Rate
from tracker.translit import first_name, full_name, latin

VARIANT_PATTERN = "{CODE}-{CHANNEL}"
TRIES_MAX = 1000
_SAID_MAX = 10
_GIVEN = ("valid_from", "valid_to", "rate", "campaign")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for.

    Attributes:
        count: how many, without their variants.
        pattern: empty for the programme's; of serials what stands before the number.
        channels: one variant of each code for each of them.
        base: of which code the variants are to be; empty to find or make it.
    """

    kind: CodeKind = CodeKind.PARTNER
    count: int = 1
    pattern: str = ""
    channels: tuple[str, ...] = ()
    base: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    rate: Rate | None = None
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """One new code as it will count.

    Attributes:
        channel: what a variant is for.
        base: the code it is a variant of. What it has in common with that stays empty in its row,
            and so follows the code, to another owner too.
    """

    code: Code
    channel: str = ""
    base: Code | None = None


@dataclass(slots=True)
class Taken:
    """Every code that may not be made again, by the way it looks."""

    seen: dict[str, str] = field(default_factory=dict)

    def holder(self, code: str) -> str | None:
        """The code that it would be taken for; None when it is free."""
        return self.seen.get(sight(code))

    def take(self, code: str) -> None:
        """Remember a code; the first of one look is the one that is named."""
        self.seen.setdefault(sight(code), code)


def taken_by(codes: Iterable[str]) -> Taken:
    """Sort the codes that are in the book, were in it, or came with orders."""
    taken = Taken()
    for code in codes:
        taken.take(code)
    return taken


def make(
    wanted: Wanted,
    partner: Partner,
    own: Iterable[Code],
    taken: Taken,
    usual: str,
    lots: Iterator[int],
) -> list[Made]:
    """Make the codes that were asked for, and their variants; `taken` takes them in.

    `own` are the partner's codes, `usual` is the programme's pattern, `lots` gives a random
    number of 256 bits for each try. Raises Stop with what to do where it cannot be done.
    """
    _refuse(wanted)
    if wanted.kind is CodeKind.SERIAL:
        return [Made(code) for code in _serials(wanted, partner, taken, lots)]
    typed = read_pattern(wanted.pattern) if wanted.pattern else None
    of_variants = typed if typed and (typed.has("CODE") or typed.has("CHANNEL")) else None
    of_codes = typed if typed and not of_variants else read_pattern(usual)
    if not wanted.channels:
        _refuse_variant_parts(of_variants or of_codes)
        return [Made(code) for code in _codes(wanted, of_codes, partner, taken, lots)]
    found = None if typed and not of_variants else _base(wanted, own, partner)
    _refuse_variant_parts(of_codes)
    bases = [found] if found else _codes(wanted, of_codes, partner, taken, lots)
    made = [] if found else [Made(code) for code in bases]
    pattern = of_variants or read_pattern(VARIANT_PATTERN)
    if pattern.numbered or pattern.by_lot:
        raise Stop("codes_pattern_variant", pattern=pattern.typed)
    for base in bases:
        made += _variants(wanted, pattern, base, partner, taken)
    return made


def _refuse(wanted: Wanted) -> None:
    """Raise Stop for what does not go together."""
    if (wanted.channels or wanted.base) and wanted.kind is not CodeKind.PARTNER:
        raise Stop("codes_channels_kind")
    if wanted.base and not wanted.channels:
        raise Stop("codes_base_alone")
    first, last = wanted.valid_from, wanted.valid_to
    if first is not None and last is not None and last < first:
        raise Stop("codes_dates_backwards", first=first, last=last)


def _refuse_variant_parts(pattern: Pattern) -> None:
    if pattern.has("CODE") or pattern.has("CHANNEL"):
        raise Stop("codes_pattern_variant", pattern=pattern.typed)


def _words(partner: Partner) -> dict[str, str]:
    return {
        "NAME": first_name(partner.name, partner.partner_id),
        "FULLNAME": full_name(partner.name, partner.partner_id),
    }


def _row(wanted: Wanted, code: str, partner: Partner) -> Code:
    return Code(
        code=code,
        partner_id=partner.partner_id,
        kind=wanted.kind,
        valid_from=wanted.valid_from,
        valid_to=wanted.valid_to,
        rate=wanted.rate,
        campaign=wanted.campaign,
    )


def _codes(
    wanted: Wanted, pattern: Pattern, partner: Partner, taken: Taken, lots: Iterator[int]
) -> list[Code]:
    if wanted.count > 1 and not (pattern.numbered or pattern.by_lot):
        raise Stop("codes_pattern_fixed", pattern=pattern.typed, count=wanted.count)
    words, made, number = _words(partner), list[Code](), 0
    while len(made) < wanted.count:
        number, code = _next(pattern, words, number, taken, lots)
        taken.take(code)
        made.append(_row(wanted, code, partner))
    return made


def _next(
    pattern: Pattern, words: Mapping[str, str], number: int, taken: Taken, lots: Iterator[int]
) -> tuple[int, str]:
    """The next free code after a number, and its own number."""
    tries = 0
    while True:
        number += 1
        tries += 1
        code = pattern.filled(words, number, next(lots) if pattern.by_lot else 0)
        holder = taken.holder(code)
        if holder is None:
            return number, code
        if not (pattern.numbered or pattern.by_lot):
            raise Stop("codes_taken", named=code, holder=holder)
        if pattern.by_lot and tries == TRIES_MAX:
            raise Stop("codes_no_room", pattern=pattern.typed)


def _serials(wanted: Wanted, partner: Partner, taken: Taken, lots: Iterator[int]) -> Iterator[Code]:
    """Numbers drawn by lot with their check sign, behind what the pattern says."""
    prefix = ""
    if wanted.pattern:
        pattern = read_pattern(wanted.pattern)
        if pattern.numbered or pattern.by_lot:
            raise Stop("codes_pattern_serial", pattern=pattern.typed)
        _refuse_variant_parts(pattern)
        prefix = pattern.filled(_words(partner)).rstrip("_.-") + "-"
    for _ in range(wanted.count):
        code = prefix + grouped(drawn(next(lots), NUMBER_SIGNS))
        while taken.holder(code) is not None:
            code = prefix + grouped(drawn(next(lots), NUMBER_SIGNS))
        if len(code) > SIGNS_MAX:
            raise Stop("codes_too_long", pattern=wanted.pattern, named=code, most=SIGNS_MAX)
        taken.take(code)
        yield _row(wanted, code, partner)


def mains(own: Iterable[Code]) -> list[Code]:
    """A partner's own working codes that variants may be made of."""
    return [
        code
        for code in own
        if code.kind is CodeKind.PARTNER
        and code.status is CodeStatus.ACTIVE
        and not code.variant_of
    ]


def _base(wanted: Wanted, own: Iterable[Code], partner: Partner) -> Code | None:
    """The code that variants are asked of; None when one is to be made first.

    Raises Stop `codes_base_unknown` and, where there are several, `codes_base_which`.
    """
    found = mains(own)
    names = ", ".join(code.code for code in found[:_SAID_MAX])
    if wanted.base:
        meant = [code for code in found if sight(code.code) == sight(wanted.base)]
        if not meant:
            said = {"named": wanted.base, "partner": partner.partner_id}
            raise Stop("codes_base_unknown", **said, known=names or "-")
        return meant[0]
    if wanted.count > 1 or not found:
        return None
    if len(found) > 1:
        raise Stop("codes_base_which", partner=partner.partner_id, known=names)
    return found[0]


def _variants(
    wanted: Wanted, pattern: Pattern, base: Code, partner: Partner, taken: Taken
) -> Iterator[Made]:
    """One variant for each channel: same owner and terms, so that a leak shows where."""
    for channel in wanted.channels:
        short = latin(channel)
        if not short:
            raise Stop("codes_channel_empty", channel=channel)
        words = _words(partner) | {"CODE": base.code.upper(), "CHANNEL": short}
        code = pattern.filled(words)
        holder = taken.holder(code)
        if holder is not None:
            raise Stop("codes_taken", named=code, holder=holder)
        taken.take(code)
        given = {name: found for name in _GIVEN if (found := getattr(wanted, name))}
        yield Made(replace(base, code=code, variant_of=base.code, **given), channel.strip(), base)
