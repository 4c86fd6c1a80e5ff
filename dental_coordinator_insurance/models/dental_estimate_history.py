# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import benefits
from .dental_insurance_benefit_engine import categories_of


class DentalEstimateHistory(models.AbstractModel):
    """What was used of benefits, as the estimate engine takes it.

    It is counted by person, payer and benefit year: a coverage that was ended and entered anew,
    or a policy that was changed for another of the same payer, keeps what was used.
    """

    _name = "dental.estimate.history"
    _description = "Benefits used, for the estimate engine"

    @api.model
    def _load(self, coverages, since=None):
        """{patient id: [benefits.History]} for the patients of these coverages.

        :param since: leave out claims of services before that day
        """
        lines = self._claim_lines(coverages, since)
        found = defaultdict(list)
        by_policy = coverages.grouped("policy_id")
        by_payer = coverages.grouped(lambda one: (one.patient_id, one.plan_id.payer_id))
        for line in lines:
            heirs = by_policy.get(line.coverage_id.policy_id)
            if heirs is None:
                heirs = by_payer.get((line.patient_id, line.claim_id.payer_id), coverages)[:1]
            for coverage in heirs:
                found[coverage.patient_id.id].append(self._claim_history(line, coverage))
        for coverage, row in self._usage_history(coverages, lines):
            found[coverage.patient_id.id].append(row)
        for coverage, row in self._discount_history(coverages):
            found[coverage.patient_id.id].append(row)
        return found

    @api.model
    def _claim_lines(self, coverages, since=None):
        """Live claims of the families under these policies, and of the patients at the payers."""
        Domain = fields.Domain
        theirs = Domain("coverage_id.policy_id", "in", coverages.policy_id.ids)
        theirs |= Domain("patient_id", "in", coverages.patient_id.ids) & Domain(
            "claim_id.payer_id", "in", coverages.plan_id.payer_id.ids
        )
        live = Domain("live", "=", True) & Domain("procedure_id", "!=", False)
        if since:
            live &= Domain("date", ">=", since) | (
                Domain("date", "=", False) & Domain("claim_id.date_service", ">=", since)
            )
        return self.env["dental.claim.line"].sudo().search(live & theirs)

    def _claim_history(self, line, coverage):
        settled = line.settled
        return benefits.History(
            coverage.id,
            line._service_date(),
            code=line.code or "",
            categories=categories_of(line.procedure_id.category_id.key),
            status="paid" if settled else "pending",
            paid=exact(line.paid),
            estimated=Decimal(0) if settled else exact(line.plan_amount) - exact(line.paid),
            deductible=exact(line.deductible_taken if settled else line.deductible),
            own=line.patient_id == coverage.patient_id,
            service=line.procedure_id.id,
            area=self.env["dental.estimate.engine"]._area(line),
        )

    def _usage_history(self, coverages, lines):
        """(coverage, row) of what the payer or the patient told of benefits used.

        A payer's total is compared with what our own claims had used by then: only the rest was
        used elsewhere. Of several totals of the same thing the newest counts.
        """
        newest = {}
        for usage in coverages.usage_ids.filtered("active").sorted("as_of"):
            if usage.kind == "service":
                yield usage.coverage_id, self._service_history(usage)
            elif usage.kind == "rollover":
                continue
            elif usage.is_total:
                newest[usage.coverage_id, usage.kind, usage.level, usage.benefit_id] = usage
            else:
                yield usage.coverage_id, self._adjustment(usage, exact(usage.amount))
        known = self._used_by_then(newest.values(), lines)
        for usage in newest.values():
            left = max(exact(usage.amount) - known[usage], Decimal(0))
            yield usage.coverage_id, self._adjustment(usage, left)

    def _discount_history(self, coverages):
        """(coverage, row) of what members of the clinic's own plans were given."""
        members = coverages.filtered(lambda one: one.plan_id.kind == "discount")
        if not members:
            return
        given = self.env["dental.procedure"].sudo()
        for procedure in given.search([("discount_coverage_id", "in", members.ids)]):
            key = procedure.category_id.key
            coverage = procedure.discount_coverage_id
            yield (
                coverage,
                benefits.History(
                    coverage.id,
                    procedure.date_done,
                    code=procedure.code_id.claim_code,
                    categories=categories_of(key),
                    paid=exact(procedure.discount_given),
                    service=procedure.id,
                    discount_class=key,
                ),
            )

    def _service_history(self, usage):
        key = (usage.category_id or usage.code_id.category_id).key
        return benefits.History(
            usage.coverage_id.id,
            usage.date,
            # Known by its category alone, it still counts to the limits of the category.
            code=usage.code_id.claim_code or key,
            categories=categories_of(key),
            status="elsewhere",
            area=self.env["dental.estimate.engine"]._area(usage),
        )

    def _adjustment(self, usage, amount):
        key = usage.benefit_id.category_id.key
        return benefits.History(
            usage.coverage_id.id,
            usage.date or usage.as_of,
            # Of a limit of its own; else it belongs to no service and counts to the general one.
            code=key or "",
            categories=categories_of(key) if key else (),
            status="adjustment",
            paid=amount if usage.kind == "maximum" else Decimal(0),
            deductible=amount if usage.kind == "deductible" else Decimal(0),
            own=usage.level == "individual",
        )

    def _used_by_then(self, usages, lines):
        """{usage: what our own settled claims had used on the day of the payer's total}"""
        used = defaultdict(Decimal)
        by_policy = lines.grouped(lambda line: line.coverage_id.policy_id)
        for usage in usages:
            coverage = usage.coverage_id
            month = int(coverage.plan_id.benefit_year_month)
            since = benefits.benefit_year_start(usage.as_of, month)
            for line in by_policy.get(coverage.policy_id, ()):
                same = line.coverage_id == coverage or usage.level == "family"
                told = line.answered_on and since <= line._service_date() <= usage.as_of
                if same and told and line.answered_on <= usage.as_of:
                    name = "paid" if usage.kind == "maximum" else "deductible_taken"
                    used[usage] += exact(line[name])
        return used
