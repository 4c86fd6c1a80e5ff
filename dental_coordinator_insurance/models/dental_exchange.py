# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .. import x12

# Which model reads a kind of file; see `_import_exchange` there.
READERS = {
    "271": "dental.insurance.verification",
    "835": "dental.remittance",
    "277": "dental.claim.event",
    "277CA": "dental.claim.event",
    "999": "dental.claim.event",
    "997": "dental.claim.event",
    "TA1": "dental.claim.event",
}
KINDS = [
    ("837D", "Claims"),
    ("270", "Eligibility question"),
    ("271", "Eligibility answer"),
    ("276", "Claim status question"),
    ("277", "Claim status"),
    ("277CA", "Claim acknowledgment"),
    ("278", "Authorization"),
    ("835", "Remittance"),
    ("997", "File acknowledgment (997)"),
    ("999", "File acknowledgment"),
    ("TA1", "Interchange acknowledgment"),
]


class DentalExchange(models.Model):
    """One file from or to a payer: its bytes as they came, and what became of them."""

    _name = "dental.exchange"
    _inherit = ["dental.numbered.mixin", "dental.access.mixin"]
    _description = "File exchanged with a payer"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    direction = fields.Selection([("in", "In"), ("out", "Out")], required=True, readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    state = fields.Selection(
        [
            ("received", "Received"),
            ("read", "Read"),
            ("waiting", "Waits for a person"),
            ("refused", "Refused"),
            ("written", "Written"),
            ("acknowledged", "Acknowledged"),
            ("rejected", "Rejected"),
        ],
        required=True,
        readonly=True,
        default="received",
        index=True,
    )
    raw = fields.Binary(string="File", attachment=True, readonly=True, required=True)
    filename = fields.Char(readonly=True)
    size = fields.Integer(readonly=True, string="Bytes")
    sha256 = fields.Char(string="SHA-256", readonly=True, required=True)
    interchange_control = fields.Char(
        string="Interchange number", readonly=True, index="btree_not_null"
    )
    group_control = fields.Char(
        string="Group control number", readonly=True, index="btree_not_null"
    )
    reference = fields.Char(readonly=True, index="btree_not_null")
    test = fields.Boolean(string="Test file", readonly=True)
    segment = fields.Char(string="Refused at segment", readonly=True)
    position = fields.Integer(string="Segment number", readonly=True)
    error = fields.Text(string="Why it was refused", readonly=True)
    summary = fields.Text(string="In full", readonly=True)
    headline = fields.Char(compute="_compute_headline", string="What it said")
    user_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, readonly=True, string="By"
    )
    event_ids = fields.One2many("dental.claim.event", "exchange_id", string="Claims")
    verification_ids = fields.One2many("dental.insurance.verification", "exchange_id")
    precert_ids = fields.One2many("dental.precert", "exchange_id")
    remittance_ids = fields.One2many("dental.remittance", "exchange_id")

    _number_uniq = models.Constraint("UNIQUE (number)", "This exchange number is taken.")
    _file_once = models.Constraint(
        "UNIQUE (company_id, direction, sha256)",
        "This very file was imported before. Nothing was changed.",
    )
    _interchange_once = models.UniqueIndex(
        "(company_id, interchange_control) WHERE direction = 'out'",
        "This control number was used before.",
    )

    # Computes

    @api.depends("summary", "error")
    def _compute_headline(self):
        for exchange in self:
            exchange.headline = (exchange.error or exchange.summary or "").split("\n")[0]

    # CRUD

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        raise UserError(
            self.env._("Files exchanged with payers are kept; they prove what was said.")
        )

    # Actions

    def action_open(self):
        """The most useful screen for what became of this file."""
        if len(self.remittance_ids) == 1 and self.state != "refused":
            return self.remittance_ids.action_open()
        if len(self.verification_ids) == 1 and self.state != "refused":
            return self.verification_ids.action_open()
        return super().action_open()

    def action_download(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/raw/{self.filename}?download=true",
            "target": "download",
        }

    # Business

    def _access_patients(self):
        """Whom the file is about, as far as it was matched."""
        patients = self.event_ids.patient_id | self.verification_ids.patient_id
        return patients | self.precert_ids.patient_id

    def _record_reading(self):
        """A list of files names nobody: only the opening of one is logged."""
        return super()._record_reading() if len(self) == 1 else None

    @api.model
    def _receive(self, raw, filename="", **hints):
        """Keep a payer's file, then let the model read it that understands its kind.

        A file that cannot be used is kept all the same: its state is ``refused`` and ``error``
        names the segment, the reason and the remedy. Nothing else is then changed.

        :param raw: the bytes as they came
        :param hints: what a person knows beforehand, such as ``verification=record``
        :return: the exchange
        :raises UserError: when this very file was imported before
        """
        digest = hashlib.sha256(raw).hexdigest()
        self._check_received_before(digest)
        exchange = self.create(
            {
                "direction": "in",
                "company_id": self.env.company.id,
                "raw": base64.b64encode(raw),
                "filename": filename,
                "size": len(raw),
                "sha256": digest,
            }
        )
        exchange._read_file(raw, hints)
        return exchange

    @api.model
    def _issue(self, raw, kind, company, envelope, reference, route=None):
        """Keep a file written under an envelope, and put it where the payer's way leads.

        :param envelope: the :class:`x12.Envelope` that numbers it
        :param route: its way, none when files are handed over by hand
        """
        exchange = self._keep_written(
            raw,
            kind,
            company_id=company.id,
            reference=reference,
            interchange_control=f"{envelope.interchange_control:09}",
            group_control=str(envelope.group_control),
            test=envelope.test,
        )
        if route:
            route._send_file(exchange)
        return exchange

    @api.model
    def _keep_written(self, raw, kind, **vals):
        """Keep a file of ours, ready to be handed to the payer.

        :param vals: reference and control numbers
        """
        exchange = self.create(
            {
                "direction": "out",
                "state": "written",
                "kind": kind,
                "raw": base64.b64encode(raw),
                "size": len(raw),
                "sha256": hashlib.sha256(raw).hexdigest(),
                **vals,
            }
        )
        exchange.filename = f"{exchange.number.replace('/', '-')}.{kind.lower()}.edi"
        return exchange

    def _documents(self):
        """Claims, or predeterminations, written to this file, in their order."""
        claims = self.event_ids.filtered(lambda event: event.kind == "sent").claim_id
        return (claims or self.precert_ids).sorted("id")

    def _set_controls(self):
        """ST02 of each set that was written to this file."""
        count = max(1, -(-len(self._documents()) // x12.SETS))
        return [f"{number:04}" for number in range(1, count + 1)]

    def _documents_of_set(self, control):
        """Those that stand in one set of the file.

        :param control: ST02, counted from 1
        """
        first = (int(control) - 1) * x12.SETS if control.isdigit() else 0
        return self._documents()[first : first + x12.SETS]

    def _bytes(self):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).raw or b"")

    def _check_received_before(self, digest):
        before = self.sudo().search(
            [
                ("company_id", "=", self.env.company.id),
                ("direction", "=", "in"),
                ("sha256", "=", digest),
            ],
            limit=1,
        )
        if not before:
            return
        states = dict(self._fields["state"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "This file was imported before: %(number)s, %(date)s, by %(user)s, %(state)s. "
                "Nothing was changed. Open %(number)s to see what became of it.",
                number=before.number,
                date=format_date(self.env, before.create_date),
                user=before.user_id.name,
                state=states[before.state].lower(),
            )
        )

    def _read_file(self, raw, hints):
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                kinds = x12.kinds(raw)
                self.kind = kinds[0]
                state, said = self._read_kinds(raw, kinds, hints)
                self.write({"state": state, "summary": "\n".join(said)})
        except x12.X12Error as error:
            self._refuse(str(error), kind=self._sniff(raw), error=error)
        except UserError as error:
            self._refuse(str(error), kind=self._sniff(raw))

    def _read_kinds(self, raw, kinds, hints):
        """:return: (state of the exchange, list of sentences that say what was found)"""
        states, said = set(), []
        for kind in kinds:
            if kind not in READERS:
                names = dict(self._fields["kind"]._description_selection(self.env))
                raise x12.X12Error(
                    self.env._("a file of kind %s is not read here", names.get(kind, kind)),
                    "ST",
                    remedy=self.env._("Nothing was changed. Ask the sender what it is for."),
                )
            state, sentences = self.env[READERS[kind]]._import_exchange(self, kind, raw, hints)
            states.add(state)
            said += sentences
        return "waiting" if "waiting" in states else "read", said

    def _refuse(self, text, kind=False, error=None):
        self.write(
            {
                "state": "refused",
                "kind": kind,
                "error": text,
                "segment": error.segment if error else False,
                "position": error.position if error else 0,
            }
        )

    @api.model
    def _sniff(self, raw):
        try:
            return x12.sniff(raw)
        except x12.X12Error:
            return False
