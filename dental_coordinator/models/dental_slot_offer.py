# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .dental_appointment_status import WITHOUT_PLACE
from .one_by_one import one_by_one
from .say_moment import say_moment

# An offer ends so long before its time begins.
LAST_MOMENT = timedelta(minutes=20)
OPEN = ("draft", "out")
UNIT = timedelta(minutes=10)


class DentalSlotOffer(models.Model):
    """A hole in the book that is offered to those who fit it; the first who accepts has it."""

    _name = "dental.slot.offer"
    _inherit = "dental.numbered.mixin"
    _description = "Offer of a free time"
    _order = "start, id"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(
        [
            ("draft", "Choosing"),
            ("out", "Offered"),
            ("filled", "Filled"),
            ("cancelled", "Cancelled"),
            ("expired", "Expired"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
    )
    start = fields.Datetime(required=True, index=True)
    stop = fields.Datetime(required=True)
    minutes = fields.Integer(compute="_compute_minutes")
    provider_id = fields.Many2one("dental.provider", required=True, ondelete="restrict")
    operatory_id = fields.Many2one(
        "dental.operatory", string="Chair", required=True, ondelete="restrict"
    )
    pattern = fields.Char(
        readonly=True, help="One character for ten minutes: X the provider is free, / he is not."
    )
    vacated_by_id = fields.Many2one(
        "dental.appointment", string="Given back by", readonly=True, ondelete="restrict", index=True
    )
    line_ids = fields.One2many("dental.slot.offer.line", "offer_id", string="Candidates")
    asked = fields.Integer(compute="_compute_asked")
    filled_by_id = fields.Many2one(
        "dental.appointment", string="Filled by", readonly=True, copy=False, ondelete="restrict"
    )
    filled_at = fields.Datetime(readonly=True, copy=False)
    expires_at = fields.Datetime(
        string="Offers end",
        compute="_compute_expires_at",
        store=True,
        help="Offers end then, and the time is free again.",
    )
    reservation_ids = fields.One2many("dental.reservation", "offer_id", string="Holds")

    _span_positive = models.Constraint(
        "CHECK (start < stop)", "A free time ends after it starts. Correct start or end."
    )
    _one_open = models.UniqueIndex(
        "(operatory_id, start) WHERE state IN ('draft', 'out')",
        "This time is being offered already. Open the list of holes.",
    )

    # Computes

    @api.depends("start", "stop")
    def _compute_minutes(self):
        for offer in self:
            length = offer.stop - offer.start if offer.start and offer.stop else timedelta()
            offer.minutes = length // timedelta(minutes=1)

    @api.depends("start")
    def _compute_expires_at(self):
        for offer in self:
            offer.expires_at = offer.start and offer.start - LAST_MOMENT

    @api.depends("line_ids.state")
    def _compute_asked(self):
        for offer in self:
            offer.asked = len(offer.line_ids.filtered(lambda line: line.state != "candidate"))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        offers = super().create(vals_list)
        for offer in offers:
            offer._find_candidates()
        return offers

    # Actions

    def action_refresh(self):
        """Look again who fits; whoever was asked already stays where he is."""
        for offer in self:
            offer._check_open()
            offer._find_candidates()
        return True

    def action_call(self):
        """Call them one after the other: the list with the outcome keys."""
        self.ensure_one()
        self._put_out()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dental_coordinator.dental_slot_offer_line_action"
        )
        return {
            **action,
            "name": self._title(),
            "domain": [("offer_id", "=", self.id), ("state", "in", self.line_ids.OPEN)],
        }

    def action_cancel(self):
        """Take the offer back: the time is free again, and those who were asked are told."""
        for offer in self:
            offer._check_open()
            offer._end("cancelled")
        return True

    # Business

    @api.model
    def _open_for(self, start, stop, provider, chair, vacated_by=None):
        """The open offer of a free time, made where there is none.

        :param start: naive UTC; where it has begun already, nothing can be offered
        :raises UserError: when it is too late
        """
        if start - LAST_MOMENT < fields.Datetime.now():
            raise UserError(self.env._("It is too late to offer this time."))
        found = self.search(
            [("operatory_id", "=", chair.id), ("start", "=", start), ("state", "in", OPEN)]
        )
        return found or self.create(
            {
                "company_id": chair.company_id.id or provider.company_id.id or self.env.company.id,
                "start": start,
                "stop": stop,
                "provider_id": provider.id,
                "operatory_id": chair.id,
                "vacated_by_id": vacated_by.id if vacated_by else False,
            }
        )

    def _title(self):
        return self.env._(
            "%(number)s: %(when)s, %(minutes)s min",
            number=self.number,
            when=say_moment(self.env, self.start, self.company_id),
            minutes=self.minutes,
        )

    def _check_open(self):
        if self.state not in OPEN:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(number)s is over: %(state)s. Look at the book.",
                    number=self.number,
                    state=labels[self.state].lower(),
                )
            )

    def _lock(self):
        """Let one at a time decide about this offer; the others see what he did."""
        self.ensure_one()
        self.flush_recordset()
        self.env.execute_query(
            SQL("SELECT id FROM dental_slot_offer WHERE id = %s FOR UPDATE", self.id)
        )
        self.invalidate_recordset()

    def _put_out(self):
        """From the first question on the time is held, so that nobody else books it meanwhile."""
        self.ensure_one()
        self._check_open()
        if self.state == "draft":
            self._hold()
            self.state = "out"

    def _hold(self):
        """Hold chair and provider; who tries to book there is told the offer's number."""
        rows = self._prepare_holds()
        self.env["dental.appointment"]._check_free(rows)
        self.env["dental.reservation"].sudo().create(rows)
        self.env["dental.reservation"].flush_model()

    def _prepare_holds(self):
        common = {
            "offer_id": self.id,
            "company_id": self.company_id.id,
            "patient_id": False,
            "blocking": True,
        }
        chair = {
            **common,
            "kind": "operatory",
            "resource_id": self.operatory_id.resource_id.id,
            "start": self.start,
            "stop": self.stop,
        }
        free = [
            {
                **common,
                "kind": "provider",
                "resource_id": self.provider_id.resource_id.id,
                "start": start,
                "stop": stop,
            }
            for start, stop in self._provider_spans()
        ]
        return [chair, *free]

    def _provider_spans(self):
        """Spans within the hole in which the provider is free."""
        spans = []
        for place, unit in enumerate(self.pattern):
            start = self.start + place * UNIT
            stop = min(start + UNIT, self.stop)
            if unit == "X" and spans and spans[-1][1] == start:
                spans[-1] = (spans[-1][0], stop)
            elif unit == "X":
                spans.append((start, stop))
        return spans

    def _free_pattern(self):
        """In which of the hole's minutes the provider is not needed elsewhere."""
        busy = (
            self.env["dental.reservation"]
            .sudo()
            .search_fetch(
                [
                    ("resource_id", "=", self.provider_id.resource_id.id),
                    ("blocking", "=", True),
                    ("offer_id", "!=", self.id),
                    ("start", "<", self.stop),
                    ("stop", ">", self.start),
                ],
                ["start", "stop"],
            )
        )
        units = -(-self.minutes // 10)
        starts = [self.start + place * UNIT for place in range(units)]
        return "".join(
            "/" if any(row.start < start + UNIT and row.stop > start for row in busy) else "X"
            for start in starts
        )

    def _release(self):
        self.sudo().reservation_ids.unlink()
        self.env["dental.reservation"].flush_model()

    def _end(self, state, but=None):
        """Close the offer and tell those who were asked that the time is gone."""
        self._release()
        self.write({"state": state})
        (self.line_ids - (but or self.line_ids.browse()))._tell_gone()

    def _fill(self, line):
        """Give the time to the one who accepted first.

        :return: the visit, or none when somebody was faster
        """
        self._lock()
        if self.state not in OPEN:
            return self.env["dental.appointment"]
        self._release()
        visit = line._book()
        self.write(
            {"state": "filled", "filled_by_id": visit.id, "filled_at": fields.Datetime.now()}
        )
        (self.line_ids - line)._tell_gone()
        return visit

    # Jobs

    @api.model
    def _cron_tend(self):
        """Ask the next ones where offers are sent, and end those whose time has come."""
        now = fields.Datetime.now()
        self.env["dental.waitlist.entry"]._expire()
        over = self.search([("state", "in", OPEN), ("expires_at", "<=", now)])
        if one_by_one(self.env, over, self._expire):
            self._send_due(now)

    @api.model
    def _expire(self, offer):
        if offer.state in OPEN:
            offer._end("expired")


class DentalReservation(models.Model):
    _inherit = "dental.reservation"

    offer_id = fields.Many2one("dental.slot.offer", ondelete="cascade", index="btree_not_null")


class DentalAppointment(models.Model):
    """A visit that goes leaves a hole, which may be filled."""

    _inherit = "dental.appointment"

    waitlist_ids = fields.One2many("dental.waitlist.entry", "appointment_id")

    # Actions

    def action_fill_hole(self):
        """Offer the time that this visit gives back to those who fit it."""
        self.ensure_one()
        if self.status not in WITHOUT_PLACE:
            raise UserError(
                self.env._("%s still has its place. Break or move it first.", self.number)
            )
        offer = self.env["dental.slot.offer"]._open_for(
            self.start, self.stop, self.provider_id, self.operatory_id, self
        )
        return offer.action_open()

    def action_sooner(self):
        """Put the visit on the waiting list, or show its line there."""
        self.ensure_one()
        entry = self.waitlist_ids.filtered(lambda e: e.state == "waiting")[:1]
        entry = entry or entry.create(
            {
                "patient_id": self.patient_id.id,
                "appointment_id": self.id,
                "since": fields.Date.context_today(self),
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sooner if possible"),
            "res_model": "dental.waitlist.entry",
            "res_id": entry.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # Business

    def _is_coming_up(self):
        """Whether this visit has a place in the book still ahead."""
        return bool(self) and self._is_coming() and self.start > fields.Datetime.now()

    def break_data(self):
        """The same; ``hole`` tells whether the time it gives back can still be filled."""
        last = fields.Datetime.now() + LAST_MOMENT
        return {**super().break_data(), "hole": self.status != "planned" and self.start > last}
