# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models

from .. import x12
from .dental_claim_enclosure import KINDS as ENCLOSURES

# From how many denials on a payer's habit is worth a word.
FEWEST = 3
# What usually helped, by reason; a person corrects it on the denial.
WANTS = {
    "16": "narrative",
    "50": "narrative",
    "197": "authorization",
    "198": "authorization",
    "22": "EB",
    "250": "RB",
    "251": "RB",
    "252": "RB",
}


class DentalClaimDenial(models.Model):
    """What a payer did not pay, why, and what was missing: the memory for the next claim."""

    _name = "dental.claim.denial"
    _inherit = "dental.patient.mixin"
    _description = "Denial"
    _order = "denied_on desc, id desc"

    claim_line_id = fields.Many2one(
        "dental.claim.line",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
        string="Claim line",
    )
    claim_id = fields.Many2one(
        related="claim_line_id.claim_id", store=True, index=True, string="Claim"
    )
    patient_id = fields.Many2one(
        related="claim_line_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    answer_id = fields.Many2one(
        "dental.remittance.claim",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )
    payer_id = fields.Many2one(related="claim_id.payer_id", store=True, index=True)
    currency_id = fields.Many2one(related="claim_line_id.currency_id")
    code = fields.Char(readonly=True, index=True)
    reason = fields.Char(readonly=True, index=True)
    text = fields.Char(compute="_compute_text", string="In our words")
    amount = fields.Monetary(readonly=True)
    denied_on = fields.Date(readonly=True, string="Denied on")
    wants = fields.Selection(
        [*ENCLOSURES, ("narrative", "Narrative"), ("authorization", "Authorization number")],
        string="What was missing",
        help="What would have helped. The next similar claim is checked for it.",
    )
    fixed_by_id = fields.Many2one("res.users", string="Solved by", readonly=True)
    recovered = fields.Boolean(compute="_compute_recovered", string="Paid in the end")
    active = fields.Boolean(default=True, help="What is archived is not counted any more.")

    # Computes

    @api.depends("claim_id", "code")
    def _compute_display_name(self):
        for denial in self:
            denial.display_name = " ".join(
                filter(None, (denial.claim_id.number, denial.code, denial.reason))
            )

    @api.depends("reason")
    def _compute_text(self):
        for denial in self:
            denial.text = x12.codes.words(x12.codes.ADJUSTMENTS, denial.reason or "")

    @api.depends("claim_line_id.settled", "claim_line_id.paid")
    def _compute_recovered(self):
        for denial in self:
            line = denial.claim_line_id
            denial.recovered = line.settled and line.paid > 0

    # CRUD

    def write(self, vals):
        if "wants" in vals:
            vals = {**vals, "fixed_by_id": self.env.uid}
        return super().write(vals)

    # Business

    @api.model
    def _remember(self, answers):
        """Keep what these posted answers left open, one row a service and reason."""
        vals_list = []
        for one in answers:
            if one.undecided:
                for line, cut in one._open_cuts():
                    vals_list.append(
                        {
                            "claim_line_id": line.id,
                            "answer_id": one.id,
                            "code": line.code,
                            "reason": cut.reason,
                            "amount": cut.amount,
                            "denied_on": one.remittance_id.date,
                            "wants": WANTS.get(cut.reason),
                        }
                    )
        return self.sudo().create(vals_list)

    @api.model
    def _counts(self, claim):
        """{(code, reason, wants): services denied} and {code: services answered} of the payer."""
        codes = [code for code in claim.line_ids.mapped("code") if code]
        mine = [("payer_id", "=", claim.payer_id.id), ("code", "in", codes)]
        company = [("company_id", "=", claim.company_id.id)]
        denied = self.sudo()._read_group(
            [*mine, *company], ["code", "reason", "wants"], ["claim_line_id:count_distinct"]
        )
        answered = (
            self.env["dental.claim.line"]
            .sudo()
            ._read_group(
                [
                    ("claim_id.payer_id", "=", claim.payer_id.id),
                    ("code", "in", codes),
                    ("answered_on", "!=", False),
                    *company,
                ],
                ["code"],
                ["__count"],
            )
        )
        return {row[:3]: row[3] for row in denied}, dict(answered)


class DentalRemittanceClaim(models.Model):
    _inherit = "dental.remittance.claim"

    denial_ids = fields.One2many("dental.claim.denial", "answer_id")

    # Business

    def _open_cuts(self):
        """(our line, cut) of what was not paid and waits for a person."""
        self.ensure_one()
        denied = self.kind == "denial"
        found = []
        for line in self.line_ids.filtered("claim_line_id"):
            cuts = line.adjustment_ids.filtered(
                lambda c: c.amount and (denied or c.decision == "open")
            )
            found += [(line.claim_line_id.sudo(), cut) for cut in cuts]
        cuts = self.adjustment_ids.filtered(lambda c: c.amount and (denied or c.decision == "open"))
        services = self.claim_id.sudo().line_ids.filtered(lambda one: not one.whole_claim)
        return found + [(line, cut) for cut in cuts for line in services]

    def _tell_claims(self):
        result = super()._tell_claims()
        self.env["dental.claim.denial"]._remember(self)
        return result

    def _restore(self):
        self.sudo().with_context(active_test=False).denial_ids.unlink()
        return super()._restore()


class DentalClaim(models.Model):
    _inherit = "dental.claim"

    denial_ids = fields.One2many("dental.claim.denial", "claim_id", string="Denials")
    hints_html = fields.Html(
        compute="_compute_hints_html", compute_sudo=True, string="Before it goes out"
    )

    # Computes

    @api.depends(
        "state",
        "note",
        "prior_authorization",
        "enclosure_ids.kind",
        "enclosure_ids.image_id",
        "enclosure_ids.taken_on",
    )
    def _compute_hints_html(self):
        for claim in self:
            texts = claim._hints() if claim.state in ("made", "held", "rejected") else []
            claim.hints_html = texts and Markup("<ul class='mb-0'>{}</ul>").format(
                Markup().join(Markup("<li>{}</li>").format(text) for text in texts)
            )

    # Business

    def _hints(self):
        """What would help it, of the kit and of the payer's earlier denials. Never blocks."""
        self.ensure_one()
        texts = self._kit_texts()
        return texts + self._denial_texts() if self.company_id.dental_denial_hints else texts

    def _denial_texts(self):
        denied, answered = self.env["dental.claim.denial"]._counts(self)
        wants = dict(
            self.env["dental.claim.denial"]._fields["wants"]._description_selection(self.env)
        )
        texts = defaultdict(list)
        for (code, reason, missing), count in sorted(denied.items(), key=lambda one: -one[1]):
            if count < FEWEST or self._has_wanted(missing):
                continue
            texts[code].append(
                self.env._(
                    "%(payer)s denied %(count)s of %(all)s of %(code)s: %(reason)s.%(remedy)s",
                    payer=self.payer_id.name,
                    count=count,
                    all=max(answered.get(code, 0), count),
                    code=code,
                    reason=x12.codes.words(x12.codes.ADJUSTMENTS, reason or ""),
                    remedy=self.env._(" Attach: %s.", wants[missing]) if missing else "",
                )
            )
        return [text for some in texts.values() for text in some]

    def _has_wanted(self, missing):
        if missing == "narrative":
            return bool(self.note)
        if missing == "authorization":
            lines = self.line_ids
            numbers = lines.mapped("precert_number") + lines.mapped("authorization_number")
            return bool(self.prior_authorization or any(numbers))
        return bool(missing) and missing in self.enclosure_ids.mapped("kind")
