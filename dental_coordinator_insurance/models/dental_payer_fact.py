# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date


class DentalPayerFact(models.Model):
    """What we have learned about a payer, shown wherever it matters. Never about a patient."""

    _name = "dental.payer.fact"
    _description = "What we know of a payer"
    _order = "payer_id, kind, as_of desc, id desc"

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    payer_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("is_company", "=", True)],
    )
    plan_id = fields.Many2one(
        "dental.insurance.plan",
        string="Only this plan",
        ondelete="cascade",
        domain="[('payer_id', '=', payer_id)]",
    )
    code_id = fields.Many2one(
        "dental.procedure.code", string="Only this procedure", ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("needs", "Needs"),
            ("answers", "Usually answers"),
            ("reach", "How to reach"),
            ("other", "Good to know"),
        ],
        required=True,
        default="needs",
    )
    text = fields.Char(required=True, help="About the payer. No patient's name or treatment.")
    as_of = fields.Date(
        required=True, string="As of", default=lambda self: fields.Date.context_today(self)
    )
    user_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, readonly=True, string="Noted by"
    )

    # Computes

    @api.depends("payer_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for fact in self:
            fact.display_name = f"{fact.payer_id.name}: {kinds.get(fact.kind, '')}"

    # Constraints

    @api.constrains("plan_id", "payer_id")
    def _check_plan(self):
        for fact in self:
            if fact.plan_id and fact.plan_id.payer_id != fact.payer_id:
                raise ValidationError(
                    self.env._(
                        "Plan %(plan)s is not one of %(payer)s. Choose one of its own, or none.",
                        plan=fact.plan_id.name,
                        payer=fact.payer_id.name,
                    )
                )

    # Business

    @api.model
    def _texts(self, asked):
        """What is known of payers, for several questions at once.

        :param asked: {key: (payer, plan, codes or None for any code)}
        :return: {key: lines of text, or False}
        """
        payers = self.env["res.partner"].union(*(payer for payer, _plan, _codes in asked.values()))
        facts = self.search([("payer_id", "in", payers.ids)])
        texts = {}
        for key, (payer, plan, codes) in asked.items():
            about = facts.filtered(
                lambda one, payer=payer, plan=plan, codes=codes: one.payer_id == payer
                and (not one.plan_id or one.plan_id == plan)
                and (not one.code_id or codes is None or one.code_id in codes)
            )
            texts[key] = "\n".join(fact._line() for fact in about) or False
        return texts

    def _line(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        code = f" ({self.code_id.code})" if self.code_id else ""
        return self.env._(
            "%(kind)s%(code)s: %(text)s (as of %(day)s)",
            kind=kinds[self.kind],
            code=code,
            text=self.text,
            day=format_date(self.env, self.as_of),
        )
