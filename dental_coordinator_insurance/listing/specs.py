# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The columns of the lists."""

from decimal import Decimal, InvalidOperation

from .reader import Column

KINDS = ("ppo", "percentage", "flat", "capitation", "discount")
COB_RULES = ("basic", "standard", "carve_out", "maintenance", "secondary_medicaid")
SHARES = (
    "diagnostic",
    "xray",
    "preventive",
    "restorative",
    "crowns",
    "endo",
    "perio",
    "prostho_removable",
    "prostho_fixed",
    "oral_surgery",
    "ortho",
    "implant",
    "adjunctive",
)


def amount(text):
    try:
        number = Decimal(text.replace(",", "").lstrip("$").strip())
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number < 0:
        raise ValueError(f"{text!r} is not an amount: write 120.00.")
    return number


def percent(text):
    number = amount(text.rstrip("% "))
    if number > 100:
        raise ValueError(f"{text!r} is not from 0 to 100.")
    return number


def month(text):
    if not text.isdigit() or not 1 <= int(text) <= 12:
        raise ValueError(f"{text!r} is not a month: write 1 for January to 12.")
    return int(text)


def one_of(choices):
    def read(text):
        word = "_".join(text.lower().replace("-", " ").split())
        if word not in choices:
            raise ValueError(f"{text!r} is none of {', '.join(choices)}.")
        return word

    return read


FEES = (Column("code", required=True), Column("fee", amount, required=True))
PLANS = (
    Column("payer", required=True),
    Column("payer_code"),
    Column("plan", required=True),
    Column("group_number"),
    Column("group_name"),
    Column("kind", one_of(KINDS)),
    Column("benefit_year_month", month),
    Column("coordination", one_of(COB_RULES)),
    Column("fee_schedule"),
    Column("maximum", amount),
    Column("family_maximum", amount),
    Column("deductible", amount),
    Column("family_deductible", amount),
    Column("ortho_maximum", amount),
    *(Column(name, percent) for name in SHARES),
)
