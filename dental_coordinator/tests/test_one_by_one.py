# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ..models.one_by_one import one_by_one, reason


@tagged("post_install", "-at_install")
class TestOneByOne(TransactionCase):
    """Scheduled work goes on whatever happens with one record, and keeps each by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parts = cls.env["res.partner"].create([{"name": name} for name in "abc"])

    def _run(self, act, failed=None, times=(9.0, 9.0, 9.0)):
        """(result, [(processed, remaining) kept])"""
        cron = self.env.registry["ir.cron"]
        with patch.object(cron, "_commit_progress", side_effect=times) as kept:
            done = one_by_one(self.env, self.parts, act, failed)
        return done, [call.kwargs["remaining"] for call in kept.call_args_list]

    def test_each_is_kept_by_itself(self):
        done, kept = self._run(lambda one: one.write({"ref": "done"}))
        self.assertEqual((done, kept), (True, [2, 1, 0]))
        self.assertEqual(self.parts.mapped("ref"), ["done"] * 3)

    def test_stops_when_the_time_is_over(self):
        done, kept = self._run(lambda one: one.write({"ref": "done"}), times=(9.0, 0))
        self.assertEqual((done, kept), (False, [2, 1]))
        self.assertEqual(self.parts.mapped("ref"), ["done", "done", False])

    def test_what_one_did_before_it_failed_is_undone(self):
        def act(one):
            one.ref = "half"
            if one == self.parts[1]:
                raise ValueError("secret")

        failed = []
        with self.assertLogs("odoo.addons.dental_coordinator.models.one_by_one") as logged:
            self._run(act, lambda one, error: failed.append((one, reason(error, self.env))))
        self.assertEqual(self.parts.mapped("ref"), ["half", False, "half"])
        self.assertEqual([one for one, _why in failed], [self.parts[1]])
        self.assertIn("ValueError", failed[0][1])
        self.assertNotIn("secret", f"{failed} {logged.output}")

    def test_a_refusal_is_told_in_its_words(self):
        self.assertEqual(reason(UserError("Choose a day.\nThen"), self.env), "Choose a day.")

    def test_what_somebody_changes_at_this_moment_waits_for_the_next_run(self):
        def act(one):
            if one == self.parts[0]:
                raise SerializationFailure

        failed = []
        with patch.object(self.env.cr, "rollback") as undone:
            done, kept = self._run(act, lambda *args: failed.append(args))
        self.assertEqual((done, kept, failed), (True, [2, 1, 0], []))
        undone.assert_called_once()

    def test_what_cannot_even_be_noted_stops_no_other(self):
        def act(one):
            if one == self.parts[0]:
                raise ValueError
            one.ref = "done"

        def failed(_one, _error):
            raise KeyError

        with self.assertLogs("odoo.addons.dental_coordinator.models.one_by_one"):
            self._run(act, failed)
        self.assertEqual(self.parts.mapped("ref"), [False, "done", "done"])
