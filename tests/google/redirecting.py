"""How is this process led to another address than Google's? By the last step before the network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
import requests.adapters

SHEETS = "https://sheets.googleapis.com"


@contextmanager
def redirected(base_url: str) -> Iterator[None]:
    """Send what is meant for Google Sheets to another address, past any proxy."""
    straight = requests.adapters.HTTPAdapter.send

    def send(
        adapter: requests.adapters.HTTPAdapter,
        request: requests.PreparedRequest,
        *args: Any,
        **options: Any,
    ) -> requests.Response:
        if str(request.url).startswith(SHEETS + "/"):
            request.url = base_url + str(request.url).removeprefix(SHEETS)
        if str(request.url).startswith(base_url + "/"):
            options["proxies"] = {}
        return straight(adapter, request, *args, **options)

    requests.adapters.HTTPAdapter.send = send  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        requests.adapters.HTTPAdapter.send = straight  # type: ignore[method-assign]
