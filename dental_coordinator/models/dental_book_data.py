# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..book import local, spans
from .time_rights import MOVE, RESIZE

VIEW = (
    "id", "name", "user_id", "function_key", "layout", "slot_minutes", "start_rule", "start_hour",
    "stop_hour", "only_used", "privacy", "peek",
)  # fmt: skip


class DentalBook(models.AbstractModel):
    """The screen of the book: one request fills a day of chairs or a week of a provider."""

    _inherit = "dental.book"

    @api.model
    @api.readonly
    def data(self, day=None, view_id=None, layout=None, provider_id=None):
        """Everything the screen shows.

        :param day: date as text; today if not given
        :param view_id: the saved view; the first one if not given or gone
        :param layout: ``day`` or ``week`` instead of the view's own
        :param provider_id: whose week
        :return: {zone, now, today, day, layout, view, views, chairs, providers, provider_id,
            days: [{day, start, stop, closed, notes}], columns: see `_columns`, open: {resource id:
            spans of each day}, blockouts, visits and tray: cards, late_minutes, production,
            may_book, may_move, may_resize}; moments are naive UTC
        """
        self.env["dental.book.view"].check_access("read")
        zone = self._zone()
        views = self._saved_views()
        view = next((view for view in views if view["id"] == view_id), views[0])
        layout = layout or view["layout"]
        day = fields.Date.to_date(day) or local.day_of(fields.Datetime.now(), zone)
        days = self._days(day, layout)
        day_spans = [local.day_span(each, zone) for each in days]
        start, stop = day_spans[0][0], day_spans[-1][1]
        timetables, closed = self._timetables(start, stop)
        rows = self._visits(start, stop)
        self._record_reading(rows)
        frame = self._frame(view, layout, timetables, provider_id)
        cards = self._cards(rows, view["items"])
        return {
            **frame,
            "zone": zone.key,
            "views": [{key: each[key] for key in ("id", "name", "function_key")} for each in views],
            "day": fields.Date.to_string(day),
            "days": self._prepare_days(days, day_spans, closed),
            "columns": self._columns(frame, days, day_spans, rows),
            "open": {
                row["resource_id"]: [spans.clipped(row["open"], *day) for day in day_spans]
                for row in timetables
            },
            "blockouts": self._blockouts(timetables, start, stop),
            "visits": [card for card in cards if not card["in_tray"]],
            "tray": [card for card in cards if card["in_tray"]],
            "production": self._production(rows, timetables, day_spans),
        }

    # Business

    def _zone(self):
        return self.env["dental.today"]._zone()

    def _days(self, day, layout):
        """Local dates that the screen shows: a day, or the week of it from the language's first
        weekday on."""
        if layout != "week":
            return [day]
        first = int(self.env["res.lang"]._get_data(code=self.env.user.lang or "en_US").week_start)
        begin = day - timedelta(days=(day.isoweekday() - first) % 7)
        return [begin + timedelta(days=n) for n in range(7)]

    def _record_reading(self, rows):
        """A book that stays on the screen is one look an hour, however often it is refreshed."""
        seen = {row["patient_id"]: row["company_id"] for row in rows if row["readable"]}
        self.env["dental.access.log"]._record_seen(seen, "list", model=self._name, minutes=60)

    def _saved_views(self):
        """Views of the user and of everybody, as dicts, in one query; at least a bare one."""
        views = self.env["dental.book.view"]
        query = views._search([("user_id", "in", (False, self.env.uid))], order=views._order)
        table = SQL.identifier(query.table, "id")
        related = (
            SQL(
                "ARRAY(SELECT operatory_id FROM dental_book_view_operatory_rel WHERE view_id = %s)",
                table,
            ),
            SQL(
                "ARRAY(SELECT provider_id FROM dental_book_view_provider_rel WHERE view_id = %s)",
                table,
            ),
            SQL(
                "ARRAY(SELECT item.key FROM dental_book_view_item_rel rel"
                " JOIN dental_book_item item ON item.id = rel.item_id"
                " WHERE rel.view_id = %s ORDER BY item.sequence, item.id)",
                table,
            ),
        )
        columns = [views._field_to_sql(query.table, name, query) for name in VIEW]
        rows = self.env.execute_query(query.select(*columns, *related))
        names = (*VIEW, "chairs", "providers", "items")
        return [dict(zip(names, row, strict=True)) for row in rows] or [self._bare_view()]

    def _bare_view(self):
        """What is shown where somebody removed every view."""
        view = self.env["dental.book.view"].new({"name": self.env._("Book"), "user_id": False})
        return {
            **{name: view[name] for name in VIEW if name not in ("id", "user_id")},
            "id": False,
            "user_id": False,
            "chairs": [],
            "providers": [],
            "items": ["type", "alerts", "new", "note"],
        }

    def _frame(self, view, layout, timetables, provider_id):
        company = self.env.company
        chairs = [row for row in timetables if row["kind"] == "chair"]
        providers = [row for row in timetables if row["kind"] in ("dentist", "hygienist")]
        providers = [p for p in providers if not view["providers"] or p["id"] in view["providers"]]
        known = [provider["id"] for provider in providers]
        may_book = self.env["dental.appointment"].has_access("create")
        rooms = self.env["dental.operatory"]._group_rooms()
        return {
            "now": fields.Datetime.now(),
            "today": fields.Date.to_string(self.env["dental.today"]._day()),
            "layout": layout,
            "view": view,
            "chairs": [
                {**self._short(row), "capacity": rooms.get(row["resource_id"], 1)} for row in chairs
            ],
            "providers": [self._short(row) for row in timetables if row["kind"] != "chair"],
            "week_of": [self._short(row) for row in providers],
            "provider_id": provider_id if provider_id in known else (known or [False])[0],
            "late_minutes": company.dental_late_minutes,
            "may_book": may_book,
            "may_move": may_book and self.env.user.has_group(MOVE),
            "may_resize": may_book and self.env.user.has_group(RESIZE),
        }

    def _short(self, row):
        return {key: row[key] for key in ("id", "name", "resource_id", "color", "kind")}

    def _columns(self, frame, days, day_spans, rows):
        """Columns of the screen: the chairs of a day, or the days of a provider's week.

        :return: list of {key, name, day: place in `days`, chair_id or None, provider_id or None
            (of a chair: who works there), resource_id}
        """
        if frame["layout"] == "week":
            person = next((p for p in frame["week_of"] if p["id"] == frame["provider_id"]), None)
            return [
                {
                    "key": f"day{place}",
                    "day": place,
                    "chair_id": None,
                    "provider_id": person and person["id"],
                    "resource_id": person and person["resource_id"],
                }
                for place in range(len(days))
            ]
        wanted = frame["view"]["chairs"]
        there = self._who_is_where(rows)
        return [
            {
                "key": f"chair{chair['id']}",
                "day": 0,
                "name": chair["name"],
                "chair_id": chair["id"],
                "provider_id": there.get(chair["id"]),
                "resource_id": chair["resource_id"],
            }
            for chair in frame["chairs"]
            if not wanted or chair["id"] in wanted
        ]

    def _who_is_where(self, rows):
        """{chair id: the provider with most visits there}"""
        counted = Counter(
            (row["chair_id"], row["provider_id"])
            for row in rows
            if row["readable"] and not row["in_tray"]
        )
        there = {}
        for (chair, provider), _count in counted.most_common():
            there.setdefault(chair, provider)
        return there

    def _blockouts(self, timetables, start, stop):
        resources = self.env["resource.resource"].browse(row["resource_id"] for row in timetables)
        return self.env["dental.blockout"]._drawn(resources, start, stop)

    def _prepare_days(self, days, day_spans, closed):
        """Each day with what closes the clinic, and its notes."""
        notes = self._notes(days)
        return [
            {
                "day": fields.Date.to_string(day),
                "start": start,
                "stop": stop,
                "closed": sorted(
                    {text for begin, end, text in closed if begin < stop and end > start}
                ),
                "notes": notes[day],
            }
            for day, (start, stop) in zip(days, day_spans, strict=True)
        ]

    def _notes(self, days):
        """{day: notes of it}; what is to do and was not done stands on today as well."""
        notes = self.env["dental.book.note"]
        today = self.env["dental.today"]._day()
        domain = [("day", ">=", days[0]), ("day", "<=", days[-1])]
        if today in days:
            left = [("todo", "=", True), ("done", "!=", True), ("day", "<", today)]
            domain = ["|", "&", *domain, "&", "&", *left]
        query = notes._search(domain, order=notes._order)
        patient = query.left_join(query.table, "patient_id", "dental_patient", "id", "patient_id")
        names = ("id", "day", "text", "todo", "done", "start", "operatory_id", "patient_id")
        rows = self.env.execute_query(
            query.select(
                *(SQL.identifier(query.table, name) for name in names),
                SQL.identifier(patient, "first_name"),
                SQL.identifier(patient, "last_name"),
            )
        )
        found = {day: [] for day in days}
        for row in rows:
            note = dict(zip((*names, "first", "last"), row, strict=True))
            place = (
                note["day"] if note["day"] in found and not self._is_left(note, today) else today
            )
            found[place].append(self._prepare_note(note, place))
        return found

    def _is_left(self, note, today):
        return note["todo"] and not note["done"] and note["day"] < today

    def _prepare_note(self, note, shown_on):
        return {
            "id": note["id"],
            "text": note["text"],
            "todo": bool(note["todo"]),
            "done": bool(note["done"]),
            "start": note["start"],
            "chair_id": note["operatory_id"],
            "patient_id": note["patient_id"],
            "patient": note["first"] and f"{note['first']} {note['last']}",
            "since": note["day"] != shown_on and fields.Date.to_string(note["day"]),
        }

    def _production(self, rows, timetables, day_spans):
        """What the shown days bring in, for those who may know. Addons that know fees answer.

        :return: list of {label, text, level: warn where it falls short} or an empty list
        """
        return []
