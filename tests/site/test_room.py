"""The room `site/` is tracked and holds no Python: a package of that name would shadow the standard library's."""

import subprocess

from cms.settings.environment import PROJECT


def tracked(*paths: str) -> list[str]:
    output = subprocess.run(["git", "ls-files", "--", *paths], cwd=PROJECT, check=True, capture_output=True, text=True)
    return output.stdout.splitlines()


def test_site_is_tracked():
    assert any(name.endswith(".html") for name in tracked("site"))
    assert any(name.endswith(".css") for name in tracked("site"))


def test_site_holds_no_python():
    assert not list((PROJECT / "site").rglob("*.py"))


def test_only_state_is_ignored():
    ignored = subprocess.run(
        ["git", "check-ignore", "site", "cms", "content", "exports"], cwd=PROJECT, capture_output=True
    )
    assert ignored.returncode == 1, "a room is ignored by git"
