# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase, tagged

from ..desk import payers


@tagged("post_install", "-at_install")
class TestPayersMeant(BaseCase):
    known = {
        "delta": payers.names_of("Delta Dental", "Delta; DD of Oregon"),
        "washington": payers.names_of("Delta Dental of Washington"),
        "san": payers.names_of("Santé & Cie", "sante"),
        "65": payers.names_of("Plan 65"),
    }

    def test_case_accents_small_words_and_signs_do_not_count(self):
        rows = {
            "DELTA  dental": "delta",
            "delta": "delta",
            "I have Delta-Dental (PPO)": "delta",
            "DD Oregon": "delta",
            "sante": "san",
            "SANTÉ et Cie": "san",
            "plan65": "65",
        }
        for typed, key in rows.items():
            self.assertEqual(payers.meant(typed, self.known), key, typed)

    def test_the_fullest_name_wins(self):
        typed = "The Delta Dental of Washington, group 4"
        self.assertEqual(payers.meant(typed, self.known), "washington")

    def test_part_of_a_word_or_words_apart_are_another_payer(self):
        for typed in ("Deltamed", "Dental Harbor", "DD", "Plan 650", "", None, "of the"):
            self.assertIsNone(payers.meant(typed, self.known), typed)

    def test_names_without_letters_are_none(self):
        self.assertEqual(payers.names_of("Bay", " , --;\n Bay Dental"), ["Bay", " Bay Dental"])
