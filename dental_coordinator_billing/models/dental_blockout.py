# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models, tools
from odoo.tools import SQL


class DentalBlockout(models.Model):
    """Time that is kept for patients who are billed in some way."""

    _inherit = "dental.blockout"

    billing_type_ids = fields.Many2many(
        "dental.billing.type",
        string="For those billed as",
        help="With kinds of visit: only such visits of such patients. Without: any of theirs.",
    )

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        self._forget_templates("billing_type_ids" in vals)
        return result

    # Business

    @api.model
    def _kept_fields(self):
        return [*super()._kept_fields(), "billing_type_ids"]

    @api.model
    def _kept_words(self, kinds, groups):
        if not groups:
            return super()._kept_words(kinds, groups)
        types = ", ".join(sorted(self.env["dental.billing.type"].browse(groups).mapped("name")))
        if not kinds:
            return self.env._("patients billed as %s", types)
        return self.env._(
            "%(kinds)s of patients billed as %(types)s",
            kinds=super()._kept_words(kinds, groups),
            types=types,
        )

    @api.model
    def _groups_column(self):
        return SQL(
            "ARRAY(SELECT dental_billing_type_id FROM dental_billing_type_dental_blockout_rel"
            " WHERE dental_blockout_id = blockout.id)"
        )

    @tools.ormcache()
    def _has_billed_template(self):
        """Whether any time is kept by billing type: most clinics ask at each search in vain."""
        kept = [("kind", "=", "template"), ("billing_type_ids", "!=", False)]
        return bool(self.sudo().search_count(kept, limit=1))


class DentalPatient(models.Model):
    _inherit = "dental.patient"

    def _kept_groups(self, moment):
        """Billing types of the file and of the plans in force."""
        groups = super()._kept_groups(moment)
        if not self or not self.env["dental.blockout"]._has_billed_template():
            return groups
        day = fields.Date.context_today(self, moment)
        types = self.sudo().billing_type_id | self._plan_billing_types(day)
        return groups | frozenset(types.ids)
