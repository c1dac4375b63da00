"""Ctrl-C while the program is still loading: nothing heavy may be imported here."""

from __future__ import annotations

import os
import signal
import sys
import threading
from types import FrameType

INTERRUPTED = 130  # as ``exits.Exit`` has it


def leave(_signal: int, _frame: FrameType | None) -> None:
    """End at once with a sentence (and an object, if one was asked for)."""
    if "--json" in sys.argv:
        sys.stdout.write('{\n  "status": "interrupted",\n  "error": "interrupted; nothing was written"\n}\n')
        sys.stdout.flush()
    sys.stderr.write("interrupted; nothing was written\n")
    sys.stderr.flush()
    os._exit(INTERRUPTED)


def listen() -> None:
    """From now on Ctrl-C ends the program at once, unless it is ignored already."""
    if _main() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, leave)


def begun() -> None:
    """The command is loaded: from here on Ctrl-C is an exception after which everybody tidies up."""
    if _main() and signal.getsignal(signal.SIGINT) is leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def finish(code: object) -> None:
    """End with this exit code although an engine that was left behind still runs in a thread."""
    if threading.active_count() > 1 and (code is None or isinstance(code, int)):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(code or 0))


def _main() -> bool:
    return threading.current_thread() is threading.main_thread()
