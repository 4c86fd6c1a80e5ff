# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who fits a hole in the book, in which order they are asked, and whether asking is fair.

Plain Python: nothing here imports odoo. Moments are naive UTC datetimes; the clinic's zone decides
what a day, a weekday or the morning is.
"""

from .batches import pause_between
from .fairness import gini
from .fit import misfits
from .rank import rank
from .rows import Candidate, Hole, Part, Score, Weights
