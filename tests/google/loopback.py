"""How is the fake reached over a real socket? A small HTTP/1.1 server on 127.0.0.1.

Faults are real here: a reset is an RST, a truncated answer announces its full length and breaks
off, a time-out is silence until the client has had enough.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.google.fake import FakeGoogle
from tests.google.faults import Answer

SILENCE_SECONDS_MAX = 60


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, google: FakeGoogle) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.google = google
        self.closing = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    # Without it head and body leave in two packets, and each answer waits 40 ms for an ACK.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep silent: pytest shows what matters."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        google = self.server.google
        if url.path == "/token":
            answer = google.token(body)
        else:
            query = parse_qs(url.query, keep_blank_values=True)
            answer = google.handle(self.command, url.path, query, dict(self.headers), body)
        if google.latency_seconds:
            time.sleep(google.latency_seconds)
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        if answer.trouble == "timeout":
            self.server.closing.wait(SILENCE_SECONDS_MAX)
        if answer.trouble in {"timeout", "reset"}:
            self._break()
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if answer.trouble == "truncated":
            self.wfile.write(answer.body[: len(answer.body) // 2])
            self.wfile.flush()
            self.close_connection = True
            return
        self.wfile.write(answer.body)
        self.wfile.flush()

    def _break(self) -> None:
        """Close with an RST: what was on its way is thrown away."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True


@contextmanager
def serve(google: FakeGoogle) -> Iterator[str]:
    """Serve until the block ends; give the address, as http://127.0.0.1:PORT."""
    with _Server(google) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()
