# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .. import benefits
from .dental_procedure_precert import BLOCKING, STATUSES

WORST = [status for status, _word in STATUSES]
OVERRIDERS = "dental_coordinator.group_coordinator,dental_coordinator.group_manager"


class DentalAppointment(models.Model):
    """A visit whose payer must agree beforehand can be placed, but not confirmed without it."""

    _inherit = "dental.appointment"

    precert_status = fields.Selection(
        STATUSES, compute="_compute_precert", string="Precertification"
    )
    precert_blocks = fields.Boolean(compute="_compute_precert", string="Precert blocks")
    precert_text = fields.Char(compute="_compute_precert", string="Precert text")
    precert_send_by = fields.Date(compute="_compute_precert", string="Send by")
    precert_feasible_on = fields.Date(
        compute="_compute_precert",
        string="Feasible from",
        help="First day on which the payer's answer can be there, if it is asked today.",
    )

    # Computes

    @api.depends("start", "status", "procedure_ids.precert_line_ids.precert_id.state")
    def _compute_precert(self):
        needs = self.procedure_ids._precert_needs()
        for visit in self:
            own = [needs[one].status for one in visit.procedure_ids if one in needs]
            worst = max(own, key=WORST.index, default="none")
            visit.precert_status = worst
            visit.precert_blocks = worst in BLOCKING
            visit.precert_send_by = visit.precert_feasible_on = visit.precert_text = False
        self.filtered("precert_blocks")._set_precert_dates(needs)

    def _set_precert_dates(self, needs):
        """When to send, and from when on the visit can be, by what its payer usually takes."""
        today = fields.Date.context_today(self)
        covers = self.env["dental.estimate.engine"]._coverages(self.patient_id)._live(today)
        first = {patient: own[:1] for patient, own in covers.grouped("patient_id").items()}
        days = self.env["dental.precert"]._answer_days(covers.plan_id.payer_id, self.company_id)
        last = max(filter(None, (one._visit_day() for one in self)), default=today)
        holidays = {company: company._dental_holidays(last) for company in self.company_id}
        for visit in self:
            cover = first.get(visit.patient_id, covers.browse())
            taken = days.get(cover.plan_id.payer_id.id, visit.company_id.dental_precert_days)
            closed = holidays[visit.company_id]
            day = visit._visit_day() or today
            own = {one: needs[one] for one in visit.procedure_ids if one in needs}
            visit.precert_send_by = benefits.send_by(day, taken, closed)
            visit.precert_feasible_on = benefits.feasible_from(today, taken, closed)
            visit.precert_text = visit._precert_reason(own, cover, taken)

    def _precert_reason(self, needs, coverage, taken):
        """What is wanting, of whom, and when the visit can be."""
        stops = {one: need for one, need in needs.items() if need.status in BLOCKING}
        words = dict(self._fields["precert_status"]._description_selection(self.env))
        status = max((need.status for need in stops.values()), key=WORST.index)
        text = self.env._(
            "%(payer)s wants to be asked beforehand about %(codes)s: %(status)s. It usually takes "
            "%(days)s business days.",
            payer=coverage.plan_id.payer_id.name,
            codes=", ".join(sorted({one.code_id.code for one in stops})),
            status=words[status].lower(),
            days=taken,
        )
        if status != "denied" and self.precert_send_by < fields.Date.context_today(self):
            text += " " + self.env._(
                "Asked today, the answer can be there on %s.",
                format_date(self.env, self.precert_feasible_on),
            )
        return text

    # Actions

    def action_ask_precert(self):
        """Prepare the request to the payer for what this visit needs it for."""
        self.ensure_one()
        needs = self.procedure_ids._precert_needs()
        wanted = self.procedure_ids.browse(
            [p.id for p, need in needs.items() if need.status in ("missing", "expired", "advised")]
        )
        waiting = [need.precert for need in needs.values() if need.status == "waiting"]
        if not wanted and waiting:
            return waiting[0].with_env(self.env).action_open()
        if not wanted:
            raise UserError(
                self.env._("%s: there is nothing to ask the payer beforehand.", self.number)
            )
        today = fields.Date.context_today(self)
        coverage = self.env["dental.estimate.engine"]._coverages(self.patient_id)._live(today)[:1]
        precert = self.env["dental.precert"]._open_for(wanted, coverage.with_env(self.env), self)
        return precert.action_open()

    def action_confirm_anyway(self):
        """Show what stands before the confirmation, and the way on for a reason."""
        self.ensure_one()
        return self.with_context(dental_gate_dialog=True)._closed_gate(
            "confirmed"
        ) or self._set_status("confirmed")

    # Business

    def _check_gate(self, step):
        """A visit is not confirmed while a required answer is missing, denied or expired."""
        items = super()._check_gate(step)
        if step == "confirmed" and self.precert_blocks:
            items.append(
                {
                    "severity": "stop",
                    "reason": self.precert_text,
                    "fix": "action_ask_precert",
                }
            )
        return items

    def _describe_gate(self, step):
        """The way on is offered to those alone who may take it."""
        gate = super()._describe_gate(step)
        if step == "confirmed" and self.precert_blocks:
            gate["may_override"] = self.env.user.has_groups(OVERRIDERS)
        return gate

    def _pass_gate(self, step):
        if self.env.context.get("gate_override") and step == "confirmed" and self.precert_blocks:
            if not self.env.user.has_groups(OVERRIDERS):
                raise AccessError(
                    self.env._(
                        "%s: only coordinators and managers confirm a visit without the payer's "
                        "answer. Ask one of them, or move the visit.",
                        self.number,
                    )
                )
        return super()._pass_gate(step)
