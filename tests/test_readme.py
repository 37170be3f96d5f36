"""Is what README says true? Its commands are run, and its names are looked up in the code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tracker.cli import cli
from tracker.demo.cast import Rows, Typed
from tracker.demo.stage import Owner
from tracker.layout import SETTINGS, Tab
from tracker.shops import DIALECTS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
BLOCK = re.compile(r"(<!-- run -->\n)?```(\w*)\n(.*?)```", re.DOTALL)
RUN = [text for mark, kind, text in BLOCK.findall(README) if mark and kind == "sh"]
READ_ONLY = [text for mark, kind, text in BLOCK.findall(README) if not mark and kind == "sh"]
PICTURE_BYTES_MAX = 200_000


def section(title: str) -> str:
    """The text below a heading, to the next one of the same rank."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def options(command: click.Command) -> set[str]:
    return {name for one in command.params for name in one.opts if name.startswith("--")}


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment in which `python` is this one and finds the program."""
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@pytest.mark.skipif(os.name == "nt", reason="README's lines are for a POSIX shell")
def test_the_commands_of_the_readme_work_in_order(tmp_path: Path, shell: dict[str, str]) -> None:
    said = ""
    for number, block in enumerate(RUN):
        ended = subprocess.run(
            ["/bin/sh", "-e", "-c", block], cwd=tmp_path, env=shell, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, f"{block}\n{ended.stdout}{ended.stderr}"
        said += ended.stdout
        if number == 0:  # step 2: what its words ask the owner to type
            partner: Typed = {"partner_id": "boris", "email": "boris@example.com", "rate": "15%"}
            rows: Rows = [
                (Tab.PARTNERS, partner | {"payout_details": "card"}),
                (Tab.CODES, {"code": "BORIS", "partner_id": "boris"}),
            ]
            Owner(tmp_path / "partners.xlsx", "en").edit(rows)

    # 15% of 4500.00 - 300.00, in the dry run and in the real one.
    assert said.count("attributed=1 unattributed=0 waiting=0 quarantined=0 written=1") == 2
    assert "boris 630.00 RUB (sale)" in said
    assert (tmp_path / "letters" / "2026-10-boris.eml").exists()
    assert (tmp_path / "book.json").exists()


def test_all_five_steps_are_run() -> None:
    assert len(RUN) == 4
    assert len(re.findall(r"^\*\*\d\. ", section("Your own book in five steps"), re.MULTILINE)) == 5


def test_the_other_shell_lines_are_make_targets_or_their_twins() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    lines = [line for block in READ_ONLY for line in block.splitlines()]
    made = [line.removeprefix("make ") for line in lines if line.startswith("make ")]
    twins = [line for line in lines if not line.startswith("make ")]

    assert sorted(made) == ["demo", "test"]
    assert all(re.search(rf"^{target}: .*## ", makefile, re.MULTILINE) for target in made)
    assert twins[0] == "python3 -m venv .venv"
    assert re.findall(r"-r (\S+)", twins[1]) == ["requirements.txt", "requirements-test.txt"]
    assert [line.split(" -m ")[1] for line in twins[2:]] == ["tracker demo", "pytest"]


def test_ci_finds_the_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    body = re.search(r"readme_test_command\(\) \{\n(.*?)\n\}", script, re.DOTALL)
    assert body is not None

    found = subprocess.run(
        ["/bin/sh", "-c", body[1]], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert found.stdout == "make test\n"


def test_every_command_is_in_the_readme_with_its_options_and_has_help() -> None:
    table = section("Commands")
    rows = {row.split()[0]: row for row in re.findall(r"^\| `(.*?)` \| .*", table, re.MULTILINE)}

    assert set(rows) == set(cli.commands)
    for name, command in cli.commands.items():
        assert command.help, name
        told = set(re.findall(r"--[a-z-]+", rows[name]))
        assert told <= options(command), name


def test_every_option_named_anywhere_exists_and_has_help() -> None:
    known = set().union(*(options(command) for command in cli.commands.values()), {"--help"})
    commands = re.sub(r"^.*(apt|pip|sqlite3).*$", "", README, flags=re.MULTILINE)
    named = set(re.findall(r"(?<![-\w!])--[a-z][a-z-]+", commands))

    assert sorted(named - known) == []
    assert sorted(known - named) == ["--format"]


def test_settings_and_their_usual_values_are_those_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) ?\| ", section("Settings"), re.MULTILINE)
    settings = {name: value for name, value in rows if not name.startswith("TRACKER_")}

    assert settings == {one.key: one.default for one in SETTINGS}


def test_every_variable_of_the_code_is_in_the_readme_and_the_other_way_round() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "tracker").rglob("*.py"))
    pattern = r"\bTRACKER_[A-Z_]*[A-Z]\b"

    assert set(re.findall(pattern, README)) == set(re.findall(pattern, code))


def test_every_field_of_the_generic_order_is_told() -> None:
    schema = json.loads((ROOT / "docs" / "generic-order.schema.json").read_text("utf-8"))
    table = section("Where orders come from")
    rows = dict(re.findall(r"^\| (`[a-z_`, ]+) \| (.*) \|$", table, re.MULTILINE))
    fields = {name for cell in rows for name in re.findall(r"\w+", cell)}
    required = {name for cell, text in rows.items() if "**required**" in text
                for name in re.findall(r"\w+", cell)}  # fmt: skip

    assert fields == set(schema["properties"])
    assert required == set(schema["required"])


def test_every_shop_is_named() -> None:
    assert [name for name in DIALECTS if f"`{name}`" not in README] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    found = [link.partition("#") for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    dead = [p for p, _, _ in found if p and "://" not in p and not (page.parent / p).exists()]

    assert dead == []


def test_the_pictures_are_small_and_all_of_them_are_shown() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())

    assert [one.name for one in pictures if one.stat().st_size > PICTURE_BYTES_MAX] == []
    assert [one.name for one in pictures if f"docs/pictures/{one.name}" not in README] == []
    assert len(pictures) == 3


def test_cron_lines_name_jobs_that_exist() -> None:
    texts = [README, (ROOT / "docs" / "running.md").read_text("utf-8")]
    named = [set(re.findall(r"jobs/\w+\.py", text)) for text in texts]

    assert all(one == {f"jobs/{p.name}" for p in (ROOT / "jobs").glob("*.py")} for one in named)
