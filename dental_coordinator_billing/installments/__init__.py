# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Payment plans: schedules, what was paid on them, and how they end.

Plain Python on Decimal: nothing here imports odoo. The rules are those of Open Dental's payment
plans, in our own words: see the cases in the tests. Amounts are whole cents; interest is rounded
half to even, a level payment up.
"""

from .dates import FREQUENCIES
from .interest import earned, free_until
from .items import ChargeLine, Item, allocate, begun, is_overcharged, principal_of
from .payments import MODES, Rebalanced, Split, close_out, pay, rebalance, split
from .plan import Installment, Position, forecast, not_yet_due, post_next, schedule
from .terms import InstallmentError, Terms, installment_date
