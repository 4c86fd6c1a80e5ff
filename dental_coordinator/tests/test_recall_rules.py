# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Recall rules, against the recorded cases and in situations of our own."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..book import Interval
from ..recall import (
    CLEANING,
    PERIO,
    Recall,
    RecallType,
    ReminderPolicy,
    Service,
    change_default,
    count_reminders,
    is_child,
    is_listed,
    is_past_due,
    joins_cleaning,
    synchronise,
)

FILES = sorted((Path(__file__).parent / "cases").glob("recalls*.json"))
CASES = [case for path in FILES for case in json.loads(path.read_text())]
#: cases of other parts of the addon, with the reason
ELSEWHERE = {
    "list-two-plans-two-types": "rows of the recall list and their payers belong to the model",
}
COUNTED = {"complete", "existing_other", "existing_current", "existing"}
SPECIAL = {"prophy": CLEANING, "perio": PERIO}


def day(text):
    return text and date.fromisoformat(text)


def _interval(values):
    return Interval(**values)


def _recall(values):
    return Recall(
        interval=_interval(values["interval"]),
        previous=day(values.get("previous_date")),
        calculated=day(values.get("calculated_due_date")),
        due=day(values.get("due_date")),
        status=values.get("status"),
        note=values.get("note", ""),
        disabled=values.get("disabled", False),
        until=day(values.get("disabled_until_date")),
        until_balance=values.get("disabled_until_balance", 0),
    )


def _shown(recall, keys):
    values = {
        "interval": recall.interval and vars(recall.interval),
        "previous_date": recall.previous,
        "calculated_due_date": recall.calculated,
        "due_date": recall.due,
        "status": recall.status,
        "note": recall.note,
        "disabled": recall.disabled,
    }
    return {
        key: value.isoformat() if isinstance(value := values[key], date) else value for key in keys
    }


def _synchronised(case):
    types = case.get("recall_types") or {"recall": case["recall_type"]}
    recalls = case.get("existing_recalls")
    if recalls is None:
        recalls = {"recall": case["existing_recall"]} if case["existing_recall"] else {}
    return synchronise(
        [
            RecallType(
                key,
                _interval(kind["interval"]),
                frozenset(kind["triggers"]),
                SPECIAL.get(kind.get("special")),
            )
            for key, kind in types.items()
        ],
        {key: _recall(values) for key, values in recalls.items()},
        [
            Service(row["code"], day(row["date"]))
            for row in case["procedures"]
            if row["status"] in COUNTED
        ],
    )


def _run_synchronisation(test, case):
    found, expect = _synchronised(case), case["expect"]
    expected = expect.get("recalls", {} if "not_created" in expect else {"recall": expect})
    shown = {key: _shown(found[key], values) for key, values in expected.items() if key in found}
    test.assertEqual(shown, expected)
    test.assertFalse(set(expect.get("not_created", ())) & set(found))


def _run_interval(test, case):
    test.assertEqual(
        _interval(case["interval"]).after(day(case["date"])), day(case["expect"]["date"])
    )


def _run_default(test, case):
    defaults = (_interval(case[name]) for name in ("old_default", "new_default"))
    found = change_default(_recall(case["existing_recall"]), *defaults)
    test.assertEqual(_shown(found, case["expect"]), case["expect"])


def _run_reminder(test, case):
    policy = ReminderPolicy(
        case["wait_after_first"],
        case["wait_after_second"],
        case["max_reminders"],
        case.get("automatic", False),
    )
    sent, today = case["reminders_sent"], day(case["today"])
    # Who was never reminded always may be.
    allowed = policy.next_date(sent, day(case["last_reminder"])) if sent else today
    found = allowed is not None and allowed <= today
    test.assertEqual({"too_many_reminders": not found, "show_on_list": found}, case["expect"])


def _run_listed(test, case):
    recall = Recall(
        Interval(months=6),
        disabled=case.get("disabled", False),
        until=day(case.get("disabled_until_date")),
        until_balance=case.get("disabled_until_balance", 0),
    )
    found = is_listed(recall, day(case["today"]), case.get("family_balance", 0))
    test.assertEqual(found, case["expect"]["show_on_list"])


def _run_past_due(test, case):
    days = (case["due_date"], case["today"], case["visit_date"], case.get("recall_appointment"))
    test.assertEqual(is_past_due(*map(day, days)), case["expect"]["past_due"])


