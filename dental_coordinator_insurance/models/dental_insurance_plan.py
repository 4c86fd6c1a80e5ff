# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

MONTHS = [
    ("1", "January (calendar year)"),
    ("2", "February"),
    ("3", "March"),
    ("4", "April"),
    ("5", "May"),
    ("6", "June"),
    ("7", "July"),
    ("8", "August"),
    ("9", "September"),
    ("10", "October"),
    ("11", "November"),
    ("12", "December"),
]


class DentalInsurancePlan(models.Model):
    """What one payer promises to all members of one group. Shared by their policies."""

    _name = "dental.insurance.plan"
    _description = "Insurance plan"
    _order = "name, id"
    _rec_names_search = ["name", "group_number", "group_name", "payer_id.name"]

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    payer_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("is_company", "=", True)],
    )
    payer_code = fields.Char(related="payer_id.dental_payer_code")
    group_number = fields.Char(string="Group number")
    group_name = fields.Char(string="Group or employer")
    kind = fields.Selection(
        [
            ("ppo", "Contracted fees (PPO)"),
            ("percentage", "Percentage, no contract"),
            ("flat", "Flat co-payments"),
            ("capitation", "Capitation"),
            ("discount", "Discount plan"),
        ],
        required=True,
        default="ppo",
    )
    benefit_year_month = fields.Selection(
        MONTHS, required=True, default="1", string="Benefit year starts in"
    )
    cob_rule = fields.Selection(
        [
            ("basic", "Basic: up to its own allowed amount"),
            ("standard", "Standard: up to what the patient would owe"),
            ("carve_out", "Carve-out: its own benefit less the first plan's"),
            ("maintenance", "Maintenance of benefits"),
            ("secondary_medicaid", "Medicaid as second plan"),
        ],
        string="Coordination",
        help="How this plan pays after another one. Empty: nobody has asked yet.",
    )
    filing_code = fields.Selection(
        [
            ("CI", "Commercial insurance"),
            ("BL", "Blue Cross, Blue Shield"),
            ("12", "Preferred provider organization"),
            ("13", "Point of service"),
            ("14", "Exclusive provider organization"),
            ("15", "Indemnity"),
            ("17", "Dental maintenance organization"),
            ("HM", "Health maintenance organization"),
            ("FI", "Federal employees"),
            ("MC", "Medicaid"),
            ("MB", "Medicare part B"),
            ("CH", "Military"),
            ("DS", "Disability"),
            ("WC", "Workers' compensation"),
            ("AM", "Automobile medical"),
            ("ZZ", "Mutually defined"),
        ],
        default="CI",
        required=True,
        string="Kind in claim files",
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Contracted fees",
        ondelete="restrict",
        help="A code without a row here has no contracted fee; that is not a fee of zero.",
    )
    network = fields.Char(
        string="Our network",
        help="The network's name as the payer writes it, when one plan has several.",
    )
    network_names = fields.Char(compute="_compute_network_names", string="Networks of the plan")
    benefit_ids = fields.One2many("dental.insurance.benefit", "plan_id")
    benefit_count = fields.Integer(compute="_compute_verified", string="Benefit count")
    verified_on = fields.Date(compute="_compute_verified", string="Benefits as of")
    policy_ids = fields.One2many("dental.insurance.policy", "plan_id")
    policy_count = fields.Integer(compute="_compute_policy_count", string="Policy count")
    note = fields.Text()

    # Computes

    @api.depends("benefit_ids.network_name")
    def _compute_network_names(self):
        for plan in self:
            names = dict.fromkeys(plan.benefit_ids.filtered("network_name").mapped("network_name"))
            plan.network_names = " | ".join(names) or False

    @api.depends("benefit_ids.as_of")
    def _compute_verified(self):
        groups = self.env["dental.insurance.benefit"]._read_group(
            [("plan_id", "in", self.ids)], ["plan_id"], ["as_of:max", "__count"]
        )
        found = {plan.id: (as_of, count) for plan, as_of, count in groups}
        for plan in self:
            plan.verified_on, plan.benefit_count = found.get(plan.id, (False, 0))

    def _compute_policy_count(self):
        groups = self.env["dental.insurance.policy"]._read_group(
            [("plan_id", "in", self.ids)], ["plan_id"], ["__count"]
        )
        counts = {plan.id: count for plan, count in groups}
        for plan in self:
            plan.policy_count = counts.get(plan.id, 0)

    # Constraints

    @api.constrains("kind", "pricelist_id")
    def _check_currency(self):
        for plan in self:
            currency = plan.pricelist_id.currency_id
            if currency and currency != plan.company_id.currency_id:
                raise ValidationError(
                    self.env._(
                        "Plan %(plan)s: its fees are in %(fees)s, the clinic's books in %(books)s. "
                        "Choose a pricelist in the clinic's currency.",
                        plan=plan.name,
                        fees=currency.name,
                        books=plan.company_id.currency_id.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans._make_payers()
        return plans

    def write(self, vals):
        result = super().write(vals)
        if "payer_id" in vals:
            self._make_payers()
        return result

    # Actions

    def action_open_policies(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Policies of %s", self.name),
            "res_model": "dental.insurance.policy",
            "domain": [("plan_id", "=", self.id)],
            "context": {"default_plan_id": self.id},
            "views": [(False, "list"), (False, "form")],
        }

    # Business

    def _make_payers(self):
        for company, plans in self.grouped("company_id").items():
            plans.payer_id._dental_make_payers(company)

    def _is_contracted(self):
        """Whether what the payer cuts by contract is ours to write off."""
        return self.kind in ("ppo", "capitation", "discount")
