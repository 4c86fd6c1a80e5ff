# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from babel.dates import format_skeleton

from odoo import fields
from odoo.tools import babel_locale_parse, format_datetime, format_time, get_lang


def say_moment(env, moment, company=None, dt_format="short"):
    """A moment in words, on the clock of a clinic (else the present one), as the book has it.

    :param moment: naive UTC
    """
    zone = env["dental.today"].with_company(company or env.company)._zone()
    return format_datetime(env, moment, tz=zone.key, dt_format=dt_format)


def say_short(env, moment, zone=None):
    """A moment as lists have it, "Nov 26, 8:40 AM": the day without its year, and the time.

    :param moment: naive UTC
    :param zone: name of a time zone; None: the user's
    """
    if zone:
        env = env(context={**env.context, "tz": zone})
    here = fields.Datetime.context_timestamp(env["res.users"], moment)
    locale = babel_locale_parse(get_lang(env).code)
    return f"{format_skeleton('MMMd', here.date(), locale=locale)}, {say_time(env, here)}"


def say_time(env, here):
    """The time of a local moment, "8:40 AM" or "08:40". With a plain space: a rare sign would make
    a text message of it two.
    """
    text = format_time(env, here.time(), time_format="short")
    return text.replace("\u202f", " ")