def _run_age(test, case):
    days = map(day, (case["birth_date"], case["due_date"], case["today"]))
    test.assertEqual(is_child(*days, case["adult_age"]), case["expect"]["child"])


def _run_combine(test, case):
    days = map(day, (case["other_due"], case["cleaning_due"], case["today"]))
    found = joins_cleaning(*days, case["combine_with_cleaning"], case["other_disabled"])
    test.assertEqual(found, case["expect"]["added"])


#: the field of a case that tells what it is about
RUNNERS = {
    "procedures": _run_synchronisation,
    "old_default": _run_default,
    "reminders_sent": _run_reminder,
    "birth_date": _run_age,
    "other_due": _run_combine,
    "visit_date": _run_past_due,
    "disabled_until_date": _run_listed,
    "disabled_until_balance": _run_listed,
    "interval": _run_interval,
}


class TestCases(BaseCase):
    def test_every_case_of_the_subject(self):
        self.assertGreater(len(CASES), len(ELSEWHERE))
        done = 0
        for case in CASES:
            if case["id"] in ELSEWHERE:
                continue
            run = next(run for field, run in RUNNERS.items() if field in case)
            with self.subTest(case["id"]):
                run(self, case)
                done += 1
        self.assertEqual(done, len(CASES) - len(ELSEWHERE))


class TestDue(BaseCase):
    half = Interval(months=6, days=1)
    kind = RecallType("recall", half, frozenset({"X0150"}))
    recall = Recall(half, date(2023, 12, 1), date(2024, 6, 2), date(2024, 6, 2), "mailed", "call")

    def _after(self, recall, *days):
        services = [Service("X0150", served) for served in days]
        return synchronise([self.kind], {"recall": recall}, services)["recall"]

    def test_typed_due_date_survives_until_a_newer_service(self):
        typed = replace(self.recall, due=date(2024, 9, 1))
        self.assertIs(self._after(typed, date(2023, 12, 1)), typed)
        newer = self._after(typed, date(2023, 12, 1), date(2024, 6, 14))
        self.assertEqual((newer.due, newer.status, newer.note), (date(2024, 12, 15), None, ""))

    def test_postponed_keeps_status_note_and_typed_date(self):
        for postponed in ({"until": date(2024, 8, 1)}, {"until_balance": 50}):
            recall = replace(self.recall, **postponed)
            newer = self._after(recall, date(2024, 6, 14))
            self.assertEqual((newer.due, newer.status), (date(2024, 12, 15), "mailed"))
            typed = self._after(replace(recall, due=date(2024, 9, 1)), date(2024, 6, 14))
            self.assertEqual((typed.due, typed.note), (date(2024, 9, 1), "call"))

    def test_disabled_has_no_due_date_but_knows_its_service(self):
        recall = self._after(replace(self.recall, disabled=True), date(2024, 6, 14))
        self.assertEqual((recall.due, recall.previous), (None, date(2024, 6, 14)))
        self.assertEqual(recall.calculated, date(2024, 12, 15))

    def test_no_service_left_clears_the_dates_but_not_a_typed_one(self):
        cleared = self._after(self.recall)
        self.assertEqual((cleared.previous, cleared.calculated, cleared.due), (None, None, None))
        typed = self._after(replace(self.recall, due=date(2024, 9, 1)))
        self.assertEqual((typed.calculated, typed.due), (None, date(2024, 9, 1)))

    def test_blank_due_date_is_filled(self):
        blank = replace(self.recall, due=None)
        self.assertEqual(self._after(blank, date(2023, 12, 1)).due, date(2024, 6, 2))

    def test_type_without_triggers_is_left_alone(self):
        kind = replace(self.kind, triggers=frozenset())
        found = synchronise([kind], {"recall": self.recall}, [])
        self.assertIs(found["recall"], self.recall)

    def test_perio_patient_keeps_one_date_from_either_cleaning(self):
        types = [
            RecallType("cleaning", self.half, frozenset({"C"}), CLEANING),
            RecallType("perio", Interval(months=4), frozenset({"P"}), PERIO),
        ]
        services = [Service("C", date(2024, 3, 1)), Service("P", date(2024, 1, 10))]
        self.assertEqual(set(synchronise(types, {}, services)), {"cleaning"})
        found = synchronise(types, {"perio": Recall(Interval(months=4))}, services)
        self.assertEqual({key: r.due for key, r in found.items()}, {"perio": date(2024, 7, 1)})

    @given(st.lists(st.dates(date(2000, 1, 1), date(2040, 1, 1)), min_size=1, max_size=5))
    def test_due_is_the_latest_service_plus_interval_and_settles(self, days):
        found = self._after(Recall(self.half), *days)
        self.assertEqual(found.due, self.half.after(max(days)))
        self.assertIs(self._after(found, *reversed(days)), found)

    def test_changed_default_keeps_a_typed_date(self):
        new = Interval(months=4)
        changed = change_default(self.recall, self.half, new)
        self.assertEqual((changed.interval, changed.due), (new, date(2024, 4, 1)))
        typed = change_default(replace(self.recall, due=date(2024, 9, 1)), self.half, new)
        self.assertEqual((typed.calculated, typed.due), (date(2024, 4, 1), date(2024, 9, 1)))
        unserved = change_default(Recall(self.half), self.half, new)
        self.assertEqual((unserved.interval, unserved.due), (new, None))


