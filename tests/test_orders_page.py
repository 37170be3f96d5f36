"""Does README say truly how orders arrive? Its lines are typed, and its tables are the code's."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.pages import BOTH, POSIX, RUSSIAN, Page, this_python, typed
from tracker.demo.stage import Owner
from tracker.environment import HOOK_SECRET
from tracker.hooks import Secrets, read_source
from tracker.layout import LAYOUT, Tab
from tracker.model import Delivery, OrderVersion
from tracker.shops import DIALECTS, Unsaid, read
from tracker.signatures import SCHEMES, signs

PARTNER = {"partner_id": "boris", "email": "boris@example.com", "rate": "15%"}
CODE = {"code": "BORIS", "partner_id": "boris"}
CURL = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl on this machine")
NODE = pytest.mark.skipif(shutil.which("node") is None, reason="there is no node on this machine")
ADDRESS = re.compile(r"(?:8080|example\.com|`)/hooks/([a-z-]+(?::[a-z]+)?)(/[\w$]+)?")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def rows(text: str) -> dict[str, list[str]]:
    """The rows of all tables below, by their first cell; the others without their blanks."""
    lines = (line.strip().strip("|") for line in text.splitlines() if line.strip().startswith("|"))
    cells = ([cell.strip() for cell in line.split(" | ")] for line in lines)
    return {first: rest for first, *rest in cells}


@POSIX
@CURL
@BOTH
def test_an_order_posted_to_the_receiver_is_booked(page: Page, tmp_path: Path) -> None:
    shell = this_python(tmp_path)
    typed(f"python -m tracker init --lang {page.language}", tmp_path, shell)
    Owner(tmp_path / "partners.xlsx", page.language).edit(
        [(Tab.PARTNERS, dict(PARTNER)), (Tab.CODES, dict(CODE))]
    )
    (block,) = page.blocks("serve")
    assert block.count("8080") == 1
    port = str(free_port())
    block = block.replace("tracker serve", f"tracker serve --port {port}").replace("8080", port)

    said = typed(block, tmp_path, shell)

    # 15% of 2000.00.
    assert '{"kept":true}' in said
    assert "seen=1 attributed=1 unattributed=0 waiting=0 quarantined=0 written=1" in said
    assert f"boris 300.00 RUB ({'продажа' if page is RUSSIAN else 'sale'})" in said


@BOTH
def test_the_sources_that_sign_are_those_of_the_code(page: Page) -> None:
    told = {
        (tuple(re.findall(r"`([a-z0-9-]+)`", names)), rest[0].strip("`"))
        for names, rest in rows(page.section("orders")).items()
        if rest and rest[0].startswith("`/hooks/")
    }
    plain = {one for names, address in told if address == "/hooks/SOURCE" for one in names}
    secret = {one for names, address in told if address == "/hooks/SOURCE/SECRET" for one in names}

    assert plain == set(SCHEMES)
    assert secret == set(DIALECTS) - set(SCHEMES)
    assert {frozenset(names) & set(DIALECTS) for names, _ in told} == {
        frozenset({"shopify", "woocommerce"}), frozenset(secret), frozenset(),
    }  # fmt: skip


@BOTH
def test_every_address_has_a_secret_in_it_if_its_source_does_not_sign(page: Page) -> None:
    found = set(ADDRESS.findall(page.section("orders")))
    sources = {source for source, _ in found}

    assert sources >= {"shopify", "woocommerce", "tilda", "zapier", "zapier:tea", "make"}
    assert [one for one in sources if read_source(one) != one] == []
    assert [one for one in found if signs(one[0].partition(":")[0]) is bool(one[1])] == []


@BOTH
def test_the_variables_of_secrets_are_those_the_program_looks_for(page: Page) -> None:
    named = set(re.findall(rf"\b{HOOK_SECRET}([A-Z_]*[A-Z])\b", page.text))
    secrets = Secrets.of({name: (f"a-secret-of-{name}-long-enough",) for name in named})

    assert named == {name.upper() for name in DIALECTS} | {"GENERIC_FORM", "WOOCOMMERCE_TEA"}
    assert secrets.of_source("woocommerce:tea") == ("a-secret-of-WOOCOMMERCE_TEA-long-enough",)
    assert secrets.of_source("woocommerce:cup") == ("a-secret-of-WOOCOMMERCE-long-enough",)


@BOTH
def test_the_row_that_zapier_appends_has_the_columns_of_the_tab(page: Page) -> None:
    columns = LAYOUT[Tab.WEBHOOK_LOG].columns
    headings = [one.ru if page is RUSSIAN else one.key for one in columns]
    table = rows(page.section("orders").split("*Create Spreadsheet Row*")[1])

    assert [name for name in table if name in headings] == headings
    assert table[headings[2]] == ["`zapier`"]
    assert table[headings[1]] == ["`{{zap_meta_utc_iso}}`"]


@BOTH
def test_the_body_that_zapier_writes_is_read_as_an_order(page: Page) -> None:
    (template,) = re.findall(r"`(\{\"order_id\": \"…\".*?\})`", page.section("orders"))
    body = template
    for value in ("Z-7", "2026-10-07T12:30:00+03:00", "1500.00", "BORIS,ANNA", "b@example.com"):
        body = body.replace("…", value, 1)
    delivery = Delivery(
        seq=1, source="zapier", delivery_id="d", received_at=datetime(2026, 10, 7, tzinfo=UTC),
        content_type="application/json", body=body, sha256="",
    )  # fmt: skip

    (order,) = read(delivery, Unsaid(UTC))

    assert isinstance(order, OrderVersion)
    assert (order.order_id, order.total, order.currency) == ("Z-7", 150000, "RUB")
    assert (order.codes, order.email) == (("BORIS", "ANNA"), "b@example.com")


# What Google's services answer for row 7 of a form's sheet; each status is one answer of ours.
FORM = """
const [SCRIPT, TITLES, STATUSES] = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const cells = [new Date('2026-10-07T09:30:00Z'), 1500.5, 'BORIS', 'b@example.com', '+7 900 000-00-01'];
const row = (values) => ({
  getValues: () => [values], getDisplayValues: () => [values.map((one) => ` ${one} `)],
});
const sheet = {
  getLastColumn: () => 5, getSheetId: () => 0, getParent: () => ({ getId: () => '1AbCdEfGhIjK' }),
  getRange: (number) => row(number === 1 ? TITLES : cells),
};
const posts = [];
const UrlFetchApp = { fetch: (address, options) => {
  posts.push([address, options.payload]);
  const status = STATUSES.shift();
  return { getResponseCode: () => status, getContentText: () => '' };
} };
const Utilities = { sleep: () => 0 };
let fault = '';
eval(`${SCRIPT}\ntry { sendAnswer({ range: { getSheet: () => sheet, getRow: () => 7 } }); }
catch (error) { fault = error.message; }`);
console.log(JSON.stringify({ posts, fault }));
"""


@dataclass(frozen=True)
class Posted:
    """What the form's script did: its posts as (address, body), and what it failed with."""

    posts: list[tuple[str, str]]
    fault: str


