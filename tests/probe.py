# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run in Odoo's shell: what an ordinary user sees and may do, and what shared records hold."""

import json

from lxml import etree

ACCESS = ("read", "write", "create", "unlink")
SHARED = ("res.partner", "calendar.event", "calendar.attendee", "account.move", "account.move.line")
SCREENS = ("res.partner", "calendar.event", "account.move")
# moved by Odoo itself whenever somebody looks at a record or modules come and go
VOLATILE = {"write_date", "write_uid", "__last_update", "message_ids", "website_message_ids"}


def prepare(env):
    """A clinic before the addons: a clerk, contacts, a meeting, posted and paid invoices."""
    clerk = env["res.users"].create(
        {
            "name": "Plain Clerk",
            "login": "clerk",
            "password": "clerk",
            "group_ids": [(6, 0, [env.ref("account.group_account_invoice").id])],
        }
    )
    partners = env["res.partner"].create(
        [
            {"name": f"Contact {number}", "email": f"contact{number}@example.com"}
            for number in range(5)
        ]
    )
    env["calendar.event"].with_context(no_mail_to_attendees=True).create(
        {
            "name": "Yearly talk",
            "start": "2026-03-02 09:00:00",
            "stop": "2026-03-02 10:00:00",
            "user_id": clerk.id,
            "partner_ids": [(6, 0, (partners[0] | clerk.partner_id).ids)],
        }
    )
    line = {"name": "Advice", "quantity": 2, "price_unit": 75.0}
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_line_ids": [(0, 0, line)],
            }
            for partner in partners[:3]
        ]
    )
    moves[:2].action_post()
    register = env["account.payment.register"].with_context(
        active_model="account.move", active_ids=moves[0].ids
    )
    register.create({}).action_create_payments()


def use(env):
    """The clinic works with the addons for a while: somebody already known becomes a patient."""
    contact = env["res.partner"].search([("name", "=", "Contact 4")])
    patient = env["dental.patient"].create(
        {"partner_id": contact.id, "first_name": "Contact", "last_name": "4"}
    )
    assert patient.partner_id == contact


def look(env, before=None):
    """A snapshot as plain data.

    :param before: an earlier snapshot: the same models, fields and records are looked at again
    """
    clerk = env["res.users"].search([("login", "=", "clerk")])
    mine = env(user=clerk.id, context={"lang": "en_US", "tz": "UTC"})
    names = before["access"] if before else ordinary_models(env)
    return {
        "menus": menus(mine),
        "access": {name: rights(mine, name) for name in names},
        "screens": {name: screen(mine, name) for name in SCREENS},
        "records": {name: records(env, name, before) for name in SHARED},
        "found": {name: mine[name].search([]).ids for name in SHARED},
    }


def ordinary_models(env):
    return sorted(name for name in env if not env[name]._abstract and not env[name]._transient)


def rights(env, name):
    return [operation for operation in ACCESS if env[name].has_access(operation)]


def screen(env, name):
    """The elements of a form; sorted, because fields that only modifiers need come in any order."""
    tree = etree.fromstring(env[name].get_view(view_type="form")["arch"])
    found = (each for each in tree.iter() if isinstance(each.tag, str))
    return sorted(f"{each.tag} {sorted(each.attrib.items())}" for each in found)


def menus(env):
    found = env["ir.ui.menu"].load_menus(False)
    return sorted(f"{menu['name']} ({menu.get('xmlid')})" for menu in found.values())


def records(env, name, before):
    """The stored values of the records there are, or of those and the fields the snapshot names."""
    model = env[name].with_context(active_test=False)
    if before:
        rows = before["records"][name]
        ids, fields = [row["id"] for row in rows], [key for key in rows[0] if key != "id"]
    else:
        ids = model.search([], order="id").ids
        fields = [
            key
            for key, field in model._fields.items()
            if field.store and field.type != "binary" and key not in VOLATILE
        ]
    rows = model.browse(ids).read(sorted(fields), load=None)
    return json.loads(json.dumps(rows, default=str))
