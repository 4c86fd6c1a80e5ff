# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make a database with the addons and measure the figures of `bench/` in it.

Usage: python3 scripts/bench.py
"""

import clinic
from database import Databases
from provision import LOGS, ROOT, main, provision, say
from provision.console import last_line

DATABASE = "dental_bench"
MEASURE = f"""\
import sys
sys.path.insert(0, {str(ROOT)!r})
from bench.run import main
main(env)
"""


def cli():
    environment = provision()
    databases = Databases(environment)
    databases.drop(DATABASE)
    try:
        clinic.install(environment, DATABASE)
        say("\nfigure, measured, limit (medians of ratios, smaller is better)")
        log = LOGS / "bench.log"
        code = clinic.shell(environment, DATABASE, MEASURE, log, echo=True)
    finally:
        databases.drop(DATABASE)
    if code:
        say(f"\nNot all is ok. The log's last line ({log}):\n{last_line(log)}")
    return code


if __name__ == "__main__":
    main(cli)
