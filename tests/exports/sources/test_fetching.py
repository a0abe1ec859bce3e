"""Import by URL: what is fetched, and what must not be."""

import http.server
import socket
import threading

import pytest

from content.registers.unions import Union
from tests.exports.imports.conftest import HEADERS, command, union_row

pytestmark = pytest.mark.django_db
TABLE = "\n".join(",".join(map(str, row)) for row in [HEADERS, union_row(1)]).encode("gb18030")


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/to?"):
            self.send_response(302)
            self.send_header("Location", self.path[4:])
            self.end_headers()
            return
        self.send_response(200 if self.path != "/gone.csv" else 404)
        self.end_headers()
        if self.path == "/endless.csv":
            while True:
                self.wfile.write(b"0" * 65536)
        self.wfile.write(TABLE)

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as running:
        running.daemon_threads = True
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://localhost:{running.server_port}"
        running.shutdown()


@pytest.fixture
def allowed(server, settings):
    settings.IMPORT_URL_SCHEMES = ["https", "http"]
    settings.IMPORT_URL_INTERNAL_HOSTS = ["localhost"]
    return server


def refusal(url):
    result = command("import_url", "unions", url, "--json")
    assert result.code == 2
    return result.json["errors"][0]["code"]


def test_a_file_is_fetched_and_imported(allowed):
    result = command("import_url", "unions", f"{allowed}/list.csv", "--json")
    assert result.counts["new"] == Union.objects.count() == 1


def test_a_redirect_is_followed_and_checked(allowed):
    port = allowed.rpartition(":")[2]
    assert command("import_url", "unions", f"{allowed}/to?/list.csv", "--json").counts["new"] == 1
    assert refusal(f"{allowed}/to?http://127.0.0.1:{port}/list.csv") == "url_refused"
    assert refusal(f"{allowed}/to?file:///etc/hostname") == "url_refused"
    loop = f"{allowed}/to?/loop"
    for _hop in range(6):
        loop = f"{allowed}/to?{loop}"
    assert refusal(loop) == "url_refused"


@pytest.mark.parametrize(
    "url",
    ["https://127.0.0.1/a.csv", "https://localhost/a.csv", "https://10.0.0.1/", "https://192.168.1.1/", "https://172.16.0.9/",
     "https://169.254.169.254/latest/meta-data/", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://[fe80::1]/",
     "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://0.0.0.0/", "https://100.64.0.1/", "https://2130706433/",
     "https://0x7f.1/", "https://224.0.0.1/", "http://8.8.8.8/a.csv", "ftp://8.8.8.8/a.csv", "file:///etc/passwd",
     "https://[64:ff9b:1::7f00:1]/", "https://[::7f00:1]/", "https://[::a00:1]/", "https://[2606:4700::5efe:a00:1]/",
     "https://[2606:4700::200:5efe:a00:1]/", "https://[fd00::1]/", "https://[ff02::1]/",
     "https://[2001:0:7f00:1::]/", "https://[::ffff:0:a00:1]/", "https://8.8.8.8:22/", "https://8.8.8.8:6379/",
     "https://user:secret@8.8.8.8/a.csv", "https://", "https://[::1", "https://8.8.8.8:99999/"],
)  # fmt: skip
def test_internal_addresses_and_other_schemes_are_refused(url):
    assert refusal(url) == "url_refused"


def test_a_name_that_changes_its_address_meanwhile_gains_nothing(server, settings, monkeypatch):
    """The name is looked up once: the connection goes to the address that was checked."""
    asked, port = [], int(server.rpartition(":")[2])
    settings.IMPORT_URL_SCHEMES, settings.IMPORT_URL_PORTS = ["http"], [port]
    answers = ["93.184.215.14", "127.0.0.1"]
    reached = []

    def look_up(host, *args, **kwargs):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers[min(len(asked), 2) - 1], port))]

    def connect(address, **kwargs):
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert refusal(f"http://rebinding.example:{port}/list.csv") == "url_failed"
    assert (asked, reached) == (["rebinding.example"], [("93.184.215.14", port)])


def test_limits_of_size_and_what_is_not_there(allowed, settings):
    settings.IMPORT_LIMITS = settings.IMPORT_LIMITS | {"file_bytes": 200_000}
    assert refusal(f"{allowed}/endless.csv") == "file_too_big"
    assert refusal(f"{allowed}/gone.csv") == "url_failed"
    settings.IMPORT_URL_SECONDS = 0
    assert refusal(f"{allowed}/list.csv") == "too_slow"
