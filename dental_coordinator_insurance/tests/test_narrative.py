# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Remarks from facts, without Odoo."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ..narrative import ELECTRONIC, PART, Sentence, assemble, parts


class TestNarrative(BaseCase):
    def test_sentence_stands_only_where_its_facts_are_known(self):
        facts = {"tooth": ("36", "P1"), "on": ("", "P1"), "film": ("2026-01-02", "X9")}
        told = assemble("Tooth {tooth}.\n\nReplaced on {on}.\nFilm of {film}, {tooth}.", facts)
        self.assertEqual(
            told,
            (
                Sentence("Tooth 36.", ("P1",)),
                Sentence("Film of 2026-01-02, 36.", ("X9", "P1")),
            ),
        )

    def test_plain_sentence_needs_no_fact(self):
        self.assertEqual(assemble("Please pay.", {}), (Sentence("Please pay.", ()),))

    def test_nothing_has_no_pieces_and_a_long_remark_has_five(self):
        self.assertEqual([parts(nothing) for nothing in ("", None, " \n ")], [[]] * 3)
        self.assertEqual(len(parts("word " * 200)), 5)
        self.assertEqual(ELECTRONIC, 400)

    def test_unknown_name_is_an_error(self):
        with self.assertRaises(KeyError):
            assemble("{price}", {})

    @given(st.text(max_size=900))
    def test_pieces_fit_and_keep_the_words(self, text):
        pieces = parts(text)
        self.assertLessEqual(len(pieces), ELECTRONIC // PART)
        self.assertTrue(all(len(piece) <= PART for piece in pieces))
        words = " ".join(text.split())
        self.assertTrue("".join(words.split()).startswith("".join("".join(pieces).split())))
