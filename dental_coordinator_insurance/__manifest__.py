{
    "name": "Dental Coordinator: Insurance",
    "summary": "Plans, benefits, estimates, predeterminations, claims and remittances in X12",
    "version": "19.0.1.0.0",
    "development_status": "Beta",
    "category": "Healthcare",
    "website": "https://github.com/dental-coordinator/dental-coordinator",
    "author": "Dental Coordinator contributors",
    "license": "LGPL-3",
    "depends": ["dental_coordinator_billing"],
    "external_dependencies": {"python": ["pyx12"]},
    "data": [
        "security/ir.model.access.csv",
        "security/dental_insurance_rules.xml",
        "data/ir_sequence.xml",
        "data/ir_cron.xml",
    ],
}
