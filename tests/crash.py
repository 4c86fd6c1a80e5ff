# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run in Odoo's shell: a server that dies while it posts a remittance."""

import os

from odoo.exceptions import UserError

from odoo.addons.dental_coordinator_insurance.tests.common import DentalInsuranceSetup

# Shares of the work: the very last moment before the commit, and the first one after it.
UNCOMMITTED, COMMITTED = 2, 3


def prepare(env):
    """A clinic with one remittance that waits to be posted."""
    clinic = type("CrashClinic", (DentalInsuranceSetup,), {"env": env})
    clinic._setup_insurance()
    clinic._usual_rules()
    env.cr.commit()  # the access log, on a cursor of its own, must find the users
    _visit, _claim, raw = clinic._sent("crown")
    clinic._pay(raw, lambda claim, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)])
    env.cr.commit()


def die(env, share):
    """Post it, and be killed when this share of the database's work is done.

    How much work there is, a rehearsal tells that is rolled back.
    """
    work = Work(env.cr)
    savepoint = env.cr.savepoint()
    waiting(env).action_post()
    env.flush_all()
    savepoint.close(rollback=True)
    env.invalidate_all()
    work.begin_again(int(work.done * share))
    waiting(env).action_post()
    env.flush_all()
    if share == COMMITTED:
        env.cr.commit()  # nobody is told any more
    os._exit(9)  # all is done, but perhaps the commit


class Work:
    """Counts what a cursor does, and ends the process when it has done enough."""

    def __init__(self, cr):
        self.done, self.last = 0, None
        execute = cr.execute

        def counted(*args, **kwargs):
            if self.done == self.last:
                os._exit(9)
            self.done += 1
            return execute(*args, **kwargs)

        cr.execute = counted

    def begin_again(self, last):
        self.done, self.last = 0, last


def untouched(env):
    """Nothing is half-posted."""
    remittance = waiting(env)
    assert remittance.state == "open", remittance.state
    entries = [("dental_remittance_id", "=", remittance.id)]
    assert not env["account.move"].search_count(entries)
    claim = remittance.sudo().claim_ids.claim_id
    assert (claim.state, claim.paid) == ("sent", 0.0), claim.state
    assert not claim.event_ids.filtered(lambda event: event.kind == "835")


def posted_once(env):
    """It is posted, and cannot be posted again."""
    remittance = waiting(env)
    entries = [("dental_remittance_id", "=", remittance.id)]
    assert remittance.state == "posted", remittance.state
    posted = [*entries, ("dental_kind", "=", "remittance"), ("state", "=", "posted")]
    assert env["account.move"].search_count(posted) == 1
    assert remittance.claim_ids.claim_id.state == "closed"
    try:
        remittance.action_post()
    except UserError as error:
        assert "Nothing was changed" in str(error), error
    else:
        raise AssertionError("posted twice")


def waiting(env):
    billing = env["res.users"].search([("login", "=", "billing")])
    company = billing.company_id
    own = env(user=billing, context={"allowed_company_ids": company.ids})
    return own["dental.remittance"].search([], limit=1)
