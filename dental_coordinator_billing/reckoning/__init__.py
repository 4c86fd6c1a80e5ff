# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Arithmetic of an account, without Odoo: how old what is owed is, and who owes it for what."""

from .ageing import BUCKETS, ageing
from .exact import exact, unit
from .spread import spread
