# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from statistics import median

from odoo import api, models

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import benefits

# What was answered longer ago says little of today's fees.
MONTHS = 24
SAMPLES = 5


class DentalPayerMemory(models.AbstractModel):
    """What payers allowed so far, for codes of which no schedule tells it.

    Only settled lines of first payers count; a refusal says nothing of a fee. The median of the
    newest answers of the plan is taken, else of the payer.
    """

    _name = "dental.payer.memory"
    _description = "What payers allowed so far"

    @api.model
    def _known(self, plans, codes, as_of):
        """{plan: {claim code: benefits.FeeRow}}"""
        companies = plans.company_id.filtered("dental_payer_memory")
        plans = plans.filtered(lambda plan: plan.company_id in companies)
        names = codes.mapped("claim_code")
        if not plans or not names:
            return {}
        answers = self._answers(plans, names, as_of)
        known = {}
        for plan in plans:
            rows = {}
            for name in names:
                found = answers.get((plan, name)) or answers.get((plan.payer_id, name))
                if found:
                    rows[name] = self._row(found[:SAMPLES])
            known[plan] = rows
        return known

    def _answers(self, plans, names, as_of):
        """{(plan or payer, code): [(day, allowed for one unit)]}, newest first."""
        lines = (
            self.env["dental.claim.line"]
            .sudo()
            .search(
                [
                    ("live", "=", True),
                    ("settled", "=", True),
                    ("paid", ">", 0),
                    ("coverage_id.sequence", "=", 1),
                    ("claim_id.payer_id", "in", plans.payer_id.ids),
                    ("code", "in", names),
                    ("answered_on", ">=", benefits.add_months(as_of, -MONTHS)),
                ],
                order="answered_on desc, id desc",
            )
        )
        found = defaultdict(list)
        for line in lines:
            untaxed = exact(line.fee) - exact(line.tax)
            allowed = (untaxed - exact(line.contract_cut)) / (line.quantity or 1)
            answer = line.answered_on, allowed
            found[line.coverage_id.plan_id, line.code].append(answer)
            found[line.claim_id.payer_id, line.code].append(answer)
        return found

    def _row(self, answers):
        newest = answers[0][0]
        return benefits.FeeRow(
            median(amount for _day, amount in answers),
            source=benefits.Source(
                "eob", newest, self.env._("%s answers so far", len(answers)), ""
            ),
        )
