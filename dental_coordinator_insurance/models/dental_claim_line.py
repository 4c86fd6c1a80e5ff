# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import x12
from ..settlement import Share
from .dental_claim_mixin import TREATING


class DentalClaimLine(models.Model):
    """One service on a claim: what is expected of the payer, and what it did."""

    _name = "dental.claim.line"
    _inherit = ["dental.claim.line.mixin", "dental.patient.mixin"]
    _description = "Line of a claim"
    _key_letter = "C"

    claim_id = fields.Many2one("dental.claim", required=True, ondelete="cascade", index=True)
    patient_id = fields.Many2one(
        related="claim_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    company_id = fields.Many2one(
        related="patient_id.company_id", store=True, index=True, precompute=True
    )
    coverage_id = fields.Many2one(
        related="claim_id.coverage_id", store=True, index=True, precompute=True
    )
    live = fields.Boolean(compute="_compute_live", store=True, precompute=True)
    whole_claim = fields.Boolean(
        help="Not a service: cuts that the payer made on the claim as a whole."
    )
    currency_id = fields.Many2one(related="claim_id.currency_id")
    date = fields.Date(string="Service date")
    precert_number = fields.Char(readonly=True, string="Precert number")
    authorization_number = fields.Char(
        readonly=True, string="Permission", help="Number of the payer's preauthorization."
    )
    tax = fields.Monetary(
        readonly=True,
        string="Tax in the fee",
        help="Sales tax of the bill. What is charged contains it.",
    )
    # Expected, as it was booked when the claim was filed
    allowed = fields.Monetary(readonly=True, string="Expected allowed")
    deductible = fields.Monetary(readonly=True, string="Expected deductible")
    plan_amount = fields.Monetary(readonly=True, string="Expected")
    write_off = fields.Monetary(readonly=True, string="Expected write-off")
    # Answered, as it is booked now
    paid = fields.Monetary(readonly=True, copy=False)
    contract_cut = fields.Monetary(
        string="Cut by contract", readonly=True, copy=False, help="What the payer cut by contract."
    )
    patient_cut = fields.Monetary(
        string="Patient's, says the payer",
        readonly=True,
        copy=False,
        help="What the payer says is the patient's.",
    )
    deductible_taken = fields.Monetary(string="Deductible taken", readonly=True, copy=False)
    written_off = fields.Monetary(
        string="Written off",
        readonly=True,
        copy=False,
        help="What is written off now that the line is settled.",
    )
    answered_on = fields.Date(string="Answered on", readonly=True, copy=False)
    settled = fields.Boolean(
        readonly=True, copy=False, help="The payer has nothing more to say on this service."
    )
    open_reason = fields.Char(readonly=True, copy=False, string="Waits because")
    patient_amount = fields.Monetary(compute="_compute_patient_amount", string="Left to others")

    _once = models.UniqueIndex(
        "(procedure_id, coverage_id) WHERE live AND procedure_id IS NOT NULL",
        "One of these services is on a live claim to this payer already. "
        "Void that claim first, or replace it.",
    )
    _service_or_whole = models.Constraint(
        "CHECK (procedure_id IS NOT NULL OR whole_claim)",
        "A line of a claim is about one procedure.",
    )

    difference = fields.Monetary(
        compute="_compute_difference",
        store=True,
        precompute=True,
        help="Paid less expected, once it is settled.",
    )
    over_fee = fields.Boolean(
        compute="_compute_difference",
        store=True,
        precompute=True,
        help="Paid and written off exceed the fee.",
        string="Over fee",
    )
    why = fields.Char(compute="_compute_why", compute_sudo=True, string="Payer says")

    # Computes

    @api.depends("settled", "paid", "plan_amount", "written_off", "fee", "live")
    def _compute_difference(self):
        for line in self:
            told = line.settled and line.live and not line.whole_claim
            line.difference = line.paid - line.plan_amount if told else 0.0
            line.over_fee = told and bool(line._over_fee_alone())

    def _compute_why(self):
        answers = self.env["dental.remittance.line"].search(
            [
                ("claim_line_id", "in", self.ids),
                ("remittance_claim_id.remittance_id.state", "=", "posted"),
            ]
        )
        texts = answers.grouped("claim_line_id")
        for line in self:
            told = texts.get(line, answers.browse()).mapped("explanation")
            line.why = "; ".join(dict.fromkeys(filter(None, told)))

    @api.depends("claim_id.state")
    def _compute_live(self):
        for line in self:
            line.live = line.claim_id.state != "void"

    @api.depends("fee", "plan_amount", "write_off", "paid", "written_off", "settled", "live")
    def _compute_patient_amount(self):
        for line in self:
            line.patient_amount = float(exact(line.fee) + line._share().position.patient)

    # Business

    def _x12_own_dentist(self):
        """Who did this service, where the claim's treating dentist did others of it only."""
        claim, dentists = self.claim_id, self.claim_id.line_ids.procedure_id.provider_id
        own = self.procedure_id.provider_id
        if (
            own == claim.provider_id
            or own.kind not in TREATING
            or claim.provider_id not in dentists
        ):
            return None
        return claim._x12_dentist(own)

    def _share(self):
        """This line as the settlement rules take it."""
        self.ensure_one()
        return Share(
            plan=exact(self.plan_amount),
            write_off=exact(self.write_off),
            paid=exact(self.paid),
            written_off=exact(self.written_off),
            settled=self.settled,
            filed=self.claim_id.state != "void",
        )

    @api.model
    def _take_answers(self, answers):
        """Add what payers answer to what they said before; lines told the same at once.

        :param answers: {line: (`settlement.Answer`, settled, day, whether said before)}
        """
        alike = defaultdict(list)
        for line, told in answers.items():
            alike[tuple(line._prepare_answer_vals(*told).items())].append(line.id)
        for vals, ids in alike.items():
            self.browse(ids).write(dict(vals))

    def _prepare_answer_vals(self, answer, settled, day, again=False):
        """:param settled: False when the line is open (again): it then stands as it was filed
        :param again: these cuts are of a fee that the payer spoke of before: nothing is given up
            twice for it
        """
        self.ensure_one()
        contract, patient, deductible = (
            self._cut_after(name, amount, again)
            for name, amount in (
                ("contract_cut", answer.contract),
                ("patient_cut", answer.patient),
                ("deductible_taken", answer.deductible),
            )
        )
        return {
            "paid": float(exact(self.paid) + answer.paid),
            "contract_cut": float(contract),
            "patient_cut": float(patient),
            "deductible_taken": float(deductible),
            "written_off": float(contract) if settled else 0.0,
            "settled": settled,
            "open_reason": "" if settled else self._open_text(answer),
            "answered_on": day,
        }

    def _cut_after(self, name, amount, again):
        """What a cut comes to: further ones add up; of one told again the larger counts, or the
        new one where nothing came of the first answer."""
        had = exact(self[name])
        if not again:
            return had + amount
        return max(had, amount) if self.paid or self.settled else amount

    def _settle(self, step):
        """Close these lines as a person chose: the patient's, or written off."""
        for line in self:
            off = exact(line.contract_cut)
            if step == "write_off":
                off = max(off, line._left() - exact(line.patient_cut))
            line.write({"settled": True, "written_off": float(off), "open_reason": False})

    def _kept_vals(self, names):
        """Values that an answer may change, as they are now and as JSON can keep them."""
        self.ensure_one()
        return {
            **{name: self[name] for name in names},
            "answered_on": self.answered_on and self.answered_on.isoformat(),
        }

    def _unanswered_vals(self, names):
        return {**dict.fromkeys(names, False), "answered_on": False}

    def _service_date(self):
        return self.date or self.claim_id.date_service

    def _left(self):
        """What of the fee no payer has paid or taken off."""
        others = self.sudo().search(
            [
                ("procedure_id", "=", self.procedure_id.id),
                ("procedure_id", "!=", False),
                ("live", "=", True),
                ("id", "!=", self.id),
            ]
        )
        taken = sum((one._share().position.patient for one in others), Decimal(0))
        return exact(self.fee) + taken - exact(self.paid)

    def _over_fee_alone(self):
        """What this payer alone paid and took off above the fee; zero where it did not."""
        return max(Decimal(0), exact(self.paid) + exact(self.written_off) - exact(self.fee))

    def _over_fee(self, others=0):
        """What all payers paid and took off, with ``others`` beside them, above the fee."""
        left = self._left() - exact(self.written_off) - exact(others)
        return max(Decimal(0), -left)

    def _open_text(self, answer):
        texts = [x12.codes.adjustment_text(cut.reason, cut.group) for cut in answer.open]
        return "; ".join(dict.fromkeys(texts)) or self.env._("Taken back by the payer")

    def _service_line(self):
        service = super()._service_line()
        own_date = self.date if self.date != self.claim_id.date_service else None
        numbers = set(self.claim_id.line_ids.mapped("precert_number"))
        permission = self.authorization_number or ""
        return replace(
            service,
            date=own_date or None,
            tax=exact(self.tax) if self.tax else None,
            predetermination_number=(self.precert_number or "") if len(numbers) > 1 else "",
            prior_authorization=permission
            if permission != self.claim_id.prior_authorization
            else "",
            rendering=self._x12_own_dentist(),
            adjudications=tuple(self._x12_adjudications()),
        )
