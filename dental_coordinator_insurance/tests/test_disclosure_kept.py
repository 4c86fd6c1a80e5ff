# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import DentalInsuranceCase

PIXEL = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@tagged("post_install", "-at_install")
class TestDisclosureKept(DentalInsuranceCase):
    """What was paid in full and is kept from the plan shows in no packet to the plan."""

    def _image(self, **vals):
        return self.env["dental.image"].create(
            {"patient_id": self.patient.id, "kind": "periapical", "file": PIXEL, **vals}
        )

    def test_packet_to_the_plan_leaves_it_out(self):
        visit = self._new_visit("crown")
        visit.procedure_ids.keep_from_plan = True
        request = self.env["dental.request"].create(
            {"patient_id": self.patient.id, "appointment_id": visit.id, "kind": "bitewing"}
        )
        told = self._image(teeth="11")
        shown = self._image(teeth="35-37")
        asked = self._image(teeth="21", request_id=request.id)
        every = told | shown | asked
        self.assertEqual(every._for_purpose("payer"), told)
        self.assertEqual(every._for_purpose("treatment"), every)
        visit.procedure_ids.keep_from_plan = False
        self.assertEqual(every._for_purpose("payer"), every)

    def test_claim_takes_nothing_that_is_only_the_patients(self):
        self.env["dental.claim.kit"].create(
            {"category_id": self._category("crowns").id, "kind": "RB"}
        )
        self._image(teeth="36", kept_back=True)
        _visit, claim = self._done("crown")
        claim.action_pick_enclosures()
        self.assertFalse(claim.enclosure_ids)
