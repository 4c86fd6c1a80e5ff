# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io

from pypdf import PdfReader

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .. import claim_form
from .common import DentalInsuranceCase
from .x12.checker import check

INCH = 72


def pieces(raw):
    """[(page, text, inches from the left, inches from the top)] of a PDF."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(raw)).pages, 1):

        def keep(text, _cm, tm, _font, _size, number=number, page=page):
            if text.strip():
                top = float(page.mediabox.height) - tm[5]
                found.append((number, text.strip(), tm[4] / INCH, top / INCH))

        page.extract_text(visitor_text=keep)
    return found


@tagged("post_install", "-at_install")
class TestClaimPaper(DentalInsuranceCase):
    """Each value of a claim, in the file's places and in the form's boxes, and where it is from."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._usual_rules()
        cls.visit = cls._new_visit("crown", "exam")
        cls.crown = cls.visit.procedure_ids.sorted("sequence")[0]
        cls.crown.write({"prosthesis": "replacement", "prior_placement_date": "2014-03-02"})
        cls._check_out(cls.visit)
        cls.claim = cls._claims(cls.visit)

    def _boxes(self):
        boxes, rows = self.claim._form()
        return {box.number: box for box in boxes if box.value}, rows

    def test_boxes(self):
        boxes, rows = self._boxes()
        self.assertEqual(boxes["1"].value, "services")
        self.assertEqual(boxes["3"].value, "Harbor Dental Plan")
        self.assertEqual(boxes["3a"].value, "HARB1")
        self.assertEqual(boxes["15"].value, "M100")
        self.assertEqual(boxes["18"].value, "self")
        self.assertEqual(
            boxes["20"].value, f"Kowalski, Marta\n12 Elm Street\nSalem, {self.state.code} 97301"
        )
        self.assertEqual(boxes["23"].value, self.claim.number)
        self.assertEqual(boxes["32"].value, "1230.00")
        self.assertEqual((boxes["43"].value, boxes["44"].value), ("yes", "03/02/2014"))
        self.assertEqual(boxes["49"].value, "1234567893")
        self.assertNotIn("41", boxes)
        crown = {box.number: box.value for box in rows[0].boxes}
        day = self.crown.date_done
        self.assertEqual(
            [crown[n] for n in ("24", "26", "27", "29", "29b", "30", "31")],
            [f"{day:%m/%d/%Y}", "JP", "19", "X2740", "01", "Crown", "1150.00"],
        )

    def test_every_box_tells_where_it_comes_from(self):
        boxes, _rows = self._boxes()
        told = {number: self.claim._source_of(box.source) for number, box in boxes.items()}
        self.assertEqual(told["43"], (self.crown, "crown, bridge, denture"))
        self.assertEqual(told["44"], (self.crown, "placed before on"))
        self.assertEqual(told["49"], (self.company, "NPI"))
        self.assertEqual(told["15"][0], self.coverage.policy_id)
        self.assertEqual(told["3a"][0], self.payer)
        self.assertEqual(told["54"], (self.provider, "NPI"))
        preview = self.claim.boxes_html
        self.assertIn(f"/odoo/dental.procedure/{self.crown.id}", preview)
        self.assertIn(f"{self.crown.number}, crown, bridge, denture", preview)
        self.assertIn(f"/odoo/dental.procedure/{self.crown.id}", self.claim.elements_html)

    def test_every_filled_box_leads_to_a_field(self):
        """Of a claim with all that a form can tell, nothing points to the claim at large."""
        self.coverage.policy_id.employer = "Mill"
        self.claim.write(
            {
                "accident_kind": "AA",
                "accident_date": "2026-01-05",
                "accident_state_id": self.state.id,
                "diagnoses": "K02.9",
                "epsdt": True,
                "ortho": True,
                "ortho_months": 24,
                "ortho_placed": "2026-01-10",
                "note": "Cusp lost",
                "prior_authorization": "A88",
            }
        )
        scaling = self._new_code("X4341", "Scaling", "perio", "quadrant", 90.0)
        visit = self._new_visit()
        scaled = self._new_procedure("exam", code_id=scaling.id, area="10", appointment_id=visit.id)
        self._check_out(visit)
        boxes, rows = self.claim._form()
        every = [box for box in (*boxes, *(one for row in rows for one in row.boxes)) if box.value]
        unnamed = {box.number for box in every if not self.claim._gap_target(box.source)["name"]}
        # That it is a claim, the sum of its lines, and what is never so.
        self.assertEqual(unnamed, {"1", "32", "53a"})
        at = {box.number: self.claim._field_of(box.source.removeprefix("facts.")) for box in every}
        self.assertEqual(at["39a"], (scaled, "date_done"))
        self.assertEqual(at["52"], (self.company, "phone"))
        self.assertEqual(at["18"], (self.coverage, "relation"))
        self.assertEqual(at["29a"], (self.claim, "diagnoses"))
        marks = [box.value for box in boxes if box.number == "1"]
        self.assertEqual(marks, ["services", "epsdt"], "one does not exclude the other")

    def test_scaling_that_is_kept_from_the_plan_is_not_told(self):
        scaling = self._new_code("X4341", "Scaling", "perio", "quadrant", 90.0)
        visit = self._new_visit("exam")
        kept = self._new_procedure("exam", code_id=scaling.id, area="10", appointment_id=visit.id)
        kept.keep_from_plan = True
        self._check_out(visit)
        boxes, _rows = self._claims(visit)._form()
        self.assertFalse({box.number: box.value for box in boxes}["39a"])

    def test_many_teeth_fit_their_box(self):
        for teeth, told in (
            (("2", "3", "4", "5", "12", "19", "20"), "2-5, 12, 19, 20"),
            (("A", "B", "C"), "A, B, C"),
            ((), ""),
        ):
            self.assertEqual(claim_form.listed(teeth), told)

    def test_list_names_box_value_and_source(self):
        told = [text for _page, text, _x, _y in pieces(self.claim._data_sheet())]
        joined = " ".join(told)
        for part in ("43", "Replaces a prosthesis", self.crown.number, "1230.00", "Service 2"):
            self.assertIn(part, joined)

    def test_overlay_is_data_alone_at_its_place(self):
        found = pieces(self.claim._overlay())
        at = {text: (round(x, 2), round(y, 1)) for _page, text, x, y in found}
        self.assertEqual(at["HARB1"], (0.77, 2.3))
        self.assertEqual(at["19"][0], 2.02)
        marks = [(round(x, 2), round(y, 1)) for _p, text, x, y in found if text == "X"]
        self.assertIn((0.34, 0.9), marks, "services were done")
        self.assertIn((4.44, 3.2), marks, "the patient is the subscriber")
        self.assertFalse([text for _p, text, _x, _y in found if "ubscriber" in text])

    def test_overlay_moves_with_the_printer(self):
        before = {text: (x, y) for _p, text, x, y in pieces(self.claim._overlay())}
        self.company.write({"dental_form_right": 0.1, "dental_form_down": -0.05})
        after = {text: (x, y) for _p, text, x, y in pieces(self.claim._overlay())}
        self.assertAlmostEqual(after["HARB1"][0] - before["HARB1"][0], 0.1, 3)
        self.assertAlmostEqual(after["HARB1"][1] - before["HARB1"][1], -0.05, 3)

    def test_eleven_services_are_two_sheets_with_the_total_on_the_last(self):
        visit = self._new_visit(*["exam"] * 11)
        self._check_out(visit)
        found = pieces(self._claims(visit)._overlay())
        self.assertEqual({page for page, _t, _x, _y in found}, {1, 2})
        self.assertEqual([page for page, text, _x, _y in found if text == "880.00"], [2])
        self.assertEqual(claim_form.LINES, 10)

    def test_printing_is_logged_and_shown(self):
        action = self.claim.action_print_form()
        self.assertIn("/dental.merged.print/", action["url"])
        line = self.env["dental.access.log"].search(
            [("patient_key", "=", self.patient.id), ("action", "=", "print")], limit=1
        )
        self.assertEqual(line.model, "dental.claim")

    def test_particulars_go_into_file_and_form(self):
        self.claim.write(
            {
                "accident_kind": "AA",
                "accident_date": "2026-01-05",
                "accident_state_id": self.state.id,
                "ortho": True,
                "ortho_months": 24,
                "ortho_remaining": 20,
                "ortho_placed": "2026-01-10",
                "diagnoses": "K02.9, K04.0",
                "delay_reason": "11",
                "referral_number": "R77",
                "prior_authorization": "A88",
            }
        )
        boxes, rows = self._boxes()
        self.assertEqual((boxes["45"].value, boxes["47"].value), ("car", self.state.code))
        self.assertEqual((boxes["40"].value, boxes["42"].value), ("yes", "24"))
        self.assertEqual(boxes["34a"].value, "A K029 B K040")
        self.assertEqual({b.number: b.value for b in rows[0].boxes}["29a"], "AB")
        self.claim.action_send()
        raw = self.claim.exchange_id._bytes()
        for segment in (b"DTP*439*D8*20260105~", b"DTP*452*D8*20260110~", b"DN1*24*20~"):
            self.assertIn(segment, raw)
        for segment in (b"HI*ABK:K029*ABF:K040~", b"REF*9F*R77~", b"REF*G1*A88~"):
            self.assertIn(segment, raw)
        self.assertEqual(check(raw, extended=True), [])

    def test_diagnoses_are_codes(self):
        with self.assertRaisesRegex(ValidationError, "at most four ICD-10"):
            self.claim.diagnoses = "K02.9 K04.0 K05 K06 K07"
