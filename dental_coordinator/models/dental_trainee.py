# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from .dental_trainee_asked_mixin import KINDS
from .lock_alone import lock_alone

# A week before somebody comes, papers and programme are looked at.
LOOK_DAYS = 7
ANSWER_DAYS = 3


class DentalTrainee(models.Model):
    """A student's placement: who comes from which school, to do what, from when to when."""

    _name = "dental.trainee"
    _inherit = ["dental.numbered.mixin", "dental.flow.mixin", "dental.work.mixin"]
    _description = "Placement of a student"
    _order = "date_from desc, id desc"
    _flow = {
        "asked": ("accepted", "refused"),
        "accepted": ("present", "refused"),
        "present": ("ended",),
        "refused": ("asked",),
    }

    partner_id = fields.Many2one(
        "res.partner",
        string="Student",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("is_company", "=", False)],
    )
    user_id = fields.Many2one(
        "res.users",
        string="Login",
        ondelete="restrict",
        index="btree_not_null",
        help="Only for who shall see the visits that are assigned. It opens nothing unless the "
        "student is signed in.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    school_id = fields.Many2one(
        "res.partner", ondelete="restrict", domain=[("is_company", "=", True)]
    )
    contact_id = fields.Many2one("res.partner", string="Contact at the school", ondelete="restrict")
    programme = fields.Char(string="Programme and year")
    kind = fields.Selection(KINDS, required=True, default="observe")
    supervisor_id = fields.Many2one("res.users", ondelete="restrict", index=True)
    date_from = fields.Date(string="First day", required=True)
    date_to = fields.Date(string="Last day", required=True)
    hours_required = fields.Float(string="Hours to reach")
    state = fields.Selection(
        [
            ("asked", "Asked"),
            ("accepted", "Accepted"),
            ("present", "Under way"),
            ("ended", "Ended"),
            ("refused", "Refused"),
        ],
        required=True,
        default="asked",
        readonly=True,
        copy=False,
        index=True,
    )
    refuse_reason = fields.Char(string="Why refused")
    note = fields.Text(help="For the team. It is not printed.")

    _number_uniq = models.Constraint("UNIQUE (number)", "This number of a placement is taken.")
    _span_positive = models.Constraint(
        "CHECK (date_from <= date_to)", "The last day is not before the first. Correct the days."
    )
    _hours_positive = models.Constraint(
        "CHECK (hours_required >= 0)", "Hours to reach are not negative."
    )
    _once_at_a_time = models.Constraint(
        "EXCLUDE USING gist (partner_id WITH =, daterange(date_from, date_to, '[]') WITH &&)"
        " WHERE (state <> 'refused')",
        "This student is placed at that time already. Choose other days, or end that placement.",
    )
    _login_once = models.Constraint(
        "EXCLUDE USING gist (user_id WITH =, daterange(date_from, date_to, '[]') WITH &&)"
        " WHERE (user_id IS NOT NULL AND state <> 'refused')",
        "This login is another student's at that time. Give each student a login of his own.",
    )

    # Computes

    @api.depends("partner_id", "number")
    def _compute_display_name(self):
        for trainee in self:
            trainee.display_name = trainee.sudo().partner_id.name or trainee.number

    # Constraints

    @api.constrains("user_id")
    def _check_login(self):
        """A student's login is nothing but a student's."""
        for trainee in self.filtered("user_id"):
            user = trainee.sudo().user_id
            team = user.has_group("dental_coordinator.group_staff")
            if team or not user.has_group("dental_coordinator.group_trainee"):
                raise ValidationError(
                    self.env._(
                        "%(student)s, Login: %(login)s needs the role Trainee and no other of the "
                        "dental team.",
                        student=trainee.display_name,
                        login=user.name,
                    )
                )

    @api.constrains("supervisor_id", "state")
    def _check_supervisor(self):
        for trainee in self:
            if trainee.state in ("accepted", "present") and not trainee.supervisor_id:
                raise ValidationError(
                    self.env._(
                        "%s: say who supervises before the placement is accepted.",
                        trainee.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self.browse()._check_free(vals)
        trainees = super().create(vals_list)
        for trainee in trainees.filtered(lambda t: not t.next_action):
            trainee.write(trainee._prepare_next())
        trainees.sudo()._ask()
        return trainees

    def write(self, vals):
        if {"partner_id", "date_from", "date_to", "state"} & vals.keys():
            for trainee in self:
                trainee._check_free(vals)
        result = super().write(vals)
        if {"kind", "date_from", "supervisor_id"} & vals.keys():
            self.sudo()._ask()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        for trainee in self.filtered(lambda t: t.state != "asked"):
            raise UserError(
                self.env._("%s: placements are kept. Refuse or end it instead.", trainee.number)
            )

    # Actions

    def action_accept(self):
        return self._step("accepted")

    def action_refuse(self):
        for trainee in self.filtered(lambda t: not (t.refuse_reason or "").strip()):
            raise UserError(
                self.env._(
                    "%s, Why refused: say why, so that the school can be told.",
                    trainee.display_name,
                )
            )
        return self._step("refused")

    def action_ask_again(self):
        return self._step("asked")

    def action_end(self):
        """The placement is over: today, where it was planned to be longer."""
        self._step("ended")
        today = self.env["dental.today"]._day()
        for trainee in self.filtered(lambda t: t.date_to > today):
            trainee.date_to = max(today, trainee.date_from)
        return True

    # Business

    def _is_open(self):
        return self.state not in ("ended", "refused")

    def _step(self, state):
        """Move on to ``state``; of two who press at once the second is told.

        :raises UserError: naming the placement and where it is
        """
        lock_alone(self)
        for trainee in self:
            if trainee.state == state:
                raise UserError(
                    self.env._(
                        "%(student)s (%(number)s) is at “%(state)s” already: somebody was faster.",
                        student=trainee.display_name,
                        number=trainee.number,
                        state=dict(self._fields["state"]._description_selection(self.env))[state],
                    )
                )
            trainee.write({"state": state})
            trainee.write(trainee._prepare_next())
        return True

    def _prepare_next(self):
        """What is to be done next by the state, and by when."""
        today = self.env["dental.today"]._day()
        steps = {
            "asked": (self.env._("Answer the school"), today + timedelta(days=ANSWER_DAYS)),
            "accepted": (
                self.env._("Papers and programme"),
                max(today, self.date_from - timedelta(days=LOOK_DAYS)),
            ),
            "present": (self.env._("Evaluate and end"), max(today, self.date_to)),
        }
        action, day = steps.get(self.state, (False, self.next_date))
        return {"next_action": action, "next_date": day}

    def _ask(self):
        """Ask for what the kind of placement needs. Papers and programme add to it."""

    def _check_free(self, vals):
        """Say in words what the database refuses anyway: one person, one placement at a time.

        :param vals: what is about to be written to this placement, or to a new one
        :raises ValidationError: naming the other placement
        """
        said = {**{name: self[name] for name in ("state", "date_from", "date_to")}, **vals}
        if said["state"] == "refused" or not (said["date_from"] and said["date_to"]):
            return
        other = self.search(
            [
                ("id", "not in", self.ids),
                ("partner_id", "=", vals.get("partner_id") or self.partner_id.id),
                ("state", "!=", "refused"),
                ("date_from", "<=", said["date_to"]),
                ("date_to", ">=", said["date_from"]),
            ],
            limit=1,
        )
        if other:
            raise ValidationError(other._told_placed())

    def _told_placed(self):
        """Why the person cannot be placed at this time once more, and the remedy."""
        return self.env._(
            "%(student)s is placed from %(start)s to %(stop)s already (%(number)s). "
            "Choose other days, or end that placement.",
            student=self.display_name,
            start=format_date(self.env, self.date_from),
            stop=format_date(self.env, self.date_to),
            number=self.number,
        )