def answered(page: Page, *statuses: int) -> Posted:
    """Run the script of a page for one answer of the form, the receiver answering so."""
    (script,) = page.blocks("", "js")
    (named,) = re.findall(r"const TITLES = \{ (.*?) \}", script)
    titles = ["Time", *re.findall(r"'(.*?)'", named)]
    ended = subprocess.run(
        ["node", "-e", FORM], input=json.dumps([script, titles, statuses]),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = json.loads(ended.stdout)
    return Posted([(address, body) for address, body in said["posts"]], said["fault"])


@NODE
@BOTH
def test_the_script_of_a_form_posts_an_order_that_is_read(page: Page) -> None:
    ((address, body),) = answered(page, 200).posts
    delivery = Delivery(
        seq=1, source="generic:form", delivery_id="d", received_at=datetime(2026, 10, 7, tzinfo=UTC),
        content_type="application/json", body=body, sha256="",
    )  # fmt: skip

    (order,) = read(delivery, Unsaid(UTC))

    assert address == "https://hooks.example.com/hooks/generic:form/SECRET"
    assert isinstance(order, OrderVersion)
    assert order.order_id == "form-1AbCdEfG-0-7-1791365400000"
    assert (order.total, order.currency, order.codes) == (150050, "RUB", ("BORIS",))
    assert (order.email, order.phone) == ("b@example.com", "+7 900 000-00-01")


@NODE
@BOTH
def test_the_script_of_a_form_comes_again_until_it_is_told_why_not(page: Page) -> None:
    later, refused = answered(page, 503, 429, 200), answered(page, 401, 200)

    assert (len(later.posts), later.fault) == (3, "")
    assert len(set(later.posts)) == 1
    assert len(refused.posts) == 1
    assert "401" in refused.fault
    assert "SECRET" not in refused.fault
