"""What does a partner read, and which exact bytes are mailed?

`render` turns a statement into words through the templates; `freeze` turns the words into the
bytes of one letter. Both are functions of their arguments: no clock, no chance, so a letter made
again is the same letter.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from functools import lru_cache
from pathlib import Path

from css_inline import CSSInliner
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tracker.sentences import LANGUAGES, reason_says, split_reason
from tracker.sentences.reasons import REASONS
from tracker.statements import Account, Held, Statement, StatementLine, Uncounted
from tracker.wording import BASES, KINDS, NO_BREAK, Formatter, formatter, plain, worded

TEMPLATES = Path(__file__).resolve().parent.parent / "email_templates"
SUBJECT_CHARS_MAX = 120
NOWHERE = "statement.invalid"
"""The domain of letters made without a sender's address: reserved, so it can never be mailed."""

HEADERS = frozenset(
    "From To Subject Date Message-ID MIME-Version Content-Type Auto-Submitted".split()
)
"""All the headers a letter has, each once."""

Told = str | bool | Sequence["Told"] | Mapping[str, "Told"]
"""What a template may see: text, yes or no, and lists and dicts of them. Never an object."""

_ORDER_KINDS = frozenset({"sale", "clawback", "bonus", "level"})
_SPEC = re.compile(
    r"(?P<local>(?!\.|[^@]*\.[.@])[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64})@(?P<domain>[^\s@<>()\[\]\\,;:\"]{1,255})"
)
_DOMAIN = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<spec>[^<>]*)>")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words: one line of subject, and the same figures as text and as HTML."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class FrozenLetter:
    """A letter as it is mailed: its Message-ID with the angle brackets, and its bytes."""

    message_id: str
    raw: bytes


class UnsafeLetter(ValueError):
    """An address or the built headers are not what may be mailed; the caller validates before."""


def render(statement: Statement, language: str) -> Rendered:
    """Say a statement in words, in `en` or `ru` (English for any other language).

    Raises jinja2.UndefinedError when a template names what is not told.
    """
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    told = tell(statement, spoken)
    parts = _templates()
    subject = plain(parts.get_template(f"{spoken}/statement.subject.txt").render(told))
    subject = subject.replace(NO_BREAK, " ")
    text = parts.get_template(f"{spoken}/statement.txt").render(told)
    html = parts.get_template(f"{spoken}/statement.html").render(told)
    if len(subject) > SUBJECT_CHARS_MAX:
        subject = subject[: SUBJECT_CHARS_MAX - 1].rstrip() + "…"
    return Rendered(subject, text.strip() + "\n", _inlined(html))


def tell(statement: Statement, language: str) -> dict[str, Told]:
    """Prepare all that the templates may say, already formatted in `language`."""
    say = formatter(language)
    sources = _sources(statement)
    return {
        "program": plain(statement.program_name),
        "name": plain(statement.name),
        "month": say.month(statement.month),
        "zone": plain(statement.zone),
        "final": statement.final,
        "corrected": statement.revision > 1,
        "number": f"{plain(statement.statement_id)}/{statement.revision}",
        "as_of": say.long_day(statement.as_of),
        "payout_on": say.long_day(statement.payout_on),
        "several": len(statement.accounts) > 1,
        "accounts": [_account(account, say, sources) for account in statement.accounts],
        "uncounted": [_uncounted(order, say, sources) for order in statement.uncounted],
    }


def _account(account: Account, say: Formatter, sources: Mapping[str, str]) -> dict[str, Told]:
    def money(minor: int) -> str:
        return say.money(minor, account.currency)

    return {
        "currency": say.currency(account.currency),
        "opening": money(account.opening),
        "lines": [_line(line, account.currency, say, sources) for line in account.lines],
        "payouts": [_line(line, account.currency, say, sources) for line in account.payouts],
        "quiet": not account.lines and not account.payouts,
        "closing": money(account.closing),
        "held": _held(account.held, account.currency, say),
        "on_hold": money(account.on_hold),
        "payable": money(account.payable),
        "below_zero": account.payable < 0,
        "something": account.payable > 0,
        "reached": account.missing == 0,
        "missing": money(account.missing),
        "has_minimum": account.minimum > 0,
        "minimum": money(account.minimum),
    }


def _line(
    line: StatementLine, currency: str, say: Formatter, sources: Mapping[str, str]
) -> dict[str, Told]:
    base = "" if line.base is None else say.money(line.base, currency)
    rule = "" if line.base_rule is None else worded(BASES[line.base_rule], say.language)
    kind = KINDS.get(line.kind)
    of_order = line.kind in _ORDER_KINDS
    earlier = line.ordered_on is not None and line.ordered_on != line.booked_on
    return {
        "on": say.day(line.booked_on),
        "kind": plain(line.kind) if kind is None else worded(kind, say.language),
        "is_order": of_order,
        "order": _order(line.source, line.order_id, sources if of_order else {}),
        "ordered_on": say.day(line.ordered_on) if line.ordered_on and earlier else "",
        "base": base,
        "base_rule": rule if base else "",
        "changed": line.kind == "clawback",
        "rate": say.rate(plain(line.rate)),
        "sum": say.money(line.minor, currency),
        "minus": line.minor < 0,
        "why": _why(line.because, say.language),
    }


def _uncounted(order: Uncounted, say: Formatter, sources: Mapping[str, str]) -> dict[str, Told]:
    return {
        "on": say.day(order.ordered_on) if order.ordered_on else "",
        "order": _order(order.source, order.order_id, sources),
        "why": _why(order.reason, say.language),
    }


