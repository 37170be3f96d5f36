"""Did the letter leave? Sends one at a time and knows how far each came.

Before the letter itself is handed over (DATA) it has surely not been sent; from then on only the
server's own answer tells, and without one its fate is unknown (reliability.md finding 8).
"""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from pathlib import Path

from tracker.addresses import email_problem
from tracker.mail_folder import FolderTransport
from tracker.mail_url import MailFolder, MailServer, Security, read_mail_url
from tracker.problems import params
from tracker.sender_fits import refuse_foreign
from tracker.sentences import join_reason
from tracker.transport import Answer, Refused, Sent, Transport, Unknown, because

TIMEOUT_SECONDS = 60
LETTERS_PER_CONNECTION = 100
CONNECT_FAILURES_MAX = 3
_SAID_LENGTH_MAX = 200
_CLOSING = 421
_LINE_END = re.compile(rb"\r\n|\r|\n")


def open_transport(url: str, sender: str = "") -> Transport:
    """Make the transport that TRACKER_SMTP_URL names; it connects at the first letter.

    `sender` is the plain address in From, where it is known. Raises Stop as
    `tracker.mail_url.read_mail_url` does, and `mail_from_freemail` for a sender that this server
    cannot speak for.
    """
    place = read_mail_url(url)
    if isinstance(place, MailFolder):
        return FolderTransport(Path(place.path))
    if sender:
        refuse_foreign(sender, place.host)
    return SmtpTransport(place)


