# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Due dates: the latest service that counts plus the interval, unless a person knows better."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

CLEANING, PERIO = "cleaning", "perio"


@dataclass(frozen=True)
class RecallType:
    """A kind of recall.

    :param key: any hashable
    :param interval: until the next one, for patients without their own
    :param triggers: codes of the services that count; a type without any is left alone
    :param special: ``cleaning``, ``perio`` or None; the two share one date and a patient has one
    """

    key: Hashable
    interval: Any
    triggers: frozenset
    special: str | None = None


@dataclass(frozen=True)
class Service:
    """A trigger that counts: completed here, or existing from here or elsewhere; never planned."""

    code: Hashable
    date: date


@dataclass(frozen=True)
class Recall:
    """One patient's recall of one type.

    :param interval: the patient's own, or a copy of the type's
    :param previous: date of the latest service that counts
    :param calculated: previous + interval
    :param due: the same, or what a person typed; None while disabled
    :param status: any; cleared by a newer service, like the note
    :param disabled: never due
    :param until: postponed to this date
    :param until_balance: postponed until the family owes no more than this; 0 for not at all
    """

    interval: Any
    previous: date | None = None
    calculated: date | None = None
    due: date | None = None
    status: Any = None
    note: str = ""
    disabled: bool = False
    until: date | None = None
    until_balance: Any = 0

    @property
    def postponed(self):
        return bool(self.until or self.until_balance)

    @property
    def typed(self):
        """Whether a person entered the due date."""
        return self.due is not None and self.due != self.calculated

    def served(self, latest):
        """The recall once ``latest`` is the date of the last service, None if there is none left.

        Another date than before starts anew: status, note and a typed due date go, unless the
        recall is disabled or postponed. Otherwise what a person typed stays.
        """
        if latest is None:
            return replace(
                self, previous=None, calculated=None, due=self.due if self.typed else None
            )
        recall = self
        if latest != self.previous and not self.disabled and not self.postponed:
            recall = replace(self, status=None, note="", due=None)
        calculated = self.interval.after(latest)
        due = None if self.disabled else recall.due if recall.typed else calculated
        return replace(recall, previous=latest, calculated=calculated, due=due)


def synchronise(types, recalls, services):
    """A patient's recalls after their services changed.

    The first service of any type creates the main cleaning recall, without a due date if it was
    no cleaning; other types need a service of their own. A patient with a perio recall has no
    ordinary cleaning recall, and either kind of cleaning counts for the one they have.

    :param types: active :class:`RecallType` rows
    :param recalls: {type key: :class:`Recall`}
    :param services: :class:`Service` rows of the patient, in any order
    :return: {type key: recall}, the same objects where nothing changed
    """
    latest = {kind.key: _latest(kind.triggers, services) for kind in types}
    cleaned = _newest(latest[kind.key] for kind in types if kind.special)
    is_perio = any(kind.special == PERIO and kind.key in recalls for kind in types)
    other = CLEANING if is_perio else PERIO
    result = dict(recalls)
    for kind in types:
        if kind.special == other or not kind.triggers:
            continue
        date_ = cleaned if kind.special else latest[kind.key]
        wanted = date_ or (kind.special and any(latest.values()))
        if kind.key in recalls:
            served = recalls[kind.key].served(date_)
            result[kind.key] = recalls[kind.key] if served == recalls[kind.key] else served
        elif wanted:
            result[kind.key] = Recall(kind.interval).served(date_)
    return result


def _latest(triggers, services):
    return _newest(service.date for service in services if service.code in triggers)


def _newest(dates):
    return max(filter(None, dates), default=None)


def change_default(recall, old, new):
    """A recall after its type's interval was changed from old to new.

    Those with their own interval and disabled ones stay as they are; a typed due date stays.
    """
    if recall.disabled or recall.interval != old:
        return recall
    calculated = new.after(recall.previous) if recall.previous else recall.calculated
    due = recall.due if recall.typed else calculated
    return replace(recall, interval=new, calculated=calculated, due=due)
