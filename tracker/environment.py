"""Where is the book, and what are the secrets? Environment variables over the `.env` file."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tracker.problems import Stop

DEFAULT_STORE = "xlsx:partners.xlsx"
DEFAULT_ORDER_LOG = "tab:Webhook log"
SECRET_CHARACTERS_MIN = 16
HOOK_SECRET = "TRACKER_HOOK_SECRET_"  # noqa: S105 - the name of a variable
_SECRETS = frozenset(
    {
        "TRACKER_SECRET",
        "TRACKER_SMTP_URL",
        "TRACKER_ORDER_LOG_TOKEN",
        "TRACKER_API_KEY",
        "TRACKER_HEARTBEAT_URL",
    }
)
# No quotes, escapes, blanks at an end or signs of a comment, which are the library's to read.
_PLAIN_LINE = re.compile(
    r"([A-Za-z_][A-Za-z0-9_]*)=([\w./:@+=,?&%~-]+(?: [\w./:@+=,?&%~-]+)*|)", re.ASCII
)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_YES = frozenset({"1", "yes", "true", "on"})


@dataclass(frozen=True, slots=True)
class Environment:
    """What `TRACKER_*` says. What is secret, or may hold a secret, never appears in a repr.

    Attributes:
        store: the address of the store.
        order_log: the logs, comma separated; else the book's own tab.
        state: the folder of `.tracker`, None for the usual place beside the book.
        google_key: the key file of the service account that opens a Google sheet.
        order_log_token: what a log at an address asks for.
        private_ok: whether addresses of this machine or its own network may be fetched.
        hook_secrets: of each source that may post to us, by the end of the variable's name
            (`WOOCOMMERCE_TEA`); several while one is being replaced.
        api_key: what a reader of our own log has to know.
        public_url: how the outside calls the receiver, without a slash at its end.
        hook_rate: how many deliveries a second one source may post in the long run.
        heartbeat_url: who is told that a run went well, or did not.
        sync_minutes: how often `schedule` wakes the program.
        templates: the owner's own folder of letters, which goes before ours; None for ours alone.
        files: each `.env` that was read.
    """

    store: str = field(repr=False)
    order_log: str = field(default="", repr=False)
    state: Path | None = None
    google_key: Path | None = None
    secret: str = field(default="", repr=False)
    smtp_url: str = field(default="", repr=False)
    order_log_token: str = field(default="", repr=False)
    private_ok: bool = False
    hook_secrets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    api_key: str = field(default="", repr=False)
    public_url: str = ""
    hook_rate: str = ""
    heartbeat_url: str = field(default="", repr=False)
    sync_minutes: str = ""
    templates: Path | None = None
    files: tuple[Path, ...] = ()

    def key(self) -> bytes:
        """The programme's secret. Raises Stop when there is none or it is short."""
        if not self.secret:
            raise Stop("secret_missing")
        if len(self.secret) < SECRET_CHARACTERS_MIN:
            raise Stop("secret_short")
        return self.secret.encode("utf-8")


def load(store: str | None, environ: Mapping[str, str] | None = None) -> Environment:
    """Read the environment; where it is silent, the book's own `.env`, then that of this folder.

    Raises Stop `google_address`, `env_not_text`.

    The book's own comes first, so that two books may be worked on from one folder.
    """
    given = dict(os.environ if environ is None else environ)
    here = _file(Path(".env"))
    address = _plain(store or (here | given).get("TRACKER_STORE") or DEFAULT_STORE)
    known = here | _file(env_file(address)) | given
    state = known.get("TRACKER_STATE", "")
    key = known.get("TRACKER_GOOGLE_CREDENTIALS", "")
    templates = known.get("TRACKER_TEMPLATES", "").strip()
    return Environment(
        store=address,
        order_log=known.get("TRACKER_ORDER_LOG") or DEFAULT_ORDER_LOG,
        state=Path(state).expanduser() if state else None,
        google_key=Path(key).expanduser() if key else None,
        secret=known.get("TRACKER_SECRET", ""),
        smtp_url=known.get("TRACKER_SMTP_URL", ""),
        order_log_token=known.get("TRACKER_ORDER_LOG_TOKEN", ""),
        private_ok=known.get("TRACKER_ALLOW_PRIVATE", "").strip().casefold() in _YES,
        hook_secrets=_hook_secrets(known),
        api_key=known.get("TRACKER_API_KEY", ""),
        public_url=known.get("TRACKER_PUBLIC_URL", "").strip().rstrip("/"),
        hook_rate=known.get("TRACKER_HOOK_RATE", "").strip(),
        heartbeat_url=known.get("TRACKER_HEARTBEAT_URL", "").strip(),
        sync_minutes=known.get("TRACKER_SYNC_MINUTES", "").strip(),
        templates=Path(templates).expanduser() if templates else None,
        files=_env_files(address),
    )


