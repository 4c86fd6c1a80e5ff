# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models

from odoo.addons.dental_coordinator import notation
from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import x12

# What a payer must be told, by the area rule of the code.
NEEDS = {
    "tooth": ("tooth",),
    "surface": ("tooth", "surface"),
    "range": ("tooth",),
    "arch": ("area",),
    "quadrant": ("area",),
    "sextant": ("area",),
}


class DentalClaimLineMixin(models.AbstractModel):
    """One service as a payer is told of it. A copy: what was sent stays as it was sent."""

    _name = "dental.claim.line.mixin"
    _description = "Service on a claim or predetermination"
    _order = "sequence, id"

    #: letter in front of a line's id: the key by which the payer's answer returns
    _key_letter = ""

    sequence = fields.Integer(default=10)
    key = fields.Char(
        readonly=True, copy=False, index="btree_not_null", help="The payer returns this key."
    )
    procedure_id = fields.Many2one("dental.procedure", ondelete="restrict", index=True)
    code = fields.Char()
    tooth = fields.Char(help="ISO 3950 (FDI).")
    surfaces = fields.Char()
    area = fields.Char()
    tooth_range = fields.Char(string="Teeth")
    site = fields.Char(related="procedure_id.site")
    quantity = fields.Integer(default=1)
    currency_id = fields.Many2one("res.currency")
    fee = fields.Monetary()
    prosthesis = fields.Selection([("initial", "First one"), ("replacement", "Replaces one")])
    prior_placement_date = fields.Date(string="Placed before on")
    remark = fields.Char()

    # Computes

    @api.depends("code", "key")
    def _compute_display_name(self):
        for line in self:
            line.display_name = " ".join(filter(None, (line.key, line.code)))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        for line in lines.filtered(lambda one: not one.key):
            line.key = f"{self._key_letter}{line.id}"
        return lines

    # Business

    @api.model
    def _prepare_service_vals(self, procedure):
        """What of a procedure goes to the payer."""
        return {
            "procedure_id": procedure.id,
            "sequence": procedure.sequence,
            "code": procedure.code_id.claim_code,
            "tooth": procedure.tooth,
            "surfaces": procedure.surfaces,
            "area": procedure.area,
            "tooth_range": procedure.tooth_range,
            "quantity": procedure.quantity,
            "fee": procedure.fee,
            "prosthesis": procedure.prosthesis,
            "prior_placement_date": procedure.prior_placement_date,
        }

    def _service_line(self):
        """This line as :class:`x12.ServiceLine`, without dates."""
        self.ensure_one()
        return x12.ServiceLine(
            key=self.key,
            code=self.code or "",
            charge=exact(self.fee),
            quantity=Decimal(self.quantity),
            description=self._unlisted_description(),
            teeth=self._teeth(),
            areas=(self.area,) if self.area and not (self.tooth or self.tooth_range) else (),
            prosthesis={"initial": "I", "replacement": "R"}.get(self.prosthesis, ""),
            prior_placement=self.prior_placement_date or None,
            needs=NEEDS.get(self.procedure_id.area_rule, ()),
        )

    def _teeth(self):
        """Teeth in the Universal numbers that payers read."""
        teeth = [self.tooth] if self.tooth else notation.parse_teeth(self.tooth_range or "")
        surfaces = (self.surfaces or "") if self.tooth else ""
        return tuple(x12.Tooth(notation.to_universal(tooth), surfaces) for tooth in teeth)

    def _unlisted_description(self):
        """Words for a code whose number alone says nothing (those that end in 999)."""
        if (self.code or "").endswith("999"):
            return self.remark or self.procedure_id.code_id.name or ""
        return ""
