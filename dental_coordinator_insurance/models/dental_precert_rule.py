# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .dental_insurance_benefit import SOURCES


class DentalPrecertRule(models.Model):
    """What a payer or plan wants to be asked beforehand: for which work, from which amount on.

    The closest rule counts: that of the plan before the payer's, of a code before a category's, of
    a dentist before everybody's, of a higher amount before a lower one.
    """

    _name = "dental.precert.rule"
    _description = "Rule on what to ask the payer beforehand"
    _order = "payer_id, plan_id, category_id, code_id, amount_from desc, id"

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    payer_id = fields.Many2one(
        "res.partner",
        ondelete="cascade",
        index="btree_not_null",
        domain=[("dental_payer", "=", True)],
        compute="_compute_payer_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Empty: every payer.",
    )
    plan_id = fields.Many2one(
        "dental.insurance.plan", ondelete="cascade", index="btree_not_null", help="Empty: all."
    )
    category_id = fields.Many2one("dental.procedure.category", ondelete="cascade")
    code_id = fields.Many2one("dental.procedure.code", string="Procedure", ondelete="cascade")
    provider_id = fields.Many2one("dental.provider", string="Dentist", ondelete="cascade")
    amount_from = fields.Monetary(
        string="From", help="Of the fee. 0.00 means every amount.", default=0.0
    )
    requirement = fields.Selection(
        [("required", "Required"), ("advised", "Advised"), ("none", "Not needed")],
        required=True,
        default="required",
    )
    kind = fields.Selection(
        [
            ("predetermination", "Predetermination: what would be paid"),
            ("preauthorization", "Preauthorization: may it be done"),
        ],
        required=True,
        default="predetermination",
        string="What to ask",
    )
    wants_xray = fields.Boolean(string="X-rays")
    wants_perio = fields.Boolean(string="Periodontal chart")
    wants_narrative = fields.Boolean(string="Reason in words")
    source = fields.Selection(SOURCES, required=True, default="phone")
    reference = fields.Char()
    as_of = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self), string="As of"
    )
    note = fields.Char(help="What whoever prepares it should know.")

    _amount_positive = models.Constraint("CHECK (amount_from >= 0)", "An amount is not negative.")

    # Computes

    @api.depends("plan_id")
    def _compute_payer_id(self):
        for rule in self:
            rule.payer_id = rule.plan_id.payer_id or rule.payer_id

    @api.depends("requirement", "code_id", "category_id", "plan_id", "payer_id")
    def _compute_display_name(self):
        words = dict(self._fields["requirement"]._description_selection(self.env))
        for rule in self:
            what = rule.code_id.code or rule.category_id.name or self.env._("Every procedure")
            whose = rule.plan_id.name or rule.payer_id.name or self.env._("every payer")
            rule.display_name = f"{what}, {whose}: {words.get(rule.requirement, '')}"

    # Constraints

    @api.constrains("plan_id", "payer_id")
    def _check_payer(self):
        for rule in self:
            if rule.plan_id and rule.payer_id not in (
                rule.payer_id.browse(),
                rule.plan_id.payer_id,
            ):
                raise ValidationError(
                    self.env._(
                        "Plan %(plan)s belongs to %(payer)s. Leave the payer empty, it follows.",
                        plan=rule.plan_id.name,
                        payer=rule.plan_id.payer_id.name,
                    )
                )

    # Business

    @api.model
    def _for_procedures(self, procedures, coverages):
        """The rule that counts for each procedure at the first payer.

        :param coverages: {patient: the coverage that pays first}
        :return: {procedure: rule}, without procedures that no rule speaks of
        """
        rules = self.sudo().search(
            [("company_id", "in", [one.company_id.id for one in coverages.values()])]
        )
        found = {}
        for procedure in procedures:
            coverage = coverages.get(procedure.patient_id)
            if coverage:
                fitting = rules.filtered(lambda r, p=procedure, c=coverage: r._fits(p, c))
                if fitting:
                    found[procedure] = max(fitting, key=lambda rule: rule._rank())
        return found

    def _fits(self, procedure, coverage):
        self.ensure_one()
        return (
            self.company_id == coverage.company_id
            and self.plan_id in (self.plan_id.browse(), coverage.plan_id)
            and self.payer_id in (self.payer_id.browse(), coverage.plan_id.payer_id)
            and self.code_id in (self.code_id.browse(), procedure.code_id)
            and self.category_id in (self.category_id.browse(), procedure.category_id)
            and self.provider_id in (self.provider_id.browse(), procedure.provider_id)
            and procedure.fee >= self.amount_from
        )

    def _rank(self):
        """How closely the rule speaks of what it fits, the larger the closer."""
        return (
            bool(self.plan_id) * 2 or bool(self.payer_id),
            bool(self.code_id) * 2 or bool(self.category_id),
            bool(self.provider_id),
            self.amount_from,
            self.id,
        )
