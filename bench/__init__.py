# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The headline figures, each a ratio to the bare Odoo operation that is its floor."""
