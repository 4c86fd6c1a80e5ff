# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Four payers, their six plans with contracted fees, and what is known of them: who said it,
when and how. What nobody asked has no rule and stays unknown."""

# name, EDI id, phone, portal, days to file, to appeal, to answer a precert
PAYERS = [
    ("Harbor Dental", "HARB1", "800 555 0101", "https://harbor.example", 365, 180, 14),
    ("Pine State Mutual", "PINE2", "800 555 0102", "https://pinestate.example", 180, 90, 21),
    ("Coastal Health", "COAST", "800 555 0103", "", 90, 60, 30),
    ("Union Care", "UNION", "800 555 0104", "https://unioncare.example", 365, 180, 10),
]
# name, payer, kind, group number, employer, share of the office fee that is the contract's,
# month in which its year begins, how it pays as the second plan
PLANS = [
    ("Harbor PPO Gold", 0, "ppo", "G-1001", "Casco Shipyard", 0.80, "1", "standard"),
    ("Harbor PPO Basic", 0, "ppo", "G-1002", "City of Portland", 0.68, "1", "carve_out"),
    ("Pine State PPO", 1, "ppo", "PS-77", "State of Maine", 0.75, "7", "basic"),
    ("Coastal Percentage", 2, "percentage", "C-500", "Bayview Hospital", None, "1", False),
    ("Union Care PPO", 3, "ppo", "U-12", "Electricians 567", 0.70, "1", "standard"),
    ("Union Care Family", 3, "ppo", "U-13", "Teamsters 340", 0.70, "1", False),
]
BASIC = ("restorative", "endo", "perio", "oral_surgery")
MAJOR = ("crowns", "prostho_fixed", "prostho_removable")
FULL = ("diagnostic", "xray", "preventive")
YEAR = {"period": "service_year"}


def percent(keys, share, deductible="yes"):
    """Rows of the percentage for each of these categories."""
    return [
        {"kind": "percent", "category": key, "percent": share, "deductible_applies": deductible}
        for key in keys
    ]


def limits(deductible, maximum, family=None):
    """Rows of the yearly deductible and maximum; None was never asked."""
    asked = [
        ("deductible", "individual", deductible),
        ("deductible", "family", family),
        ("maximum", "individual", maximum),
    ]
    return [
        {"kind": kind, "level": level, "amount": amount, **YEAR}
        for kind, level, amount in asked
        if amount is not None
    ]


def often(code, quantity, period, count=1):
    return {
        "kind": "frequency",
        "code": code,
        "quantity": quantity,
        "period": period,
        "period_count": count,
    }


# For each plan: who said it (source, representative, reference, days ago), and the rows.
SAID = [
    [
        (
            ("phone", "Ms. Reed", "88213", 11),
            [
                *percent(FULL, 100, "no"),
                *percent(BASIC, 80),
                *percent(MAJOR, 50),
                *limits(50, 2000, 150),
            ],
        ),
        (
            ("portal", "", "HB-2291", 64),
            [
                often("X0274", 1, "months", 12),
                often("X1110", 2, "service_year"),
                {"kind": "age", "code": "X1206", "age_to": 18},
                {"kind": "maximum", "category": "ortho", "amount": 1000, "period": "lifetime"},
            ],
        ),
    ],
    [
        (
            ("file", "", "271-004417", 27),
            [
                *percent(FULL, 100, "no"),
                *percent(BASIC, 60),
                *percent(MAJOR, 40),
                *limits(75, 1200),
            ],
        ),
        (
            ("letter", "", "Booklet, p. 14", 210),
            [
                {"kind": "waiting", "category": "crowns", "quantity": 12, "period": "months"},
                {"kind": "downgrade", "code": "X2740", "paid_as": "X2790", "when": "second_molar"},
                {"kind": "exclusion", "category": "implant"},
            ],
        ),
    ],
    [
        (
            ("portal", "", "PSM-7781", 19),
            [*percent(FULL, 100, "no"), *percent(BASIC, 80), *percent(MAJOR, 50)],
        ),
        (("phone", "Dana", "41-0932", 19), limits(50, 1500)),
        (
            ("eob", "", "Answer of the first plan", 120),
            [{"kind": "missing_tooth", "category": "prostho_fixed"}],
        ),
    ],
    [
        # Neither deductible nor second-plan rule was ever asked here.
        (
            ("letter", "", "Booklet 500", 160),
            [*percent(FULL, 100, False), *percent(BASIC, 80, False), *limits(None, 1000)],
        ),
        (("guess", "", "As other plans of the employer", 160), percent(MAJOR, 50, False)),
    ],
    [
        (
            ("phone", "Mr. Alvarez", "U-55120", 8),
            [
                *percent(FULL, 100, "no"),
                *percent(BASIC, 80),
                *percent(MAJOR, 50),
                *limits(50, 1750),
                often("X0274", 1, "service_year"),
            ],
        ),
    ],
    [
        # Crowns and bridges were never asked.
        (
            ("fax", "Benefits desk", "Fax of 2 pages", 75),
            [*percent(FULL, 100, "no"), *percent(BASIC, 80), *limits(50, 1500, 150)],
        ),
    ],
]


def load(clinic):
    clinic.act_as("billing")
    payers = [load_payer(clinic, *row) for row in PAYERS]
    for name, payer, kind, group, employer, share, month, cob in PLANS:
        values = {
            "name": name,
            "payer_id": payers[payer].id,
            "kind": kind,
            "group_number": group,
            "group_name": employer,
            "benefit_year_month": month,
            "cob_rule": cob,
        }
        if share:
            values["pricelist_id"] = load_schedule(clinic, name, share).id
        clinic.plans.append(clinic["dental.insurance.plan"].create(values))
    load_benefits(clinic)
    clinic.act_as("coordinator")


def load_payer(clinic, name, code, phone, portal, filing, appeal, precert):
    return (
        clinic["res.partner"]
        .sudo()
        .create(
            {
                "name": name,
                "is_company": True,
                "dental_payer": True,
                "dental_payer_code": code,
                "dental_phone_benefits": phone,
                "dental_portal_url": portal,
                "dental_filing_days": filing,
                "dental_appeal_days": appeal,
                "dental_precert_days": precert,
                "street": "1 Plan Plaza",
                "city": "Boston",
                "zip": "02101-0001",
                "state_id": clinic.state_of("MA").id,
                "country_id": clinic.env.ref("base.us").id,
            }
        )
    )


def load_schedule(clinic, name, share):
    """The plan's contracted fees: a share of the office fee, to the dollar."""
    lines = [
        {
            "applied_on": "0_product_variant",
            "product_id": code.sudo()._product().id,
            "compute_price": "fixed",
            "fixed_price": round(clinic.fees[key] * share),
        }
        for key, code in clinic.codes.items()
    ]
    return (
        clinic["product.pricelist"]
        .sudo()
        .create(
            {
                "name": f"{name} fees",
                "company_id": clinic.env.company.id,
                "currency_id": clinic.env.company.currency_id.id,
                "dental_fee_schedule": True,
                "item_ids": [(0, 0, line) for line in lines],
            }
        )
    )


def load_benefits(clinic):
    categories = {row.key: row.id for row in clinic["dental.procedure.category"].search([])}
    clinic["dental.insurance.benefit"].create(
        [
            {
                "plan_id": plan.id,
                "source": source,
                "representative": who,
                "reference": reference,
                "as_of": clinic.days_ago(days),
                **rule(clinic, categories, **row),
            }
            for plan, said in zip(clinic.plans, SAID, strict=True)
            for (source, who, reference, days), rows in said
            for row in rows
        ]
    )


def rule(clinic, categories, category=None, code=None, paid_as=None, when=None, **values):
    """Values of a rule about a category, a code, or everything."""
    if category:
        values |= {"scope": "category", "category_id": categories[category]}
    if code:
        values |= {"scope": "code", "code_id": clinic.codes[code].id}
    if paid_as:
        values |= {"substitute_code_id": clinic.codes[paid_as].id, "substitute_when": when}
    return values
