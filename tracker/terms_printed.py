"""How does a page of terms read? As text, Markdown or a page for a browser, in two languages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.rules_text import Clause, Page
from tracker.sentences import say
from tracker.sentences.plurals import Counted
from tracker.sentences.terms_codes import WORDS
from tracker.sentences.terms_page import TERMS, TITLES
from tracker.wording import Formatter, formatter, plain, worded

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_PER_ITEM = ("per item", "за штуку")


@dataclass(frozen=True, slots=True)
class _Voice:
    """How values are written; `typed` makes what the owner typed safe for the kind of page."""

    say: Formatter
    typed: Callable[[str], str]

    @property
    def language(self) -> str:
        return self.say.language


def as_text(page: Page, program: str, language: str, partner: str = "") -> str:
    """The page as a terminal shows it."""
    voice = _Voice(formatter(language), plain)
    lines = [_title(page, voice, program, partner), _version(page, voice)]
    for section in page.sections:
        lines += ["", worded(TITLES[section.code], language)]
        for clause in section.clauses:
            lines.append(f"- {_says(clause, voice)}")
            lines += [f"  {number}. {text}" for number, text in _items(clause, voice)]
    return "\n".join(lines) + "\n"


def as_markdown(page: Page, program: str, language: str, partner: str = "") -> str:
    """The page as Markdown; what the owner typed is no markup in it."""
    voice = _Voice(formatter(language), lambda text: _MARKDOWN.sub(r"\\\1", plain(text)))
    lines = [f"# {_title(page, voice, program, partner)}", "", _version(page, voice)]
    for section in page.sections:
        lines += ["", f"## {worded(TITLES[section.code], language)}", ""]
        for clause in section.clauses:
            lines.append(f"- {_says(clause, voice)}")
            lines += [f"  {number}. {text}" for number, text in _items(clause, voice)]
    return "\n".join(lines) + "\n"


def as_html(page: Page, program: str, language: str, partner: str = "") -> str:
    """The page for a browser, whole in one file, without scripts or anything from elsewhere."""
    voice = _Voice(formatter(language), lambda text: html.escape(plain(text)))
    title = _title(page, voice, program, partner)
    lines = [
        f'<!doctype html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n{_LOOK}\n</head>\n<body>",
        f"<h1>{title}</h1>\n<p>{_version(page, voice)}</p>",
    ]
    for section in page.sections:
        lines.append(f"<h2>{worded(TITLES[section.code], language)}</h2>\n<ul>")
        for clause in section.clauses:
            below = "".join(f"<li>{text}</li>" for _, text in _items(clause, voice))
            lines.append(f"<li>{_says(clause, voice)}{f'<ol>{below}</ol>' if below else ''}</li>")
        lines.append("</ul>")
    return "\n".join(lines) + "\n</body>\n</html>\n"


_LOOK = (
    "<style>body{font:16px/1.5 sans-serif;max-width:44em;margin:2em auto;padding:0 1em;"
    "color:#1c2733}h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.6em}li{margin:.3em 0}"
    "</style>"
)


def _title(page: Page, voice: _Voice, program: str, partner: str) -> str:
    title = worded(TITLES["partner_page" if page.partner_id else "page"], voice.language)
    return title.format(program=voice.typed(program), partner=voice.typed(partner))


def _version(page: Page, voice: _Voice) -> str:
    return worded(TITLES["version"], voice.language).format(version=page.version)


def _items(clause: Clause, voice: _Voice) -> list[tuple[int, str]]:
    told = (_says(item, voice) for item in clause.items)
    return [(number, text[:1].upper() + text[1:]) for number, text in enumerate(told, 1)]


def clause_text(clause: Clause, language: str) -> str:
    """One clause as a terminal shows it, for whoever tells of less than a page."""
    return _says(clause, _Voice(formatter(language), plain))


def _says(clause: Clause, voice: _Voice) -> str:
    """One clause as a sentence, or as a part of one."""
    values: dict[str, object] = {name: _value(name, text, voice) for name, text in clause.params}
    parts = ", ".join(_says(part, voice) for part in clause.parts)
    before = clause.code.startswith("tier_") and parts
    values["parts"] = f"{parts}: " if before else parts
    if clause.code not in TERMS:
        return say(TERMS, clause.code, clause.params, voice.language)
    return worded(TERMS[clause.code], voice.language).format_map(values)


def _value(name: str, text: str, voice: _Voice) -> object:
    """Write a parameter as its name says (`tracker.rules_text.clauses.Clause`)."""
    kind = name.rpartition("_")[2]
    if kind in {"rate", "sum"}:
        rate, per, _ = text.partition("/")
        each = f" {worded(_PER_ITEM, voice.language)}" if per else ""
        return voice.say.rate(rate) + each
    if kind == "day":
        return voice.say.long_day(date.fromisoformat(text))
    if kind in {"days", "count"}:
        return Counted(text)
    if kind == "word":
        return worded(WORDS[text], voice.language)
    return voice.typed(text)
