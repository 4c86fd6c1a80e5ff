# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .. import benefits

ANSWERED = ("approved", "partly", "denied", "expired")


class DentalPrecert(models.Model):
    """When to ask, by the business days that the payer's own answers took."""

    _inherit = "dental.precert"

    send_by = fields.Date(
        compute="_compute_send_by",
        string="Send by",
        help="Last day to ask so that the answer is there before the visit, by this payer's usual "
        "time in business days.",
    )
    answer_days = fields.Integer(compute="_compute_send_by", string="Payer usually takes (days)")

    # Computes

    @api.depends("appointment_id.start", "payer_id", "state")
    def _compute_send_by(self):
        days = self._answer_days(self.payer_id, self.company_id)
        visits = {one: one.appointment_id._visit_day() for one in self}
        last = max(filter(None, visits.values()), default=fields.Date.context_today(self))
        holidays = {company: company._dental_holidays(last) for company in self.company_id}
        for precert, visit in visits.items():
            taken = days.get(precert.payer_id.id, 0)
            waits = visit and precert.state in ("to_prepare", "more_info")
            precert.answer_days = taken
            precert.send_by = waits and benefits.send_by(
                visit, taken, holidays.get(precert.company_id, frozenset())
            )

    # Business

    @api.model
    def _answer_days(self, payers, companies):
        """{payer id: business days in which it usually answers}, from its own last answers.

        A payer that never answered us takes what its record says, else what the clinic assumes.
        """
        spans = {}
        answered = self.sudo().search(
            [
                ("payer_id", "in", payers.ids),
                ("company_id", "in", companies.ids),
                ("state", "in", ANSWERED),
                ("sent_on", "!=", False),
                ("answered_on", "!=", False),
            ],
            order="answered_on desc, id desc",
        )
        for precert in answered:
            if precert.answered_on >= precert.sent_on:
                spans.setdefault(precert.payer_id.id, []).append(
                    (precert.sent_on, precert.answered_on)
                )
        company = companies[:1] or self.env.company
        return {
            payer.id: benefits.median_answer(
                spans.get(payer.id, ()),
                payer.dental_precert_days or company.dental_precert_days,
                company._dental_holidays(fields.Date.context_today(self)),
            )
            for payer in payers
        }


class DentalAppointment(models.Model):
    _inherit = "dental.appointment"

    # Business

    def _visit_day(self):
        """The clinic's day of the visit; None without a start."""
        visit = self[:1]
        return visit._local_day() if visit.start else None
