"""Limits first, then the file."""

from __future__ import annotations

import errno
import json
import os
import resource
import sys

from .answering import Answer, Order, Refused, emit
from .recognising import recognise

_LACKING = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.EIO)
# What goes wrong with the machine is no fault of the file.
_OF_THE_MACHINE = dict.fromkeys(_LACKING, "reader_failed") | {errno.ENOMEM: "too_large", errno.EFBIG: "too_large"}


def main() -> None:
    order = json.loads(sys.stdin.buffer.readline())
    _limit(order)
    try:
        emit(["done", read(order)])
    except Refused as refusal:
        emit(["refused", refusal.code, refusal.details])
    except MemoryError:
        emit(["refused", "too_large", {}])
    except ImportError:  # the program is being replaced by another version, or memory for it is lacking
        emit(["refused", "reader_failed", {}])
    except OSError as error:
        emit(["refused", _OF_THE_MACHINE.get(error.errno or 0, "damaged"), {}])
    except (ValueError, KeyError, EOFError):
        emit(["refused", "damaged", {}])
    except BaseException as error:  # a broken archive; or a panic of the Rust parser, which is no Exception
        emit(["refused", "password" if "Password" in type(error).__name__ else "damaged", {}])
    sys.stdout.flush()
    os._exit(0)  # skip freeing a large workbook cell by cell


def _limit(order: Order) -> None:
    memory, seconds, largest = order["reader_memory_bytes"], order["reader_seconds"], 4 * order["unpacked_bytes"]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


def read(order: Order) -> dict[str, object]:
    """Read the file and return what is to be said of it as a whole: kind, encoding, whether its hidden rows are known."""
    path = order["path"]
    kind = recognise(path, order)
    if kind == "encrypted":
        from .passwords import unlocked

        path = unlocked(path, order)
        kind = recognise(path, order)
    if order["only_open"]:
        return {"kind": kind, "encoding": ""}
    if kind == "text":
        from .text import read_text

        kind, encoding = read_text(path, order)
        return {"kind": kind, "encoding": encoding}
    from .books import read_book
    from .epoch import counts_from_1904

    read_book(path, kind, order, Answer(order))
    return {"kind": kind, "encoding": "", "from_1904": counts_from_1904(path, kind)}
