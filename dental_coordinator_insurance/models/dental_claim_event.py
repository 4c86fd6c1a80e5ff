# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .. import x12

KINDS = [
    ("made", "Made"),
    ("sent", "Sent"),
    ("TA1", "Interchange acknowledgment"),
    ("999", "File acknowledgment"),
    ("277CA", "Claim acknowledgment"),
    ("835", "Remittance"),
    ("276", "Status asked"),
    ("277", "Status told"),
    ("decision", "Decision"),
    ("appeal", "Appeal"),
    ("follow_up", "Follow-up"),
    ("note", "Note"),
]


class DentalClaimEvent(models.Model):
    """One thing that happened to a claim: made, sent, acknowledged, paid, decided."""

    _name = "dental.claim.event"
    _inherit = "dental.patient.mixin"
    _description = "Event of a claim"
    _order = "at desc, id desc"

    claim_id = fields.Many2one("dental.claim", required=True, ondelete="cascade", index=True)
    patient_id = fields.Many2one(
        related="claim_id.patient_id", store=True, index=True, precompute=True, required=True
    )
    company_id = fields.Many2one(
        related="patient_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(KINDS, required=True)
    verdict = fields.Selection([("accepted", "Accepted"), ("rejected", "Rejected")])
    text = fields.Char(required=True)
    at = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", default=lambda self: self.env.user)
    exchange_id = fields.Many2one(
        "dental.exchange",
        string="File",
        ondelete="restrict",
        index="btree_not_null",
        groups="dental_coordinator.group_billing",
    )

    # Reading acknowledgments

    @api.model
    def _import_exchange(self, exchange, kind, raw, hints):
        """Put an acknowledgment on the claims it speaks of.

        :return: (state of the exchange, sentences that say what was found)
        :raises x12.X12Error: when the file cannot be used, or speaks of no file of ours
        """
        readers = {
            "999": self._read_999,
            "997": self._read_999,
            "TA1": self._read_ta1,
            "277CA": self._read_277ca,
        }
        return "read", readers[kind](exchange, raw)

    def _read_ta1(self, exchange, raw):
        said = []
        for ack in x12.read_ta1(raw):
            sent = self._sent_file(exchange, "interchange_control", ack.control.zfill(9), "TA1")
            text = ack.text or self.env._("Received")
            self._acknowledge_file(exchange, sent, "TA1", ack.accepted, text)
            said.append(f"{sent.number}: {text}")
        return said

    def _read_999(self, exchange, raw):
        said = []
        for group in x12.read_999(raw):
            sent = self._sent_file(exchange, "group_control", group.group_control, "AK1")
            listed = {one.control.lstrip("0"): one for one in group.sets}
            refused = False
            for control in sent._set_controls():
                accepted, text = self._set_verdict(group, listed.get(control.lstrip("0")))
                documents = sent._documents_of_set(control)
                self._acknowledge(documents, sent, "999", accepted, text, exchange)
                refused |= not accepted
                said.append(f"{sent.number}, {control}: {text}")
            sent.state = "rejected" if refused else "acknowledged"
        return said

    def _set_verdict(self, group, one):
        """(accepted, text) of one set. A group that was refused takes all of its sets with it,
        and a set that is not listed has the group's verdict: a 997 may list the refused ones only.

        :param one: what is said of the set, None when it is not listed
        """
        taken = group.code in ("A", "E", "P")
        if one and one.verdict and (taken or not one.accepted):
            return one.accepted, self._set_text(one)
        return taken, self.env._("Group accepted") if taken else self.env._("Group refused")

    def _read_277ca(self, exchange, raw):
        said = []
        for report in x12.read_277ca(raw):
            known = self._by_number(exchange, [one.claim_number for one in report.claims])
            sent = self._file_of_batch(exchange, report)
            for level in report.claims:
                claim = known.get(level.claim_number)
                if not claim:
                    said.append(self.env._("%s is no claim of ours", level.claim_number))
                    continue
                text = self._level_text(level)
                if level.payer_number:
                    claim.payer_number = level.payer_number
                self._acknowledge_claim(claim, sent, level.verdict, text, exchange)
                said.append(f"{claim.number}: {text}")
            said += self._refuse_batch(exchange, report, sent, known)
        return said

    def _acknowledge_claim(self, claim, sent, verdict, text, exchange):
        """:param verdict: empty when it is neither taken nor refused, such as not found"""
        if verdict:
            file = sent or claim.sudo().exchange_id
            self._acknowledge(claim, file, "277CA", verdict == "accepted", text, exchange)
            return
        claim._note_acknowledgment("277CA", text, exchange)
        claim.write(
            {
                "next_action": self.env._("Look at the acknowledgment"),
                "next_date": fields.Date.context_today(self),
            }
        )

    def _refuse_batch(self, exchange, report, sent, known):
        """A refusal above the claims refuses all of the set that it answers, listed or not.

        :param sent: the file, none when the receiver counts by numbers of its own
        :param known: claims that are listed; without them, somebody has to find out whose it is
        """
        if not report.batch_rejected or not report.receiver:
            return []
        if not sent:
            return [] if known else self._none_of_ours(report.receiver.trace, "TRN")
        text = self._level_text(report.receiver)
        listed = {level.claim_number for level in report.claims}
        number = report.receiver.trace.partition("-")[2] or "1"
        documents = sent._documents_of_set(number)
        others = documents.filtered(lambda document: document.number not in listed)
        self._acknowledge(others, sent, "277CA", False, text, exchange)
        sent.state = "rejected"
        return [f"{sent.number}: {text}"]

    def _file_of_batch(self, exchange, report):
        """Our file that a claim acknowledgment answers, as far as it says so."""
        trace = report.receiver.trace if report.receiver else ""
        reference = trace.partition("-")[0]
        found = self._find_file(exchange, "reference", reference) if reference else None
        return found or self.env["dental.exchange"]

    # Business

    def _sent_file(self, exchange, field, value, segment):
        return self._find_file(exchange, field, value) or self._none_of_ours(value, segment)

    def _find_file(self, exchange, field, value):
        return self.env["dental.exchange"].search(
            [
                ("company_id", "=", exchange.company_id.id),
                ("direction", "=", "out"),
                (field, "=", value),
            ],
            limit=1,
        )

    def _none_of_ours(self, value, segment):
        raise x12.X12Error(
            self.env._("it acknowledges file number %s, which is none of ours", value),
            segment,
            remedy=self.env._("Ask the sender whom it is meant for."),
        )

    def _by_number(self, exchange, numbers):
        """{number: claim or predetermination of ours}"""
        domain = [("company_id", "=", exchange.company_id.id), ("number", "in", numbers)]
        found = {}
        for name in ("dental.claim", "dental.precert"):
            found |= {one.number: one for one in self.env[name].sudo().search(domain)}
        return {number: one.with_env(self.env) for number, one in found.items()}

    def _acknowledge_file(self, exchange, sent, kind, accepted, text):
        self._acknowledge(sent._documents(), sent, kind, accepted, text, exchange)
        sent.state = "acknowledged" if accepted else "rejected"

    def _acknowledge(self, documents, sent, kind, accepted, text, exchange):
        """What is said of a file counts for what was not sent once more since."""
        current = documents.filtered(lambda one: one.sudo().exchange_id == sent)
        current._acknowledge(kind, accepted, text, exchange)
        if documents - current:
            old = self.env._("%(number)s, sent before: %(text)s", number=sent.number, text=text)
            (documents - current)._note_acknowledgment(kind, old, exchange)

    def _set_text(self, one):
        if one.accepted:
            return self.env._("File accepted")
        parts = [one.text]
        for error in one.segments:
            values = [f"{item.text} ({item.value})" for item in error.elements]
            place = f"{error.claim_number} {error.segment} {error.position}".strip()
            parts.append(f"{place}: {', '.join([error.text, *values])}")
        return self.env._("File refused: %s", "; ".join(filter(None, parts)))

    def _level_text(self, level):
        status = level.refusal or level.statuses[-1] if level.statuses else level.refusal
        return status.text if status else self.env._("Acknowledged")
