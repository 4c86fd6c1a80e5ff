# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models import dental_statement_round
from .common import DentalBillingCase


@tagged("post_install", "-at_install")
class TestStatementRound(DentalBillingCase):
    """Many statements are prepared, reviewed and sent in the background."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guarantors = cls.guarantor
        cls._check_out(cls._new_visit("exam"))
        for name in ("Ana", "Bo"):
            patient = cls._new_patient(name, "Lund")
            cls.guarantors |= patient.guarantor_id
            cls._check_out(cls._new_visit("exam", patient=patient))
        cls.lines = cls.env["dental.statement.round.line"]

    def setUp(self):
        super().setUp()
        self.patch(dental_statement_round, "AT_ONCE", 2)

    def _prepare(self):
        action = (
            self.env["dental.statement.run"].with_user(self.billing).create({}).action_prepare()
        )
        self.assertEqual(action["res_model"], "dental.statement.round")
        return self.env[action["res_model"]].browse(action["res_id"]).with_user(self.billing)

    def _counts(self, run):
        return run.state, run.done, run.failed, run.waiting

    def _prepared(self):
        run = self._prepare()
        self.lines._work_batch(10)
        return run.line_ids.statement_id

    def test_many_are_prepared_reviewed_and_sent(self):
        run = self._prepare()
        self.assertEqual((self._counts(run), run.step), (("running", 0, 0, 3), "prepare"))
        self.assertEqual(run.line_ids.guarantor_id, self.guarantors)
        self.assertEqual(self.lines._work_batch(2), 2)
        self.assertEqual(self._counts(run), ("running", 2, 0, 1))
        self.lines._work_batch(2)
        self.assertEqual(self._counts(run), ("done", 3, 0, 0))
        statements = self.env["dental.statement"].with_user(self.billing)
        statements = statements.search(run.action_open_statements()["domain"])
        self.assertEqual(statements.guarantor_id, self.guarantors)
        for step, state in (("review", "reviewed"), ("send", "sent")):
            with self.subTest(step):
                action = getattr(statements, f"action_{step}")()
                self.assertEqual(action["res_model"], "dental.statement.round")
                self.lines._work_batch(10)
                self.assertEqual(set(statements.mapped("state")), {state})
        self.assertEqual(statements.sent_by_id, self.billing)

    def test_who_is_in_a_round_is_not_put_into_another(self):
        self._prepare()
        with self.assertRaisesRegex(UserError, "Nobody is due"):
            self.env["dental.statement.run"].with_user(self.billing).create({}).action_prepare()

    def test_the_database_refuses_two_drafts_that_begin_at_once(self):
        run = self._prepare()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            run._begin("prepare", [{"guarantor_id": self.guarantor.id}])

    def test_one_that_cannot_go_stops_no_other_and_leads_to_its_remedy(self):
        statements = self._prepared()
        statements.action_review()
        self.lines._work_batch(10)
        bad = statements[1]
        bad.mode = "email"  # nobody agreed
        run = self.env["dental.statement.round"].browse(statements.action_send()["res_id"])
        self.lines._work_batch(10)
        self.assertEqual(self._counts(run), ("done", 2, 1, 0))
        line = run.failed_line_ids
        self.assertIn("mails are not allowed", line.message)
        self.assertEqual(line.action_open_subject()["res_id"], bad.id)
        bad.mode = "print"
        run.action_go_on()
        self.lines._work_batch(10)
        self.assertEqual(self._counts(run), ("done", 3, 0, 0))
        self.assertEqual(set(statements.mapped("state")), {"sent"})

    def test_an_error_of_the_program_stops_no_other_and_tells_no_name(self):
        run = self._prepare()
        take = type(self.env["dental.statement"])._take_snapshot

        def broken(statement):
            if statement.guarantor_id == self.guarantor:
                raise ValueError("Jan Kowalski owes too much")
            return take(statement)

        model = self.env.registry["dental.statement"]
        with (
            patch.object(model, "_take_snapshot", broken),
            mute_logger("odoo.addons.dental_coordinator.models.dental_run_line_mixin"),
        ):
            self.lines._work_batch(10)
        self.assertEqual(self._counts(run), ("done", 2, 1, 0))
        message = run.failed_line_ids.message
        self.assertIn("ValueError", message)
        self.assertNotIn("Kowalski", message)

    def test_nobody_works_with_the_rights_of_somebody_else(self):
        vals = {"guarantor_id": self.guarantor.id, "step": "prepare"}
        rounds = self.env["dental.statement.round"].with_user(self.front_desk)
        own = rounds.create(
            {"step": "prepare", "user_id": self.manager.id, "line_ids": [(0, 0, vals)]}
        )
        self.assertEqual(own.user_id, self.front_desk)
        other = {**vals, "guarantor_id": self.guarantors[1].id}
        foreign = self.env["dental.statement.round"].with_user(self.manager)._begin("send", [])
        for forge in (
            lambda: own.write({"user_id": self.manager.id}),
            lambda: foreign.with_user(self.front_desk).write({"line_ids": [(0, 0, other)]}),
            lambda: rounds.line_ids.create({**other, "run_id": foreign.id}),
            lambda: own.line_ids.write({"run_id": foreign.id}),
        ):
            with self.assertRaises(AccessError):
                forge()

    def test_stopped_and_gone_on_with(self):
        run = self._prepare()
        self.lines._work_batch(1)
        run.action_stop()
        self.assertFalse(self.lines._work_batch(10))
        self.assertEqual(self._counts(run), ("stopped", 1, 0, 2))
        run.action_go_on()
        self.lines._work_batch(10)
        self.assertEqual(self._counts(run), ("done", 3, 0, 0))

    def test_every_worker_is_woken(self):
        names = ("cron_statement_rounds", "cron_statement_rounds_second")
        crons = self.env["ir.cron"].browse(
            self.env.ref(f"dental_coordinator_billing.{name}").id for name in names
        )
        woken = [("cron_id", "in", crons.ids)]
        before = self.env["ir.cron.trigger"].search(woken)
        self._prepare()
        self.assertEqual((self.env["ir.cron.trigger"].search(woken) - before).cron_id, crons)

    def test_each_works_with_the_own_rights(self):
        statements = self._prepared().with_user(self.front_desk)
        run = self.env["dental.statement.round"].browse(statements.action_review()["res_id"])
        self.assertEqual(run.user_id, self.front_desk)
        self.front_desk.group_ids = self.env.ref("base.group_user")
        self.lines._work_batch(10)
        self.assertEqual(self._counts(run), ("done", 0, 3, 0))
        self.assertEqual(set(statements.sudo().mapped("state")), {"draft"})
