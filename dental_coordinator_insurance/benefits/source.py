# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where a figure comes from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Source:
    """Origin of a benefit, fee or history row.

    :param kind: phone, portal, fax, 271, eob, document, guess ... ; empty if nobody said
    :param record: any key the caller wants back in the trace
    """

    kind: str = ""
    verified_on: date | None = None
    reference: str = ""
    who: str = ""
    record: object = None


NO_SOURCE = Source()
