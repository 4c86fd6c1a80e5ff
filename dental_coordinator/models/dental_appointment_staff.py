# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..book import Pattern, spans

# What somebody of this kind usually does beside the main provider.
ROLE_OF = {"hygienist": "hygienist", "assistant": "assistant", "anaesthetist": "anaesthetist"}


class DentalAppointmentStaff(models.Model):
    """Somebody beside the main provider who is needed at a visit, for his own minutes of it."""

    _name = "dental.appointment.staff"
    _description = "Takes part in a visit"
    _order = "id"
    _rec_name = "provider_id"

    appointment_id = fields.Many2one(
        "dental.appointment", required=True, ondelete="cascade", index=True
    )
    patient_id = fields.Many2one(related="appointment_id.patient_id")
    company_id = fields.Many2one(related="appointment_id.company_id", store=True, index=True)
    provider_id = fields.Many2one(
        "dental.provider", string="Who", required=True, ondelete="restrict", index=True
    )
    role = fields.Selection(
        [
            ("second", "Second provider"),
            ("hygienist", "Hygienist"),
            ("assistant", "Assistant"),
            ("anaesthetist", "Anaesthetist"),
        ],
        compute="_compute_role",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    pattern = fields.Char(
        string="Minutes",
        help="One character for ten minutes from the start of the visit: X needed, / not. "
        "Empty: throughout.",
    )

    _once = models.Constraint(
        "UNIQUE (appointment_id, provider_id)",
        "This person takes part in the visit already: change his minutes instead.",
    )

    # Computes

    @api.depends("provider_id")
    def _compute_role(self):
        for row in self:
            row.role = row.role or ROLE_OF.get(row.provider_id.kind, "second")

    # Constraints

    @api.constrains("pattern")
    def _check_pattern(self):
        for row in self.filtered("pattern"):
            try:
                Pattern(row.pattern)
            except ValueError as error:
                raise ValidationError(
                    self.env._(
                        "%(number)s: the minutes of %(who)s are a row of X and /, one for ten "
                        "minutes.",
                        number=row.appointment_id.number,
                        who=row.provider_id.display_name,
                    )
                ) from error

    @api.constrains("provider_id", "appointment_id")
    def _check_provider(self):
        for row in self:
            visit = row.appointment_id
            if row.provider_id == visit.provider_id:
                raise ValidationError(
                    self.env._(
                        "%(number)s: %(who)s treats already. Choose somebody else who takes part.",
                        number=visit.number,
                        who=row.provider_id.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows._reserve_again()
        return rows

    def write(self, vals):
        visits = self.appointment_id
        result = super().write(vals)
        self._reserve_again(visits)
        return result

    def unlink(self):
        visits = self.appointment_id
        result = super().unlink()
        self.browse()._reserve_again(visits)
        return result

    # Business

    def _reserve_again(self, visits=None):
        """The visits hold these people's minutes; within a write of the visit it does so itself."""
        visits = (visits or self.env["dental.appointment"]) | self.appointment_id
        if visits and not self.env.context.get("dont_notify"):
            visits._reserve()

    def _needed_spans(self):
        """Spans in which this person is needed, none beyond the visit."""
        self.ensure_one()
        visit = self.appointment_id
        if not self.pattern:
            return [(visit.start, visit.stop)]
        return spans.clipped(
            Pattern(self.pattern).provider_spans(visit.start), visit.start, visit.stop
        )
