# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

GRANTED = ("approved", "partly")


class DentalPrecert(models.Model):
    """What follows an answer: an appeal, another plan, a reminder before it expires."""

    _inherit = "dental.precert"

    rule_id = fields.Many2one(
        "dental.precert.rule", string="Asked because of", readonly=True, ondelete="set null"
    )
    valid_from = fields.Date(string="Valid from", copy=False)
    narrative = fields.Text(help="Why the treatment is needed, in the dentist's words.")
    appeal_of_id = fields.Many2one(
        "dental.precert",
        string="Appeal against",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    appeal_ids = fields.One2many("dental.precert", "appeal_of_id", string="Appeals")
    kit_text = fields.Char(compute="_compute_kit_text", string="Still to enclose")

    # Computes

    @api.depends("rule_id", "enclosure_ids.kind", "narrative", "note")
    def _compute_kit_text(self):
        for precert in self:
            missing = precert._missing_pieces()
            precert.kit_text = ", ".join(missing) or False

    # Actions

    def action_send(self):
        """What the payer's rule wants goes along; without it the request would come back."""
        for precert in self:
            missing = precert._missing_pieces()
            if missing:
                raise UserError(
                    self.env._(
                        "%(number)s: the payer also wants %(pieces)s. Add them on the page "
                        "Enclosures, or change the rule if that is no longer so.",
                        number=precert.number,
                        pieces=", ".join(missing),
                    )
                )
        return super().action_send()

    def action_request_pieces(self):
        """Ask for the x-rays that the payer wants to see and that nobody has asked for."""
        self.ensure_one()
        teeth = [tooth for tooth in self.line_ids.mapped("tooth") if tooth]
        request = self.env["dental.request"].create(
            {
                "patient_id": self.patient_id.id,
                "kind": "periapical",
                "teeth": ", ".join(dict.fromkeys(teeth)) or False,
                "reason": self.env._("For %s", self.number),
                "appointment_id": self.appointment_id.id,
                "owner_id": self.owner_id.id,
            }
        )
        return request.action_open()

    def action_appeal(self):
        """Ask again about what was denied, with more reasons."""
        self.ensure_one()
        self._check_denied()
        days = self.payer_id.dental_appeal_days
        today = fields.Date.context_today(self)
        denied = self.line_ids.filtered(lambda line: line.approved == "no")
        appeal = self.create(
            {
                "patient_id": self.patient_id.id,
                "coverage_id": self.coverage_id.id,
                "appointment_id": self.appointment_id.id,
                "provider_id": self.provider_id.id,
                "kind": self.kind,
                "rule_id": self.rule_id.id,
                "appeal_of_id": self.id,
                "narrative": self.narrative,
                "prior_authorization": self.answer_number,
                "next_action": self.env._("Say why the refusal is wrong, enclose more, send"),
                "next_date": min(today + timedelta(days=3), self._appeal_until(days) or today),
                "line_ids": [
                    fields.Command.create(line._prepare_service_vals(line.procedure_id))
                    for line in denied
                ],
            }
        )
        self.next_action = False
        return appeal.action_open()

    def action_replan(self):
        """Go on without the payer: tell the patient, and plan what was denied anew."""
        self.ensure_one()
        self._check_denied()
        procedures = self.line_ids.filtered(lambda line: line.approved == "no").procedure_id
        for procedure in procedures.filtered(lambda one: one._is_open()):
            procedure.write(
                {
                    "next_action": self.env._("Tell the patient that the payer refused; plan anew"),
                    "next_date": fields.Date.context_today(self),
                }
            )
        self.next_action = False
        return procedures._open_estimate() if procedures else True

    def action_ask_again(self):
        """A new request for what an expired answer was about."""
        self.ensure_one()
        procedures = self.line_ids.procedure_id.filtered(lambda one: one._is_open())
        if not procedures:
            raise UserError(self.env._("%s: nothing of it is still to be done.", self.number))
        self.next_action = False
        again = self._open_for(procedures, self.coverage_id, self.appointment_id)
        again.write({"narrative": self.narrative, "kind": self.kind})
        return again.action_open()

    # Business

    def _missing_pieces(self):
        """What the rule wants and is not there, in words."""
        rule = self.rule_id.sudo()
        kinds = set(self.enclosure_ids.mapped("kind"))
        pieces = []
        if rule.wants_xray and "RB" not in kinds:
            pieces.append(self.env._("x-rays"))
        if rule.wants_perio and "P6" not in kinds:
            pieces.append(self.env._("a periodontal chart"))
        if rule.wants_narrative and not (self.narrative or self.note):
            pieces.append(self.env._("the reason in words"))
        return pieces

    def _check_denied(self):
        if "no" not in self.line_ids.mapped("approved"):
            raise UserError(self.env._("%s: nothing of it was denied.", self.number))

    def _appeal_until(self, days):
        return self.answered_on + timedelta(days=days) if days and self.answered_on else None

    def _record_answer(self, answers, number, valid_until=False, day=None, exchange=None):
        """A refusal stays on the list until someone appeals or plans anew."""
        result = super()._record_answer(answers, number, valid_until, day, exchange)
        if "no" in self.line_ids.mapped("approved"):
            until = self._appeal_until(self.payer_id.dental_appeal_days)
            text = self.env._("Appeal, or tell the patient and plan anew")
            if until:
                text = self.env._("Appeal until %s, or plan anew", format_date(self.env, until))
            self.write({"next_action": text, "next_date": fields.Date.context_today(self)})
        return result

    @api.model
    def _open_for(self, procedures, coverage, appointment=None):
        """The rule that made it necessary says what to ask and what to enclose."""
        precert = super()._open_for(procedures, coverage, appointment)
        rules = self.env["dental.precert.rule"]._for_procedures(
            procedures.sudo(), {coverage.patient_id.sudo(): coverage.sudo()}
        )
        rule = max(
            rules.values(),
            key=lambda one: (one.requirement == "required", one._rank()),
            default=None,
        )
        if rule:
            precert.write({"rule_id": rule.id, "kind": rule.kind})
        if precert.send_by:
            today = fields.Date.context_today(self)
            precert.next_date = max(precert.send_by, today)
        return precert

    @api.model
    def _cron_follow_answers(self):
        """Set answers expired that are, and remind of those that soon will be."""
        granted = self.search(
            [("state", "in", GRANTED), ("valid_until", "!=", False)], order="valid_until"
        )
        today = {company: company._dental_day() for company in granted.company_id}
        undone = granted.filtered(lambda one: any(p._is_open() for p in one.line_ids.procedure_id))
        gone = granted.filtered(lambda one: one.valid_until < today[one.company_id])
        for precert in gone:
            text = self.env._("The answer expired: ask again before the visit")
            precert.write(
                {
                    "state": "expired",
                    "next_action": text if precert in undone else False,
                    "next_date": today[precert.company_id],
                }
            )
        for precert in undone - gone:
            day = today[precert.company_id]
            days = precert.company_id.dental_precert_remind_days
            if precert.valid_until <= day + timedelta(days=days) and not precert.next_action:
                precert.write(
                    {
                        "next_action": self.env._(
                            "Valid until %s only: book before, or ask again",
                            format_date(self.env, precert.valid_until),
                        ),
                        "next_date": day,
                    }
                )
        return gone
