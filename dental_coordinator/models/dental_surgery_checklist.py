# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from .dental_surgery_check import PHASES

# kind of a template's line -> field of the surgery that gets it
TARGETS = {"check": "check_ids", "task": "task_ids", "material": "material_ids"}


class DentalSurgery(models.Model):
    """What a surgery brings along: safety checklist, things due, materials, consents."""

    _inherit = "dental.surgery"

    template_id = fields.Many2one(
        "dental.surgery.template", string="Checklist", ondelete="restrict", copy=False
    )
    consent_ids = fields.One2many("dental.surgery.consent", "surgery_id", string="Consents")
    task_ids = fields.One2many("dental.surgery.task", "surgery_id", string="Due before")
    material_ids = fields.One2many("dental.surgery.material", "surgery_id", string="Materials")
    check_ids = fields.One2many("dental.surgery.check", "surgery_id", string="Safety checklist")
    phase_ids = fields.One2many("dental.surgery.phase", "surgery_id", string="Closed parts")
    next_phase = fields.Selection(PHASES, compute="_compute_next_phase", string="Next phase")

    # Computes

    @api.depends("phase_ids.phase")
    def _compute_next_phase(self):
        for surgery in self:
            closed = set(surgery.phase_ids.mapped("phase"))
            left = [phase for phase, _label in PHASES if phase not in closed]
            surgery.next_phase = left[0] if left and surgery.check_ids else False

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        surgeries = super().create(vals_list)
        templates = self.env["dental.surgery.template"]
        for surgery in surgeries:
            own = templates._for_type(surgery.type_id, surgery.company_id)
            surgery._apply_template(surgery.template_id or own)
        return surgeries

    # Actions

    def action_apply_template(self):
        """Add the lines of the chosen checklist that are not there yet."""
        for surgery in self:
            surgery._apply_template(surgery.template_id)
        return True

    def action_open_time_out(self):
        """The team stops: read out what is open, name who is there, close the part."""
        self.ensure_one()
        if not self.next_phase:
            raise UserError(self.env._("%s: no part of the checklist is open.", self.number))
        return {
            "type": "ir.actions.act_window",
            "name": self._phase_label(self.next_phase),
            "res_model": "dental.surgery.time.out",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_surgery_id": self.id, "default_phase": self.next_phase},
        }

    # Business

    def _apply_template(self, template):
        """Give the surgery the template's lines; the questions are nobody's to change."""
        self.check_access("write")
        vals = {"template_id": template.id}
        for kind, target in TARGETS.items():
            known = set(self[target].mapped("name"))
            lines = template.line_ids.filtered(lambda row, k=kind: row.kind == k)
            new = [line._prepare() for line in lines if line.name not in known]
            new.sort(key=lambda row: row.get("sequence", 0))
            vals[target] = [Command.create(row) for row in new]
        self.sudo().write(vals)

    def _phase_label(self, phase):
        labels = self.env["dental.surgery.check"]._fields["phase"]._description_selection(self.env)
        return dict(labels)[phase]

    def _refused_checks(self):
        """Questions whose last answer is no."""
        return self.check_ids.filtered(lambda c: c.answer == "no" and not c.again_ids)

    def _check_phase_open(self, phase):
        closed = self.phase_ids.filtered(lambda p: p.phase == phase)
        if closed:
            raise UserError(
                self.env._(
                    "%(number)s: “%(phase)s” was closed by %(who)s and stays as it is.",
                    number=self.number,
                    phase=self._phase_label(phase),
                    who=closed.user_id.name,
                )
            )

    def _check_answered(self, phase):
        waiting = self.check_ids.filtered(lambda c: c.phase == phase and not c.answered_at)
        if waiting:
            raise UserError(
                self.env._(
                    "%(number)s, “%(phase)s”: not answered yet: %(questions)s.",
                    number=self.number,
                    phase=self._phase_label(phase),
                    questions=", ".join(waiting.mapped("name")),
                )
            )

    def _close_phase(self, phase, present):
        """Close a part of the checklist.

        :param present: names of those who are there
        :raises UserError: where a question is open, or somebody was quicker
        """
        self.ensure_one()
        self.check_access("write")
        self._check_unsigned()
        self._check_phase_open(phase)
        self._check_answered(phase)
        self._claim()
        vals = {
            "surgery_id": self.id,
            "phase": phase,
            "present": present,
            "user_id": self.env.uid,
        }
        return self.env["dental.surgery.phase"].sudo().create(vals)

    def _claim(self):
        """Of two who close at once the second starts anew, and sees what the first did."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL("UPDATE dental_surgery SET write_date = write_date WHERE id = %s", self.id)
        )
