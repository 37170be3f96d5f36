"""What can be typed about codes? Make new ones, print them, list them, ask whose one is."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from tracker.desk import STORE, Asked, in_its_language, opened, writing
from tracker.problems import Stop

if TYPE_CHECKING:
    from tracker.code_files import Files
    from tracker.code_making import Wanted
    from tracker.known import Known
    from tracker.making_codes import Minted
    from tracker.programme import Code

COUNT_MAX = 5000

CSV = click.option("--csv", "csv_file", type=click.Path(path_type=Path), metavar="FILE",
                   help="Write the codes with their QR texts as CSV.")  # fmt: skip
QR = click.option("--qr", "qr_file", type=click.Path(path_type=Path), metavar="FILE",
                  help="Write cards with QR codes, to print and cut out (HTML).")  # fmt: skip
URL = click.option("--url", default="", metavar="URL",
                   help="What QR codes hold, with {CODE} in it; else the bare code.")  # fmt: skip
CAMPAIGN = click.option("--campaign", default="", metavar="NAME", help="The codes' campaign.")


class Typed(TypedDict):
    """The options of `codes new` that say what the codes are to be."""

    count: int
    kind: str
    pattern: str
    channels: str
    base: str
    valid_from: str | None
    valid_to: str | None
    rate: str | None
    campaign: str


@click.group()
def codes() -> None:
    """Make promo codes, print them as cards, list them, or ask whose one is."""


@codes.command()
@STORE
@click.argument("partner", required=False)
@click.option("--for-new", is_flag=True, help="One for each active partner without any code.")
@click.option("--count", type=click.IntRange(1, COUNT_MAX), default=1, show_default=True,
              help="How many.")  # fmt: skip
@click.option("--kind", type=click.Choice(["partner", "personal", "serial"]), default="partner",
              show_default=True, help="serial: numbers for paper, one use each.")  # fmt: skip
@click.option("--pattern", default="", metavar="TEXT",
              help="KUPON_{NAME}{NN}, also {FULLNAME}, {RRRR}; else code_pattern in Settings.",
              )  # fmt: skip
@click.option("--channels", default="", metavar="TG,YT",
              help="A variant for each channel, so that a leak shows where.")  # fmt: skip
@click.option("--of", "base", default="", metavar="CODE",
              help="Make the variants of this code; else of the partner's only one, or a new one.",
              )  # fmt: skip
@click.option("--valid-from", metavar="DATE", help="The first day they work.")
@click.option("--valid-to", metavar="DATE", help="The last day they work.")
@click.option("--rate", metavar="RATE", help="15% or 500 RUB; else the partner's.")
@CAMPAIGN
@CSV
@QR
@URL
@click.option("--dry-run", is_flag=True, help="Show what would be made; write nothing.")
@click.pass_obj
def new(
    asked: Asked, /, store: str | None, *, partner: str | None, for_new: bool, dry_run: bool,
    csv_file: Path | None, qr_file: Path | None, url: str, **options: Unpack[Typed],
) -> None:  # fmt: skip
    """Make codes for PARTNER and append them to the tab Codes."""
    from tracker.code_files import Files
    from tracker.making_codes import make_codes

    if (partner is None) is not for_new:
        raise click.UsageError("Name one partner, or say --for-new.")
    with opened(store) as place, in_its_language(asked, place):
        wanted = _wanted(options)
        files = Files(csv_file, qr_file, url)
        files.refuse(place)
        if dry_run:
            _say_made(asked, make_codes(place, wanted, partner, dry_run=True), files, dry_run=True)
            return

        def work() -> None:
            _say_made(asked, make_codes(place, wanted, partner), files, dry_run=False)

        writing(place, work)


def _wanted(typed: Typed) -> Wanted:
    """Read what was typed. Raises Stop for what is no day or no rate."""
    from tracker.cells import NotUnderstood
    from tracker.code_making import Wanted
    from tracker.programme import CodeKind
    from tracker.rates import read_rate

    rate = typed["rate"]
    try:
        read = None if rate is None else read_rate(rate)
    except NotUnderstood:
        raise Stop("codes_rate_unreadable", rate=(rate or "")[:40]) from None
    channels = map(str.strip, typed["channels"].split(","))
    return Wanted(
        kind=CodeKind(typed["kind"]),
        count=typed["count"],
        pattern=typed["pattern"].strip(),
        channels=tuple(dict.fromkeys(filter(None, channels))),
        base=typed["base"].strip(),
        valid_from=_day(typed["valid_from"]),
        valid_to=_day(typed["valid_to"]),
        rate=read,
        campaign=typed["campaign"].strip(),
    )


def _day(typed: str | None) -> date | None:
    from tracker.cells import NotUnderstood, read_date

    try:
        return None if typed is None else read_date(typed)
    except NotUnderstood:
        raise Stop("codes_day_unreadable", day=typed[:20] if typed else "") from None


def _say_made(asked: Asked, minted: Minted, files: Files, *, dry_run: bool) -> None:
    """Print the codes, one a line, and what was done; write the files."""
    from tracker.sentences.code_words import CODES_SAID
    from tracker.showing_codes import told

    language = asked.language = minted.known.programme.language
    for one in minted.made:
        click.echo(f"{one.code.code}\t{one.code.partner_id}")
    if not minted.made:
        click.echo(told(CODES_SAID, "all_have", language), err=True)
        return
    if dry_run:
        click.echo(told(CODES_SAID, "would", language), err=True)
        return
    said = told(CODES_SAID, "made", language, tab=minted.tab, count=len(minted.made))
    click.echo(said, err=True)
    _write(files, [one.code for one in minted.made], minted.known)


def _write(files: Files, found: list[Code], known: Known) -> None:
    from tracker.code_cards import cards
    from tracker.sentences.code_words import CODES_SAID
    from tracker.showing_codes import told

    made = cards(found, known.partners, files.url)
    for path in files.write(made, known.programme):
        said = told(CODES_SAID, "file", known.programme.language, path=path, count=len(made))
        click.echo(said, err=True)


@codes.command("print")
@STORE
@click.argument("which", metavar="[PARTNER|CODE]...", nargs=-1)
@click.option("--kind", type=click.Choice(["partner", "personal", "serial"]), help="Only these.")
@CAMPAIGN
@CSV
@QR
@URL
@click.pass_obj
def print_codes(
    asked: Asked, store: str | None, which: tuple[str, ...], kind: str | None, campaign: str,
    *, csv_file: Path | None, qr_file: Path | None, url: str,
) -> None:  # fmt: skip
    """Write cards or a CSV file of active codes that are in the book already."""
    from tracker import running
    from tracker.code_files import Files
    from tracker.programme import CodeStatus, normal_code

    files = Files(csv_file, qr_file, url)
    if not files.paths:
        raise click.UsageError("Name a file with --csv or --qr.")
    with opened(store) as place, in_its_language(asked, place):
        files.refuse(place)
        known = running.look(place, clock_is_right=True).known
        asked.language = known.programme.language
        named = {*which, *map(normal_code, which)}
        found = [
            one
            for one in known.codes
            if one.status is CodeStatus.ACTIVE
            and (not which or not named.isdisjoint({one.partner_id, normal_code(one.code)}))
            and (kind is None or one.kind == kind)
            and (not campaign or one.campaign == campaign)
        ]
        if not found:
            raise Stop("codes_none")
        _write(files, found, known)


@codes.command()
@STORE
@click.argument("code")
@click.option("--on", "day", metavar="DATE", help="As of the end of that day; else now.")
@click.pass_obj
def show(asked: Asked, store: str | None, code: str, day: str | None) -> None:
    """Tell whose CODE is, whether it works, and how often it was used."""
    from tracker import running
    from tracker.code_lookup import find, judge
    from tracker.showing_codes import shop_orders, shown_code

    with opened(store) as place:
        rest = running.look(place, clock_is_right=True)
    known, programme = rest.known, rest.known.programme
    asked.language = programme.language
    on = _day(day)
    at = rest.now
    if on is not None and on != programme.local_date(at):
        at = programme.start_of(on + timedelta(days=1)) - timedelta(seconds=1)
    found = judge(find(code, known), known, shop_orders(rest.plan.books.orders), at)
    for line in shown_code(code, found, known, programme.local_date(at)):
        click.echo(line)


@codes.command("list")
@STORE
@click.argument("partner", required=False)
@click.pass_obj
def list_codes(asked: Asked, store: str | None, partner: str | None) -> None:
    """List the codes of PARTNER, or all, with their uses: code, partner, kind, status, uses."""
    from tracker import running
    from tracker.showing_codes import listed, shop_orders

    with opened(store) as place:
        rest = running.look(place, clock_is_right=True)
    known = rest.known
    asked.language = known.programme.language
    found = [one for one in known.codes if partner is None or one.partner_id == partner]
    for line in listed(found, known, shop_orders(rest.plan.books.orders), rest.now):
        click.echo(line)
