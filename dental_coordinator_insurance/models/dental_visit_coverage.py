# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from odoo.addons.dental_coordinator.models.append_only import make_append_only


class DentalVisitCoverage(models.Model):
    """A cover that was in force when a visit ended, as it was known then. Never changed."""

    _name = "dental.visit.coverage"
    _inherit = "dental.access.mixin"
    _description = "Insurance at a visit"
    _order = "appointment_id, sequence, id"
    _rec_name = "sequence"
    _log_access = False

    appointment_id = fields.Many2one(
        "dental.appointment", required=True, readonly=True, ondelete="restrict", index=True
    )
    patient_id = fields.Many2one(related="appointment_id.patient_id")
    company_id = fields.Many2one(related="appointment_id.company_id")
    coverage_id = fields.Many2one(
        "dental.insurance.coverage", required=True, readonly=True, ondelete="restrict"
    )
    kept_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, string="Kept at"
    )
    sequence = fields.Integer(string="Order", readonly=True)
    payer = fields.Char(readonly=True)
    plan = fields.Char(readonly=True)
    group_number = fields.Char(readonly=True, string="Group number")
    member = fields.Char(string="Member id", readonly=True)
    subscriber = fields.Char(readonly=True)
    relation = fields.Char(readonly=True)
    verified = fields.Date(string="Verified on", readonly=True)

    _once = models.Constraint(
        "UNIQUE (appointment_id, coverage_id)", "This cover is kept for that visit already."
    )

    def init(self):
        make_append_only(self.env.cr, self._table)


class DentalAppointment(models.Model):
    """The insurance in force is kept when a visit is done."""

    _inherit = "dental.appointment"

    visit_coverage_ids = fields.One2many(
        "dental.visit.coverage", "appointment_id", string="Insurance at the visit"
    )

    def _apply_status(self, status, note=None):
        result = super()._apply_status(status, note)
        if status == "done":
            self._keep_coverages()
        return result

    def _keep_coverages(self):
        """Write down the covers in force on the day of these visits, once."""
        visits = self.sudo()
        covers = self.env["dental.insurance.coverage"].sudo()
        known = covers.search([("patient_id", "in", visits.patient_id.ids)]).grouped("patient_id")
        self.env["dental.visit.coverage"].sudo().create(
            [
                visit._prepare_visit_coverage(cover)
                for visit in visits
                for cover in known.get(visit.patient_id, covers)._live(visit._visit_day())
                - visit.visit_coverage_ids.coverage_id
            ]
        )

    def _prepare_visit_coverage(self, cover):
        relations = dict(cover._fields["relation"]._description_selection(self.env))
        return {
            "appointment_id": self.id,
            "coverage_id": cover.id,
            "sequence": cover.sequence,
            "payer": cover.payer_id.name,
            "plan": cover.plan_id.name,
            "group_number": cover.plan_id.group_number,
            "member": cover.member_id,
            "subscriber": cover.policy_id.subscriber_id.name,
            "relation": relations[cover.relation],
            "verified": cover.verified_on,
        }