class SmtpTransport(Transport):
    """Letters over SMTP: one connection for many, a new one after trouble.

    One refused letter never stops the others. A server that cannot be reached a few times in a
    row, or refuses the login, is left alone for the rest of the batch: trying a wrong password
    for every letter locks accounts. After `letters_max` letters, whether taken or refused, the
    next goes over a new connection: servers count them.
    """

    def __init__(
        self,
        server: MailServer,
        context: ssl.SSLContext | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
        letters_max: int = LETTERS_PER_CONNECTION,
    ) -> None:
        self._server = server
        self._context = context
        self._timeout_seconds = timeout_seconds
        self._letters_max = letters_max
        self._client: smtplib.SMTP | None = None
        self._letters = 0
        self._connect_failures = 0
        self._given_up: Refused | None = None

    def send(self, letter: bytes, sender: str, recipient: str) -> Answer:
        """Send one letter; see Transport."""
        if email_problem(recipient) or email_problem(sender):
            return Refused(join_reason("mail_address_bad", params()), permanent=True)
        if self._letters >= self._letters_max:
            self._quit()
        reused = self._client is not None
        refused = self._address(letter, sender, recipient)
        if refused and reused and self._client is None:
            # The server closed an old connection; nothing of the letter had been said yet.
            refused = self._address(letter, sender, recipient)
        if refused:
            return refused
        return self._hand_over(letter)

    def _address(self, letter: bytes, sender: str, recipient: str) -> Refused | None:
        """Say from whom and to whom; None when the server is ready for the letter."""
        try:
            client = self._connected()
            if isinstance(client, Refused):
                return client
            self._letters += 1
            eight_bit = not letter.isascii() and client.has_extn("8bitmime")
            code, said = client.mail(sender, ["BODY=8BITMIME"] if eight_bit else [])
            step = "mail_sender_refused"
            if _good(code):
                code, said = client.rcpt(recipient)
                step = "mail_recipient_refused"
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Refused(because("mail_connection_lost", type(error).__name__), permanent=False)
        return None if _good(code) else self._refused(step, code, said)

    def _hand_over(self, letter: bytes) -> Answer:
        assert self._client is not None  # noqa: S101 - `_address` has just used it
        try:
            code, said = self._client.data(_LINE_END.sub(b"\r\n", letter))
        except smtplib.SMTPDataError as answer:
            return self._refused("mail_letter_refused", answer.smtp_code, answer.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Unknown(because("mail_answer_lost", type(error).__name__))
        if code >= 400:
            return self._refused("mail_letter_refused", code, said)
        if not _good(code):
            self._drop()
            return Unknown(because("mail_answer_lost", self._quoted(code, said)))
        return Sent()

    def _refused(self, step: str, code: int, said: bytes | str) -> Refused:
        """Make the server ready for the next letter, or hang up, and pass its words on."""
        try:
            if self._client and (code == _CLOSING or not _good(self._client.rset()[0])):
                self._quit()
        except (OSError, smtplib.SMTPException):
            self._drop()
        return Refused(because(step, self._quoted(code, said)), permanent=code >= 500)

    def _connected(self) -> smtplib.SMTP | Refused:
        if self._client:
            return self._client
        if self._given_up:
            return self._given_up
        found = self._connect()
        if isinstance(found, Refused):
            self._connect_failures += 1
            if found.permanent or self._connect_failures >= CONNECT_FAILURES_MAX:
                self._given_up = found
            return found
        self._client, self._letters, self._connect_failures = found, 0, 0
        return found

    def _connect(self) -> smtplib.SMTP | Refused:
        """Connect, protect and log in; whatever fails here, no letter was touched."""
        step, client = "mail_no_connection", None
        try:
            client = self._dial()
            client.ehlo_or_helo_if_needed()
            if self._server.security is Security.STARTTLS:
                step = "mail_tls_failed"
                client.starttls(context=self._tls())
                client.ehlo_or_helo_if_needed()
            if self._server.user:
                step = "mail_login_refused"
                self._log_in(client)
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            if client:
                client.close()
            return self._not_connected(step, error)
        return client

    def _dial(self) -> smtplib.SMTP:
        host, port, seconds = self._server.host, self._server.port, self._timeout_seconds
        if self._server.security is Security.TLS:
            return smtplib.SMTP_SSL(host, port, timeout=seconds, context=self._tls())
        return smtplib.SMTP(host, port, timeout=seconds)

    def _log_in(self, client: smtplib.SMTP) -> None:
        """Log in one way, once: smtplib's own `login` tries a refused password several times."""
        client.user, client.password = self._server.user, self._server.password
        offered = client.esmtp_features.get("auth", "").upper().split()
        if "PLAIN" in offered:
            client.auth("PLAIN", client.auth_plain)
        elif "LOGIN" in offered:
            client.auth("LOGIN", client.auth_login)
        elif "CRAM-MD5" in offered:
            client.auth("CRAM-MD5", client.auth_cram_md5)
        else:
            raise smtplib.SMTPNotSupportedError("no way to log in is offered")

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = ssl.create_default_context()
        return self._context

    def _not_connected(self, step: str, error: Exception) -> Refused:
        code = getattr(error, "smtp_code", 0)
        if isinstance(error, ssl.SSLError):
            step = "mail_tls_failed"
        # A server that hangs up at STARTTLS may be there for the next letter; one that shows a
        # wrong certificate, or offers no protection, is the same in a minute.
        permanent = code >= 500 or isinstance(
            error, ssl.SSLError | smtplib.SMTPNotSupportedError | UnicodeError
        )
        permanent = permanent and not isinstance(error, ssl.SSLEOFError)
        # A server's words about a login may quote it, so of those only the number is told.
        said = str(code) if code else type(error).__name__
        return Refused(because(step, said), permanent=permanent)

    def _quoted(self, code: int, said: bytes | str) -> str:
        """Quote a server without its control signs, the login, or anybody's address."""
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        for secret in filter(None, (self._server.password, self._server.user)):
            text = text.replace(secret, "…")
        text = re.sub(r"\S+@\S+", "…", text)
        text = "".join(sign if sign.isprintable() else " " for sign in text)
        return f"{code} {text}".strip()[:_SAID_LENGTH_MAX]

    def _drop(self) -> None:
        if self._client:
            self._client.close()
        self._client = None

    def _quit(self) -> None:
        if self._client:
            with suppress(OSError, smtplib.SMTPException):
                self._client.quit()
        self._drop()

    def close(self) -> None:
        """Take leave of the server; a letter it took stays sent whatever it answers now."""
        self._quit()


def _good(code: int) -> bool:
    return 200 <= code < 300
