# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12 import answers

ROUTES = "odoo.addons.dental_coordinator_insurance.models.dental_exchange_route"


@tagged("post_install", "-at_install")
class TestExchangeRoute(DentalInsuranceCase):
    """Files go to folders and come from folders, each once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()

    def setUp(self):
        super().setUp()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.out, self.into = Path(folder.name) / "out", Path(folder.name) / "in"
        self.out.mkdir()
        self.into.mkdir()
        self.env.cr.postcommit.clear()
        self.route = self.env["dental.exchange.route"].create(
            {
                "name": "Harbor Clearing",
                "company_id": self.company.id,
                "out_folder": str(self.out),
                "in_folder": str(self.into),
            }
        )

    def _after_commit(self):
        self.env.cr.postcommit.run()

    def test_file_goes_to_the_folder_after_the_transaction(self):
        _visit, claim, raw = self._sent("crown")
        self.assertFalse(list(self.out.iterdir()), "not before it is certain")
        self._after_commit()
        (path,) = self.out.iterdir()
        self.assertEqual(path.name, claim.exchange_id.filename)
        self.assertEqual(path.read_bytes(), raw)
        self.assertEqual(claim.exchange_id.route_id, self.route)

    def test_each_payer_goes_its_own_way(self):
        union = self.env["res.partner"].create(
            {"name": "Union Dental", "is_company": True, "dental_payer_code": "UNI1"}
        )
        self.route.copy(
            {
                "payer_ids": [(6, 0, union.ids)],
                "receiver_name": "Union Gate",
                "receiver_id": "UGATE",
                "out_folder": False,
            }
        )
        other = self._new_patient("Ida", "Holm", birth_date="1990-01-01", sex="F", **self.address)
        other.guarantor_id = self.guarantor
        self._cover(other, self._new_plan("Union", payer=union), "U1")
        _visit, first = self._done("exam")
        _visit, second = self._done("exam", patient=other)
        (first | second).action_send()
        self.assertNotEqual(first.exchange_id, second.exchange_id)
        self.assertIn(b"UGATE", second.exchange_id._bytes())
        self.assertIn(b"*HARBOR ", first.exchange_id._bytes())
        self._after_commit()
        self.assertEqual(len(list(self.out.iterdir())), 1)

    def test_answers_come_from_the_folder(self):
        _visit, claim, raw = self._sent("crown")
        (self.into / "ack.edi").write_bytes(answers.claim_ack(raw))
        (self.into / "noise.txt").write_bytes(b"hello")
        (self.into / "half.edi.part").write_bytes(b"ISA")
        self.route.with_user(self.billing).action_fetch()
        self._after_commit()
        self.assertEqual(claim.state, "accepted")
        self.assertEqual([p.name for p in (self.into / "read").iterdir()], ["ack.edi"])
        self.assertEqual([p.name for p in (self.into / "refused").iterdir()], ["noise.txt"])
        self.assertTrue((self.into / "half.edi.part").exists())

    def test_same_file_again_is_put_aside(self):
        _visit, _claim, raw = self._sent("crown")
        for name in ("one.edi", "two.edi"):
            (self.into / name).write_bytes(answers.claim_ack(raw))
            self.route._fetch()
            self._after_commit()
        self.assertEqual([p.name for p in (self.into / "refused").iterdir()], ["two.edi"])
        self.assertEqual(self.env["dental.exchange"].search_count([("kind", "=", "277CA")]), 1)

    def test_way_and_file_that_do_not_work_stop_no_other(self):
        """A file that another worker takes away meanwhile, and a way that breaks altogether."""
        _visit, claim, raw = self._sent("crown")
        (self.into / "a.x12").write_bytes(answers.claim_ack(raw))
        (self.into / "b.x12").write_bytes(answers.claim_ack(raw))
        read = Path.read_bytes

        def vanishing(path):
            if path.name == "a.x12":
                raise FileNotFoundError
            return read(path)

        with patch.object(Path, "read_bytes", vanishing), self.assertLogs(ROUTES):
            self.assertEqual(self.route._fetch().filename, "b.x12")
        broken = self.route.copy({"name": "Broken"})
        fetched = []

        def fetch(route):
            if route == broken:
                raise ValueError
            fetched.append(route)

        cron = self.env.registry["ir.cron"]
        with (
            patch.object(type(self.route), "_fetch", fetch),
            patch.object(cron, "_commit_progress", return_value=9.0),
            patch.object(self.env.cr, "rollback"),
            self.assertLogs(ROUTES) as logged,
        ):
            broken.search([("id", "in", (broken | self.route).ids)])._cron_fetch()
        self.assertIn(self.route, fetched)
        self.assertIn("ValueError", " ".join(logged.output))

    def test_file_that_is_still_being_written_is_left(self):
        """Whoever puts files there may not know of temporary names."""
        _visit, claim, raw = self._sent("crown")
        whole = answers.claim_ack(raw)
        path = self.into / "ack.edi"
        for part in (b"", b"\xef\xbb\xbfIS", whole[:200], whole[:-12]):
            path.write_bytes(part)
            self.assertFalse(self.route._fetch())
            self.assertEqual(path.read_bytes(), part)
        path.write_bytes(whole[:200])
        os.utime(path, (time.time() - 700,) * 2)
        self.assertEqual(self.route._fetch().state, "refused", "nobody writes for so long")
        self._after_commit()
        path.write_bytes(whole)
        self.assertEqual(self.route._fetch().state, "read")
        self.assertEqual(claim.state, "accepted")

    def test_name_that_is_taken_is_kept(self):
        _visit, _claim, raw = self._sent("crown")
        for number in (1, 2):
            (self.into / "ack.edi").write_bytes(answers.ack_999(raw, control=number))
            self.route._fetch()
            self._after_commit()
        names = sorted(path.name for path in (self.into / "read").iterdir())
        self.assertEqual(names, ["ack-2.edi", "ack.edi"])

    def test_folder_that_cannot_be_written_to(self):
        """Each file is read once, those behind it too, and the list of ways says what is wrong."""
        _visit, claim, raw = self._sent("crown")
        (self.into / "a.edi").write_bytes(answers.ack_999(raw))
        (self.into / "b.edi").write_bytes(answers.claim_ack(raw))
        with patch.object(Path, "replace", side_effect=PermissionError):
            for _time in range(2):
                with self.assertLogs(ROUTES, "WARNING"):
                    self.route._fetch()
                    self._after_commit()
        self.assertEqual(claim.state, "accepted")
        self.assertEqual(claim.event_ids.mapped("kind").count("277CA"), 1)
        self.assertFalse(self.route.problem)
        with patch.object(os, "access", return_value=False):
            self.route.invalidate_recordset()
            self.assertIn(str(self.into), self.route.problem)

    def test_file_that_breaks_its_reader_stops_no_other(self):
        _visit, claim, raw = self._sent("crown")
        (self.into / "a.edi").write_bytes(answers.ack_999(raw))
        (self.into / "b.edi").write_bytes(answers.claim_ack(raw))
        receive = type(self.env["dental.exchange"])._receive

        def breaking(exchanges, bytes_, name="", **hints):
            if name == "a.edi":
                raise ValueError
            return receive(exchanges, bytes_, name, **hints)

        by_cron = self.route.with_context(ir_cron_progress_id=1)
        with (
            patch.object(type(self.env["dental.exchange"]), "_receive", breaking),
            patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=9.0),
            patch.object(self.env.cr, "rollback"),
            self.assertLogs(ROUTES, "WARNING"),
        ):
            by_cron._fetch()
        self.assertEqual(claim.state, "accepted")
        self.assertTrue((self.into / "a.edi").exists())

    def test_two_who_fetch_at_once(self):
        with (
            patch.object(type(self.route), "try_lock_for_update", lambda route: route.browse()),
            self.assertRaisesRegex(UserError, "by somebody else right now"),
        ):
            self.route.action_fetch()

    def test_folder_that_is_gone_stops_the_sending(self):
        _visit, claim = self._done("crown")
        self.route.out_folder = str(self.out / "nowhere")
        with self.assertRaisesRegex(UserError, "Nothing was sent"):
            claim.action_send()
        self.assertEqual(claim.state, "made")

    def test_paths_are_whole_and_two(self):
        with self.assertRaisesRegex(ValidationError, "no full path"):
            self.route.out_folder = "claims"
        with self.assertRaisesRegex(ValidationError, "two folders"):
            self.route.out_folder = self.route.in_folder

    def test_only_an_administrator_names_folders(self):
        with self.assertRaises(AccessError):
            self.route.with_user(self.manager).out_folder = "/tmp"
