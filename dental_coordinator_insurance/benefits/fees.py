# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fee schedules: which row gives the fee. A missing row is no fee, which differs from zero."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from .source import NO_SOURCE, Source


@dataclass(frozen=True)
class FeeRow:
    """One fee of one code, for one provider or clinic or for all (None)."""

    amount: Decimal
    provider: object = None
    clinic: object = None
    source: Source = NO_SOURCE


@dataclass(frozen=True)
class FeeSchedule:
    """Fees by code.

    :param rows: code -> tuple of rows
    :param default: fee of every code without a row; None for no fee
    :param is_global: rows of a provider or a clinic are ignored
    """

    rows: Mapping = field(default_factory=dict)
    default: Decimal | None = None
    is_global: bool = False
    label: str = ""

    @classmethod
    def of(cls, fees: Mapping, label="", source=NO_SOURCE):
        """Schedule with one fee a code for everybody: ``{"D2391": Decimal(80)}``."""
        rows = {code: (FeeRow(amount, source=source),) for code, amount in fees.items()}
        return cls(rows, label=label)

    def lookup(self, code, provider=None, clinic=None) -> FeeRow | None:
        """The row for provider and clinic, else provider, else clinic, else everybody."""
        rows = self.rows.get(code, ())
        keys = ((provider, clinic), (provider, None), (None, clinic), (None, None))
        for key in keys[3:] if self.is_global else keys:
            for row in rows:
                if (row.provider, row.clinic) == key:
                    return row
        return None if self.default is None else FeeRow(self.default)
