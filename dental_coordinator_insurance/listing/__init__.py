# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reading lists of fees and of plans from CSV files: every mistake with its line.

Plain Python: nothing here imports odoo. A reader never stops at the first mistake.
"""

from .doubles import doubles
from .reader import Column, Listing, Problem, Row, read_listing
from .specs import FEES, PLANS
