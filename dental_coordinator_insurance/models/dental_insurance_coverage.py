# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..benefits import benefit_year_start


class DentalInsuranceCoverage(models.Model):
    """One patient under one policy, for a time, in a place of the order of payers."""

    _name = "dental.insurance.coverage"
    _inherit = "dental.patient.mixin"
    _description = "Insurance coverage of a patient"
    _order = "patient_id, sequence, date_from desc, id desc"
    _rec_names_search = ["policy_id"]

    active = fields.Boolean(default=True, help="A coverage that ended is kept for the record.")
    policy_id = fields.Many2one(
        "dental.insurance.policy", required=True, ondelete="restrict", index=True
    )
    plan_id = fields.Many2one(related="policy_id.plan_id", store=True, index=True, precompute=True)
    payer_id = fields.Many2one(related="plan_id.payer_id")
    sequence = fields.Integer(
        string="Order", required=True, default=1, help="1 pays first, 2 after it, and so on."
    )
    relation = fields.Selection(
        [("self", "Self"), ("spouse", "Spouse"), ("child", "Child"), ("other", "Other")],
        required=True,
        default="self",
        string="Patient is the subscriber's",
    )
    own_member_id = fields.Char(
        string="Own member id", help="Only where the payer gives each person a number."
    )
    member_id = fields.Char(compute="_compute_member_id")
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")
    waiting_from = fields.Date(
        string="Waiting periods run from",
        help="Only where it is not the first day of the cover, as after a change of employer.",
    )
    no_verify = fields.Boolean(
        string="Do not verify", help="This cover is never put on the verification list."
    )
    usage_ids = fields.One2many("dental.insurance.usage", "coverage_id", string="Used")
    verification_ids = fields.One2many("dental.insurance.verification", "coverage_id")
    verified_on = fields.Date(compute="_compute_verified", string="Verified on")
    verified_state = fields.Char(compute="_compute_verified", string="Verified")

    _sequence_positive = models.Constraint(
        "CHECK (sequence >= 1)", "The order of payers starts with 1."
    )
    _dates_order = models.Constraint(
        "CHECK (date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "A coverage ends after it begins.",
    )
    # Two payers cannot both be the first at the same time.
    _one_place = models.Constraint(
        "EXCLUDE USING gist (patient_id WITH =, sequence WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&) WHERE (active)",
        "This patient already has a payer in that place of the order at that time. "
        "End the old coverage or choose another place.",
    )

    # Computes

    @api.depends("own_member_id", "policy_id.member_id")
    def _compute_member_id(self):
        for coverage in self:
            coverage.member_id = coverage.own_member_id or coverage.policy_id.member_id

    @api.depends("verification_ids.state", "verification_ids.verified_on")
    def _compute_verified(self):
        for coverage in self:
            done = coverage.verification_ids._answered().sorted("verified_on")[-1:]
            states = dict(done._fields["state"]._description_selection(self.env))
            coverage.verified_on = done.verified_on
            coverage.verified_state = states.get(done.state, False)

    @api.depends("policy_id", "sequence", "plan_id")
    @api.depends_context("dental_names")
    def _compute_display_name(self):
        for coverage in self:
            coverage.display_name = f"{coverage.sequence}. {coverage.policy_id.display_name}"

    # Constraints

    @api.constrains("relation", "patient_id", "policy_id")
    def _check_relation(self):
        for coverage in self:
            holder = coverage.policy_id.subscriber_id
            is_self = holder == coverage.patient_id.partner_id
            if (coverage.relation == "self") != is_self:
                raise ValidationError(
                    self.env._(
                        "File %(number)s: the policy is held by %(holder)s, so the relation "
                        "%(relation)s cannot be right. Choose how the patient is related, or "
                        "another policy.",
                        number=coverage.patient_id.number,
                        holder=holder.name,
                        relation=dict(self._fields["relation"]._description_selection(self.env))[
                            coverage.relation
                        ],
                    )
                )

    @api.constrains("patient_id", "policy_id")
    def _check_company(self, fnames=None):
        for coverage in self:
            if coverage.patient_id.company_id != coverage.policy_id.company_id:
                raise ValidationError(
                    self.env._(
                        "File %(number)s and plan %(plan)s belong to different clinics. "
                        "Choose a policy of the patient's clinic.",
                        number=coverage.patient_id.number,
                        plan=coverage.plan_id.name,
                    )
                )

    # Actions

    def action_verify(self):
        """Open this coverage's verification that is still to do, or a new one."""
        self.ensure_one()
        todo = self.verification_ids.filtered(lambda check: check._is_open())[:1]
        return (todo or self.verification_ids.create({"coverage_id": self.id})).action_open()

    # Business

    def _must_verify(self, day, known):
        """Whether somebody must ask after this coverage before a visit on ``day``.

        An answer of before the benefit year in which the visit lies is none: limits are others.

        :param known: {coverage: its open verifications and the lately answered ones}
        """
        self.ensure_one()
        if self.no_verify or self.plan_id.no_verify:
            return False
        checks = known.get(self, self.verification_ids.browse())
        if any(check._is_open() for check in checks):
            return False
        year = benefit_year_start(day, int(self.plan_id.benefit_year_month))
        return not any(check.verified_on and check.verified_on >= year for check in checks)

    def _live(self, day):
        """Those of these coverages that count on ``day``, first payer first."""

        def covers(record):
            return (not record.date_from or record.date_from <= day) and (
                not record.date_to or record.date_to >= day
            )

        return self.filtered(lambda c: c.active and covers(c) and covers(c.policy_id)).sorted(
            "sequence"
        )

    @api.model
    def _find_member(self, company, member_id, birth_date=None, last_name=""):
        """The coverage a payer's file speaks of, by member id; birth date or name must agree.

        :return: one coverage, or none when nobody or more than one person answers to it
        """
        found = self._with_member(company, member_id)

        def agrees(coverage):
            patient = coverage.patient_id
            if birth_date and patient.birth_date:
                return patient.birth_date == birth_date
            return patient.last_name.casefold() == last_name.strip().casefold()

        found = found.filtered(agrees)
        return found.with_env(self.env) if len(found) == 1 else self.browse()

    @api.model
    def _with_member(self, company, member_id):
        """Every coverage by this member id, as the payer knows it; none without an id."""
        if not member_id:
            return self.sudo().browse()
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                "|",
                ("own_member_id", "=ilike", member_id),
                "&",
                ("own_member_id", "=", False),
                ("policy_id.member_id", "=ilike", member_id),
            ]
        )
