# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged, users

from .test_break import BreakCase


class OfferCase(BreakCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["dental.waitlist.entry"].search([]).action_cancel()
        cls.env["dental.appointment"].search([("status", "=", "planned")]).patient_id.write(
            {"do_not_contact": True}
        )
        cls.ana = cls._new_patient("Ana", "Lund", phone="555 0101", email="ana@example.com")
        cls.bo = cls._new_patient("Bo", "Sow", phone="555 0102", email="bo@example.com")
        cls.cleo = cls._new_patient("Cleo", "Haas")

    def _hole(self, start="2026-03-03 09:00:00", **vals):
        """The time that a visit of Marta gave back."""
        visit = self._book(start, **vals)
        visit.action_break("cancelled")
        return self.env["dental.slot.offer"].browse(visit.action_fill_hole()["res_id"])

    def _tend(self):
        """The job as the server runs it; what it did is kept after each offer."""
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60.0):
            self.env["dental.slot.offer"]._cron_tend()

    def _waits(self, patient, **vals):
        return self.env["dental.waitlist.entry"].create(
            {"patient_id": patient.id, "type_id": self.kind.id, **vals}
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestWaitingList(OfferCase):
    @users("front.desk")
    def test_any_visit_can_be_sooner_once(self):
        visit = self._book("2026-03-12 09:00:00", pattern="/XXX/")
        action = visit.action_sooner()
        entry = self.env["dental.waitlist.entry"].browse(action["res_id"])
        self.assertRecordValues(
            entry,
            [
                {
                    "patient_id": self.patient.id,
                    "type_id": self.kind.id,
                    "minutes": 50,
                    "provider_id": self.provider.id,
                    "state": "waiting",
                    "owner_id": self.front_desk.id,
                    "next_date": date(2026, 3, 2),
                }
            ],
        )
        self.assertEqual(visit.action_sooner()["res_id"], entry.id)

    @users("front.desk")
    def test_availability_in_words(self):
        entry = self._waits(self.ana, mon=True, thu=True, part_of_day="morning", notice_hours=24)
        self.assertEqual(entry.availability, "Mon, Thu · Morning · 24 h notice")
        self.assertEqual(self._waits(self.bo, notice_hours=0).availability, "any time")
        with self.assertRaisesRegex(ValidationError, "Not after"):
            entry.write({"date_from": "2026-03-09", "date_to": "2026-03-08"})

    @users("front.desk")
    def test_who_cannot_come_any_more_expires(self):
        over = self._waits(self.ana, date_to="2026-03-01")
        stays = self._waits(self.bo, date_to="2026-03-02")
        came = self._book("2026-03-02 06:00:00", patient_id=self.cleo.id)
        done = self._waits(self.cleo, appointment_id=came.id)
        self.env["dental.waitlist.entry"]._expire()
        self.assertEqual((over + stays + done).mapped("state"), ["expired", "waiting", "expired"])


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestSlotOffer(OfferCase):
    @users("front.desk")
    def test_a_broken_visit_leaves_a_hole_with_candidates(self):
        self._waits(self.ana, urgent=True, since="2026-01-01")
        self._waits(self.bo)
        self._waits(self.cleo, pattern="XXXXXX")  # too long
        offer = self._hole()
        self.assertRecordValues(
            offer,
            [
                {
                    "start": datetime(2026, 3, 3, 9),
                    "minutes": 40,
                    "pattern": "XXXX",
                    "state": "draft",
                    "expires_at": datetime(2026, 3, 3, 8, 40),
                }
            ],
        )
        self.assertEqual(offer.line_ids.patient_id, self.ana + self.bo)
        self.assertIn("urgent +30", offer.line_ids[0].parts)
        self.assertIn("waits 60 days +20", offer.line_ids[0].parts)
        self.assertGreater(offer.line_ids[0].score, offer.line_ids[1].score)

    @users("front.desk")
    def test_planned_visits_are_asked_too(self):
        visit = self._planned(patient_id=self.ana.id)
        line = self._hole().line_ids
        self.assertEqual((line.patient_id, line.appointment_id), (self.ana, visit))

    @users("front.desk")
    def test_who_waits_for_two_visits_is_asked_once(self):
        self._waits(self.ana)
        urgent = self._waits(self.ana, urgent=True)
        self._planned(patient_id=self.bo.id)
        self._planned(patient_id=self.bo.id)
        lines = self._hole().line_ids
        self.assertEqual(lines.patient_id, self.ana + self.bo)
        self.assertEqual(len(lines), 2)
        self.assertEqual(lines[0].entry_id, urgent)

    @users("front.desk")
    def test_the_provider_is_busy_next_door_meanwhile(self):
        other = self.env["dental.operatory"].sudo().create({"name": "Chair 2", "tz": "UTC"})
        visit = self._book("2026-03-03 09:00:00")
        self._book(
            "2026-03-03 09:30:00", patient_id=self.cleo.id, operatory_id=other.id, pattern="XX"
        )
        visit.action_break("cancelled")
        offer = self.env["dental.slot.offer"].browse(visit.action_fill_hole()["res_id"])
        self.assertEqual(offer.pattern, "XXX/")
        offer._put_out()
        self.assertEqual(
            sorted(offer.reservation_ids.mapped(lambda r: (r.kind, r.stop.minute))),
            [("operatory", 40), ("provider", 30)],
        )

    @users("front.desk")
    def test_while_it_is_out_nobody_else_books_there(self):
        self._waits(self.ana)
        offer = self._hole()
        self._book("2026-03-04 09:00:00")  # another day
        offer.action_call()
        self.assertEqual(offer.state, "out")
        with self.assertRaisesRegex(UserError, offer.number), self.env.cr.savepoint():
            self._book("2026-03-03 09:00:00", patient_id=self.cleo.id)
        offer.action_cancel()
        self._book("2026-03-03 09:00:00", patient_id=self.cleo.id)

    @users("front.desk")
    def test_what_was_booked_meanwhile_is_not_offered(self):
        offer = self._hole()
        self._book("2026-03-03 09:00:00", patient_id=self.cleo.id)
        with self.assertRaisesRegex(UserError, "is taken"):
            offer.action_call()

    @users("front.desk")
    def test_the_first_who_accepts_has_it_and_the_next_is_too_late(self):
        self._waits(self.ana)
        self._waits(self.bo)
        offer = self._hole()
        first, second = offer.line_ids
        answer = first.work_outcome("accepts")
        self.assertEqual(answer["level"], "success")
        visit = offer.filled_by_id
        self.assertRecordValues(
            visit,
            [
                {
                    "patient_id": first.patient_id.id,
                    "start": datetime(2026, 3, 3, 9),
                    "status": "scheduled",
                }
            ],
        )
        self.assertRecordValues(offer, [{"state": "filled", "reservation_ids": []}])
        self.assertEqual(first.entry_id.state, "booked")
        answer = second.work_outcome("accepts")
        self.assertEqual((answer["level"], second.state), ("warning", "taken"))
        self.assertEqual(second.entry_id.state, "waiting")

    @users("front.desk")
    def test_who_comes_sooner_leaves_a_hole_again(self):
        later = self._book("2026-03-12 09:00:00", patient_id=self.ana.id)
        later.action_sooner()
        offer = self._hole()
        offer.line_ids.action_accept()
        self.assertEqual((later.start, later.status), (datetime(2026, 3, 3, 9), "scheduled"))
        next_hole = self.env["dental.slot.offer"].search([("vacated_by_id", "=", later.id)])
        self.assertEqual((next_hole.start, next_hole.state), (datetime(2026, 3, 12, 9), "draft"))

    @users("front.desk")
    def test_the_call_down_list(self):
        for patient in (self.ana, self.bo, self.cleo):
            self._waits(patient)
        offer = self._hole()
        action = offer.action_call()
        lines = self.env["dental.slot.offer.line"].search(action["domain"])
        self.assertEqual(len(lines), 3)
        lines[0].work_outcome("no_answer")
        lines[1].work_outcome("left_message")
        lines[2].work_outcome("not_any_more")
        self.assertEqual(lines.mapped("state"), ["failed", "asked", "declined"])
        self.assertEqual(lines[2].entry_id.state, "cancelled")
        logs = self.env["dental.contact.log"].search(
            [("patient_id", "in", lines.patient_id.ids)], order="id"
        )
        self.assertEqual(logs.mapped("outcome"), ["no_answer", "left_message", "reached"])
        self.assertEqual(set(logs.mapped("note")), {f"Offer {offer.number}"})
        self.assertEqual(offer.asked, 3)

    @users("front.desk")
    def test_asked_today_is_not_asked_for_the_next_hole(self):
        self._waits(self.ana)
        self._hole().line_ids.work_outcome("declines")
        self.assertFalse(self._hole("2026-03-04 09:00:00").line_ids)
        with freeze_time("2026-03-03 07:00:00"):
            line = self._hole("2026-03-05 09:00:00").line_ids
        self.assertEqual(line.patient_id, self.ana)
        self.assertIn("asked 1 times", line.parts)

    @users("front.desk")
    def test_the_clinics_weights(self):
        self._waits(self.ana, urgent=True)
        self._waits(self.bo, since="2025-01-01")
        self.company.sudo().write({"dental_refill_urgency": 0})
        self.assertEqual(self._hole().line_ids[0].patient_id, self.bo)

    @users("front.desk")
    def test_too_late_to_offer(self):
        visit = self._book("2026-03-02 07:10:00")
        self.assertFalse(visit.break_data()["hole"])
        visit.action_break("cancelled_late")
        with self.assertRaisesRegex(UserError, "too late"):
            visit.action_fill_hole()

    def test_an_offer_ends_by_itself(self):
        self._waits(self.ana)
        offer = self._hole()
        offer.action_call()
        offer.line_ids.work_outcome("left_message")
        with freeze_time("2026-03-03 08:40:00"):
            self._tend()
        self.assertEqual((offer.state, offer.line_ids.state), ("expired", "taken"))
        self.assertFalse(offer.reservation_ids)

    @users("front.desk")
    def test_many_candidates_cost_no_more_queries(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            sources = offer._sources()
            offer._candidates(sources)
            return self.env.cr.sql_log_count - before

        offer = self._hole()
        self._waits(self.ana)
        count()
        few = count()
        for number in range(15):
            self._waits(
                self.env["dental.patient"].create({"first_name": "P", "last_name": str(number)})
            )
        self.assertEqual(count(), few)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestSentOffers(OfferCase):
    def setUp(self):
        super().setUp()
        (self.ana + self.bo).write({"email_ok": "yes", "confirm_channel": "email"})
        for patient in (self.ana, self.bo, self.cleo):
            self._waits(patient)
        self.offer = self._hole()

    def _mails(self):
        return self.env["mail.mail"].sudo().search([("email_to", "like", "@example.com")])

    def test_only_who_agreed_is_written_to_and_in_turn(self):
        offer = self.offer.with_user(self.front_desk)
        offer.action_send()
        sent = offer.line_ids.filtered(lambda line: line.state == "sent")
        self.assertEqual(len(sent), 1)
        self.assertEqual(offer.next_send_at, datetime(2026, 3, 2, 7, 4))  # 26 hours ahead
        with freeze_time("2026-03-02 07:03:00"):
            self._tend()
            self.assertEqual(len(self._mails()), 1)
        with freeze_time("2026-03-02 07:04:00"):
            self._tend()
        self.assertEqual(set(self._mails().mapped("email_to")), {self.ana.email, self.bo.email})
        with freeze_time("2026-03-02 07:08:00"):
            self._tend()
        self.assertFalse(offer.sending)  # Cleo agreed to nothing
        log = self.env["dental.contact.log"].search([("patient_id", "=", self.ana.id)])
        self.assertRecordValues(
            log,
            [{"outcome": "sent", "channel": "email", "automatic": True, "topic": "appointment"}],
        )

    def test_an_offer_that_cannot_be_sent_stops_and_the_others_go_on(self):
        self.offer.action_send()
        model = self.env.registry["dental.slot.offer"]
        with (
            freeze_time("2026-03-02 07:04:00"),
            patch.object(model, "_send_next", side_effect=ValueError),
            self.assertLogs("odoo.addons.dental_coordinator.models.one_by_one"),
        ):
            self._tend()
        self.assertEqual((self.offer.state, self.offer.sending), ("out", False))
        self.assertEqual(len(self._mails()), 1)

    def test_the_mail_tells_a_clinic_and_a_time(self):
        self.offer.action_send()
        mail = self._mails()
        self.assertEqual(mail.subject, self.company.name)
        self.assertIn("03/03/2026", mail.body_html)
        # The links' random part holds any letters, a short name by chance as well.
        told = re.sub(r"/dental/l/[\w-]{43}(?=\")", "/dental/l/", mail.body_html)
        for secret in ("Ana", "Lund", "Bo", "Sow", "Exam", self.kind.name, "Ortiz"):
            self.assertNotIn(secret, told)
        self.assertFalse(mail.res_id or mail.recipient_ids)

    def test_the_others_are_told(self):
        self.offer.action_send()
        with freeze_time("2026-03-02 07:04:00"):
            self._tend()
        first, second = self.offer.line_ids.filtered(lambda line: line.state == "sent")
        before = self._mails()
        first._accept()
        self.assertEqual((first.state, second.state), ("accepted", "taken"))
        told = self._mails() - before
        self.assertEqual(told.email_to, second.patient_id.email)
        self.assertIn("is taken", told.body_html)

    def test_a_yes_that_cannot_be_booked_is_not_lost(self):
        self.offer.action_send()
        line = self.offer.line_ids.filtered(lambda each: each.state == "sent")
        chair = self.env["dental.operatory"].create({"name": "Chair 9"})
        dentist = self.env["dental.provider"].create({"name": "Dr. Sow"})
        own = {"operatory_id": chair.id, "provider_id": dentist.id}
        self._book("2026-03-03 09:00:00", patient_id=line.patient_id.id, **own)
        link = line.link_id
        self.assertIn("we call you", link._answer("accept"))
        self.assertEqual((self.offer.state, line.state), ("out", "asked"))
        entry = line.entry_id
        self.assertIn(f"Accepted {self.offer.number} by link", entry.next_action)
        self.assertEqual(str(entry.next_date), "2026-03-02")
        log = self.env["dental.contact.log"].search([("patient_id", "=", line.patient_id.id)])
        self.assertIn("reached", log.mapped("outcome"))

    def test_nobody_to_write_to(self):
        (self.ana + self.bo).write({"email_ok": "no"})
        with self.assertRaisesRegex(UserError, "Call them"):
            self.offer.action_send()
