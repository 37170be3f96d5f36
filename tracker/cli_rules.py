"""What can be typed about the rules? They are printed as terms, and tried on what was booked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from tracker.desk import STORE, Asked, busy, in_its_language, opened
from tracker.problems import Stop


@click.command()
@STORE
@click.option("--lang", type=click.Choice(["en", "ru"]), help="Else the programme's language.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE",
              help="Write a page instead: FILE.md or FILE.html.")  # fmt: skip
@click.option("--partner", metavar="ID", default="",
              help="The terms of one partner, with his own rates and codes.")  # fmt: skip
@click.pass_obj
def rules(
    asked: Asked, store: str | None, lang: str | None, out: Path | None, partner: str
) -> None:
    """Print the programme's terms in plain words, from the rules that run, with their version."""
    from tracker import terms_printed
    from tracker.rules_text import terms_page, unreadable
    from tracker.trying import known_now, partner_named, written

    with opened(store) as place:
        known = known_now(place)
        programme = known.programme
        asked.language = programme.language
        if keys := unreadable(known):
            raise Stop("terms_unreadable", keys=", ".join(keys))
        named = partner_named(known, partner) if partner else None
        page = terms_page(known, partner)
        kinds = {
            None: terms_printed.as_text,
            ".md": terms_printed.as_markdown,
            ".html": terms_printed.as_html,
        }
        form = kinds.get(out.suffix.lower() if out is not None else None)
        if form is None:
            raise Stop("terms_file_kind", path=out)
        name = "" if named is None else named.name or named.partner_id
        text = form(page, programme.program_name, lang or programme.language, name)
        if out is None:
            click.echo(text, nl=False)
        else:
            click.echo(written(place, out, text.encode()))


@click.command()
@STORE
@click.option("--set", "typed", multiple=True, metavar="KEY=VALUE", required=True,
              help="A rule to try: rate=12%, partner.ivan.rate=20%, code.IVAN01.rate=15%, "
              "rule.10.rate=12%, tier.gold.from=5. As often as you like.")  # fmt: skip
@click.option("--month", metavar="YYYY-MM", help="Only orders placed in that month.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="Only orders from a day.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Only orders up to a day.")
@click.option("--top", type=click.IntRange(0), default=10, show_default=True,
              help="How many orders that change hands or reason to name.")  # fmt: skip
@click.option("--csv", "table", type=click.Path(path_type=Path), metavar="FILE",
              help="Write the comparison and every such order as CSV.")  # fmt: skip
@click.option("--book", type=click.Path(path_type=Path), metavar="FILE.xlsx",
              help="Write them as a scratch workbook.")  # fmt: skip
@click.pass_obj
def simulate(  # noqa: PLR0913 - one for each option
    asked: Asked, store: str | None, typed: tuple[str, ...], month: str | None,
    first: datetime | None, last: datetime | None, *, top: int, table: Path | None,
    book: Path | None,
) -> None:  # fmt: skip
    """Try other rules on the orders in the Journal; nothing is written to the book.

    All orders are decided twice, by the rules as they stand and with the changes, and what that
    would have paid each partner is compared.
    """
    from tracker.out_path import refuse_file
    from tracker.try_files import as_csv, as_workbook
    from tracker.try_tables import comparison_grid, moved_grid, told
    from tracker.trying import span_of, try_rules, written

    if month is not None and (first is not None or last is not None):
        raise click.UsageError("--month is one month; leave --from and --to out.")
    if book is not None and book.suffix.lower() != ".xlsx":
        raise Stop("try_file_kind", path=book)
    with opened(store) as place, in_its_language(asked, place):
        for path in filter(None, (table, book)):
            refuse_file(place, path)  # before the work, not after it
        with busy("simulate"):
            trial = try_rules(place, typed, span_of(month, first, last))
        language = asked.language = trial.known.programme.language
        for line in told(trial.found, trial.changes, trial.span.named, language, top):
            click.echo(line)
        grids = (comparison_grid(trial.found, language), moved_grid(trial.found, language))
        if table is not None:
            click.echo(written(place, table, as_csv(grids)))
        if book is not None:
            click.echo(written(place, book, as_workbook(grids)))
