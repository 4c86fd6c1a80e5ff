# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Why a place is proposed: facts that the search used, in a fixed order."""

from datetime import datetime

from . import local
from .proposal import Reason
from .spans import overlapping


def explain(diary, request, start, provider, chair):
    """Reasons of one place, see :class:`Reason`."""
    stop = start + request.pattern.duration
    yield from _wishes(request, start)
    yield from _choice("provider", provider, request.providers)
    yield from _choice("chair", chair, request.chairs)
    yield from _blocks(diary, request, (provider, chair), start, stop)
    yield from _shared(diary, provider, start, stop)
    yield from _neighbours(diary, chair if chair is not None else provider, start, stop)


def days_without(causes):
    """The reason that tells how many days before were looked at in vain."""
    counts = {cause: causes.count(cause) for cause in dict.fromkeys(causes)}
    return (Reason("days_without", {"count": len(causes), "causes": counts}),) if causes else ()


def _wishes(request, start):
    if request.from_time or request.to_time:
        yield Reason("part_of_day", {"from_time": request.from_time, "to_time": request.to_time})
    if request.weekdays is not None:
        yield Reason("weekday", {"weekday": local.day_of(start, request.tz).weekday()})


def _choice(what, key, wanted):
    if not wanted:
        return
    if key == wanted[0]:
        yield Reason(f"preferred_{what}", {what: key})
    else:
        yield Reason(f"other_{what}", {what: key, "wanted": wanted[0]})


def _blocks(diary, request, keys, start, stop):
    for key in keys:
        for block in diary.blocks_at(key, start, stop):
            own = block.kept_for(request.kind, request.groups)
            values = {"kind": request.kind, "resource": key, "filled": block.filled}
            yield Reason("kept_for_kind" if own else "released", values)


def _shared(diary, provider, start, stop):
    taken = overlapping(diary.busy(provider), start, stop) if provider is not None else ()
    if taken:
        shared = sum((min(b, stop) - max(a, start)).total_seconds() for a, b in taken)
        yield Reason("shares_provider", {"provider": provider, "minutes": int(shared // 60)})


def _neighbours(diary, key, start, stop):
    busy = diary.busy(key)
    before = overlapping(busy, start - datetime.resolution, start)
    after = overlapping(busy, stop, stop + datetime.resolution)
    if before or after:
        side = "both" if before and after else "before" if before else "after"
        yield Reason("leaves_no_hole", {"side": side})
