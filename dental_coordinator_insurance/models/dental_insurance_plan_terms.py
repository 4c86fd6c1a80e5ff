# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

POLICIES = [("keep", "Keep the contracted fee"), ("full_fee", "Bill the full fee")]


class DentalInsurancePlan(models.Model):
    """Terms of a plan beside its benefit rules: schedules, substitutions, write-offs."""

    _inherit = "dental.insurance.plan"

    copay_pricelist_id = fields.Many2one(
        "product.pricelist",
        string="Co-payments",
        ondelete="restrict",
        help="What the patient pays of each code, before anything else.",
    )
    pays_fixed = fields.Boolean(
        string="Pays fixed amounts",
        help="The plan pays an amount for each code instead of a percentage.",
    )
    fixed_pricelist_id = fields.Many2one(
        "product.pricelist", string="Fixed amounts", ondelete="restrict"
    )
    substitution_policy = fields.Selection(
        [("use", "As its rules say"), ("never", "Never")],
        required=True,
        default="use",
        string="Paid as another code",
    )
    no_write_off_on_substitution = fields.Boolean(
        string="No write-off when paid as another code",
        help="The patient then owes the office fee less what the plan pays.",
    )
    usual_fee_when_excluded = fields.Boolean(
        string="Office fee for what is not covered",
        help="Not covered services are not bound to the contracted fee. State laws differ.",
    )
    over_max_policy = fields.Selection(
        POLICIES, string="When the maximum is used up", help="Empty: as the clinic does."
    )
    over_limit_policy = fields.Selection(
        POLICIES, string="Over frequency or age", help="Empty: as the clinic does."
    )
    no_verify = fields.Boolean(
        string="Do not verify", help="Members of this plan are never put on the list."
    )
    contract_ids = fields.One2many("dental.insurance.contract", "plan_id", string="Dentists")
