# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run every static check on the addons and the scripts; all of them, then say which failed.

Usage: python3 scripts/lint.py [PART OF A CHECK'S NAME ...]
"""

import subprocess
import sys
from dataclasses import dataclass, field

from provision import ROOT, addons, main, provision, say
from provision.tools import ensure_node


@dataclass(frozen=True)
class Check:
    """A command that fails when it finds something; without files there is nothing to check."""

    name: str
    command: tuple
    files: tuple = field(default=())
    needs_files: bool = True


def glob(*patterns):
    """The files of the addons that match, as names relative to the project."""
    found = (
        path for name in addons() for pattern in patterns for path in (ROOT / name).glob(pattern)
    )
    return tuple(sorted(str(path.relative_to(ROOT)) for path in found if path.is_file()))


def checks(environment):
    tools, node = environment.python.parent, ensure_node()
    scripts = glob("static/**/*.js")
    markup = glob("**/*.xml")
    core = environment.odoo / "odoo" / "addons"
    manifestoo = (tools / "manifestoo", "--addons-path", core, "-d", ".")
    python = environment.python
    return [
        Check(
            "ruff",
            (tools / "ruff", "check", "--quiet", "--output-format=concise", "."),
            needs_files=False,
        ),
        Check(
            "ruff format", (tools / "ruff", "format", "--check", "--quiet", "."), needs_files=False
        ),
        Check("pylint-odoo", (tools / "pylint", "--rcfile=.pylintrc-mandatory"), tuple(addons())),
        Check("OCA module checks", (tools / "oca-checks-odoo-module",), tuple(addons())),
        Check("OCA translation checks", (tools / "oca-checks-po",), glob("i18n/*.po*")),
        Check("prettier", (node / "prettier", "--list-different"), scripts + markup),
        Check("eslint", (node / "eslint", "--max-warnings=0"), scripts),
        Check("licences", (*manifestoo, "check-licenses"), needs_files=False),
        Check(
            "development status",
            (*manifestoo, "check-dev-status", "--default-dev-status=Beta"),
            needs_files=False,
        ),
        Check("generated docs", (python, "scripts/make_readme.py", "--check"), needs_files=False),
        Check("repository", (sys.executable, "scripts/check_repository.py"), needs_files=False),
    ]


def passes(check, environment):
    """Run one check and say how it went, with its output when it found something."""
    if check.needs_files and not check.files:
        say(f"–  {check.name}: no files")
        return True
    done = subprocess.run(
        [str(part) for part in (*check.command, *check.files)],
        cwd=ROOT,
        env=environment.variables(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        say(f"✗  {check.name}\n{done.stdout.rstrip()}\n")
    else:
        say(f"✓  {check.name}")
    return not done.returncode


def cli():
    wanted = sys.argv[1:]
    environment = provision()
    chosen = [
        check
        for check in checks(environment)
        if not wanted or any(part in check.name for part in wanted)
    ]
    failed = [check.name for check in chosen if not passes(check, environment)]
    say(f"\n{len(chosen) - len(failed)} checks passed, {len(failed)} failed")
    return int(bool(failed) or not chosen)


if __name__ == "__main__":
    main(cli)
