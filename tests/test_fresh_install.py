# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Installing on a database that is in use changes nothing for those without a dental group."""

import difflib
import json
import re
from pathlib import Path

import pytest

from provision import LOGS, addons, run_long

HERE = Path(__file__).resolve().parent
HEAD = f"import sys, json\nsys.path.insert(0, {str(HERE)!r})\nimport probe\n"
PREPARE = HEAD + "probe.prepare(env)\nenv.cr.commit()\n"
LOOK = """\
before = json.load(open({earlier!r})) if {earlier!r} else None
json.dump(probe.look(env, before), open({target!r}, "w"))
"""
USE = HEAD + "probe.use(env)\nenv.cr.commit()\n"
UNINSTALL = """\
modules = env["ir.module.module"].search([("name", "=", "dental_coordinator")])
modules.button_immediate_uninstall()
"""


LOUD = re.compile(r"^\S+ \S+ \d+ (?:WARNING|ERROR|CRITICAL) .*", re.M)


def test_each_addon_installs_on_what_it_depends_on(environment, new_name):
    """One after the other, so that none finds more than its own dependencies."""
    for name in addons():
        command = environment.command("-d", new_name, "-i", name, "--stop-after-init", "--no-http")
        run_long(f"alone-{name}", command, env=environment.variables())
        log = (LOGS / f"alone-{name}.log").read_text(encoding="utf-8")
        assert not LOUD.findall(log)


@pytest.fixture
def used(environment, databases, shell, new_name):
    """A database with contacts, meetings and invoices, and none of the addons."""
    options = ("--stop-after-init", "--no-http")
    command = environment.command("-d", new_name, "-i", "account,contacts,calendar", *options)
    run_long("used-database", command, env=environment.variables())
    shell(new_name, PREPARE)
    return new_name


@pytest.fixture
def look(shell, tmp_path):
    """``look(database, earlier)`` takes a snapshot through the eyes of an ordinary user."""

    def take(database, earlier=None):
        path = tmp_path / f"look{len(list(tmp_path.glob('look*')))}.json"
        names = {"earlier": str(earlier) if earlier else "", "target": str(path)}
        shell(database, HEAD + LOOK.format(**names))
        return path

    return take


def differences(before, after):
    """What differs between two snapshots, one short line each."""
    before, after = (json.loads(path.read_text()) for path in (before, after))
    return [
        f"{part}{name}: {line}"
        for part in before
        for name, one, other in _pairs(before[part], after[part])
        for line in _changes(one, other)
    ]


def _pairs(one, other):
    if isinstance(one, dict):
        return [(f" of {name}", one[name], other[name]) for name in one]
    return [("", one, other)]


def _changes(one, other):
    """Added and removed lines of the two lists."""
    lines = [[json.dumps(item, sort_keys=True) for item in items] for items in (one, other)]
    return [line for line in difflib.ndiff(*lines) if line[0] in "+-"]


def assert_same(before, after):
    found = differences(before, after)
    assert not found, "\n".join(found)


def test_a_used_database_stays_as_it_was(environment, databases, shell, used, look):
    before = look(used)
    command = environment.command("-d", used, "-i", ",".join(addons()), "--stop-after-init")
    run_long("install-on-used", [*command, "--no-http"], env=environment.variables())
    assert_same(before, look(used, before))

    shell(used, USE)
    assert_same(before, look(used, before))

    shell(used, UNINSTALL)
    assert_same(before, look(used, before))
    left = databases.query(
        used, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'dental%'"
    )
    assert left == []
