# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ..book import filling

START = datetime(2026, 3, 4, 9)


def pieces(*leads):
    """Past pieces by how many hours before they filled; None: never."""
    return [
        filling.Piece(START, None if lead is None else START - timedelta(hours=lead))
        for lead in leads
    ]


class TestFilling(BaseCase):
    def test_counts_what_filled(self):
        self.assertEqual(filling.filled(pieces(100, None, 0.5, None)), 2)
        self.assertEqual(filling.filled([]), 0)

    def test_few_pieces_tell_nothing(self):
        few = pieces(*[None] * (filling.ENOUGH - 1))
        self.assertIsNone(filling.opens_best(few))
        self.assertEqual(filling.opens_best([*few, *pieces(None)]), 72)

    def test_opens_as_early_as_it_loses_little(self):
        rows = [
            # All that fill are booked a week before: what is empty three days before stays so.
            ([200] * 5 + [None] * 5, 72),
            # Some fill on the day before; of those empty 24 hours before none filled later.
            ([200] * 5 + [30] * 3 + [None] * 4, 24),
            # One in six still filled later: little enough.
            ([200] * 5 + [10] + [None] * 5, 72),
            # Two in six: too much until twelve hours before.
            ([200] * 5 + [20, 20] + [None] * 4, 12),
            # Filled in the last minutes: it never opens early.
            ([0.5] * 8 + [None], None),
            # Always full three days before: nothing is left to open.
            ([100] * 9, None),
        ]
        for leads, hours in rows:
            self.assertEqual(filling.opens_best(pieces(*leads)), hours, leads)

    def test_on_the_very_hour_it_is_filled(self):
        leads = [24] * 4 + [None] * 4
        self.assertEqual(filling.opens_best(pieces(*leads)), 24)
