# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Calendar arithmetic of benefit rules."""

from calendar import monthrange
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later (or earlier), clamped to the end of the month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_span(day: date, quantity: int, unit: str) -> date:
    """``quantity`` days, months or years later (or earlier)."""
    if unit == "days":
        return day + timedelta(quantity)
    return add_months(day, quantity * (12 if unit == "years" else 1))


def benefit_year_start(day: date, renewal_month: int = 1) -> date:
    """First day of the benefit year that contains ``day``.

    :param renewal_month: 1 to 12; 1 is the calendar year
    :raises ValueError: for another month
    """
    if not 1 <= renewal_month <= 12:
        raise ValueError(f"renewal month {renewal_month!r}: 1 to 12 expected")
    year = day.year if day.month >= renewal_month else day.year - 1
    return date(year, renewal_month, 1)


def window_start(day: date, period: str, renewal_month: int) -> date | None:
    """First day of the period in which an amount accumulates; None for a lifetime."""
    if period == "lifetime":
        return None
    return benefit_year_start(day, renewal_month if period == "benefit_year" else 1)


def window_end(day: date, period: str, renewal_month: int) -> date | None:
    """Last day of that period; None for a lifetime."""
    start = window_start(day, period, renewal_month)
    return start and add_months(start, 12) - timedelta(days=1)


def age_on(birth_date: date, day: date) -> int:
    """Completed years of life on ``day``."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
