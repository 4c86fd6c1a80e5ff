# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Forms that patients fill in: when they are due, in which parts they are asked, what counts as
an answer."""

from datetime import date

from dateutil.relativedelta import relativedelta

LONGEST = 500
YES, NO = "yes", "no"


def is_due(last, months, now):
    """Whether a form that is asked every so many months is to be asked (again).

    :param last: when it was last filled in, or None
    :param months: 0 for at every visit
    """
    return not last or last + relativedelta(months=months) <= now


def options_of(text):
    """The choices of a question: one a line."""
    return [line.strip() for line in (text or "").splitlines() if line.strip()]


def read_answer(kind, raw, options=()):
    """What was answered, without what a hurried finger adds; "" for nothing.

    :raises ValueError: for what is no answer to such a question
    """
    told = (raw or "").replace("\0", "").strip()
    if not told:
        return ""
    if kind == "date":
        return date.fromisoformat(told[:10]).isoformat()
    allowed = (YES, NO) if kind == "yesno" else options
    if kind in ("yesno", "choice") and told not in allowed:
        raise ValueError(f"{told!r} is none of {allowed}")
    return told[:LONGEST]


def read_page(questions, raw):
    """Answers to one part of a form.

    :param questions: (id, kind, required, options) of each
    :param raw: {id: what was typed}
    :return: ({id: answer}, ids of those that are still to be answered)
    """
    answers, missing = {}, []
    for key, kind, required, options in questions:
        try:
            answers[key] = read_answer(kind, raw.get(key), options)
        except ValueError:
            answers[key] = ""
            missing.append(key)
            continue
        if required and not answers[key]:
            missing.append(key)
    return answers, missing
