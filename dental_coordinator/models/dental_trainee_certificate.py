# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

KEPT = frozenset({"document", "document_name", "document_sha256"})


class DentalTraineeCertificate(models.Model):
    """Hours that a student was here, as certified: printed once and kept with its fingerprint."""

    _name = "dental.trainee.certificate"
    _inherit = ["dental.numbered.mixin", "dental.access.mixin", "dental.kept.pdf.mixin"]
    _description = "Certificate of hours"
    _order = "id desc"

    trainee_id = fields.Many2one(
        "dental.trainee",
        string="Student",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(related="trainee_id.company_id", store=True, index=True)
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    days = fields.Integer(readonly=True)
    minutes = fields.Integer(readonly=True)
    hours = fields.Float(compute="_compute_hours")
    supervisors = fields.Char(readonly=True, string="Supervised by")
    certified_at = fields.Datetime(readonly=True, default=lambda self: fields.Datetime.now())
    certified_by_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.uid, ondelete="restrict"
    )

    # Computes

    @api.depends("minutes")
    def _compute_hours(self):
        for certificate in self:
            certificate.hours = certificate.minutes / 60

    # CRUD

    def write(self, vals):
        if vals.keys() - KEPT or self.filtered("document_sha256"):
            raise UserError(
                self.env._(
                    "%s: a certificate stays as it was given. Make a new one.",
                    ", ".join(self.mapped("number")),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("Certificates are kept. Make a new one instead."))

    # Business

    def _access_patients(self):
        """It is about a student: no file of a patient is read."""
        return self.env["dental.patient"]

    def _document_report(self):
        return "dental_coordinator.report_trainee_certificate_action"

    def _hours_words(self):
        """Hours and minutes as they are printed."""
        return self.env._(
            "%(hours)s h %(minutes)s min", hours=self.minutes // 60, minutes=self.minutes % 60
        )
