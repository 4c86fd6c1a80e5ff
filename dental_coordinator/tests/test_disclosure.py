# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
from hashlib import sha256
from zipfile import ZipFile

from psycopg2.errors import RaiseException

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DentalCase

PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@tagged("post_install", "-at_install")
class TestDisclosure(DentalCase):
    """Nothing leaves a file without its row in the register, and nothing more than is needed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.xray = cls._image("bitewing")
        cls.chart = cls._image("perio")
        cls.blood = cls._image("blood")
        cls.letter = cls._image("records")
        cls.secret = cls._image("photo", kept_back=True)

    @classmethod
    def _image(cls, kind, **vals):
        return cls.env["dental.image"].create(
            {"patient_id": cls.patient.id, "kind": kind, "file": PIXEL, **vals}
        )

    def _packet(self, purpose, user=None, **vals):
        return (
            self.env["dental.packet"]
            .with_user(user or self.coordinator)
            .create(
                {
                    "patient_id": self.patient.id,
                    "purpose": purpose,
                    "recipient": "Dr Other",
                    "address": "fax 555 0199",
                    **vals,
                }
            )
        )

    def _rows(self):
        return self.env["dental.disclosure"].search([("patient_id", "=", self.patient.id)])

    def test_purpose_says_what_is_taken(self):
        for purpose, wanted in {
            "payer": self.xray | self.chart,
            "treatment": self.xray | self.chart | self.letter,
            "patient": self.xray | self.chart | self.letter | self.blood | self.secret,
            "authority": self.env["dental.image"],
        }.items():
            with self.subTest(purpose):
                self.assertEqual(self._packet(purpose).image_ids.ids, wanted.sorted().ids)
        self.assertEqual(self._packet("payer").withheld, 3)

    def test_another_purpose_begins_anew(self):
        packet = self._packet("patient")
        packet.purpose = "payer"
        self.assertEqual(packet.image_ids.ids, (self.xray | self.chart).sorted().ids)

    def test_packet_and_row_come_together(self):
        packet = self._packet("payer", reason="Claim 7")
        action = packet.action_make()
        self.assertIn(f"/web/content/dental.packet/{packet.id}/document", action["url"])
        content = base64.b64decode(packet.with_context(bin_size=False).document)
        names = ZipFile(io.BytesIO(content)).namelist()
        numbers = [image.number.replace("/", "-") for image in (self.xray | self.chart)]
        self.assertEqual(names, ["cover.pdf", *(f"{number}.gif" for number in numbers)])
        self.assertRecordValues(
            self._rows(),
            [
                {
                    "user_id": self.coordinator.id,
                    "recipient": "Dr Other",
                    "address": "fax 555 0199",
                    "purpose": "payer",
                    "reason": "Claim 7",
                    "documents": f"{self.xray.number}, {self.chart.number}",
                    "withheld": 3,
                    "digest": sha256(content).hexdigest(),
                }
            ],
        )
        log = self.env["dental.access.log"].search(
            [("patient_key", "=", self.patient.id), ("action", "=", "send")]
        )
        self.assertEqual(log.reason, self._rows().number)

    def test_what_is_not_for_the_purpose_is_refused(self):
        """Also to a client that names it although the screen does not offer it."""
        for purpose, image in (("payer", self.blood), ("treatment", self.secret)):
            packet = self._packet(purpose)
            packet.image_ids = image.with_user(self.coordinator)
            with self.assertRaisesRegex(UserError, image.number):
                packet.action_make()
        other = self._new_patient("Ida", "Holm")
        stray = self._image("bitewing", patient_id=other.id)
        packet = self._packet("payer", image_ids=[(6, 0, stray.ids)])
        with self.assertRaisesRegex(UserError, stray.number):
            packet.action_make()
        self.assertFalse(self._rows())

    def test_authority_names_its_order_and_is_chosen_by_hand(self):
        packet = self._packet("authority")
        with self.assertRaisesRegex(UserError, "empty"):
            packet.action_make()
        packet.image_ids = self.xray.with_user(self.coordinator)
        with self.assertRaisesRegex(UserError, "order"):
            packet.action_make()
        packet.reason = "Order 12"
        packet.action_make()
        self.assertEqual(self._rows().documents, self.xray.number)

    def test_row_stays_as_it_is(self):
        self._packet("payer").action_make()
        row = self._rows()
        for user in (self.coordinator, self.manager):
            with self.assertRaises(AccessError):
                row.with_user(user).recipient = "Nobody"
        for query in (
            "UPDATE dental_disclosure SET recipient = ''",
            "DELETE FROM dental_disclosure",
        ):
            with (
                self.subTest(query),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(RaiseException, "append-only"),
                self.cr.savepoint(),
            ):
                self.env.cr.execute(query)

    def test_packet_is_its_makers(self):
        packet = self._packet("payer")
        with self.assertRaises(AccessError):
            packet.with_user(self.clinician).read(["recipient"])
