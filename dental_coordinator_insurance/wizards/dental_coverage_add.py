# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class DentalCoverageAdd(models.TransientModel):
    """A patient's insurance card, on one small page."""

    _name = "dental.coverage.add"
    _description = "Add insurance to a patient"

    patient_id = fields.Many2one("dental.patient", required=True, readonly=True)
    plan_id = fields.Many2one("dental.insurance.plan", required=True)
    member_id = fields.Char(string="Member id", required=True)
    relation = fields.Selection(
        [("self", "Self"), ("spouse", "Spouse"), ("child", "Child"), ("other", "Other")],
        required=True,
        default="self",
        string="Patient is the subscriber's",
    )
    subscriber_id = fields.Many2one(
        "res.partner",
        string="Held by",
        compute="_compute_subscriber_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    sequence = fields.Integer(
        string="Order", compute="_compute_sequence", store=True, readonly=False, precompute=True
    )
    own_member_id = fields.Char(string="Patient's own member id")
    date_from = fields.Date(string="From")
    release = fields.Boolean(
        string="Release and assignment signed", help="Signature on file, with today's date."
    )
    policy_id = fields.Many2one(
        "dental.insurance.policy",
        compute="_compute_policy_id",
        string="On file",
        help="This card is on file already, of somebody in the family.",
    )

    # Computes

    @api.depends("relation", "patient_id", "policy_id")
    def _compute_subscriber_id(self):
        for wizard in self:
            patient = wizard.patient_id
            if wizard.relation == "self":
                wizard.subscriber_id = patient.partner_id
            elif wizard.policy_id:
                wizard.subscriber_id = wizard.policy_id.subscriber_id
            elif patient.guarantor_id != patient.partner_id:
                wizard.subscriber_id = patient.guarantor_id
            else:
                wizard.subscriber_id = False

    @api.depends("patient_id")
    def _compute_sequence(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            live = wizard.patient_id.coverage_ids._live(today)
            wizard.sequence = max(live.mapped("sequence"), default=0) + 1

    @api.depends("plan_id", "member_id")
    def _compute_policy_id(self):
        for wizard in self:
            wizard.policy_id = (
                self.env["dental.insurance.policy"].search(
                    [
                        ("plan_id", "=", wizard.plan_id.id),
                        ("member_id", "=ilike", wizard.member_id),
                    ],
                    limit=1,
                )
                if wizard.plan_id and wizard.member_id
                else False
            )

    # Actions

    def action_add(self):
        """Make the coverage, on the policy that is on file or on a new one."""
        self.ensure_one()
        policy = self.policy_id or self.env["dental.insurance.policy"].create(
            {
                "plan_id": self.plan_id.id,
                "member_id": self.member_id,
                "subscriber_id": self.subscriber_id.id,
                "release_on_file": self.release and fields.Date.context_today(self),
            }
        )
        self.env["dental.insurance.coverage"].create(
            {
                "patient_id": self.patient_id.id,
                "policy_id": policy.id,
                "relation": self.relation,
                "sequence": self.sequence,
                "own_member_id": self.own_member_id,
                "date_from": self.date_from,
            }
        )
        return True