def _why(reason: str, language: str) -> str:
    """Say a reason as a sentence that stands by itself; a code nobody knows stays as it is."""
    said = plain(reason_says(reason, language)) if reason else ""
    known = split_reason(reason)[0] in REASONS
    return said[:1].upper() + said[1:] if known else said


def _held(held: Sequence[Held], currency: str, say: Formatter) -> list[Told]:
    """Gather what is on hold by the day it becomes payable, the nearest first."""
    days: dict[str, list[Held]] = {}
    for one in sorted(held, key=lambda one: one.payable_on):
        days.setdefault(say.day(one.payable_on), []).append(one)
    return [
        {
            "until": day,
            "sum": say.money(sum(one.minor for one in ones), currency),
            "orders": ", ".join(dict.fromkeys(plain(one.order_id) for one in ones)),
        }
        for day, ones in days.items()
    ]


def _sources(statement: Statement) -> dict[str, str]:
    """Name the shops when there are several, since two shops may number orders alike."""
    lines = (line for account in statement.accounts for line in account.lines)
    seen = {line.source for line in lines if line.kind in _ORDER_KINDS}
    seen |= {order.source for order in statement.uncounted}
    if len(seen) < 2:
        return {}
    return {source: plain(source.partition(":")[2] or source) for source in seen}


def _order(source: str, order_id: str, sources: Mapping[str, str]) -> str:
    shop = sources.get(source, "")
    return f"{plain(order_id)} ({shop})" if shop else plain(order_id)


@lru_cache(maxsize=1)
def _templates() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=lambda name: bool(name and name.endswith(".html")),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    return CSSInliner(load_remote_stylesheets=False, minify_css=True)


def _inlined(html: str) -> str:
    """Put the styles on the elements; a no-break space stays one character, not six."""
    return _inliner().inline(html).replace("&nbsp;", NO_BREAK)


def freeze(
    statement: Statement, rendered: Rendered, mail_from: str, to: str, at: datetime
) -> FrozenLetter:
    """Build the bytes of a letter: the same arguments give the same bytes, in any process.

    Both parts are UTF-8 in base64, which no relay has to rewrite. `mail_from` is an address,
    with or without a name; empty for a preview that will not be mailed. `at` is aware.
    Raises UnsafeLetter for an address that is not exactly one, or headers that are not ours.
    """
    if at.tzinfo is None:
        raise UnsafeLetter("a letter's time needs an offset")
    sender = _sender(mail_from, statement.program_name)
    receiver = _address(statement.name, to)
    subject = _header_text(rendered.subject)[:SUBJECT_CHARS_MAX]
    content = [statement.statement_id, str(statement.revision)]
    content += [subject, rendered.text, rendered.html]
    digest = hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:24]
    message_id = f"<st.{digest}@{sender.domain}>"
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = receiver
    letter["Subject"] = subject
    letter["Date"] = at
    letter["Message-ID"] = message_id
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(rendered.text, charset="utf-8", cte="base64")
    letter.add_alternative(rendered.html, subtype="html", charset="utf-8", cte="base64")
    letter.set_boundary(f"=_st.{digest}")
    raw = letter.as_bytes()
    _refuse_other_headers(raw, message_id, sender, receiver)
    return FrozenLetter(message_id, raw)


def _refuse_other_headers(raw: bytes, message_id: str, sender: Address, receiver: Address) -> None:
    """Read the built headers back: exactly ours, each once, to exactly one address."""
    built = BytesHeaderParser(policy=SMTP).parsebytes(raw)
    if sorted(built.keys()) != sorted(HEADERS):
        raise UnsafeLetter(f"headers of a letter: {sorted(built.keys())}")
    for name, meant in (("From", sender), ("To", receiver)):
        if [one.addr_spec for one in built[name].addresses] != [meant.addr_spec]:
            raise UnsafeLetter(f"{name} of a letter does not read back as one address")
    if built["Message-ID"] != message_id:
        raise UnsafeLetter("the Message-ID of a letter does not read back")


def _sender(mail_from: str, program_name: str) -> Address:
    """Read `shop@example.com` or `Shop <shop@example.com>`; the programme names a bare address."""
    if not mail_from.strip():
        return _address(program_name, f"statements@{NOWHERE}")
    named = _NAMED.fullmatch(mail_from.strip())
    if named is None:
        return _address(program_name, mail_from)
    return _address(named["name"].strip().strip('"') or program_name, named["spec"])


def _address(name: str, spec: str) -> Address:
    """Make one address of a typed name and exactly one addr-spec. Raises UnsafeLetter."""
    found = _SPEC.fullmatch(spec.strip(" "))
    if found is None or "=?" in spec:
        raise UnsafeLetter("not exactly one e-mail address")
    try:
        domain = found["domain"].encode("idna").decode("ascii")
    except UnicodeError:
        raise UnsafeLetter("the domain of an e-mail address cannot be written") from None
    if not _DOMAIN.fullmatch(domain):
        raise UnsafeLetter("the domain of an e-mail address cannot be written")
    try:
        return Address(_header_text(name), found["local"], domain)
    except (ValueError, IndexError):
        raise UnsafeLetter("not exactly one e-mail address") from None


def _header_text(text: str) -> str:
    """Clean text for a header: one line, and nothing that could read as an encoded word."""
    return plain(text).replace("=?", "= ?").replace("?=", "? =")
