# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

FINDINGS = [
    ("decay", "Decay"),
    ("fracture", "Fracture"),
    ("filling", "Filling"),
    ("crown", "Crown"),
    ("veneer", "Veneer"),
    ("sealant", "Sealant"),
    ("root_canal", "Root canal filling"),
    ("post", "Post"),
    ("implant", "Implant"),
    ("bridge", "Bridge"),
    ("denture", "Denture"),
    ("lesion", "Change at the root tip"),
    ("other", "Other"),
]
STATUSES = [
    ("existing", "Existing"),
    ("watch", "Watch"),
    ("missing", "Missing"),
    ("unerupted", "Not erupted"),
]
# What a finding concerns when no surface is named.
PARTS = {
    "root_canal": "root",
    "post": "root",
    "implant": "root",
    "lesion": "root",
}


class DentalChartEntry(models.Model):
    """What is on a tooth, from when to when. Planned and done treatment are procedures."""

    _name = "dental.chart.entry"
    _inherit = ["dental.numbered.mixin", "dental.site.mixin", "dental.patient.links.mixin"]
    _description = "Tooth chart entry"
    _order = "date desc, id desc"
    _patient_links = ("procedure_id",)

    tooth = fields.Char(
        required=True, index=True, help="Stored as ISO 3950 (FDI): 11 to 48, primary 51 to 85."
    )
    surfaces = fields.Char()
    site = fields.Char(compute="_compute_site")
    status = fields.Selection(STATUSES, required=True, default="existing")
    finding = fields.Selection(FINDINGS)
    date = fields.Date(
        string="Since", required=True, default=fields.Date.context_today, help="As far as known."
    )
    date_to = fields.Date(string="Until", help="From then on it is no longer so.")
    provider_id = fields.Many2one("dental.provider", string="Dictated by", ondelete="restrict")
    procedure_id = fields.Many2one(
        "dental.procedure", string="Caused by", readonly=True, ondelete="restrict", index=True
    )
    note = fields.Char()
    active = fields.Boolean(default=True, help="Off: entered by mistake. It is kept, not shown.")

    _span_positive = models.Constraint(
        "CHECK (date_to IS NULL OR date <= date_to)", "A chart entry ends after it begins."
    )
    _patient_tooth = models.Index("(patient_id, tooth) WHERE active")

    # Computes

    @api.depends("tooth", "surfaces")
    @api.depends_context("uid")
    def _compute_site(self):
        for entry in self:
            entry.site = entry._site_label()

    # Constraints

    @api.constrains("status", "finding")
    def _check_finding(self):
        for entry in self:
            if entry.status == "existing" and not entry.finding:
                raise ValidationError(
                    self.env._(
                        "%(number)s, Finding: say what there is on tooth %(tooth)s.",
                        number=entry.number,
                        tooth=entry.site,
                    )
                )

    @api.constrains("date")
    def _check_date(self):
        for entry in self:
            if entry.date > fields.Date.context_today(self):
                raise ValidationError(
                    self.env._(
                        "%(number)s, Since: the date lies in the future. Correct it.",
                        number=entry.number,
                    )
                )

    # Actions

    def action_mistake(self):
        """Take out what was entered by mistake; the record is kept."""
        return self.action_archive()

    # Business

    def _parts(self):
        """Which parts of the drawn tooth it concerns: letters of surfaces, crown, root or tooth."""
        self.ensure_one()
        if self.status in ("missing", "unerupted"):
            return ["tooth"]
        return list(self.surfaces or "") or [PARTS.get(self.finding, "crown")]

    def _prepare_drawing(self):
        """The entry as the tooth chart draws and lists it; see ``dental.patient.chart_data``."""
        selections = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("status", "finding")
        }
        words = selections["finding"].get(self.finding) or selections["status"][self.status]
        return {
            "key": f"entry-{self.id}",
            "model": self._name,
            "id": self.id,
            "tooth": self.tooth,
            "site": self.site,
            "parts": self._parts(),
            "status": self.status,
            "text": words,
            "note": self.note or "",
            "date": fields.Date.to_string(self.date),
            "date_to": fields.Date.to_string(self.date_to) or False,
            "provider": self.provider_id.name or "",
        }

    @api.model
    def _chart_removed(self, procedures):
        """Chart the teeth that these procedures removed as missing from that day on."""
        removed = procedures.filtered(lambda p: p.code_id.removes_tooth and p.tooth)
        self.create(
            [
                {
                    "patient_id": procedure.patient_id.id,
                    "tooth": procedure.tooth,
                    "status": "missing",
                    "date": procedure.date_done,
                    "provider_id": procedure.provider_id.id,
                    "procedure_id": procedure.id,
                }
                for procedure in removed
            ]
        )

    @api.model
    def _unchart(self, procedures):
        """Take out what ``_chart_removed`` charted."""
        self.search([("procedure_id", "in", procedures.ids)]).action_archive()
