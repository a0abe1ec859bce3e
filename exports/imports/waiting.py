"""Commands wait for their turn, as the queue of the back office does."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from .problems import Busy

T = TypeVar("T")
PATIENCE = 600.0  # seconds


def in_turn(verb: Callable[[], T], *, say: Callable[[str], object], patience: float = PATIENCE) -> T:
    """Call a verb that writes into a register, again and again while another import writes there.

    say: is told once why it takes longer. Raises Busy when the patience (seconds) is at its end.
    """
    deadline, told = time.monotonic() + patience, False
    while True:
        try:
            return verb()
        except Busy as busy:
            if time.monotonic() >= deadline:
                raise
            if not told:
                say(str(busy.message))
                told = True
            time.sleep(0.5)
