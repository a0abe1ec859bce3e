"""Real processes: workers killed with `kill -9` while they check and while they write, two importers at once."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.exports.imports.conftest import HEADERS, union_row

from .conftest import PROJECT, Stack

ROWS = 12_000


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An instance that is not served: a database, on whatever server DATABASE_URL names, and commands."""
    found = Stack(var=tmp_path_factory.mktemp("killed"))
    (found.var / "keys").mkdir(parents=True)
    (found.var / "keys" / "secret_key").write_text("示例" * 30)
    assert found.manage("migrate").returncode == 0
    rows = [HEADERS, *(union_row(number) for number in range(1, ROWS + 1))]
    (found.var / "unions.csv").write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="gb18030")
    return found


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
        f" from content.core.models import RegisterLogEntry; print('=>', json.dumps({expression}))"
    )
    answer = place.manage("shell", "--no-imports", "-c", program)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.rpartition("=>")[2])


@pytest.fixture(scope="module")
def watcher(place):
    """Tell the state of the last job quickly and without disturbing it."""
    import sqlite3

    def state():
        with sqlite3.connect(f"file:{place.var / 'db.sqlite3'}?mode=ro", uri=True, timeout=5) as connection:
            found = connection.execute(
                "SELECT state, rows_done FROM imports_importjob ORDER BY id DESC LIMIT 1"
            ).fetchone()
        return found or ("", 0)

    return state


def killed_when(process, condition):
    deadline = time.monotonic() + 120
    while not condition():
        assert process.poll() is None, process.stderr.read().decode()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def taken_up(place):
    """Do what the watcher and the worker of a running instance do by themselves."""
    assert place.manage("watch_imports", "--once").returncode == 0
    assert place.manage("db_worker", "--batch", "--queue-name", "*", "--no-reload").returncode == 0


def test_killed_while_checking_is_checked_again(place, watcher):
    process = started(place, "import_register", "unions", str(place.var / "unions.csv"), "--dry-run")
    killed_when(process, lambda: watcher()[0] == "validating" and watcher()[1] > 0)
    assert asked(place, "Union.objects.count()") == 0
    taken_up(place)
    assert asked(place, "[ImportJob.objects.latest('pk').state, ImportJob.objects.latest('pk').rows.count()]") == [
        "previewed",
        ROWS,
    ]


def test_killed_while_writing_is_written_exactly_once(place, watcher):
    before = asked(place, "ImportJob.objects.count()")
    process = started(place, "import_register", "unions", str(place.var / "unions.csv"))
    killed_when(process, lambda: watcher()[0] == "committing")
    assert asked(place, "Union.objects.count()") == 0
    taken_up(place)
    state = "[ImportJob.objects.latest('pk').state, Union.objects.count(), ImportJob.objects.count()]"
    assert asked(place, state) == ["committed", ROWS, before + 1]
    assert asked(place, "RegisterLogEntry.objects.count()") == ROWS
    taken_up(place)
    assert asked(place, state) == ["committed", ROWS, before + 1]


def test_two_importers_at_once_write_every_row_once(place):
    """Both read the same new rows; whoever comes second finds them there."""
    before = asked(place, "Union.objects.count()")
    rows = [HEADERS, *(union_row(ROWS + number) for number in range(1, 3_001))]
    file = place.var / "more.csv"
    file.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    pair = [started(place, "import_register", "unions", str(file), "--json") for _one in range(2)]
    answers = [process.communicate(timeout=120) for process in pair]
    assert asked(place, "Union.objects.count()") == before + 3_000
    codes = sorted(process.returncode for process in pair)
    assert codes in ([0, 0], [0, 2]), answers  # the second may be told to wait
    assert not any(b"Traceback" in error for _out, error in answers)
