# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Remarks to payers, put together from facts on file. Plain Python: nothing here imports odoo."""

from .sentences import ELECTRONIC, PAPER, PART, Sentence, assemble, parts
