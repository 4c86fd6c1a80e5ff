# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .dental_appointment_status import BROKEN, FOLLOWS

# What counts against the patient.
COUNTED = ("missed", "cancelled_late")
THEN = ("planned", "tray", "rebook", "nothing")


class DentalAppointment(models.Model):
    """Why a visit was broken, what follows from it, and how it is undone."""

    _inherit = "dental.appointment"

    break_reason_id = fields.Many2one(
        "dental.break.reason", string="Broken because", copy=False, ondelete="restrict"
    )
    broken_at = fields.Datetime(readonly=True, copy=False, string="Broken at")
    broken_then = fields.Selection(
        [
            ("planned", "Waits for another place"),
            ("tray", "Went to the tray"),
            ("rebook", "Booked again"),
            ("nothing", "Nothing more"),
        ],
        string="What followed",
        readonly=True,
        copy=False,
    )
    broken_procedure_ids = fields.Many2many(
        "dental.procedure",
        "dental_appointment_broken_procedure_rel",
        string="What it was for",
        readonly=True,
        copy=False,
    )

    # Actions

    def action_open_break(self):
        """Ask how the visit is broken and what follows."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "dental_break_visit",
            "params": {"visit_id": self.id},
        }

    def break_data(self):
        """What the question shows.

        :return: {id, patient, number, ways: [{status, counts, fee}], proposed (a status),
            reasons: [{id, name, by_clinic, no_fee}], broken_count, last_broken, has_work}; a fee is
            {amount, text} or False
        """
        self.ensure_one()
        self.check_access("read")
        self._record_reading()
        patient = self.patient_id
        ways = [way for way in BROKEN if way in FOLLOWS[self.status]]
        return {
            "id": self.id,
            "number": self.number,
            "patient": patient.with_context(dental_names=True).display_name,
            "ways": [
                {"status": way, "counts": way in COUNTED, "fee": self._break_fee(way)}
                for way in ways
            ],
            "proposed": self._proposed_way(ways),
            "reasons": self.env["dental.break.reason"].search_read(
                [("active", "=", True)], ["name", "by_clinic", "no_fee"]
            ),
            "broken_count": patient.broken_count,
            "last_broken": patient.last_broken,
        }

    def action_break(self, how, reason=None, then=None, reason_id=None, charge=False, waived=None):
        """Give the visit's time back, and say what becomes of it.

        :param how: ``missed``, ``cancelled_late``, ``cancelled`` or ``cancelled_clinic``
        :param reason: in words; ``reason_id``: one of the list
        :param then: ``planned`` (waits on the list), ``tray``, ``rebook`` (a search opens),
            ``nothing``; None leaves it on the list of broken visits
        :param charge: whether the fee of the clinic's rule is charged; ``waived``: why not
        :return: True, or the action that goes on
        """
        if then and then not in THEN:
            raise UserError(self.env._("Say what becomes of the visit."))
        chosen = self.env["dental.break.reason"].browse(reason_id or [])
        words = " · ".join(filter(None, [chosen.name, reason]))
        super().action_break(how, words or None)
        self.write({"break_reason_id": chosen.id})
        for visit in self:
            visit._settle_break_fee(how, charge, waived)
        return self._after_break(then)

    def action_drop(self):
        """Nothing more follows from a broken visit: it leaves the list."""
        broken = self.filtered(lambda v: v.status in BROKEN)
        return broken.write({"broken_then": "nothing"})

    def action_unbreak(self):
        """Take back the break and whatever followed from it, where the place is still free."""
        for visit in self:
            steps = 0
            while visit.status in (*BROKEN, "planned") and steps < len(THEN):
                visit.action_back()
                steps += 1
        return self.write({"tray_user_id": False})

    # Business

    def _after_break(self, then):
        if not then:
            return True
        self.write({"broken_then": then})
        if then == "tray":
            return self.action_to_tray()
        if then == "planned":
            return self.action_to_list()
        if then == "rebook":
            self.action_to_list()
            return self.action_find_place() if len(self) == 1 else True
        return True

    def _proposed_way(self, ways):
        """Of the ways that are open, how a visit that is broken now is most likely broken."""
        likely = self._likely_way()
        return likely if likely in ways else next(iter(ways), False)

    def _likely_way(self):
        now = fields.Datetime.now()
        if self.start <= now:
            return "missed"
        notice = timedelta(hours=self.company_id.dental_late_cancel_hours)
        return "cancelled_late" if self.start - now < notice else "cancelled"

    def _break_fee(self, how):
        """The fee that the clinic's rule asks for: {amount, text}, or False. Addons know fees."""
        return False

    def _settle_break_fee(self, how, charge, waived):
        """Charge the fee or note why not. Addons that know fees charge it."""
        if not charge and waived and self._break_fee(how):
            self._log_status(self.env._("Fee waived: %s", waived))

    def _apply_status(self, status, note=None):
        was_broken = self.status in BROKEN
        if status in BROKEN:
            self.write(
                {
                    "broken_at": fields.Datetime.now(),
                    "broken_then": False,
                    "broken_procedure_ids": [
                        fields.Command.set(self.procedure_ids.filtered(lambda p: p._is_open()).ids)
                    ],
                }
            )
        result = super()._apply_status(status, note)
        if was_broken and status not in BROKEN:
            self._take_work_back()
        return result

    def _take_work_back(self):
        """The treatment of a restored visit is its own again, unless booked elsewhere meanwhile."""
        work = self.broken_procedure_ids.filtered(lambda p: p._is_open() and not p.appointment_id)
        self.write({"broken_procedure_ids": [fields.Command.clear()]})
        work.write({"appointment_id": self.id})
