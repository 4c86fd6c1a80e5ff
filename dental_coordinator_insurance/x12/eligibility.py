# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a payer answers about somebody's coverage (271), row by row as it was said."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from .codes import ACTIONS, INFORMATION, REJECTIONS, words
from .parties import DateRange, Name
from .remittance import first_of


@dataclass(frozen=True, slots=True)
class Rejection:
    """AAA: why there is no answer, and what to do.

    :param level: ``source``, ``provider``, ``subscriber``, ``dependent`` or ``benefit``
    """

    level: str
    valid: str
    reason: str
    action: str
    position: int = 0

    @property
    def text(self):
        return words(REJECTIONS, self.reason)

    @property
    def action_text(self):
        return words(ACTIONS, self.action)


@dataclass(frozen=True, slots=True)
class Frequency:
    """HSD: ``quantity`` of ``qualifier`` (VS visits, FL units …) in ``period_count`` periods.

    :param period: code as in EB06: 34 months, 21 years, 23 calendar year, 32 lifetime …
    """

    qualifier: str
    quantity: Decimal | None
    unit: str = ""
    period: str = ""
    period_count: Decimal | None = None
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """EB and what belongs to it.

    :param number: of the row in the answer, from 1
    :param plan_name: EB05: the plan, or the network when nothing else tells it
    :param share: EB08 as written: as a rule what the patient pays, 0.2 for 20 %
    :param in_network: None when it is not said
    """

    number: int
    info: str
    level: str = ""
    service_types: tuple[str, ...] = ()
    insurance_type: str = ""
    plan_name: str = ""
    period: str = ""
    amount: Decimal | None = None
    share: Decimal | None = None
    quantity_qualifier: str = ""
    quantity: Decimal | None = None
    authorization: bool | None = None
    in_network: bool | None = None
    procedure_code: str = ""
    modifiers: tuple[str, ...] = ()
    frequencies: tuple[Frequency, ...] = ()
    dates: tuple[DateRange, ...] = ()
    refs: tuple = ()
    messages: tuple[str, ...] = ()
    entities: tuple[Name, ...] = ()
    position: int = 0

    @property
    def text(self):
        return words(INFORMATION, self.info)


@dataclass(frozen=True, slots=True)
class EligibilityAnswer:
    """Answer for one person: the dependent when there is one, else the subscriber.

    ``trace`` is our own TRN02, ``reference`` our BHT03.
    """

    reference: str
    date: dt.date | None
    trace: str = ""
    payer: Name | None = None
    provider: Name | None = None
    subscriber: Name | None = None
    dependent: Name | None = None
    relation: str = ""
    birth: dt.date | None = None
    sex: str = ""
    address: tuple[str, ...] = ()
    refs: tuple = ()
    dates: tuple[DateRange, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    rows: tuple[BenefitRow, ...] = ()
    version: str = ""
    position: int = 0

    @property
    def person(self):
        return self.dependent or self.subscriber

    @property
    def group_number(self):
        return first_of(self.refs, "6P", "")

    @property
    def active(self):
        """True or False as the rows say, None when none says."""
        said = {row.info for row in self.rows}
        if said & set("12345"):
            return True
        return False if said & set("678") else None

    def date_of(self, qualifier):
        return next((one for one in self.dates if one.qualifier == qualifier), None)
