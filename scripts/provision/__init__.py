# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make this machine able to run the project: Odoo, Python packages, PostgreSQL, tools.

Standard library only. Every step first looks whether its work is done already.
"""

from .console import Failure, main, run, run_long, say
from .environment import Environment, provision
from .paths import ADDONS, LOCAL, LOGS, ROOT, addons

__all__ = [
    "ADDONS",
    "LOCAL",
    "LOGS",
    "ROOT",
    "Environment",
    "Failure",
    "addons",
    "main",
    "provision",
    "run",
    "run_long",
    "say",
]
