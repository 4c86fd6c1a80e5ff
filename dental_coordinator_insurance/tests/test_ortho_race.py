# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestOrthoRace(BaseCase):
    """Two people begin the same orthodontic treatment, each in a real transaction of his own.

    Its claims come with the visits, so that what the test must commit can be taken away again.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self._transaction() as env:
            patient = env["dental.patient"].create({"first_name": "Ann", "last_name": "Race"})
            case = env["dental.ortho.case"].create(
                {
                    "patient_id": patient.id,
                    "placed_on": "2026-01-05",
                    "fee": 900.0,
                    "way": "visit",
                }
            )
            self.case_id, self.patient_id = case.id, patient.id
            self.partner_id = patient.partner_id.id
        self.addCleanup(self._forget)

    @contextmanager
    def _transaction(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _case(self, env):
        return env["dental.ortho.case"].browse(self.case_id)

    def test_the_second_is_told_that_somebody_is_at_it(self):
        with self._transaction() as first, self._transaction() as second:
            self._case(first).action_start()
            with self.assertRaisesRegex(UserError, "somebody else right now"):
                self._case(second).action_start()
            second.cr.rollback()
        with self._transaction() as env:
            self.assertEqual(self._case(env).state, "running")

    def test_a_stale_screen_begins_nothing(self):
        with self._transaction() as stale:
            self.assertEqual(self._case(stale).state, "draft")
            with self._transaction() as first:
                self._case(first).action_start()
            with (
                mute_logger("odoo.sql_db", "odoo.service.model"),
                self.assertRaisesRegex(UserError, "under way already"),
            ):
                retrying(lambda: self._case(stale).action_start(), stale)
            stale.cr.rollback()

    def _forget(self):
        with self._transaction() as env:
            for model, ids in (
                ("dental.ortho.case", [self.case_id]),
                ("dental.patient", [self.patient_id]),
                ("res.partner", [self.partner_id]),
            ):
                table = env[model]._table
                env.cr.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids])
