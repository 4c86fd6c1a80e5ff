# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Programs beside Python: PDF engine, browser, and the JavaScript linters."""

import hashlib
import shutil

from . import apt
from .console import run_long
from .paths import ROOT

BROWSERS = (
    "google-chrome",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
)  # those Odoo looks for


def ensure_wkhtmltopdf():
    if not shutil.which("wkhtmltopdf"):
        apt.install(["wkhtmltopdf", "fonts-dejavu-core"], "wkhtmltopdf (PDF reports) is missing")


def browser():
    """The path of a browser Odoo's tests can drive, or None."""
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def ensure_browser():
    if not browser():
        apt.install(
            ["chromium", "fonts-liberation", "fonts-dejavu-core"],
            "Chromium (browser tests) is missing",
        )
    return browser()


def ensure_node():
    """Node and the packages that package-lock.json pins, in node_modules/."""
    if not shutil.which("npm"):
        apt.install(["nodejs", "npm"], "Node (prettier, eslint) is missing")
    lock = ROOT / "package-lock.json"
    stamp = ROOT / "node_modules/.lock.sha256"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not stamp.is_file() or stamp.read_text() != wanted:
        run_long(
            "Node packages", ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=ROOT
        )
        stamp.write_text(wanted)
    return ROOT / "node_modules/.bin"
