# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is overdue: balances of all ages, calls about them, promises kept and not, a dispute."""

from datetime import timedelta

from odoo.fields import Command

# (days since it fell due, amount) carried over from the books that were kept before
CARRIED = ((20, 64.0), (38, 240.0), (52, 35.5), (75, 410.0), (96, 128.0), (130, 96.4), (160, 720.0))


def load(clinic):
    carry_over(clinic)
    rows = clinic["dental.collection"].search([("overdue", ">", 0)], order="days desc, id")
    for row, key in zip(rows[1:4], ("no_answer", "wrong_address", "paid"), strict=False):
        row.work_outcome(key)
    if len(rows) > 6:
        keep(rows[4], "action_promise", amount=100.0, date=clinic.today + timedelta(days=5))
        keep(
            rows[5],
            "action_dispute",
            kind="told",
            reason="Was told on the phone that the cleaning is covered",
            date=clinic.today + timedelta(days=3),
        )
        break_promise(clinic, rows[6])


def carry_over(clinic):
    """Old balances of some who pay, as bills without a visit."""
    payers = [patient.guarantor_id for patient in clinic.patients]
    payers = list(dict.fromkeys(payers))[5 : 5 + len(CARRIED)]
    bills = (
        clinic["account.move"]
        .sudo()
        .create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": payer.id,
                    "invoice_date": clinic.today - timedelta(days=days),
                    "invoice_date_due": clinic.today - timedelta(days=days),
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "Balance carried over", "price_unit": amount, "tax_ids": []}
                        )
                    ],
                }
                for payer, (days, amount) in zip(payers, CARRIED, strict=False)
            ]
        )
    )
    bills.action_post()


def keep(row, action, **vals):
    """Answer as on the phone."""
    asked = row.env["dental.collection.answer"].browse(getattr(row, action)()["res_id"])
    asked.write(vals)
    asked.action_keep()


def break_promise(clinic, row):
    """A promise of two weeks ago that nothing was paid on since."""
    keep(row, "action_promise", amount=60.0, date=clinic.today)
    promise = row.case_id.promise_id
    days = {"made_on": clinic.today - timedelta(days=14), "date": clinic.today - timedelta(days=2)}
    promise.sudo().write(days)
    clinic.env.flush_all()
    promise.sudo()._decide()
