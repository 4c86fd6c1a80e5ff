# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .dental_insurance_benefit import SOURCES

OPEN = ("todo", "in_progress", "mismatch", "unable")
DUE_DAYS = 7
FRESH_DAYS = 30


class DentalInsuranceVerification(models.Model):
    """A patient's coverage is asked after before a visit: is it in force, what does it pay."""

    _name = "dental.insurance.verification"
    _inherit = [
        "dental.numbered.mixin",
        "dental.patient.links.mixin",
        "dental.work.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Benefit verification"
    _order = "next_date, id"
    _patient_links = ("appointment_id",)

    coverage_id = fields.Many2one(
        "dental.insurance.coverage", required=True, ondelete="restrict", index=True
    )
    patient_id = fields.Many2one(
        related="coverage_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    plan_id = fields.Many2one(related="coverage_id.plan_id", store=True, precompute=True)
    payer_id = fields.Many2one(related="plan_id.payer_id", store=True, precompute=True)
    appointment_id = fields.Many2one(
        "dental.appointment", string="Visit", ondelete="restrict", index="btree_not_null"
    )
    visit_start = fields.Datetime(related="appointment_id.start", string="Visit on")
    state = fields.Selection(
        [
            ("todo", "To verify"),
            ("in_progress", "In progress"),
            ("verified", "Verified"),
            ("mismatch", "Something differs"),
            ("not_eligible", "Not covered"),
            ("unable", "Could not be verified"),
            ("not_needed", "Not needed"),
        ],
        required=True,
        default="todo",
        index=True,
    )
    method = fields.Selection(SOURCES, string="Asked by")
    representative = fields.Char(help="Who answered.")
    reference = fields.Char(string="Call reference")
    verified_on = fields.Date(string="Verified on", copy=False)
    exchange_id = fields.Many2one(
        "dental.exchange",
        string="File",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
    active_said = fields.Selection(
        [("yes", "In force"), ("no", "Not in force")],
        string="Payer says it is",
        readonly=True,
        copy=False,
        help="Empty: not said.",
    )
    rows_read = fields.Integer(readonly=True, copy=False, string="Rows in the file")
    row_ids = fields.One2many("dental.insurance.verification.row", "verification_id")
    open_row_count = fields.Integer(compute="_compute_open_row_count", string="To accept")
    plan_network = fields.Char(related="plan_id.network", readonly=False, string="Our network")
    network_names = fields.Char(compute="_compute_network_names", string="Networks in the file")
    benefit_ids = fields.One2many(
        related="plan_id.benefit_ids", readonly=False, string="Rules on file"
    )
    note = fields.Text()
    # For reading out on the telephone
    phone = fields.Char(related="payer_id.dental_phone_benefits", string="Call")
    member_id = fields.Char(string="Member id", related="coverage_id.member_id")
    subscriber = fields.Char(compute="_compute_subscriber")
    subscriber_birth_date = fields.Date(
        string="Subscriber born", related="coverage_id.policy_id.subscriber_birth_date"
    )
    group_number = fields.Char(string="Group number", related="plan_id.group_number")
    patient_birth_date = fields.Date(related="patient_id.birth_date", string="Patient born")
    our_npi = fields.Char(related="company_id.dental_npi", string="Our NPI")

    _number_uniq = models.Constraint("UNIQUE (number)", "This verification number is taken.")

    # Computes

    @api.depends("row_ids.state")
    def _compute_open_row_count(self):
        for check in self:
            check.open_row_count = len(check.row_ids.filtered(lambda row: row._may_accept()))

    @api.depends("row_ids.network_name")
    def _compute_network_names(self):
        for check in self:
            names = dict.fromkeys(filter(None, check.row_ids.mapped("network_name")))
            check.network_names = " | ".join(names) or False

    @api.depends("coverage_id")
    def _compute_subscriber(self):
        for check in self:
            policy = check.coverage_id.policy_id
            names = (policy.subscriber_first_name, policy.subscriber_last_name)
            check.subscriber = " ".join(filter(None, names))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        return super(DentalInsuranceVerification, quiet).create(vals_list).with_env(self.env)

    # Actions

    def action_import(self):
        """Take the payer's eligibility file for this verification."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("File for %s", self.number),
            "res_model": "dental.exchange.import",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_verification_id": self.id},
        }

    def action_accept_all(self):
        """Take over every row that says something about the plan."""
        for check in self:
            check.row_ids.filtered(lambda row: row._may_accept()).action_accept()
        return self.action_verified()

    def action_verified(self):
        """The coverage is verified: who said it, when, by which way is kept."""
        for check in self:
            if not check.method:
                raise UserError(
                    self.env._(
                        "%s: choose how it was verified (phone, portal, file …).", check.number
                    )
                )
            state = "not_eligible" if check.active_said == "no" else "verified"
            check.write(
                {
                    "state": state,
                    "verified_on": check.verified_on or fields.Date.context_today(self),
                    "next_action": False,
                }
            )
        return True

    def action_unable(self):
        """Nobody answered: try again tomorrow."""
        tomorrow = fields.Date.context_today(self) + timedelta(days=1)
        self.write(
            {"state": "unable", "next_action": self.env._("Try again"), "next_date": tomorrow}
        )
        return True

    # Business

    def _is_open(self):
        return self.state in OPEN

    def _answered(self):
        """Those that say since when the coverage is known to be in force, or not."""
        return self.filtered(
            lambda check: check.verified_on and check.state in ("verified", "not_eligible")
        )

    def _provenance(self):
        """Who said it, for the rules and figures taken over from here."""
        self.ensure_one()
        return {
            "source": self.method or "phone",
            "representative": self.representative,
            "reference": self.reference,
            "as_of": self.verified_on or fields.Date.context_today(self),
            "exchange_id": self.sudo().exchange_id.id,
            "user_id": self.env.uid,
        }

    @api.model
    def _cron_prepare(self, days=DUE_DAYS, fresh=FRESH_DAYS):
        """Put the coverages of the coming visits on the list, unless verified not long ago."""
        now = fields.Datetime.now()
        visits = self.env["dental.appointment"].search(
            [
                ("start", ">=", now),
                ("start", "<=", now + timedelta(days=days)),
                ("status", "in", ("scheduled", "confirmed")),
            ],
            order="start",
        )
        since = fields.Date.context_today(self) - timedelta(days=fresh)
        coverages = self.env["dental.insurance.coverage"].search(
            [("patient_id", "in", visits.patient_id.ids)]
        )
        checks = self.search(
            [
                ("coverage_id", "in", coverages.ids),
                "|",
                ("state", "in", OPEN),
                ("verified_on", ">=", since),
            ]
        )
        known = {}
        for check in checks:
            known.setdefault(check.coverage_id, self.browse())
            known[check.coverage_id] |= check
        vals_list, seen = [], coverages.browse()
        for visit in visits:
            own = coverages.filtered(lambda one, visit=visit: one.patient_id == visit.patient_id)
            for coverage in own._live(visit._local_day()):
                if coverage in seen or not coverage._must_verify(visit._local_day(), known):
                    continue
                seen |= coverage
                vals_list.append(
                    {
                        "coverage_id": coverage.id,
                        "appointment_id": visit.id,
                        "owner_id": (
                            visit.company_id.dental_insurance_user_id or visit.create_uid
                        ).id,
                        "next_action": self.env._("Verify"),
                        "next_date": max(
                            fields.Date.context_today(self),
                            visit._local_day() - timedelta(days=2),
                        ),
                    }
                )
        return self.create(vals_list)
