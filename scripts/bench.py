# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make a database with the addons and measure the figures of `bench/` in it.

Usage: python3 scripts/bench.py
"""

import bench_peer
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
    bench_peer.fetch(environment)
    databases = Databases(environment)
    environment = bench_peer.WithPeer(environment)
    peer, *clones = others = [f"{DATABASE}_{name}" for name in ("peer", "young", "old")]
    for name in (DATABASE, *others):
        databases.drop(name)
    try:
        clinic.install(environment, DATABASE)
        for name in clones:
            databases.clone(DATABASE, name)
        bench_peer.install(environment, peer)
        say("\nfigure, measured, limit (medians of ratios, smaller is better)")
        log = LOGS / "bench.log"
        code = clinic.shell(environment, DATABASE, MEASURE, log, echo=True)
    finally:
        for name in (DATABASE, *others):
            databases.drop(name)
    if code:
        say(f"\nNot all is ok. The log's last line ({log}):\n{last_line(log)}")
    return code


if __name__ == "__main__":
    main(cli)
