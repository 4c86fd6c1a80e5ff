# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run Odoo in the provisioned environment: every argument goes to Odoo.

Usage: python3 scripts/run_odoo.py -d NAME -i dental_coordinator --test-tags /dental_coordinator
--stop-after-init
       python3 scripts/run_odoo.py shell -d NAME
"""

import os
import sys

from provision import ROOT, main, provision


def cli():
    environment = provision(browser="--test-tags" in sys.argv or "--test-enable" in sys.argv)
    os.chdir(ROOT)
    command = [str(part) for part in environment.command(*sys.argv[1:])]
    os.execve(command[0], command, environment.variables())


if __name__ == "__main__":
    main(cli)
