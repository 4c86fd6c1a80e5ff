# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import BaseCase, tagged

from ..desk import has_name, same_name


@tagged("post_install", "-at_install")
class TestSameName(BaseCase):
    def _assert(self, expected, typed, *names):
        for text in typed:
            with self.subTest(text):
                self.assertIs(same_name(text, *names), expected)

    def test_order_case_accents_and_signs_do_not_count(self):
        typed = ("José O'Neil", "o'neil josé", "JOSE ONEIL".replace("ON", "O N"), "O'Neil, Jose")
        self._assert(True, typed, "José", "O'Neil")

    def test_double_names_are_whole(self):
        self._assert(True, ("Ana Maria Lund-Roy", "lund roy ana maria"), "Ana Maria", "Lund-Roy")
        self._assert(False, ("Ana Lund", "Ana Maria Lund", "Maria Roy"), "Ana Maria", "Lund-Roy")

    def test_middle_and_preferred_names_may_stand(self):
        names = ("Marta", "Kowalski", "Ewa", "Mati")
        self._assert(True, ("Marta Ewa Kowalski", "Mati Kowalski", "Marta Kowalski"), *names)

    def test_a_part_or_another_person_is_not_enough(self):
        names = ("Marta", "Kowalski", "", None)
        typed = ("", "Marta", "Kowalski", "M Kowalski", "Marta Kowal", "Marta Anna Kowalski")
        self._assert(False, typed, *names)
        self._assert(False, ("Marta Kowalski",), "", "Kowalski")

    def test_a_last_name_in_a_text(self):
        for text, last, expected in (
            ("Held Ms. KOWALSKI’s hand", "Kowalski", True),
            ("Talked to Ines de Souza, calmly", "De Souza", True),
            ("Saw José-Łuk", "jose łuk", True),
            ("Kind to everybody", "Kowalski", False),
            ("Kowalskis", "Kowalski", False),
            ("Kind to everybody", "", False),
        ):
            with self.subTest(text, last=last):
                self.assertIs(has_name(text, last), expected)
