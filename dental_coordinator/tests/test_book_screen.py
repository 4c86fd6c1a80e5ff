# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged, users

from .test_appointment import AppointmentCase

DAY = "2026-03-02"  # a Monday


class BookCase(AppointmentCase):
    """Two chairs; Marta at nine with Dr. Ortiz, Tom beside her with somebody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.chair_2 = cls.env["dental.operatory"].create({"name": "Chair 2", "tz": "UTC"})
        cls.haas = cls.env["dental.provider"].create({"name": "Dr. Haas", "tz": "UTC", "color": 3})
        cls.tom = cls._new_patient("Tom", "Abel", preferred_name="Tommy")
        cls.hers = cls._visit(cls.patient, f"{DAY} 09:00:00")
        cls.his = cls._visit(cls.tom, f"{DAY} 09:10:00", cls.chair_2, cls.haas)
        cls.view = cls.env["dental.book.view"].create(
            {
                "name": "Ours",
                "user_id": False,
                "sequence": -1,
                "function_key": "F8",
                "operatory_ids": [(6, 0, (cls.chair | cls.chair_2).ids)],
            }
        )

    @classmethod
    def _visit(cls, patient, start, chair=None, provider=None, **vals):
        return cls.env["dental.appointment"].create(
            {
                "patient_id": patient.id,
                "type_id": cls.kind.id,
                "provider_id": (provider or cls.provider).id,
                "operatory_id": (chair or cls.chair).id,
                "start": start,
                **vals,
            }
        )

    def _data(self, day=DAY, **asked):
        return self.env["dental.book"].data(day, asked.pop("view_id", self.view.id), **asked)

    def _cards(self, data):
        return {card["id"]: card for card in data["visits"]}


@tagged("post_install", "-at_install")
@freeze_time(f"{DAY} 08:00:00")
class TestBookScreen(BookCase):
    @users("front.desk")
    def test_the_columns_are_the_chairs_of_the_view_with_who_works_there(self):
        data = self._data()
        self.assertEqual(
            [(c["name"], c["provider_id"]) for c in data["columns"]],
            [("Chair 1", self.provider.id), ("Chair 2", self.haas.id)],
        )
        self.assertEqual((data["zone"], data["layout"], data["day"]), ("UTC", "day", DAY))
        self.assertEqual(data["days"][0]["start"], datetime(2026, 3, 2))
        self.assertEqual(data["days"][0]["stop"], datetime(2026, 3, 3))

    @users("front.desk")
    def test_a_card_says_when_who_where_and_how_it_stands(self):
        card = self._cards(self._data())[self.his.id]
        expected = {
            "patient": 'Tom Abel "Tommy"',
            "initials": "TA",
            "file": self.tom.number,
            "patient_id": self.tom.id,
            "chair_id": self.chair_2.id,
            "provider_id": self.haas.id,
            "status": "scheduled",
            "start": datetime(2026, 3, 2, 9, 10),
            "stop": datetime(2026, 3, 2, 9, 50),
            "pattern": "/XX/",
            "in_tray": False,
        }
        self.assertEqual({key: card[key] for key in expected}, expected)
        self.assertNotIn("phone", card)
        self.assertNotIn("medical_note", card)

    @users("front.desk")
    def test_only_what_has_a_place_on_that_day_is_shown(self):
        self.his.action_cancel()
        tomorrow = self._visit(self.tom, "2026-03-03 09:00:00")
        self.assertEqual(list(self._cards(self._data())), [self.hers.id])
        self.assertEqual(list(self._cards(self._data("2026-03-03"))), [tomorrow.id])

    @users("front.desk")
    def test_what_began_the_evening_before_reaches_into_the_day(self):
        late = self._visit(self.tom, "2026-03-02 23:40:00", pattern="/XXXX/")
        self.assertIn(late.id, self._cards(self._data("2026-03-03")))

    @users("front.desk")
    def test_the_day_is_the_clinics(self):
        self.company.sudo().resource_calendar_id.tz = "Pacific/Auckland"
        data = self._data(None)
        self.assertEqual((data["day"], data["zone"]), (DAY, "Pacific/Auckland"))
        self.assertEqual(data["days"][0]["start"], datetime(2026, 3, 1, 11))

    @users("front.desk")
    def test_a_week_of_one_provider(self):
        self._visit(self.tom, "2026-03-05 09:00:00")
        data = self._data(layout="week", provider_id=self.haas.id)
        days = [day["day"] for day in data["days"]]
        self.assertEqual((len(days), data["provider_id"]), (7, self.haas.id))
        self.assertIn(DAY, days)
        self.assertEqual({c["provider_id"] for c in data["columns"]}, {self.haas.id})
        first = date.fromisoformat(days[0]).isoweekday()
        lang = self.env["res.lang"]._get_data(code=self.env.user.lang)
        self.assertEqual(first, int(lang.week_start))

    @users("front.desk")
    def test_working_time_is_that_of_the_chairs(self):
        usual = self.company.sudo().resource_calendar_id
        mornings = usual.copy({"name": "Mornings"})
        mornings.attendance_ids.unlink()
        mornings.attendance_ids = [
            (0, 0, {"name": "Monday", "dayofweek": "0", "hour_from": 8, "hour_to": 12})
        ]
        self.chair_2.resource_id.sudo().calendar_id = mornings
        self.env["resource.calendar.leaves"].sudo().create(
            {
                "name": "Painting",
                "date_from": f"{DAY} 10:00:00",
                "date_to": f"{DAY} 11:00:00",
                "resource_id": self.chair_2.resource_id.id,
                "calendar_id": mornings.id,
                "company_id": self.company.id,
                "time_type": "leave",
            }
        )
        data = self._data()
        spans = [
            (begin.hour, end.hour) for begin, end in data["open"][self.chair_2.resource_id.id][0]
        ]
        self.assertEqual(spans, [(8, 10), (11, 12)])
        self.assertEqual(data["days"][0]["closed"], [])

    @users("front.desk")
    def test_a_holiday_says_its_name_over_the_day(self):
        self.env["resource.calendar.leaves"].sudo().create(
            {
                "name": "Founders' day",
                "date_from": f"{DAY} 00:00:00",
                "date_to": f"{DAY} 23:59:59",
                "company_id": self.company.id,
                "time_type": "leave",
            }
        )
        self.chair.resource_id.sudo().company_id = self.company
        self.assertEqual(self._data()["days"][0]["closed"], ["Founders' day"])

    @users("front.desk")
    def test_blocked_time_is_drawn(self):
        self.env["dental.blockout"].sudo().create(
            {
                "name": "Sterilizer service",
                "resource_ids": [(6, 0, self.chair.resource_id.ids)],
                "start": f"{DAY} 14:00:00",
                "stop": f"{DAY} 15:00:00",
            }
        )
        block = self._data()["blockouts"][0]
        self.assertEqual(
            (block["name"], block["resource_id"], block["schedulable"]),
            ("Sterilizer service", self.chair.resource_id.id, False),
        )

    @users("front.desk")
    def test_more_visits_cost_no_more_queries(self):
        self._count_queries()  # groups and rules are in their caches from here on
        few = self._count_queries()
        for number in range(30):
            patient = self._new_patient("Pat", f"Number {number}", medical_note="Note")
            chair = self.env["dental.operatory"].sudo().create({"name": "C", "tz": "UTC"})
            provider = self.env["dental.provider"].sudo().create({"name": "P", "tz": "UTC"})
            self._visit(patient, f"{DAY} 11:00:00", chair, provider)
        self.assertEqual(self._count_queries(), few)
        self.assertLessEqual(few, 10)

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        # As the web client asks: it knows the chosen clinics.
        book = self.env["dental.book"].with_context(allowed_company_ids=self.company.ids)
        before = self.env.cr.sql_log_count
        # The access log writes on a connection of its own, which a test does not have.
        with patch.object(self.env.registry["dental.access.log"], "_record_seen"):
            book.data(DAY, self.view.id)
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
@freeze_time(f"{DAY} 08:00:00")
class TestBookItems(BookCase):
    def _items(self, *keys):
        items = self.env["dental.book.item"].search([("key", "in", keys)])
        self.assertEqual(len(items), len(keys), "each key is an item that one can choose")
        self.view.sudo().item_ids = items
        card = self._cards(self._data())[self.hers.id]
        return {item["key"]: item for item in card["items"]}

    @users("front.desk")
    def test_each_item_of_the_catalogue_answers(self):
        self.hers.sudo().write({"note": "Bring x-ray", "is_new": True})
        self.patient.sudo().write({"phone": "207 555 0101", "arrive_early_minutes": 10})
        items = self._items("type", "note", "new", "age", "phone", "file", "number", "early")
        texts = {key: item["text"] for key, item in items.items()}
        self.assertEqual(
            texts,
            {
                "type": "Exam",
                "note": "Bring x-ray",
                "new": "new",
                "age": "33 y",
                "phone": "207 555 0101",
                "file": self.patient.number,
                "number": self.hers.number,
                "early": "10 min early",
            },
        )

    @users("front.desk")
    def test_the_most_serious_alert_decides_and_all_are_named(self):
        kinds = self.env["dental.condition.type"].sudo()
        for name, level in (("Latex", "stop"), ("Asthma", "warn"), ("Smokes", "info")):
            kind = kinds.create({"name": f"{name} test", "alert_level": level})
            self.env["dental.condition"].sudo().create(
                {"patient_id": self.patient.id, "type_id": kind.id}
            )
        alert = self._items("alerts")["alerts"]
        self.assertEqual(alert["level"], "stop")
        self.assertIn("Latex test", alert["text"])
        self.assertIn("Asthma test", alert["text"])
        self.assertNotIn("Smokes", alert["text"])

    @users("front.desk")
    def test_who_would_come_sooner(self):
        self.assertNotIn("sooner", self._items("sooner"))
        entry = self.env["dental.waitlist.entry"].create(
            {"patient_id": self.patient.id, "appointment_id": self.hers.id}
        )
        self.assertEqual(self._items("sooner")["sooner"]["text"], "would come sooner")
        entry.urgent = True
        self.assertEqual(self._items("sooner")["sooner"]["level"], "warn")
        entry.action_cancel()
        self.assertNotIn("sooner", self._items("sooner"))

    @users("front.desk")
    def test_access_needs_warn_until_they_are_arranged(self):
        self.patient.sudo().interpreter = "sign"
        needs = self._items("needs")["needs"]
        self.assertEqual(needs["text"], "interpreter (sign language)")
        self.assertEqual(needs["level"], "warn")
        self.hers.with_env(self.env).action_access_arranged()
        self.assertEqual(self._items("needs")["needs"]["level"], "info")

    @users("front.desk")
    def test_recall_and_requests_that_wait(self):
        kind = self.env["dental.recall.type"].search([], limit=1)
        self.env["dental.recall"].sudo().create(
            {"patient_id": self.patient.id, "type_id": kind.id, "due": "2026-02-01"}
        )
        self.env["dental.request"].sudo().create(
            {"patient_id": self.patient.id, "appointment_id": self.hers.id}
        )
        items = self._items("recall", "requests")
        self.assertEqual(items["recall"]["text"], "recall overdue")
        self.assertEqual(items["requests"]["text"], "1 awaited")

    @users("front.desk")
    def test_what_nobody_wants_is_not_fetched(self):
        self.assertEqual(set(self._items("type")), {"type"})


@tagged("post_install", "-at_install")
@freeze_time(f"{DAY} 08:00:00")
class TestBookViews(BookCase):
    @users("front.desk")
    def test_ones_own_view_and_those_of_everybody(self):
        own = self.env["dental.book.view"].create({"name": "Mine"})
        names = [view["name"] for view in self._data()["views"]]
        self.assertEqual(names[0], "Ours")
        self.assertIn("Mine", names)
        others = self.env["dental.book"].with_user(self.coordinator).data(DAY)
        self.assertNotIn("Mine", [view["name"] for view in others["views"]])
        self.assertEqual(own.user_id, self.env.user)

    @users("front.desk")
    def test_the_front_desk_changes_its_own_views_only(self):
        with self.assertRaises(AccessError):
            self.view.with_env(self.env).name = "Theirs"
        with self.assertRaises(AccessError):
            self.env["dental.book.view"].create({"name": "For all", "user_id": False})
        shared = self.env["dental.book.view"].with_user(self.coordinator)
        shared = shared.create({"name": "For all", "user_id": False})
        self.assertIn("For all", [view["name"] for view in self._data()["views"]])

    @users("front.desk")
    def test_a_view_that_is_gone_gives_way_to_the_first(self):
        data = self._data(view_id=0)
        self.assertEqual(data["view"]["id"], self.view.id)
        self.env["dental.book.view"].sudo().search([]).unlink()
        data = self._data()
        self.assertEqual((data["view"]["id"], data["layout"]), (False, "day"))
        self.assertTrue(data["columns"])

    def test_hours_and_keys_are_checked_in_words(self):
        other = self.env["res.company"].create({"name": "Other clinic"})
        with self.assertRaisesRegex(ValidationError, "belong to another clinic"):
            self.view.write(
                {"company_id": other.id, "operatory_ids": [(4, self._theirs(self.company))]}
            )

    def _theirs(self, company):
        return self.env["dental.operatory"].create({"name": "X", "company_id": company.id}).id


@tagged("post_install", "-at_install")
@freeze_time(f"{DAY} 08:00:00")
class TestBookNotes(BookCase):
    @users("front.desk")
    def test_a_note_stands_over_its_day(self):
        notes = self.env["dental.book.note"]
        notes.create({"day": DAY, "text": "Team meeting"})
        timed = notes.create(
            {"start": f"{DAY} 11:20:00", "text": "Lab", "operatory_id": self.chair.id}
        )
        self.assertEqual(timed.day, date(2026, 3, 2))
        found = self._data()["days"][0]["notes"]
        self.assertEqual([note["text"] for note in found], ["Team meeting", "Lab"])
        self.assertEqual(found[1]["chair_id"], self.chair.id)
        self.assertFalse(self._data("2026-03-03")["days"][0]["notes"])

    @users("front.desk")
    def test_what_was_not_done_stands_on_today_until_it_is(self):
        note = self.env["dental.book.note"].create(
            {"day": "2026-02-26", "text": "Call her", "todo": True, "patient_id": self.patient.id}
        )
        shown = self._data()["days"][0]["notes"][0]
        self.assertEqual((shown["since"], shown["patient"]), ("2026-02-26", "Marta Kowalski"))
        note.done = True
        self.assertFalse(self._data()["days"][0]["notes"])

    @users("front.desk")
    def test_a_note_of_another_clinic_is_refused(self):
        other = self.env["res.company"].sudo().create({"name": "Other clinic"})
        theirs = self._new_patient("Zoe", "Haas", company_id=other.id)
        with self.assertRaisesRegex(ValidationError, "within one clinic"):
            self.env["dental.book.note"].create({"text": "x", "patient_id": theirs.id})
