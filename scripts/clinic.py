# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A database with the addons on a US chart of accounts, empty or with the demo clinic.

The clinic's people and events come from the package `demo_clinic`: ``load(env)`` makes them, and
``LOGINS`` lists ``(role, login, password)``.
"""

import subprocess
from pathlib import Path

from provision import LOGS, Failure, addons, run_long
from provision.console import Heartbeat, say

SCRIPTS = Path(__file__).resolve().parent
COMPANY = """\
company = env.company
company.write({"country_id": env.ref("base.us").id})
if not company.chart_template:
    env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)
env.ref("base.USD").active = True
company.currency_id = env.ref("base.USD")
"""
LOAD = f"""\
import sys
sys.path.insert(0, {str(SCRIPTS)!r})
import demo_clinic
demo_clinic.load(env)
"""
COMMIT = "env.cr.commit()\n"


def install(environment, database):
    """Create a database with the accounts first, then the addons: their hooks find a chart."""
    found = addons()
    if not found:
        raise Failure("there is no addon with a manifest in the project.")
    options = ["--stop-after-init", "--no-http", "--max-cron-threads", 0]
    variables = environment.variables()
    base = environment.command("-d", database, "-i", "account,contacts,calendar", *options)
    run_long("Odoo (accounting, contacts, calendar)", base, env=variables)
    in_shell(environment, database, COMPANY + COMMIT, "Company")
    addons_command = environment.command("-d", database, "-i", ",".join(found), *options)
    run_long("Addons (installation)", addons_command, env=variables)


def load(environment, database):
    """Fill the database with the demo clinic."""
    if not has_clinic():
        raise Failure("scripts/demo_clinic is missing: there is no demo clinic to load.")
    in_shell(environment, database, LOAD + COMMIT, "Demo clinic")


def has_clinic():
    return (SCRIPTS / "demo_clinic" / "__init__.py").is_file()


def in_shell(environment, database, code, label):
    """Run Python in the database's environment (`env`), as Odoo's own shell does.

    :raises Failure: with the end of its output when the code raises
    """
    log = LOGS / f"{label.split()[0].lower()}.log"
    say(f"· {label} ...")
    with Heartbeat(label, log):
        failed = shell(environment, database, code, log)
    if failed:
        tail = "\n".join(log.read_text(encoding="utf-8").strip().splitlines()[-20:])
        raise Failure(f"{label} failed:\n{tail}\n(whole output: {log})")


def shell(environment, database, code, log, echo=False):
    """Run Python in Odoo's shell and return its exit code.

    :param log: file for what Odoo logs, and for what the code prints unless ``echo``
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    command = environment.command("shell", "-d", database, "--no-http")
    with log.open("w", encoding="utf-8") as output:
        return subprocess.run(
            [str(part) for part in command],
            input=code,
            text=True,
            stdout=None if echo else output,
            stderr=output,
            env=environment.variables(),
            check=False,
        ).returncode
