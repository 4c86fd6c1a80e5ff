# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from .lock_alone import lock_alone


class DentalTrainee(models.Model):
    """What a student still lacks, and the gate at the door that it closes."""

    _inherit = "dental.trainee"

    paper_ids = fields.One2many("dental.trainee.paper", "trainee_id", string="Papers")
    topic_ids = fields.One2many("dental.trainee.topic", "trainee_id", string="Programme")
    override_ids = fields.One2many(
        "dental.gate.override", "trainee_id", string="Let in in spite of a gate"
    )
    lacks = fields.Text(compute="_compute_lacks")
    gate_color = fields.Selection(
        [("stop", "Stops"), ("warn", "Look"), ("ok", "In order")],
        string="Gate",
        compute="_compute_lacks",
    )
    gate_ahead = fields.Json(compute="_compute_gate_ahead", string="Before the student comes in")

    # Computes

    @api.depends(
        "paper_ids.state", "paper_ids.needed", "topic_ids.done", "topic_ids.due_on", "state"
    )
    def _compute_lacks(self):
        for trainee in self:
            items = trainee._lacking_items() if trainee._is_open() else []
            stops = any(item["severity"] == "stop" for item in items)
            trainee.gate_color = "stop" if stops else "warn" if items else "ok"
            trainee.lacks = "\n".join(item["reason"] for item in items)

    def _compute_gate_ahead(self):
        for trainee in self:
            ahead = trainee._origin and trainee.state in ("accepted", "present")
            items = trainee._origin._lacking_items() if ahead else []
            gate = trainee._origin._describe_gate(items) if items else False
            trainee.gate_ahead = gate

    # Actions

    def action_sign_in(self):
        """The student comes in, where nothing stands in the way.

        :return: True, or the action that shows the gate to who asked for it on a screen
        :raises UserError: naming what stands in the way
        """
        self.ensure_one()
        lock_alone(self)
        gate = self.gate("present")
        if gate["closed"] and self.env.context.get("dental_gate_dialog"):
            return {
                "type": "ir.actions.client",
                "tag": "dental_gate",
                "target": "new",
                "params": gate,
            }
        self.env["dental.presence"].create(self._prepare_presence())
        return True

    def gate(self, step):
        """What stands in the way of coming in, as the screens show it.

        :return: as `dental.appointment.gate`, with the model whose step it is
        """
        self.ensure_one()
        self.check_access("read")
        return self._describe_gate(self._gate_items())

    def pass_gate(self, step):
        """Come in, now that nothing stands in the way."""
        return self.with_context(dental_gate_dialog=False).action_sign_in()

    def action_override(self, step, reason):
        """Let the student in although papers are lacking; the reason is kept.

        :raises AccessError: for everybody but the manager
        :raises UserError: without a reason
        """
        self.ensure_one()
        if not self._may_override():
            raise AccessError(
                self.env._(
                    "%s: only the manager lets somebody in without papers. Mend what stands in "
                    "the way, or ask the manager.",
                    self.display_name,
                )
            )
        if not (reason or "").strip():
            raise UserError(
                self.env._(
                    "%s: say why you let the student in. The reason is kept and reported.",
                    self.display_name,
                )
            )
        return self.with_context(
            gate_override=reason.strip(), dental_gate_dialog=False
        ).action_sign_in()

    # Business

    def _ask(self):
        for trainee in self.filtered(lambda t: t._is_open()):
            trainee._ask_papers()
            trainee._ask_topics()
        return super()._ask()

    def _ask_papers(self):
        asked = self.env["dental.trainee.paper.kind"]._asked_of(self)
        for paper in self.paper_ids:
            paper.needed = paper.kind_id in asked
        new = asked - self.paper_ids.kind_id
        self.paper_ids.create([{"trainee_id": self.id, "kind_id": kind.id} for kind in new])

    def _ask_topics(self):
        asked = self.env["dental.orientation.topic"]._asked_of(self)
        for topic in self.topic_ids:
            topic.needed = topic.topic_id in asked
        for topic in self.topic_ids.filtered(lambda t: not t.done):
            topic.due_on = self.date_from + timedelta(days=topic.topic_id.due_days)
        self.topic_ids.create(
            [
                {
                    "trainee_id": self.id,
                    "topic_id": topic.id,
                    "due_on": self.date_from + timedelta(days=topic.due_days),
                    "trainer_id": (topic.trainer_id or self.supervisor_id).id,
                }
                for topic in asked - self.topic_ids.topic_id
            ]
        )

    def _lacking_items(self):
        """Papers and topics that are not in order, those that stop first."""
        items = [
            {
                "severity": "stop" if paper.lacking else "warn",
                "reason": paper._told(),
                "fix": paper.action_edit(),
                "fix_label": self.env._("Open the paper"),
            }
            for paper in self.paper_ids
            if paper.needed and paper.state != "ok"
        ]
        items += [
            {
                "severity": "warn",
                "reason": self.env._(
                    "Programme: “%(topic)s” was due on %(day)s.",
                    topic=topic.topic_id.name,
                    day=format_date(self.env, topic.due_on),
                ),
            }
            for topic in self.topic_ids
            if topic.overdue
        ]
        return sorted(items, key=lambda item: item["severity"] != "stop")

    def _gate_items(self):
        """Everything that stands in the way of coming in today."""
        return [*self._place_items(), *self._lacking_items()]

    def _place_items(self):
        """What is wrong with the placement itself; the manager cannot pass over its days."""
        today = self.env["dental.today"]._day()
        items = []
        if self.state not in ("accepted", "present"):
            state = dict(self._fields["state"]._description_selection(self.env))[self.state]
            item = {
                "severity": "stop",
                "reason": self.env._("The placement is at “%s”, not accepted.", state),
            }
            if self.state == "asked":
                item.update(fix="action_accept", fix_label=self.env._("Accept it"))
            items.append(item)
        if not self.date_from <= today <= self.date_to:
            items.append(
                {
                    "severity": "stop",
                    "reason": self.env._(
                        "The placement is from %(start)s to %(stop)s.",
                        start=format_date(self.env, self.date_from),
                        stop=format_date(self.env, self.date_to),
                    ),
                }
            )
        return items

    def _describe_gate(self, items):
        label = self.env._("Comes in")
        return {
            "id": self.id,
            "model": self._name,
            "number": self.display_name,
            "step": "present",
            "step_label": label,
            "items": [
                {**item, "fix": item.get("fix"), "fix_label": item.get("fix_label", "")}
                for item in items
            ],
            "closed": any(item["severity"] == "stop" for item in items),
            "may_override": self._may_override() and not self._place_items(),
        }

    def _pass_gate(self):
        """Refuse to let a student in while something stands in the way.

        The manager goes on by the context ``gate_override`` (the reason), which is kept; not over
        a placement that is not accepted or not of today.

        :raises UserError: naming what stands in the way
        """
        self.ensure_one()
        placed = self._place_items()
        stops = placed + [i for i in self._lacking_items() if i["severity"] == "stop"]
        if not stops:
            return
        override = self.env.context.get("gate_override")
        reasons = "\n".join(f"- {item['reason']}" for item in stops)
        if placed or not override or not self._may_override():
            raise UserError(
                self.env._(
                    "%(student)s cannot come in:\n%(reasons)s",
                    student=self.display_name,
                    reasons=reasons,
                )
            )
        self.env["dental.gate.override"].sudo().create(
            {
                "trainee_id": self.id,
                "step": "present",
                "gate": reasons,
                "reason": override,
                "user_id": self.env.uid,
            }
        )

    def _may_override(self):
        return self.env.su or self.env.user.has_group("dental_coordinator.group_manager")
