# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL


class DentalBook(models.AbstractModel):
    """Time that is held while it is offered is drawn in the book like closed time."""

    _inherit = "dental.book"

    @api.model
    @api.readonly
    def data(self, day=None, view_id=None, layout=None, provider_id=None):
        answer = super().data(day, view_id, layout, provider_id)
        start, stop = answer["days"][0]["start"], answer["days"][-1]["stop"]
        whose = "provider" if answer["layout"] == "week" else "operatory"
        answer["blockouts"] += self._offered(whose, start, stop)
        return answer

    # Business

    def _offered(self, whose, start, stop):
        """Offers that are out between two moments, as `dental.blockout._drawn` gives blocked time.

        :param whose: ``operatory`` or ``provider``: in whose column they are drawn
        """
        offers = self.env["dental.slot.offer"]
        query = offers._search([("state", "=", "out"), ("start", "<", stop), ("stop", ">", start)])
        link = f"{whose}_id"
        owner = query.left_join(query.table, link, f"dental_{whose}", "id", link)
        names = ("id", "number", "start", "stop")
        columns = [SQL.identifier(query.table, name) for name in names]
        rows = self.env.execute_query(query.select(*columns, SQL.identifier(owner, "resource_id")))
        return [
            {
                "id": f"offer{offer_id}",
                "resource_id": resource,
                "start": begin,
                "stop": end,
                "name": self.env._("Offered: %s", number),
                "color": 0,
                "schedulable": False,
                "kind": "closed",
                "hard": True,
                "type_ids": [],
                "opens": False,
            }
            for offer_id, number, begin, end, resource in rows
        ]


class DentalSlotOffer(models.Model):
    _inherit = "dental.slot.offer"

    # Business

    def _hold(self):
        result = super()._hold()
        self.env["dental.today"]._tell(self.company_id)
        return result

    def _end(self, state, but=None):
        result = super()._end(state, but)
        self.env["dental.today"]._tell(self.company_id)
        return result
