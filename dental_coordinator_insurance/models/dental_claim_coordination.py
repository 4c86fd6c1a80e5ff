# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from collections import defaultdict

from odoo import fields, models

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import x12
from .dental_claim_mixin import RELATIONS

# Codes that a later payer can read; payers also judge by numbers of their own.
_CODE = re.compile(r"[A-Z][0-9]{4}")


class DentalClaimMixin(models.AbstractModel):
    _inherit = "dental.claim.mixin"

    # Business

    def _x12_other(self, coverage, **answer):
        """Another coverage of the same person as :class:`x12.OtherPayer`.

        :param answer: what that payer said, none when it has not answered
        """
        policy, plan = coverage.policy_id, coverage.plan_id
        subscriber = self._x12_subscriber(coverage)
        payer = plan.payer_id
        return x12.OtherPayer(
            name=payer.name or "",
            id=payer.dental_payer_code or "",
            sequence=subscriber.sequence,
            relation=self._x12_relation(coverage),
            subscriber=subscriber,
            group_number=plan.group_number or "",
            group_name=plan.group_name or "",
            filing=plan.filing_code,
            assigned="Y" if policy.assignment == "dentist" else "N",
            release="Y" if policy.release_on_file else "I",
            **answer,
        )

    def _x12_relation(self, coverage):
        """Of the patient to who is insured: himself too, where the payer numbers each person."""
        himself = coverage.relation == "self" or coverage.own_member_id
        return "18" if himself else RELATIONS[coverage.relation]

    def _other_coverages(self):
        """Coverages that the form names beside this one, in the order of their payers."""
        self.ensure_one()
        day = self._service_day() or fields.Date.context_today(self)
        others = self.patient_id.sudo().coverage_ids._live(day) - self.sudo().coverage_id
        return others.filtered(lambda one: one.plan_id.kind != "discount")

    def _service_day(self):
        """The day of the service, None when it is still to come."""
        return None


class DentalClaim(models.Model):
    """Earlier payers, for the file of a later one."""

    _inherit = "dental.claim"

    # Business

    def _service_day(self):
        return self.date_service

    def _other_coverages(self):
        return self.sudo()._earlier().coverage_id.sorted("sequence") or super()._other_coverages()

    def _x12_others(self):
        """The earlier payers of the same services, with their answers: one a coverage, however
        many claims to it the services stand on."""
        earlier = self.sudo()._earlier().sorted(lambda one: (one.coverage_id.sequence, one.id))
        return [
            self._x12_other(coverage, **claims._x12_answer_to(self))
            for coverage, claims in earlier.grouped("coverage_id").items()
        ]

    def _x12_answer_to(self, later):
        """What these claims to one payer say to a ``later`` claim, which may hold some of their
        services only."""
        found = {"claim_number": next(filter(None, self.mapped("payer_number")), "")}
        if any(claim.state != "closed" for claim in self):
            return found
        answers = self._posted_answers()
        cuts = answers.adjustment_ids.filtered("amount")
        found["adjustments"] = _joined(one._x12_adjustment() for one in cuts)
        services = self.line_ids.filtered(lambda one: one.live and not one.whole_claim)
        told = services.filtered(lambda one: one.procedure_id in later.line_ids.procedure_id)
        found["paid"] = sum(map(exact, self.mapped("paid")))
        if told != services and (answers.line_ids or not answers):
            cut = sum(one.amount for one in found["adjustments"])
            found["paid"] = sum(map(exact, told.mapped("paid"))) - cut
        if answers and not answers.line_ids:
            found["date"] = max(filter(None, answers.remittance_id.mapped("date")), default=None)
        return found

    def _posted_answers(self):
        """What payers said of these claims and is booked."""
        return self.remittance_claim_ids.filtered(
            lambda one: one.remittance_id.state == "posted" and not one.aside
        )


class DentalClaimLine(models.Model):
    _inherit = "dental.claim.line"

    # Business

    def _x12_adjudications(self):
        """What the payers before this one said of the service, with their own cuts."""
        earlier = self.claim_id.sudo()._earlier().filtered(lambda claim: claim.state == "closed")
        # A payer that spoke of the claim as a whole is told as a whole.
        by_line = earlier.filtered(
            lambda claim: not claim._posted_answers() or claim._posted_answers().line_ids
        )
        ours = by_line.line_ids.filtered(
            lambda line: line.procedure_id == self.procedure_id and line.live
        )
        return [line._x12_adjudication() for line in ours]

    def _x12_adjudication(self):
        answers = self.env["dental.remittance.line"].search(
            [
                ("claim_line_id", "=", self.id),
                ("remittance_claim_id.remittance_id.state", "=", "posted"),
            ],
            order="id",
        )
        return x12.LineAdjudication(
            payer_id=self.claim_id.payer_id.dental_payer_code or "",
            paid=exact(self.paid),
            date=self.answered_on or None,
            code=self._judged_code(answers),
            adjustments=_joined(one._x12_adjustment() for one in answers.adjustment_ids),
            owed=exact(self.fee) - exact(self.paid) - exact(self.written_off),
        )

    def _judged_code(self, answers):
        """The code that the payer judged by in the end, empty for the line's own."""
        last = answers[-1:].remittance_claim_id
        codes = set(answers.filtered(lambda one: one.remittance_claim_id == last).mapped("code"))
        code = codes.pop() if len(codes) == 1 else ""
        return code if _CODE.fullmatch(code or "") else ""


def _joined(adjustments):
    """One :class:`x12.Adjustment` a group and reason: what was taken back is told no more."""
    amounts, first = defaultdict(int), {}
    for one in adjustments:
        key = one.group, one.reason
        amounts[key] += one.amount
        first.setdefault(key, one)
    return tuple(
        x12.Adjustment(*key, amount, first[key].quantity)
        for key, amount in amounts.items()
        if amount
    )
