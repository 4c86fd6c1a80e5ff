# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from .dental_appointment_status import WITHOUT_PLACE

# No visit lasts longer: the index on the start finds those that began the evening before.
LONGEST = timedelta(days=1)

VISITS = """
    WITH shown AS (
        SELECT visit.id, FALSE AS in_tray
          FROM calendar_event event
          JOIN dental_appointment visit ON visit.event_id = event.id
         WHERE event.start >= %(before)s AND event.start < %(stop)s AND event.stop > %(start)s
           AND visit.active AND visit.company_id = ANY(%(companies)s)
           AND visit.status <> ALL(%(without_place)s)
         UNION ALL
        SELECT visit.id, TRUE
          FROM dental_appointment visit
         WHERE visit.tray_user_id = %(uid)s AND visit.company_id = ANY(%(companies)s)
           AND visit.active AND visit.status = 'planned')
    SELECT visit.id, visit.id IN %(readable)s, shown.in_tray, visit.number, visit.patient_id,
           visit.type_id, visit.provider_id, visit.operatory_id, visit.status, event.start,
           event.stop, visit.pattern, visit.is_new, visit.note, visit.arrived_at, visit.seated_at,
           visit.company_id, patient.number, patient.first_name, patient.last_name,
           patient.preferred_name, patient.birth_date, patient.arrive_early_minutes,
           patient.medical_note, contact.phone, %(type_name)s, kind.color
      FROM shown
      JOIN dental_appointment visit ON visit.id = shown.id
      JOIN calendar_event event ON event.id = visit.event_id
      JOIN dental_patient patient ON patient.id = visit.patient_id
      JOIN res_partner contact ON contact.id = patient.partner_id
      JOIN dental_appointment_type kind ON kind.id = visit.type_id
     ORDER BY event.start, visit.id
"""
COLUMNS = (
    "id", "readable", "in_tray", "number", "patient_id", "type_id", "provider_id", "chair_id",
    "status", "start", "stop", "pattern", "is_new", "note", "arrived_at", "seated_at",
    "company_id", "file", "first_name", "last_name", "preferred_name", "birth_date",
    "arrive_early", "medical_note", "phone", "type", "color",
)  # fmt: skip
# What of a restricted file may be seen: that its place is taken, and which file to ask for.
OPEN_TO_ALL = (
    "id", "in_tray", "chair_id", "status", "start", "stop", "pattern", "arrived_at", "seated_at",
    "file",
)  # fmt: skip


