# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .dental_appointment_status import OPEN

VIEW = """
    CREATE OR REPLACE VIEW dental_patient_due AS
    SELECT patient.id AS id,
           patient.id AS patient_id,
           patient.company_id,
           patient.family_id,
           COALESCE(work.procedures, 0) AS procedures,
           work.planned_on,
           work.planned_last,
           recall.due AS recall_due,
           LEAST(work.next_date, recall.next_date) AS next_date,
           COALESCE(work.owner_id, recall.owner_id) AS owner_id,
           COALESCE(work.next_action, recall.next_action) AS next_action,
           EXISTS (
                SELECT 1 FROM dental_appointment visit
                  JOIN calendar_event event ON event.id = visit.event_id
                 WHERE visit.patient_id = patient.id
                   AND visit.status IN ('held', 'scheduled', 'confirmed')
                   AND event.start >= CURRENT_DATE) AS has_visit
      FROM dental_patient patient
      LEFT JOIN (
            SELECT treatment.patient_id,
                   count(*) AS procedures,
                   min(treatment.date_planned) AS planned_on,
                   max(treatment.date_planned) AS planned_last,
                   min(treatment.next_date) AS next_date,
                   (array_agg(treatment.owner_id ORDER BY treatment.next_date))[1] AS owner_id,
                   (array_agg(treatment.next_action ORDER BY treatment.next_date))[1]
                       AS next_action
              FROM dental_procedure treatment
             WHERE treatment.state IN ('planned', 'presented', 'accepted')
             GROUP BY treatment.patient_id) work ON work.patient_id = patient.id
      LEFT JOIN (
            SELECT patient_id,
                   min(due) AS due,
                   min(next_date) AS next_date,
                   (array_agg(owner_id ORDER BY due))[1] AS owner_id,
                   (array_agg(next_action ORDER BY due))[1] AS next_action
              FROM dental_recall
             WHERE NOT COALESCE(disabled, FALSE) AND due <= CURRENT_DATE
             GROUP BY patient_id) recall ON recall.patient_id = patient.id
     WHERE patient.active
       AND patient.status = 'patient'
       AND (work.procedures > 0 OR recall.due IS NOT NULL)
"""


class DentalPatientDue(models.Model):
    """Patients with treatment that was planned, or a recall that is due: one row each."""

    _name = "dental.patient.due"
    _inherit = ["dental.patient.mixin", "dental.work.mixin", "dental.outcome.mixin"]
    _description = "Something due without a visit"
    _auto = False
    _order = "next_date, id"
    _rec_name = "patient_id"
    _contact_topic = "treatment"
    _depends = {
        "dental.patient": ["active", "status", "company_id", "family_id"],
        "dental.procedure": [
            "state",
            "patient_id",
            "date_planned",
            "next_date",
            "owner_id",
            "next_action",
        ],
        "dental.recall": ["due", "disabled", "patient_id", "next_date", "owner_id"],
        "dental.appointment": ["status", "patient_id"],
        "calendar.event": ["start"],
    }

    patient_id = fields.Many2one("dental.patient", readonly=True)
    company_id = fields.Many2one("res.company", related=None, readonly=True)
    family_id = fields.Many2one("dental.family", readonly=True)
    procedures = fields.Integer(string="Planned", readonly=True)
    planned_on = fields.Date(string="Planned since", readonly=True)
    planned_last = fields.Date(string="Planned last", readonly=True)
    recall_due = fields.Date(string="Recall due", readonly=True)
    has_visit = fields.Boolean(string="Comes anyway", readonly=True)
    what_for = fields.Char(compute="_compute_what_for", string="For")
    phone = fields.Char(related="patient_id.phone")
    recall_channel = fields.Selection(related="patient_id.recall_channel", string="By")
    do_not_contact = fields.Boolean(related="patient_id.do_not_contact")
    family_today = fields.Boolean(
        compute="_compute_family_today",
        search="_search_family_today",
        string="Family comes today",
    )

    # Computes

    @api.depends("patient_id")
    def _compute_what_for(self):
        for row in self:
            names = row._open_procedures().code_id.mapped("name")
            names += row._due_recalls().type_id.mapped("name")
            row.what_for = ", ".join(dict.fromkeys(names))

    @api.depends("family_id")
    def _compute_family_today(self):
        coming = self._families_today()
        for row in self:
            row.family_today = row.family_id in coming

    @api.model
    def _search_family_today(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("family_id", "in", self._families_today().ids)]

    @api.model
    def _families_today(self):
        start, stop = self.env["dental.today"]._day_span()
        visits = self.env["dental.appointment"].search(
            [("start", ">=", start), ("start", "<", stop), ("status", "in", (*OPEN, "done"))]
        )
        return visits.patient_id.family_id

    # Actions

    def action_book(self):
        """Look for a place in the book."""
        self.ensure_one()
        return self.patient_id.action_book()

    # Business

    def init(self):
        self.env.cr.execute(SQL("DROP VIEW IF EXISTS dental_patient_due"))
        self.env.cr.execute(SQL(VIEW))

    def _is_open(self):
        return True

    @api.model
    def _outcomes(self):
        return [
            ("book", self.env._("Book")),
            *self._contact_outcomes(),
            ("refused", self.env._("Wants no contact")),
        ]

    def _outcome_book(self):
        if len(self) != 1:
            return {"message": self.env._("Choose one patient to book."), "level": "warning"}
        return {"action": self.action_book()}

    def _open_procedures(self):
        return self.patient_id.procedure_ids.filtered(
            lambda p: p.state in ("planned", "presented", "accepted")
        )

    def _due_recalls(self):
        today = fields.Date.context_today(self)
        return self.patient_id.recall_ids.filtered(
            lambda r: not r.disabled and r.due and r.due <= today
        )

    def _wait_after(self, outcome):
        """The date is kept by what is due."""
        for part in (self._open_procedures(), self._due_recalls()):
            self.env["dental.outcome.mixin"]._postpone(part, outcome)
        self.invalidate_recordset()
