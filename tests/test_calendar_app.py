# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whoever lives in Odoo's calendar finds it as it was."""

from pathlib import Path

HERE = Path(__file__).resolve().parent
CODE = "import sys\nsys.path.insert(0, {here!r})\nimport calendar_app\ncalendar_app.run(env)\n"


def test_odoos_own_calendar_tests_pass(shell, database):
    shell(database, CODE.format(here=str(HERE)))
