# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from .dental_procedure import OPEN


class DentalTreatmentPlan(models.Model):
    """What is proposed to a patient, in its order. Once presented it is frozen: a change is a new
    version.
    """

    _name = "dental.treatment.plan"
    _inherit = ["dental.numbered.mixin", "dental.flow.mixin", "dental.patient.mixin"]
    _description = "Treatment plan"
    _order = "id desc"
    _flow = {
        "draft": ("presented", "declined", "superseded"),
        "presented": ("accepted", "declined", "superseded"),
        "accepted": ("superseded", "declined"),
        "declined": ("superseded",),
    }

    name = fields.Char(string="Title")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("presented", "Presented"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("superseded", "Superseded"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    version = fields.Integer(default=1, readonly=True, copy=False)
    superseded_by_id = fields.Many2one(
        "dental.treatment.plan",
        readonly=True,
        copy=False,
        ondelete="restrict",
        string="Superseded by",
    )
    provider_id = fields.Many2one("dental.provider", string="Dentist", ondelete="restrict")
    procedure_ids = fields.One2many("dental.procedure", "treatment_plan_id")
    presented_at = fields.Datetime(readonly=True, copy=False, string="Presented at")
    presented_text = fields.Text(
        string="As presented",
        readonly=True,
        copy=False,
        help="The lines as they were when the plan was put to the patient.",
    )
    accepted_at = fields.Datetime(readonly=True, copy=False, string="Accepted at")

    # Actions

    def action_present(self):
        """Freeze the plan as it is put to the patient."""
        for plan in self:
            if not plan.procedure_ids:
                raise UserError(
                    self.env._(
                        "%(number)s has no procedures. Add what is proposed first.",
                        number=plan.number,
                    )
                )
            plan.write({"presented_at": fields.Datetime.now(), "presented_text": plan._lines()})
            plan._move("presented", ("planned",))
        return True

    def action_accept(self):
        """The patient agrees: what is open is to be booked."""
        for plan in self:
            plan.accepted_at = fields.Datetime.now()
            plan._move("accepted", ("planned", "presented"))
        return True

    def action_decline(self):
        self._move("declined", ("planned", "presented", "accepted"))
        return True

    def action_new_version(self):
        """Start the next version with what is still open; this one stays as it was presented."""
        self.ensure_one()
        new = self.copy({"version": self.version + 1})
        still_open = self.procedure_ids.filtered(lambda p: p.state in OPEN)
        self.write({"state": "superseded", "superseded_by_id": new.id})
        still_open.write({"treatment_plan_id": new.id})
        return new.action_open()

    # Business

    def _move(self, state, from_states):
        self.write({"state": state})
        self.procedure_ids.filtered(lambda p: p.state in from_states)._set_state(state)

    def _lines(self):
        """One line a procedure, as the person who presents it reads it."""
        lines = []
        for line in self.procedure_ids.sorted():
            count = f"× {line.quantity}" if line.quantity > 1 else ""
            lines.append(" ".join(filter(None, (line.site, line.code_id.display_name, count))))
        return "\n".join(lines)

    def _check_open(self):
        """Refuse to add or remove lines of a plan that was put to the patient.

        :raises UserError: naming the plan and what to do
        """
        for plan in self:
            if plan.state in ("presented", "accepted"):
                raise UserError(
                    self.env._(
                        "%(number)s was presented to the patient and keeps its lines. Make a new "
                        "version of the plan.",
                        number=plan.number,
                    )
                )
