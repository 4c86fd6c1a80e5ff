# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether ten times as many claims take ten times as long. BENCH_GROWTH=0 leaves it out.

After `with_payers`, whose clinic it copies; the copies are rolled back.
"""

import os

from .. import copies
from ..frame import growth
from . import with_payers

TIMES = 10
LIMIT = 1.25  # of the time a claim


def with_both(env):
    """(few claims, ten times as many, their payer)"""
    made, ids = with_payers.kept(env)
    if not copies.are_made(env, made.company, TIMES * len(ids)):
        copies.multiply(env, made.company, TIMES)
    few, payer = with_payers.clinic(env)
    company = [("company_id", "=", made.company.id), ("state", "=", few[0].state)]
    return few, few.search(company, limit=TIMES * len(ids)), payer


def times_of(env, few, many, measure):
    """Time a claim among many by the time a claim among few; printed as seconds, too."""
    measure(few)  # fills caches
    short, long = measure(few), measure(many)
    print(f"  {len(few)} claims: {short:.1f} s, {len(many)}: {long:.1f} s", flush=True)
    return long / len(many) / (short / len(few))


if os.environ.get("BENCH_GROWTH") != "0":

    @growth("posting, time a claim: of ten times as many", limit=LIMIT)
    def posting(env):
        few, many, payer = with_both(env)

        def measure(claims):
            remittance = with_payers.expected_remittance(claims, payer)
            return with_payers.apart(env, remittance.action_post)

        return times_of(env, few, many, measure)

    @growth("writing to a file, time a claim: of ten times as many", limit=LIMIT)
    def writing(env):
        few, many, _payer = with_both(env)
        return times_of(env, few, many, lambda claims: with_payers.apart(env, claims.action_send))


@growth("filing at checkout, time a claim: with ten times as many there", limit=LIMIT)
def filing(env):
    made, _ids = with_payers.kept(env)
    filed = []
    for _time in range(2):  # the first fills caches
        savepoint = env.cr.savepoint()
        filed.append(with_payers.checkouts(made)[1])
        env.flush_all()
        savepoint.close(rollback=True)
        env.invalidate_all()
    copies.multiply(env, made.company, TIMES)
    return with_payers.checkouts(made)[1] / filed[-1]
