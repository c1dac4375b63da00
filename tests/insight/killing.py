"""Kills workers while they are at work."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path
from random import Random

SETTLED = 0.03  # seconds at work after which a process is fair game


class Killer(threading.Thread):
    """Kills ``count`` processes that left a mark in ``folder``, one now and then; ``killed`` counts those whose mark
    stayed behind: they died over their work."""

    def __init__(self, folder: Path, count: int, every: float, seed: int = 1):
        super().__init__(daemon=True)
        self.folder, self.count, self.every, self.random = folder, count, every, Random(seed)
        self.killed = 0
        self.over = threading.Event()

    def run(self) -> None:
        while self.killed < self.count and not self.over.wait(self.every * self.random.uniform(0.5, 1.5)):
            now = time.time()
            marks = [p for p in sorted(self.folder.iterdir()) if self._since(p, now) > SETTLED]
            if not marks:
                continue
            victim = self.random.choice(marks)
            os.kill(int(victim.name), signal.SIGKILL)
            time.sleep(0.1)
            if victim.exists():
                self.killed += 1
                victim.unlink()

    @staticmethod
    def _since(path: Path, now: float) -> float:
        try:
            return now - path.stat().st_mtime
        except FileNotFoundError:
            return 0.0
