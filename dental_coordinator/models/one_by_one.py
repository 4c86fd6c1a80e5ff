# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Scheduled work on many records: each is kept by itself, and one that fails stops no other."""

import logging

from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)


def one_by_one(env, parts, act, failed=None):
    """Let ``act(records)`` work on each of these, mostly single, records, and commit after each.

    Any number of workers may do the same: what another one has locked is left to that one. What
    another one has finished meanwhile is seen by ``act``, which looks again before it works.

    :param failed: notes the reason, called with the records and the exception
    :return: whether there was time for all of them
    """
    for place, records in enumerate(parts, 1):
        try:
            with env.cr.savepoint():
                locked = records.try_lock_for_update(allow_referencing=True)
                if locked:
                    act(locked)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            # Somebody changed it at this moment: the next run comes to it again.
            env.cr.rollback()
            env.invalidate_all()
        except Exception as error:  # one that fails, however it fails, stops no other
            _note(env, records, error, failed)
        if not env["ir.cron"]._commit_progress(1, remaining=len(parts) - place):
            return False
    return True


def reason(error, env):
    """Why it failed, in words for people; names of the program's own stay out of it."""
    if isinstance(error, UserError):
        return str(error.args[0]).splitlines()[0]
    return env._("The program could not do it (%s). Tell the administrator.", type(error).__name__)


def _note(env, records, error, failed):
    """A refusal stands where ``failed`` puts it; what the program did wrong is in the log too.

    The log names no patient: the kind of error and the ids of the records are enough.
    """
    if not (failed and isinstance(error, UserError)):
        _logger.warning("%s %s failed: %s", records._name, records.ids, type(error).__name__)
    if failed:
        try:
            with env.cr.savepoint():
                failed(records, error)
        except Exception as again:
            _logger.warning("%s %s not noted: %s", records._name, records.ids, type(again).__name__)
