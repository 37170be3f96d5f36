"""How is the layout read by people? As one page of Markdown, sheets_layout.md."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.layout.spec import Choice, Column, Owner, SettingSpec, TabSpec

HEAD = """# The tabs and columns of the book

Printed from `tracker/layout` by `make layout`; change it there, not here.

Titles and headings stand in row 1 in English or Russian; both are understood, whatever their case
and blanks, and columns are found by heading, never by position. Columns of your own are left alone.
"""

WHOSE = {
    Owner.OWNER: "owner tab: you write, the program reads",
    Owner.INBOX: "inbox tab: rows come in from outside",
    Owner.LEDGER: "ledger tab: the program only appends",
    Owner.REPORT: "report tab: the program rewrites it whole",
}


def layout_text(tabs: Iterable[TabSpec], settings: Iterable[SettingSpec]) -> str:
    """Write the whole page; it ends with a line break."""
    return "\n".join([HEAD, *map(_tab, tabs), _settings(settings)])


def _tab(spec: TabSpec) -> str:
    lines = [
        f"## {spec.tab} / {spec.ru}",
        "",
        f"{WHOSE[spec.owner][0].upper()}{WHOSE[spec.owner][1:]}. {spec.about_en}",
        f"A row is known by `{spec.key_column}`.",
        "",
        "| heading | по-русски | holds | note |",
        "|---|---|---|---|",
        *(_row(spec, column) for column in spec.columns),
        "",
    ]
    return "\n".join(lines)


def _row(spec: TabSpec, column: Column) -> str:
    holds = _words(column.choices) if column.choices else column.kind.value
    may_miss = " The column may be missing." if spec.optional(column.key) else ""
    return f"| `{column.key}` | {column.ru} | {holds} | {column.note_en}{may_miss} |"


def _words(choices: Iterable[Choice]) -> str:
    both = (c.en if c.en == c.ru else f"{c.en} ({c.ru})" for c in choices)
    return ", ".join(both)


def _settings(settings: Iterable[SettingSpec]) -> str:
    rows = (
        f"| `{setting.key}` | {setting.default or '(empty)'} | {setting.meaning_en} | "
        f"{setting.meaning_ru} |"
        for setting in settings
    )
    head = ["## The rows of Settings", "", "| setting | usual value | meaning | что это значит |"]
    return "\n".join([*head, "|---|---|---|---|", *rows, ""])
