# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading a large remittance (40 MB) into typed claims: time and memory."""

import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from time import perf_counter

from .. import era
from ..frame import figure

ROOT = Path(__file__).resolve().parents[2]
MEGABYTES = 100
SIZE = int(os.environ.get("BENCH_ERA_BYTES", era.SIZE))


@cache
def big_file():
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / "big.edi"
    era.write(path, SIZE)
    return folder, path  # the folder lives as long as it is kept here


@figure("reading a remittance of 40 MB into claims / pyx12's bare walk through it", limit=1.5)
def reading(_env):
    from odoo.addons.dental_coordinator_insurance import x12

    _folder, path = big_file()
    started = perf_counter()
    era.walk(path)
    walked = perf_counter()
    count, paid = era.read(path, x12)
    ended = perf_counter()
    assert paid == count * era.PAID, "not everything was read"
    return (ended - walked) / (walked - started)


@figure("memory of a process reading a remittance of 40 MB / 100 MB", limit=1)
def memory(_env):
    _folder, path = big_file()
    told = subprocess.run(
        [sys.executable, "-m", "bench.era", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(told.stdout.split()[0]) / MEGABYTES
