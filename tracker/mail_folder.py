"""How do letters leave for a folder? Each as a file, for trying out and for the demo."""

from __future__ import annotations

import re
from email.parser import BytesHeaderParser
from pathlib import Path

from tracker.addresses import email_problem
from tracker.problems import params
from tracker.sentences import join_reason
from tracker.transport import Answer, Refused, Sent, Transport, because

_UNSAFE_IN_NAME = re.compile(r"[^A-Za-z0-9._@-]")


class FolderTransport(Transport):
    """Letters as files `<message id>.eml` in a folder: for trying out, and for the demo."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, letter: bytes, sender: str, recipient: str) -> Answer:
        """Write one letter; the same letter again is the same file."""
        if email_problem(recipient) or email_problem(sender):
            return Refused(join_reason("mail_address_bad", params()), permanent=True)
        message_id = str(BytesHeaderParser().parsebytes(letter).get("Message-ID", ""))
        name = _UNSAFE_IN_NAME.sub("_", message_id.strip().strip("<>")).lstrip(".")
        if not name:
            return Refused(because("mail_folder_failed", "Message-ID"), permanent=True)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            partial = self._folder / f".{name}.partial"
            partial.write_bytes(letter)
            partial.replace(self._folder / f"{name}.eml")
        except OSError as error:
            return Refused(because("mail_folder_failed", error.strerror or ""), permanent=False)
        return Sent()

    def close(self) -> None:
        """Nothing is kept open."""
