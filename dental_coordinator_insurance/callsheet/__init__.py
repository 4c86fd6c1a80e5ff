# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which questions a call to a payer needs, and what the answers typed meanwhile mean.

Plain Python: nothing here imports odoo. The wording of the questions is the caller's.
"""

from .answers import Answer, read_answer
from .catalogue import QUESTIONS, Question
from .choice import Known, Needed, Service, needed
