"""`make run`: everything a fresh machine needs, then web server and task worker until Ctrl-C."""

import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from cms.ops.services import collect_static_files, ensure_admin, is_empty
from cms.ops.supervisor import Supervisor
from cms.settings.environment import VAR, env


class Command(BaseCommand):
    help = "Prepare the instance (database, static files, administrator, demo) and serve it until Ctrl-C."
    requires_system_checks = []  # half a second that a second start need not spend

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prepare-only", action="store_true", help="Prepare and stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.prepare_and_serve(prepare_only=options["prepare_only"])
        except KeyboardInterrupt:
            self.stdout.write(_("Stopped."))
            sys.exit(130)

    def prepare_and_serve(self, *, prepare_only: bool) -> None:
        began = time.monotonic()
        # Lines show at once, also when a supervisor or a log file reads them.
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        call_command("migrate", verbosity=0, interactive=False)
        if collect_static_files():
            self.stdout.write(_("Static files collected."))
        password_file = ensure_admin(file=VAR / "admin_password.txt")
        if is_empty():
            if env.bool("DEMO", default=True):
                call_command("load_demo", stdout=self.stdout)
            else:
                call_command("create_site", stdout=self.stdout)
        if not prepare_only:
            self.serve(password_file, began)

    def serve(self, password_file: Path | None, began: float) -> None:
        host, port = env.str("HOST", default="127.0.0.1"), env.int("PORT", default=8000)
        address = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::') else host}:{port}"  # noqa: S104
        self.stdout.write("")
        self.stdout.write(_("Ready in %(seconds).0f s.") % {"seconds": time.monotonic() - began})
        self.stdout.write(_("  Site:    %(address)s/") % {"address": address})
        self.stdout.write(_("  Admin:   %(address)s/admin/") % {"address": address})
        if password_file:
            self.stdout.write(
                _("  Account: admin   password: %(password)s   (kept in %(file)s)")
                % {"password": password_file.read_text().strip(), "file": password_file}
            )
        self.stdout.write(_("Ctrl-C stops everything."))
        python = sys.executable
        web = [python, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        web += ["--workers", str(env.int("WEB_WORKERS", default=2)), "--blocking-threads", "1"]
        web += ["--respawn-failed-workers", "--log-level", "warning", "cms.wsgi:application"]
        worker = [python, "manage.py", "db_worker", "--queue-name", "*", "--no-reload"]
        watcher = [python, "manage.py", "watch_imports"]
        # More than one, so that a large import or PDF of somebody delays nobody else.
        workers = {f"worker {number + 1}": worker for number in range(env.int("TASK_WORKERS", default=2))}
        supervisor = Supervisor(
            {"web": web, "watcher": watcher, **workers}, env={**os.environ, "PYTHONUNBUFFERED": "1"}
        )
        code = supervisor.run()
        self.stdout.write(_("Stopped."))
        sys.exit(code)
