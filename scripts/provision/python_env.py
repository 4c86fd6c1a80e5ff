# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The virtual environment with pinned requirements, made again only when the pins change."""

import hashlib
import shutil
import subprocess
import sys

from . import apt
from .console import Failure, run, run_long
from .paths import LOCAL, ROOT

OLDEST, NEWEST = (3, 11), (3, 13)  # pyx12 and others need 3.11
VENV = LOCAL / "venv"
REQUIREMENTS = (ROOT / "requirements/odoo.txt", ROOT / "requirements/dev.txt")


def ensure():
    """The Python interpreter of the environment."""
    python = VENV / "bin/python"
    stamp = VENV / "requirements.sha256"
    wanted = fingerprint()
    if python.exists() and stamp.is_file() and stamp.read_text() == wanted:
        return python
    if (
        not python.exists()
        or subprocess.run([python, "-m", "pip", "-q", "--version"], capture_output=True).returncode
    ):
        create(VENV)
    files = [part for path in REQUIREMENTS for part in ("-r", path)]
    run_long(
        "Python packages", [python, "-m", "pip", "install", "--disable-pip-version-check", *files]
    )
    stamp.write_text(wanted)
    return python


def fingerprint(files=REQUIREMENTS):
    """A hash over the interpreter's version and the pins."""
    digest = hashlib.sha256(repr(sys.version_info[:3]).encode())
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def create(folder):
    """An empty virtual environment in ``folder``."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = sys.version.split()[0]
        raise Failure(
            f"Odoo 19 runs on Python 3.{OLDEST[1]} to 3.{NEWEST[1]}, this is {found}. "
            "Name another, for example: make demo PYTHON=python3.11"
        )
    # Debian splits venv and pip's bundle off; this is how their absence shows.
    if subprocess.run(
        [sys.executable, "-c", "import ensurepip, venv"], capture_output=True
    ).returncode:
        version = f"python3.{sys.version_info[1]}-venv"
        apt.install([version], "Python's venv module is missing")
    shutil.rmtree(folder, ignore_errors=True)
    run([sys.executable, "-m", "venv", folder])
