# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""X12 files in and out of dataclasses. No Odoo in here; see each module for its contract."""

from .envelope import KINDS, ended, kinds, sniff
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
from .claim import (
    MAX_LINES,
    SETS,
    Accident,
    Attachment,
    Batch,
    Claim,
    Envelope,
    LineAdjudication,
    Orthodontics,
    OtherPayer,
    ServiceLine,
    Tooth,
    ToothStatus,
)
from .claim_file import render_837d, split_claim, write_837d
from .claim_gaps import batch_gaps, gaps
from .claim_parties import (
    Address,
    BillingProvider,
    Contact,
    Patient,
    Payer,
    PayTo,
    Provider,
    Receiver,
    Submitter,
    Subscriber,
)
from .gaps import Gap
from .values import clean, npi_valid
from .acknowledgment import (
    ElementError,
    GroupAck,
    InterchangeAck,
    SegmentError,
    SetAck,
    claim_at,
    read_999,
    read_ta1,
)
from .status import (
    LineStatus,
    Status,
    StatusCode,
    StatusLevel,
    StatusReport,
    read_277,
    read_277ca,
)
from . import codes
from .eligibility import BenefitRow, EligibilityAnswer, Frequency, Rejection
from .eligibility_facts import Fact, facts
from .eligibility_reader import read_271
from .claim_elements import Element, elements
from .authorization import (
    AuthorizationAnswer,
    AuthorizationRequest,
    AuthorizationService,
    Decision,
    ServiceDecision,
)
from .authorization_reader import read_278
from .authorization_writer import authorization_gaps, write_278
from .inquiry import (
    EligibilityInquiry,
    StatusInquiry,
    StatusRequest,
    eligibility_gaps,
    status_gaps,
    write_270,
    write_276,
)
