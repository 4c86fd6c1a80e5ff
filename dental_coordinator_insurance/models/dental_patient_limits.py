# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import format_date

from odoo.addons.dental_coordinator.models.dental_procedure import OPEN


class DentalPatient(models.Model):
    """What plans pay too seldom, or not yet, told before somebody is booked for it."""

    _inherit = "dental.patient"

    def _before_booking_lines(self, kind, place):
        start = fields.Datetime.to_datetime(place.get("start") or False)
        day = fields.Date.context_today(self, start)
        return [*super()._before_booking_lines(kind, place), *self._limit_lines(kind, day)]

    def _limit_lines(self, kind, day):
        """A line for each procedure and plan whose frequency limit is met or that is waited for.

        :param day: of the visit; it decides what is counted
        """
        treatment = self._open_treatment(kind)
        found = treatment and self.env["dental.estimate.engine"]._estimate(treatment, day)
        if not found:
            return
        result, coverages, _texts = found
        for procedure in treatment.filtered(lambda one: not one.appointment_id):
            for stopped in result.line(procedure.id).plans:
                words = self._word_limit(stopped)
                if words:
                    cover = coverages[stopped.coverage].with_env(self.env)
                    parts = {
                        "what": procedure.code_id.name,
                        "plan": coverages[stopped.coverage].plan_id.name,
                        "words": words,
                    }
                    text = self.env._("%(what)s: %(plan)s, %(words)s", **parts)
                    yield self._record_line("limit", "warn", text, cover)

    def _open_treatment(self, kind):
        """What is still to be done, and what this kind of visit would add to it."""
        treatment = self.env["dental.procedure"].search(
            [("patient_id", "=", self.id), ("state", "in", OPEN)]
        )
        own = treatment._estimate_order()
        if kind.adds_codes:
            unbooked = own.filtered(lambda one: not one.appointment_id)
            for code in kind.code_ids - unbooked.code_id:
                own += own.new({"patient_id": self.id, "code_id": code.id})
        return own

    def _word_limit(self, line):
        """Why a plan pays nothing for a procedure on that day, and from when on it does."""
        if not line.frequency_met and not line.waiting:
            return ""
        day = line.free_on and format_date(self.env, line.free_on)
        if line.waiting:
            return self.env._("waiting period, covered from %s", day)
        if not day:
            return self.env._("done as often as it pays, covered no more")
        return self.env._("done as often as it pays, covered again from %s", day)
