# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial

from odoo import api, fields, models
from odoo.tools import formatLang

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .dental_estimate_check import OPEN


class DentalEstimateChange(models.Model):
    """What a patient was told, beside what would be told today. The estimate stays as it is."""

    _name = "dental.estimate.change"
    _inherit = ["dental.patient.mixin", "dental.work.mixin"]
    _description = "Quote that changed"
    _order = "state, amount desc, id desc"

    estimate_id = fields.Many2one(
        "dental.estimate", required=True, readonly=True, ondelete="cascade", index=True
    )
    patient_id = fields.Many2one(
        related="estimate_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    estimate_state = fields.Selection(related="estimate_id.state", string="Estimate is")
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [("open", "To tell"), ("told", "Told"), ("renewed", "New estimate"), ("left", "Left so")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    reason = fields.Char(readonly=True, string="Because")
    told_patient = fields.Monetary(string="Told", readonly=True)
    new_patient = fields.Monetary(string="Would be now", readonly=True)
    difference = fields.Monetary(readonly=True)
    amount = fields.Monetary(readonly=True, string="Changed by")
    is_large = fields.Boolean(readonly=True, index=True)
    line_diff = fields.Json(readonly=True)
    lines_html = fields.Html(compute="_compute_lines_html", string="By procedure")
    message = fields.Text(compute="_compute_message", string="Message to the patient")

    _one_open = models.UniqueIndex(
        "(estimate_id) WHERE state = 'open'", "This quote is on the list already."
    )

    # Computes

    def _compute_display_name(self):
        for change in self:
            change.display_name = change.estimate_id.number

    @api.depends("line_diff")
    def _compute_lines_html(self):
        for change in self:
            change.lines_html = self.env["ir.qweb"]._render(
                "dental_coordinator_insurance.estimate_change_lines",
                {"change": change, "money": partial(formatLang, self.env, digits=2)},
            )

    @api.depends("told_patient", "new_patient")
    def _compute_message(self):
        for change in self:
            env = self.with_context(lang=change.patient_id.lang or self.env.lang).env
            change.message = env._(
                "The estimate %(number)s said that you would pay %(old)s. With what your plan says "
                "now it would be %(new)s. We are glad to explain it: please call us.",
                number=change.estimate_id.number,
                old=formatLang(env, change.told_patient, currency_obj=change.currency_id),
                new=formatLang(env, change.new_patient, currency_obj=change.currency_id),
            )

    # Actions

    def action_told(self):
        """The patient knows; the contact is kept in his file."""
        for change in self.filtered(lambda one: one.state == "open"):
            self.env["dental.contact.log"].create(
                {
                    "patient_id": change.patient_id.id,
                    "channel": "phone",
                    "topic": "money",
                    "outcome": "reached",
                    "note": self.env._("Told that %s changed", change.estimate_id.number),
                }
            )
            change.state = "told"
        return True

    def action_leave(self):
        self.state = "left"
        return True

    def action_renew(self):
        """Make a new estimate; a signed one stays beside it as it was signed."""
        self.ensure_one()
        action = self.estimate_id.action_renew()
        self.state = "renewed"
        return action

    # Business

    def _is_open(self):
        return self.state == "open"

    @api.model
    def _compare(self, reasons):
        """Reckon the open estimates of these patients again and note what differs.

        :param reasons: {patient: why}
        """
        patients = self.env["dental.patient"].browse([one.id for one in reasons])
        estimates = self.env["dental.estimate"].search(
            [
                ("patient_id", "in", patients.ids),
                ("state", "in", OPEN),
                ("superseded_by_id", "=", False),
            ]
        )
        before = self.search([("estimate_id", "in", estimates.ids), ("state", "=", "open")])
        known = before.grouped("estimate_id")
        vals_list, settled = [], self.browse()
        for estimate, vals in self._reckoned(estimates).items():
            change = known.get(estimate, self.browse())
            if not vals["amount"]:
                settled |= change
            elif change:
                change.write({**vals, "reason": reasons[estimate.patient_id]})
            else:
                vals["reason"] = reasons[estimate.patient_id]
                vals_list.append({"estimate_id": estimate.id, **vals})
        settled.unlink()
        return self.create(vals_list)

    @api.model
    def _reckoned(self, estimates):
        """{estimate: what would be told today, beside what was}, set-based by day."""
        today = fields.Date.context_today(self)
        open_ones, days = {}, {}
        for estimate in estimates:
            procedures = estimate.line_ids.procedure_id
            if procedures and all(one._is_open() for one in procedures):
                open_ones[estimate] = procedures._estimate_order()
                days.setdefault(max(estimate.as_of, today), []).append(estimate)
        engine, found = self.env["dental.estimate.engine"], {}
        for day, some in days.items():
            results = engine._estimate_groups({one: open_ones[one] for one in some}, day)
            for estimate in some:
                result = results.get(estimate)
                found[estimate] = self._prepare_change_vals(estimate, result and result[0])
        return found

    @api.model
    def _prepare_change_vals(self, estimate, result):
        """:param result: benefits.Estimate, None when no plan covers the patient any more"""
        rows, old, new = [], 0, 0
        for line in estimate.line_ids:
            told = exact(line.patient_amount)
            now = result.line(line.procedure_id.id).patient if result else None
            now = exact(line.procedure_id.fee) if now is None else now
            now += line.procedure_id._tax_to_add()
            old, new = old + told, new + now
            if told != now:
                rows.append([line.description, float(told), float(now)])
        difference = float(new - old)
        return {
            "told_patient": float(old),
            "new_patient": float(new),
            "difference": difference,
            "amount": abs(difference) if rows else 0.0,
            "is_large": abs(difference) >= estimate.company_id.dental_change_threshold,
            "line_diff": rows,
            "owner_id": estimate.company_id.dental_insurance_user_id.id or estimate.create_uid.id,
            "next_action": self.env._("Tell the patient, or make a new estimate"),
            "next_date": fields.Date.context_today(self),
        }
