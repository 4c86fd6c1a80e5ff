# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""X12 files in and out of dataclasses. No Odoo in here; see each module for its contract."""

from .envelope import KINDS, kinds, sniff
from .errors import Finding, Reading, X12Error
from .parties import DateRange, Name, Party
from .remittance import (
    Adjustment,
    ClaimPayment,
    Payment,
    PaymentFoot,
    PaymentHead,
    ProviderAdjustment,
    Remittance,
    ServicePayment,
)
from .remittance_reader import iter_835, read_835
