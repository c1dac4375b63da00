"""What every test may rely on: few threads, and no colour in what commands print."""

from __future__ import annotations

import os

os.environ.setdefault("NO_COLOR", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
