# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DentalInsurancePolicy(models.Model):
    """A subscriber's contract with a plan. Several patients may be covered by one policy."""

    _name = "dental.insurance.policy"
    _inherit = "dental.numbered.mixin"
    _description = "Insurance policy"
    _order = "id desc"
    _rec_names_search = ["number", "member_id", "subscriber_last_name", "plan_id.name"]

    active = fields.Boolean(default=True)
    plan_id = fields.Many2one(
        "dental.insurance.plan", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        related="plan_id.company_id", store=True, index=True, precompute=True
    )
    payer_id = fields.Many2one(related="plan_id.payer_id")
    subscriber_id = fields.Many2one(
        "res.partner",
        required=True,
        ondelete="restrict",
        index=True,
        help="Who holds the policy: the patient, a parent, a spouse.",
    )
    subscriber_first_name = fields.Char(
        string="First name",
        compute="_compute_subscriber",
        store=True,
        readonly=False,
        precompute=True,
    )
    subscriber_last_name = fields.Char(
        string="Last name",
        compute="_compute_subscriber",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
    )
    subscriber_birth_date = fields.Date(
        string="Birth date",
        compute="_compute_subscriber",
        store=True,
        readonly=False,
        precompute=True,
    )
    subscriber_sex = fields.Selection(
        [("F", "Female"), ("M", "Male"), ("U", "Unknown")],
        compute="_compute_subscriber",
        store=True,
        readonly=False,
        precompute=True,
        string="Sex",
    )
    member_id = fields.Char(string="Member id", index=True)
    employer = fields.Char()
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")
    assignment = fields.Selection(
        [("dentist", "The dentist"), ("patient", "The subscriber")],
        required=True,
        default="dentist",
        string="Payer pays",
    )
    release_on_file = fields.Date(
        string="Release signed on", help="Consent to give the payer what a claim needs."
    )
    coverage_ids = fields.One2many("dental.insurance.coverage", "policy_id")

    _dates_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "A policy ends after it begins.",
    )
    _number_uniq = models.Constraint("UNIQUE (number)", "This policy number is taken.")

    # Computes

    @api.depends("subscriber_id")
    def _compute_subscriber(self):
        for policy in self:
            for name, value in policy._subscriber_vals().items():
                if value and not policy[name]:
                    policy[name] = value

    @api.depends("number", "plan_id", "member_id")
    @api.depends_context("dental_names")
    def _compute_display_name(self):
        named = self.env.context.get("dental_names")
        for policy in self:
            member = policy.member_id or self.env._("no member id")
            policy.display_name = f"{policy.plan_id.name} · {member}" if named else policy.number

    # Constraints

    @api.constrains("member_id", "plan_id")
    def _check_member_id(self):
        for policy in self.filtered("member_id"):
            twin = self.search(
                [
                    ("id", "!=", policy.id),
                    ("plan_id", "=", policy.plan_id.id),
                    ("member_id", "=ilike", policy.member_id),
                ],
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "Member id %(member)s of plan %(plan)s is already on policy %(number)s. "
                        "Add the patient to that policy.",
                        member=policy.member_id,
                        plan=policy.plan_id.name,
                        number=twin.number,
                    )
                )

    # Business

    def _subscriber_vals(self):
        """Name parts, birth date and sex of the subscriber, where he is a patient or a person."""
        patient = self.subscriber_id.sudo().dental_patient_ids[:1]
        if patient:
            return {
                "subscriber_first_name": patient.first_name,
                "subscriber_last_name": patient.last_name,
                "subscriber_birth_date": patient.birth_date,
                "subscriber_sex": patient.sex,
            }
        first, _space, last = (self.subscriber_id.name or "").strip().rpartition(" ")
        return {
            "subscriber_first_name": first,
            "subscriber_last_name": last,
            "subscriber_sex": "U",
        }
