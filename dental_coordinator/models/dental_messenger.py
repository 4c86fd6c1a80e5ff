# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models

from .say_moment import say_time


class DentalMessenger(models.AbstractModel):
    """Writes to patients through Odoo's own queues, in words that tell nobody more than a time.

    Texts need Odoo's SMS addon; without it a patient is written to by mail, or not at all.
    """

    _name = "dental.messenger"
    _description = "Writes to patients"

    @api.model
    def _ways(self, patient):
        """Ways by which a machine may write to this patient here, the wanted one first."""
        return [way for way in patient._send_channels() if way == "email" or "sms.sms" in self.env]

    @api.model
    def _write_to(self, patient, channel, lines, buttons=(), **log):
        """Queue one message, and note it.

        :param lines: plain sentences; ``buttons``: pairs (label, address)
        :param log: values of the line in `dental.contact.log`
        :return: the line of the log
        """
        patient = patient.sudo()
        if channel == "email":
            self._queue_mail(patient, lines, buttons)
        else:
            self._queue_text(patient, lines, buttons)
        return (
            self.env["dental.contact.log"]
            .sudo()
            .create(
                {
                    "patient_id": patient.id,
                    "channel": channel,
                    "outcome": "sent",
                    "automatic": True,
                    **log,
                }
            )
        )

    @api.model
    def _queue_mail(self, patient, lines, buttons):
        clinic = patient.company_id
        stop = self.env["dental.link"]._make(
            "stop", patient, fields.Datetime.now() + timedelta(days=90)
        )[1]
        body = Markup().join(Markup("<p>%s</p>") % line for line in lines)
        for label, address in buttons:
            body += Markup('<p><a href="%s">%s</a></p>') % (address, label)
        body += Markup('<p style="font-size:smaller"><a href="%s">%s</a></p>') % (
            stop,
            self.env._("Send me no more mails"),
        )
        self.env["mail.mail"].sudo().create(
            {
                "subject": clinic.name,
                "body_html": body,
                "email_from": clinic.email_formatted or self.env.user.email_formatted,
                "email_to": patient.email,
                "auto_delete": True,
                "author_id": clinic.partner_id.id,
            }
        )

    @api.model
    def _queue_text(self, patient, lines, buttons):
        words = " ".join([*lines, *(f"{label}: {address}" for label, address in buttons)])
        self.env["sms.sms"].sudo().create({"number": patient.phone, "body": words})

    @api.model
    def _hurry(self):
        """Let the queue of mails, which runs by the hour, run now. Texts go out at once."""
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    @api.model
    def _when(self, patient, moment):
        """(day, time) of a moment as the clinic's clock and the patient's language have it."""
        zone = patient.company_id._dental_zone().key
        env = self.with_context(lang=patient.lang or self.env.lang, tz=zone).env
        local = fields.Datetime.context_timestamp(self.with_env(env), moment)
        lang = env["res.lang"]._get_data(code=env.context["lang"] or "en_US")
        return local.strftime(lang.date_format), say_time(env, local)
