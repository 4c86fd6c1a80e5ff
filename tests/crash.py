# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run in Odoo's shell: a server that dies while it posts a remittance."""

import os

from odoo.addons.account.models.account_move_line import AccountMoveLine
from odoo.addons.dental_coordinator_insurance.tests.common import DentalInsuranceSetup


def prepare(env):
    """A clinic with one remittance that waits to be posted."""
    clinic = type("CrashClinic", (DentalInsuranceSetup,), {"env": env})
    clinic._setup_insurance()
    clinic._usual_rules()
    env.cr.commit()  # the access log, on a cursor of its own, must find the users
    _visit, _claim, raw = clinic._sent("crown")
    clinic._pay(raw, lambda claim, line: [("CO", "45", 230), ("PR", "1", 50), ("PR", "2", 435)])
    env.cr.commit()


def die(env):
    """Post it, and be killed when the entry stands and is about to be reconciled."""
    AccountMoveLine.reconcile = lambda lines: os._exit(9)
    waiting(env).action_post()


def look(env):
    """Nothing is half-posted; posting it now does it once."""
    remittance = waiting(env)
    assert remittance.state == "open", remittance.state
    entries = [("dental_remittance_id", "=", remittance.id)]
    assert not env["account.move"].search_count(entries)
    remittance.action_post()
    assert remittance.state == "posted", remittance.state
    posted = [*entries, ("dental_kind", "=", "remittance"), ("state", "=", "posted")]
    assert env["account.move"].search_count(posted) == 1
    assert remittance.claim_ids.claim_id.state == "closed"


def waiting(env):
    billing = env["res.users"].search([("login", "=", "billing")])
    company = billing.company_id
    own = env(user=billing, context={"allowed_company_ids": company.ids})
    return own["dental.remittance"].search([], limit=1)
