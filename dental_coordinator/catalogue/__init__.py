# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading a clinic's own list of procedure codes from a CSV file.

Plain Python: nothing here imports odoo. The reader never stops at the first mistake: it returns
what it could read and every error with its line, so that a list is corrected in one go.
"""

from .reader import AREA_RULES, COLUMNS, CodeRow, read_codes
