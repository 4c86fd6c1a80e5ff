# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rules of collecting, without Odoo: the next step, the text on a bill, what a promise came to."""

from .promise import judge
from .step import Account, Rule, holds, next_step, notice, stopped
