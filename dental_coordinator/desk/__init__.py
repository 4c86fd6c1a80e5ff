# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Small questions of the front desk, in plain Python."""

from . import payers
from .forms import YES, is_due, options_of, read_page
from .names import has_name, same_name
from .party import FIGURES, Guest, parties, reach_of, shared_reaches
