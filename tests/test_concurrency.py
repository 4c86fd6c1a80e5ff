# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Real parallel transactions: the database decides, one wins, the others get a friendly answer."""

from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
CODE = "import sys\nsys.path.insert(0, {here!r})\nimport race\nrace.{name}(env)\n"


@pytest.mark.parametrize(
    "name",
    [
        "book_one_slot",
        "share_a_room",
        "accept_at_once",
        "arrive_at_once",
        "fill_at_once",
        "log_at_once",
        "log_survives_rollback",
        "close_time_out_at_once",
        "answer_at_once",
        "sign_at_once",
        "remake_at_once",
        "readiness_at_once",
        "undo_at_once",
        "file_at_once",
        "statements_at_once",
    ],
)
def test_race(shell, database, name):
    shell(database, CODE.format(here=str(HERE), name=name))
