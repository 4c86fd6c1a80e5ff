# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from babel.dates import format_skeleton

from odoo import fields
from odoo.tools import babel_locale_parse, format_time, get_lang


def say_moment(env, moment, company=None):
    """A moment on the clock of a clinic (else the present one), as the book has it.

    :param moment: naive UTC
    """
    zone = env["dental.today"].with_company(company or env.company)._zone()
    return say_here(env(context={**env.context, "tz": zone.key}), moment)


def say_here(env, moment):
    """A moment on the user's clock, in the form of the lists: "Nov 26, 8:40 AM"; the year only
    where it is another one.

    :param moment: naive UTC
    """
    here, now = (
        fields.Datetime.context_timestamp(env["res.users"], each)
        for each in (moment, fields.Datetime.now())
    )
    skeleton = "MMMd" if here.year == now.year else "yMMMd"
    locale = babel_locale_parse(get_lang(env).code)
    return f"{format_skeleton(skeleton, here.date(), locale=locale)}, {say_time(env, here)}"


def say_time(env, here):
    """The time of a local moment, "8:40 AM" or "08:40". With a plain space: a rare sign would make
    a text message of it two.
    """
    return format_time(env, here.time(), time_format="short").replace("\u202f", " ")
