# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import hash_sign, verify_hash_signed

from ..book import local
from ..desk import same_name
from .dental_appointment_status import COMING
from .say_moment import say_time

SCOPE = "dental_kiosk"
OFFER_HOURS = 5 / 60


class DentalDevice(models.Model):
    """Checking in at the tablet: one's own visit of today, once, and nobody else's.

    Whoever is not found, for whatever reason, is told the same: to come to the desk.
    """

    _inherit = "dental.device"

    def _offer(self, name, birth_date):
        """What the tablet asks after name and birth date.

        :return: {"at": local time of the visit, "offer": for `_accept`}, or None
        """
        self.ensure_one()
        if self._is_blocked():
            return None
        visit = self._own_visit(name, birth_date)
        if not visit:
            self._note_miss()
            return None
        self.env["dental.access.log"]._record(
            visit.patient_id, "portal", model=visit._name, res_id=visit.id, reason=self.name
        )
        zone = self.env["dental.today"].with_company(self.company_id)._zone()
        offer = hash_sign(self.env, SCOPE, [self.id, visit.id], expiration_hours=OFFER_HOURS)
        return {"at": say_time(self.env, local.to_local(visit.start, zone)), "offer": offer}

    def _accept(self, offer):
        """The patient says that it is his visit: he has arrived.

        :return: his ticket, or None: over, used, or something to settle at the desk first
        """
        self.ensure_one()
        device_id, visit_id = self._read_offer(offer)
        if device_id != self.id:
            return None
        visit = self.env["dental.appointment"].sudo().browse(visit_id).exists()
        if not visit or not visit.try_lock_for_update(allow_referencing=True):
            return None
        visit.invalidate_recordset()
        if visit not in self._visits_to_come() or self._is_stopped(visit):
            return None
        visit._set_status("arrived", self.env._("Checked in at %s", self.name))
        visit.arrived_by = "tablet"
        self.misses = 0
        return visit.ticket

    # Business

    def _read_offer(self, offer):
        """Tablet and visit of an offer that is still good; nothing of any other text."""
        try:
            return verify_hash_signed(self.env, SCOPE, offer or "") or (None, None)
        except ValueError:
            return None, None

    def _own_visit(self, name, birth_date):
        """The next visit of today of the one person with this name and birth date, or none."""
        return self._find_own(self._visits_to_come(), name, birth_date)

    def _find_own(self, visits, name, birth_date):
        day = self._read_day(birth_date)
        if not day:
            return self.env["dental.appointment"]
        found = visits.filtered(
            lambda visit: visit.patient_id.birth_date == day and self._is_named(visit, name)
        )
        return found[:1] if len(found.patient_id) == 1 else found.browse()

    def _read_day(self, text):
        try:
            return fields.Date.to_date((text or "").strip()[:10])
        except ValueError:
            return None

    def _is_named(self, visit, name):
        patient = visit.patient_id
        others = (patient.middle_name, patient.preferred_name)
        return same_name(name, patient.first_name, patient.last_name, *others)

    def _is_stopped(self, visit):
        return any(item["severity"] == "stop" for item in visit._check_gate("arrived"))

    def _visits_to_come(self):
        return self._visits_of_today(COMING)

    def _visits_of_today(self, statuses):
        today = self.env["dental.today"].with_company(self.company_id)
        start, stop = today._day_span()
        return (
            self.env["dental.appointment"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("start", ">=", start),
                    ("start", "<", stop),
                    ("status", "in", statuses),
                ],
                order="start, id",
            )
        )
