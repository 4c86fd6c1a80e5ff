# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..book import filling
from .dental_appointment_status import WITHOUT_PLACE

# When the first visit that a piece was kept for was booked, of many pieces at once. Visits are
# brought to their resources first: pieces then meet those of their own chair or person only.
BOOKED = """
    WITH seat AS (
        SELECT visit.id, visit.type_id, visit.create_date, event.start, event.stop, held.resource_id
          FROM calendar_event event
          JOIN dental_appointment visit ON visit.event_id = event.id
         CROSS JOIN LATERAL (
               SELECT resource_id FROM dental_operatory WHERE id = visit.operatory_id
                UNION
               SELECT resource_id FROM dental_provider WHERE id = visit.provider_id) held
         WHERE event.start >= %(since)s AND event.start < %(now)s
           AND (visit.status NOT IN %(away)s OR visit.status = 'missed')
           AND held.resource_id = ANY(%(resources)s))
    SELECT piece.place, min(COALESCE(
               (SELECT min(log.at) FROM dental_visit_event log
                 WHERE log.appointment_id = seat.id AND log.status IN ('held', 'scheduled')),
               seat.create_date))
      FROM unnest(%(blockouts)s::int[], %(resources)s::int[], %(starts)s::timestamp[],
                  %(stops)s::timestamp[])
           WITH ORDINALITY AS piece(blockout, resource, start, stop, place)
      JOIN seat ON seat.resource_id = piece.resource
                AND seat.start < piece.stop AND seat.stop > piece.start
     WHERE seat.type_id IN (SELECT dental_appointment_type_id
                              FROM dental_appointment_type_dental_blockout_rel
                             WHERE dental_blockout_id = piece.blockout)
        OR NOT EXISTS (SELECT FROM dental_appointment_type_dental_blockout_rel
                        WHERE dental_blockout_id = piece.blockout)
     GROUP BY piece.place
"""


class DentalBlockout(models.Model):
    """How often kept time filled so far: counted each night, shown wherever it is offered."""

    _inherit = "dental.blockout"

    past_pieces = fields.Integer(readonly=True, copy=False, string="Past times")
    filled_pieces = fields.Integer(readonly=True, copy=False, string="Of these filled")
    opens_best = fields.Integer(readonly=True, copy=False, string="Suggested hours")
    filling = fields.Char(compute="_compute_filling", string="Fills")

    # Computes

    @api.depends("past_pieces", "filled_pieces", "opens_best", "kind")
    def _compute_filling(self):
        for blockout in self:
            blockout.filling = blockout.kind == "template" and blockout._word_filling()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        blockouts = super().create(vals_list)
        blockouts._count_filling()
        return blockouts

    def write(self, vals):
        result = super().write(vals)
        if (self._holding_fields() | {"type_ids"}) & vals.keys():
            self._count_filling()
        return result

    # Actions

    def action_open_as_suggested(self):
        """Open to every kind of visit as early as the past says that it loses little."""
        for blockout in self.filtered("opens_best"):
            blockout.release_ids = [fields.Command.create({"hours": blockout.opens_best})]
        return True

    # Business

    @api.model
    def _cron_count_filling(self):
        """Count all kept time anew, a day having passed."""
        self.search([("kind", "=", "template")])._count_filling()

    def _count_filling(self):
        """Count the past pieces of these, as far back as the clinic says, and those that filled."""
        now = fields.Datetime.now()
        for company, blockouts in self._kept_now().grouped("company_id").items():
            since = now - timedelta(weeks=company.dental_filling_weeks)
            pieces = blockouts.sudo()._past_pieces(since, now)
            for blockout in blockouts.sudo():
                own = pieces.get(blockout.id, [])
                blockout.write(
                    {
                        "past_pieces": len(own),
                        "filled_pieces": filling.filled(own),
                        "opens_best": filling.opens_best(own) or 0,
                    }
                )

    def _kept_now(self):
        return self.filtered(lambda one: one.kind == "template" and one.active)

    def _past_pieces(self, since, now):
        """{blockout id: [filling.Piece]} of what is over, in two queries."""
        rows = self._load(self.resource_ids, since, now, ("template",))
        past = [
            (row["id"], piece)
            for row in rows
            if row["id"] in self._ids
            for piece in self._pieces(row, since, now)
            if since <= piece.start and piece.stop <= now
        ]
        booked = self._booked(past, since, now) if past else {}
        found = {}
        for place, (blockout, piece) in enumerate(past, 1):
            one = filling.Piece(piece.start, booked.get(place))
            found.setdefault(blockout, []).append(one)
        return found

    @api.model
    def _booked(self, past, since, now):
        """{place in ``past``, from 1: when the first of its own visits was booked}"""
        for model in ("dental.appointment", "calendar.event", "dental.visit.event"):
            self.env[model].flush_model()
        query = SQL(
            BOOKED,
            blockouts=[blockout for blockout, _piece in past],
            resources=[piece.resource for _blockout, piece in past],
            starts=[piece.start for _blockout, piece in past],
            stops=[piece.stop for _blockout, piece in past],
            # A visit that began before its piece is no longer than a day.
            since=since - timedelta(days=1),
            now=now,
            away=WITHOUT_PLACE,
        )
        return dict(self.env.execute_query(query))

    def _word_filling(self):
        values = {
            "filled": self.filled_pieces,
            "pieces": self.past_pieces,
            "weeks": self.company_id.dental_filling_weeks,
        }
        if self.past_pieces < filling.ENOUGH:
            return self.env._(
                "%(pieces)s past times in %(weeks)s weeks: too few to say how often it fills.",
                **values,
            )
        told = self.env._(
            "%(filled)s of %(pieces)s times in %(weeks)s weeks (%(percent)s %%).",
            percent=round(100 * self.filled_pieces / self.past_pieces),
            **values,
        )
        if not self.opens_best:
            return told
        return " ".join(
            [
                told,
                self.env._(
                    "What is empty %s hours before has hardly ever filled later.", self.opens_best
                ),
            ]
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    dental_filling_weeks = fields.Integer(
        string="Kept time is counted back (weeks)",
        default=26,
        required=True,
        help="How far back it is counted how often time that is kept has filled.",
    )

    _dental_filling_weeks = models.Constraint(
        "CHECK (dental_filling_weeks BETWEEN 1 AND 260)",
        "Kept time is counted back for 1 to 260 weeks.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    dental_filling_weeks = fields.Integer(related="company_id.dental_filling_weeks", readonly=False)
