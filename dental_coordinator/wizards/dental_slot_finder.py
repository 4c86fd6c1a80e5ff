# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..book import Pattern, Request, local, nearest_free, search

PARTS = {
    "morning": (None, time(12)),
    "afternoon": (time(12), None),
    "early": (None, time(9)),
    "late": (time(16), None),
}


class DentalSlotFinder(models.TransientModel):
    """What the caller wants, and the first places in the book that fit."""

    _name = "dental.slot.finder"
    _description = "Find a slot"

    patient_id = fields.Many2one("dental.patient", required=True)
    type_id = fields.Many2one("dental.appointment.type", required=True)
    pattern = fields.Char(compute="_compute_pattern", store=True, readonly=False)
    minutes = fields.Integer(compute="_compute_minutes")
    provider_id = fields.Many2one("dental.provider", help="Empty: whoever is free first.")
    operatory_id = fields.Many2one("dental.operatory", string="Chair")
    earliest = fields.Date(required=True, default=fields.Date.context_today, string="Not before")
    part_of_day = fields.Selection(
        [
            ("early", "Before 9"),
            ("morning", "Morning"),
            ("afternoon", "Afternoon"),
            ("late", "After 4"),
        ]
    )
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
        ]
    )
    proposal_ids = fields.One2many("dental.slot.proposal", "finder_id", readonly=True)
    searched = fields.Boolean(readonly=True)

    # Computes

    @api.depends("type_id")
    def _compute_pattern(self):
        for finder in self:
            finder.pattern = finder.type_id.pattern

    @api.depends("pattern")
    def _compute_minutes(self):
        for finder in self:
            finder.minutes = 10 * len(finder.pattern or "")

    # Actions

    def action_search(self):
        """Propose the first opening on each of the next ten days that have one."""
        self.ensure_one()
        rows = [self._prepare_proposal(row) for row in self._find()]
        self.write(
            {
                "searched": True,
                "proposal_ids": [
                    fields.Command.clear(),
                    *(fields.Command.create(row) for row in rows),
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Find a slot"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # Business

    def _find(self):
        """First opening on each of the next ten days that have one: list of book.Proposal."""
        request = self._request(self._earliest_moment())
        return search(self._diary(request.earliest, request.horizon), request)

    def _nearest(self, wanted, count=3):
        """The free places nearest to a moment (naive UTC): list of book.Proposal."""
        now = fields.Datetime.now()
        request = self._request(max(now, wanted.replace(hour=0, minute=0)), horizon=15)
        diary = self._diary(request.earliest, request.horizon)
        return nearest_free(diary, request, wanted, count=count)

    def _diary(self, start, horizon):
        stop = fields.Datetime.add(start, days=horizon + 1)
        resources = self._providers().resource_id | self._operatories().resource_id
        return self.env["dental.book"].sudo()._diary(resources, start, stop, self.patient_id)

    def _request(self, earliest, horizon=90):
        begin, end = PARTS.get(self.part_of_day, (None, None))
        try:
            return Request(
                pattern=Pattern(self.pattern or self.type_id.pattern),
                providers=tuple(self._providers().resource_id.ids),
                chairs=tuple(self._operatories().resource_id.ids),
                earliest=earliest,
                tz=self._zone(),
                patient=("patient", self.patient_id.id) if self.patient_id else None,
                from_time=begin,
                to_time=end,
                weekdays=frozenset({int(self.weekday)}) if self.weekday else None,
                horizon=horizon,
            )
        except ValueError as error:
            raise UserError(str(error)) from error

    def _earliest_moment(self):
        day = local.to_utc(datetime.combine(self.earliest, time()), self._zone())
        return max(day, fields.Datetime.now())

    def _zone(self):
        return ZoneInfo(self.env.company.resource_calendar_id.tz or "UTC")

    def _providers(self):
        kinds = [("kind", "in", ("dentist", "hygienist"))]
        return self.provider_id or self.env["dental.provider"].search(kinds)

    def _operatories(self):
        own = [("company_id", "in", (False, *self.env.companies.ids))]
        return self.operatory_id or self.env["dental.operatory"].search(own)

    def _prepare_proposal(self, proposal):
        resources = self._providers()
        chairs = self._operatories()
        return {
            "start": proposal.start,
            "stop": proposal.stop,
            "provider_id": resources.filtered(lambda p: p.resource_id.id == proposal.provider).id,
            "operatory_id": chairs.filtered(lambda c: c.resource_id.id == proposal.chair).id,
            "reasons": "; ".join(filter(None, map(self._word_reason, proposal.reasons))),
        }

    def _word_reason(self, reason):
        """One reason of the search in words; what a coordinator sees anyway is left out."""
        values = reason.values
        words = {
            "other_provider": self.env._("the preferred provider is taken"),
            "leaves_no_hole": self.env._("leaves no hole"),
            "shares_provider": self.env._("the provider helps next door meanwhile"),
            "nearest": self.env._("nearest to the time wanted"),
        }
        if reason.code == "days_without":
            return self.env._("nothing on %s days before", values["count"])
        if reason.code == "after_gap":
            return self.env._("not before %s", format_date(self.env, values["earliest"]))
        return words.get(reason.code)
