"""Real processes: killed with `kill -9` at every step of an import and of an undo, and two importers at once.

On whatever database DATABASE_URL names: `make test-postgres` runs this file on PostgreSQL too.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zlib

import pytest

from tests.exports.imports.conftest import HEADERS, union_row

from .conftest import PROJECT, Stack, new_database

pytestmark = pytest.mark.survival
ROWS = 10_000


@pytest.fixture(scope="module")
def pristine(tmp_path_factory):
    """An empty instance that is not served: a database and commands. Each test works on a copy."""
    found = Stack(var=tmp_path_factory.mktemp("pristine"), extra=new_database())
    (found.var / "keys").mkdir(parents=True)
    (found.var / "keys" / "secret_key").write_text("示例" * 30)
    migrated = found.manage("migrate")
    assert migrated.returncode == 0, migrated.stderr
    (found.var / "unions.csv").write_text(table(1, ROWS), encoding="gb18030")
    return found


@pytest.fixture
def place(pristine, tmp_path):
    shutil.copytree(pristine.var, tmp_path / "var")
    return Stack(var=tmp_path / "var", extra=new_database(like=pristine.extra.get("DATABASE_URL", "")))


def table(first, last):
    return "\n".join(",".join(map(str, row)) for row in [HEADERS, *map(union_row, range(first, last + 1))])


def connected(place):
    """Open a connection past our own code; use it as a context manager."""
    if url := place.extra.get("DATABASE_URL"):
        import psycopg

        return psycopg.connect(url, autocommit=True)
    import sqlite3

    return contextlib.closing(sqlite3.connect(f"file:{place.var / 'db.sqlite3'}?mode=ro", uri=True, timeout=5))


def started(place, *arguments):
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=place.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def asked(place, expression):
    """Return what an expression over the models is, from a process of its own."""
    program = (
        "import json; from exports.imports.models import ImportJob, ImportRow; from content.registers.unions import Union;"
        " from modelsearch.conf import get_app_config;"
        " from content.core.models import RegisterLogEntry; print('=>', json.dumps("
        f"(lambda job, found: {expression})(ImportJob.objects.order_by('pk').last(),"
        " get_app_config().get_model('IndexEntry').objects.filter(content_type__model='union').count())))"
    )
    answer = place.manage("shell", "--no-imports", "-c", program)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.rpartition("=>")[2])


@pytest.fixture
def watcher(place):
    """Tell the last job's state, rows done and whether it is refreshed, quickly and without disturbing it."""

    def state():
        with connected(place) as connection:
            found = connection.execute(
                "SELECT state, rows_done, refreshed, id FROM imports_importjob ORDER BY id DESC LIMIT 1"
            ).fetchone()
        if not found:
            return "", 0, True
        with contextlib.suppress(OSError, ValueError):
            done = json.loads((place.var / "progress" / f"{found[3]}.json").read_text())[0]
            return found[0], max(done, found[1]), bool(found[2])
        return found[0], found[1], bool(found[2])

    return state


def killed_when(process, condition):
    deadline = time.monotonic() + 120
    while not condition():
        assert process.poll() is None, process.stderr.read().decode()
        assert time.monotonic() < deadline
        time.sleep(0.004)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def taken_up(place, done):
    """Do what watcher and worker of a running instance do by themselves, for at most the minute they may take."""
    deadline = time.monotonic() + 75
    while True:
        assert place.manage("watch_imports", "--once").returncode == 0
        assert place.manage("db_worker", "--batch", "--queue-name", "*", "--no-reload").returncode == 0
        if asked(place, done):
            return
        assert time.monotonic() < deadline, asked(place, "[job.state, job.queued, job.refreshed, job.error]")
        time.sleep(2)


@contextlib.contextmanager
def held_before_writing(place):
    """Let a commit claim its job and go no further. On SQLite its transaction begins at once: there is no such moment."""
    if not place.extra:
        yield
        return
    with connected(place) as connection:
        key = zlib.crc32(b"unions") - 2**31
        connection.execute("SELECT pg_advisory_lock(7301, %s)", [key])
        yield
        connection.execute("SELECT pg_advisory_unlock(7301, %s)", [key])


def test_killed_while_checking_is_checked_again(place, watcher):
    process = started(place, "import_register", "unions", str(place.var / "unions.csv"), "--dry-run")
    killed_when(process, lambda: watcher()[0] == "validating" and watcher()[1] > 0)
    assert asked(place, "Union.objects.count()") == 0
    taken_up(place, "job.state == 'previewed'")
    assert asked(place, "job.rows.count()") == ROWS


def test_killed_before_writing_is_written_once(place, watcher):
    """And a second time in the middle of the transaction, before which nothing was to be seen."""
    with held_before_writing(place):
        process = started(place, "import_register", "unions", str(place.var / "unions.csv"))
        killed_when(process, lambda: watcher()[0] == "committing")
        assert asked(place, "Union.objects.count()") == 0
        assert place.manage("watch_imports", "--once").returncode == 0
    worker = started(place, "db_worker", "--batch", "--queue-name", "*", "--no-reload")
    killed_when(worker, lambda: watcher()[0] == "committing" and watcher()[1] > 0)
    assert asked(place, "Union.objects.count()") == 0
    taken_up(place, "job.state == 'committed' and job.refreshed")
    state = "[Union.objects.count(), ImportJob.objects.count(), RegisterLogEntry.objects.count(), found]"
    assert asked(place, state) == [ROWS, 1, ROWS, ROWS]
    assert place.manage("watch_imports", "--once").returncode == 0
    assert asked(place, state) == [ROWS, 1, ROWS, ROWS]


def test_killed_in_an_undo_is_undone_once(place, watcher):
    assert place.manage("import_register", "unions", str(place.var / "unions.csv")).returncode == 0
    process = started(place, "undo_import", str(asked(place, "job.pk")))
    killed_when(process, lambda: watcher()[0] == "undoing" and watcher()[1] > 0)
    assert asked(place, "Union.objects.count()") == ROWS
    taken_up(place, "job.state == 'undone' and job.refreshed")
    state = "[Union.objects.count(), RegisterLogEntry.objects.count(), found, job.undo_report['deleted']]"
    assert asked(place, state) == [0, 2 * ROWS, 0, ROWS]


def test_killed_after_writing_is_refreshed_later(place, watcher):
    process = started(place, "import_register", "unions", str(place.var / "unions.csv"))
    killed_when(process, lambda: watcher()[0] == "committed" and not watcher()[2])
    assert asked(place, "[Union.objects.count(), found < Union.objects.count()]") == [ROWS, True]
    taken_up(place, "job.refreshed")
    assert asked(place, "[job.state, Union.objects.count(), found]") == ["committed", ROWS, ROWS]


def test_two_importers_at_once_write_every_row_once(place):
    """Both read the same new rows; whoever comes second waits, finds them there and has nothing to write."""
    file = str(place.var / "unions.csv")
    pair = [started(place, "import_register", "unions", file, "--json") for _one in range(2)]
    answers = [process.communicate(timeout=240) for process in pair]
    assert [process.returncode for process in pair] == [0, 0], answers
    assert not any(b"Traceback" in error for _out, error in answers)
    assert asked(place, "Union.objects.count()") == ROWS
    last = "list(ImportJob.objects.values_list('state', flat=True))"
    assert asked(place, last) == ["committed", "committed"]
