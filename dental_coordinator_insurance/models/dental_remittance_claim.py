# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.dental_coordinator_billing.reckoning import exact

from .. import x12
from ..settlement import ZERO

# CLP02: processed as first, second or third payer.
ORDINARY = ("1", "2", "3")
STEPS = [
    ("resubmit", "Send again with what is missing"),
    ("appeal", "Appeal"),
    ("next_payer", "Next payer"),
    ("bill_patient", "Bill the patient"),
    ("write_off", "Write off"),
]
# Steps after which the payer has nothing more to say.
FINAL = ("next_payer", "bill_patient", "write_off")
# Giving money up is decided on the claim, by a manager and with a reason; not in passing.
IN_PASSING = [step for step in STEPS if step[0] != "write_off"]


class DentalRemittanceClaim(models.Model):
    """What a payment says of one claim: matched with one of ours, or left to a person."""

    _name = "dental.remittance.claim"
    _description = "Claim of a remittance"
    _order = "remittance_id, state desc, sequence, id"
    _rec_name = "claim_number"

    remittance_id = fields.Many2one(
        "dental.remittance", required=True, ondelete="cascade", index=True, readonly=True
    )
    company_id = fields.Many2one(
        related="remittance_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    remittance_state = fields.Selection(related="remittance_id.state", string="Remittance is")
    sequence = fields.Integer(readonly=True)
    # As the payer says it
    claim_number = fields.Char(readonly=True, string="Claim number in the file")
    payer_number = fields.Char(readonly=True, string="Payer's number")
    original_number = fields.Char(readonly=True)
    status = fields.Char(readonly=True)
    status_text = fields.Char(compute="_compute_status_text", string="Payer says")
    kind = fields.Selection(
        [
            ("payment", "Payment"),
            ("denial", "Denial"),
            ("reversal", "Reversal"),
            ("forwarded", "Sent to another payer"),
            ("predetermination", "Predetermination"),
        ],
        required=True,
        readonly=True,
        default="payment",
    )
    last_name = fields.Char(string="Last name", readonly=True)
    first_name = fields.Char(string="First name", readonly=True)
    person = fields.Char(compute="_compute_person", string="Patient in the file")
    member = fields.Char(readonly=True, string="Member id")
    service_date = fields.Date(string="Service date", readonly=True)
    valid_until = fields.Date(string="Valid until", readonly=True)
    charge = fields.Monetary(readonly=True)
    paid = fields.Monetary(readonly=True)
    patient_share = fields.Monetary(readonly=True, string="Patient's share")
    remarks = fields.Char(readonly=True, help="The payer's remark codes on the whole claim.")
    corrected = fields.Char(
        readonly=True,
        string="Payer knows her as",
        help="Name or member id as the payer corrects it. Change the coverage if it is right.",
    )
    line_ids = fields.One2many("dental.remittance.line", "remittance_claim_id", string="Lines")
    adjustment_ids = fields.One2many(
        "dental.remittance.adjustment",
        "remittance_claim_id",
        domain=[("line_id", "=", False)],
        string="Cuts on the whole claim",
    )
    # As we see it
    claim_id = fields.Many2one("dental.claim", ondelete="restrict", index="btree_not_null")
    precert_id = fields.Many2one("dental.precert", ondelete="restrict", index="btree_not_null")
    matched_by = fields.Selection(
        [
            ("number", "Claim number"),
            ("payer_number", "Payer's number"),
            ("line_key", "Key of a line"),
            ("person", "Member, name, date and charge"),
            ("hand", "By hand"),
        ],
        readonly=True,
        string="Matched by",
    )
    aside = fields.Boolean(help="Not ours: its money stays to be allocated.")
    state = fields.Selection(
        [("matched", "Matched"), ("aside", "Set aside"), ("unmatched", "Unmatched")],
        compute="_compute_state",
        store=True,
    )
    expected = fields.Monetary(compute="_compute_difference")
    difference = fields.Monetary(compute="_compute_difference")
    explanation = fields.Char(compute="_compute_difference", string="Why")
    undecided = fields.Boolean(
        compute="_compute_undecided", store=True, help="A person chooses the next step."
    )
    next_step = fields.Selection(IN_PASSING, string="Next step")
    before = fields.Json(readonly=True, copy=False, help="The claim as it was before posting.")

    # Computes

    @api.depends("last_name", "first_name")
    def _compute_person(self):
        for one in self:
            one.person = ", ".join(filter(None, (one.last_name, one.first_name)))

    @api.depends("status")
    def _compute_status_text(self):
        for one in self:
            text = x12.codes.words(x12.codes.CLAIM_STATUSES, one.status or "")
            one.status_text = text[:1].upper() + text[1:]

    @api.depends("claim_id", "precert_id", "aside", "line_ids.claim_line_id")
    def _compute_state(self):
        for one in self:
            loose = one.line_ids.filtered(lambda line: line.charge and not line.claim_line_id)
            if one.aside:
                one.state = "aside"
            elif one.precert_id or (one.claim_id and not loose):
                one.state = "matched"
            else:
                one.state = "unmatched"

    @api.depends(
        "claim_id", "paid", "kind", "state", "next_step", "line_ids.explanation", "adjustment_ids"
    )
    def _compute_difference(self):
        taken_back = {
            (one.remittance_id.id, one.claim_id.id)
            for one in self.remittance_id.claim_ids
            if one.kind == "reversal"
        }
        for one in self:
            one.expected = one._expected((one.remittance_id.id, one.claim_id.id) in taken_back)
            one.difference = one.paid - one.expected if one.claim_id else 0.0
            telling = one.difference or one.undecided or one.state == "unmatched"
            texts = [one._difference_text() if telling else "", one._chosen_text()]
            one.explanation = ". ".join(filter(None, texts))

    @api.depends("kind", "adjustment_ids.decision", "line_ids.adjustment_ids.decision")
    def _compute_undecided(self):
        for one in self:
            cuts = one.adjustment_ids | one.line_ids.adjustment_ids
            one.undecided = one.kind == "denial" or (
                one.kind == "payment" and "open" in cuts.mapped("decision")
            )

    # CRUD

    def write(self, vals):
        if {"claim_id", "precert_id", "aside", "next_step"} & vals.keys():
            self._check_not_posted()
        if "claim_id" in vals and "matched_by" not in vals:
            vals = {**vals, "matched_by": "hand" if vals["claim_id"] else False}
        result = super().write(vals)
        if vals.get("claim_id"):
            self.line_ids._match()
        if vals.get("precert_id"):
            self._answer_precert()
        return result

    # Actions

    def action_set_aside(self):
        self.write({"aside": True})
        return True

    def action_take_back(self):
        self.write({"aside": False})
        return True

    def action_open_lines(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Claim %s of the remittance", self.claim_number),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # Business

    def _check_not_posted(self):
        posted = self.filtered(lambda one: one.remittance_state in ("posted", "closed"))
        if posted:
            raise ValidationError(
                self.env._(
                    "%s is posted. Reverse it before you change how it is matched.",
                    posted.remittance_id[:1].number,
                )
            )

    def _paid_items(self):
        """Records whose ``paid`` together is what these answers pay."""
        return [*self]

    def _in_order(self):
        """What is taken back comes before its correction, wherever it stands in the file."""
        return self.sorted(lambda one: (one.kind != "reversal", one.sequence, one.id))

    def _difference_text(self):
        """What the payer says, and why it paid less or more, in our words."""
        cuts = (self.adjustment_ids | self.line_ids.adjustment_ids).filtered("amount")
        # That a payer paid as the payer it is explains nothing.
        texts = [] if self.status in ORDINARY and cuts else [self.status_text]
        texts += [some._total_text() for some in cuts.grouped(lambda one: one._sort()).values()]
        return "; ".join(filter(None, texts))

    def _chosen_text(self):
        if not self.next_step:
            return ""
        steps = dict(self._fields["next_step"]._description_selection(self.env))
        return self.env._("Next: %s", steps[self.next_step])

    def _expected(self, corrects):
        """What our books expected of this answer before it was posted.

        :param corrects: whether the same payment takes an earlier answer on the claim back
        """
        self.ensure_one()
        claim = self.claim_id.sudo()
        lines = [(line, self._as_before(line)) for line in claim.line_ids]
        if self.kind == "reversal":
            return -float(sum((exact(before["paid"]) for _line, before in lines), ZERO))
        if corrects:
            return claim.expected
        owed = (
            exact(line.plan_amount) - exact(before["paid"])
            for line, before in lines
            if not before["settled"]
        )
        return float(sum(owed, ZERO)) if claim.state != "void" else 0.0

    def _as_before(self, line):
        """Figures of one of our lines before this answer was posted."""
        known = (self.before or {}).get("lines", {})
        return known.get(str(line.id)) or ({"paid": 0.0, "settled": False} if self.before else line)
