"""What do tests of the Google store sign in with? A key of their own, in a file of mode 600."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

EMAIL = "robot@shop-project.iam.gserviceaccount.com"
TOKEN_URI = "https://oauth2.googleapis.com/token"


@cache
def private_key() -> str:
    """Make the key of this test process; making one takes a tenth of a second."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = made.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return pem.decode()


def key_content(**changed: Any) -> dict[str, Any]:
    """What the Cloud console writes into a key file, as far as it is used."""
    whole = {
        "type": "service_account",
        "project_id": "shop-project",
        "private_key_id": "1",
        "private_key": private_key(),
        "client_email": EMAIL,
        "token_uri": TOKEN_URI,
    }
    return whole | changed


def key_file(folder: Path, content: str | bytes | None = None, mode: int = 0o600) -> Path:
    """Write a key file."""
    path = folder / "key.json"
    text = json.dumps(key_content()) if content is None else content
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path
