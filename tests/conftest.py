# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests across the addons share: the environment, and databases with the addons."""

import os
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import clinic  # noqa: E402
from database import Databases  # noqa: E402
from provision import provision  # noqa: E402


@pytest.fixture(scope="session")
def environment():
    return provision()


@pytest.fixture(scope="session")
def databases(environment):
    return Databases(environment)


@pytest.fixture(scope="session")
def template(environment, databases):
    """A database with the addons on a US chart of accounts; clone it, do not write to it."""
    given = os.environ.get("DENTAL_TEMPLATE")
    if given:
        yield given
        return
    name = f"dental_template_{os.getpid()}"
    try:
        clinic.install(environment, name)
        yield name
    finally:
        databases.drop(name)


@pytest.fixture
def new_name(databases, request):
    """The name of a database that is dropped at the end of the test."""
    name = re.sub(r"\W", "_", f"dental_{request.node.name[:30].lower()}_{os.getpid()}")
    yield name
    databases.drop(name)


@pytest.fixture
def database(databases, template, new_name):
    """A database of the test's own with the addons installed."""
    databases.clone(template, new_name)
    return new_name


@pytest.fixture
def shell(environment, tmp_path):
    """``shell(database, code)`` runs code with `env` in Odoo's shell and fails when it raises."""

    def run(name, code):
        log = tmp_path / "shell.log"
        failed = clinic.shell(environment, name, code, log)
        text = log.read_text(encoding="utf-8")
        assert not failed, text[-4000:]
        return text

    return run
