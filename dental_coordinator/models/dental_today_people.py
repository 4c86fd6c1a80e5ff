# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

STAFF = "dental_coordinator.group_staff"
TEAM_IN = """
SELECT COALESCE(json_agg(json_build_object('user_id', user_id, 'name', name) ORDER BY name), '[]')
  FROM dental_presence
 WHERE kind = 'team' AND out_at IS NULL AND company_id = %s
"""
NOTE = """
SELECT json_build_object('text', COALESCE(note, ''), 'closed_at', closed_at)
  FROM dental_day WHERE company_id = %s AND date = %s
"""
TASKS = """
SELECT COALESCE(json_agg(json_build_object('id', task.id, 'text', task.text, 'kind', task.kind,
                                           'due_at', task.due_at, 'owner', owner.name)
                         ORDER BY task.due_at, task.id), '[]')
  FROM (%s) AS due
  JOIN dental_task task ON task.id = due.id
  JOIN res_users member ON member.id = task.owner_id
  JOIN res_partner owner ON owner.id = member.partner_id
"""
SHOWN_TASKS = 20


class DentalToday(models.AbstractModel):
    """Who is in, who else is in the house, the note and the tasks of the day."""

    _inherit = "dental.today"

    def _asked(self):
        asked = super()._asked()
        if self.env.user.has_group(STAFF):
            tasks = self.env["dental.task"]._search(
                self._task_domain(), order="due_at, id", limit=SHOWN_TASKS
            )
            company = self.env.company.id
            asked["team_in"] = SQL(TEAM_IN, company)
            asked["note"] = SQL(NOTE, company, self._day())
            asked["tasks"] = SQL(TASKS, tasks.select())
        return asked

    def _seen(self, look):
        team = look.get("team_in") or []
        note = look.get("note") or {}
        tasks = look.get("tasks") or []
        return {
            **super()._seen(look),
            "team_in": team,
            "me_in": any(member["user_id"] == self.env.uid for member in team),
            "may_note": self.env["dental.day"].has_access("write"),
            "note": note.get("text", ""),
            "closed_at": self._moment(note.get("closed_at")),
            # A trainee is no part of the team's list: he sees the visits that name him.
            "tasks": "tasks" in look
            and [{**task, "due_at": self._moment(task["due_at"])} for task in tasks],
        }

    def _moment(self, text):
        """The moment that PostgreSQL wrote into JSON."""
        return fields.Datetime.to_datetime(text.replace("T", " ")[:19]) if text else False

    def _task_domain(self):
        """Tasks and promises that are due until the end of the day."""
        _start, stop = self._day_span()
        return [
            ("done_at", "=", False),
            ("due_at", "<", stop),
            ("company_id", "=", self.env.company.id),
        ]

    def _visitor_domain(self):
        return [("out_at", "=", False), ("kind", "!=", "team")]

    def _asked_lists(self):
        lists = super()._asked_lists()
        if not self.env.user.has_group(STAFF):
            return lists
        due = self._task_domain()
        return [
            (
                "tasks",
                "dental.task",
                [*due, ("kind", "=", "task")],
                self.env._("Tasks"),
                "warning",
            ),
            (
                "promises",
                "dental.task",
                [*due, ("kind", "=", "promise")],
                self.env._("Promised"),
                "warning",
            ),
            (
                "visitors",
                "dental.presence",
                self._visitor_domain(),
                self.env._("Visitors"),
                None,
            ),
            *lists,
        ]

    @api.model
    def add_task(self, text):
        """Note a decision of the morning meeting: it is due today and its writer's own.

        A text that begins with an exclamation mark was promised to somebody.
        """
        text = (text or "").strip()
        promised = text.startswith("!")
        self.env["dental.task"].create(
            {"text": text.lstrip("! "), "kind": "promise" if promised else "task"}
        )
        return True
