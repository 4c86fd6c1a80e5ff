# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

STAFF = "dental_coordinator.group_staff"


class DentalPatient(models.Model):
    """What the book must know of a patient."""

    _inherit = "dental.patient"

    access_need_ids = fields.Many2many("dental.access.need", string="Access needs", groups=STAFF)
    has_access_needs = fields.Boolean(
        compute="_compute_has_access_needs", store=True, groups=STAFF, string="Has access needs"
    )
    no_booking = fields.Boolean(
        string="Not to be booked", groups=STAFF, help="Only with a reason, by who may give it."
    )
    no_booking_reason = fields.Char(string="Why not", groups=STAFF)

    _no_booking_reasoned = models.Constraint(
        "CHECK (NOT no_booking OR no_booking_reason IS NOT NULL)",
        "Say why this patient is not to be booked.",
    )

    # Computes

    @api.depends("access_need_ids")
    def _compute_has_access_needs(self):
        """Kept, so that booking reads the needs of those only who have any."""
        for patient in self:
            patient.has_access_needs = bool(patient.access_need_ids)

    # Business

    def _access_needs(self):
        """What this patient needs, for rules of the book that any of the staff runs into."""
        patient = self.sudo()
        if not patient.has_access_needs:
            return self.env["dental.access.need"].sudo()
        return patient.access_need_ids

    def _kept_groups(self, moment):
        """Groups of patients to which this one belongs then, as kept time names them.

        Addons know some.

        :param moment: naive UTC
        :return: frozenset of ids
        """
        return frozenset()
