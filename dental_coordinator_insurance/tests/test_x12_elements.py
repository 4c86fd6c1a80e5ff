# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The preview: each value with its place, its words and the field it comes from."""

from odoo.tests import BaseCase

from ..x12 import elements, render_837d
from ..x12.claim_elements import _at
from .x12.claim_variants import variants
from .x12.claims import batch, claim, patient


class TestElements(BaseCase):
    def rows(self, one, *fields):
        return [tuple(getattr(e, name) for name in fields) for e in elements(one)]

    def test_plain_claim(self):
        found = self.rows(claim(), "loop", "place", "value", "field")
        for expected in (
            ("2010AA", "NM109", "1234567893", "billing.npi"),
            ("2010AA", "REF EI", "999999999", "billing.tax_id"),
            ("2010BA", "NM103", "LUND", "subscriber.last"),
            ("2010BA", "N403", "97201", "subscriber.address.zip"),
            ("2010BB", "NM109", "HARB1", "payer.id"),
            ("2300", "CLM01", "C-100", "number"),
            ("2300", "CLM05-1", "11", "place"),
            ("2300", "DTP 472", "20260210", "service_date"),
            ("2310B", "PRV03", "1223G0001X", "rendering.taxonomy"),
            ("2400", "SV301-2", "D2391", "lines[0].code"),
            ("2400", "TOO02", "3", "lines[0].teeth[0].number"),
            ("2400", "TOO03-2", "O", "lines[0].teeth[0].surfaces"),
            ("2400", "REF 6R", "L-1", "lines[0].key"),
        ):
            self.assertIn(expected, found)

    def test_words_name_whose_value_it_is(self):
        found = dict(self.rows(claim(patient=patient()), "field", "label"))
        self.assertEqual(found["patient.relation"], "Patient: relation")
        self.assertEqual(found["rendering.npi"], "Treating dentist: number")
        self.assertEqual(found["lines[0].charge"], "Fee")

    def test_every_field_is_there(self):
        for what, one in variants().items():
            for element in elements(one):
                self.assertTrue(element.label and element.value, (what, element))
                _at(one, element.field)

    def test_nothing_of_the_file_is_left_out(self):
        """Each value of the written segments is an element, a qualifier or a constant."""
        for what, one in variants().items():
            shown = {element.value for element in elements(one)}
            for value in self.written(one):
                self.assertIn(value, shown, what)

    def written(self, one):
        text = render_837d(batch(one)).decode().replace("\n", "")
        places = {"REF": 2, "AMT": 2, "DTP": 3, "NTE": 2, "K3": 1, "SV3": 2, "N3": 1, "SVD": 2}
        segments = [segment.split("*") for segment in text.split("~")]
        return [parts[places[parts[0]]] for parts in segments if parts[0] in places]
