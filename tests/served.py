"""What do tests of a real server stand on? An app under uvicorn, on a free port of loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp

from tracker.receiver.log_route import LogRoute


@contextmanager
def uvicorn_at_work(app: ASGIApp) -> Iterator[str]:
    """Run the app in a thread until the block ends; its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.005)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def log_served(inbox_path: Path, key: str) -> Iterator[str]:
    """Serve an inbox as the receiver does; the address of its log."""
    route = LogRoute(inbox_path, key)
    with uvicorn_at_work(Starlette(routes=[Route("/log", route.endpoint)])) as address:
        yield f"{address}/log"
