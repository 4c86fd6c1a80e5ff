# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import LockError, UserError

from .dental_appointment_status import COMING, INSIDE

LOOK_AGAIN = 30


class DentalLink(models.Model):
    """By this link patients say that they are here: on the day, from some hours before the visit.

    It stays good until the last of its visits is over, and tells what to do next. Whoever is here
    already is not stamped again; a step that the desk takes back can be told once more.
    """

    _inherit = "dental.link"

    reminder_ids = fields.One2many("dental.reminder", "link_id")

    def _is_open(self):
        if self.purpose != "arrive":
            return super()._is_open()
        return self._is_valid()

    def _look_again(self):
        """After how many seconds the page asks anew what to do next, or None."""
        if self.purpose != "arrive" or not self._is_open():
            return super()._look_again()
        waiting = any(visit.status == "arrived" for visit in self._visits_told())
        return LOOK_AGAIN if waiting else None

    def _when_text(self):
        visits = self.purpose == "arrive" and self._visits_told()
        if not visits:
            return super()._when_text()
        day = self.env["dental.messenger"]._when(self.patient_id, visits[0].start)[0]
        times = ", ".join(dict.fromkeys(self._time_of(visit) for visit in visits))
        return self.env._("%(day)s, %(time)s", day=day, time=times)

    def _question(self):
        if self.purpose != "arrive":
            return super()._question()
        if self._visits_to_arrive():
            return self.env._("Are you here?")
        visits = self._visits_told()
        here = visits.filtered(lambda visit: visit.status in INSIDE)
        if here:
            return self._what_next(here)
        coming = visits.filtered(lambda visit: visit.status in COMING)
        return self._too_early(coming[0]) if coming else self._closed_text()

    def _answers(self):
        if self.purpose != "arrive":
            return super()._answers()
        visits = self._visits_to_arrive()
        if len(visits) < 2:
            return [("here", self.env._("I am here"))] if visits else []
        times = {self._key_of(visit): self._time_of(visit) for visit in visits}
        alone = [(key, self.env._("Only who comes at %s", time)) for key, time in times.items()]
        return [("here", self.env._("We are all here")), *(alone if len(times) > 1 else ())]

    def _answer(self, answer):
        """Stamp the arrival of whom the answer names.

        :raises LockError: when somebody else is at it right now
        """
        if self.purpose != "arrive":
            return super()._answer(answer)
        self.lock_for_update()
        self.invalidate_recordset(["revoked_at", "used_at"])
        visits = self._visits_to_arrive()
        if answer != "here":
            visits = visits.filtered(lambda visit: self._key_of(visit) == answer)
        if not self._is_open() or not visits:
            return self._question()
        if visits.try_lock_for_update(allow_referencing=True) != visits:
            raise LockError(self.env._("%s is being changed.", self.number))
        visits.invalidate_recordset()
        stopped = [visit for visit in visits if not self._arrive(visit)]
        self.write({"used_at": fields.Datetime.now(), "answer": "here"})
        if stopped:
            return self.env._("Please come to the desk: there is something to settle first.")
        return self._what_next(visits)

    # Business

    def _visits_told(self):
        """Visits of the message that are neither over nor broken; who moved has a link anew."""
        visits = self.reminder_ids.appointment_id.sorted("start")
        return visits.filtered(lambda visit: visit.status in (*COMING, *INSIDE))

    def _visits_to_arrive(self):
        """Those of today whose patients may say now that they are here."""
        return self._visits_told().filtered(
            lambda visit: visit.status in COMING
            and self._opens_at(visit) <= fields.Datetime.now()
            and visit.with_company(visit.company_id)._is_today()
        )

    def _opens_at(self, visit):
        hours = max(self.reminder_ids.rule_id.mapped("window_hours"))
        return visit.asked_at - timedelta(hours=hours)

    def _key_of(self, visit):
        """The answer for who comes at this time: the same in every language."""
        return visit.asked_at.strftime("%H:%M")

    def _time_of(self, visit):
        return self.env["dental.messenger"]._when(self.patient_id, visit.asked_at)[1]

    def _too_early(self, visit):
        day, time = self.env["dental.messenger"]._when(self.patient_id, self._opens_at(visit))
        return self.env._(
            "Tell us when you are here: on %(day)s, from %(time)s on.", day=day, time=time
        )

    def _arrive(self, visit):
        """The patient has arrived, as at the desk.

        :return: whether nothing stood in the way
        """
        # What the team reads is in the language of the clinic, not of the patient.
        team = visit.with_context(lang=self.company_id.partner_id.lang)
        words = team.env._("Says by link: I am here")
        self._note("reached", words, visit, self.reminder_ids[:1].channel)
        try:
            with self.env.cr.savepoint():
                team._set_status("arrived", words)
        except UserError:
            team.write({"next_action": team.env._("Here, by link: look at the gates")})
            team._tell_today()
            return False
        outside = "outside" in self.reminder_ids.rule_id.mapped("on_arrival")
        team.arrived_by = "outside" if outside else "link"
        return True

    def _what_next(self, visits):
        """What the page tells those who are here."""
        waiting = visits.filtered(lambda visit: visit.status == "arrived")
        called = waiting.filtered("called_at")
        if called:
            return self.env._("Please come in now: number %s.", self._tickets(called))
        if not waiting:
            return self.env._("We know that you are here. Thank you.")
        if "outside" in waiting.mapped("arrived_by"):
            text = self.env._(
                "Thank you. Please wait outside or in your car: we tell you here when to come in."
            )
        else:
            text = self.env._("Thank you. Please come in and take a seat.")
        number = self.env._("Your number on the screen in the hall: %s.", self._tickets(waiting))
        return f"{text} {number}"

    def _tickets(self, visits):
        return ", ".join(ticket for ticket in visits.mapped("ticket") if ticket)
