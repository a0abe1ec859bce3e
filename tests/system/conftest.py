"""The whole stack as a user starts it: web server and worker on a free port, state in a folder of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items):
    """Tell these tests apart from the quick ones. Each worker starts a stack of its own."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.system)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def new_database(*, like: str = "") -> dict[str, str]:
    """Return the environment of a new database on the server that DATABASE_URL names, a copy of `like` if given.

    Nothing on SQLite, where a database is a file in the instance's own folder.
    """
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        return {}
    import psycopg

    name = f"survive_{uuid.uuid4().hex[:10]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {like.rpartition('/')[2]}" if like else ""))
    return {"DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}


@dataclass(eq=False)
class Stack:
    """A running instance. `env` is for commands beside it: `stack.manage("export_register", …)`."""

    var: Path
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        own = {"XINGHUI_VAR": str(self.var), "PORT": str(self.port), "HOST": "127.0.0.1", "WEB_WORKERS": "1"}
        own["DRAW_PICTURES_AHEAD"] = "false"  # some fifty pictures, a minute of work
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("DJANGO_", "PYTEST_")) and k != "DATABASE_URL"}
        return {**kept, **own, **self.extra}

    @property
    def log(self) -> str:
        return (self.var / "start.log").read_text(errors="replace")

    @property
    def password(self) -> str:
        return re.search(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", self.log).group()

    def start(self, *, patience: float = 240) -> float:
        """Start and wait until it is ready; return the seconds that took."""
        self.var.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        with (self.var / "start.log").open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "start"],
                cwd=PROJECT,
                env=self.env,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        while time.monotonic() - began < patience:
            if self.process.poll() is not None:
                raise RuntimeError(f"the stack stopped by itself:\n{self.log}")
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return time.monotonic() - began
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"not ready within {patience} s:\n{self.log}")

    def stop(self) -> int:
        """Press Ctrl-C as a terminal does (to the whole group) and return the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(timeout=30)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def stack(tmp_path_factory) -> Iterator[Stack]:
    """The demo instance, running."""
    running = Stack(var=tmp_path_factory.mktemp("stack"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def make_stack() -> Iterator:
    """Return a maker of further instances: `make_stack(folder, DEMO="false")`. They are ended with the test."""
    made: list[Stack] = []

    def make(var: Path, **extra: str) -> Stack:
        made.append(Stack(var=var, extra=extra))
        return made[-1]

    yield make
    for instance in made:
        if instance.process and instance.process.poll() is None:
            os.killpg(instance.process.pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Debian's Chromium, headless, without its calls home."""
    from playwright.sync_api import sync_playwright

    quiet = ["disable-gpu", "disable-quic", "no-first-run", "disable-background-networking", "disable-component-update"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-sync", *(f"--{flag}" for flag in quiet)],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, stack) -> Iterator:
    """A fresh window on the site in Chinese; `page.goto("/bases/")`."""
    context = browser.new_context(base_url=stack.url, locale="zh-CN", viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def admin_page(page, stack):
    """The same window, signed in as the administrator that the first start made."""
    page.goto("/admin/login/")
    page.fill("input[name=username]", "admin")
    page.fill("input[name=password]", stack.password)
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    return page
