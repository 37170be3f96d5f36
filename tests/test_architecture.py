"""Who may import and call what? The core is pure: the same arguments give the same answer.

Everything in `tracker/` belongs to the core unless it is named in SHELL, so a new file is pure
until somebody decides otherwise here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.shops import DIALECTS

ROOT = Path(__file__).parent.parent

SHELL = frozenset(
    "__main__ account_words bank_files bank_sepa bank_workbook book bounces carrying checking cli "
    "cli_clock cli_codes cli_copy cli_export cli_leads cli_letters cli_mail cli_payouts "
    "cli_people cli_rules cli_serve cli_statements code_files collecting committing connecting "
    "copying correcting correction_words correspondence demo desk diary envelopes environment "
    "erasable erasing explaining exporting fetching forgetting gathering heartbeat held_letters "
    "idle importing inbox inbox_log inbox_reader languages leftovers letter_files letter_headers "
    "letters logs mail_folder mailing making_codes month_drafts news_letters notices open_letters "
    "out_path outbox outcomes overlaying paying postman progress pulling put_back qr_sheet "
    "receiver reducing registering restoring running scheduling sealing showing_codes "
    "showing_payouts showing_statements smtp splitting statefile statement_file status stores "
    "telling template_costs templating terms_printed tidying trial_letter tried_templates "
    "try_files trying waking webhook_tab weekly_letter weekly_words wording workbook_cells "
    "workplace year_file".split()
)
"""Modules and packages of `tracker` that reach outside: files, clock, network, terminal."""

CORE_EVER = frozenset(
    "attribution cells commissions customers layout ledger metrics model money orders payouts "
    "payout_fates problems programme rates sentences shops statements sync".split()
)
"""Names that may never move into SHELL, whatever is convenient."""

RULES = CORE_EVER - {"cells", "layout", "problems", "sentences"}
"""What a store must not know: it deals in tabs and cells, not in partners and orders."""

PURE_LIBRARIES = frozenset(
    "__future__ abc base64 binascii bisect calendar collections csv dataclasses datetime decimal "
    "difflib enum fractions functools hashlib heapq hmac html ipaddress itertools jiter json math "
    "operator orjson phonenumbers re stdnum string textwrap types typing unicodedata urllib.parse zoneinfo".split()
)
"""What the core may import beside itself: nothing here opens, asks, waits or draws lots."""

IMPURE_CALLS = frozenset(
    "breakpoint eval exec float input now open print today utcnow uuid1 uuid4 __import__".split()
)

FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 40


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def noun(path: Path) -> str:
    """The name directly under `tracker/`: `shops` for tracker/shops/generic.py."""
    return path.relative_to(ROOT / "tracker").parts[0].removesuffix(".py")


def core() -> list[Path]:
    """Every pure file; a `__main__.py` prints, wherever it stands."""
    return [p for p in modules("tracker") if noun(p) not in SHELL and p.name != "__main__.py"]


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from from_names(node)


def from_names(node: ast.ImportFrom) -> Iterator[str]:
    """Of ours each name counts (`from tracker import mail`), of others the library."""
    module = node.module or ""
    if node.level:
        yield "(a relative import)"
    elif module.partition(".")[0] == "tracker":
        yield from (f"{module}.{name.name}" for name in node.names)
    else:
        yield module


def is_pure(name: str) -> bool:
    top, _, rest = name.partition(".")
    if top == "tracker":
        return rest.partition(".")[0] not in SHELL
    return top in PURE_LIBRARIES or name in PURE_LIBRARIES


def called(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "id", getattr(node.func, "attr", ""))


def impurities(code: str) -> list[str]:
    """Say everything in a module's text that the core must not do.

    A true division is among it: `//` and `money.half_up` say what becomes of the rest.
    """
    tree = ast.parse(code)
    found = [f"imports {name}" for name in imported(tree) if not is_pure(name)]
    found += [f"calls {name}" for name in called(tree) if name in IMPURE_CALLS]
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            found.append(f"writes the float {node.value}")
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            found.append(f"divides with / in line {node.lineno}")
    return found


@pytest.mark.parametrize("path", core(), ids=place)
def test_the_core_neither_imports_nor_calls_what_reaches_outside(path: Path) -> None:
    assert impurities(path.read_text("utf-8")) == []


def test_the_core_is_not_made_smaller_by_calling_it_shell() -> None:
    assert not CORE_EVER & SHELL


@pytest.mark.parametrize(
    ("line", "finding"),
    [
        ("import os", "imports os"),
        ("import os.path as where", "imports os.path"),
        ("from pathlib import Path", "imports pathlib"),
        ("from urllib.request import urlopen", "imports urllib.request"),
        ("import sqlite3, json", "imports sqlite3"),
        ("from tracker.stores import Store", "imports tracker.stores.Store"),
        ("from tracker import cli", "imports tracker.cli"),
        ("from . import cli", "imports (a relative import)"),
        ("def late():\n    import random", "imports random"),
        ("at = datetime.now(UTC)", "calls now"),
        ("day = date.today()", "calls today"),
        ("at = datetime.datetime.utcnow()", "calls utcnow"),
        ("print(total)", "calls print"),
        ("text = open(name).read()", "calls open"),
        ("total = float(text)", "calls float"),
        ("key = uuid.uuid4()", "calls uuid4"),
        ("share = 0.1 * total", "writes the float 0.1"),
        ("half = total / 2", "divides with / in line 1"),
        ("total /= 2", "divides with / in line 1"),
    ],
)
def test_one_impure_line_is_found(line: str, finding: str) -> None:
    assert finding in impurities(line)


def test_pure_lines_are_left_alone() -> None:
    code = "from urllib.parse import quote\nfrom tracker.money import Money\nhalf = total // 2\n"

    assert impurities(code) == []


@pytest.mark.parametrize("path", modules("tracker/stores"), ids=place)
def test_a_store_does_not_know_what_a_partner_is(path: Path) -> None:
    known = {name.split(".")[1] for name in imported(parsed(path)) if name.startswith("tracker.")}

    assert known & RULES == set()


@pytest.mark.parametrize("path", modules("tracker/shops"), ids=place)
def test_a_shop_knows_no_other_shop(path: Path) -> None:
    vendors = set(DIALECTS) - {path.stem}
    known = {name.split(".")[2] for name in imported(parsed(path)) if name.count(".") > 1}

    assert path.stem == "__init__" or known & vendors == set()


@pytest.mark.parametrize("path", modules("tracker", "jobs"), ids=place)
def test_a_file_says_in_its_first_line_what_it_answers(path: Path) -> None:
    first_line = (ast.get_docstring(parsed(path)) or "").partition("\n")[0]

    assert first_line.endswith((".", "?"))


@pytest.mark.parametrize("path", modules("tracker", "jobs"), ids=place)
def test_files_and_functions_stay_short_enough_to_read(path: Path) -> None:
    length = len(path.read_text("utf-8").splitlines())

    assert length <= FILE_LINES_MAX
    assert long_functions(parsed(path)) == []


def test_a_function_of_one_line_more_is_too_long() -> None:
    steps = "    step()\n" * (FUNCTION_LINES_MAX - 1)
    code = f"def fits():\n{steps}\ndef long():\n{steps}    step()\n"

    assert long_functions(ast.parse(code)) == ["long"]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def long_functions(tree: ast.AST) -> list[str]:
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > FUNCTION_LINES_MAX]
