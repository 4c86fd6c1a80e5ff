# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Races of workers that share work in the background; see `race`."""

from race import at_once, told


def statements_at_once(env, accounts=6, workers=3):
    """Several workers share a round of statements, while others begin one for the same accounts:
    each account gets one draft.
    """
    from odoo.addons.dental_coordinator_billing.models import dental_statement_round
    from odoo.addons.dental_coordinator_billing.tests.common import DentalBillingSetup

    dental_statement_round.AT_ONCE = 2
    clinic = type("StatementClinic", (DentalBillingSetup,), {"env": env})
    clinic._setup_clinic()
    env.cr.commit()  # the access log, on a cursor of its own, must find the users
    for place in range(accounts):
        patient = clinic._new_patient(f"Payer {place}", "Race")
        clinic._check_out(clinic._new_visit("exam", patient=patient))
    env.cr.commit()

    def prepare(own):
        runs = own(context={"allowed_company_ids": clinic.company.ids})["dental.statement.run"]
        return runs.create({}).action_prepare()["res_id"]

    won, _words = told(at_once(env, [clinic.billing.id] * workers, prepare))
    assert won == 1, won
    lines = "dental.statement.round.line"
    seen = at_once(env, [env.uid] * workers, lambda own: own[lines]._cron_work(2))
    assert seen == [None] * workers, seen
    env.cr.rollback()
    env.invalidate_all()
    run = env["dental.statement.round"].search([], limit=1)
    assert (run.state, run.done, run.failed) == ("done", accounts, 0), run.read()
    drafts = env["dental.statement"].search([("company_id", "=", clinic.company.id)])
    drafts = drafts.filtered(lambda one: one.kind == "statement")
    assert len(drafts) == len(drafts.guarantor_id) == accounts, len(drafts)


def file_at_once(env, bills=6, workers=3):
    """Several workers share a run of bills to file: each bill is filed once."""
    from odoo.addons.dental_coordinator_insurance.tests.common import DentalInsuranceSetup

    clinic = type("FilingClinic", (DentalInsuranceSetup,), {"env": env})
    clinic._setup_insurance()
    clinic._usual_rules()
    env.cr.commit()  # the access log, on a cursor of its own, must find the users
    clinic.coverage.active = False
    visits = env["dental.appointment"]
    for days in range(1, bills + 1):
        visit = clinic._new_visit("exam", days_ago=days)
        clinic._check_out(visit)
        visits |= visit
    clinic.coverage.active = True
    run = env["dental.claim.run"].with_user(clinic.billing)._begin(visits.procedure_ids)
    env.cr.commit()
    seen = at_once(env, [env.uid] * workers, lambda own: own["dental.claim.run.line"]._cron_work(2))
    assert seen == [None] * workers, seen
    env.cr.rollback()
    env.invalidate_all()
    assert (run.state, run.done, run.failed) == ("done", bills, 0), run.read()
    lines = env["dental.claim.line"].search([("procedure_id", "in", visits.procedure_ids.ids)])
    assert len(lines) == bills, len(lines)


def collect_at_once(env, people=4):
    """Several people answer for one account at the same moment: one is noted, the others are told.

    First on an account that nobody has worked on yet, then on one with a case, by a promise.
    """
    from odoo.addons.dental_coordinator_billing.tests.common import DentalBillingSetup

    clinic = type("CollectingClinic", (DentalBillingSetup,), {"env": env})
    clinic._setup_clinic()
    env.cr.commit()  # the access log, on a cursor of its own, must find the users
    clinic._check_out(clinic._new_visit("exam", days_ago=40))
    company = clinic.company
    users = [
        clinic._new_user(f"collects.{place}", "group_billing", company) for place in range(people)
    ]
    env.cr.commit()
    ids = [user.id for user in users]
    row_id = env["dental.collection"].search([("company_id", "=", company.id)]).id

    def rows(own):
        return own(context={"allowed_company_ids": company.ids})["dental.collection"].browse(row_id)

    def no_answer(own):
        return rows(own).work_outcome("no_answer")["press"]

    def promise(own):
        row = rows(own)
        asked = row.env["dental.collection.answer"].browse(row.action_promise()["res_id"])
        return asked.action_keep()

    for act in (no_answer, promise):
        won, words = told(at_once(env, ids, act))
        assert won == 1, (act.__name__, won, words)
        assert words and all("Refresh" in text or "somebody else" in text for text in words), words
        env.cr.rollback()
        env.invalidate_all()
        case = env["dental.collection.case"].search([("company_id", "=", company.id)])
        case.sudo().write({"answered_at": False, "answered_by_id": False})
        env.cr.commit()
    assert len(case) == len(case.promise_ids) == 1, case.promise_ids
    logs = env["dental.contact.log"].search([("patient_id", "=", clinic.patient.id)])
    assert len(logs) == 2, logs.mapped("note")
