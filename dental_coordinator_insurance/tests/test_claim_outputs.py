# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import tagged

from odoo.addons.dental_coordinator import notation

from .common import DentalInsuranceCase
from .x12.checker import check

# key: (category, area rule, where it is done, what the file says of the place)
SERVICES = {
    "primary": ("restorative", "surface", {"tooth": "55", "surfaces": "MO"}, "TOO*JP*A*M:O"),
    "extra": ("oral_surgery", "tooth", {"tooth": "18S"}, "TOO*JP*51"),
    "extra_primary": ("oral_surgery", "tooth", {"tooth": "55S"}, "TOO*JP*AS"),
    "front": ("restorative", "surface", {"tooth": "11", "surfaces": "MIF"}, "TOO*JP*8*M:I:F"),
    "quadrant": ("perio", "quadrant", {"area": "10"}, "**10**1~"),
    "arch": ("prostho_removable", "arch", {"area": "01"}, "**01*R*1~"),
    "range": ("prostho_fixed", "range", {"tooth_range": "13-15"}, "TOO*JP*4"),
}


@tagged("post_install", "-at_install")
class TestClaimOutputs(DentalInsuranceCase):
    """Each kind of place and of particular, from the records into a file that the checker takes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for number, (key, (category, rule, *_rest)) in enumerate(SERVICES.items()):
            cls.codes[key] = cls._new_code(f"D9{number:03}", key, category, rule, 100.0)

    def _claim_of_services(self):
        visit = self._new_visit()
        for key, (_category, _rule, where, _told) in SERVICES.items():
            self.env["dental.procedure"].create(
                {
                    "patient_id": self.patient.id,
                    "code_id": self.codes[key].id,
                    "appointment_id": visit.id,
                    "provider_id": self.provider.id,
                    "next_date": fields.Date.today(),
                    **where,
                }
            )
        denture = visit.procedure_ids.filtered(lambda one: one.code_id == self.codes["arch"])
        denture.write({"prosthesis": "replacement", "prior_placement_date": "2012-05-01"})
        self._check_out(visit)
        return self._claims(visit)

    def _text(self, claims):
        raw = claims.exchange_id._bytes()
        return raw, raw.decode().replace("\r", "").replace("\n", "")

    def test_every_place_in_the_mouth(self):
        claim = self._claim_of_services()
        claim.action_send()
        raw, text = self._text(claim)
        for _category, _rule, _where, told in SERVICES.values():
            self.assertIn(told, text)
        # One segment a tooth: a file knows no ranges.
        for tooth in ("4", "5", "6"):
            self.assertIn(f"TOO*JP*{tooth}~", text)
        self.assertIn("DTP*441*D8*20120501", text)
        self.assertEqual(check(raw, extended=True), [])

    def test_sextant(self):
        """The checker's list of areas ends before the sextants, which the guide has."""
        code = self._new_code("D9100", "sextant", "perio", "sextant", 50.0)
        visit = self._new_visit()
        self._new_procedure("exam", code_id=code.id, area="03", appointment_id=visit.id)
        self._check_out(visit)
        claim = self._claims(visit)
        claim.action_send()
        self.assertIn("SV3*AD:D9100*50**03**1~", self._text(claim)[1])

    def test_form_tells_when_roots_were_last_scaled(self):
        claim = self._claim_of_services()
        boxes, _rows = claim._form()
        told = {box.number: box.value for box in boxes}
        self.assertEqual(told["39a"], f"{claim.date_service:%m/%d/%Y}")

    def test_everything_that_goes_beside(self):
        claim = self._claim_of_services()
        referring = self.env["res.partner"].create({"name": "Ann Roy"})
        claim.write(
            {
                "prior_authorization": "PA-77",
                "referral_number": "RF-77",
                "referring_id": referring.id,
                "referring_npi": "1811901945",
                "accident_kind": "EM",
                "accident_date": "2026-01-05",
                "delay_reason": "8",
                "epsdt": True,
                "patient_paid": 20.0,
                "diagnoses": "K02.9 K04.0",
                "note": "Ça va: fell * at work ~",
                "enclosure_ids": [
                    (0, 0, {"kind": "RB", "how": "BM"}),
                    (0, 0, {"kind": "P6", "how": "EL", "control": "NEA 12"}),
                    (0, 0, {"kind": "OZ", "how": "AA"}),
                ],
            }
        )
        claim.action_send()
        raw, text = self._text(claim)
        for told in (
            "REF*G1*PA-77",
            "REF*9F*RF-77",
            "NM1*DN*1*ROY*ANN****XX*1811901945",
            "DTP*439*D8*20260105",
            "AMT*F5*20",
            "HI*ABK:K029*ABF:K040",
            "PWK*RB*BM***AC*",
            "PWK*P6*EL***AC*NEA 12",
            "PWK*OZ*AA~",
            # What would end an element or a segment is taken out of free text.
            "NTE*ADD*CA VA FELL AT WORK",
        ):
            self.assertIn(told, text)
        self.assertEqual(check(raw, extended=True), [])

    def test_elsewhere_and_with_others(self):
        home = self.env["res.partner"].create(
            {"name": "Hilltop Home", "is_company": True, **self.address, "street": "1 Hill"}
        )
        second = self.env["dental.provider"].create(
            {
                "name": "Dr. Kim",
                "last_name": "Kim",
                "first_name": "Lee",
                "npi": "1811901945",
                "taxonomy": "1223S0112X",
            }
        )
        visit = self._new_visit("crown", claim_place="31")
        self._check_out(visit)
        claim = self._claims(visit)
        self.assertIn("address of treatment", claim.hints_html)
        claim.action_void()
        visit = self._new_visit("filling", claim_place="31", claim_place_id=home.id)
        self._check_out(visit)
        claim = self._claims(visit)
        self.assertFalse(claim.hints_html)
        claim.write({"assistant_id": second.id, "supervising_id": second.id})
        self.assertEqual(claim._field_of("assistant.npi"), (second, "npi"))
        self.assertEqual(claim._field_of("service_place.address.zip"), (home, "zip"))
        boxes, _rows = claim._form()
        self.assertIn("1 Hill", {box.number: box.value for box in boxes}["56"])
        claim.action_send()
        raw, text = self._text(claim)
        for told in (
            "***31:B:1*",
            "NM1*77*2*HILLTOP HOME",
            "N3*1 HILL~",
            "NM1*DD*1*KIM*LEE****XX*1811901945~PRV*AS*PXC*1223S0112X",
            "NM1*DQ*1*KIM*LEE",
        ):
            self.assertIn(told, text)
        self.assertEqual(check(raw, extended=True), [])

    def test_fifty_services_and_the_rest(self):
        code = self.codes["extra"]
        visit = self._new_visit()
        self.env["dental.procedure"].create(
            [
                {
                    "patient_id": self.patient.id,
                    "code_id": code.id,
                    "tooth": tooth,
                    "appointment_id": visit.id,
                    "provider_id": self.provider.id,
                    "next_date": fields.Date.today(),
                }
                for tooth in (*notation.PERMANENT, *notation.PRIMARY)
            ]
        )
        self._check_out(visit)
        claims = self._claims(visit)
        self.assertEqual([len(claim.line_ids) for claim in claims], [50, 2])
        claims.action_send()
        raw, text = self._text(claims)
        self.assertEqual(text.count("~CLM*"), 2)
        self.assertIn("~LX*50~", text)
        self.assertNotIn("~LX*51~", text)
        self.assertEqual(check(raw), [])
