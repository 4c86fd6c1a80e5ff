# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from datetime import timedelta
from hashlib import sha256

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DentalProcedure(models.Model):
    """Estimates of procedures. Without insurance the patient pays the fee; addons know better."""

    _inherit = "dental.procedure"

    estimate_line_ids = fields.One2many("dental.estimate.line", "procedure_id")

    # Actions

    def action_estimate(self):
        """Estimate the chosen procedures together."""
        return self._open_estimate()

    # Business

    def _make_estimate(self, as_of=None, appointment=None):
        """Keep what these procedures cost and who pays what, as it looks now.

        :param as_of: day on which they are assumed to be done, today by default
        :param appointment: visit for which it is made, if any
        :return: a new dental.estimate; older ones of the same procedures are superseded
        :raises UserError: for procedures of several patients, or none
        """
        self._check_one_patient()
        as_of = as_of or fields.Date.context_today(self)
        procedures = self._estimate_order()
        vals = procedures._prepare_estimate_vals(as_of)
        if appointment:
            vals["appointment_id"] = appointment.id
        return self.env["dental.estimate"].create(vals)

    def _estimate_lines(self, as_of):
        """Who pays what of these procedures, done on a day. Insurance overrides it.

        :return: list of dicts of values of dental.estimate.line, in the order of ``self``:
            procedure_id, fee, allowed, plan_amount, write_off, patient_amount,
            trace: ordered steps [{rule, text, source, verified_on, amount}],
            unknowns: [{text}]. plan_amount + write_off + patient_amount equals fee.
        """
        return [
            {
                "procedure_id": procedure.id,
                "fee": procedure.fee,
                "allowed": procedure.fee,
                "plan_amount": 0.0,
                "write_off": 0.0,
                "patient_amount": procedure.fee,
                "trace": [procedure._fee_step()],
                "unknowns": procedure._fee_unknowns(),
            }
            for procedure in self
        ]

    def _estimate_inputs(self, as_of):
        """All facts the estimate was made from, as JSON can write them. Addons add theirs."""
        return {
            "as_of": as_of.isoformat(),
            "procedures": [
                [procedure.id, procedure.code_id.id, procedure.fee, procedure.quantity]
                for procedure in self
            ],
        }

    def _estimate_valid_until(self, as_of):
        """Last day on which the estimate may be relied on. Insurance may end it earlier."""
        company = self[:1].company_id or self.env.company
        made = max(as_of, fields.Date.context_today(self))
        return made + timedelta(days=company.dental_estimate_days)

    def _estimate_order(self):
        """The order in which procedures use up deductible and maximum."""
        return self.sorted(lambda procedure: (procedure.sequence, procedure.id))

    def _fee_step(self):
        """First step of every trace: where the fee comes from."""
        self.ensure_one()
        return {
            "rule": "office_fee",
            "text": self.env._("Office fee"),
            "source": self.code_id.code,
            "verified_on": False,
            "amount": self.fee,
        }

    def _fee_unknowns(self):
        self.ensure_one()
        if not self.fee_missing:
            return []
        text = self.env._("No office fee is set for code %s. Assumed 0.00.", self.code_id.code)
        return [{"text": text}]

    def _quoted_lines(self, besides=None):
        """{procedure: the estimate line last told to the patient}, a signed one before others.

        :param besides: estimate that does not count, as the one made while leaving
        """
        domain = [("procedure_id", "in", self.ids)]
        if besides:
            domain.append(("estimate_id", "not in", besides.ids))
        lines = self.env["dental.estimate.line"].search(domain, order="id")
        quoted = {line.procedure_id: line for line in lines}
        signed = lines.filtered(lambda line: line.estimate_id.state == "signed")
        return {**quoted, **{line.procedure_id: line for line in signed}}

    def _open_estimate(self):
        """Open the estimate of these procedures; a new one only where something has changed."""
        self._check_one_patient()
        today = fields.Date.context_today(self)
        estimate = self._current_estimate(today) or self._make_estimate(today)
        return estimate.action_open()

    def _current_estimate(self, as_of):
        """A valid estimate made from the very same facts, if there is one."""
        return self.env["dental.estimate"].search(
            [
                ("patient_id", "=", self.patient_id.id),
                ("inputs_hash", "=", self._estimate_order()._inputs_hash(as_of)),
                ("state", "in", ("current", "signed")),
                ("valid_until", ">=", fields.Date.context_today(self)),
            ],
            limit=1,
        )

    def _prepare_estimate_vals(self, as_of):
        earlier = self.estimate_line_ids.estimate_id
        plans = self.treatment_plan_id
        return {
            "patient_id": self.patient_id.id,
            "treatment_plan_id": plans.id if len(plans) == 1 else False,
            "version": max(earlier.mapped("version"), default=0) + 1,
            "as_of": as_of,
            "valid_until": self._estimate_valid_until(as_of),
            "inputs_hash": self._inputs_hash(as_of),
            "currency_id": self.company_id.currency_id.id,
            "line_ids": [
                Command.create(
                    {
                        "sequence": index,
                        "description": self.browse(vals["procedure_id"])._estimate_description(),
                        **vals,
                    }
                )
                for index, vals in enumerate(self._estimate_rows(as_of), start=1)
            ],
        }

    def _estimate_description(self):
        """The procedure as the patient reads it."""
        self.ensure_one()
        return f"{self._site_label()} {self.code_id.name}".strip()

    def _inputs_hash(self, as_of):
        facts = json.dumps(self._estimate_inputs(as_of), sort_keys=True, default=str)
        return sha256(facts.encode()).hexdigest()

    def _check_one_patient(self):
        if not self:
            raise UserError(self.env._("There is nothing to estimate yet: plan a procedure first."))
        if len(self.patient_id) > 1:
            raise UserError(
                self.env._("Choose procedures of one patient: an estimate is made for one person.")
            )
