# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every question that a call sheet can have, in the order in which payers' agents tell them."""

from dataclasses import dataclass

ALL = frozenset()
# Replaces or covers teeth: what was there before, and how long ago, matters.
PROSTHETIC = frozenset(("crowns", "prostho_fixed", "prostho_removable", "implant"))
REPLACING = PROSTHETIC - {"crowns"}
MAJOR = PROSTHETIC | {"endo", "oral_surgery", "ortho", "perio"}


@dataclass(frozen=True)
class Question:
    """One question.

    :param form: how it is answered: ``percent amount frequency span age date yes text``
    :param kind: the benefit rule that the answer becomes; empty for none
    :param categories: asked when a service of one of these is planned; empty for every call
    :param each: asked once for each planned category, else once for all
    :param fresh_days: how long an answer holds; None until the end of the benefit year
    """

    key: str
    section: str
    form: str
    kind: str = ""
    categories: frozenset = ALL
    each: bool = False
    fresh_days: int | None = None
    level: str = "individual"


QUESTIONS = (
    Question("active", "identity", "yes", fresh_days=30),
    Question("effective", "identity", "date", categories=MAJOR, fresh_days=365),
    Question("network", "identity", "yes", fresh_days=365),
    Question("other_coverage", "identity", "yes", categories=MAJOR, fresh_days=180),
    Question("maximum", "money", "amount", "maximum"),
    Question("maximum_used", "money", "amount", fresh_days=30),
    Question("family_maximum", "money", "amount", "maximum", MAJOR, level="family"),
    Question("deductible", "money", "amount", "deductible"),
    Question("deductible_met", "money", "amount", fresh_days=30),
    Question("ortho_maximum", "money", "amount", "maximum", frozenset(("ortho",))),
    Question("percent", "class", "percent", "percent", each=True),
    Question("deductible_applies", "class", "yes", "waiver", MAJOR, each=True),
    Question("exam_frequency", "limits", "frequency", "frequency", frozenset(("diagnostic",))),
    Question("xray_frequency", "limits", "frequency", "frequency", frozenset(("xray",))),
    Question("cleaning_frequency", "limits", "frequency", "frequency", frozenset(("preventive",))),
    Question("perio_frequency", "limits", "frequency", "frequency", frozenset(("perio",))),
    Question("replacement", "limits", "frequency", "frequency", PROSTHETIC, each=True),
    Question("age_limit", "limits", "age", "age", frozenset(("ortho",))),
    Question("waiting", "clauses", "span", "waiting", MAJOR, each=True),
    Question("missing_tooth", "clauses", "yes", "missing_tooth", REPLACING),
    Question("downgrade", "clauses", "yes", "", PROSTHETIC | {"restorative"}, each=True),
    Question("pays_on", "clauses", "text", "", PROSTHETIC),
    Question("last_exam", "history", "date", "", frozenset(("diagnostic",)), fresh_days=30),
    Question("last_cleaning", "history", "date", "", frozenset(("preventive",)), fresh_days=30),
    Question("last_xray", "history", "date", "", frozenset(("xray",)), fresh_days=30),
    Question("last_prosthesis", "history", "date", "", PROSTHETIC, each=True, fresh_days=30),
    Question("precert", "process", "yes", "precert", MAJOR, each=True, fresh_days=365),
)
