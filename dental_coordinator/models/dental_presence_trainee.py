# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# What a student's hours and rights come of; once he has left it stays.
FIXED = frozenset({"out_at", "trainee_id", "supervisor_id", "user_id", "company_id"})


class DentalPresence(models.Model):
    """A student at the door: let in by the gate, supervised, hours counted to the minute."""

    _inherit = "dental.presence"

    name = fields.Char(compute="_compute_name", store=True, readonly=False, precompute=True)
    trainee_id = fields.Many2one(
        "dental.trainee", string="Student", ondelete="restrict", index="btree_not_null"
    )
    supervisor_id = fields.Many2one(
        "res.users",
        string="Supervisor of the day",
        ondelete="restrict",
        compute="_compute_supervisor_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    minutes = fields.Integer(compute="_compute_minutes", store=True)
    hours = fields.Float(compute="_compute_hours")
    forgotten = fields.Boolean(
        string="Not signed out", compute="_compute_forgotten", search="_search_forgotten"
    )
    lacks = fields.Text(related="trainee_id.lacks", string="Student lacks")
    gate_color = fields.Selection(related="trainee_id.gate_color", string="Papers")

    _student_in_once = models.UniqueIndex(
        "(trainee_id) WHERE out_at IS NULL AND trainee_id IS NOT NULL",
        "This student is in already. Refresh the screen.",
    )
    _student_supervised = models.Constraint(
        "CHECK (trainee_id IS NULL OR supervisor_id IS NOT NULL)",
        "Say who supervises the student today.",
    )

    # Computes

    @api.depends("trainee_id")
    def _compute_name(self):
        for person in self:
            person.name = person.trainee_id.display_name if person.trainee_id else person.name

    @api.depends("trainee_id")
    def _compute_supervisor_id(self):
        for person in self:
            person.supervisor_id = person.supervisor_id or person.trainee_id.supervisor_id

    @api.depends("in_at", "out_at")
    def _compute_minutes(self):
        for person in self:
            stay = person.out_at - person.in_at if person.out_at else None
            person.minutes = int(stay.total_seconds() // 60) if stay else 0

    @api.depends("minutes")
    def _compute_hours(self):
        for person in self:
            person.hours = person.minutes / 60

    @api.depends("in_at", "out_at", "trainee_id")
    def _compute_forgotten(self):
        start, _stop = self.env["dental.today"]._day_span()
        for person in self:
            person.forgotten = person.trainee_id and not person.out_at and person.in_at < start

    def _search_forgotten(self, operator, value):
        if operator != "in":
            return NotImplemented
        start, _stop = self.env["dental.today"]._day_span()
        return [("trainee_id", "!=", False), ("out_at", "=", False), ("in_at", "<", start)]

    # Constraints

    @api.constrains("kind", "trainee_id")
    def _check_trainee(self):
        for person in self:
            if (person.kind == "student") != bool(person.trainee_id):
                raise ValidationError(
                    self.env._(
                        "%s: a student comes in by a placement. Choose it under Student; whoever "
                        "only visits is another visitor.",
                        person.name or person.number,
                    )
                )

    @api.constrains("in_at", "out_at")
    def _check_out(self):
        now = fields.Datetime.now()
        for person in self:
            if person.trainee_id and person.out_at and person.out_at > now:
                raise ValidationError(
                    self.env._("%s: nobody has left at a time to come.", person.name)
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        prepared = []
        for vals in vals_list:
            trainee = self.env["dental.trainee"].browse(vals.get("trainee_id"))
            if trainee:
                vals = self._let_in(trainee, vals)
            prepared.append(vals)
        return super().create(prepared)

    def write(self, vals):
        students = self.filtered("trainee_id")
        if FIXED & vals.keys() and students.filtered("out_at"):
            raise UserError(
                self.env._("The hours of a student who has left are kept as they were.")
            )
        if {"trainee_id", "in_at", "kind"} & vals.keys() and (students or vals.get("trainee_id")):
            raise UserError(
                self.env._(
                    "A student is signed in by the placement, at the moment of coming. Sign out "
                    "and in again."
                )
            )
        return super().write(vals)

    # Actions

    def action_leave(self):
        """A student of an earlier day did not leave now: it is asked when."""
        if len(self) == 1 and self.forgotten:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("When did %s leave?", self.name),
                "res_model": "dental.trainee.leave",
                "views": [(False, "form")],
                "target": "new",
                "context": {"default_presence_id": self.id},
            }
        for person in self.filtered("forgotten"):
            raise UserError(
                self.env._("%s was not signed out on an earlier day: say when.", person.name)
            )
        return super().action_leave()

    # Business

    def _let_in(self, trainee, vals):
        """Values of a student who passes the gate at this moment.

        :raises UserError: where the gate is closed, or he is in already
        """
        trainee.check_access("read")
        inside = self.sudo().search([("trainee_id", "=", trainee.id), ("out_at", "=", False)])
        if inside:
            raise UserError(
                self.env._(
                    "%(student)s is in already (%(number)s). Refresh the screen.",
                    student=trainee.display_name,
                    number=inside.number,
                )
            )
        trainee._pass_gate()
        if trainee.state == "accepted":
            trainee._step("present")
        return {
            **vals,
            "kind": "student",
            "company_id": trainee.company_id.id,
            "organisation": vals.get("organisation") or trainee.school_id.name,
            "user_id": trainee.user_id.id,
            "in_at": fields.Datetime.now(),
        }
