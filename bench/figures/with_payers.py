# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Claims by the thousand: filed at checkout, written to a file, paid by one remittance.

By its name the last module: its clinic is committed, because the access log must find its users,
and a second clinic of that name would be refused.
"""

import os
from datetime import date

from ..frame import counted, figure, seconds
from .checkout import clinic_class

CLAIMS = int(os.environ.get("BENCH_CLAIMS", 1000))
SERVICES = ("exam", "cleaning", "crown")
FEES = {"exam": (80, 60, 20), "cleaning": (100, 70, 30), "crown": (1150, 435, 230)}
CLINICS = {}


def kept(env, count=CLAIMS):
    """A clinic with ``count`` claims of three services each, made once and kept.

    :return: (the clinic, ids of its claims)
    """
    key = (env.cr.dbname, count)
    if key not in CLINICS:
        made = clinic_class(env)
        made._setup_insurance()
        made._usual_rules()
        claims = made_claims(made, count)
        CLINICS[key] = made, claims.ids
        env.cr.commit()
    return CLINICS[key]


def clinic(env, count=CLAIMS):
    """(claims as billing sees them, their payer)"""
    made, ids = kept(env, count)
    context = {"allowed_company_ids": made.company.ids, "tracking_disable": True}
    own = env(user=made.billing.id, context=dict(env.context, **context))
    return own["dental.claim"].browse(ids), own["res.partner"].browse(made.payer.id)


def made_claims(clinic, count):
    """Bills and claims in batches, as many checkouts would leave them."""
    env = clinic.env
    procedures = env["dental.procedure"].create(
        [
            procedure_vals(clinic, kind, place)
            for _number in range(count)
            for place, kind in enumerate(SERVICES)
        ]
    )
    procedures.action_done()
    each = len(SERVICES)
    groups = [procedures[start : start + each] for start in range(0, len(procedures), each)]
    invoices = env["account.move"].create([invoice_vals(clinic, group) for group in groups])
    invoices.action_post()
    env.flush_all()
    env.cr.execute("ANALYZE")  # the database's own housekeeper cannot see what is not committed
    claims = env["dental.claim"].create(
        [
            claim_vals(clinic, group, invoice)
            for group, invoice in zip(groups, invoices, strict=True)
        ]
    )
    claims._file()
    procedures._set_state("billed")
    procedures._follow_claims()
    return claims


def procedure_vals(clinic, kind, place):
    return {
        "patient_id": clinic.patient.id,
        "code_id": clinic.codes[kind].id,
        "provider_id": clinic.provider.id,
        "owner_id": clinic.coordinator.id,
        "next_date": date.today(),
        "sequence": place,
        **({"tooth": "36"} if kind == "crown" else {}),
    }


def invoice_vals(clinic, procedures):
    product = clinic.codes["exam"]._product()
    return {
        "move_type": "out_invoice",
        "partner_id": clinic.guarantor.id,
        "invoice_date": date.today(),
        "invoice_line_ids": [
            (0, 0, {"product_id": product.id, "name": "S", "price_unit": procedure.fee})
            for procedure in procedures
        ],
    }


def claim_vals(clinic, procedures, invoice):
    lines = clinic.env["dental.claim.line"]
    return {
        "patient_id": clinic.patient.id,
        "coverage_id": clinic.coverage.id,
        "invoice_id": invoice.id,
        "provider_id": clinic.provider.id,
        "date_service": date.today(),
        "owner_id": clinic.billing.id,
        "next_date": date.today(),
        "line_ids": [
            (
                0,
                0,
                {
                    **lines._prepare_service_vals(procedure),
                    "plan_amount": FEES[kind][1],
                    "write_off": FEES[kind][2],
                },
            )
            for kind, procedure in zip(SERVICES, procedures, strict=True)
        ],
    }


def apart(env, function):
    """How long a call takes; what it did is undone."""
    env.flush_all()
    savepoint = env.cr.savepoint()
    try:
        return seconds(env, function)
    finally:
        env.flush_all()
        savepoint.close(rollback=True)
        env.invalidate_all()


@figure("posting a remittance of 1000 claims / an entry of as many items, matched", limit=1.5)
def posting(env, count=CLAIMS):
    claims, payer = clinic(env, count)
    remittance = expected_remittance(claims, payer)
    ours = apart(env, remittance.action_post)
    return ours / apart(env, lambda: bare_entry(claims.sudo(), payer))


def expected_remittance(claims, payer):
    """A payment of all these claims as expected, matched, not posted."""
    env = claims.env
    paid = sum(FEES[kind][1] for kind in SERVICES)
    return (
        env["dental.remittance"]
        .sudo()
        .create(
            {
                "payer_id": payer.id,
                "company_id": claims.company_id.id,
                "trace": "BENCH",
                "amount": paid * len(claims),
                "claim_ids": [
                    (0, 0, answer_vals(claim, place)) for place, claim in enumerate(claims)
                ],
            }
        )
        .with_env(env)
    )


def answer_vals(claim, place):
    kinds = dict(zip(claim.line_ids, SERVICES, strict=True))
    return {
        "sequence": place,
        "claim_id": claim.id,
        "claim_number": claim.number,
        "payer_number": f"P{claim.id}",
        "status": "1",
        "paid": sum(FEES[kind][1] for kind in SERVICES),
        "charge": claim.charge,
        "matched_by": "number",
        "line_ids": [
            (
                0,
                0,
                {
                    "claim_line_id": line.id,
                    "code": line.code,
                    "charge": line.fee,
                    "paid": FEES[kind][1],
                    "adjustment_ids": [
                        (0, 0, {"group": "CO", "reason": "45", "amount": FEES[kind][2]}),
                        (
                            0,
                            0,
                            {
                                "group": "PR",
                                "reason": "2",
                                "amount": FEES[kind][0] - sum(FEES[kind][1:]),
                            },
                        ),
                    ],
                },
            )
            for line, kind in kinds.items()
        ],
    }


def bare_entry(claims, payer):
    """Odoo alone: one entry with an item for each claim, posted, each matched with its debit."""
    env = claims.env
    company = claims.company_id
    insurance = company.dental_insurance_receivable_account_id
    owed = env["account.move.line"].search(
        [
            ("dental_claim_id", "in", claims.ids),
            ("account_id", "=", insurance.id),
            ("reconciled", "=", False),
        ]
    )
    total = sum(owed.mapped("balance"))
    move = env["account.move"].create(
        {
            "move_type": "entry",
            "journal_id": company.dental_journal_id.id,
            "line_ids": [
                *(
                    (
                        0,
                        0,
                        {
                            "name": "Paid",
                            "account_id": insurance.id,
                            "partner_id": payer.id,
                            "balance": -item.balance,
                        },
                    )
                    for item in owed
                ),
                (
                    0,
                    0,
                    {
                        "name": "Paid",
                        "account_id": company.dental_allocation_account_id.id,
                        "partner_id": payer.id,
                        "balance": total,
                    },
                ),
            ],
        }
    )
    move.action_post()
    credits = move.line_ids.filtered(lambda item: item.account_id == insurance)
    env["account.move.line"]._reconcile_plan(
        [credit | debit for credit, debit in zip(credits, owed, strict=True)]
    )


@counted("queries for writing 1000 claims to a file, for each 100 claims / 40", limit=1)
def writing(env, count=CLAIMS):
    claims, _payer = clinic(env, count)
    env.flush_all()
    env.invalidate_all()
    before = env.cr.sql_log_count
    claims.action_send()
    env.flush_all()
    queries = env.cr.sql_log_count - before
    assert set(claims.mapped("state")) == {"sent"}, claims.mapped("hold_reason")
    return queries / count * 100 / 40


@figure("filing a visit's claim at checkout / making and posting its bill", limit=1.0)
def filing(env):
    made, _ids = kept(env)
    bills, filed = checkouts(made)
    return filed / bills


def checkouts(made, days=6):
    """Bill and file visits of a member, one on each of the last ``days`` days.

    :return: (seconds of making and posting the bills, seconds of filing their claims)
    """
    someone = made._new_patient(
        "Ida", "Holm", birth_date="1990-01-01", sex="F", guarantor_id=made.guarantor.id
    )
    made._cover(someone, made.plan, "B100")
    claims = made.env["dental.claim"].with_user(made.billing)
    bills = filed = 0.0
    for day in range(1, days + 1):
        visit = made._new_visit(*SERVICES, patient=someone, days_ago=day)
        visit.procedure_ids.action_done()
        bills += seconds(made.env, visit._bill)
        invoice = visit.sudo()._standing_bill()
        estimate = visit.procedure_ids._make_estimate(visit._local_day(), appointment=visit)
        filed += seconds(made.env, lambda e=estimate, i=invoice: claims._file_for(e, i))
    return bills, filed
