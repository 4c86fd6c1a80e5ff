# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .dental_appointment_status import COMING, INSIDE
from .dental_readiness_rule import STEPS

AHEAD_DAYS = 14
OWN = ("owner_id", "next_date")  # what people decide; the rest follows from the check
KEY = ("appointment_id", "check", "key")
TOLD = ("severity", "reason", "fix", "fix_label", "step", "rule_id")


class DentalReadinessItem(models.Model):
    """One thing that a coming visit lacks, on somebody's work list until it is settled.

    Rows follow the checks: `_refresh` adds what is found and takes out what is settled. People
    change owner and next date only.
    """

    _name = "dental.readiness.item"
    _inherit = ["dental.patient.mixin", "dental.work.mixin"]
    _description = "Open for a visit"
    _order = "next_date, start, severity, id"

    appointment_id = fields.Many2one(
        "dental.appointment", required=True, readonly=True, ondelete="cascade", index=True
    )
    patient_id = fields.Many2one(
        "dental.patient", related="appointment_id.patient_id", store=True, required=False
    )
    start = fields.Datetime(readonly=True, string="Visit")
    type_id = fields.Many2one(related="appointment_id.type_id")
    provider_id = fields.Many2one(related="appointment_id.provider_id")
    rule_id = fields.Many2one("dental.readiness.rule", readonly=True, ondelete="cascade")
    check = fields.Selection(
        selection=lambda self: list(self.env["dental.readiness"]._checks().items()),
        required=True,
        readonly=True,
    )
    key = fields.Char(required=True, readonly=True, default="")
    severity = fields.Selection(
        [("stop", "Stop"), ("warn", "Warn")], required=True, readonly=True, default="warn"
    )
    reason = fields.Char(required=True, readonly=True)
    step = fields.Selection(STEPS, string="Needed for", readonly=True)
    fix = fields.Char(readonly=True)
    fix_label = fields.Char(readonly=True)
    next_date = fields.Date(required=True, string="Next date")

    _once = models.Constraint(
        'UNIQUE (appointment_id, "check", key)', "This is on the work list already."
    )

    # Computes

    @api.depends("appointment_id.number")
    def _compute_display_name(self):
        for item in self:
            item.display_name = item.appointment_id.number

    # CRUD

    def write(self, vals):
        """People change owner and date only; what the check said stays."""
        if not self.env.su:
            vals = {name: value for name, value in vals.items() if name in OWN}
        return super().write(vals)

    @api.model
    def web_search_read(self, *args, **kwargs):
        """The list tells what is true now."""
        self._refresh()
        return super().web_search_read(*args, **kwargs)

    @api.model
    def web_read_group(self, *args, **kwargs):
        self._refresh()
        return super().web_read_group(*args, **kwargs)

    web_search_read._readonly = False
    web_read_group._readonly = False

    # Actions

    def action_fix(self):
        """Open the remedy."""
        self.ensure_one()
        return self.appointment_id.action_readiness_fix(self.fix)

    def action_open_visit(self):
        self.ensure_one()
        return self.appointment_id.action_open()

    # Business

    def _open_fields(self):
        return []

    def _is_open(self):
        return True

    @api.model
    def _cron_refresh(self):
        """Keep the list for those who look at it through Today or a filter of their own."""
        for company in self.env["res.company"].search([("active", "=", True)]):
            self.with_company(company)._refresh(company)

    @api.model
    def _refresh(self, companies=None):
        """Bring the list up to date with the visits of the next days."""
        companies = companies or self.env.companies
        visits = self._coming_visits(companies)
        found = self.env["dental.readiness"]._evaluate(visits)
        wanted = {
            (visit.id, item["check"], item["key"]): (visit, item)
            for visit in visits
            for item in found.get(visit.id, ())
        }
        listed = self.sudo().search([("company_id", "in", companies.ids)])
        known = {(row.appointment_id.id, row.check, row.key): row for row in listed}
        self.browse(row.id for key, row in known.items() if key not in wanted).sudo().unlink()
        for key, row in known.items():
            if key in wanted:
                row._follow(*wanted[key])
        self._add([self._prepare(*pair) for key, pair in wanted.items() if key not in known])

    @api.model
    def _coming_visits(self, companies):
        start, _stop = self.env["dental.today"]._day_span()
        return (
            self.env["dental.appointment"]
            .sudo()
            .search(
                [
                    ("company_id", "in", companies.ids),
                    ("status", "in", (*COMING, *INSIDE)),
                    ("start", ">=", start),
                    ("start", "<", start + timedelta(days=AHEAD_DAYS)),
                ]
            )
        )

    def _follow(self, visit, item):
        """Take over what changed; owner and date stay as somebody set them."""
        vals = {name: item[name] for name in TOLD if self._told(name) != item[name]}
        if self.start != visit.start:
            vals["start"] = visit.start
        if vals:
            self.write(vals)

    def _told(self, name):
        return self[name].id if name == "rule_id" else self[name]

    @api.model
    def _prepare(self, visit, item):
        rule = self.env["dental.readiness.rule"].browse(item["rule_id"]).sudo()
        today = self.env["dental.today"]._day()
        return {
            **{name: item[name] for name in TOLD},
            "appointment_id": visit.id,
            "patient_id": visit.patient_id.id,
            "company_id": visit.company_id.id,
            "check": item["check"],
            "key": item["key"],
            "start": visit.start,
            "owner_id": item["owner_id"] or (None if self.env.su else self.env.uid),
            "next_date": max(today, visit._local_day() - timedelta(days=rule.lead_days)),
        }

    @api.model
    def _add(self, rows):
        """Two people open the list at once: each thing is added once, nobody is refused."""
        if not rows:
            return
        names = sorted(rows[0])
        self.env.cr.execute(
            SQL(
                "INSERT INTO dental_readiness_item (%s, create_uid, create_date, write_uid,"
                " write_date) VALUES %s ON CONFLICT DO NOTHING",
                SQL(", ").join(SQL.identifier(name) for name in names),
                SQL(", ").join(self._row(row, names) for row in rows),
            )
        )
        self.invalidate_model()

    def _row(self, row, names):
        """One row as SQL values."""
        values = SQL(", ").join(SQL("%s", row[name]) for name in names)
        stamp = SQL("%s, now() AT TIME ZONE 'UTC'", self.env.uid)
        return SQL("(%s, %s, %s)", values, stamp, stamp)
