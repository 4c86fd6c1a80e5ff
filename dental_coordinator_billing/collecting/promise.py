# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).


def judge(amount, until, paid, owes, today):
    """What a promise to pay came to, as the ledger shows it.

    :param until: last day on which the payment is in time
    :param paid: what was paid since the promise and in time
    :param owes: what is owed in all; a promise is nothing any more once it is settled otherwise
    :return: ``kept``, ``settled``, ``broken``, or ``open`` as long as there is time
    """
    if paid >= amount:
        return "kept"
    if owes <= 0:
        return "settled"
    return "broken" if today > until else "open"
