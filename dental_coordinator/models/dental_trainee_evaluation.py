# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..desk import has_name
from .lock_alone import lock_alone

GRADES = [
    ("1", "Not yet"),
    ("2", "With help"),
    ("3", "As expected"),
    ("4", "Well"),
    ("5", "Very well"),
]
MARKS = ("punctual", "conduct", "hygiene", "knowledge", "skill")
STAMPS = frozenset({"state", "signed_at", "signed_by_id", "sent_at", "sent_by_id"})


class DentalTraineeEvaluation(models.Model):
    """What the supervisor tells the school of a student. It says nothing of any patient."""

    _name = "dental.trainee.evaluation"
    _inherit = ["dental.numbered.mixin", "dental.access.mixin", "dental.kept.pdf.mixin"]
    _description = "Evaluation of a student"
    _order = "id desc"

    trainee_id = fields.Many2one(
        "dental.trainee", string="Student", required=True, ondelete="restrict", index=True
    )
    school_id = fields.Many2one(related="trainee_id.school_id")
    contact_id = fields.Many2one(related="trainee_id.contact_id")
    company_id = fields.Many2one(related="trainee_id.company_id", store=True, index=True)
    punctual = fields.Selection(GRADES, string="On time and reliable")
    conduct = fields.Selection(GRADES, string="Conduct with patients and team")
    hygiene = fields.Selection(GRADES, string="Infection control")
    knowledge = fields.Selection(GRADES, string="Knowledge of the trade")
    skill = fields.Selection(GRADES, string="Skill of the hands")
    strengths = fields.Text(string="What went well")
    improve = fields.Text(string="What to work on")
    state = fields.Selection(
        [("draft", "Draft"), ("signed", "Signed"), ("sent", "School told")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    signed_at = fields.Datetime(readonly=True, copy=False)
    signed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    sent_at = fields.Datetime(string="School told at", readonly=True, copy=False)
    sent_by_id = fields.Many2one(
        "res.users", string="Told by", readonly=True, copy=False, ondelete="restrict"
    )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        stamped = {name for vals in vals_list for name in STAMPS if vals.get(name)}
        if not self.env.su and stamped - {"state"}:
            raise UserError(self.env._("An evaluation is signed by its button."))
        return super().create([{**vals, "state": "draft"} for vals in vals_list])

    def write(self, vals):
        if not self.env.su and (
            STAMPS & vals.keys() or (vals and self.filtered(lambda e: e.state != "draft"))
        ):
            raise UserError(
                self.env._(
                    "%s: what was signed stays as it is. Write another evaluation.",
                    ", ".join(self.mapped("number")),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        for evaluation in self.filtered(lambda e: e.state != "draft"):
            raise UserError(
                self.env._("%s is signed and kept. Write another one.", evaluation.number)
            )

    # Actions

    def action_sign(self):
        """The supervisor signs; from then on it stays as it is.

        :raises AccessError: for who does not supervise the student
        :raises UserError: for a grade that is missing, or a patient who is named
        """
        lock_alone(self)
        for evaluation in self:
            evaluation._check_signing()
            evaluation.sudo().write(
                {
                    "state": "signed",
                    "signed_at": fields.Datetime.now(),
                    "signed_by_id": self.env.uid,
                }
            )
        return True

    def action_print(self):
        """Show what the school gets; it is made once, after it was signed."""
        for evaluation in self.filtered(lambda e: e.state == "draft"):
            raise UserError(
                self.env._("%s: sign it first. Then it is printed and kept.", evaluation.number)
            )
        return super().action_print()

    def action_told(self):
        """The school has it: handed over, by post, or by whatever way the clinic uses."""
        lock_alone(self)
        for evaluation in self:
            if evaluation.state != "signed":
                raise UserError(
                    self.env._(
                        "%(number)s is at “%(state)s”: sign it before the school is told, once.",
                        number=evaluation.number,
                        state=dict(self._fields["state"]._description_selection(self.env))[
                            evaluation.state
                        ],
                    )
                )
            evaluation._keep_document()
            evaluation.sudo().write(
                {"state": "sent", "sent_at": fields.Datetime.now(), "sent_by_id": self.env.uid}
            )
        return True

    # Business

    def _access_patients(self):
        """It is about a student: no file of a patient is read."""
        return self.env["dental.patient"]

    def _document_report(self):
        return "dental_coordinator.report_trainee_evaluation_action"

    def _grades(self):
        """What is printed: (what, grade) of everything that was graded."""
        return [
            (
                self._fields[name]._description_string(self.env),
                dict(self._fields[name]._description_selection(self.env))[self[name]],
            )
            for name in MARKS
            if self[name]
        ]

    def _check_signing(self):
        if self.state != "draft":
            raise UserError(
                self.env._(
                    "%(number)s was signed by %(name)s.",
                    number=self.number,
                    name=self.sudo().signed_by_id.name,
                )
            )
        trainee = self.trainee_id
        if self.env.user not in trainee.supervisor_id | trainee.presence_ids.supervisor_id:
            raise AccessError(
                self.env._(
                    "%(number)s: only who supervised %(student)s signs this.",
                    number=self.number,
                    student=trainee.display_name,
                )
            )
        if not self._grades():
            raise UserError(self.env._("%s: give at least one grade.", self.number))
        self._check_no_patient()

    def _check_no_patient(self):
        """Refuse words that name a patient whom the student was with.

        :raises UserError: telling the place, not the name
        """
        attended = self.env["dental.appointment"].sudo()
        user = self.trainee_id.sudo().user_id
        patients = attended.search([("trainee_ids", "in", user.ids)]).patient_id if user else ()
        for name in ("strengths", "improve"):
            text = self[name] or ""
            if any(
                has_name(text, patient.last_name) or patient.number.lower() in text.lower()
                for patient in patients
            ):
                raise UserError(
                    self.env._(
                        "%(number)s, %(field)s: it names a patient. The school is told of the "
                        "student alone.",
                        number=self.number,
                        field=self._fields[name]._description_string(self.env),
                    )
                )
