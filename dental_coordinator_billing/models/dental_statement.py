# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# A statement is what was told: only where it stands may change after it left the draft.
CHANGEABLE = {
    "state",
    "mode",
    "sent_at",
    "sent_by_id",
    "undone_reason",
    "document",
    "document_name",
    "document_sha256",
}


class DentalStatement(models.Model):
    """A bill as it was told: what is open, how old it is, and why, in words. Printed once, kept."""

    _name = "dental.statement"
    _inherit = ["dental.numbered.mixin", "dental.access.mixin", "dental.kept.pdf.mixin"]
    _description = "Statement"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    guarantor_id = fields.Many2one(
        "res.partner", required=True, ondelete="restrict", index=True, help="Who is billed."
    )
    patient_ids = fields.Many2many("dental.patient", string="Patients on it", readonly=True)
    kind = fields.Selection(
        [("statement", "Statement"), ("walkout", "Visit summary"), ("reminder", "Reminder")],
        required=True,
        default="statement",
    )
    appointment_id = fields.Many2one(
        "dental.appointment",
        string="Visit",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    as_of = fields.Date(
        required=True, default=fields.Date.context_today, readonly=True, string="As of"
    )
    date_from = fields.Date(
        string="Bills since",
        help="Bills from this day on are listed though nothing is left of them. Empty: open ones.",
    )
    line_ids = fields.One2many("dental.statement.line", "statement_id", readonly=True)
    age_30 = fields.Monetary(string="0-30 days", readonly=True)
    age_60 = fields.Monetary(string="31-60 days", readonly=True)
    age_90 = fields.Monetary(string="61-90 days", readonly=True)
    age_older = fields.Monetary(string="Over 90 days", readonly=True)
    amount_due = fields.Monetary(string="Due", readonly=True)
    insurance_pending = fields.Monetary(string="Expected from plans", readonly=True)
    sentence = fields.Text(string="In one sentence", readonly=True)
    explanation = fields.Text(
        compute="_compute_explanation", help="To read out: a sentence for everything on it."
    )
    mode = fields.Selection(
        [("hand", "Handed over"), ("print", "By post"), ("email", "By mail")],
        string="How",
        required=True,
        default="print",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("reviewed", "Reviewed"), ("sent", "Sent"), ("undone", "Undone")],
        readonly=True,
        required=True,
        default="draft",
        index=True,
    )
    sent_at = fields.Datetime(readonly=True, copy=False, string="Sent at")
    sent_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Sent by"
    )
    undone_reason = fields.Char(readonly=True, copy=False)

    _number_uniq = models.Constraint("UNIQUE (number)", "This statement number is taken.")

    # Computes

    @api.depends("line_ids.sentence")
    def _compute_explanation(self):
        for statement in self:
            sentences = filter(None, statement.line_ids.mapped("sentence"))
            statement.explanation = "\n".join(sentences)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        statements = super().create(vals_list)
        for statement in statements:
            statement._take_snapshot()
        return statements

    def write(self, vals):
        told = self.filtered(lambda statement: statement.state != "draft")
        if told and vals.keys() - CHANGEABLE:
            raise UserError(
                self.env._(
                    "%s has been reviewed and stays as it is. Undo it and make a new one.",
                    told[0].number,
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_told(self):
        if self.filtered(lambda statement: statement.state in ("reviewed", "sent")):
            raise UserError(self.env._("Statements that were told are kept. Undo them instead."))

    # Actions

    def action_print(self):
        """Show the print. A draft has none: it would be kept as if it had been told."""
        drafts = self.filtered(lambda statement: statement.state == "draft")
        if drafts:
            raise UserError(
                self.env._("%s is a draft: review it before you print it.", drafts[0].number)
            )
        return super().action_print()

    def action_refresh(self):
        """Take the account as it is now."""
        self._check_state("draft")
        for statement in self:
            statement._take_snapshot()
        return True

    def action_review(self):
        """Say that it is right; from now on it stays as it is, print included."""
        self._check_state("draft")
        for statement in self:
            statement._check_fresh()
        self.state = "reviewed"
        self._keep_document()
        return True

    def action_send(self):
        """Send what was reviewed: by mail where the guarantor wants it, else note that it went."""
        self._check_state("reviewed")
        self._keep_document()
        for statement in self.filtered(lambda s: s.mode == "email"):
            statement._send_mail()
        self.write({"state": "sent", "sent_at": fields.Datetime.now(), "sent_by_id": self.env.uid})
        self._record_access("send")
        return True

    def action_undo(self):
        """Take back a statement that should not have been made or sent; it stays on file."""
        if self.filtered(lambda statement: statement.state == "undone"):
            raise UserError(self.env._("%s is undone already.", self[0].number))
        self.state = "undone"
        return True

    # Business

    def _check_state(self, state):
        wrong = self.filtered(lambda statement: statement.state != state)
        if wrong:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(number)s is at “%(now)s”; this is possible at “%(then)s” only.",
                    number=wrong[0].number,
                    now=labels[wrong[0].state],
                    then=labels[state],
                )
            )

    def _check_fresh(self):
        """Nobody reviews a bill that the account has overtaken.

        :raises UserError: when the account has moved since the draft was made
        """
        now = self.guarantor_id._dental_balance(self.company_id)
        if self.currency_id.compare_amounts(now, self.amount_due):
            raise UserError(
                self.env._(
                    "%(number)s says %(then)s, the account now says %(now)s. Take the account anew "
                    "and look again.",
                    number=self.number,
                    then=self._money(self.amount_due),
                    now=self._money(now),
                )
            )

    def _document_report(self):
        return "dental_coordinator_billing.report_statement_action"

    def _access_patients(self):
        return self.patient_ids

    def _send_mail(self):
        """Mail the kept print to the guarantor; the mail itself says nothing of the treatment.

        :raises UserError: without an address, or without the consent of every patient on it
        """
        self.ensure_one()
        refusing = self.patient_ids.filtered(lambda patient: patient.email_ok != "yes")
        if refusing or not self.guarantor_id.email:
            raise UserError(
                self.env._(
                    "%(number)s cannot go by mail: %(reason)s Send it by post, or note the consent "
                    "or the address first.",
                    number=self.number,
                    reason=self.env._("mails are not allowed for %s.", refusing[0].number)
                    if refusing
                    else self.env._("the guarantor has no mail address."),
                )
            )
        template = self.env.ref("dental_coordinator_billing.mail_template_statement")
        template.sudo().send_mail(
            self.id,
            email_values={
                "attachments": [],
                "attachment_ids": [Command.create(self._prepare_mail_attachment_vals())],
            },
        )

    def _prepare_mail_attachment_vals(self):
        return {"name": self.document_name, "raw": self._document_content()}
