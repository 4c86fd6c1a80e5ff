# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Run in Odoo's shell: Odoo's own calendar tests, in a registry that has the addons in it.

Odoo runs most of them while the calendar is being installed, when the addons are not there yet.
"""

from odoo.tests import loader
from odoo.tools import config

FEWEST = 50


def run(env):
    """Run them all.

    :raises AssertionError: naming those that fail, or when there are suspiciously few
    """
    assert "dental.appointment" in env.registry
    config["test_enable"] = True
    config["test_tags"] = "/calendar"
    env.cr.rollback()
    env.registry.ready = True
    result = loader.run_suite(loader.make_suite(["calendar"], "at_install"))
    assert result.testsRun >= FEWEST, result.testsRun
    assert result.wasSuccessful(), str(result)
    print(f"calendar: {result.testsRun} tests")
