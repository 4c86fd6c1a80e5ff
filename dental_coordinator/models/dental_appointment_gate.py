# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .dental_appointment_status import COMING, FOLLOWS

# Who may go on in spite of a closed gate, for a reason that is kept.
OVERRIDERS = (
    "dental_coordinator.group_coordinator",
    "dental_coordinator.group_clinician",
    "dental_coordinator.group_manager",
)
# Buttons that do more than change the status.
BUTTONS = {"done": "action_done"}
# The gate that lies ahead of a visit: what the form shows before anybody clicks.
AHEAD = {
    **{status: "seated" for status in (*COMING, "arrived")},
    "seated": "done",
    "in_treatment": "done",
    "checkout": "done",
}


class DentalAppointment(models.Model):
    """Gates that explain: what stands in the way of a step, what fixes it, who went on anyway."""

    _inherit = "dental.appointment"

    gate_ahead = fields.Json(compute="_compute_gate_ahead", string="Gate ahead")
    override_ids = fields.One2many(
        "dental.gate.override", "appointment_id", string="Went on in spite of a gate"
    )

    # Computes

    def _compute_gate_ahead(self):
        for visit in self:
            step = visit._origin and AHEAD.get(visit.status)
            gate = visit._origin._describe_gate(step) if step else {"items": []}
            stops = [item for item in gate["items"] if item["severity"] == "stop"]
            visit.gate_ahead = {**gate, "items": stops} if stops else False

    # Actions

    def gate(self, step):
        """What stands in the way of a step; see `_describe_gate`.

        :param step: a status
        """
        self.ensure_one()
        self.check_access("read")
        if step not in FOLLOWS:
            raise UserError(self.env._("There is no such step. Refresh the screen."))
        return self._describe_gate(step)

    def pass_gate(self, step):
        """Take the step whose gate is open by now, as its own button would.

        :return: what the button returns
        """
        self.ensure_one()
        return getattr(self, BUTTONS[step])() if step in BUTTONS else self._set_status(step)

    def action_override(self, step, reason):
        """Take a step in spite of its gate.

        :raises AccessError: for who may not
        :raises UserError: without a reason
        """
        self.ensure_one()
        reason = (reason or "").strip()
        if not self._may_override():
            raise AccessError(
                self.env._(
                    "%s: only a coordinator, a clinician or the manager goes on in spite of a "
                    "gate. Fix what stands in the way, or ask one of them.",
                    self.number,
                )
            )
        if not reason:
            raise UserError(
                self.env._("%s: say why you go on. The reason is kept and reported.", self.number)
            )
        visit = self.with_context(gate_override=reason, dental_gate_dialog=False)
        return visit._set_status(step)

    # Business

    def _check_gate(self, step):
        """What stands in the way of ``step`` (a status). Addons add to it.

        :return: list of {severity: stop|warn, reason: text, fix: what the button does, if anything:
            the name of a method of the visit, {method, args}, or an action; fix_label: its words}
        """
        self.ensure_one()
        return []

    def _checkin_items(self):
        """What is not in order at the door; nothing where all is. Addons add to it.

        :return: list of items as those of `_check_gate`
        """
        self.ensure_one()
        return []

    def _describe_gate(self, step):
        """The gate of a step as the screens show it.

        :return: {id, number, step, step_label, items, closed, may_override}
        """
        items = self._check_gate(step)
        items.sort(key=lambda item: item["severity"] != "stop")
        return {
            "id": self.id,
            "number": self.number,
            "step": step,
            "step_label": dict(self._fields["status"]._description_selection(self.env))[step],
            "items": [self._describe_gate_item(item) for item in items],
            "closed": any(item["severity"] == "stop" for item in items),
            "may_override": self._may_override(),
        }

    def _describe_gate_item(self, item):
        label = item.get("fix_label") or self.env._("Fix it")
        return {**item, "fix": item.get("fix"), "fix_label": label if item.get("fix") else ""}

    def _closed_gate(self, step):
        """The action that shows a closed gate, where a screen asked for it; else nothing."""
        asked = self.env.context.get("dental_gate_dialog")
        if not asked or len(self) != 1 or self.env.context.get("gate_override"):
            return None
        if step not in FOLLOWS[self.status]:
            return None
        gate = self._describe_gate(step)
        return gate["closed"] and {
            "type": "ir.actions.client",
            "tag": "dental_gate",
            "target": "new",
            "params": gate,
        }

    def _pass_gate(self, step):
        """Refuse a step while something stands in its way.

        A person who may goes on by the context ``gate_override`` (the reason), which is kept.
        """
        items = [item for item in self._check_gate(step) if item["severity"] == "stop"]
        override = self.env.context.get("gate_override")
        if not items:
            return
        reasons = "\n".join(f"- {item['reason']}" for item in items)
        if not override or not self._may_override():
            raise UserError(
                self.env._(
                    "%(number)s cannot go on:\n%(reasons)s", number=self.number, reasons=reasons
                )
            )
        self.env["dental.gate.override"].sudo().create(
            {
                "appointment_id": self.id,
                "step": step,
                "gate": reasons,
                "reason": override,
                "user_id": self.env.uid,
            }
        )
        self._log_status(self.env._("Went on in spite of a gate: %s", override))

    def _may_override(self):
        return self.env.su or any(self.env.user.has_group(group) for group in OVERRIDERS)
