# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Measure the figures in the database of an Odoo shell: ``main(env)``."""

import os
import sys

from bench import figures, frame


def main(env):
    """Print the table and end the process: with 1 when a figure is short, else with 0."""
    frame.collect(figures)
    sys.exit(1 if frame.report(env, os.environ.get("FIGURES", "")) else 0)
