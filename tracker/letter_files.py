"""How does a statement look before it is sent? Written as files, and nothing is sealed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from tracker.letters import freeze, render
from tracker.month_drafts import Drafts, drafts
from tracker.out_path import writing_to
from tracker.running import Rest
from tracker.sealing import dated
from tracker.statements import Statement

NAME_CHARS_MAX = 40
"""So much of a partner's id stands in a file's name: with four bytes each still short enough."""


def preview(rest: Rest, month: str | None, folder: Path) -> tuple[Drafts, list[Path]]:
    """Write each statement as .html, and as .eml where there is an address; nothing is sealed.

    Written twice, the files are the same to the byte. Raises Stop when the folder is not writable.
    """
    made = drafts(rest, month)
    return made, write_letters(rest, made.statements, folder)


def write_letters(rest: Rest, statements: Iterable[Statement], folder: Path) -> list[Path]:
    """Write each statement as .html, and as .eml where it has an address. Raises Stop."""
    files: list[Path] = []
    with writing_to(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for statement in statements:
            rendered = render(statement, statement.language)
            stem = folder / f"{statement.month}-{file_name(statement.partner_id)}"
            files.append(_write(stem.with_name(f"{stem.name}.html"), rendered.html.encode()))
            if statement.email:
                at, sender = dated(rest, statement), rest.known.programme.mail_from
                letter = freeze(statement, rendered, sender, statement.email, at)
                files.append(_write(stem.with_name(f"{stem.name}.eml"), letter.raw))
    return files


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def file_name(partner_id: str) -> str:
    """A partner's id as a part of a file's name: no slashes, no leading dots, not too long."""
    name = re.sub(r"[^\w.-]+", "_", partner_id).lstrip(".") or "_"
    if len(name) <= NAME_CHARS_MAX:
        return name
    # Ids that begin alike must stay two files.
    return (
        f"{name[:NAME_CHARS_MAX]}-{sha256(partner_id.encode('utf-8', 'replace')).hexdigest()[:8]}"
    )
