# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading a school's list of students from a CSV file.

Plain Python: nothing here imports odoo. Every mistake is told with its line, so that a list is
corrected in one go.
"""

from .reader import COLUMNS, StudentRow, read_class
