"""What can be typed to take the whole book out? Its canonical form, or double entry."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.desk import STORE, Asked, opened

FORMATS = ("json", "beancount", "hledger")


@click.command()
@STORE
@click.option("--format", "form", type=click.Choice(FORMATS), default="json", show_default=True,
              help="The canonical form, or the ledger as double entry.")  # fmt: skip
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def export(asked: Asked, store: str | None, form: str, file: Path) -> None:
    """Write the book in its canonical form, or as double entry, to FILE (- for standard output)."""
    from tracker import double_entry, running
    from tracker.exporting import canonical
    from tracker.out_path import refuse_file, writing_to

    with opened(store) as place:
        rest = running.look(place, clock_is_right=True)
        asked.language = rest.known.programme.language
        if str(file) != "-":
            refuse_file(place, file)
    if form == "json":
        text = canonical(rest)
    else:
        write = {"beancount": double_entry.beancount, "hledger": double_entry.hledger}[form]
        books = rest.plan.books
        text = write(books.lines, books.payouts(), rest.known.programme)
    if str(file) == "-":
        click.echo(text, nl=False)
        return
    with writing_to(file):
        file.write_text(text, encoding="utf-8", newline="\n")
