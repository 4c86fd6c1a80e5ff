# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server killed in the middle of posting leaves nothing half-posted."""

from pathlib import Path
from random import Random

import clinic

HERE = Path(__file__).resolve().parent
CODE = "import sys\nsys.path.insert(0, {here!r})\nimport crash\ncrash.{name}(env)\n"


def code(name):
    return CODE.format(here=str(HERE), name=name)


def test_killed_while_posting(environment, shell, database, tmp_path):
    shell(database, code("prepare"))
    for share in shares():
        text = CODE.format(here=str(HERE), name=f"die(env, {share})").removesuffix("(env)\n")
        ended = clinic.shell(environment, database, f"{text}\n", tmp_path / "die.log")
        assert ended == 9, f"the server was to be killed while it posted, at {share}"
        shell(database, code("untouched"))
    shell(database, code("look"))


def shares():
    """Some random points of the work, and the very last moment before the commit."""
    chance = Random()
    return [*(round(chance.random(), 3) for _point in range(4)), 2]
