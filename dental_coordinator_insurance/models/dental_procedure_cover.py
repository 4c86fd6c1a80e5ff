# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .dental_procedure_claim import BILLED, FLUSHED, TO_CLAIM

# Covered on its day by a cover that somebody entered only afterwards.
ENTERED_LATER = f"{TO_CLAIM} AND c.create_date::date > p.date_done"
# Billed, not covered on its day, but by a cover that began within a year after it: often the day
# of its beginning is entered wrong, or the payer takes the member in from an earlier day.
BEGAN_LATER = f"""{BILLED}
       AND GREATEST(c.date_from, o.date_from) > p.date_done
       AND GREATEST(c.date_from, o.date_from) <= p.date_done + 365
       AND NOT EXISTS (
           SELECT 1 FROM dental_claim_line l WHERE l.procedure_id = p.id AND l.live)
       AND NOT EXISTS (
           SELECT 1
             FROM dental_insurance_coverage other
             JOIN dental_insurance_policy held ON held.id = other.policy_id
            WHERE other.patient_id = p.patient_id
              AND other.active
              AND p.date_done >= GREATEST(other.date_from, held.date_from, '-infinity'::date)
              AND p.date_done <= LEAST(other.date_to, held.date_to, 'infinity'::date))
"""


class DentalProcedure(models.Model):
    """What was done before its cover was known, or before it began."""

    _inherit = "dental.procedure"

    cover_entered_later = fields.Boolean(
        compute="_compute_cover_later",
        search="_search_cover_entered_later",
        help="Covered on its day, which was known only later.",
    )
    cover_began_later = fields.Boolean(
        compute="_compute_cover_later",
        search="_search_cover_began_later",
        help="Not covered on its day; a cover began within a year after it.",
    )

    # Computes

    def _compute_cover_later(self):
        for name in ("cover_entered_later", "cover_began_later"):
            found = self.search([("id", "in", self.ids), (name, "=", True)])
            for procedure in self:
                procedure[name] = procedure in found

    @api.model
    def _search_cover_entered_later(self, operator, value):
        return self._search_by(ENTERED_LATER, operator, value)

    @api.model
    def _search_cover_began_later(self, operator, value):
        return self._search_by(BEGAN_LATER, operator, value)

    # Business

    @api.model
    def _search_by(self, query, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        for name in FLUSHED:
            self.env[name].flush_model()
        return Domain("id", "in", SQL("(%s)", SQL(query)))
