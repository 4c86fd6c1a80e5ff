# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tools import format_datetime


def say_moment(env, moment, company=None, dt_format="short"):
    """A moment in words, on the clock of a clinic (else the present one), as the book has it.

    :param moment: naive UTC
    """
    zone = env["dental.today"].with_company(company or env.company)._zone()
    return format_datetime(env, moment, tz=zone.key, dt_format=dt_format)
