# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where things are. Everything the scripts make lies below LOCAL or CACHE, both outside the
repository's history.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dental-coordinator"
LOGS = LOCAL / "log"
ADDONS = ("dental_coordinator", "dental_coordinator_billing", "dental_coordinator_insurance")


def addons():
    """The addons that are there, in the order of their dependencies."""
    return [name for name in ADDONS if (ROOT / name / "__manifest__.py").is_file()]
