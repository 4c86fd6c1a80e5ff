# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write each addon's i18n/<addon>.pot, the list of its texts that translators start from.

Usage: python3 scripts/make_pot.py
"""

import os
import re

import clinic
from database import Databases
from provision import ROOT, addons, main, provision, run_long, say

DATES = re.compile(r'^"(?:POT-Creation|PO-Revision)-Date: .*\n', re.M)


def export(environment, database):
    before = {name: read(name) for name in addons()}
    command = [environment.python, "-m", "odoo", "i18n", "export", "-c", environment.config]
    run_long("Texts (export)", [*command, "-d", database, *addons()], env=environment.variables())
    for name, old in before.items():
        if DATES.sub("", old) == DATES.sub("", read(name)):
            path(name).write_text(old, encoding="utf-8")  # a new date alone is no change
        else:
            say(f"{path(name).relative_to(ROOT)} written")


def path(name):
    return ROOT / name / "i18n" / f"{name}.pot"


def read(name):
    return path(name).read_text(encoding="utf-8") if path(name).is_file() else ""


def cli():
    environment = provision()
    databases = Databases(environment)
    name = f"dental_pot_{os.getpid()}"
    try:
        clinic.install(environment, name)
        for addon in addons():
            path(addon).parent.mkdir(exist_ok=True)
        export(environment, name)
    finally:
        databases.drop(name)
    return 0


if __name__ == "__main__":
    main(cli)
