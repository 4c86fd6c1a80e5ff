# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A claim in the boxes of the paper form. Plain Python: nothing here imports odoo.

No picture of the form is drawn: the data sheet is a list in the order of the boxes, the overlay is
data alone for the sheet that a clinic has bought.
"""

from .boxes import LINES, Box, Facts, Row, boxes, listed, rows
from .lists import deposit_slip, labels
from .paper import data_sheet, overlay
