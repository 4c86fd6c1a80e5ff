# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How soon somebody with a complaint should be seen, and which measurements the dentist must hear.

Plain Python: nothing here imports odoo. It suggests and gives its reasons; a person decides. It
names no disease. ``None`` in an answer means that nobody asked, which is never taken for a no.
"""

from .aftercare import AFTER_CODES, AFTER_LEVELS, AfterAnswers, Aftercare, after_care
from .answers import IMPACTS, RED_FLAGS, Answers
from .before import ABOUT, Before, before_surgery, call_days
from .cardiac import FACTORS, CardiacIndex, cardiac_index
from .discharge import ITEMS as RECOVERY_ITEMS
from .discharge import discharge_score
from .levels import HOLD_LEVELS, LEVELS, WITHIN, more_urgent
from .rules import CODES, Reason, Triage, assess
from .vitals import CODES as VITAL_CODES
from .vitals import LIMITS, Vitals, VitalsError, advise
