# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What goes to the payers and comes back: claims, acknowledgments, remittances, precerts."""

import base64
import importlib.util
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = ROOT / "dental_coordinator_insurance" / "tests" / "x12" / "answers.py"


def load(clinic):
    clinic.answers = load_answers()
    claims = clinic["dental.claim"].search([("state", "=", "made")], order="id")
    load_rules(clinic)
    load_batches(clinic, claims)
    load_outstanding(clinic)
    load_precerts(clinic)


def load_rules(clinic):
    """What payers want to see with crowns, and the sentences that tell it."""
    crowns = clinic["dental.procedure.category"].search([("key", "=", "crowns")], limit=1)
    own = {"category_id": crowns.id, "company_id": clinic.env.company.id}
    clinic["dental.claim.kit"].create({**own, "kind": "RB", "max_age": 365})
    clinic["dental.claim.narrative"].create(
        {
            **own,
            "name": "Crown",
            "text": "Crown on tooth {tooth}.\nIt replaces one placed on {replaced_on}.\n"
            "X-ray of {x_ray_on} enclosed.",
        }
    )
    payers = clinic["res.partner"].search([("dental_payer", "=", True)])
    payers.write({"dental_filing_days": 365, "dental_appeal_days": 180})


def load_outstanding(clinic):
    """Claims that are out for a while: some quiet, one silent, one under appeal."""
    out = clinic["dental.claim"].search([("state", "in", ("sent", "accepted"))], order="id")
    statuses = clinic["dental.claim.tracking"].search([], order="sequence")
    for place, claim in enumerate(out):
        claim.sent_on = clinic.today - timedelta(days=(2, 18, 34, 47, 66, 95)[place % 6])
        if place % 3 == 1:
            status = statuses[place % len(statuses)]
            vals = {"tracking_id": status.id, "next_action": status.next_action}
            claim._follow_up({**vals, "next_date": clinic.today}, "Ms Reed, call 4711")
    out.filtered(lambda claim: claim.state == "sent")[:1].write(
        {"alarm": "No acknowledgment of the claim since 3 days"}
    )
    answered = clinic["dental.claim"].search([("state", "=", "answered")], limit=1)
    if answered:
        answered.action_appeal()


def load_answers():
    """The builder of payers' answers, by its path: it needs nothing of Odoo."""
    spec = importlib.util.spec_from_file_location("payer_answers", ANSWERS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_batches(clinic, claims):
    """By payer: paid and posted, paid and waiting, sent and accepted; the last is not sent yet."""
    by_payer = sorted(claims.grouped("payer_id").values(), key=len, reverse=True)
    waiting, posted, accepted = by_payer[:3]
    for exchange in send(posted):
        acknowledge(clinic, exchange._bytes())
        pay(clinic, exchange._bytes(), f"EFT{1000 + exchange.id}").action_post()
    for exchange in send(waiting):
        acknowledge(clinic, exchange._bytes())
        pay(clinic, exchange._bytes(), f"EFT{1000 + exchange.id}")
    for exchange in send(accepted):
        acknowledge(clinic, exchange._bytes(), refuse=True)


def send(claims):
    """Write claims to files: the outgoing files, oldest first."""
    claims.action_send()
    return list(claims.exchange_id.sorted("id"))


def acknowledge(clinic, raw, refuse=False):
    """The clearing house takes the file, and refuses its first claim where asked."""
    receive(clinic, clinic.answers.ack_999(raw, when=datetime.now(), control=control(clinic)))
    first = clinic.answers.parse_837d(raw)[0]["number"]
    rejected = {first: "A7:164"} if refuse else None
    receive(
        clinic,
        clinic.answers.claim_ack(raw, rejected, when=datetime.now(), control=control(clinic)),
    )


def control(clinic):
    """A new control number for each file that comes in."""
    clinic.control = getattr(clinic, "control", 700) + 1
    return clinic.control


def pay(clinic, raw, trace):
    """The remittance of a file of ours: most lines as expected, one short, one refused."""
    expected = {line.key: line for line in clinic["dental.claim.line"].search([]) if line.key}
    counter = iter(range(10_000))

    def cuts(claim, line):
        ours = expected[line["key"]]
        place = next(counter)
        if place == 4:
            return [("CO", "197", line["charge"])]
        rows = [("CO", "45", cents(ours.write_off)), ("PR", "2", cents(ours.patient_amount))]
        if place == 2 and ours.plan_amount > 20:
            rows.append(("PR", "1", cents(20)))
        return [row for row in rows if row[2]]

    first = clinic.answers.parse_837d(raw)[0]["number"]
    payer = clinic["dental.claim"].search([("number", "=", first)]).payer_id
    raw_answer = clinic.answers.era_for(
        raw,
        cuts,
        trace=trace,
        when=clinic.today,
        control=control(clinic),
        payer={"name": payer.name, "id": payer.dental_payer_code},
    )
    return receive(clinic, raw_answer).remittance_ids


def cents(amount):
    return Decimal(f"{amount:.2f}")


def receive(clinic, raw):
    """Import a file through the one wizard, as billing does."""
    env = clinic.env(user=clinic.users["billing"])
    before = env["dental.exchange"].search([], order="id desc", limit=1)
    env["dental.exchange.import"].create(
        {"raw": base64.b64encode(raw), "filename": "from_payer.edi"}
    ).action_import()
    return env["dental.exchange"].search(
        [("id", ">", before.id), ("direction", "=", "in")], order="id desc", limit=1
    )


def load_precerts(clinic):
    """Crowns asked beforehand: one to prepare, one sent, one approved, one refused."""
    estimates = clinic["dental.estimate"].search(
        [("state", "=", "current"), ("treatment_plan_id.state", "in", ("presented", "accepted"))],
        order="id",
    )
    insured = estimates.filtered(lambda e: e.line_ids.share_ids.coverage_id)
    for place, estimate in enumerate(insured[:6]):
        action = estimate.action_precert()
        precert = clinic["dental.precert"].browse(action["res_id"])
        if place:
            precert.action_send()
        if place >= 2:
            answer(clinic, precert, place)


def answer(clinic, precert, place):
    wizard = clinic["dental.precert.answer"].create(
        {
            "precert_id": precert.id,
            "number": f"PA{4400 + place}",
            "valid_until": clinic.today + timedelta(days=60),
        }
    )
    if place == 3:
        wizard.line_ids.approved = "no"
    else:
        for line in wizard.line_ids:
            fee = line.line_id.fee
            line.write({"allowed": fee * 0.7, "plan_amount": fee * 0.35})
    wizard.action_record()
