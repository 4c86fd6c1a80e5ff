# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Real parallel transactions: the database decides, one wins, the others get a friendly answer."""

from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
CODE = "import sys\nsys.path.insert(0, {here!r})\nimport {module}\n{module}.{name}(env)\n"
RACES = {
    "race_book": (
        "book_one_slot",
        "share_a_room",
        "accept_at_once",
        "arrive_at_once",
        "fill_at_once",
    ),
    "race_care": (
        "log_at_once",
        "log_survives_rollback",
        "close_time_out_at_once",
        "answer_at_once",
        "sign_at_once",
        "remake_at_once",
        "readiness_at_once",
        "undo_at_once",
    ),
    "race_students": ("sign_in_at_once", "decline_at_once"),
    "race_runs": ("file_at_once", "statements_at_once", "collect_at_once"),
}


@pytest.mark.parametrize(
    ("module", "name"), [(module, name) for module, names in RACES.items() for name in names]
)
def test_race(shell, database, module, name):
    shell(database, CODE.format(here=str(HERE), module=module, name=name))
