# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import hash_sign, verify_hash_signed

from .dental_appointment_status import INSIDE

SCOPE = "dental_kiosk_form"
PASS_HOURS = 10 / 60


class DentalDevice(models.Model):
    """Whoever has checked in, here or otherwise, is asked the forms that are due, page by page.

    A page knows nothing but a signed pass: for one tablet, sheet and page, and for minutes.
    """

    _inherit = "dental.device"

    def _accept(self, offer):
        ticket = super()._accept(offer)
        visit = self._visit_of(offer)
        if ticket or self._is_to_fill(visit):
            visit._ask_forms(self)
            return visit.ticket
        return None

    # Business

    def _visit_of(self, offer):
        """The visit of an offer of this tablet that is still good, or none."""
        device_id, visit_id = self._read_offer(offer)
        visit = self.env["dental.appointment"].sudo().browse(visit_id)
        return visit if device_id == self.id else visit.browse()

    def _own_visit(self, name, birth_date):
        """Whoever has arrived already is found while a form waits for him."""
        visit = super()._own_visit(name, birth_date)
        if visit:
            return visit
        waiting = self._find_own(self._visits_of_today(("arrived",)), name, birth_date)
        return waiting.filtered(lambda each: each._has_forms())

    def _is_to_fill(self, visit):
        """Whether somebody who arrived otherwise is here to fill in what waits for him."""
        locked = visit.exists().try_lock_for_update(allow_referencing=True)
        locked.invalidate_recordset()
        here = locked & self._visits_of_today(("arrived",))
        return bool(here) and here._has_forms()

    def _form_page(self, visit, missing=(), typed=None):
        """The page that is to be answered next.

        :param missing: ids of questions that were left out though they need an answer
        :param typed: {question id: what was typed there}
        :return: {pass, ticket, title, place, pages, questions: [{id, text, kind, required,
            options, missing, typed}]}, or None when there is none left
        """
        self.ensure_one()
        sheets = visit.form_sheet_ids.filtered(lambda sheet: not sheet.finished_at)
        for sheet in sheets.sorted(lambda each: (each.form_id.sequence, each.form_id.id)):
            pages = sheet.form_id._pages()
            if sheet.page >= len(pages):
                continue
            signed = [self.id, sheet.id, sheet.page]
            return {
                "pass": hash_sign(self.env, SCOPE, signed, expiration_hours=PASS_HOURS),
                "ticket": visit.ticket,
                "title": sheet.form_id.name,
                "place": sheet.page + 1,
                "pages": len(pages),
                "questions": [
                    {
                        **question._for_tablet(),
                        "missing": question.id in missing,
                        "typed": (typed or {}).get(question.id) or "",
                    }
                    for question in pages[sheet.page]
                ],
            }
        return None

    def _keep_page(self, signed, raw):
        """Keep the answers to one page, once.

        :param signed: the pass of the page; ``raw``: {question id: what was typed}
        :return: {page: the next one as of `_form_page` or None, ticket, thanks}, or None for a pass
            that is no longer good
        """
        self.ensure_one()
        device_id, sheet_id, place = self._read_pass(signed)
        sheet = self.env["dental.form.sheet"].sudo().browse(sheet_id).exists()
        if device_id != self.id or not sheet or not self._is_still_here(sheet.appointment_id):
            return None
        missing = []
        # Whoever taps twice is answered twice, and kept once.
        if sheet.try_lock_for_update(allow_referencing=True):
            sheet.invalidate_recordset()
            if sheet.page == place:
                missing = sheet._keep(raw)
                sheet.appointment_id._tell_today()
        visit = sheet.appointment_id
        return {
            "page": self._form_page(visit, missing, raw if missing else None),
            "ticket": visit.ticket,
            "thanks": sheet.form_id.thanks,
        }

    def _read_pass(self, signed):
        try:
            return verify_hash_signed(self.env, SCOPE, signed or "") or (None, None, None)
        except ValueError:
            return None, None, None

    def _is_still_here(self, visit):
        today = visit.with_company(visit.company_id)._is_today()
        return visit.company_id == self.company_id and visit.status in INSIDE and today
