# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def plain_text(template, **values):
    """The default of ``_``: English, filled in."""
    return template % values


def plain_money(amount):
    """The default of ``money``: two decimals, no currency."""
    return f"{amount:.2f}"
