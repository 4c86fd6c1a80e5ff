# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whatever people do to the book in whatever order, it stays true."""

from datetime import datetime, timedelta

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_blockout import BlockoutCase

DAY = datetime(2026, 3, 6)
PATTERNS = ["X", "XX", "/XX/", "XX//", "//XX", "X//X", "//"]
COMING = ("held", "scheduled", "confirmed")
tens = st.integers(0, 3 * 144 - 1)
places = st.tuples(tens, st.integers(0, 1), st.integers(0, 1), st.integers(0, 2))
steps = st.one_of(
    st.tuples(st.just("create"), places, st.sampled_from(PATTERNS)),
    st.tuples(st.just("move"), st.integers(0, 9), places),
    st.tuples(st.just("move_event"), st.integers(0, 9), tens),
    st.tuples(st.just("resize"), st.integers(0, 9), st.integers(1, 9)),
    st.tuples(st.just("cancel"), st.integers(0, 9)),
    st.tuples(st.just("restore"), st.integers(0, 9)),
    st.tuples(st.just("team"), st.integers(0, 9), st.sampled_from([None, "X", "/XX"])),
    st.tuples(st.just("close"), tens, st.integers(1, 18), st.integers(0, 3), st.booleans()),
    st.tuples(st.just("shift_close"), st.integers(0, 3), tens),
    st.tuples(st.just("reopen"), st.integers(0, 3)),
    st.tuples(st.just("leave"), st.integers(0, 1), tens, st.integers(1, 30)),
)


