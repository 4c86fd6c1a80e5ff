# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.http import request
from odoo.tools import SQL

from .append_only import make_append_only

# Each row's hash covers the row and the hash before it: a changed, removed or inserted
# row breaks the chain from there on. The database computes it and refuses every change.
CHAIN = """
CREATE OR REPLACE FUNCTION dental_access_hash(line dental_access_log) RETURNS varchar AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        line.previous_hash, line.at, line.user_id, line.patient_key, line.action, line.model,
        line.res_id, line.reason, line.ip, line.company_id)::text, 'UTF8')), 'hex')
$$ LANGUAGE sql IMMUTABLE;

CREATE OR REPLACE FUNCTION dental_access_chain() RETURNS trigger AS $$
BEGIN
    SELECT hash INTO NEW.previous_hash FROM dental_access_log ORDER BY id DESC LIMIT 1;
    NEW.at := date_trunc('second', clock_timestamp() AT TIME ZONE 'UTC');
    NEW.hash := dental_access_hash(NEW);
    RETURN NEW;
END $$ LANGUAGE plpgsql;

CREATE OR REPLACE TRIGGER dental_access_chain BEFORE INSERT ON dental_access_log
    FOR EACH ROW EXECUTE FUNCTION dental_access_chain();
"""


class DentalAccessLog(models.Model):
    """Who opened, printed, exported or sent what of which patient. Holds no clinical value."""

    _name = "dental.access.log"
    _description = "Access to patient files"
    _order = "id desc"
    _log_access = False
    _allow_sudo_commands = False

    at = fields.Datetime(readonly=True)
    user_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    # No foreign key: a line outlives the transaction that was rolled back.
    patient_key = fields.Integer(readonly=True, index=True)
    patient_id = fields.Many2one(
        "dental.patient", compute="_compute_patient_id", search="_search_patient_id"
    )
    company_id = fields.Many2one("res.company", readonly=True, ondelete="restrict", index=True)
    action = fields.Selection(
        [
            ("open", "Opened"),
            ("list", "Seen in a list"),
            ("print", "Printed"),
            ("export", "Exported"),
            ("send", "Sent"),
            ("file", "File opened"),
            ("portal", "Seen on the portal"),
            ("break_glass", "Restricted file opened"),
        ],
        readonly=True,
    )
    model = fields.Char(readonly=True)
    res_id = fields.Integer(readonly=True)
    reason = fields.Char(readonly=True)
    ip = fields.Char(string="Address", readonly=True)
    previous_hash = fields.Char(readonly=True)
    hash = fields.Char(readonly=True)

    _patient_at = models.Index("(patient_key, at)")
    _user_open = models.Index("(user_id, id) WHERE action = 'open'")

    def init(self):
        self.env.cr.execute(CHAIN)
        make_append_only(self.env.cr, self._table)

    # Computes

    def _compute_patient_id(self):
        existing = self.env["dental.patient"].browse(set(self.mapped("patient_key"))).exists()
        for line in self:
            line.patient_id = existing.filtered(lambda p, key=line.patient_key: p.id == key)

    def _search_patient_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("patient_key", "in", list(value))]

    # Actions

    def action_verify(self):
        """Tell the privacy officer whether the log is whole."""
        self.check_access("read")
        broken = self._first_broken()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if broken else "success",
                "sticky": bool(broken),
                "message": self.env._("The log was changed at line %s.", broken)
                if broken
                else self.env._("The log is whole: every line follows from the one before."),
            },
        }

    # Business

    @api.model
    def _record(self, patients, action, model=None, res_id=None, reason=None, minutes=1):
        """Write one line a patient, at once and for good, through a cursor of its own.

        The line stays when the caller's transaction is rolled back.

        :param minutes: the same reading within them is one line
        """
        # What it says of the patients is read before the log is locked.
        seen = {patient.id: patient.company_id.id for patient in patients}
        if seen and minutes > 1:
            # A board that is refreshed all day: look first, so as not to lock the log each time.
            seen = self._not_recorded(seen, action, model, minutes)
        self._record_seen(seen, action, model, res_id, reason, minutes)

    @api.model
    def _record_seen(self, seen, action, model=None, res_id=None, reason=None, minutes=1):
        """The same for patients whose clinic is known: ``seen`` is {patient id: company id}."""
        if not seen:
            return
        query = self._insert_query(seen, action, model, res_id, reason, minutes)
        with self.env.registry.cursor() as cr:
            # Before any query: the chain needs the newest row, not this transaction's snapshot.
            cr.execute("LOCK TABLE dental_access_log IN SHARE ROW EXCLUSIVE MODE")
            cr.execute(query)

    def _not_recorded(self, seen, action, model, minutes):
        """Those of ``seen`` of whom the present user's reading is not in the log yet."""
        query = SQL(
            """
            SELECT DISTINCT patient_key FROM dental_access_log
             WHERE patient_key = ANY(%s) AND user_id = %s AND action = %s AND model = %s
               AND at > clock_timestamp() AT TIME ZONE 'UTC' - %s * interval '1 minute'
            """,
            list(seen),
            self.env.uid,
            action,
            model,
            minutes,
        )
        recorded = {key for (key,) in self.env.execute_query(query)}
        return {key: company for key, company in seen.items() if key not in recorded}

    def _insert_query(self, seen, action, model, res_id, reason, minutes):
        return SQL(
            """
            INSERT INTO dental_access_log
                (user_id, patient_key, company_id, action, model, res_id, reason, ip)
            SELECT %(uid)s, key, company, %(action)s, %(model)s, %(res_id)s, %(reason)s, %(ip)s
              FROM unnest(%(keys)s, %(companies)s) AS read(key, company)
             WHERE NOT EXISTS (
                SELECT 1 FROM dental_access_log same
                 WHERE same.patient_key = key AND same.user_id = %(uid)s
                   AND same.action = %(action)s
                   AND same.model IS NOT DISTINCT FROM %(model)s::varchar
                   AND same.res_id IS NOT DISTINCT FROM %(res_id)s::integer
                   AND same.reason IS NOT DISTINCT FROM %(reason)s::varchar
                   AND same.at > clock_timestamp() AT TIME ZONE 'UTC'
                              - %(minutes)s * interval '1 minute')
            """,
            minutes=minutes,
            keys=list(seen),
            companies=list(seen.values()),
            uid=self.env.uid,
            action=action,
            model=model,
            res_id=res_id,
            reason=reason,
            ip=self._client_address(),
        )

    @api.model
    def _last_opened(self, limit, looked_at=300):
        """Ids of the files that the user opened last, the newest first.

        :param looked_at: lines of the log that are looked at, so that a busy year costs nothing
        """
        query = SQL(
            """
            SELECT patient_key
              FROM (SELECT id, patient_key FROM dental_access_log
                     WHERE user_id = %s AND action = 'open' ORDER BY id DESC LIMIT %s) opened
             GROUP BY patient_key ORDER BY max(id) DESC LIMIT %s
            """,
            self.env.uid,
            looked_at,
            limit,
        )
        return [key for (key,) in self.env.execute_query(query)]

    @api.model
    def _client_address(self):
        return request.httprequest.remote_addr if request else None

    @api.model
    def _first_broken(self):
        """Id of the first line that does not follow from the one before it, or None."""
        self.env.cr.execute(
            """
            SELECT id FROM (
                SELECT log.*, dental_access_hash(log) AS expected,
                       lag(hash) OVER (ORDER BY id) AS before,
                       row_number() OVER (ORDER BY id) AS position
                  FROM dental_access_log log) checked
             WHERE hash <> expected OR (position > 1 AND previous_hash IS DISTINCT FROM before)
             ORDER BY id LIMIT 1
            """
        )
        row = self.env.cr.fetchone()
        return row and row[0]
