# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests import tagged

from .common import DentalInsuranceCase
from .x12.checker import check


@tagged("post_install", "-at_install")
class TestClaimParties(DentalInsuranceCase):
    """Who and where: lands, offices, dentists, teeth, permissions, from records into the file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        for key, category, needs in (
            ("out", "oral_surgery", "tooth"),
            ("denture", "prostho_removable", "arch"),
        ):
            cls.codes[key] = cls._new_code(f"D9{len(key)}00", key, category, needs, 200.0)
        cls.codes["out"].removes_tooth = True

    def _send(self, claim):
        claim.action_send()
        raw = claim.exchange_id._bytes()
        self.assertEqual(check(raw, extended=True), [])
        return raw.decode().replace("\r", "").replace("\n", "")

    def _state(self, country, code):
        domain = [("country_id", "=", self.env.ref(f"base.{country}").id), ("code", "=", code)]
        return self.env["res.country.state"].search(domain)

    def _service(self, kind, visit, **where):
        return self.env["dental.procedure"].create(
            {
                "patient_id": self.patient.id,
                "code_id": self.codes[kind].id,
                "appointment_id": visit.id if visit else False,
                "provider_id": self.provider.id,
                "next_date": fields.Date.today(),
                **where,
            }
        )

    def _teeth(self, claim):
        return [(one.tooth, one.status) for one in claim._x12_document().missing_teeth]

    # Lands

    def test_addresses_abroad(self):
        """A state is told of the United States and of Canada; a territory is no country."""
        _visit, claim = self._done("exam")
        for country, state, zip_, told in (
            ("pr", "", "00901", "N4*SALEM*PR*00901~"),
            ("ca", "ON", "K1A 0B1", "N4*SALEM*ON*K1A 0B1*CA~"),
            ("de", "BY", "80331", "N4*SALEM**80331*DE~"),
            ("uk", "", "SW1A 1AA", "N4*SALEM**SW1A 1AA*GB~"),
        ):
            self.patient.write(
                {
                    "country_id": self.env.ref(f"base.{country}").id,
                    "state_id": state and self._state(country, state).id,
                    "zip": zip_,
                }
            )
            self.assertIn(told, self._send(claim))
            claim.action_undo_sending()

    def test_car_accident_abroad(self):
        _visit, claim = self._done("exam")
        claim.write(
            {
                "accident_kind": "AA",
                "accident_date": "2026-01-05",
                "accident_state_id": self._state("ca", "ON").id,
            }
        )
        self.assertIn("*AA:::ON:CA~", self._send(claim))
        claim.action_undo_sending()
        claim.write({"accident_state_id": False, "accident_country_id": self.env.ref("base.mx").id})
        self.assertIn("*AA::::MX~", self._send(claim))
        claim.action_undo_sending()
        claim.accident_country_id = False
        claim.action_check()
        self.assertIn("state of the car accident", claim.gaps[0]["message"])
        self.assertIn("dental_field=accident_state_id", claim.gaps[0]["url"])

    # Offices and dentists

    def test_payments_go_to_a_po_box(self):
        box = self.env["res.partner"].create(
            {"name": "Lockbox", **self.address, "street": "PO Box 9", "zip": "97302"}
        )
        self.company.dental_pay_to_id = box
        _visit, claim = self._done("exam")
        self.assertIn(f"NM1*87*2~N3*PO BOX 9~N4*SALEM*{self.state.code}*97302~", self._send(claim))
        boxes, _rows = claim._form()
        self.assertIn("PO Box 9", {one.number: one.value for one in boxes}["48"])
        self.assertEqual(claim._field_of("billing.pay_to.address.zip"), (box, "zip"))

    def test_another_office_of_the_clinic(self):
        office = self.env["res.partner"].create(
            {"name": "Millpond North", **self.address, "street": "9 North Road"}
        )
        _visit, claim = self._done("exam", claim_place_id=office.id)
        self.assertIn("NM1*77*2*MILLPOND NORTH~N3*9 NORTH ROAD~", self._send(claim))

    def test_second_dentist_of_a_visit_stands_at_his_line(self):
        second = self.env["dental.provider"].create(
            {
                "name": "Dr. Kim",
                "first_name": "Lee",
                "last_name": "Kim",
                "npi": "1811901945",
                "taxonomy": "1223S0112X",
                "company_id": self.company.id,
            }
        )
        visit = self._new_visit("crown", "exam")
        crown, exam = visit.procedure_ids.sorted("sequence")
        exam.provider_id = second
        self._check_out(visit)
        claim = self._claims(visit)
        claim.provider_id = crown.provider_id
        text = self._send(claim)
        self.assertEqual(text.count("NM1*82*1*ORTIZ"), 1)
        self.assertEqual(text.count("NM1*82*1*KIM*LEE****XX*1811901945~PRV*PE*PXC*1223S0112X"), 1)
        self.assertGreater(text.index("NM1*82*1*KIM"), text.index("SV3*AD:X0150"))
        index = list(claim.line_ids.procedure_id).index(exam)
        self.assertEqual(claim._field_of(f"lines[{index}].rendering.npi"), (second, "npi"))
        # A claim that goes out under a third name is that one's altogether.
        claim.action_undo_sending()
        third = second.copy({"name": "Dr. Roy", "last_name": "Roy", "npi": "1245319599"})
        claim.provider_id = third
        self.assertEqual(self._send(claim).count("NM1*82*"), 1)

    def test_hygienist_works_under_the_name_of_the_patients_dentist(self):
        hygienist = self.provider.copy(
            {"name": "Jisoo", "last_name": "Kim", "kind": "hygienist", "npi": "1811901945"}
        )
        for dentist in (self.provider, hygienist):
            self.patient.primary_provider_id = dentist if dentist == self.provider else False
            visit = self._new_visit("cleaning", provider_id=hygienist.id)
            visit.procedure_ids.provider_id = hygienist
            self._check_out(visit)
            claim = self._claims(visit)
            self.assertEqual(claim.provider_id, dentist, "the hygienist when nobody else is known")
            self.assertEqual(self._send(claim).count("NM1*82*"), 1)

    def test_dentist_who_bills_in_person_asks_in_person(self):
        self.company.write({"dental_npi": False, "dental_billing_person_id": self.provider.id})
        _visit, claim, _raw = self._sent("exam")
        claim.action_ask_status()
        asked = self.env["dental.exchange"].search([("kind", "=", "276")])._bytes()
        self.assertIn(b"NM1*1P*1*ORTIZ*ELENA****XX*1234567893~", asked)

    def test_extension_of_a_telephone(self):
        self.company.phone = "+1 (503) 555-0100 ext. 12"
        _visit, claim = self._done("exam")
        self.assertIn("*TE*5035550100*EX*12", self._send(claim))

    def test_name_in_another_script_is_not_called_missing(self):
        self.patient.last_name = "Ковальская"
        _visit, claim = self._done("exam")
        self.assertEqual(claim.gaps[0]["remedy"], "Enter it in Latin letters.")

    # Teeth

    def test_tooth_taken_out_is_missing_from_then_on(self):
        """A payer denies the removal of a tooth that it is told to be missing."""
        visit = self._new_visit()
        self._service("out", visit, tooth="18")
        self._check_out(visit)
        self.assertFalse(self._teeth(self._claims(visit)))
        _visit, later = self._done("exam")
        self.assertEqual(self._teeth(later), [("1", "M")])
        self.assertIn("DN2*1*M****JP~", self._send(later))

    def test_denture_names_what_is_still_to_come_out(self):
        self._service("out", None, tooth="48")
        visit = self._new_visit()
        self._service("denture", visit, area="01", prosthesis="initial")
        self._service("out", visit, tooth="17")
        self._check_out(visit)
        claim = self._claims(visit)
        self.assertEqual(self._teeth(claim), [("2", "E"), ("32", "E")])
        self.assertIn("DN2*2*E****JP~DN2*32*E****JP~", self._send(claim))

    def test_what_is_kept_from_the_plan_is_not_told_by_the_gap_it_left(self):
        visit = self._new_visit("exam")
        self._service("out", visit, tooth="18", keep_from_plan=True)
        self._check_out(visit)
        _visit, later = self._done("exam")
        self.assertFalse(self._teeth(later))

    # Permissions

    def _permit(self, procedure, number):
        precert = self.env["dental.precert"]._open_for(procedure, self.coverage)
        precert.kind = "preauthorization"
        precert._record_answer({precert.line_ids: {"approved": "yes"}}, number)

    def test_permission_is_no_predetermination(self):
        """REF G1, not G3: of the claim when there is one, of the line when there are two."""
        visit = self._new_visit("crown", "exam")
        crown, exam = visit.procedure_ids.sorted("sequence")
        self._permit(crown, "PA-1")
        self._permit(exam, "PA-2")
        self._check_out(visit)
        text = self._send(self._claims(visit))
        self.assertIn("REF*G1*PA-1~REF*6R*", text)
        self.assertIn("REF*G1*PA-2~REF*6R*", text)
        self.assertNotIn("REF*G3*", text)
        visit = self._new_visit("crown")
        visit.procedure_ids.tooth = "16"
        self._permit(visit.procedure_ids, "PA-3")
        self._check_out(visit)
        text = self._send(self._claims(visit))
        self.assertEqual(text.count("REF*G1*PA-3~"), 1)
        self.assertNotIn("REF*G3*", text)
