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
class TestPostingRace(BaseCase):
    """Two people post the same remittance at once, each in a real transaction of his own.

    The remittance has no money in it, so that what the test must commit can be taken away again.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self._transaction() as env:
            payer = env["res.partner"].create({"name": "Race", "dental_payer": True})
            remittance = env["dental.remittance"].create(
                {"payer_id": payer.id, "key": "race", "amount": 0.0}
            )
            self.remittance_id, self.payer_id = remittance.id, payer.id
        self.addCleanup(self._forget)

    @contextmanager
    def _transaction(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def _remittance(self, env):
        return env["dental.remittance"].browse(self.remittance_id)

    def test_the_second_is_told_that_somebody_is_at_it(self):
        with self._transaction() as first, self._transaction() as second:
            self._remittance(first).action_post()
            with self.assertRaisesRegex(UserError, "somebody else right now"):
                self._remittance(second).action_post()
            second.cr.rollback()
        with self._transaction() as env:
            self.assertEqual(self._remittance(env).state, "posted")

    def test_a_stale_screen_posts_nothing(self):
        """The second one saw it open, and comes when the first has finished."""
        with self._transaction() as stale:
            self.assertEqual(self._remittance(stale).state, "open")
            with self._transaction() as first:
                self._remittance(first).action_post()
            with (
                mute_logger("odoo.sql_db", "odoo.service.model"),
                self.assertRaisesRegex(UserError, "posted already. Nothing was changed"),
            ):
                retrying(lambda: self._remittance(stale).action_post(), stale)
            stale.cr.rollback()

    def _forget(self):
        with self._transaction() as env:
            remittance = self._remittance(env)
            for model, ids in (
                ("mail.message", remittance.message_ids.ids),
                ("dental.remittance", [self.remittance_id]),
                ("res.partner", [self.payer_id]),
            ):
                table = env[model]._table
                env.cr.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids])
