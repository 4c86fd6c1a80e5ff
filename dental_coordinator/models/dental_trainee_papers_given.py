# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class DentalTrainee(models.Model):
    """What a student takes home: the certificate of hours, and what the school is told."""

    _inherit = "dental.trainee"

    certificate_ids = fields.One2many(
        "dental.trainee.certificate", "trainee_id", string="Certificates of hours"
    )
    evaluation_ids = fields.One2many(
        "dental.trainee.evaluation", "trainee_id", string="Evaluations"
    )

    # Actions

    def action_certify(self):
        """Certify the hours of the days that are over.

        :return: what shows the document, which is kept
        :raises UserError: while a day is open, or where there are no hours
        """
        self.ensure_one()
        self.check_access("write")
        attended = self.presence_ids.sorted("in_at")
        if attended.filtered(lambda each: not each.out_at):
            raise UserError(
                self.env._(
                    "%s is signed in, or was not signed out. Sign out first.", self.display_name
                )
            )
        if not self.minutes_done:
            raise UserError(self.env._("%s has no hours to certify.", self.display_name))
        certificates = self.env["dental.trainee.certificate"]
        made = certificates.sudo().create(self._prepare_certificate(attended))
        return made.with_env(self.env).action_print()

    def action_evaluate(self):
        """Write what the school is told."""
        self.ensure_one()
        draft = self.evaluation_ids.filtered(lambda e: e.state == "draft")[:1]
        evaluation = draft or self.evaluation_ids.create({"trainee_id": self.id})
        return evaluation.action_open()

    # Business

    def _prepare_certificate(self, attended):
        days = [self.company_id._dental_day(each.in_at) for each in attended]
        return {
            "trainee_id": self.id,
            "date_from": min(days),
            "date_to": max(days),
            "days": len(set(days)),
            "minutes": self.minutes_done,
            "supervisors": ", ".join(attended.supervisor_id.sudo().mapped("name")),
        }
