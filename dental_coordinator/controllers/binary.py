# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http

from odoo.addons.web.controllers.binary import Binary


def _logs_access(controller, rule, args):
    """Not a read-only route: opening a patient's file writes to the access log."""
    return False


class DentalBinary(Binary):
    @http.route(readonly=_logs_access)
    def content_common(self, *args, **kwargs):
        return super().content_common(*args, **kwargs)

    @http.route(readonly=_logs_access)
    def content_image(self, *args, **kwargs):
        return super().content_image(*args, **kwargs)
