"""Is what README says true? Its commands are run, and its names are looked up in the code."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.google.fake import FakeGoogle
from tests.google.owner import Owner as SheetOwner
from tests.google.wiring import ROBOT, key_file, redirecting_command, served
from tests.pages import (
    BOTH,
    ENGLISH,
    POSIX,
    ROOT,
    RUSSIAN,
    Page,
    commands,
    make_python,
    options,
    this_python,
    typed,
    typed_here,
)
from tracker.bank_files import FORMATS
from tracker.cli import cli
from tracker.demo.stage import Owner
from tracker.environment import HOOK_SECRET
from tracker.layout import SETTINGS, Tab, default_of
from tracker.outgoing import LetterKind
from tracker.precedence import printed
from tracker.sentences.google import GOOGLE
from tracker.shops import DIALECTS

PICTURE_BYTES_MAX = 200_000
LINKED = [ROOT / ENGLISH.name, ROOT / RUSSIAN.name, *(ROOT / "docs").rglob("*.md")]


PARTNER = {
    "partner_id": "boris", "email": "boris@example.com", "rate": "15%", "payout_details": "card",
}  # fmt: skip
CODE = {"code": "BORIS", "partner_id": "boris"}


@POSIX
@BOTH
def test_the_commands_of_the_readme_work_in_order(page: Page, tmp_path: Path) -> None:
    shell = this_python(tmp_path)
    # Each command is a process of its own once; of the other page only the words are new.
    types = typed if page is ENGLISH else typed_here
    said = ""
    for number, block in enumerate(page.blocks("run")):
        said += types(block, tmp_path, shell)
        if number == 0:  # step 2: what its words ask the owner to type
            Owner(tmp_path / "partners.xlsx", page.language).edit(
                [(Tab.PARTNERS, dict(PARTNER)), (Tab.CODES, dict(CODE))]
            )

    shown = "".join(page.blocks("shows", "text")).splitlines()
    assert len(shown) == 8
    assert [line for line in shown if f"{line}\n" not in said] == []
    assert (tmp_path / "cards.html").read_text("utf-8").count("<svg") == 3
    assert "R-" in (tmp_path / "terms.html").read_text("utf-8")
    # 15% of 4500.00 - 300.00, in the dry run and in the real one.
    assert said.count("attributed=1 unattributed=0 waiting=0 quarantined=0 written=1") == 2
    kind = "продажа" if page.language == "ru" else "sale"
    assert f"boris 630.00 RUB ({kind})" in said
    assert [one.name[7:] for one in sorted((tmp_path / "letters").iterdir())] == [
        "-boris.eml", "-boris.html",
    ]  # fmt: skip
    assert (tmp_path / "book.json").exists()
    assert "welcome boris welcome:boris\n" in said
    assert (tmp_path / "news" / "welcome-boris.eml").exists()
    assert (tmp_path / "book.beancount").read_text("utf-8").startswith('option "title"')


@BOTH
def test_all_steps_are_there_and_are_run(page: Page) -> None:
    steps = re.compile(r"^\*\*(\d+)\. ", re.MULTILINE)

    assert [int(one) for one in steps.findall(page.section("book"))] == [1, 2, 3, 4, 5]
    assert [int(one) for one in steps.findall(page.section("google"))] == list(range(1, 11))
    assert (len(page.blocks("run")), len(page.blocks("google"))) == (10, 3)


@pytest.fixture
def google(tmp_path: Path, page: Page) -> Iterator[tuple[FakeGoogle, dict[str, str]]]:
    """What steps 1 to 7 leave: a key among the downloads, and an empty sheet that was shared."""
    found = re.search(r"/spreadsheets/d/([\w-]+)/edit", page.section("google"))
    assert found is not None
    google = FakeGoogle()
    locale = "ru_RU" if page is RUSSIAN else "en_US"
    google.create(found[1], locale=locale, share={ROBOT: "writer"})
    with served(google) as address:
        downloads = tmp_path / "Downloads"
        downloads.mkdir()
        key = key_file(downloads, google, mode=0o644)
        key.rename(downloads / "tracker-123456-0a1b2c3d4e5f.json")
        python, flag, code, base, *_ = redirecting_command(address, [])
        (tmp_path / "led.py").write_text(code, "utf-8")
        assert flag == "-c"
        line = f'shift 2; exec "{python}" "{tmp_path / "led.py"}" "{base}" "$@"'
        yield google, make_python(tmp_path, line)


@POSIX
@BOTH
def test_the_commands_for_a_google_sheet_work_in_order_and_say_what_the_page_says(
    page: Page, tmp_path: Path, google: tuple[FakeGoogle, dict[str, str]]
) -> None:
    service, shell = google
    said = ""
    for number, block in enumerate(page.blocks("google")):
        said += typed(block, tmp_path, shell)
        if number == 1:  # step 9
            owner = SheetOwner(service, next(iter(service.books)))
            owner.type_rows("Partners", PARTNER)
            owner.type_rows("Codes", CODE)

    promised = "".join(page.blocks("", "text")).splitlines()
    assert len(promised) == 9
    assert [line for line in promised if f"{line.removeprefix('… ')}\n" not in said] == []
    assert list((tmp_path / ".tracker").iterdir()) == [
        tmp_path / ".tracker" / next(iter(service.books))
    ]


@BOTH
def test_what_the_program_says_about_google_is_quoted_as_it_says_it(page: Page) -> None:
    spoken = {code: pair[page is RUSSIAN] for code, pair in GOOGLE.items()}
    table = page.section("google").split("\n| ")
    rows = [cell.split(" | ")[0] for cell in table if cell.startswith(("“", "«"))]
    quotes = [row[1:-1] for row in rows]
    matched = [{code for code, text in spoken.items() if one in text} for one in quotes]

    assert [one for one, codes in zip(quotes, matched, strict=True) if len(codes) != 1] == []
    # The others tell of a bug, a lost answer or an option too many, and say what to do.
    assert set(GOOGLE) - set().union(*matched) == {
        "google_odd_answer", "google_refused", "answer_lost", "live_needs_google",
    }  # fmt: skip


@BOTH
def test_the_other_shell_lines_are_make_targets_or_their_twins(page: Page) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    lines = [line for block in page.blocks("") for line in block.splitlines()]
    made = [line.removeprefix("make ") for line in lines if line.startswith("make ")]
    twins = [line for line in lines if not line.startswith("make ")]

    assert sorted(made) == ["demo", "test"]
    assert all(re.search(rf"^{target}: .*## ", makefile, re.MULTILINE) for target in made)
    assert twins[0] == "python3 -m venv .venv"
    assert re.findall(r"-r (\S+)", twins[1]) == ["requirements.txt", "requirements-test.txt"]
    demo = "tracker demo" if page is ENGLISH else "tracker demo --lang ru"
    assert [line.split(" -m ")[1] for line in twins[2:]] == [demo, "pytest"]


def test_ci_finds_the_test_command() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    body = re.search(r"readme_test_command\(\) \{\n(.*?)\n\}", script, re.DOTALL)
    assert body is not None

    found = subprocess.run(
        ["/bin/sh", "-c", body[1]], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert found.stdout == "make test\n"


@BOTH
def test_every_command_is_in_the_readme_with_its_options_and_has_help(page: Page) -> None:
    table = page.section("commands")
    rows = {row.split()[0]: row for row in re.findall(r"^\| `(.*?)` \| .*", table, re.MULTILINE)}

    assert list(rows) == cli.list_commands(click.Context(cli))
    assert set(rows) == set(commands(cli))
    for name, command in commands(cli).items():
        assert command.help, name
        told = set(re.findall(r"--[a-z-]+", rows[name]))
        assert told <= options(command), name


@BOTH
def test_every_option_named_anywhere_exists_and_has_help(page: Page) -> None:
    known = set().union(*(options(command) for command in commands(cli).values()), {"--help"})
    typed_lines = re.sub(r"^.*(apt|pip|sqlite3|curl).*$", "", page.text, flags=re.MULTILINE)
    named = set(re.findall(r"(?<![-\w!])--[a-z][a-z-]+", typed_lines))

    assert sorted(named - known) == []
    assert sorted(known - named) == []


@BOTH
def test_settings_and_their_usual_values_are_those_of_the_code(page: Page) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) ?\| ", page.section("settings"), re.MULTILINE)
    settings = {name: value for name, value in rows if not name.startswith("TRACKER_")}

    usual = {one.key: default_of(one, page.language) for one in SETTINGS}
    assert settings == usual | {"language": "ru"}


@BOTH
def test_the_precedence_of_rates_is_the_one_that_runs(page: Page) -> None:
    assert f"\n\n{printed(page.language).strip()}\n\n" in page.text


@BOTH
def test_every_variable_of_the_code_is_in_the_readme_and_the_other_way_round(page: Page) -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "tracker").rglob("*.py"))
    # A source's secret is named by its source: the page on orders is asked for those.
    pattern = r"\bTRACKER_(?!HOOK_SECRET)[A-Z_]*[A-Z]\b"

    assert set(re.findall(pattern, page.text)) == set(re.findall(pattern, code))
    assert f"| `{HOOK_SECRET}…`" in page.section("settings")


@BOTH
def test_every_field_of_the_generic_order_is_told(page: Page) -> None:
    schema = json.loads((ROOT / "docs" / "generic-order.schema.json").read_text("utf-8"))
    table = re.split(r"\n### .*`generic`", page.section("orders"))[1]
    rows = dict(re.findall(r"^\| (`[a-z_`, ]+) \| (.*) \|$", table, re.MULTILINE))
    fields = {name for cell in rows for name in re.findall(r"\w+", cell)}
    required = {name for cell, text in rows.items() if page.required in text
                for name in re.findall(r"\w+", cell)}  # fmt: skip

    assert fields == set(schema["properties"])
    assert required == set(schema["required"])


@BOTH
def test_every_shop_is_named(page: Page) -> None:
    assert [name for name in DIALECTS if f"`{name}`" not in page.text] == []


@pytest.mark.parametrize("page", LINKED, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    found = [link.partition("#") for link in re.findall(r"\]\(([^)\s]+)\)", text)]
    paths = [p or page.name for p, _, _ in found]
    dead = [p for p in paths if "://" not in p and not (page.parent / p).exists()]
    lost = [
        (p, place)
        for p, (_, _, place) in zip(paths, found, strict=True)
        if place and p.endswith(".md") and place not in places(page.parent / p)
    ]

    assert dead == []
    assert lost == []


def places(page: Path) -> set[str]:
    """The places of a page that a link may name: its headings in lower case, words joined."""
    headings = re.findall(r"^#+ (.*)", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.casefold()).replace(" ", "-") for one in headings}


@BOTH
def test_the_pictures_are_small_and_all_of_them_are_shown(page: Page) -> None:
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())

    assert [one.name for one in pictures if one.stat().st_size > PICTURE_BYTES_MAX] == []
    missing = [one.name for one in pictures if f"docs/pictures/{one.name}" not in page.text]
    of_the_other = {"en": "statement-phone-light-ru.png", "ru": "statement-phone-light.png"}
    assert missing == [of_the_other[page.language]]
    assert len(pictures) == 8


@BOTH
def test_the_formats_for_the_bank_are_those_of_the_code(page: Page) -> None:
    table = re.search(r"\n\| (?:format|формат) \| (?:for|для чего) .*?\n\n", page.text, re.DOTALL)
    assert table is not None
    cells = re.findall(r"^\| (`[^|]*`) \|", table[0], re.MULTILINE)

    assert re.findall(r"[\w-]+", " ".join(cells)) == list(FORMATS)


@BOTH
def test_the_letters_of_the_table_are_those_that_are_sent(page: Page) -> None:
    (table,) = re.findall(r"\n\| (?:letter|письмо) \|.*?\n\n", page.text, re.DOTALL)
    rows = table.strip().splitlines()[2:]

    # Beside the kinds of the outbox a correction; a test letter is nobody's.
    assert len(rows) == len(set(LetterKind) - {LetterKind.TEST}) + 1


def test_cron_lines_name_jobs_that_exist() -> None:
    running = (ROOT / "docs" / "running.md").read_text("utf-8")
    texts = [ENGLISH.text, RUSSIAN.text, running]
    named = [set(re.findall(r"jobs/\w+\.py", text)) for text in texts]

    assert all(one == {f"jobs/{p.name}" for p in (ROOT / "jobs").glob("*.py")} for one in named)
