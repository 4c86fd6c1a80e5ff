# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Installing on a database that is in use changes nothing for those without a dental group."""

import json
from pathlib import Path

import pytest

from provision import addons, run_long

HERE = Path(__file__).resolve().parent
HEAD = f"import sys, json\nsys.path.insert(0, {str(HERE)!r})\nimport probe\n"
PREPARE = HEAD + "probe.prepare(env)\nenv.cr.commit()\n"
LOOK = """\
before = json.load(open({earlier!r})) if {earlier!r} else None
json.dump(probe.look(env, before), open({target!r}, "w"))
"""
UNINSTALL = """\
modules = env["ir.module.module"].search([("name", "=", "dental_coordinator")])
modules.button_immediate_uninstall()
"""


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
    found = []
    for part in before:
        if isinstance(before[part], list):
            found += [f"{part}: {each}" for each in sorted(set(before[part]) ^ set(after[part]))]
            continue
        for name in before[part]:
            if before[part][name] != after[part][name]:
                found.append(f"{part} of {name}: {_first(before[part][name], after[part][name])}")
    return found


def _first(one, other):
    """The first place where two values differ."""
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        one, other = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: (one[key], other.get(key)) for key in one if one[key] != other.get(key)}
    if isinstance(one, str) and isinstance(other, str):
        lines = zip(one.splitlines(), other.splitlines(), strict=False)
        one, other = next((a, b) for a, b in lines if a != b)
    return f"{one!r} -> {other!r}"


def test_a_used_database_stays_as_it_was(environment, databases, shell, used, look):
    before = look(used)
    command = environment.command("-d", used, "-i", ",".join(addons()), "--stop-after-init")
    run_long("install-on-used", [*command, "--no-http"], env=environment.variables())
    assert differences(before, look(used, before)) == []

    shell(used, UNINSTALL)
    assert differences(before, look(used, before)) == []
    left = databases.query(
        used, "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'dental%'"
    )
    assert left == []
