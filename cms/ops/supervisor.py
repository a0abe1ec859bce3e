"""Runs a few processes side by side until one ends or a person stops them; none is left behind.

Each process leads a group of its own, so a terminal's Ctrl-C reaches this supervisor alone, which then asks every
leader to end (granian stops its workers in order only when it is asked by itself) and kills what lingers.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from types import FrameType

PATIENCE = 10.0  # seconds that a process may take to finish what it is doing


class Supervisor:
    """`Supervisor({"web": [...], "worker": [...]}).run()` returns the exit code: 0 when stopped by a person."""

    def __init__(self, commands: Mapping[str, Sequence[str]], *, env: Mapping[str, str]) -> None:
        self.commands = commands
        self.env = env
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.stopped_by_hand = False

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        for name, command in self.commands.items():
            self.processes[name] = subprocess.Popen(command, env=self.env, start_new_session=True)  # noqa: S603
        try:
            while not self.stopped_by_hand and all(p.poll() is None for p in self.processes.values()):
                time.sleep(0.2)
        finally:
            self._stop_all()
        return 0 if self.stopped_by_hand else max(abs(p.returncode) for p in self.processes.values())

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.stopped_by_hand = True

    def _stop_all(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            self._kill_group(process)

    def _kill_group(self, process: subprocess.Popen[bytes]) -> None:
        """End what a leader may have left of its group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
