# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The estimate engine: what plans pay, what is written off, what the patient owes, and why.

Plain Python, nothing here imports odoo: a :class:`Request` of dataclasses goes into
:func:`estimate`, an :class:`Estimate` with a trace comes out. Rules and their order follow
``docs`` of the insurance addon; blank is unknown and named as such, zero is zero.
"""

from .area import Area, same_area
from .breakpoints import breakpoints
from .dates import add_months, benefit_year_start
from .engine import estimate
from .fees import FeeRow, FeeSchedule
from .inputs import (
    History,
    Overrides,
    Patient,
    Precert,
    Procedure,
    Received,
    Request,
    Settings,
)
from .ortho import case_estimates
from .outputs import Estimate, Line, PlanLine
from .plan import Benefit, Coverage, Discount, Plan, PlanOptions, Rollover, Substitution
from .remaining import Remaining, deductible_left, remaining
from .scope import Category, CategoryTable, Scope, Subject
from .source import Source
from .substitution import choose
from .trace import TEMPLATES, Step, sentence
from .workdays import add_workdays, feasible_from, median_answer, send_by, workdays_between
from .planner import Advice, Limits, Schedule, plan_dates