class TestReminders(BaseCase):
    def test_only_those_after_the_last_service_count(self):
        days = [date(2024, 1, 5), date(2024, 3, 1), date(2024, 2, 1)]
        self.assertEqual(count_reminders(days, date(2024, 1, 5)), (2, date(2024, 3, 1)))
        self.assertEqual(count_reminders(days, None), (3, date(2024, 3, 1)))
        self.assertEqual(count_reminders(days, date(2024, 6, 1)), (0, None))

    def test_next_date(self):
        policy, last = ReminderPolicy(after_first=90, after_later=182, maximum=4), date(2024, 1, 1)
        expected = {1: date(2024, 3, 31), 2: date(2024, 7, 1), 4: date(2024, 7, 1), 5: None}
        self.assertEqual({sent: policy.next_date(sent, last) for sent in expected}, expected)
        with self.assertRaisesRegex(ValueError, "give its date"):
            policy.next_date(1, None)

    def test_only_what_sends_itself_stops_at_a_wait_of_nothing(self):
        last = date(2024, 1, 1)
        for policy, expected in (
            (ReminderPolicy(automatic=True), date(2024, 3, 31)),
            (ReminderPolicy(after_first=0), last),
            (ReminderPolicy(after_first=0, automatic=True), None),
            (ReminderPolicy(after_first=-1), None),
        ):
            self.assertEqual(policy.next_date(1, last), expected, policy)


class TestRules(BaseCase):
    today = date(2024, 6, 14)

    def test_listed_from_the_day_and_up_to_the_balance(self):
        recall = Recall(Interval(months=6))
        self.assertTrue(is_listed(recall, self.today))
        self.assertFalse(is_listed(replace(recall, disabled=True), self.today))
        self.assertTrue(is_listed(replace(recall, until=self.today), self.today))
        waiting = replace(recall, until_balance=50)
        listed = [is_listed(waiting, self.today, balance) for balance in (49, 50, 51)]
        self.assertEqual(listed, [True, True, False])

    def test_past_due(self):
        yesterday, visit = self.today - timedelta(days=1), self.today + timedelta(days=5)
        self.assertTrue(is_past_due(yesterday, self.today, visit))
        self.assertFalse(is_past_due(self.today, self.today, visit))
        self.assertFalse(is_past_due(None, self.today, visit))
        self.assertFalse(is_past_due(yesterday, self.today, visit, scheduled=visit))
        self.assertTrue(is_past_due(yesterday, self.today, visit, visit + timedelta(days=1)))

    def test_age_on_the_birthday(self):
        self.assertFalse(is_child(date(2012, 7, 1), date(2024, 7, 1), self.today))
        self.assertTrue(is_child(date(2012, 7, 2), date(2024, 7, 1), self.today))
        self.assertTrue(is_child(date(2012, 6, 15), None, self.today))

    def test_overdue_work_joins_any_cleaning(self):
        overdue = self.today - timedelta(days=100)
        self.assertTrue(joins_cleaning(overdue, overdue - timedelta(days=9), self.today))
        self.assertTrue(joins_cleaning(overdue, None, self.today))
        self.assertFalse(joins_cleaning(None, self.today, self.today))
        soon = self.today + timedelta(days=9)
        self.assertTrue(joins_cleaning(self.today, None, self.today), "due today")
        self.assertTrue(joins_cleaning(soon, soon, self.today), "due together")
        self.assertFalse(joins_cleaning(soon, soon - timedelta(days=1), self.today))
        self.assertFalse(joins_cleaning(overdue, self.today, self.today, combine=False))
