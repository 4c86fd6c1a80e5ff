# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .lock_alone import lock_alone

# What people set; who acknowledged what is stamped by the buttons alone.
OPEN_FIELDS = frozenset({"due_on", "trainer_id", "score", "note"})
STAFF = "dental_coordinator.group_staff"


class DentalTraineeTopic(models.Model):
    """One topic of one student's programme: explained, understood, tested; both say so."""

    _name = "dental.trainee.topic"
    _description = "Topic of a student's programme"
    _order = "due_on, id"
    _rec_name = "topic_id"

    trainee_id = fields.Many2one(
        "dental.trainee",
        string="Student",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    number = fields.Char(related="trainee_id.number")
    company_id = fields.Many2one(related="trainee_id.company_id", store=True, index=True)
    topic_id = fields.Many2one(
        "dental.orientation.topic", required=True, readonly=True, ondelete="restrict"
    )
    text = fields.Html(related="topic_id.text")
    pass_mark = fields.Integer(
        related="topic_id.pass_mark", string="Pass mark (%)", aggregator=None
    )
    needed = fields.Boolean(
        default=True, readonly=True, help="Asked of this kind of placement as it is now."
    )
    due_on = fields.Date(required=True, string="Due")
    trainer_id = fields.Many2one("res.users", ondelete="restrict", index=True)
    score = fields.Integer(string="Test (%)", aggregator=None)
    student_at = fields.Datetime(string="Student agrees", readonly=True)
    student_by_id = fields.Many2one(
        "res.users", string="Noted by", readonly=True, ondelete="restrict"
    )
    trainer_at = fields.Datetime(string="Trainer confirms", readonly=True)
    trainer_by_id = fields.Many2one(
        "res.users", string="Confirmed by", readonly=True, ondelete="restrict"
    )
    may_agree = fields.Boolean(compute="_compute_may_agree", string="I note that he agrees")
    done = fields.Boolean(compute="_compute_done", store=True, index=True)
    overdue = fields.Boolean(compute="_compute_overdue")
    note = fields.Char()

    _once = models.Constraint(
        "UNIQUE (trainee_id, topic_id)", "This topic is in the student's programme already."
    )
    _score_percent = models.Constraint(
        "CHECK (score BETWEEN 0 AND 100)", "A test has between 0 and 100 per cent."
    )

    # Computes

    @api.depends("student_at", "trainer_at")
    def _compute_done(self):
        for topic in self:
            topic.done = bool(topic.student_at and topic.trainer_at)

    @api.depends("student_at", "trainee_id.user_id")
    @api.depends_context("uid")
    def _compute_may_agree(self):
        """Who has a login agrees by himself; for the others one of the team notes it."""
        for topic in self:
            own = topic.sudo().trainee_id.user_id
            topic.may_agree = not topic.student_at and (not own or own == self.env.user)

    @api.depends("done", "due_on", "needed")
    def _compute_overdue(self):
        today = self.env["dental.today"]._day()
        for topic in self:
            topic.overdue = topic.needed and not topic.done and topic.due_on < today

    # CRUD

    def write(self, vals):
        if not self.env.su and vals.keys() - OPEN_FIELDS:
            raise UserError(
                self.env._(
                    "%s: who agreed and who confirmed is stamped by the buttons.",
                    ", ".join(self.mapped("topic_id.name")),
                )
            )
        if not self.env.su and "score" in vals and self.filtered("trainer_at"):
            raise UserError(
                self.env._("The trainer has confirmed the topic: its test stays as it was.")
            )
        return super().write(vals)

    # Actions

    def action_student(self):
        """The student has understood: he presses himself, or says so to one of the team.

        :raises AccessError: for the team where the student has a login of his own
        """
        for topic in self:
            topic._check_student()
            topic._stamp("student")
        return True

    def action_trainer(self):
        """The topic was explained, and its test passed where there is one."""
        for topic in self:
            if not self.env.user.has_group(STAFF):
                raise AccessError(self.env._("%s: the trainer confirms this.", topic.topic_id.name))
            if topic.score < topic.pass_mark:
                raise UserError(
                    self.env._(
                        "%(topic)s: the test has %(score)s %%, and %(mark)s %% are needed. Repeat "
                        "it and enter the new result.",
                        topic=topic.topic_id.name,
                        score=topic.score,
                        mark=topic.pass_mark,
                    )
                )
            topic._stamp("trainer")
        return True

    # Business

    def _check_student(self):
        own = self.sudo().trainee_id.user_id
        if own and own != self.env.user:
            raise AccessError(
                self.env._(
                    "%(topic)s: %(student)s has a login and agrees with it.",
                    topic=self.topic_id.name,
                    student=self.sudo().trainee_id.display_name,
                )
            )
        if not own and not self.env.user.has_group(STAFF):
            raise AccessError(self.env._("%s is not in your programme.", self.topic_id.name))

    def _stamp(self, who):
        """Note the moment and who pressed; the second of two is told who was faster."""
        self.check_access("read")
        lock_alone(self.sudo())
        by = self.sudo()[f"{who}_by_id"]
        if by:
            raise UserError(
                self.env._(
                    "%(topic)s: %(name)s has noted this already.",
                    topic=self.topic_id.name,
                    name=by.name,
                )
            )
        self.sudo().write({f"{who}_at": fields.Datetime.now(), f"{who}_by_id": self.env.uid})
