# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lines of a list in a CSV file, and what keeps some of them from being read.

Plain Python: nothing here imports odoo. What the cells mean is the caller's: it adds its mistakes
to those of the lines, so that a list is corrected in one go.
"""

from .lines import Line, Listing, Problem, read_lines
