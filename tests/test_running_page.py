"""Is docs/running.md true? Its units, lines and files name what there is, and its figures are ours."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages import BLOCK, POSIX, ROOT, commands, options, this_python, typed
from tracker import fetching, pulling
from tracker.cli import cli
from tracker.receiver import connections, held, limits, serving
from tracker.shops.payload import SIZE_MAX

PAGE = (ROOT / "docs" / "running.md").read_text("utf-8")
PYTHON = "/srv/shop/.venv/bin/python"
ANALYZE = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="there is no systemd on this machine"
)
PORT = next(one.default for one in commands(cli)["serve"].params if one.name == "port")


def blocks(kind: str) -> list[str]:
    return [text for _, found, text in BLOCK.findall(PAGE) if found == kind]


def units() -> dict[str, str]:
    """The files of systemd by name, in the order in which the page tells of them."""
    names = re.findall(r"^`(tracker-[\w.-]+)`, ", PAGE, re.MULTILINE)
    return dict(zip(names, blocks("ini"), strict=True))


def command_of(job: str) -> str:
    """The command that a file of jobs/ runs."""
    text = (ROOT / "jobs" / f"{job}.py").read_text("utf-8")
    found = re.search(r'run\(\[\*\["(\w+)"', text)
    assert found is not None, job
    return found[1]


def test_the_lines_for_cron_and_systemd_start_jobs_with_options_they_have() -> None:
    lines = [line for text in (*blocks("cron"), *units().values()) for line in text.splitlines()]
    started = [re.search(r"\.venv/bin/python jobs/(\w+)\.py(.*)", line) for line in lines]
    found = [(one[1], set(re.findall(r"--[a-z-]+", one[2]))) for one in started if one]

    assert {job for job, _ in found} >= {"wake", "receive_webhooks", "sync_orders", "check"}
    for job, named in found:
        assert named <= options(commands(cli)[command_of(job)]), job


def test_every_command_that_the_page_types_exists() -> None:
    named = set(re.findall(r"python -m tracker ([a-z]+)", PAGE))
    named |= set(re.findall(r'"-m", "tracker", "([a-z]+)"', PAGE))

    assert named <= set(commands(cli))
    assert named >= {"serve", "schedule", "status", "init"}


def test_the_timer_starts_the_service_of_its_name_and_both_are_switched_on() -> None:
    found = units()
    enabled = re.search(r"systemctl enable --now (.*)", PAGE)
    assert enabled is not None

    assert list(found) == ["tracker-serve.service", "tracker-wake.service", "tracker-wake.timer"]
    assert enabled[1].split() == ["tracker-serve.service", "tracker-wake.timer"]
    assert all("[Install]" in found[name] for name in enabled[1].split())
    assert all(
        f"ExecStart={PYTHON} jobs/" in text for name, text in found.items() if "timer" not in name
    )


@ANALYZE
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for name, text in units().items():
        local = text.replace(PYTHON, sys.executable).replace("User=tracker", "User=root")
        (tmp_path / name).write_text(local, "utf-8")
    paths = sorted(map(str, tmp_path.iterdir()))

    ended = subprocess.run(
        ["systemd-analyze", "verify", *paths], capture_output=True, text=True, check=False
    )

    told = [line for line in ended.stderr.splitlines() if str(tmp_path) in line]
    assert (ended.returncode, told) == (0, [])


def test_the_web_servers_pass_everything_on_to_the_port_of_the_receiver() -> None:
    (nginx,), (caddy,), (docker,) = blocks("nginx"), blocks("caddyfile"), blocks("dockerfile")
    kib = SIZE_MAX // 1024

    # Without a path behind the port the address goes on as it came.
    assert set(re.findall(r"proxy_pass (\S+)", nginx)) == {f"http://127.0.0.1:{PORT};"}
    assert f"reverse_proxy 127.0.0.1:{PORT}\n" in caddy
    assert f"EXPOSE {PORT}\n" in docker
    assert f"client_max_body_size {kib}k;" in nginx
    assert f"max_size {kib}KiB\n" in caddy
    for path in ("/hooks/", "/log", "/readyz"):
        assert re.search(rf"location (= )?{path} ", nginx), path
        assert re.search(rf"path .*{path}", caddy), path


def test_a_proxy_waits_longer_than_the_receiver_and_writes_no_secret_down() -> None:
    (nginx,) = blocks("nginx")
    waits = re.search(r"proxy_read_timeout (\d+)s;", nginx)
    assert waits is not None

    assert int(waits[1]) > connections.BODY_SECONDS + held.BUSY_SECONDS
    assert "access_log off;" in nginx
    assert "error_log /dev/null" in nginx


@POSIX
def test_the_image_holds_all_that_the_program_needs(tmp_path: Path) -> None:
    (docker,) = blocks("dockerfile")
    app, data = tmp_path / "app", tmp_path / "data"
    data.mkdir()
    for source, target in re.findall(r"^COPY (\S+) (\w+)$", docker, re.MULTILINE):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / source, app / target, ignore=ignored)
    shell = this_python(tmp_path) | {"PYTHONPATH": str(app), "TRACKER_STORE": "xlsx:book.xlsx"}

    typed("python -m tracker init --lang en", data, shell)
    said = typed("python -c 'import tracker.envelopes as e; print(e.templates().list_templates())'",
                 data, shell)  # fmt: skip

    assert (data / "book.xlsx").exists()
    assert "en/statement.html" in said
    assert re.findall(r"^USER (\w+)$", docker, re.MULTILINE) == ["tracker"]


def test_the_figures_of_the_receiver_are_those_of_the_code() -> None:
    page = " ".join(PAGE.split())
    files = re.search(r"LimitNOFILE=(\d+)", units()["tracker-serve.service"])
    assert files is not None

    assert f"{connections.CONNECTIONS_MAX} connections at once" in page
    assert f"a head of up to {connections.HEAD_BYTES_MAX // 1024} KiB" in page
    assert f"within {connections.HEAD_SECONDS:.0f} seconds and a body" in page
    assert f"of up to {SIZE_MAX // 1024} KiB within {connections.BODY_SECONDS:.0f} more" in page
    assert f"{limits.RATE_PER_SECOND} deliveries a second" in page
    assert limits.BURST_SECONDS == 10  # "ten times that in a burst"
    assert f"what it has begun, {serving.STOP_SECONDS_MAX} seconds at most" in page
    assert int(files[1]) > connections.CONNECTIONS_MAX


def test_the_figures_of_pulling_are_those_of_the_code() -> None:
    page = " ".join(PAGE.split())

    assert f"{pulling.PAGE_ROWS} deliveries a call" in page
    assert fetching.DEADLINE_SECONDS == 90  # "a minute and a half at most"
    assert "tries for a minute and a half at most" in page


def test_the_names_that_status_prints_are_all_told(tmp_path: Path) -> None:
    shell = this_python(tmp_path) | {"TRACKER_STORE": "xlsx:book.xlsx"}
    typed("python -m tracker init --lang en && python -m tracker sync", tmp_path, shell)
    printed = typed("python -m tracker status", tmp_path, shell)
    section = PAGE.split("\n## Monitors\n")[1].split("\n## ")[0]
    told = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", section, re.MULTILINE)

    names = [name for cell in told for name in re.findall(r"\w+", cell)]
    assert names == [line.partition("=")[0] for line in printed.splitlines()]


def test_the_page_tells_every_reason_for_which_a_delivery_is_not_kept() -> None:
    code = "".join((ROOT / f"tracker/{n}.py").read_text("utf-8") for n in ("statefile", "inbox"))
    code += (ROOT / "tracker/receiver/writer.py").read_text("utf-8").split("def _settle")[1]
    said = set(re.findall(r'"(state_[a-z]+)"|_fail\(batch, "([a-z]+)"', code))
    (row,) = re.findall(r"^\| `not kept=3 because (.*)$", PAGE, re.MULTILINE)
    told = re.findall(r"`?(state_[a-z]+|unexpected)`", row)

    assert len(told) == len(set(told)) == 6
    assert set(told) == {name for pair in said for name in pair if name}


def test_the_log_lines_of_the_page_are_those_the_receiver_writes() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "tracker" / "receiver").glob("*.py"))
    code += (ROOT / "tracker" / "cli_serve.py").read_text("utf-8")
    section = PAGE.split("\n## The receiver\n")[1].split("\n## ")[0]
    lines = re.findall(r"^\| `([a-z ]+?)(?:=|:| http)", section, re.MULTILINE)

    assert len(lines) == 7
    assert [line for line in lines if f'"{line}' not in code] == []
