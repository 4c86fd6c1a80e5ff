# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server killed in the middle of posting leaves nothing half-posted."""

import os
import time
from pathlib import Path
from random import Random

import clinic

POINTS = 4
HERE = Path(__file__).resolve().parent
CODE = "import sys\nsys.path.insert(0, {here!r})\nimport crash\ncrash.{name}(env)\n"


def code(name):
    return CODE.format(here=str(HERE), name=name)


def test_killed_while_posting(environment, shell, database, tmp_path):
    def kill(share):
        text = CODE.format(here=str(HERE), name=f"die(env, {share})").removesuffix("(env)\n")
        ended = clinic.shell(environment, database, f"{text}\n", tmp_path / "die.log")
        assert ended == 9, f"the server was to be killed while it posted, at {share}"

    shell(database, code("prepare"))
    for share in shares():
        kill(share)
        shell(database, code("untouched"))
    kill("crash.COMMITTED")
    shell(database, code("posted_once"))


def shares():
    """Some random points of the work, and the very last moment before the commit.

    ``CRASH_SEED`` repeats those of a run that failed.
    """
    seed = os.environ.get("CRASH_SEED") or str(time.time_ns())
    print(f"CRASH_SEED={seed}")  # shown by pytest when the test fails
    chance = Random(seed)
    return [*(round(chance.random(), 3) for _point in range(POINTS)), "crash.UNCOMMITTED"]
