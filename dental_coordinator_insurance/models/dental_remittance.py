# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.dental_coordinator_billing.reckoning import exact


class DentalRemittance(models.Model):
    """One payment of a payer and the claims it is for. Posted as a whole, undone as a whole."""

    _name = "dental.remittance"
    _inherit = [
        "dental.numbered.mixin",
        "dental.access.mixin",
        "dental.work.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Remittance"
    _order = "date desc, id desc"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    payer_id = fields.Many2one(
        "res.partner",
        ondelete="restrict",
        index=True,
        domain=[("dental_payer", "=", True)],
        help="Whose money it is.",
    )
    payer_name = fields.Char(readonly=True, string="Payer in the file")
    state = fields.Selection(
        [
            ("held", "Does not balance"),
            ("open", "To match"),
            ("posted", "Posted"),
            ("closed", "Nothing to post"),
        ],
        required=True,
        readonly=True,
        default="open",
        index=True,
        copy=False,
    )
    method = fields.Selection(
        [
            ("CHK", "Cheque"),
            ("ACH", "Bank transfer"),
            ("FWT", "Wire"),
            ("BOP", "Bank's choice"),
            ("NON", "No payment"),
        ],
        readonly=True,
    )
    trace = fields.Char(readonly=True, string="Cheque or trace number", index=True)
    originator = fields.Char(readonly=True)
    date = fields.Date(readonly=True)
    amount = fields.Monetary(readonly=True, help="What the payer sent.")
    key = fields.Char(readonly=True, copy=False)
    exchange_id = fields.Many2one(
        "dental.exchange", string="File", readonly=True, ondelete="restrict", index=True
    )
    claim_ids = fields.One2many("dental.remittance.claim", "remittance_id", string="Claims")
    adjustment_ids = fields.One2many(
        "dental.remittance.adjustment",
        "remittance_id",
        domain=[("remittance_claim_id", "=", False)],
        string="Not for a claim",
    )
    findings = fields.Text(readonly=True, string="To note")
    matched_amount = fields.Monetary(compute="_compute_remainder", compute_sudo=True)
    remainder = fields.Monetary(
        compute="_compute_remainder",
        compute_sudo=True,
        help="Of the amount, what no claim explains yet.",
    )
    unmatched_count = fields.Integer(
        compute="_compute_remainder", compute_sudo=True, string="Unmatched"
    )
    undecided_count = fields.Integer(
        compute="_compute_remainder", compute_sudo=True, string="Next steps to choose"
    )
    can_post = fields.Boolean(compute="_compute_remainder", compute_sudo=True, string="Can post")
    journal_id = fields.Many2one(
        "account.journal",
        string="Money arrives in",
        check_company=True,
        domain=[("type", "in", ("bank", "cash"))],
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        precompute=True,
        help="Empty: the payment is registered elsewhere and matched when it comes.",
    )
    payment_id = fields.Many2one(
        "account.payment", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    move_id = fields.Many2one(
        "account.move",
        string="Entry",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    posting = fields.Integer(readonly=True, copy=False)
    posting_order = fields.Integer(
        readonly=True, copy=False, help="Which was posted after which: the last is undone first."
    )

    _number_uniq = models.Constraint("UNIQUE (number)", "This remittance number is taken.")
    _payment_once = models.Constraint(
        "UNIQUE (company_id, key)", "This payment was imported before. Nothing was changed."
    )

    # Computes

    @api.depends("company_id")
    def _compute_journal_id(self):
        for remittance in self:
            company = remittance.company_id
            remittance.journal_id = company and company._dental_money_journals(("bank",))[:1]

    @api.depends(
        "amount",
        "state",
        "claim_ids.state",
        "claim_ids.paid",
        "claim_ids.undecided",
        "claim_ids.next_step",
        "adjustment_ids.amount",
        "adjustment_ids.account_id",
    )
    def _compute_remainder(self):
        for remittance in self:
            claims = remittance.claim_ids
            unmatched = claims.filtered(lambda claim: claim.state == "unmatched")
            explained = sum(exact(claim.paid) for claim in (claims - unmatched)._paid_items())
            explained -= sum(
                exact(one.amount) for one in remittance.adjustment_ids if one.account_id
            )
            remittance.matched_amount = float(explained)
            remittance.remainder = float(exact(remittance.amount) - explained)
            remittance.unmatched_count = len(unmatched)
            remittance.undecided_count = len(
                claims.filtered(lambda claim: claim.undecided and not claim.next_step)
            )
            remittance.can_post = (
                remittance.state == "open" and not unmatched and not remittance.remainder
            )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        return super(DentalRemittance, quiet).create(vals_list).with_env(self.env)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(self.env._("Remittances are kept; a wrong one is reversed."))

    # Actions

    def action_match(self):
        """Look once more for the claims that these payments answer."""
        self.claim_ids._match()
        return True

    def action_post(self):
        """Post each remittance as one entry."""
        for remittance in self:
            remittance._post()
        return True

    def action_reverse(self):
        """Undo the posting of each remittance as a whole."""
        for remittance in self:
            remittance._reverse()
        return True

    # Business

    def _access_patients(self):
        return self.claim_ids.claim_id.patient_id | self.claim_ids.precert_id.patient_id

    def _record_reading(self):
        """A list of payments names nobody: only the opening of one is logged."""
        return super()._record_reading() if len(self) == 1 else None

    def _is_open(self):
        return self.state in ("held", "open")