def _hook_secrets(known: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Read `TRACKER_HOOK_SECRET_<SOURCE>`; an empty one is kept, so that it can be refused."""
    return {
        name.removeprefix(HOOK_SECRET).upper(): tuple(map(str.strip, value.split(",")))
        for name, value in known.items()
        if name.startswith(HOOK_SECRET) and name != HOOK_SECRET
    }


def _plain(address: str) -> str:
    """Bring a Google sheet's address, as the browser shows it, to its id."""
    kind, _, place = address.partition(":")
    if kind.strip().casefold() != "gsheets":
        return address
    from tracker.stores.google_sheets.address import spreadsheet_id

    return f"gsheets:{spreadsheet_id(place)}"


def env_file(store: str) -> Path:
    """The `.env` beside a workbook; for other stores that of the current folder."""
    kind, _, place = store.partition(":")
    if kind.strip().casefold() != "xlsx":
        return Path(".env")
    return Path(place.strip()).expanduser().parent / ".env"


def _env_files(store: str) -> tuple[Path, ...]:
    """Give those that there are, each once also where the book lies in the current folder."""
    found = (Path(".env").resolve(), env_file(store).resolve())
    return tuple(path for path in dict.fromkeys(found) if path.is_file())


def open_to_others(files: Iterable[Path]) -> list[Path]:
    """Give the `.env` files with a secret in them that others than their owner may use.

    Nobody is told where the system has no such modes (Windows).
    """
    if os.name != "posix":
        return []
    return [path for path in files if _mode(path) & _OTHERS and _holds_secret(path)]


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:  # it went since it was read
        return 0


def _holds_secret(path: Path) -> bool:
    return any(
        value and (name in _SECRETS or name.startswith(HOOK_SECRET))
        for name, value in _file(path).items()
    )


def _file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        plain = _plain_lines(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:  # `from None`: its own words would quote the file
        raise Stop("env_not_text", path=path) from None
    if plain is not None:
        return plain
    from dotenv import dotenv_values

    found = dotenv_values(path, interpolate=False, encoding="utf-8")
    return {name: value for name, value in found.items() if value is not None}


def _plain_lines(text: str) -> dict[str, str] | None:
    """Read a file of plain `NAME=value` lines as the library does; None where it is to be asked.

    Most are so, and the library costs an idle sync a tenth of its time.
    """
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    found = [_PLAIN_LINE.fullmatch(line) for line in lines]
    return None if None in found else {one[1]: one[2] for one in found if one}


def make_secret(store: str) -> Path | None:
    """Add a secret to the `.env` beside the book, readable by its owner alone.

    Returns the file, or None when there is a secret already, there or in the environment.
    """
    if load(store).secret:
        return None
    import secrets

    return _add_line(env_file(store), f"TRACKER_SECRET={secrets.token_urlsafe(32)}")


def name_store(store: str) -> Path | None:
    """Add the address of a store that is no file to `.env`, so that later commands find it.

    Returns the file, or None for a workbook and when a store is named already.
    """
    address = _plain(store)
    named = "TRACKER_STORE" in {**_file(Path(".env")), **os.environ}
    if named or not address.startswith("gsheets:"):
        return None
    return _add_line(Path(".env"), f"TRACKER_STORE={address}")


def _add_line(path: Path, line: str) -> Path:
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    # Added at the end, never written anew: a run that is killed here must not lose the secret.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(("" if before.endswith("\n") or not before else "\n") + f"{line}\n")
    path.chmod(0o600)
    return path