def moment(ten):
    return DAY + timedelta(minutes=10 * ten)


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 07:00:00")
class TestTheBookStaysTrue(BlockoutCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        provider, chair = cls.env["dental.provider"], cls.env["dental.operatory"]
        cls.providers = cls.provider | provider.create({"name": "Dr. Sow", "tz": "UTC"})
        cls.chairs = cls.chair | chair.create({"name": "Chair 2", "tz": "UTC"})
        cls.hygienist = provider.create({"name": "Hal", "kind": "hygienist", "tz": "UTC"})
        cls.patients = cls.patient | cls._new_patient("A", "A") | cls._new_patient("B", "B")
        cls.things = (cls.providers.resource_id | cls.chairs.resource_id).sorted("id")

    @given(st.lists(steps, min_size=4, max_size=14))
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.differing_executors]
    )
    def test_any_sequence(self, sequence):
        with self.env.cr.savepoint() as savepoint:
            self.visits = self.env["dental.appointment"]
            self.blockouts = self.env["dental.blockout"]
            for name, *values in sequence:
                try:
                    with self.env.cr.savepoint():
                        getattr(self, f"_do_{name}")(*values)
                        self.env.flush_all()
                except UserError:
                    self.visits, self.blockouts = self.visits.exists(), self.blockouts.exists()
                self._assert_true(sequence)
            savepoint.rollback()
            self.env.invalidate_all()

    # What people do

    def _place(self, ten, provider, chair, patient):
        return {
            "start": moment(ten),
            "provider_id": self.providers[provider].id,
            "operatory_id": self.chairs[chair].id,
            "patient_id": self.patients[patient].id,
        }

    def _pick(self, number):
        return self.visits[number % len(self.visits)] if self.visits else self.visits

    def _do_create(self, place, pattern):
        vals = {**self._place(*place), "type_id": self.kind.id, "pattern": pattern}
        self.visits |= self.env["dental.appointment"].create(vals)

    def _do_move(self, number, place):
        self._pick(number).write(self._place(*place))

    def _do_move_event(self, number, ten):
        visit = self._pick(number)
        if visit:
            length = visit.stop - visit.start
            visit.event_id.write({"start": moment(ten), "stop": moment(ten) + length})

    def _do_resize(self, number, tens_long):
        visit = self._pick(number)
        if visit:
            visit.stop = visit.start + timedelta(minutes=10 * tens_long)

    def _do_cancel(self, number):
        self._pick(number).action_cancel()

    def _do_restore(self, number):
        self._pick(number)._set_status("scheduled")

    def _do_team(self, number, pattern):
        visit = self._pick(number)
        if visit.staff_ids:
            visit.staff_ids.pattern = pattern
        elif visit:
            visit.staff_ids = [(0, 0, {"provider_id": self.hygienist.id, "pattern": pattern})]

    def _do_close(self, ten, length, thing, repeats):
        self.blockouts |= self.env["dental.blockout"].create(
            {
                "name": "Closed",
                "resource_ids": [(6, 0, self.things[thing].ids)],
                "start": moment(ten),
                "stop": moment(ten + length),
                "repeats": repeats,
                **dict.fromkeys(("fri", "sat", "sun", "mon"), repeats),
                "until": "2026-03-20",
            }
        )

    def _do_shift_close(self, number, ten):
        for blockout in self.blockouts[number : number + 1]:
            length = blockout.stop - blockout.start
            blockout.write({"start": moment(ten), "stop": moment(ten) + length})

    def _do_reopen(self, number):
        blockout = self.blockouts[number : number + 1]
        self.blockouts -= blockout
        blockout.unlink()

    def _do_leave(self, provider, ten, length):
        self.env["resource.calendar.leaves"].create(
            {
                "date_from": moment(ten),
                "date_to": moment(ten + length),
                "resource_id": self.providers[provider].resource_id.id,
            }
        )

    # What stays true

    def _assert_true(self, sequence):
        self.env.flush_all()
        self._assert_none_overlap(sequence)
        for visit in self.visits:
            held = {
                (row.kind, row.resource_id.id or row.patient_id.id, row.start, row.stop)
                for row in self.env["dental.reservation"].search(
                    [("appointment_id", "=", visit.id)]
                )
            }
            self.assertEqual(held, self._expected(visit), (visit.number, sequence))
            self.assertEqual(visit.stop - visit.start, timedelta(minutes=10 * len(visit.pattern)))
        self._assert_closed_time_is_held(sequence)

    def _assert_none_overlap(self, sequence):
        self.env.cr.execute(
            """
            SELECT one.id, other.id FROM dental_reservation one
              JOIN dental_reservation other ON one.id < other.id
               AND (one.resource_id = other.resource_id OR one.patient_id = other.patient_id)
               AND one.start < other.stop AND other.start < one.stop
             WHERE one.blocking AND other.blocking
            """
        )
        self.assertEqual(self.env.cr.fetchall(), [], sequence)

    def _expected(self, visit):
        """What a visit must hold, minute by minute of its pattern."""
        if visit.status not in COMING:
            return set()
        whole = (visit.start, visit.stop)
        rows = {
            ("operatory", visit.operatory_id.resource_id.id, *whole),
            ("patient", visit.patient_id.id, *whole),
        }
        rows |= self._by_pattern(visit, visit.provider_id, visit.pattern)
        for person in visit.staff_ids:
            pattern = (person.pattern or "X" * len(visit.pattern))[: len(visit.pattern)]
            rows |= self._by_pattern(visit, person.provider_id, pattern)
        return rows

    def _by_pattern(self, visit, provider, pattern):
        rows, begun = set(), None
        for place, unit in enumerate(pattern + "/"):
            now = visit.start + timedelta(minutes=10 * place)
            if unit == "X" and begun is None:
                begun = now
            elif unit != "X" and begun is not None:
                rows.add(("provider", provider.resource_id.id, begun, now))
                begun = None
        return rows

    def _assert_closed_time_is_held(self, sequence):
        """Each ten minutes of closed time is held once, or was a visit's before."""
        held = self.env["dental.reservation"].search([("blockout_id", "!=", False)])
        for thing in self.things:
            rows = held.filtered(lambda row, thing=thing: row.resource_id == thing)
            ours = [ten for row in rows for ten in self._tens(row.start, row.stop)]
            self.assertEqual(len(ours), len(set(ours)), sequence)
            closed = {
                ten
                for blockout in self.blockouts
                if thing in blockout.resource_ids
                for span in blockout._recurrence().spans(datetime(2026, 3, 2), datetime(2026, 5, 1))
                for ten in self._tens(*span)
            }
            self.assertEqual(set(ours), closed, sequence)

    def _tens(self, start, stop):
        return [
            start + timedelta(minutes=10 * n)
            for n in range((stop - start) // timedelta(minutes=10))
        ]
