# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.dental_coordinator.models.lock_alone import lock_alone
from odoo.addons.dental_coordinator.models.one_by_one import one_by_one, reason
from odoo.addons.dental_coordinator_billing.reckoning import exact, unit

from .. import orthodontics

WAYS = [
    ("monthly", "Each month"),
    ("quarterly", "Each quarter"),
    ("semi_annual", "Each half year"),
    ("annual", "Each year"),
    ("visit", "With each visit"),
    ("global", "Once, for all of it"),
]


class DentalOrthoCase(models.Model):
    """One orthodontic treatment: what it costs, how long it takes, and the claims for it."""

    _name = "dental.ortho.case"
    _inherit = ["dental.numbered.mixin", "dental.patient.links.mixin", "dental.work.mixin"]
    _description = "Orthodontic treatment"
    _order = "id desc"
    _patient_links = ("coverage_id", "banding_id")

    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "To agree"),
            ("running", "Under way"),
            ("done", "All claimed"),
            ("stopped", "Stopped"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        copy=False,
    )
    coverage_id = fields.Many2one(
        "dental.insurance.coverage",
        string="First plan",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('patient_id', '=', patient_id)]",
        help="Its plan says how it wants the claims. Empty: the treatment is billed only.",
    )
    provider_id = fields.Many2one("dental.provider", string="Dentist", ondelete="restrict")
    way = fields.Selection(
        WAYS,
        string="Claims go out",
        compute="_compute_way",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    banding_id = fields.Many2one(
        "dental.procedure",
        string="Placed by",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('patient_id', '=', patient_id), ('category_id.key', '=', 'ortho')]",
        help="Where the appliance is placed in a visit, the visit bills and claims it.",
    )
    placed_on = fields.Date(
        string="Appliance placed on",
        compute="_compute_placed_on",
        store=True,
        readonly=False,
        precompute=True,
    )
    months = fields.Integer(string="Months of treatment", required=True, default=24)
    fee = fields.Monetary(string="Fee of the treatment", required=True)
    initial_fee = fields.Monetary(
        string="Of it, for placing",
        compute="_compute_initial_fee",
        store=True,
        readonly=False,
        precompute=True,
    )
    initial_code_id = fields.Many2one(
        "dental.procedure.code", string="Code for placing", ondelete="restrict"
    )
    continuing_code_id = fields.Many2one(
        "dental.procedure.code", string="Code for continuing", ondelete="restrict"
    )
    step_ids = fields.One2many("dental.ortho.step", "case_id", string="Claims", copy=False)
    stop_reason = fields.Char(string="Stopped because", copy=False)
    claimed = fields.Monetary(compute="_compute_claimed", string="Billed so far")

    _months = models.Constraint(
        "CHECK (months BETWEEN 1 AND 120)", "A treatment takes between 1 and 120 months."
    )
    _fee = models.Constraint(
        "CHECK (fee > 0 AND initial_fee >= 0 AND initial_fee <= fee)",
        "The fee is above zero, and the part for placing is not above the fee.",
    )
    _running = models.Constraint(
        "CHECK (state = 'draft' OR placed_on IS NOT NULL)",
        "Say on which day the appliance was placed.",
    )

    # Computes

    @api.depends("coverage_id")
    def _compute_way(self):
        for case in self:
            case.way = case.coverage_id.plan_id.ortho_way or case.way or "monthly"

    @api.depends("banding_id.date_done")
    def _compute_placed_on(self):
        for case in self:
            case.placed_on = case.banding_id.date_done or case.placed_on

    @api.depends("banding_id.fee")
    def _compute_initial_fee(self):
        for case in self:
            case.initial_fee = case.banding_id.fee if case.banding_id else case.initial_fee

    @api.depends("step_ids.amount", "step_ids.state")
    def _compute_claimed(self):
        for case in self:
            made = case.step_ids.filtered(lambda step: step.state in ("visit", "made"))
            case.claimed = sum(made.mapped("amount"))

    # Constraints

    @api.constrains("fee", "placed_on", "months", "way", "initial_fee", "banding_id")
    def _check_agreed(self):
        for case in self:
            if case.state != "draft":
                raise ValidationError(
                    self.env._(
                        "%s is under way: stop it and open a new one with what was agreed anew.",
                        case.number,
                    )
                )

    # Actions

    def action_start(self):
        """Lay down the claims to make, and make those that are due."""
        lock_alone(self)
        for case in self:
            case._check_complete()
            case.write(
                {
                    "step_ids": [Command.create(vals) for vals in case._prepare_steps()],
                    "state": "running",
                }
            )
        self._make_due()
        return True

    def action_make_due(self):
        """Bill and claim now what is due."""
        lock_alone(self)
        self._make_due()
        return True

    def action_stop(self):
        """The patient moved, or treatment ended early: nothing more is billed."""
        lock_alone(self)
        for case in self:
            if not case.stop_reason:
                raise UserError(self.env._("%s: say why it is stopped.", case.number))
            case.step_ids.filtered(lambda step: step.state == "open").state = "dropped"
            case.write({"state": "stopped", "next_action": False})
        return True

    def action_open_claims(self):
        self.ensure_one()
        claims = self.step_ids.procedure_ids.claim_line_ids.claim_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Claims of %s", self.number),
            "res_model": "dental.claim",
            "domain": [("id", "in", claims.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    # Business

    def _is_open(self):
        return self.state in ("draft", "running")

    def _check_complete(self):
        if self.state != "draft":
            raise UserError(self.env._("%s is under way already.", self.number))
        if not self.placed_on:
            raise UserError(
                self.env._("%s: say on which day the appliance was placed.", self.number)
            )
        by_hand = self.initial_fee or self.way == "global"
        needs_first = by_hand and not self.banding_id
        continuing = self.way not in ("visit", "global")
        if (needs_first and not self.initial_code_id) or (
            continuing and not self.continuing_code_id
        ):
            raise UserError(
                self.env._("%s: name the codes by which the treatment is billed.", self.number)
            )

    def _prepare_steps(self):
        """Values of the claims to make; what a visit placed is billed by that visit."""
        steps = orthodontics.schedule(
            self.placed_on,
            self.months,
            self.way,
            exact(self.fee),
            exact(self.initial_fee),
            unit(self.currency_id.decimal_places),
        )
        return [
            {
                "number": number,
                "date": step.day,
                "amount": float(step.amount),
                "initial": step.initial,
                "state": "visit" if step.initial and self.banding_id else "open",
            }
            for number, step in enumerate(steps, 1)
        ]

    def _make_due(self):
        for case in self.filtered(lambda one: one.state == "running"):
            today = case.company_id._dental_day()  # the job's own clock may be a day ahead
            for step in case.step_ids.sorted("number"):
                if step.state == "open" and step.date <= today:
                    step._make()
            case._follow_steps()

    def _follow_steps(self):
        """The next claim is the next step; without one, all is claimed."""
        following = self.step_ids.filtered(lambda step: step.state == "open").sorted("number")[:1]
        if following:
            self.write(
                {"next_action": self.env._("Claim is made by itself"), "next_date": following.date}
            )
        elif self.way != "visit":
            self.write({"state": "done", "next_action": False})
        else:
            end = fields.Date.add(self.placed_on, months=self.months)
            self.write({"next_action": self.env._("Treatment ends"), "next_date": end})

    @api.model
    def _cron_make_due(self):
        """Bill and claim what is due today, as those who look after the treatments."""
        today = fields.Date.context_today(self)
        due = self.search([("state", "=", "running"), ("step_ids", "any", self._due_domain(today))])
        one_by_one(
            self.env, due, lambda one: one.with_company(one.company_id)._make_due(), self._tell
        )

    @api.model
    def _tell(self, case, error):
        """What hinders the claims that are due becomes the treatment's next step."""
        today = fields.Date.context_today(self)
        case.write({"next_action": reason(error, self.env), "next_date": today})

    @api.model
    def _due_domain(self, today):
        return [("state", "=", "open"), ("date", "<=", today)]

    @api.model
    def _of(self, procedures):
        """The treatment under way that these procedures belong to, if any."""
        cases = procedures.ortho_step_id.case_id or self.search(
            [("banding_id", "in", procedures.ids), ("state", "in", ("draft", "running"))], limit=1
        )
        if not cases and "ortho" in procedures.category_id.mapped("key"):
            cases = self.search(
                [("patient_id", "in", procedures.patient_id.ids), ("state", "=", "running")],
                limit=1,
            )
        return cases[:1]
