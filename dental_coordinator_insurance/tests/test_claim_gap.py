# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .common import DentalInsuranceCase


@tagged("post_install", "-at_install")
class TestClaimGap(DentalInsuranceCase):
    """What a claim lacks leads to the very field in which it is mended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit, cls.claim = cls._done("crown")
        cls.mother = cls.env["res.partner"].create({"name": "Ewa Kowalska", **cls.address})

    def _target(self, path, claim=None):
        record, name = (claim or self.claim)._field_of(path)
        return record, name

    def _assert_targets(self, wanted):
        for path, (record, name) in wanted.items():
            with self.subTest(path):
                self.assertEqual(self._target(path), (record, name))
                self.assertIn(name, record._fields)

    def test_people_and_numbers(self):
        self._assert_targets(
            {
                "billing.npi": (self.company, "dental_npi"),
                "billing.tax_id": (self.company, "dental_tax_id"),
                "billing.contact.phone": (self.company, "dental_submitter_contact"),
                "billing.address.zip": (self.company, "zip"),
                "billing.pay_to.address.city": (self.company, "city"),
                "payer.id": (self.payer, "dental_payer_code"),
                "payer.address": (self.payer, "street"),
                "patient.address.state": (self.patient, "state_id"),
                "patient.birth": (self.patient, "birth_date"),
                "patient.relation": (self.coverage, "relation"),
                "rendering.npi": (self.provider, "npi"),
                "rendering.name": (self.provider, "last_name"),
                "subscriber.member_id": (self.coverage.policy_id, "member_id"),
                "subscriber.filing": (self.plan, "filing_code"),
                "subscriber.sequence": (self.coverage, "sequence"),
                "release": (self.coverage.policy_id, "release_on_file"),
            }
        )

    def test_services(self):
        crown = self.visit.procedure_ids.with_user(self.billing)
        self._assert_targets(
            {
                "lines[0].charge": (crown, "fee"),
                "lines[0].teeth[0].number": (crown, "tooth"),
                "lines[0].teeth[0].surfaces": (crown, "surfaces"),
                "lines[0].prior_placement": (crown, "prior_placement_date"),
                "lines[0].date": (crown, "date_done"),
                "lines[0].code": (crown.code_id, "licensed_code"),
                "lines[0].adjudications[0].paid": (self.claim, "line_ids"),
            }
        )

    def test_the_claims_own(self):
        self._assert_targets(
            {
                "accident.date": (self.claim, "accident_date"),
                "orthodontics.months_total": (self.claim, "ortho_months"),
                "attachments[1].control": (self.claim, "enclosure_ids"),
                "diagnoses[0]": (self.claim, "diagnoses"),
                "referring.npi": (self.claim, "referring_npi"),
                "referring.first": (self.claim, "referring_id"),
                "place": (self.claim, "place"),
                "notes": (self.claim, "note"),
            }
        )

    def test_subscriber_is_the_patient_or_the_policy(self):
        """What is said of the subscriber stands in her own file when she is the patient."""
        self.assertEqual(self._target("subscriber.birth"), (self.patient, "birth_date"))
        child = self._new_patient("Ola", "Kowalska", birth_date="2015-01-01", sex="F")
        child.guarantor_id = self.guarantor
        cover = self._cover(child, self.plan, "M9", relation="child", subscriber=self.mother)
        visit = self._new_visit("exam", patient=child)
        self._check_out(visit)
        claim = self._claims(visit)
        self.assertEqual(
            self._target("subscriber.birth", claim),
            (cover.policy_id, "subscriber_birth_date"),
        )
        self.assertEqual(self._target("subscriber.address", claim), (self.mother, "street"))
        cover.own_member_id = "M9-2"
        self.assertEqual(self._target("subscriber.member_id", claim), (cover, "own_member_id"))

    def test_other_payer(self):
        union = self.env["res.partner"].create({"name": "Union", "is_company": True})
        plan = self._new_plan("Union", payer=union)
        self._cover(self.patient, plan, "U1", sequence=2)
        visit, claims = self._done("crown")
        second = claims.filtered(lambda claim: claim.payer_id == union)
        for path, wanted in {
            "others[0].id": (self.payer, "dental_payer_code"),
            "others[0].filing": (self.plan, "filing_code"),
            "others[0].subscriber.member_id": (self.coverage.policy_id, "member_id"),
            "others[0].date": ((claims - second), "line_ids"),
        }.items():
            self.assertEqual(self._target(path, second), wanted)

    def test_link_names_record_and_field(self):
        self.provider.npi = False
        self.company.dental_npi = False
        self.claim.action_check()
        preview = self.claim.gaps_html
        self.assertIn(f"/odoo/dental.provider/{self.provider.id}?dental_field=npi", preview)
        # The settings are an administrator's: nobody else is led to a door that is shut.
        self.assertIn("For an administrator", preview)
        self.billing.group_ids |= self.env.ref("base.group_system")
        self.claim.invalidate_recordset()
        self.assertIn("/odoo/dental-settings?dental_field=dental_npi", self.claim.gaps_html)

    def test_gap_of_an_earlier_version_still_opens_its_record(self):
        self.claim.sudo().gaps = [
            {
                "element": "2310B NM109",
                "message": "No NPI",
                "remedy": "Enter it.",
                "model": "dental.provider",
                "res_id": self.provider.id,
            }
        ]
        self.assertIn(f'href="/odoo/dental.provider/{self.provider.id}"', self.claim.gaps_html)
