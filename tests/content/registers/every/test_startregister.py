"""`startregister` writes a register that passes the suite of every register without another line."""

import os
import shutil
import subprocess
import sys

from cms.settings.environment import PROJECT


def test_a_drafted_register_passes_the_suite(tmp_path):
    copy = tmp_path / "xinghui"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, check=True, capture_output=True, text=True)
    for name in tracked.stdout.rstrip("\0").split("\0"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / name, copy / name)
    env = {**os.environ, "XINGHUI_VAR": str(tmp_path / "var"), "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    env.pop("DATABASE_URL", None)

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=copy, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    drafted = run(sys.executable, "manage.py", "startregister", "libraries", "--title", "职工书屋", "--prefix", "SW")
    assert "content/registers/libraries.py" in drafted
    locale = copy / "content/locale/zh_Hans/LC_MESSAGES/django.po"
    run("msgfmt", "-o", str(locale.with_suffix(".mo")), str(locale))
    env.pop("DJANGO_SETTINGS_MODULE")
    passed = run(
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "tests/content/registers/every",
        "-k",
        "libraries or headers",
    )
    assert " passed" in passed
