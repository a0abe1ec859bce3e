"""The databases that are measured on: a SQLite file, and a private PostgreSQL that lives as long as the bench."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
QUICK = bool(os.environ.get("QUICK"))
"""QUICK=1: a fifth of the rows, for looking at how it goes; the ratios that count are those of the whole."""

_ours: list[str] = []


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the URL of a private server, the one that the caller's caller started if there is one; stop it at the end."""
    if _ours:
        yield _ours[0]
        return
    order = ["bash", ".ci/postgres", "--", "bash", "-c", "echo $DATABASE_URL; read -r end"]
    with subprocess.Popen(order, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        lines = iter(server.stdout or ())
        url = next((line.strip() for line in lines if line.startswith("postgres://")), "")
        if not url:
            raise RuntimeError("PostgreSQL did not start")
        _ours.append(url)
        try:
            yield url
        finally:
            _ours.clear()
            server.communicate("end\n")


def run_on(kind: str, script: str, *arguments: str) -> dict[str, Any]:
    """Run a file of this folder in a process of its own on an empty database; it writes JSON into `--output`."""
    with tempfile.TemporaryDirectory(prefix="xinghui-bench-") as folder:
        output = Path(folder) / "figures.json"
        order = [
            sys.executable,
            "-W",
            "ignore",
            str(Path(__file__).parent / script),
            *arguments,
            "--output",
            str(output),
        ]
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        if kind == "sqlite":
            subprocess.run(order, check=True, stdout=subprocess.DEVNULL, env=environment)
        else:
            with postgres() as url, _database(url) as fresh:
                subprocess.run(order, check=True, stdout=subprocess.DEVNULL, env=environment | {"DATABASE_URL": fresh})
        found: dict[str, Any] = json.loads(output.read_text())
        return found


@contextmanager
def _database(server: str) -> Iterator[str]:
    import psycopg

    name = f"bench_{os.getpid()}_{os.urandom(4).hex()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def instance() -> Iterator[Path]:
    """Set Django up on a state folder of its own and on DATABASE_URL, if that is given. Yields the folder."""
    with tempfile.TemporaryDirectory(prefix="xinghui-bench-") as folder:
        os.environ["XINGHUI_VAR"] = folder
        os.environ["SECRET_KEY"] = "only-for-measuring-0123456789abcdefghijklmnop"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")
        os.environ.setdefault("LOG_LEVEL", "ERROR")
        sys.path.insert(0, str(PROJECT))
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield Path(folder)


def server_seconds() -> float:
    """Return the CPU seconds that PostgreSQL's process for our connection has used; 0 on SQLite, which has none."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:  # a server on another machine
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def flat(figures: dict[str, Any], before: str) -> dict[str, Any]:
    """Return nested figures with dotted names that begin with `before`."""
    found: dict[str, Any] = {}
    for name, value in figures.items():
        found |= flat(value, f"{before}.{name}") if isinstance(value, dict) else {f"{before}.{name}": value}
    return found
