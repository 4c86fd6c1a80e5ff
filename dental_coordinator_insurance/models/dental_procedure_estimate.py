# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Command, Date

from .. import benefits

# Choices of the clinic on which estimates rest.
SETTINGS = (
    "dental_payer_memory",
    "dental_secondary_write_offs",
    "dental_missing_fee_is_zero",
    "dental_blank_fixed_is_zero",
    "dental_excluded_not_billed",
    "dental_full_fee_over_max",
    "dental_full_fee_over_limit",
)


class DentalProcedure(models.Model):
    """Estimates of patients who have a plan."""

    _inherit = "dental.procedure"

    # Business

    def _estimate_lines(self, as_of):
        """Who pays what, by the patient's plans on ``as_of``; see dental_coordinator_billing."""
        as_of = as_of or Date.context_today(self)
        if len(self.patient_id) != 1:
            return super()._estimate_lines(as_of)
        found = self.env["dental.estimate.engine"]._estimate(self, as_of)
        if not found:
            return super()._estimate_lines(as_of)
        result, coverages, texts = found
        return [
            procedure._estimate_line_vals(result.line(procedure.id), coverages, texts[procedure.id])
            for procedure in self
        ]

    def _estimate_line_vals(self, line, coverages, texts):
        """Values of dental.estimate.line from a line of the engine."""
        plan_amount = line.paid - line.overpaid
        unknowns = [self._step_text(step, coverages) for step in line.unknowns]
        return {
            "procedure_id": self.id,
            "fee": self.fee,
            "allowed": float(min((one.allowed for one in line.plans[:1]), default=line.fee)),
            "plan_amount": float(plan_amount),
            "write_off": float(line.write_off + line.discount),
            "patient_amount": float(line.patient),
            "trace": self._trace(line, coverages),
            "unknowns": [{"text": text} for text in dict.fromkeys([*unknowns, *texts])]
            + self._fee_unknowns(),
            "share_ids": [
                Command.create(
                    {
                        "coverage_id": one.coverage,
                        "allowed": float(one.allowed),
                        "deductible": float(one.deductible),
                        "percent": float(one.percent or 0),
                        "amount": float(one.paid),
                        "write_off": float(one.write_off),
                        "discount": float(one.discount),
                    }
                )
                for one in line.plans
            ],
        }

    def _trace(self, line, coverages):
        """The steps to what each plan pays and writes off, for screen and print.

        What the patient owes is what they leave of the fee; that needs no steps of its own. Each
        step has its ``change``: those of one plan and track add up to its figure.
        """
        first = line.plans[0].coverage
        begin = {"track": "benefit", "coverage": first, "change": float(line.fee)}
        return [
            {**self._fee_step(), **begin},
            *(
                self._trace_step(step, coverages)
                for step in line.trace
                if step.track != "patient" and (step.rule, step.coverage) != ("fee", first)
            ),
        ]

    def _trace_step(self, step, coverages):
        """One step of the engine as the trace keeps it; its text tells the amounts."""
        return {
            "rule": step.rule,
            "track": step.track,
            "coverage": step.coverage,
            "text": self._step_text(step, coverages),
            "source": self._source_text(step.source),
            "verified_on": step.source.verified_on and step.source.verified_on.isoformat(),
            "amount": float(step.after) if step.rule == "write_off_contract" else False,
            "change": float(step.amount),
        }

    def _step_text(self, step, coverages):
        text = benefits.sentence(step)
        coverage = coverages.get(step.coverage)
        if coverage and len(coverages) > 1:
            return f"{coverage.plan_id.name}: {text}"
        return text

    def _source_text(self, source):
        """Who said it, as in: phone, Ms Reed, 88213"""
        if not source.kind:
            return ""
        kinds = dict(
            self.env["dental.insurance.benefit"]._fields["source"]._description_selection(self.env)
        )
        parts = (kinds.get(source.kind, source.kind), source.who, source.reference)
        return ", ".join(part for part in parts if part)

    def _estimate_inputs(self, as_of):
        """The plan's side of the facts: rules, use, answers. Another fact is another estimate."""
        inputs = super()._estimate_inputs(as_of)
        engine = self.env["dental.estimate.engine"].sudo()
        coverages = engine._coverages(self.patient_id)._live(as_of)
        lines = engine._claim_lines(coverages)
        plans = coverages.plan_id
        contracts = plans.contract_ids
        pricelists = plans.pricelist_id | plans.copay_pricelist_id | plans.fixed_pricelist_id
        pricelists |= contracts.pricelist_id
        return {
            **inputs,
            "coverages": [
                [one.id, one.sequence, one.plan_id.id, one.plan_id.write_date, one.write_date]
                for one in coverages
            ],
            "rules": [[one.id, one.write_date] for one in engine._rules(coverages)],
            "usage": [[one.id, one.write_date] for one in coverages.usage_ids],
            "claims": [
                [one.id, one.plan_amount, one.paid, one.written_off, one.settled] for one in lines
            ],
            "precerts": [
                [one.id, one.approved, one.plan_amount, one.precert_id.valid_until]
                for one in self.sudo().precert_line_ids
            ],
            "fees": [
                [one.id, code.id, fee]
                for one, fees in self.sudo().code_id._fees_many(pricelists, as_of).items()
                for code, fee in fees.items()
            ],
            "visits": [[one.id, one.start] for one in self.appointment_id],
            "typed": [[one.id, one.write_date] for one in self.sudo().override_ids],
            "contracts": [[one.id, one.write_date] for one in contracts],
            "settings": [self.company_id[:1].sudo()[name] for name in SETTINGS],
        }

    def _estimate_valid_until(self, as_of):
        """Not longer than the cover lasts, nor than the payer's answer is good for."""
        until = super()._estimate_valid_until(as_of)
        engine = self.env["dental.estimate.engine"].sudo()
        coverages = engine._coverages(self.patient_id)._live(as_of)
        answers = self.sudo().precert_line_ids._answered(as_of).values()
        ends = [
            *coverages.mapped("date_to"),
            *coverages.policy_id.mapped("date_to"),
            *(line.precert_id.valid_until for line in answers),
        ]
        today = Date.context_today(self)
        return max(today, min([until, *(end for end in ends if end)]))

    def _plan_shares(self):
        """{procedure: (paid, pending, written off)} of billed procedures; see the billing addon."""
        shares = {}
        for procedure in self.sudo():
            positions = [
                line._share().position for line in procedure.claim_line_ids.filtered("live")
            ]
            if positions:
                shares[procedure] = (
                    sum(one.cash for one in positions),
                    sum(one.insurance for one in positions),
                    sum(one.adjustment for one in positions),
                )
        return shares
