# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

# A tablet at the door that is asked to guess is stopped for a while.
MISSES, MINUTES = 8, 10


class DentalDevice(models.Model):
    """A screen without a login: the hall screen, or the tablet at which patients check in.

    It knows one link, of which only the hash is kept: for one purpose, until it is revoked.
    """

    _name = "dental.device"
    _description = "Screen without a login"
    _order = "name, id"

    name = fields.Char(required=True, help="Where it stands: hall, entrance.")
    kind = fields.Selection(
        [("hall", "Hall screen"), ("kiosk", "Check-in tablet")], required=True, default="hall"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    state = fields.Selection(
        [("new", "Not paired"), ("paired", "Paired"), ("revoked", "Revoked")],
        compute="_compute_state",
    )
    token_hash = fields.Char(readonly=True, copy=False, groups="base.group_system", index=True)
    paired_at = fields.Datetime(readonly=True, copy=False, string="Paired at")
    paired_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict", string="Paired by"
    )
    expires_at = fields.Datetime(
        readonly=True, copy=False, help="Pair it again before then.", string="Expires at"
    )
    revoked_at = fields.Datetime(readonly=True, copy=False, string="Revoked at")
    misses = fields.Integer(readonly=True, copy=False, help="Tries in a row that found nobody.")
    missed_at = fields.Datetime(readonly=True, copy=False)

    _token_uniq = models.UniqueIndex(
        "(token_hash) WHERE token_hash IS NOT NULL", "Pair the screen again."
    )

    # Computes

    @api.depends("paired_at", "revoked_at", "expires_at")
    def _compute_state(self):
        for device in self:
            over = device.expires_at and device.expires_at < fields.Datetime.now()
            if device.revoked_at or over:
                device.state = "revoked"
            else:
                device.state = "paired" if device.paired_at else "new"

    # Actions

    def action_pair(self):
        """Make a new link, which is shown once; an older one stops to work.

        :return: the action that shows it
        """
        self.ensure_one()
        self.check_access("write")
        token = secrets.token_urlsafe(32)
        now = fields.Datetime.now()
        self.sudo().write(
            {
                "token_hash": self._hash(token),
                "paired_at": now,
                "paired_by_id": self.env.uid,
                "expires_at": now + timedelta(days=365),
                "revoked_at": False,
                "misses": 0,
            }
        )
        # The form that shows it is never saved: nothing keeps the link itself.
        url = f"{self.get_base_url()}/dental/{self.kind}/{token}"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link of %s", self.name),
            "res_model": "dental.device.link",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_url": url, "default_device_id": self.id},
        }

    def action_revoke(self):
        """The link stops to work at once."""
        self.check_access("write")
        self.sudo().write({"token_hash": False, "revoked_at": fields.Datetime.now()})
        return True

    # Business

    @api.model
    def _hash(self, token):
        return hashlib.sha256((token or "").encode()).hexdigest()

    @api.model
    def _by_token(self, token, kind):
        """The paired screen of a link (as superuser), or none: revoked, over, of another kind."""
        device = self.sudo().search([("token_hash", "=", self._hash(token)), ("kind", "=", kind)])
        return device if device.state == "paired" else device.browse()

    def _is_blocked(self):
        """Whether the tablet found nobody so often of late that it has to wait."""
        since = fields.Datetime.now() - timedelta(minutes=MINUTES)
        return self.misses >= MISSES and self.missed_at and self.missed_at > since

    def _note_miss(self):
        """Count a try at the tablet that found nobody.

        Only who checks in starts the count anew, which he does once: who merely finds his own visit
        between two guesses would guess on and on.
        """
        since = fields.Datetime.now() - timedelta(minutes=MINUTES)
        again = self.missed_at and self.missed_at > since
        self.write(
            {"misses": (self.misses if again else 0) + 1, "missed_at": fields.Datetime.now()}
        )

    def _calls(self):
        """What the hall screen shows: labels, never names, newest call first.

        :return: list of {label, room, at}
        """
        self.ensure_one()
        if self.kind != "hall":
            raise UserError(self.env._("%s is no hall screen.", self.name))
        since = fields.Datetime.now() - timedelta(minutes=self.company_id.dental_hall_minutes)
        visits = self.env["dental.appointment"].sudo()
        called = visits.search(
            [
                ("company_id", "=", self.company_id.id),
                ("called_at", ">=", since),
                ("status", "in", ("arrived", "seated")),
            ],
            order="called_at desc, id",
            limit=8,
        )
        return [
            {
                "label": visit._hall_label(),
                "room": visit.operatory_id.code or visit.operatory_id.name,
                "at": fields.Datetime.to_string(visit.called_at),
            }
            for visit in called
        ]
