# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import api, models

from .dental_appointment_status import OPEN
from .dental_readiness_rule import GATES, NEXT_STEP

# How far a visit has come; a gate is asked when a step passes its place.
PLACES = {
    "confirmed": 1,
    "arrived": 1,
    "seated": 2,
    "in_treatment": 3,
    "checkout": 4,
    "done": 5,
}


class Finding(NamedTuple):
    """One thing that a visit lacks, as a check sees it.

    :param visit: record of dental.appointment
    :param reason: a sentence for the team, without the patient's name
    :param fix: name of the method of dental.appointment that opens the remedy
    :param fix_label: words of its button
    :param owner: user who takes care of it, where the check knows better than the rule
    :param key: tells several findings of one check about one visit apart
    """

    visit: object
    reason: str
    fix: str = "action_open_file"
    fix_label: str = ""
    owner: object = None
    key: str = ""


class DentalReadiness(models.AbstractModel):
    """What visits still lack: one engine for chart preparation, the gates and surgery.

    A check is a method ``_check_<key>(visits, rule)`` that yields each `Finding`. It asks for all
    visits at once. Addons name theirs in `_checks`; rules say what matters where, and how much.
    """

    _name = "dental.readiness"
    _description = "Readiness of visits"

    @api.model
    def _checks(self):
        """{key of a check: its name}"""
        return {}

    @api.model
    def _evaluate(self, visits, step=None):
        """What these visits lack, the same whoever asks. The caller checks who may read them.

        :param step: only what stands in the way of this status; None for everything
        :return: {visit id: items as of `_item`, stops first}
        """
        visits = visits.sudo().filtered(lambda visit: visit.status in (*OPEN, "planned"))
        items = {visit.id: {} for visit in visits}
        later = visits.filtered(self._is_later)
        for rule in self._rules(visits):
            asked = {visit.id: rule._severity(self._gates(visit, step)) for visit in visits}
            ripe = visits - later if rule.on_the_day and not step else visits
            concerned = ripe.filtered(lambda v, r=rule, a=asked: a[v.id] and r._concerns(v))
            for found in getattr(self, f"_check_{rule.check}")(concerned, rule):
                item = self._item(rule, found, asked[found.visit.id])
                known = items[found.visit.id].setdefault((rule.check, found.key), item)
                if item["severity"] == "stop":
                    known.update(item)
        return {
            visit: sorted(rows.values(), key=lambda row: row["severity"] != "stop")
            for visit, rows in items.items()
        }

    @api.model
    def _is_later(self, visit):
        """Whether a visit comes on another day than today."""
        return visit._local_day() > self.env["dental.today"]._day()

    @api.model
    def _rules(self, visits):
        companies = [False, *visits.company_id.ids]
        return self.env["dental.readiness.rule"].sudo().search([("company_id", "in", companies)])

    @api.model
    def _gates(self, visit, step):
        """Gates that a step passes. Who comes unconfirmed is not asked what confirming asks."""
        if step is None:
            return None
        here, there = PLACES.get(visit.status, 0), PLACES.get(step, 0)
        passed = [gate for gate in GATES if here < PLACES[gate] <= there]
        return [gate for gate in passed if gate == step or gate != "confirmed"]

    @api.model
    def _item(self, rule, found, severity):
        """A finding under a rule.

        :return: {check, key, severity: stop|warn, reason, fix, fix_label, step, owner_id, rule_id}
        """
        visit = found.visit
        booked_by = visit.create_uid.filtered(
            lambda user: user.active and user.has_group("dental_coordinator.group_staff")
        )
        owner = found.owner or rule.owner_id or booked_by
        return {
            "check": rule.check,
            "key": found.key,
            "severity": severity,
            "reason": found.reason,
            "fix": found.fix,
            "fix_label": found.fix_label or self.env._("Fix"),
            "step": rule._step(severity) or NEXT_STEP,
            "owner_id": owner.id if owner else False,
            "rule_id": rule.id,
        }
