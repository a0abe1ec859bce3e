"""`make run`: a first start prepares everything, a second is quick and keeps data, Ctrl-C leaves nothing behind."""

import re
import subprocess
import urllib.request


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read().decode()


def test_the_started_instance_serves_site_and_admin(stack):
    assert 'lang="zh-hans' in get(stack.url + "/").lower()
    assert "120" in re.sub(r"<[^>]+>", "", get(stack.url + "/bases/"))
    assert "登录" in get(stack.url + "/admin/login/")


def test_secrets_are_readable_by_their_owner_only(stack):
    for secret in (stack.var / "keys" / "secret_key", stack.var / "admin_password.txt"):
        assert secret.stat().st_mode & 0o077 == 0


def test_the_worker_runs(stack):
    tree = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert "db_worker" in tree


def test_second_start_keeps_data_and_ctrl_c_leaves_nothing(tmp_path, make_stack):
    instance = make_stack(tmp_path / "var", DEMO="false")
    instance.start()
    password = instance.password
    assert instance.stop() == 0
    instance.start()
    assert instance.password == password
    assert "静态文件已汇集" not in instance.log
    assert instance.stop() == 0
    left = subprocess.run(["pgrep", "-g", str(instance.process.pid)], capture_output=True, text=True, check=False)
    assert left.stdout == ""
