# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .dental_procedure import DONE, STATES


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

    def action_present(self):
        result = super().action_present()
        self.write({"presented_by_id": self.env.uid})
        return result


class DentalPresentedReport(models.Model):
    """Treatment that was presented, by whom, and what became of it: a row each.

    Whoever presented the plan in which it stands is credited, once.
    """

    _name = "dental.presented.report"
    _inherit = "dental.patient.mixin"
    _description = "Presented treatment"
    _auto = False
    _order = "presented_at desc, id desc"
    _rec_name = "procedure_id"
    _depends = {
        "dental.procedure": ["state", "treatment_plan_id", "code_id", "provider_id", "patient_id"],
        "dental.treatment.plan": ["presented_at", "presented_by_id"],
    }

    procedure_id = fields.Many2one("dental.procedure", readonly=True)
    plan_id = fields.Many2one("dental.treatment.plan", readonly=True)
    patient_id = fields.Many2one("dental.patient", readonly=True)
    company_id = fields.Many2one("res.company", related=None, readonly=True)
    presented_by_id = fields.Many2one("res.users", string="Presented by", readonly=True)
    presented_at = fields.Datetime(string="Presented", readonly=True)
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
                WHERE plan.presented_at IS NOT NULL""",
            SQL(", ").join(columns),
        )

    @api.model
    def _columns(self):
        """(field, expression) of the view. Addons add theirs."""
        done = SQL("treatment.state IN %s", DONE)
        said_yes = SQL("treatment.state IN %s", ("accepted", "scheduled", *DONE))
        return [
            ("id", SQL("treatment.id")),
            ("procedure_id", SQL("treatment.id")),
            ("plan_id", SQL("plan.id")),
            ("patient_id", SQL("treatment.patient_id")),
            ("company_id", SQL("treatment.company_id")),
            ("presented_by_id", SQL("plan.presented_by_id")),
            ("presented_at", SQL("plan.presented_at")),
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
