# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Time patterns, free time and the search for a place in the book.

Plain Python: nothing here imports odoo. Moments are naive UTC datetimes, as Odoo stores them;
the clinic's zone decides what a day, a weekday or the morning is. A *span* is a tuple
``(start, stop)`` that holds its start and not its stop, so that adjacent visits do not collide.
"""

from . import filling, local, spans
from .diary import Block, Diary
from .family import search_family
from .hours import Hours, working_spans
from .interval import Interval
from .pattern import ASSISTANT, PROVIDER, Pattern, merge, visit_pattern
from .proposal import Proposal, Reason
from .recurrence import Recurrence
from .request import Request
from .seats import crowded, seated
from .search import iter_openings, nearest_free, openings, search
from .series import GapConflict, Series, Step, gap_conflicts, plan_series
