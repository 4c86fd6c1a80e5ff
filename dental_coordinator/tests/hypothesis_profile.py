# Copyright 2026 Dental Coordinator contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every property test of the addons runs with: a busy machine is no failure.

Loaded with the tests of this addon, which those of the other addons import.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "dental",
    parent=settings.default,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("dental")
