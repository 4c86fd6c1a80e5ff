# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server killed in the middle of posting leaves nothing half-posted."""

from pathlib import Path

import clinic

HERE = Path(__file__).resolve().parent
CODE = "import sys\nsys.path.insert(0, {here!r})\nimport crash\ncrash.{name}(env)\n"


def code(name):
    return CODE.format(here=str(HERE), name=name)


def test_killed_while_posting(environment, shell, database, tmp_path):
    shell(database, code("prepare"))
    ended = clinic.shell(environment, database, code("die"), tmp_path / "die.log")
    assert ended == 9, "the server was to be killed while it posted"
    shell(database, code("look"))
