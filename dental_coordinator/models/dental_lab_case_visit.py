# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..lab import Pace, expected, in_time
from .dental_appointment_status import BROKEN
from .dental_appointment_status import OPEN as OPEN_VISITS
from .dental_lab_case import AWAY, OPEN

# So far ahead the calendar is asked; beyond it weekdays count.
AHEAD = timedelta(days=180)


class Outlook(NamedTuple):
    """What a case that is not here means for its visit.

    :param expected: day on which it is likely here, or None
    :param visit_day: day of the visit that still comes, or None
    :param late: whether it comes too late for that
    """

    expected: object = None
    visit_day: object = None
    late: bool = False


class DentalLabCase(models.Model):
    """A case and the visit in which it is delivered: does it come in time?

    A visit that moves, waits or is broken keeps its cases: they are made for the mouth, not for the
    day. What has no visit to come is listed.
    """

    _inherit = "dental.lab.case"

    appointment_id = fields.Many2one(
        "dental.appointment",
        string="Delivered in",
        ondelete="restrict",
        index=True,
        domain="[('patient_id', '=', patient_id)]",
        help="A visit in the book or one that is only planned.",
    )
    # No dependency on the visit's own fields: it would cost each of its moves a query.
    visit_start = fields.Datetime(compute="_compute_visit", string="Visit")
    expected_on = fields.Date(
        compute="_compute_outlook",
        string="Expected",
        help="By what the laboratory says, what it really takes, and what it promised.",
    )
    is_late = fields.Boolean(
        compute="_compute_outlook", search="_search_is_late", string="Late for the visit"
    )
    without_visit = fields.Boolean(compute="_compute_visit", string="Without a visit")
    to_book = fields.Boolean(
        compute="_compute_visit",
        string="To book",
        help="Nothing is in the book yet: no visit is attached, or one that is only planned.",
    )
    pace = fields.Char(compute="_compute_pace", string="Takes")

    # Computes

    @api.depends("appointment_id", "state")
    def _compute_visit(self):
        for case in self:
            visit = case.sudo().appointment_id
            case.visit_start = visit.status in OPEN_VISITS and visit.start
            case.without_visit = case.state in OPEN and not case._waits_for_visit()
            case.to_book = case.state in OPEN and visit.status not in OPEN_VISITS

    @api.depends("appointment_id", "state", "due_on", "promised_on", "partner_id", "kind_id")
    def _compute_outlook(self):
        found = self._outlook()
        for case in self:
            outlook = found[case.id]
            case.expected_on = outlook.expected
            case.is_late = outlook.late

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        away = self.search([("state", "in", AWAY), ("appointment_id", "!=", False)])
        late = [case for case, outlook in away._outlook().items() if outlook.late]
        return [("id", "in", late)]

    @api.depends("partner_id", "kind_id")
    def _compute_pace(self):
        paces = self.env["dental.lab.turnaround"]._paces(self.partner_id)
        for case in self:
            pace = paces.get(case._pace_key(), Pace())
            words = []
            if pace.published is not None:
                words.append(self.env._("%s working days as published", pace.published))
            if pace.count:
                words.append(
                    self.env._(
                        "really %(days)g (median of %(count)s)", days=pace.real, count=pace.count
                    )
                )
            case.pace = ", ".join(words)

    # Actions

    def action_move_visit(self):
        """Look for a place for the visit from the day on which the work is here."""
        self.ensure_one()
        visit = self.appointment_id
        if not self._waits_for_visit():
            raise UserError(
                self.env._(
                    "%(number)s is not attached to a visit that still comes: book one.",
                    number=self.number,
                )
            )
        return visit.action_move() if visit.status in OPEN_VISITS else visit.action_find_place()

    def action_book_visit(self):
        """Look for a visit to deliver it in, or for a place for the one that is only planned, from
        the day on which it is here."""
        self.ensure_one()
        if self._waits_for_visit():
            return self.action_move_visit()
        vals = {
            "patient_id": self.patient_id.id,
            "provider_id": self.provider_id.id,
            "earliest": self._ready_on(),
            "lab_case_id": self.id,
        }
        if self.kind_id.type_id:
            finder = self.env["dental.slot.finder"].create(
                {**vals, "type_id": self.kind_id.type_id.id}
            )
            return finder.action_search()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Find a slot"),
            "res_model": "dental.slot.finder",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "dialog_size": "extra-large",
                **{f"default_{name}": value for name, value in vals.items()},
            },
        }

    # Business

    def _waits_for_visit(self):
        """Whether it is attached to a visit that comes, is here, or waits for a place."""
        status = self.sudo().appointment_id.status
        return bool(status) and status not in (*BROKEN, "done")

    def _pace_key(self):
        company = self.company_id or self.env.company
        return (self.partner_id.id, self.kind_id.id, company.id)

    def _outlook(self):
        """What is expected of each case: {case id: Outlook}, in as many queries as for one.

        What is here already, or will never come, is late for nothing.
        """
        today = self.env["dental.today"]._day()
        found = {case.id: Outlook() for case in self}
        away = self.filtered(lambda case: case.state in AWAY)
        if not away:
            return found
        paces = self.env["dental.lab.turnaround"]._paces(away.partner_id)
        for company, cases in away.grouped(lambda c: c.company_id or self.env.company).items():
            first = min([today, *filter(None, cases.mapped("sent_on"))])
            workdays = company._dental_workdays(first, today + AHEAD)
            buffer = company.sudo().dental_lab_buffer_days
            for case in cases:
                pace = paces.get(case._pace_key(), Pace())
                day = expected(workdays, today, pace, case.sent_on, case.promised_on)
                visit = case.sudo().appointment_id
                visit_day = visit.status in OPEN_VISITS and visit._local_day()
                found[case.id] = Outlook(
                    day,
                    visit_day,
                    bool(visit_day) and not in_time(workdays, today, day, visit_day, buffer),
                )
        return found

    def _ready_on(self):
        """The first day on which all of these cases can be delivered, the buffer included."""
        today = self.env["dental.today"]._day()
        days = [outlook.expected for outlook in self._outlook().values() if outlook.expected]
        if not days:
            return today
        company = self[:1].company_id or self.env.company
        workdays = company._dental_workdays(today, max(days) + AHEAD)
        return workdays.after(max(days), company.sudo().dental_lab_buffer_days)

    def _late_words(self, outlook):
        """Why a case stands in the way of its visit, without the patient's name."""
        words = {"kind": self.kind_id.name, "number": self.number}
        if outlook.expected:
            words["day"] = format_date(self.env, outlook.expected)
            return self.env._(
                "laboratory work %(number)s (%(kind)s) is expected on %(day)s only.", **words
            )
        return self.env._(
            "laboratory work %(number)s (%(kind)s) is not here, and no day is known.", **words
        )
