# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..narrative import ELECTRONIC, PAPER, assemble, parts

# What a sentence may name.
FACTS = (
    "code",
    "tooth",
    "surfaces",
    "area",
    "date",
    "replaced_on",
    "x_ray_on",
    "number",
    "missing",
)


class DentalClaimNarrative(models.Model):
    """Sentences that payers want to read with a kind of service."""

    _name = "dental.claim.narrative"
    _description = "Narrative for claims"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    payer_id = fields.Many2one(
        "res.partner", domain=[("dental_payer", "=", True)], help="Empty: for every payer."
    )
    category_id = fields.Many2one("dental.procedure.category", ondelete="restrict")
    code_id = fields.Many2one("dental.procedure.code", ondelete="restrict")
    text = fields.Text(
        required=True,
        help="One sentence a line. {tooth}, {surfaces}, {area}, {code}, {date}, {replaced_on}, "
        "{x_ray_on}, {number}, {missing} are filled from the file; a sentence whose fact is not "
        "known is left out.",
    )
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: of every clinic.")

    # Constraints

    @api.constrains("text")
    def _check_text(self):
        for narrative in self:
            try:
                assemble(narrative.text, dict.fromkeys(FACTS, ("x", "x")))
            except (KeyError, ValueError, IndexError) as error:
                raise ValidationError(
                    self.env._(
                        "%(name)s: %(error)s is nothing that can be filled in. Use one of: "
                        "%(facts)s.",
                        name=narrative.name,
                        error=error,
                        facts=", ".join(FACTS),
                    )
                ) from error

    # Business

    def _for_line(self, line):
        """The narrative that fits a claim line best: own payer first, then the code."""
        procedure = line.procedure_id

        def fits(one):
            return (
                (not one.payer_id or one.payer_id == line.claim_id.payer_id)
                and (not one.code_id or one.code_id == procedure.code_id)
                and (not one.category_id or one.category_id == procedure.category_id)
                and (not one.company_id or one.company_id == line.company_id)
            )

        found = self.filtered(fits)
        return found.sorted(lambda one: (not one.payer_id, not one.code_id, one.sequence))[:1]


class DentalClaim(models.Model):
    _inherit = "dental.claim"

    note = fields.Char(
        string="Remark to the payer", help="Goes to the payer: 400 characters, 144 seen on paper."
    )
    note_meter = fields.Char(compute="_compute_note_meter", string="Length")
    note_sources = fields.Json(readonly=True, copy=False)
    note_sources_html = fields.Html(compute="_compute_note_sources_html", string="Comes from")

    # Computes

    @api.depends("note")
    def _compute_note_meter(self):
        for claim in self:
            length = len(" ".join((claim.note or "").split()))
            claim.note_meter = self.env._(
                "%(length)s of %(electronic)s in a file, of %(paper)s on paper",
                length=length,
                electronic=ELECTRONIC,
                paper=PAPER,
            )

    @api.depends("note_sources")
    def _compute_note_sources_html(self):
        row = Markup("<li>{text} <span class='text-muted'>{sources}</span></li>")
        for claim in self:
            rows = [
                row.format(text=one["text"], sources=", ".join(one["sources"]))
                for one in claim.note_sources or ()
            ]
            claim.note_sources_html = rows and Markup("<ul class='mb-0'>{}</ul>").format(
                Markup().join(rows)
            )

    # Actions

    def action_write_narrative(self):
        """Put the remark together from what is on file."""
        narratives = self.env["dental.claim.narrative"].search(
            [("company_id", "in", [False, *self.company_id.ids])]
        )
        for claim in self:
            claim._write_narrative(narratives)
        return True

    # Business

    def _write_narrative(self, narratives):
        told = []
        for line in self.line_ids.filtered("procedure_id"):
            text = narratives._for_line(line).text
            told += assemble(text, line._narrative_facts()) if text else ()
        if not told:
            raise UserError(
                self.env._(
                    "%s: no narrative fits its services, or no fact of one is on file. Add one "
                    "under Configuration, Narratives.",
                    self.number,
                )
            )
        self.note = " ".join(dict.fromkeys(one.text for one in told))
        self.note_sources = [{"text": one.text, "sources": list(one.sources)} for one in told]

    def _x12_document(self):
        return replace(super()._x12_document(), notes=tuple(parts(self.sudo().note)))


class DentalClaimLine(models.Model):
    _inherit = "dental.claim.line"

    # Business

    def _narrative_facts(self):
        """{name: (value, source)} of what is known of this service."""
        self.ensure_one()
        procedure = self.procedure_id.sudo()
        number = procedure.number
        x_ray = self.claim_id._fresh_images(("RB",), self)[:1]
        missing = self.claim_id.sudo()._told_missing_teeth()
        return {
            "code": (self.code, number),
            "tooth": (self.tooth or self.tooth_range, number),
            "surfaces": (self.surfaces, number),
            "area": (self.area, number),
            "date": (self._service_date() and str(self._service_date()), number),
            "replaced_on": (
                self.prior_placement_date and str(self.prior_placement_date),
                number,
            ),
            "x_ray_on": (x_ray.taken_on and str(x_ray.taken_on), x_ray.number),
            "number": (x_ray.number, x_ray.number),
            "missing": (", ".join(sorted(missing)), procedure.patient_id.number),
        }
