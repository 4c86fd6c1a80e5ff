# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models

# Misses from one address within so many minutes, after which it has to wait.
MISSES = 20
WITHIN = 10


class DentalLink(models.Model):
    """A way in for somebody without a login: for one person and one purpose, and for a time. It
    works once, but that to tell when one is here, which is good until the visit is over.

    Only the hash of the secret is kept, so that whoever reads the table opens nothing.
    """

    _name = "dental.link"
    _inherit = ["dental.numbered.mixin", "dental.patient.mixin"]
    _description = "One-time link"
    _order = "id desc"

    token_hash = fields.Char(required=True, readonly=True, copy=False, groups="base.group_system")
    purpose = fields.Selection(
        [
            ("visit", "Confirm a visit"),
            ("arrive", "Tell when here"),
            ("offer", "Take a free time"),
            ("stop", "Send no more"),
        ],
        required=True,
        readonly=True,
    )
    appointment_id = fields.Many2one(
        "dental.appointment", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    expires_at = fields.Datetime(required=True, readonly=True, string="Expires at")
    viewed_at = fields.Datetime(readonly=True, string="Viewed at")
    used_at = fields.Datetime(readonly=True, string="Used at")
    answer = fields.Char(readonly=True)
    revoked_at = fields.Datetime(readonly=True, string="Revoked at")

    _token_uniq = models.Constraint("UNIQUE (token_hash)", "This link exists already.")

    # Actions

    def action_revoke(self):
        """The link opens nothing any more."""
        self.check_access("read")
        return self.sudo()._revoke()

    # Business

    def _revoke(self):
        return self.filtered(lambda link: not link.revoked_at).write(
            {"revoked_at": fields.Datetime.now()}
        )

    @api.model
    def _make(self, purpose, patient, expires_at, **vals):
        """A new link.

        :return: (record, address); the address is told once and cannot be read back
        """
        token = secrets.token_urlsafe(32)
        link = self.sudo().create(
            {
                "token_hash": self._hash(token),
                "purpose": purpose,
                "patient_id": patient.id,
                "expires_at": expires_at,
                **vals,
            }
        )
        return link, f"{self.get_base_url()}/dental/l/{token}"

    @api.model
    def _hash(self, token):
        return hashlib.sha256(token.encode()).hexdigest()

    @api.model
    def _find(self, token):
        """The link of a secret, whatever has become of it; none for a wrong one."""
        return self.sudo().search([("token_hash", "=", self._hash(token or ""))], limit=1)

    def _is_open(self):
        return self._is_valid() and not self.used_at

    def _is_valid(self):
        """Whether whoever holds it, used or not, may still be told what it was about."""
        return bool(self) and not self.revoked_at and self.expires_at > fields.Datetime.now()

    def _use(self, answer):
        """Let the link be used once, by whoever comes first.

        :return: whether it was this time
        """
        self.ensure_one()
        self.lock_for_update()
        self.invalidate_recordset(["used_at", "revoked_at"])
        if not self._is_open():
            return False
        self.write({"used_at": fields.Datetime.now(), "answer": answer})
        return True


class DentalLinkMiss(models.Model):
    """Wrong secrets by address, so that nobody tries them by the thousand."""

    _name = "dental.link.miss"
    _description = "Wrong one-time link"
    _log_access = False

    address = fields.Char(required=True, index=True)
    at = fields.Datetime(required=True, default=fields.Datetime.now)

    @api.model
    def _hash(self, address):
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        return hashlib.sha256(f"{secret}{address}".encode()).hexdigest()

    @api.model
    def _count(self, address):
        """Take note of a miss."""
        self.sudo().create({"address": self._hash(address)})

    @api.model
    def _must_wait(self, address):
        since = fields.Datetime.now() - timedelta(minutes=WITHIN)
        domain = [("address", "=", self._hash(address)), ("at", ">", since)]
        return self.sudo().search_count(domain, limit=MISSES) >= MISSES

    @api.autovacuum
    def _gc_misses(self):
        old = fields.Datetime.now() - timedelta(days=1)
        self.sudo().search([("at", "<", old)]).unlink()