class DentalBook(models.AbstractModel):
    """Visits as the cards of the book show them."""

    _inherit = "dental.book"

    def _visits(self, start, stop):
        """Visits with a place between two moments, and those on the user's tray: one query.

        :return: list of dicts with `COLUMNS`; what is in them decides `_prepare_card`
        """
        readable = self.env["dental.appointment"].with_context(active_test=False)._search([])
        # Asked of the shown ones alone: of all visits it would take longer with every year.
        readable.add_where(
            SQL("%s IN (SELECT id FROM shown)", SQL.identifier(readable.table, "id"))
        )
        query = SQL(
            VISITS,
            start=start,
            before=start - LONGEST,
            stop=stop,
            companies=self.env.companies.ids,
            without_place=list(WITHOUT_PLACE),
            uid=self.env.uid,
            readable=readable.subselect(),
            type_name=self.env["dental.appointment.type"]._field_to_sql("kind", "name"),
        )
        rows = self.env.execute_query(query)
        return [dict(zip(COLUMNS, row, strict=True)) for row in rows]

    def _cards(self, rows, wanted):
        """Cards of the visits one may read, and places without a word of whom for the others.

        :param rows: what `_visits` gave
        :param wanted: keys of the items on the cards
        """
        readable = [row for row in rows if row["readable"]]
        items = self._card_items(readable, set(wanted)) if readable else {}
        return [
            self._prepare_card(row, items, wanted) if row["readable"] else self._prepare_hidden(row)
            for row in rows
            if row["readable"] or not row["in_tray"]
        ]

    def _prepare_card(self, row, items, wanted):
        names = f"{row['first_name']} {row['last_name']}"
        left_out = ("readable", "first_name", "last_name", "preferred_name", "birth_date",
                    "medical_note", "phone", "note", "company_id", "arrive_early")  # fmt: skip
        return {
            **{key: value for key, value in row.items() if key not in left_out},
            "patient": names + (f' "{row["preferred_name"]}"' if row["preferred_name"] else ""),
            "initials": f"{row['first_name'][:1]}{row['last_name'][:1]}".upper(),
            "items": [
                {"key": key, **items[key][row["id"]]}
                for key in wanted
                if row["id"] in items.get(key, ())
            ],
        }

    def _prepare_hidden(self, row):
        return {
            **{key: row[key] for key in OPEN_TO_ALL},
            "restricted": True,
            "patient": self.env._("Restricted"),
            "items": [],
        }

    def _card_items(self, rows, wanted):
        """What the cards show beside time, patient and status. Addons add theirs.

        Each answers for all visits in as few queries as possible, and only where it is wanted.

        :param rows: rows of `_visits` that the user may read
        :param wanted: keys of `dental.book.item`
        :return: {key: {visit id: {text, and where it applies level (stop|warn|info) and icon}}}
        """
        simple = {
            "type": lambda row: row["type"],
            "number": lambda row: row["number"],
            "file": lambda row: row["file"],
            "phone": lambda row: row["phone"],
            "age": self._age_text,
            "note": lambda row: row["note"],
            "new": lambda row: self.env._("new") if row["is_new"] else "",
            "early": lambda row: row["arrive_early"]
            and self.env._("%s min early", row["arrive_early"]),
        }
        found = {}
        for key in wanted & simple.keys():
            texts = ((row["id"], simple[key](row)) for row in rows)
            found[key] = {visit: {"text": text} for visit, text in texts if text}
        for visit in found.get("note", {}).values():
            visit["icon"] = "fa-sticky-note-o"
        if "alerts" in wanted:
            found["alerts"] = self._alert_items(rows)
        if "procedures" in wanted:
            found["procedures"] = self._procedure_items(rows)
        if "recall" in wanted:
            found["recall"] = self._recall_items(rows)
        if "requests" in wanted:
            found["requests"] = self._request_items(rows)
        return found

    def _age_text(self, row):
        born, today = row["birth_date"], fields.Date.context_today(self)
        if not born:
            return ""
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return self.env._("%s y", years)

    def _alert_items(self, rows):
        """The urgent note, and the active conditions that stop or warn, in one query."""
        texts = {}
        for patient, level, text in self._conditions([row["patient_id"] for row in rows]):
            texts.setdefault(patient, []).append((level, text))
        items = {}
        for row in rows:
            note = [("stop", row["medical_note"])] if row["medical_note"] else []
            found = note + texts.get(row["patient_id"], [])
            if found:
                level = "stop" if any(level == "stop" for level, _text in found) else "warn"
                text = ", ".join(text for _level, text in found)
                items[row["id"]] = {
                    "text": text,
                    "level": level,
                    "icon": "fa-exclamation-triangle",
                }
        return items

    def _conditions(self, patients):
        """Rows (patient id, alert level, name) of what stops or warns, in one query."""
        conditions = self.env["dental.condition"]
        if not conditions.has_access("read"):
            return []
        query = conditions._search(
            [
                ("patient_id", "in", patients),
                ("status", "=", "active"),
                ("type_id.alert_level", "in", ("stop", "warn")),
            ],
            order="id",
        )
        kind = query.left_join(query.table, "type_id", "dental_condition_type", "id", "type_id")
        columns = (
            SQL.identifier(query.table, "patient_id"),
            SQL.identifier(kind, "alert_level"),
            self.env["dental.condition.type"]._field_to_sql(kind, "name"),
        )
        return self.env.execute_query(query.select(*columns))

    def _procedure_items(self, rows):
        """What is to be done, the clinic's own codes with their teeth; else the kind of visit."""
        procedures = self.env["dental.procedure"].search_fetch(
            [("appointment_id", "in", [row["id"] for row in rows])],
            ["appointment_id", "code_id", "tooth"],
            order="sequence, id",
        )
        found = {}
        for procedure in procedures:
            site = procedure._site_label() if procedure.tooth else ""
            text = f"{procedure.code_id.name} {site}".strip()
            found.setdefault(procedure.appointment_id.id, []).append(text)
        return {row["id"]: {"text": ", ".join(found.get(row["id"], [row["type"]]))} for row in rows}

    def _recall_items(self, rows):
        """Patients whose recall is overdue."""
        overdue = self.env["dental.recall"]._read_group(
            [
                ("patient_id", "in", [row["patient_id"] for row in rows]),
                ("disabled", "=", False),
                ("due", "<", fields.Date.context_today(self)),
            ],
            ["patient_id"],
        )
        late = {patient.id for (patient,) in overdue}
        item = {"text": self.env._("recall overdue"), "level": "info", "icon": "fa-refresh"}
        return {row["id"]: item for row in rows if row["patient_id"] in late}

    def _request_items(self, rows):
        """Visits for which an x-ray, result or clearance is still awaited."""
        waiting = self.env["dental.request"]._read_group(
            [
                ("appointment_id", "in", [row["id"] for row in rows]),
                ("state", "in", ("to_ask", "asked")),
            ],
            ["appointment_id"],
            ["__count"],
        )
        return {
            visit.id: {
                "text": self.env._("%s awaited", count),
                "level": "warn",
                "icon": "fa-hourglass-half",
            }
            for visit, count in waiting
        }
