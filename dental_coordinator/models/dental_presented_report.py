# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .dental_procedure import DONE, DROPPED, STATES


class DentalProcedure(models.Model):
    """Who put a procedure to the patient first, and who did so last."""

    _inherit = "dental.procedure"

    first_presented_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        string="Presented first by",
    )
    first_presented_at = fields.Datetime(readonly=True, copy=False, string="Presented first")
    presented_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        string="Presented last by",
    )
    presented_at = fields.Datetime(readonly=True, copy=False, string="Presented last")

    # Business

    def _note_presented(self, user, moment):
        """Credit a user; whoever was the first remains so, in later versions of the plan too."""
        credit = {"presented_by_id": user.id, "presented_at": moment}
        # Treatment that somebody else planned: only who presents it is written, and by the server.
        self.sudo().write(credit)
        first = self.sudo().filtered(lambda one: not one.first_presented_by_id)
        first.write({f"first_{name}": value for name, value in credit.items()})


class DentalTreatmentPlan(models.Model):
    _inherit = "dental.treatment.plan"

    presented_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        string="Presented by",
    )
    first_version_id = fields.Many2one(
        "dental.treatment.plan",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        string="First version",
    )

    def action_present(self):
        self._keep_credit()
        result = super().action_present()
        self.write({"presented_by_id": self.env.uid})
        presented = self.procedure_ids.filtered(lambda one: one.state not in DROPPED)
        presented._note_presented(self.env.user, fields.Datetime.now())
        return result

    def action_new_version(self):
        self._keep_credit()
        action = super().action_new_version()
        self.browse(action["res_id"]).first_version_id = self.first_version_id or self
        return action

    # Business

    def _keep_credit(self):
        """What was presented before its lines knew by whom: the plan still knows the last one."""
        for plan in self.filtered("presented_by_id"):
            unknown = plan.procedure_ids.filtered(lambda one: not one.presented_by_id)
            unknown._note_presented(plan.presented_by_id, plan.presented_at)


class DentalPresentedReport(models.Model):
    """Treatment that was presented, by whom, and what became of it: a row each.

    However often and in however many versions of a plan it was presented, it is one row: whoever
    reads the report chooses whether the first presenter or the last one is credited with it.
    """

    _name = "dental.presented.report"
    _inherit = "dental.patient.mixin"
    _description = "Presented treatment"
    _auto = False
    _order = "presented_at desc, id desc"
    _rec_name = "procedure_id"
    _depends = {
        "dental.procedure": [
            "state",
            "treatment_plan_id",
            "code_id",
            "provider_id",
            "patient_id",
            "presented_at",
            "presented_by_id",
            "first_presented_at",
            "first_presented_by_id",
        ],
        "dental.treatment.plan": ["presented_at", "presented_by_id", "first_version_id"],
    }

    procedure_id = fields.Many2one("dental.procedure", readonly=True)
    plan_id = fields.Many2one(
        "dental.treatment.plan", readonly=True, help="All its versions count as one plan."
    )
    patient_id = fields.Many2one("dental.patient", readonly=True)
    company_id = fields.Many2one("res.company", related=None, readonly=True)
    presented_by_id = fields.Many2one("res.users", string="Presented last by", readonly=True)
    presented_at = fields.Datetime(string="Presented last", readonly=True)
    first_presented_by_id = fields.Many2one("res.users", string="Presented first by", readonly=True)
    first_presented_at = fields.Datetime(string="Presented first", readonly=True)
    provider_id = fields.Many2one("dental.provider", readonly=True)
    category_id = fields.Many2one("dental.procedure.category", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    presented = fields.Integer(string="Procedures", readonly=True)
    accepted = fields.Integer(readonly=True)
    scheduled = fields.Integer(readonly=True)
    completed = fields.Integer(readonly=True)
    declined = fields.Integer(readonly=True)
    accepted_rate = fields.Float(
        string="Accepted (%)", readonly=True, aggregator="avg", digits=(5, 1)
    )

    # Computes

    @api.depends("procedure_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.procedure_id.number

    # Business

    def init(self):
        self.env.cr.execute(SQL("DROP VIEW IF EXISTS dental_presented_report"))
        self.env.cr.execute(SQL("CREATE VIEW dental_presented_report AS %s", self._query()))

    @api.model
    def _query(self):
        columns = [SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in self._columns()]
        return SQL(
            """SELECT %s
                 FROM dental_procedure treatment
                 JOIN dental_treatment_plan plan ON plan.id = treatment.treatment_plan_id
                WHERE COALESCE(treatment.presented_at, plan.presented_at) IS NOT NULL""",
            SQL(", ").join(columns),
        )

    @api.model
    def _columns(self):
        """(field, expression) of the view. Addons add theirs."""
        done = SQL("treatment.state IN %s", DONE)
        said_yes = SQL("treatment.state IN %s", ("accepted", "scheduled", *DONE))
        # Of what was presented before both were kept, the plan knows the last one.
        last_by = SQL("COALESCE(treatment.presented_by_id, plan.presented_by_id)")
        last_at = SQL("COALESCE(treatment.presented_at, plan.presented_at)")
        return [
            ("id", SQL("treatment.id")),
            ("procedure_id", SQL("treatment.id")),
            ("plan_id", SQL("COALESCE(plan.first_version_id, plan.id)")),
            ("patient_id", SQL("treatment.patient_id")),
            ("company_id", SQL("treatment.company_id")),
            ("presented_by_id", last_by),
            ("presented_at", last_at),
            (
                "first_presented_by_id",
                SQL("COALESCE(treatment.first_presented_by_id, %s)", last_by),
            ),
            ("first_presented_at", SQL("COALESCE(treatment.first_presented_at, %s)", last_at)),
            ("provider_id", SQL("treatment.provider_id")),
            ("category_id", SQL("treatment.category_id")),
            ("state", SQL("treatment.state")),
            ("presented", SQL("1")),
            ("accepted", SQL("(%s)::int", said_yes)),
            ("scheduled", SQL("(treatment.state = 'scheduled')::int")),
            ("completed", SQL("(%s)::int", done)),
            ("declined", SQL("(treatment.state = 'declined')::int")),
            ("accepted_rate", SQL("(%s)::int * 100.0", said_yes)),
        ]
